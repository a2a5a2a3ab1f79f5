"""How commands are told which incidents: options that several of them share."""

from typing import Annotated

import typer
from sqlalchemy import Connection, text

from flows.cli.errors import WRONG, CommandError

Countries = Annotated[list[str] | None, typer.Option("--country", help="ISO 3166-1 alpha-2; may be repeated.")]
Kinds = Annotated[
    list[str] | None, typer.Option("--type", help="Domain, event type or sub-event type; may be repeated.")
]

_NAMES = text("SELECT unnest(ARRAY[domain, event_type, sub_event_type]) FROM event_types")


def known_kinds(connection: Connection, kinds: list[str]) -> list[str]:
    """The names as the taxonomy writes them; a name that it does not know is an error, not an empty file."""
    names = {name.casefold(): name for name in connection.execute(_NAMES).scalars()}
    unknown = [kind for kind in kinds if kind.casefold() not in names]
    if unknown:
        raise CommandError(f"no such type: {', '.join(unknown)}; the table event_types lists them", WRONG)
    return [names[kind.casefold()] for kind in kinds]
