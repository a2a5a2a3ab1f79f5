"""The figures of an incident's tellings -> one total for each kind, by the codebook's order.

The article's own latest total stands: one told as revised before others, the body before the headline, the first total
before later ones. Where it gives only parts, their sum. A joint sum of two kinds is neither's total.
"""

from dataclasses import replace
from itertools import pairwise

from extractors.arabic.clitics import MEANING
from extractors.records import PAIRED_FIGURES, Figure, FigureKind
from extractors.rules.attribution import SourceReader
from extractors.rules.figures import Count, FigureMention
from extractors.rules.scene import Scene

_AND = next(form for form, means in MEANING.items() if means == {"conj"})
_NEAR = 3  # tokens between a figure and the word that adds another to it


def totals(scene: Scene, mentions: list[FigureMention]) -> dict[FigureKind, Count]:
    """The total of each kind that the mentions give."""
    found: dict[FigureKind, Count] = {}
    for kind in PAIRED_FIGURES:
        of_kind = [m for m in mentions if m.kind == kind and m.role in ("total", "part")]
        chosen = _chosen(scene, of_kind)
        if chosen is not None:
            found[kind] = chosen
    return found


def _chosen(scene: Scene, mentions: list[FigureMention]) -> Count | None:
    whole = [m for m in mentions if m.role == "total"]
    if not whole:
        return _summed(mentions)
    body = [m for m in whole if not scene.in_title(m.sentence)]
    for told in (body, whole):
        exact = [m for m in told if m.count.qualifier != "some" and (told is whole or not _lone(m, whole))]
        if exact:
            revised = [m for m in exact if m.revised]
            return revised[-1].count if revised else _first(scene, exact)
    return (body or whole)[0].count


def _lone(mention: FigureMention, whole: list[FigureMention]) -> bool:
    """One victim told by himself, where another telling counts more: he is one of them."""
    return mention.count.max == 1 and any((other.count.min or 0) > 1 for other in whole)


def _first(scene: Scene, mentions: list[FigureMention]) -> Count:
    """The first told; of one sentence the groups are added up, or a total outweighs its parts."""
    first = mentions[0]
    together = [m for m in mentions if m.sentence == first.sentence]
    return _of_sentence(scene, together)


def _of_sentence(scene: Scene, together: list[FigureMention]) -> Count:
    """«مقتله واستشهاد خمسة»: groups that "and" joins, or that differ in kind, are added up; else the greatest holds."""
    sides = {m.count.category for m in together}
    apart = len(sides) == len(together) and None not in sides
    if len(together) > 1 and (apart or all(_joins(scene, one, other) for one, other in pairwise(together))):
        return _summed(together) or together[0].count
    return max(together, key=lambda m: m.count.min or 0).count


def _joins(scene: Scene, one: FigureMention, other: FigureMention) -> bool:
    """Whether "and" puts the second figure's word right behind the first figure."""
    forms = scene.tokens.forms
    joined = forms[other.first].startswith(_AND) or forms[other.first - 1] == _AND
    return joined and 0 <= other.first - one.last <= _NEAR


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
