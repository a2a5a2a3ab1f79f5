"""Addresses of databases."""

import pytest

from db.engine import NotPostgres, libpq_url, normal_url
from db.text import storable, storable_json


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"])
def test_every_way_of_writing_it(scheme: str) -> None:
    """An address written for psql, psycopg or SQLAlchemy reaches psycopg 3, options and all."""
    url = f"{scheme}://me:s%40cret@db.example:5433/news?sslmode=require"

    assert (
        normal_url(url).render_as_string(hide_password=False)
        == "postgresql+psycopg://me:s%40cret@db.example:5433/news?sslmode=require"
    )
    assert libpq_url(url) == "postgresql://me:s%40cret@db.example:5433/news?sslmode=require"


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://a:secret@b/c", "no address", ""])
def test_other_databases_are_refused(url: str) -> None:
    """Anything else is refused in one line that does not tell the password."""
    with pytest.raises(NotPostgres) as refusal:
        normal_url(url)

    assert "secret" not in str(refusal.value)


def test_what_cannot_be_stored_is_replaced() -> None:
    """NUL and lone surrogates are replaced one for one; everything else stays, Arabic and emoji too."""
    assert storable("a\x00b\udfff مظاهرة 🚒") == "a\ufffdb\ufffd مظاهرة 🚒"
    assert storable_json({"k\x00": ["v\x00", 1, None]}) == {"k\ufffd": ["v\ufffd", 1, None]}
