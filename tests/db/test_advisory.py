"""The advisory locks."""

import re
from importlib.resources import files

from db import advisory
from db import functions as sql_functions


def test_each_lock_has_a_key_of_its_own() -> None:
    """Two uses of one key would wait for each other: a service holds its own for as long as it runs."""
    keys = [value for name, value in vars(advisory).items() if name.isupper()]
    assert len(keys) == len(set(keys)) == 3


def test_functions_take_the_lock_of_linking() -> None:
    """What analysts decide in SQL takes turns with linking, and with nothing else."""
    written = "".join(file.read_text() for file in files(sql_functions).iterdir() if file.name.endswith(".sql"))
    assert set(re.findall(r"advisory\w*lock\((\d+)\)", written)) == {str(advisory.LINKING)}
