"""The codebook's taxonomy as the extractors and the database know it."""

from collections import Counter

import pytest

from extractors.taxonomy import domain_of, taxonomy, type_of, types


def test_it_is_the_codebooks() -> None:
    """Nine types with as many kinds each as the codebook has, six of them political, in its order."""
    counts = Counter(kind.event_type for kind in taxonomy())

    assert list(counts.values()) == [3, 3, 2, 6, 3, 8, 6, 7, 5]
    assert Counter(kind.domain for kind in taxonomy()) == {"political": 25, "crime": 6, "hazard": 12}


def test_names_are_unique() -> None:
    """A sub-event type alone says which type and domain it belongs to."""
    assert len(types()) == len(taxonomy())
    assert (type_of("Flood/storm"), domain_of("Flood/storm")) == ("Natural disaster", "hazard")
    assert (type_of("Other"), domain_of("Other")) == ("Strategic developments", "political")
    with pytest.raises(KeyError):
        type_of("Nonsense")


def test_every_kind_is_defined() -> None:
    """Each kind has a definition of its own, in whole sentences."""
    definitions = [kind.definition for kind in taxonomy()]

    assert len(set(definitions)) == len(definitions)
    assert all(text.endswith(".") and len(text) > 30 for text in definitions)
