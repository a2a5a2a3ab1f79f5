"""The language data beside this module, read once: mechanism here, words in the .toml files."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def wordlist(name: str) -> dict[str, Any]:
    """The tables of `<name>.toml`. Callers must not change them."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
