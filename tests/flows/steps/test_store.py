"""Transactions of a cycle: tried again while the server is away, and never stopped by one bad item."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DataError, OperationalError

from flows.steps.store import DatabaseLost, Store
from tests.flows.steps.factories import NOW


def run(engine: Engine, work: Callable[[Store], Any], patience: float = 5.0) -> Any:
    """What `work` returns, given a store on this engine."""

    async def main() -> Any:
        async with Store(engine, "me", lambda: NOW, patience) as store:
            return await work(store)

    return asyncio.run(main())


def gone() -> OperationalError:
    return OperationalError("SELECT 1", {}, psycopg.OperationalError("server closed the connection"))


def test_a_passing_error_is_tried_again(engine: Engine) -> None:
    """A server that is away for a moment costs a moment."""
    failures = [gone(), gone()]

    def work(connection: Connection) -> int:
        if failures:
            raise failures.pop()
        return int(connection.execute(text("SELECT 7")).scalar_one())

    assert run(engine, lambda store: store.run(work)) == 7


def test_a_server_that_stays_away_ends_in_one_clear_error(engine: Engine) -> None:
    """After the time for patience the loss is named, without the statement or its values."""

    def work(_: Connection) -> int:
        raise gone()

    with pytest.raises(DatabaseLost, match=r"^OperationalError: it cannot be reached$"):
        run(engine, lambda store: store.run(work), patience=0.5)


def test_other_errors_pass(engine: Engine) -> None:
    """An error of the work itself is neither hidden nor repeated."""
    calls = []

    def work(_: Connection) -> int:
        calls.append(1)
        raise KeyError("mine")

    with pytest.raises(KeyError):
        run(engine, lambda store: store.run(work))
    assert len(calls) == 1


def test_what_the_database_refuses_takes_no_other_along(engine: Engine) -> None:
    """Of a batch, all but the refused item are stored, and that one as what it is replaced by."""

    def work(connection: Connection, batch: Sequence[str]) -> list[str]:
        for item in batch:
            connection.execute(text("SELECT CAST(:item AS int)"), {"item": item})
        return list(batch)

    stored = run(
        engine, lambda store: store.run_batch(work, ["1", "2", "x", "4", "5"], lambda _item, why: f"{len(why) * 0}")
    )
    assert [item for batch in stored for item in batch] == ["1", "2", "0", "4", "5"]


def test_an_item_that_cannot_even_be_replaced_is_an_error(engine: Engine) -> None:
    """A replacement that is refused as well is a fault of ours, and is not hidden."""

    def work(connection: Connection, batch: Sequence[str]) -> None:
        connection.execute(text("SELECT CAST(:item AS int)"), {"item": batch[0]})

    with pytest.raises(DataError):
        run(engine, lambda store: store.run_batch(work, ["x"], lambda item, _why: item))
