"""`rasid check`: one line for monitoring systems."""

import sys

from flows.cli.errors import explain
from flows.cli.standing import NotRunning, standing
from flows.clock import utc_now
from flows.settings import Settings, SettingsError

CRITICAL, UNKNOWN = 2, 3


def check() -> int:
    """Tell in one line how the service is, as monitoring systems read it, and change nothing.

    Exit codes: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (wrong settings). After the bar stand the numbers with the bounds
    that they are judged by.
    """
    from flows.health import look, verdict

    try:
        settings = Settings.load()
        with standing(settings) as engine, engine.connect() as connection:
            health = look(connection, now=utc_now())
    except SettingsError as error:
        return _say(f"RASID UNKNOWN - {error}", UNKNOWN)
    except NotRunning as error:
        return _say(f"RASID CRITICAL - {error}", CRITICAL)
    except Exception as error:  # noqa: BLE001 - whatever it is, the watcher is told in its own way
        return _say(f"RASID CRITICAL - {explain(error)[0]}".replace("|", "/"), CRITICAL)
    code, line = verdict(health)
    return _say(line, int(code))


def _say(line: str, code: int) -> int:
    sys.stdout.write(f"{line}\n")
    return code
