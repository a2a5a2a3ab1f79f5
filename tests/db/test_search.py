"""Full-text search: the same folding and cutting in the database as in the extractors, and what is found by it."""

import random
import tomllib
from datetime import date, datetime
from importlib.resources import files
from typing import Any

import pytest
from sqlalchemy import Connection, text

from extractors.arabic.fold import fold
from extractors.arabic.search import search_vector
from tests.db.rows import article, code, entry, fetch, poll, read, scalar, through

DATA = tomllib.loads(files("extractors").joinpath("language/ar/search.toml").read_text("utf-8"))
ASSIGNED = (*range(0x20, 0x3000), *range(0xA000, 0xD800), *range(0xF900, 0xFFFE), *range(0x1EE00, 0x1EF00))


def _ask(connection: Connection, statement: str, **given: Any) -> Any:
    return connection.execute(text(statement), given)


def test_the_database_folds_every_letter_as_the_extractors_do(connection: Connection) -> None:
    """Lexicons, texts and queries meet because they are folded alike: each character of Unicode's first plane."""
    letters = [f"ب{chr(code_point)}ب" for code_point in ASSIGNED]
    folded = _ask(
        connection,
        "SELECT letter, fold_arabic(letter) AS folded FROM unnest(CAST(:given AS text[])) AS u (letter)",
        given=letters,
    )
    assert [row for row in folded if row.folded != fold(row.letter).text] == []


def test_the_database_cuts_words_as_the_extractors_do(connection: Connection) -> None:
    """Words are cut at two places, for speed: both make the same of any word."""
    dice = random.Random(7)
    parts = [*DATA["article"], *DATA["article_after"], *DATA["first"], *DATA["second"], ""]
    stems = ["متظاهر", "وزار", "قتل", "دم", "لبنان", "بيروت", "ألماتي", "kazakh", "37", "وفاة", "فلسطين"]
    words = [dice.choice(parts) + dice.choice(stems) + dice.choice([*DATA["endings"], ""]) for _ in range(4000)]
    texts = [" ".join(words[at : at + 20]) + "، «نصّ» (2026-03-01)" for at in range(0, len(words), 20)]
    differing = _ask(
        connection,
        "SELECT told FROM unnest(CAST(:texts AS text[]), CAST(:vectors AS text[])) AS u (told, vector) "
        "WHERE words_of(told, 'B') <> vector::tsvector",
        texts=texts,
        vectors=[search_vector(told, "B") for told in texts],
    ).all()
    assert differing == []


@pytest.mark.parametrize("example", DATA["finds"], ids=lambda example: fold(example["asked"]).text)
def test_words_are_found_in_every_inflection(connection: Connection, example: dict[str, Any]) -> None:
    """A word finds its inflected forms and other spellings, and not what only looks like it."""
    found = "SELECT words_of(:word) @@ words_query(:asked)"
    asked = example["asked"]
    assert [w for w in example["words"] if not _ask(connection, found, word=w, asked=asked).scalar()] == []
    assert [w for w in example.get("misses", []) if _ask(connection, found, word=w, asked=asked).scalar()] == []


@pytest.mark.parametrize("query", ["", "؟!", '"', "- -", "((&|!'", "or or", "a\\b'c:*", "<->"])
def test_whatever_is_typed_is_a_query(connection: Connection, query: str) -> None:
    """A search box takes anything: nothing typed is an error."""
    _ask(connection, "SELECT * FROM search_articles(:query)", query=query).all()


def test_phrases_alternatives_and_exclusions(connection: Connection) -> None:
    """Queries are written as in any search box."""
    told = "أطلقت الشرطة النار على متظاهرين"
    found = "SELECT words_of(:told) @@ words_query(:asked)"
    right = ("شرطة نار", '"الشرطة النار"', "زلزال or متظاهر", "شرطة -زلزال")
    wrong = ("شرطة زلزال", '"النار الشرطة"', "شرطة -متظاهر")
    assert [asked for asked in right if not _ask(connection, found, told=told, asked=asked).scalar()] == []
    assert [asked for asked in wrong if _ask(connection, found, told=told, asked=asked).scalar()] == []


def test_articles_are_found_best_first(connection: Connection, now: datetime) -> None:
    """A headline weighs more than a mention far down; a revised article is found by its present text alone."""
    poll(connection, now, [entry(number) for number in (1, 2)])
    pages = list(fetch(connection, now).items())
    read(connection, now, dict(pages[:1]), article("حريق في مستودع. وقال المتظاهرون إنهم باقون. " * 3, title="حريق"))
    read(connection, now, dict(pages[1:]), article("خرج المئات إلى الشوارع.", title="والمتظاهرون في الشوارع"))
    titles = "SELECT title FROM search_articles('متظاهر')"
    assert _ask(connection, titles).scalars().all() == ["والمتظاهرون في الشوارع", "حريق"]

    filtered = "SELECT count(*) FROM search_articles('متظاهر', since => :since, publishers => ARRAY[:publisher])"
    assert _ask(connection, filtered, since=date(2026, 1, 1), publisher="صحيفة").scalar() == 0  # no known time
    assert (
        scalar(connection, "SELECT count(*) FROM search_articles('متظاهر', publishers => ARRAY['صحيفة'], most => 1)")
        == 1
    )


def test_articles_are_found_by_the_time_that_is_now_told(connection: Connection, now: datetime) -> None:
    """A publication time that is found or mended later is the one that counts, for the same words."""
    poll(connection, now, [entry()])
    pages = fetch(connection, now)
    read(connection, now, pages, article())
    march = "SELECT count(*) FROM search_articles('مظاهرة', '2026-03-01', '2026-03-31')"
    assert scalar(connection, march) == 0
    read(connection, now, pages, article(published_at=now), owner=None)
    assert scalar(connection, march) == 1
    assert scalar(connection, "SELECT count(*) FROM search_articles('مظاهرة', until => '2026-01-31')") == 0
    assert scalar(connection, "SELECT count(*) FROM search_articles('\"مظاهرة أصيب\"', since => '2026-01-31')") == 1


def test_reports_are_found_by_passage_place_and_actor(connection: Connection, now: datetime) -> None:
    """What analysts remember of an incident finds it: a place in another spelling, a side, a word of the passage."""
    through(connection, now)
    for asked in ("آلماتي", "المتظاهرين", "مظاهرات", "Almaty"):
        assert scalar(connection, f"SELECT count(*) FROM search_reports('{asked}')") == 1, asked
    inside = "SELECT count(*) FROM search_reports('مظاهرة', '2026-03-01', '2026-03-01', ARRAY['KZ'])"
    outside = "SELECT count(*) FROM search_reports('مظاهرة', until => '2026-02-28')"
    assert (scalar(connection, inside), scalar(connection, outside)) == (1, 0)


def test_superseded_reports_are_not_found(connection: Connection, now: datetime) -> None:
    """Search shows what the views show."""
    from extractors.records import Coding  # noqa: PLC0415

    through(connection, now)
    code(connection, now, Coding((), (), "nothing happened"), version="x2", owner=None)
    assert scalar(connection, "SELECT count(*) FROM search_reports('مظاهرة')") == 0
