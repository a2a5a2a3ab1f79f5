"""A database address -> an engine: psycopg 3, UTC, and a name that an administrator can read in pg_stat_activity."""

from sqlalchemy import URL, Engine, create_engine, make_url

_DRIVER = "postgresql+psycopg"
_ALIASES = {"postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"}


class NotPostgres(ValueError):  # noqa: N818 - reads as what is wrong with the address
    """The address does not lead to a PostgreSQL database."""


def normal_url(url: str | URL) -> URL:
    """The address as SQLAlchemy wants it, whether it was written for psql, psycopg or SQLAlchemy.

    Raises NotPostgres for any other kind of address; the message does not repeat the password.
    """
    try:
        parsed = make_url(url)
    except Exception as error:
        raise NotPostgres("a database address looks like postgresql://user:password@host:5432/name") from error
    if parsed.drivername not in _ALIASES:
        raise NotPostgres(f"a postgresql:// address is needed, not {parsed.drivername}://")
    return parsed.set(drivername=_DRIVER)


def libpq_url(url: str | URL) -> str:
    """The same address for psql and other programs that know no SQLAlchemy; it holds the password, if there is one."""
    return normal_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def make_engine(url: str | URL, *, pool_size: int = 5, application: str = "rasid", connect_seconds: int = 10) -> Engine:
    """An engine whose sessions speak UTC; connections that died while waiting in the pool are replaced unseen."""
    address = normal_url(url)
    given = str(address.query.get("options", ""))
    return create_engine(
        address,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        connect_args={
            "options": f"{given} -c timezone=UTC".strip(),
            "application_name": application,
            "connect_timeout": connect_seconds,
        },
    )
