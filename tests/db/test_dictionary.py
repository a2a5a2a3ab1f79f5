"""The data dictionary."""

from pathlib import Path

from sqlalchemy import Connection

from db import functions, views
from db.dictionary import dictionary

PAGE = Path(__file__).parents[2] / "deploy" / "dictionary.md"


def test_the_page_is_current(connection: Connection) -> None:
    """What analysts read is what the database says: rasid dictionary > deploy/dictionary.md makes it so."""
    assert PAGE.read_text(encoding="utf-8") == dictionary(connection)


def test_everything_that_analysts_see_is_in_it(connection: Connection) -> None:
    """Views, their tables and the functions that analysts call have their place, those that change rows have none."""
    page = dictionary(connection)
    assert [name for name in views.FOR_ANALYSTS if f"### {name}\n" not in page] == []
    assert "`search_incidents(" in page
    assert "`incident_merge(" not in page
    assert functions.NAMES
