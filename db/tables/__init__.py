"""All tables, in flow order."""

from db.schema import Base
from db.tables.articles import ArticleRow, ReadingRow
from db.tables.codings import ActorRow, ExtractionRow, FigureRow, MentionRow, ReportRow
from db.tables.crosswalks import CountryRow, TypeCrosswalkRow
from db.tables.event_types import EventTypeRow
from db.tables.feeds import EntryRow, FeedRow, PollRow
from db.tables.hosts import HostRow, RobotsRow
from db.tables.pages import FetchRow, PageRow
from db.tables.words import ArticleWordsRow, ReportWordsRow

__all__ = [
    "ActorRow",
    "ArticleRow",
    "ArticleWordsRow",
    "Base",
    "CountryRow",
    "EntryRow",
    "EventTypeRow",
    "ExtractionRow",
    "FeedRow",
    "FetchRow",
    "FigureRow",
    "HostRow",
    "MentionRow",
    "PageRow",
    "PollRow",
    "ReadingRow",
    "ReportRow",
    "ReportWordsRow",
    "RobotsRow",
    "TypeCrosswalkRow",
]
