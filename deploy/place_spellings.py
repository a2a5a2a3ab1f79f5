"""How newspapers write a place's name besides the way a source does: in one word or in two, a foreign g as gh or as j.

Read by `deploy/make_places.py` alone. A spelling that is another place's own name already is never added.
"""

import re
from collections.abc import Iterable, Iterator

from latin_sounds import ARABIC
from place_sources import Draft

from extractors.arabic.fold import fold_form

# First words of names that papers write on to the next one (كفرالشيخ, أبوكبير, بنقردان), folded.
_HEADS = "كفر|دير|بيت|تل|عين|ابو|ام|بني|بن|بو|خان|راس|باب|حصن|جسر|نجع|كوم|ميت|منيه|مرسي|بور|شرم|حفر|خميس|ديره|معره|البو"
_JOINED = (
    re.compile(f"^({_HEADS}) (?=\\S{{3,}}$)"),
    re.compile(r"\b(عبد) (?=ال)"),
    re.compile(r"(\S{3,}) (?=اباد$)"),  # Persian and Indian towns: إسلام آباد
)
_PARTED = (re.compile(r"^(كفر|معر|ابو|البو|خان)(?=(?:ال)?\S{4,}$)"), re.compile(r"^(\S{4,})(?=اباد$)"))
_FEWEST = 5  # letters of a name whose g may be written otherwise: of shorter ones it makes other words
_SOFT = re.compile("j|gh|dg", re.IGNORECASE)


def spellings(name: str, draft: Draft) -> Iterator[str]:
    """The other spellings of a place's name."""
    folded = fold_form(name)  # letter by letter: a place in it is the same place in the name
    for joined in filter(None, (pattern.search(folded) for pattern in _JOINED)):
        yield name[: joined.end() - 1] + name[joined.end() :]
    for parted in filter(None, (pattern.match(folded) for pattern in _PARTED)):
        yield f"{name[: parted.end()]} {name[parted.end() :]}"
    foreign = draft.country not in ARABIC and "g" in draft.name_en.lower() and not _SOFT.search(draft.name_en)
    if foreign and len(name) >= _FEWEST and not name.startswith("ال"):
        yield name.replace("غ", "ج")
        yield name.replace("ج", "غ")


def add_spellings(drafts: Iterable[Draft], words: set[str]) -> int:
    """Add to each place the spellings that are no place's name yet; how many there were.

    Folded `words` are names that are words or people too: however they are written, nothing is added to them.
    """
    known = list(drafts)
    taken = words | {key for draft in known for key in draft.keys()}  # noqa: SIM118
    added = 0
    for draft in known:
        new = {
            fold_form(other): other
            for name in draft.names
            if fold_form(name) not in words
            for other in spellings(name, draft)
        }
        draft.names += [other for key, other in new.items() if key not in taken]
        added += len(new.keys() - taken)
    return added
