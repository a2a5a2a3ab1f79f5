"""A word of harm -> whom it befell: how many people stand with the noun of an act, or with a verb."""

from dataclasses import replace

from extractors.arabic.clitics import AGREEING, BY, MEANING, PRONOUN_NUMBER, THEM
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.rules.antecedents import AntecedentReader
from extractors.rules.count import Count, is_definite, pronoun_count
from extractors.rules.counts import MANY, CountReader
from extractors.rules.figure_roles import RoleReader
from extractors.rules.names import NameReader
from extractors.rules.scene import Scene
from extractors.rules.subjects import SubjectReader

_VERB_REACH = 22
_ACT_REACH = 7
_OBJECT_REACH = 5
_HIM = next(iter(PRONOUN_NUMBER))
_TWO = frozenset(form for form, number in PRONOUN_NUMBER.items() if number > 1)
_ATTACKER = "Criminals"
_GUARDS = "State forces"
_NOUNS = frozenset({"prep", "the"})


class VictimReader:
    """Reads whom the acts and verbs of one scene befell."""

    def __init__(self, scene: Scene, counts: CountReader, roles: RoleReader) -> None:
        self.scene = scene
        self.forms = scene.tokens.forms
        self.kinds = scene.tokens.kinds
        self.counts = counts
        self.roles = roles
        self.harm_at = counts.harm_at
        self.antecedents = AntecedentReader(scene, counts)
        self.names = NameReader(scene, counts, roles)
        self.subjects = SubjectReader(scene, counts, self._fits)

    # ------------------------------------------------------------ the noun of an act

    def of_act(self, match: Match, sentence: Sentence) -> Count | None:
        """Whom the noun of an act befell: who stands behind it."""
        if match.after:
            return self._of_pronoun(match, sentence)
        at = match.last
        while at < sentence.last and self.roles.act_follows(match, at):
            at = self.harm_at[at].last
        return self.antecedents.of_pronoun(match, at, sentence) or self._behind_act(match, at, sentence)

    def _behind_act(self, match: Match, at: int, sentence: Sentence) -> Count | None:
        while at < sentence.last and self.counts.is_shell(at):
            at += 1
        plain = True
        for token in range(at, min(at + _ACT_REACH, sentence.last)):
            if self.counts.is_shell(token):
                continue
            plain = plain and not self._turns(token) and not self.counts.is_thing(token)  # «غرق مركب مهاجرين»
            if token == at and self.antecedents.is_known(token, sentence):
                return self.antecedents.of_known(match, token, sentence)
            count = self._counted(token, sentence, match, plain=plain)
            if count is not None:
                return None if token > at and self._is_goods(match, at, count) else count
            if self.kinds[token] == "p" or self.counts.tolls(token) or self.counts.role(token, "subset"):
                return None
            if token == at and self.names.is_name(match, token):
                return self.names.counted(token, sentence)
        return None

    def _is_goods(self, match: Match, token: int, count: Count) -> bool:
        """«ضبط الرسالة وعثر الضابط»: goods with the article right behind the word; nobody told later is held."""
        if not match.entry.get("persons") or not count.implied or count.max != 1:
            return False
        known = token in self.counts.grammar or token in self.counts.person_at
        return not known and self.counts.has_article(token)

    def _turns(self, token: int) -> bool:
        """Whether a circumstance is told from here; one with a pronoun («خلالها») tells none."""
        word = self.counts.role(token, "circumstance")
        return word is not None and not word.after

    def _of_pronoun(self, match: Match, sentence: Sentence) -> Count | None:
        """«مقتله وشقيقه»: the pronoun's own, and who is joined to it."""
        if self.roles.of_the_dead(match) or self._is_word(match) or self._of_goods(match):
            return None
        count = pronoun_count(match)
        if count is None:
            return self.antecedents.of_them(match, sentence)
        return self.counts.joins.joined(count, sentence.last)

    def _of_goods(self, match: Match) -> bool:
        """«ضبطها»: what is seized is spoken of in the feminine, whoever is arrested is most often a man."""
        return bool(match.entry.get("persons")) and match.after not in {_HIM, *_TWO, *THEM}

    def _is_word(self, match: Match) -> bool:
        """«إصابة» is a noun, and not «أصاب» with a pronoun: a word that is known whole is not taken apart."""
        here = [m for m in self.scene.found["harm"] if m.first == match.first and m.last == match.last]
        if match.entry.get("role") == "verb" and any(m.entry.get("role") == "act" for m in here):
            return True
        return match.first in self.counts.person_at or any(not m.after for m in here)

    def _counted(self, token: int, sentence: Sentence, match: Match, *, plain: bool) -> Count | None:
        """The count at a token, where it can be of people and of this kind of harm."""
        if not plain and token not in self.counts.quantity_at:
            return None
        count = self.counts.at(token, sentence.last)
        if count is None or not self._fits(match, count) or self._wounds(token, match, count):
            return None
        if plain or (count.noun is not None and count.qualifier != "some"):
            return count
        few = count.noun is not None and not count.implied and self._is_subject(token)  # «قتل في المواجهة عدد من ...»
        return count if few and match.entry.get("role") == "verb" else None

    def _wounds(self, token: int, match: Match, count: Count) -> bool:
        """«أصيب بثلاث طلقات»: what somebody was hit by, and no people."""
        told = count.noun is None and count.qualifier != "some" and match.entry.get("kind") == "injured"
        return told and self.forms[token].startswith(BY) and token in self.counts.quantity_at

    def _is_subject(self, token: int) -> bool:
        """Whether no preposition stands before a token."""
        before = self.counts.grammar.get(token - 1, {})
        return not ("circumstance" in before or any("prep" in MEANING.get(m.before, ()) for m in before.values()))

    def _fits(self, match: Match, count: Count) -> bool:
        """Goods are seized with the same words as people; a number before an unknown word may count them."""
        if match.entry.get("persons"):  # «أوقف الجنود ثلاثة منهم»
            return count.noun is not None or self.counts.role(count.last, "of.them") is not None
        return True

    # ------------------------------------------------------------ verbs

    def of_verb(self, match: Match, sentence: Sentence) -> Count | None:
        """Whom a verb befell: behind it, or before it where it agrees with them."""
        if match.after and (match.last - match.first == 1 or self._is_object_next(match)):
            return self._of_object(match, sentence)
        if not _NOUNS.isdisjoint(MEANING.get(match.before, ())):  # «بضبط», «القبض»: these stand before nouns alone
            return None
        agrees = self.forms[match.last - 1].endswith(AGREEING) or self.forms[match.first].endswith(AGREEING)
        voice = match.entry.get("voice")
        if agrees and voice == "passive":
            before = self.subjects.counted(match, sentence)
            if before is not None:
                return before
        after = self._count_after(match, sentence)
        if after is not None or voice in ("active", "object"):
            return after
        before = self.subjects.counted(match, sentence) if agrees else None
        # A plural without number before a verb that may be active did it: «مسلحون اختطفوا».
        if before is not None and (before.qualifier != "some" or not before.implied):
            return before
        single = self.subjects.single(match, sentence) or self.subjects.before_clause(match, sentence)
        return single or self._known(match, sentence)

    def _of_object(self, match: Match, sentence: Sentence) -> Count | None:
        """«أوقفوهم», «ألقت القبض عليه»: the pronoun that is written on to the verb, and who is joined to it."""
        if self._is_word(match) or self._of_goods(match):
            return None
        count = pronoun_count(match)
        if count is not None and (match.entry.get("attacker") or self._by_guards(match.last)):
            return replace(count, side=_ATTACKER)  # «قبل أن ترديه الشرطة»
        if count is None:
            return self.antecedents.of_them(match, sentence)
        return self.counts.joins.joined(count, sentence.last) if self.counts.role(match.last, "with") else count

    def _by_guards(self, token: int) -> bool:
        """Whether the forces of a state, or one of their men, stand at a token."""
        person = self.counts.person_at.get(token)
        guard = person is not None and person.entry.get("category") == _GUARDS
        return guard or self.counts.role(token, "forces") is not None

    def _known(self, match: Match, sentence: Sentence) -> Count | None:
        """«وما لبث أن فارق الحياة»: somebody told before, where nobody stands with the verb."""
        alone = match.entry.get("kind") == "killed" and self._is_intransitive(match) and not match.after
        form = self.forms[match.first]
        if not alone or form.endswith((*AGREEING, *MANY)) or match.first == sentence.first:
            return None
        told = self.counts.role(match.first - 1, "adverb") is not None
        at = match.last
        ends = at >= sentence.last or self.kinds[at] == "p" or self.counts.role(at, "circumstance") is not None
        return Count(match.first, match.last, 1, 1, "exact", implied=True, definite=True) if told and ends else None

    def _count_after(self, match: Match, sentence: Sentence) -> Count | None:
        inside = match.last - match.first > 1 and match.entry.get("voice") == "passive"
        told = match.first + 1 if inside else match.last
        plain = True  # until a circumstance is told: who stands behind it is not whom the verb counts
        agent: Count | None = None
        for token in range(told, min(match.first + _VERB_REACH, sentence.last)):
            if self.counts.is_shell(token) or (agent is not None and token < agent.last):
                continue
            if token >= match.last and self._stops(token, match, agent):
                break
            plain = plain and not self._turns(token) and not self.counts.is_thing(token)
            count = self._counted(token, sentence, match, plain=plain)
            if count is None:
                known = self.antecedents.of_known(match, token, sentence)
                if known is not None:
                    return known
                if token == match.last and self._is_object_next(match) and self.names.is_name(match, token):
                    return self.names.counted(token, sentence)
                if self.counts.is_thing(token) and match.entry.get("persons"):
                    return None
                continue
            if agent is None and self._acts(match, count, sentence):
                agent = count
                continue
            return count
        return None

    def _stops(self, token: int, match: Match, agent: Count | None) -> bool:
        other = self.harm_at.get(token)
        if other is not None and self.counts.tolls(token):
            if other.entry.get("kind") != match.entry.get("kind"):
                return bool(other.entry.get("role") != "one")
            if is_definite(other) and other.entry.get("number") == "many":  # «ووصل عدد القتلى إلى ...»
                return True
        if self.counts.role(token, "by") or self.counts.role(token, "subset"):
            return True
        return bool(agent is None and self.kinds[token] == "p" and match.entry.get("voice") != "active")

    def _is_intransitive(self, match: Match) -> bool:
        return bool(match.entry.get("voice") == "passive")

    def _is_object_next(self, match: Match) -> bool:
        return bool(match.entry.get("voice") in ("passive", "object"))

    def _acts(self, match: Match, count: Count, sentence: Sentence) -> bool:
        """Whether who is told first behind the verb did it, and whom it befell comes after."""
        if self._is_object_next(match) or not count.implied:
            return False
        surface = self.forms[count.last - 1]
        if count.max == 1 and surface.endswith(AGREEING[1]):  # the accusative tells the object
            return False
        if match.entry.get("voice") == "active":
            return not (count.definite and count.max == 1 and self._subject_told(match, count))
        return self._object_follows(count, sentence)

    def _subject_told(self, match: Match, count: Count) -> bool:
        """Whether a word that is no particle stands between an active verb and a count."""
        between = range(match.last, count.first)
        return any(self.kinds[at] == "w" and at not in self.counts.grammar for at in between)

    def _object_follows(self, count: Count, sentence: Sentence) -> bool:
        """Whether another count stands right behind one, with nothing between that ends what the verb governs."""
        at = count.last
        for token in range(at, min(at + _OBJECT_REACH, sentence.last)):
            if self.kinds[token] == "p" and not self.counts.is_shell(token):
                return False
            if self.counts.role(token, "circumstance") or token in self.harm_at:
                return False
            if token in self.counts.quantity_at or (token == at and self.counts.one_at(token, sentence.last)):
                return True
        return False
