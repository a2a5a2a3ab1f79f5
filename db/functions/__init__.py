"""SQL functions: one readable file a family, in the order in which they are made.

Revisions hold their own frozen copies and never read these files; a test compares the two.
"""

from importlib.resources import files

from db import views

NAMES = (
    "fold_arabic",
    "words",
    "search_marks",
    "search_articles",
    "search_reports",
    "refresh_incidents",
    "incidents_as_of",
    "incident_merge",
    "incident_split",
    "incident_pin",
    "incident_revoke",
    "distance",
    "incidents_near",
    "incident_counts",
    "search_incidents",
)


def source(name: str) -> str:
    """The statements that make the functions of a family and their comments."""
    written = files("db.functions").joinpath(f"{name}.sql").read_text(encoding="utf-8")
    return written.replace("{the columns of incidents}", _columns("incidents"))


def _columns(view: str) -> str:
    """What a view selects: a function that returns its rows has to name all of them again."""
    told = views.source(view)
    return told[told.index("SELECT\n") : told.index("\nFROM ")]
