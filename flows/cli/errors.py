"""What a command ends with when it cannot do its work: one line and an exit code, never a traceback."""

from collections.abc import Callable, Iterator

from typer.exceptions import TyperException

from flows.settings import SettingsError

FAILED = 1
WRONG = 2  # usage or settings


class CommandError(Exception):
    """A command that cannot go on; the text is one line for whoever typed it."""

    def __init__(self, text: str, code: int = FAILED) -> None:
        super().__init__(text)
        self.code = code


def explain(error: Exception) -> tuple[str, int]:
    """The line and the exit code for any error that ends a command; of a group of errors the first is told."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    for kinds, code, words in _known():
        if isinstance(error, kinds):
            return _one_line(words(error)), code
    return _one_line(f"unexpected {type(error).__name__}: {error}"), FAILED


def _known() -> Iterator[tuple[tuple[type[Exception], ...], int, Callable[[Exception], str]]]:
    yield (TyperException,), WRONG, lambda error: getattr(error, "format_message", error.__str__)()
    yield (SettingsError,), WRONG, str
    # Imported when something went wrong: a command that works needs few of them, and mistyping one none.
    from psycopg import Error as DriverError
    from sqlalchemy.exc import DBAPIError

    from db.engine import NotPostgres
    from db.migrate import DatabaseTooNew
    from flows.archives.pages import ArchiveError
    from flows.catalogue.sources import CatalogueError
    from flows.services.locks import AlreadyRunning
    from flows.services.postgres import PostgresUnavailable
    from flows.services.prefect import PrefectError

    yield (NotPostgres, CatalogueError, ArchiveError), WRONG, str
    yield (AlreadyRunning, PostgresUnavailable, PrefectError, DatabaseTooNew), FAILED, str
    yield (DBAPIError,), FAILED, lambda error: f"database: {getattr(error, 'orig', error)}"
    yield (DriverError,), FAILED, lambda error: f"database: {error}"
    yield (OSError,), FAILED, str


def _one_line(text: str) -> str:
    return " ".join(text.split())
