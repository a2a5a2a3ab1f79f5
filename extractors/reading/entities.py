"""Entities that a document declares for itself: how much text they would grow into, without growing it."""

import re
from collections import Counter

MAX_GROWN = 1_000_000  # characters that a document's own entities may stand for; honest ones stand for a name or a sign
MAX_DECLARED = 1_000  # all of HTML's are 250

_DECLARED = re.compile(r"""<!ENTITY\s{1,9}(?:%\s{1,9})?([\w:.-]{1,200})\s{1,9}(?:"([^"]*)"|'([^']*)')""")
_USED = re.compile(r"[&%]([\w:.-]{1,200});")


def is_entity_bomb(text: str) -> bool:
    """Whether a text declares too many entities, or ones that stand for over MAX_GROWN characters or themselves."""
    if "<!ENTITY" not in text:
        return False
    values = {match[1]: match[2] or match[3] or "" for match in _DECLARED.finditer(text)}
    if len(values) > MAX_DECLARED:
        return True
    uses = {name: Counter(found for found in _USED.findall(value) if found in values) for name, value in values.items()}
    sizes = _sizes(values, uses)
    if sizes is None or max(sizes.values(), default=0) > MAX_GROWN:
        return True
    used = Counter(found for found in _USED.findall(text) if found in sizes)
    return sum(sizes[name] * count for name, count in used.items()) > MAX_GROWN + 10 * len(text)


def _sizes(values: dict[str, str], uses: dict[str, Counter[str]]) -> dict[str, int] | None:
    """The grown length of each entity; None where one leads back to itself."""
    sizes: dict[str, int] = {}
    waiting = set(values)
    while waiting:
        ready = [name for name in waiting if not uses[name].keys() - sizes.keys()]
        if not ready:
            return None
        for name in ready:
            sizes[name] = len(values[name]) + sum(sizes[inner] * count for inner, count in uses[name].items())
        waiting.difference_update(ready)
    return sizes
