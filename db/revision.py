"""Whether a database stands where this code wants it: cheap to ask, as alembic is not even loaded for it."""

from pathlib import Path

from sqlalchemy import Engine, text

import migrations

VERSIONS = Path(migrations.__file__).parent / "versions"
_TABLE = text("SELECT to_regclass('alembic_version') IS NOT NULL")
_STANDS = text("SELECT version_num FROM alembic_version")


def newest() -> str:
    """The newest revision that this code knows: revisions are named by the minute in which they were made."""
    return max(path.stem for path in VERSIONS.glob("2*.py"))


def is_current(engine: Engine) -> bool:
    """True where the database stands at the newest revision."""
    with engine.connect() as connection:
        if not connection.execute(_TABLE).scalar_one():
            return False
        return connection.execute(_STANDS).scalars().all() == [newest()]
