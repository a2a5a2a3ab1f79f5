"""What analysts and operators see: one readable file a view, in the order in which they are made.

Revisions hold their own frozen copies and never read these files; a test compares the two.
"""

from importlib.resources import files

NAMES = (
    "incident_reports",
    "report_figures",
    "report_actors",
    "discarded_mentions",
    "feed_health",
    "parked_pages",
    "article_texts",
    "article_copies",
    "incident_history",
    "incidents",
    "acled_incidents",
    "plover_incidents",
)
FOR_ANALYSTS = (
    *NAMES,
    "event_types",
    "countries",
    "type_crosswalks",
    "article_words",
    "report_words",
    "incident_members",
    "incident_changes",
    "incident_decisions",
)


def source(name: str) -> str:
    """The statements that make a view and its comments."""
    return files("db.views").joinpath(f"{name}.sql").read_text(encoding="utf-8")
