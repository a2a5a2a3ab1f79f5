"""The Prefect server's address and its database."""

import socket

import psycopg
import pytest

from db.engine import libpq_url
from flows.services.postgres import EmbeddedPostgres
from flows.services.prefect import HOST, PrefectError, asyncpg_url, choose_address, metadata_beside


def test_given_port_that_is_taken_is_an_error() -> None:
    """An operator who chose a port is never served on another one in silence."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        with pytest.raises(PrefectError, match="RASID_UI_PORT"):
            choose_address(taken.getsockname()[1])


def test_ui_and_api_share_the_port() -> None:
    """What is printed for operators and what programs are told is one server."""
    address = choose_address(None)
    assert address.api == f"{address.ui}/api"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40@h:5433/d?sslmode=require", "postgresql+asyncpg://u:p%40@h:5433/d?ssl=require"),
        ("postgresql://u@/d?host=%2Frun&port=5&application_name=x", "postgresql+asyncpg://u@/d?host=%2Frun&port=5"),
    ],
)
def test_address_is_said_in_the_other_drivers_words(url: str, expected: str) -> None:
    """Prefect's driver takes TLS by another name, and refuses what it does not know."""
    assert asyncpg_url(url) == expected


def test_metadata_has_a_database_of_its_own(postgres: EmbeddedPostgres, database_url: str) -> None:
    """Prefect's tables never mix with Rasid's, and the second start finds them again."""
    url = libpq_url(database_url).replace("rasid@", "postgres@")
    assert metadata_beside(url) == metadata_beside(url)
    name = metadata_beside(url).split("?")[0].rsplit("/", 1)[1]
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_role_without_the_right_is_told_what_to_do(database_url: str) -> None:
    """A service with least rights learns what its administrator has to make."""
    with pytest.raises(PrefectError, match="create it, or set PREFECT_API_URL"):
        metadata_beside(database_url)
