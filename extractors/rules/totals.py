"""The figures of an incident's tellings -> one total for each kind, by the codebook's order.

The article's own latest total stands: one told as revised before others, the body before the headline, the first total
before later ones. Where it gives only parts, their sum. A joint sum of two kinds is neither's total.
"""

from dataclasses import replace

from extractors.arabic.clitics import AND, ARTICLE
from extractors.records import PAIRED_FIGURES, Figure, FigureKind
from extractors.rules.attribution import SourceReader
from extractors.rules.count import Count, added, sides_of
from extractors.rules.counts import VAGUE
from extractors.rules.figures import FigureMention
from extractors.rules.scene import Scene

_CROWD = "participants"
_ANYBODY = "Civilians"
ATTACKERS = frozenset({"Rebel group", "Criminals"})
_GATHERED = frozenset({"Protesters"})
_CONTRAST_REACH = 20  # tokens between two figures of one sentence that «بينما» sets against each other
_GROUP_REACH = 9  # tokens from a group's dead to its wounded
_NEAR = 3  # tokens between a figure and the word that adds another to it


def totals(
    scene: Scene, mentions: list[FigureMention], *, fine: bool = False, gathering: bool = False
) -> dict[FigureKind, Count]:
    """The total of each kind that the mentions give.

    `fine`: the incident is at a place finer than a province, to which no day's or country's toll belongs; `gathering`:
    people demonstrated, and no harm that they gathered for is theirs.
    """
    found: dict[FigureKind, Count] = {}
    own = [m for m in mentions if not (fine and m.widely) and not (gathering and _is_grievance(scene, m))]
    for kind in PAIRED_FIGURES:
        of_kind = [m for m in own if m.kind == kind and m.role in ("total", "part")]
        chosen = _chosen(scene, of_kind)
        if chosen is not None and not (kind == "injured" and _died_of_it(of_kind, own)):
            found[kind] = chosen
    return found


def _is_grievance(scene: Scene, mention: FigureMention) -> bool:
    """Harm that people gather for: what came before, and the dead of something known («صور شهداء الجيش»)."""
    behind = scene.tokens.forms[mention.last] if mention.last < len(scene.tokens) else ""
    known = mention.count.implied and mention.count.qualifier == "some" and behind.startswith(ARTICLE)
    return known or (mention.caused and mention.count.category not in _GATHERED)


def _died_of_it(mentions: list[FigureMention], all_told: list[FigureMention]) -> bool:
    """«استشهد بعد إصابته»: a wound told by a pronoun alone, in a sentence with one death, is that of the dead."""
    dead = {m.sentence for m in all_told if m.kind == "killed" and m.count.max == 1 and m.role == "total"}
    return all(m.trigger.after and m.sentence in dead for m in mentions)


def _chosen(scene: Scene, mentions: list[FigureMention]) -> Count | None:
    whole = _merged(scene, _strong([m for m in mentions if m.role == "total"]))
    if all(m.count.qualifier == "some" for m in whole):
        parts = _summed([m for m in mentions if m.role == "part" and m.count.qualifier != "some"])
        if parts is not None:
            return parts
    if not whole:
        return _summed(mentions)
    body = [m for m in whole if not scene.in_title(m.sentence)]
    for told in (body, whole):
        exact = [m for m in told if m.count.qualifier != "some" and not _lone(m, whole)]
        if exact:
            revised = [m for m in exact if m.revised]
            return revised[-1].count if revised else _with_others(scene, _opened(_first(exact), whole), exact, whole)
    bodiless = len(scene.sentences) <= scene.title_sentences
    return body[0].count if body else whole[0].count if bodiless else None


def _opened(first: FigureMention, whole: list[FigureMention]) -> FigureMention:
    """What the headline tells, where the body's first number is of more people («كما أوقف»)."""
    title = [m for m in whole if m.sentence < first.sentence and m.count.qualifier != "some" and not m.also]
    return title[0] if first.also and title else first


def _counted(first: FigureMention, exact: list[FigureMention]) -> FigureMention:
    """«قتل سفيرا البلدين ... سقوط ستة قتلى»: a greater number of the body before a count that the noun alone gave."""
    if not first.count.implied or first.kind == _CROWD:
        return first
    told = (m for m in exact if not (m.count.implied or m.also) and (m.count.min or 0) > (first.count.min or 0))
    return next(told, first)


def _strong(whole: list[FigureMention]) -> list[FigureMention]:
    """Without the bodies that are found or buried, where another word tells a toll."""
    found = max((m.count.min or 0 for m in whole if m.trigger.entry.get("weak") and not m.count.implied), default=0)
    firm = [
        m
        for m in whole
        if not m.trigger.entry.get("weak")
        and m.count.qualifier != "some"
        and not (m.count.implied and (m.count.min or 0) < found)  # «3 جثث … أودى بحياته»: he is one of them
    ]
    return [m for m in whole if not m.trigger.entry.get("weak")] if firm else whole


def _lone(mention: FigureMention, whole: list[FigureMention]) -> bool:
    """One victim told by himself, where another telling counts more: he is one of them."""
    if mention.count.side in ATTACKERS:
        return False
    return mention.count.max == 1 and any(
        (other.count.min or 0) > 1 and not other.also and not _beside(sides_of(other.count), mention) for other in whole
    )


def _beside(sides: frozenset[str], mention: FigureMention) -> bool:
    """Whether a mention's victim is of the other side than those counted, or both sides are counted together."""
    return len(sides) > 1 or _is_other_side(sides, mention)


def _first(mentions: list[FigureMention]) -> FigureMention:
    """The first told, an exact number of a crowd before a vague one; of its sentence the greatest."""
    first = mentions[0]
    if first.kind == _CROWD and first.count.qualifier in VAGUE:
        first = next((m for m in mentions if m.count.qualifier not in VAGUE), first)
    together = [m for m in mentions if m.sentence == first.sentence]
    return max(together, key=lambda m: (m.count.qualifier not in VAGUE, m.count.min or 0))


def _with_others(
    scene: Scene, first: FigureMention, mentions: list[FigureMention], whole: list[FigureMention]
) -> Count:
    """A toll with that of the other side, or of more people, told later: «19 دركيا ... وأربعة من المهاجمين».

    What is as many as the headline's, and more than those, counts all of them already.
    """
    base = _counted(first, mentions)
    most = max((m.count.min or 0 for m in whole if scene.in_title(m.sentence)), default=0)
    short = (base.count.min or 0) < most
    count = base.count
    for mention in mentions:
        later = mention.first >= base.last
        another = (mention.also and (short or (mention.count.min or 0) >= most)) or _is_other_side(
            sides_of(count), mention
        )
        if later and another and (mention.count.min != count.min or (mention.also and mention.count.definite)):
            count = added(count, mention.count)
    return replace(count, first=base.count.first, last=base.count.last)


def _is_other_side(told: frozenset[str], mention: FigureMention) -> bool:
    side = mention.count.category
    if mention.count.side in ATTACKERS and not told & ATTACKERS:  # «قبل أن ترديه الشرطة»
        return bool(told)
    return bool(told) and side is not None and (side in ATTACKERS) != bool(told & ATTACKERS) and _specific(told, side)


def _specific(told: frozenset[str], side: str) -> bool:
    """Whether both speak of one side each; people of no side (civilians) may be anybody."""
    return side not in told and (_ANYBODY not in told or side not in ATTACKERS)


def _merged(scene: Scene, mentions: list[FigureMention]) -> list[FigureMention]:
    """«مقتله واستشهاد خمسة»: figures of one sentence that "and" joins, as one."""
    merged: list[FigureMention] = []
    for mention in sorted(mentions, key=lambda m: m.first):
        last = merged[-1] if merged else None
        if last is not None and last.sentence == mention.sentence and _joins(scene, last, mention):
            merged[-1] = replace(last, count=added(last.count, mention.count), last=mention.last)
        else:
            merged.append(mention)
    return sorted(merged, key=lambda m: scene.in_title(m.sentence))


def _joins(scene: Scene, one: FigureMention, other: FigureMention) -> bool:
    """Whether "and" puts the second figure's word right behind the first figure."""
    forms = scene.tokens.forms
    if _contrasted(scene, one, other):
        same = one.count.implied or other.count.definite or one.count.min == other.count.min
        return not same or _are_two(one.count, other.count)
    joined = forms[other.first].startswith(AND) or forms[other.first - 1] == AND
    return joined and 0 <= other.first - one.last <= _NEAR


def _are_two(one: Count, other: Count) -> bool:
    """«إصابة المصور فيما أصيبت الصحفية»: one each, told by what they are."""
    known = one.definite and other.definite and one.max == other.max == 1
    return known and bool(one.noun and other.noun) and one.category == other.category


def _contrasted(scene: Scene, one: FigureMention, other: FigureMention) -> bool:
    """«أصيب ثمانية بالرصاص، بينما أصيب سبعة باختناق»: another group of the same sentence is set against the first."""
    words = (m for m in scene.found["grammar"] if one.last <= m.first < other.first)
    near = other.first - one.last <= _CONTRAST_REACH
    begins = _group_begins(scene, other)
    return near and any(m.entry.get("role") == "contrast" and begins - 1 <= m.last <= other.first for m in words)


def _group_begins(scene: Scene, mention: FigureMention) -> int:
    """«بينما قتل اثنان وأصيب سبعة»: where the harm to a group is told from, of which a figure is the second kind."""
    if not scene.tokens.forms[mention.first].startswith(AND):
        return mention.first
    tolls = [m for m in scene.found["harm"] if 0 < mention.first - m.first <= _GROUP_REACH]
    return min((m.first for m in tolls if m.entry.get("kind") != mention.kind), default=mention.first)


def _summed(parts: list[FigureMention]) -> Count | None:
    counts = [part.count for part in parts if part.count.min is not None]
    if not counts:
        return None
    high = None if any(c.max is None for c in counts) else sum(c.max or 0 for c in counts)
    return replace(counts[0], min=sum(c.min or 0 for c in counts), max=high)


def records(scene: Scene, mentions: list[FigureMention], sources: SourceReader) -> tuple[Figure, ...]:
    """Every figure as a record with its quote, offsets and source."""
    return tuple(_record(scene, mention, sources) for mention in mentions)


def _record(scene: Scene, mention: FigureMention, sources: SourceReader) -> Figure:
    start, end = scene.tokens.span(mention.first, mention.last)
    title = start < scene.body_at
    shift = 0 if title else scene.body_at
    count = mention.count
    none = mention.role == "none"
    return Figure(
        kind=mention.kind,
        min=0 if none else count.min,
        max=0 if none else count.max,
        qualifier="exact" if none else count.qualifier,
        quote=scene.joined[start:end],
        start=start - shift,
        end=end - shift,
        group=scene.quote(count.last - 1, count.last) if count.noun is not None else None,
        role=mention.role,
        attributed_to=sources.of_figure(mention),
        field="title" if title else "body",
    )
