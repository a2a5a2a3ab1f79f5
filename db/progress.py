"""A page's way through fetching, reading and coding: where a step's end leads. The only writer of these columns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from db.text import storable

MAX_ERROR = 2000  # characters


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that ended in an error rather than in an outcome: a named reason, and details for whoever looks."""

    reason: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class HeldPage:
    """A page whose row is locked for the rest of the transaction."""

    id: int
    state: str
    stage: str | None
    attempts: int
    fetch_id: int | None
    body_sha256: str | None
    recheck_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """Where a page goes from here."""

    id: int
    state: str
    stage: str | None
    due_at: datetime | None
    attempts: int = 0
    last_reason: str | None = None
    last_error: str | None = None
    parked_at: datetime | None = None
    keeps_lease: bool = False


_HOLD = text(f"""
SELECT {", ".join(part.name for part in fields(HeldPage))} FROM pages
WHERE id = ANY(:ids) AND (CAST(:owner AS text) IS NULL OR (lease_owner = :owner AND stage = :stage))
ORDER BY id FOR UPDATE
""")  # noqa: S608 - the names are our own


def hold(connection: Connection, ids: Collection[int], *, owner: str | None, stage: str) -> dict[int, HeldPage]:
    """Lock the pages among these that still owe this worker the stage; with no owner, all of them, wherever they stand.

    A page that is past the stage has its result already: its transaction was committed though the answer was lost, and
    is done again. Taken for a second result, that of a fetch would be an unchanged page that needs no reading.
    """
    values = {"ids": list(ids), "owner": owner, "stage": stage}
    return {row.id: HeldPage(*row) for row in connection.execute(_HOLD, values)}


def onward(page: HeldPage, stage: str, now: datetime) -> Step:
    """On to the next stage, under the same lease."""
    state = page.state if page.state in {"done", "gone"} else "waiting"
    return Step(page.id, state, stage, now, keeps_lease=True)


def finished(page: HeldPage, recheck_at: datetime | None) -> Step:
    """All is done, until a recheck."""
    state = "gone" if page.state == "gone" else "done"
    return Step(page.id, state, None if recheck_at is None else "fetch", recheck_at)


def gone(page: HeldPage, failure: Failure) -> Step:
    """Its publisher says that it is no more."""
    return Step(page.id, "gone", None, None, page.attempts + 1, failure.reason, failure.detail)


def put_off(page: HeldPage, why: Failure, until: datetime | None) -> Step:
    """Not tried at all: as it was, and due again then."""
    return Step(page.id, page.state, "fetch", until, page.attempts, why.reason, why.detail)


def failed(page: HeldPage, stage: str, failure: Failure, retry_at: datetime | None, now: datetime) -> Step:
    """To be tried again, or parked. A recheck that fails for good leaves what is stored as it is."""
    attempts, why = page.attempts + 1, (failure.reason, failure.detail)
    is_recheck = stage == "fetch" and page.fetch_id is not None
    if retry_at is not None:
        return Step(page.id, "done" if is_recheck else "failing", stage, retry_at, attempts, *why)
    if is_recheck:
        return Step(page.id, "done", None, None, attempts, *why)
    return Step(page.id, "parked", stage, None, attempts, *why, parked_at=now)


_WRITE = text("""
UPDATE pages SET state = step.state, stage = step.stage, due_at = step.due_at, attempts = step.attempts,
    last_reason = step.last_reason, last_error = step.last_error, parked_at = step.parked_at,
    lease_owner = CASE WHEN step.keeps_lease THEN pages.lease_owner END,
    lease_until = CASE WHEN step.keeps_lease THEN pages.lease_until END
FROM unnest(CAST(:id AS bigint[]), CAST(:state AS text[]), CAST(:stage AS text[]), CAST(:due_at AS timestamptz[]),
    CAST(:attempts AS int[]), CAST(:last_reason AS text[]), CAST(:last_error AS text[]),
    CAST(:parked_at AS timestamptz[]), CAST(:keeps_lease AS bool[]))
    AS step (id, state, stage, due_at, attempts, last_reason, last_error, parked_at, keeps_lease)
WHERE pages.id = step.id
""")


def write(connection: Connection, steps: Sequence[Step]) -> None:
    """Store where the pages go, in one statement."""
    if steps:
        connection.execute(_WRITE, {part.name: [_cell(step, part.name) for step in steps] for part in fields(Step)})


def _cell(step: Step, name: str) -> Any:  # noqa: ANN401 - one of the columns' types
    value = getattr(step, name)
    return storable(value)[:MAX_ERROR] if isinstance(value, str) else value
