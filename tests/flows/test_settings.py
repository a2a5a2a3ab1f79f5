"""What can be set, and what is said when it is set wrong."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from flows.settings import Settings, SettingsError, variable


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_without_environment_everything_has_a_value() -> None:
    """A machine where nothing is set can run the service."""
    settings = Settings.load()
    assert settings.database_url is None
    assert settings.home.is_absolute()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("RASID_SHARDS", "many", "RASID_SHARDS: input should be a valid integer"),
        ("RASID_SHARDS", "0", "RASID_SHARDS: input should be greater than or equal to 1"),
        ("RASID_HOST_DELAY", "-1", "RASID_HOST_DELAY: input should be greater than or equal to 0"),
        ("RASID_UI_PORT", "70000", "RASID_UI_PORT: input should be less than or equal to 65535"),
        ("RASID_LOG_FORMAT", "xml", "RASID_LOG_FORMAT: input should be 'text' or 'json'"),
        ("RASID_DATABASE_URL", "sqlite:///a.db", "RASID_DATABASE_URL: a postgresql:// address is needed"),
        ("RASID_DATABASE_URL", "postgresql://localhost", "RASID_DATABASE_URL: names no database"),
        ("PREFECT_API_URL", "here", "PREFECT_API_URL: input should be a valid URL"),
        ("RASID_CONTACT", "a\tb c", "RASID_CONTACT: must be printable ASCII"),
    ],
)
def test_wrong_value_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    """Whoever set it wrong reads which variable it was and what it should be."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert str(caught.value).startswith(words)
    assert "\n" not in str(caught.value)


def test_password_is_in_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret shows neither in the settings' text nor in an error."""
    monkeypatch.setenv("RASID_DATABASE_URL", "postgresql://rasid:hush@localhost/rasid")
    assert "hush" not in repr(Settings.load())
    monkeypatch.setenv("RASID_DATABASE_URL", "mysql://rasid:hush@localhost/rasid")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert "hush" not in str(caught.value)


def test_empty_value_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that a service file sets to nothing counts as not set."""
    monkeypatch.setenv("RASID_DATABASE_URL", "")
    assert Settings.load().database_url is None


def test_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a container a user may be a mere number: what is set is used, and what is not is named."""
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", lambda _: (_ for _ in ()).throw(KeyError("nobody")))
    with pytest.raises(SettingsError, match="RASID_HOME"):
        Settings.load()
    monkeypatch.setenv("RASID_HOME", str(tmp_path))
    assert Settings.load().home == tmp_path


def test_settings_are_frozen(tmp_path: Path) -> None:
    """Nothing changes a setting after the start."""
    with pytest.raises(ValidationError):
        Settings(home=tmp_path).shards = 3  # type: ignore[misc]


def test_secrets_may_come_as_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A password that lies in a file of its own never stands in the environment; what stands there goes before it."""
    (tmp_path / "rasid_database_url").write_text("postgresql://rasid:secret@db/rasid\n", encoding="utf-8")
    (tmp_path / "rasid_shards").write_text("3", encoding="utf-8")
    monkeypatch.setenv("RASID_SECRETS_DIR", str(tmp_path))
    monkeypatch.delenv("RASID_DATABASE_URL", raising=False)
    monkeypatch.setenv("RASID_SHARDS", "4")
    settings = Settings.load()
    assert (settings.database_address(), settings.shards) == ("postgresql://rasid:secret@db/rasid", 4)
