"""Everything that can be set, in one frozen record; the only reader of the environment."""

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from platformdirs import user_data_path
from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.policy import WebPolicy

PREFIX = "RASID_"
DEFAULT_POLICY = WebPolicy()

Port = Annotated[int, Field(ge=1, le=65535)]


class SettingsError(Exception):
    """A setting that cannot be used; the text is one line that names the variable."""


def _data_folder() -> Path:
    try:
        return user_data_path("rasid")
    except RuntimeError:
        raise SettingsError("RASID_HOME: is not set, and this user has no home folder") from None


class Settings(BaseSettings):
    """What a process of Rasid is told from outside. Times in seconds."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    home: Path = Field(
        default_factory=_data_folder, description="folder of the embedded PostgreSQL and of Prefect's files"
    )
    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL 15 or newer to use instead of the embedded one"
    )
    prefect_api_url: str | None = Field(
        default=None,
        validation_alias="PREFECT_API_URL",
        description="Prefect server to use instead of starting one",
    )
    ui_port: Port | None = Field(
        default=None, description="port of the Prefect UI; unset: 4200, or a free one if it is taken"
    )
    poll_interval: int = Field(
        default=600, ge=10, le=86_400, description="seconds from one scheduled ingest to the next"
    )
    shipped_feeds: bool = Field(default=True, description="the service lists the feeds of the shipped catalogue")
    shards: int = Field(default=8, ge=1, le=32, description="parts that one ingest is cut into, a Prefect task each")
    workers: int = Field(default=1, ge=1, le=64, description="workers of the pool that share one ingest")
    processes: int | None = Field(
        default=None, ge=1, le=256, description="processes that read and code pages; unset: the cores"
    )
    user_agent: str = Field(
        default=DEFAULT_POLICY.user_agent, min_length=1, description="product and version told to sites"
    )
    contact: str = Field(
        default=DEFAULT_POLICY.contact, min_length=3, description="URL or address told to sites beside it"
    )
    host_delay: float = Field(
        default=DEFAULT_POLICY.host_delay, ge=0, le=600, description="least seconds between two requests to one host"
    )
    host_connections: int = Field(
        default=DEFAULT_POLICY.host_connections, ge=1, le=64, description="connections to one host at once"
    )
    allow_private_hosts: bool = Field(default=False, description="also fetch from loopback and private addresses")
    keep_pages_days: int | None = Field(
        default=None, ge=1, le=36_500, description="days that raw pages are kept; unset: for ever"
    )
    keep_polls_days: int | None = Field(
        default=90, ge=1, le=36_500, description="days that the record of each poll is kept"
    )
    keep_runs_days: int = Field(default=14, ge=1, le=3650, description="days that Prefect's own runs are kept")
    alert_webhook: SecretStr | None = Field(
        default=None, description="address that alerts are posted to as JSON with a `text`"
    )
    alert_email: SecretStr | None = Field(
        default=None, description="Apprise address that alerts are mailed to: mailtos://user:password@host?to=…"
    )
    secrets_dir: Path | None = Field(
        default=None, description="folder of files with one setting each, named as the variable in lower case"
    )
    log_format: Literal["text", "json"] = Field(default="text", description="`text` for readers, `json` for machines")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="least level that is logged"
    )

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        from db.engine import normal_url  # noqa: PLC0415 - SQLAlchemy is slow to load, and few set this

        if normal_url(value.get_secret_value()).database is None:
            raise ValueError("names no database")
        return value

    @field_validator("prefect_api_url")
    @classmethod
    def _http(cls, value: str | None) -> str | None:
        if value is not None:
            AnyHttpUrl(value)
        return value

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("user_agent", "contact")
    @classmethod
    def _header(cls, value: str) -> str:
        if not (value.isascii() and value.isprintable()):
            raise ValueError("must be printable ASCII")
        return value

    @classmethod
    def load(cls) -> Self:
        """The settings of this process's environment.

        Raises:
            SettingsError: a value is out of its bounds; the text names the variable but never repeats a secret.
        """
        try:
            # The one setting that has to be known before the others are read.
            folder = os.environ.get(f"{PREFIX}SECRETS_DIR") or None  # noqa: TID251 - this is the place
            return cls(_secrets_dir=folder)  # type: ignore[call-arg]  # pydantic-settings takes it beside the fields
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise SettingsError(f"{variable(str(first['loc'][0]))}: {_reason(first['msg'])}") from None

    def database_address(self) -> str:
        """The database's URL, secret and all.

        Raises:
            SettingsError: none is set. Only commands that start the embedded server do without.
        """
        if self.database_url is None:
            raise SettingsError("RASID_DATABASE_URL: is not set")
        return self.database_url.get_secret_value()

    def web_policy(self) -> WebPolicy:
        """How the web client has to behave under these settings."""
        return WebPolicy(
            user_agent=self.user_agent,
            contact=self.contact,
            allow_private_hosts=self.allow_private_hosts,
            host_delay=self.host_delay,
            host_connections=self.host_connections,
        )


def variable(field: str) -> str:
    """The environment variable that sets a field of Settings."""
    name = field.upper()
    return name if name == "PREFECT_API_URL" else PREFIX + name


def environment(**changed: str) -> dict[str, str]:
    """This process's environment with some variables changed: what a child process is started with."""
    return {**os.environ, **changed}  # noqa: TID251 - this is the place


def _reason(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]
