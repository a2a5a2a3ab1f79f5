"""Rows by COPY fail as rows by any other statement do."""

from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from db.bulk import copy_rows
from db.tables import FetchRow

ROW = {"id": 1, "page_id": 1, "fetched_at": datetime(2026, 3, 1, tzinfo=UTC), "outcome": "failed"}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"page_id": 2**80}, DataError),
        ({"outcome": "unheard of"}, IntegrityError),
        ({"fetched_at": None}, IntegrityError),
    ],
)
def test_a_refused_row_is_told_as_by_sqlalchemy(
    engine: Engine, changed: dict[str, object], error: type[Exception]
) -> None:
    """Whoever looks for a row that the database refuses need not know how it was sent."""
    with pytest.raises(error), engine.begin() as connection:
        copy_rows(connection, FetchRow, [ROW | changed])
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM fetches")).scalar() == 0


def test_a_lost_connection_is_told_and_not_used_again(engine: Engine) -> None:
    """A COPY whose session was ended is a matter of the connection, which leaves the pool."""
    with engine.connect() as connection, engine.connect() as other:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
        other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        with pytest.raises(OperationalError) as caught:
            copy_rows(connection, FetchRow, [ROW])
    assert isinstance(caught.value, DBAPIError)
    assert isinstance(caught.value.orig, psycopg.Error)
    assert caught.value.connection_invalidated
    with engine.connect() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar() != pid
