"""All tables, in flow order."""

from db.schema import Base
from db.tables.articles import ArticleRow, ReadingRow
from db.tables.codings import ActorRow, ExtractionRow, FigureRow, MentionRow, ReportRow
from db.tables.crosswalks import CountryRow, TypeCrosswalkRow
from db.tables.event_types import EventTypeRow
from db.tables.feeds import EntryRow, FeedRow, PollRow
from db.tables.hosts import HostRow, RobotsRow
from db.tables.incidents import ChangeRow, DecidedRow, DecisionRow, IncidentIdRow, MemberRow, StateRow
from db.tables.linking import ClueRow, CopyRow, FingerprintRow, LinkRow
from db.tables.pages import FetchRow, PageRow
from db.tables.words import ArticleWordsRow, ReportWordsRow

__all__ = [
    "ActorRow",
    "ArticleRow",
    "ArticleWordsRow",
    "Base",
    "ChangeRow",
    "ClueRow",
    "CopyRow",
    "CountryRow",
    "DecidedRow",
    "DecisionRow",
    "EntryRow",
    "EventTypeRow",
    "ExtractionRow",
    "FeedRow",
    "FetchRow",
    "FigureRow",
    "FingerprintRow",
    "HostRow",
    "IncidentIdRow",
    "LinkRow",
    "MemberRow",
    "MentionRow",
    "PageRow",
    "PollRow",
    "ReadingRow",
    "ReportRow",
    "ReportWordsRow",
    "RobotsRow",
    "StateRow",
    "TypeCrosswalkRow",
]
