"""What linking keeps of articles and reports: fingerprints and copies, clues and the links between them."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, Index, Integer, LargeBinary
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import Base

# A pending list would make writing cheaper and every look-up dearer; linking looks up as often as it writes.
_DIRECT = {"fastupdate": "off"}


class FingerprintRow(Base):
    """What a page's article is recognised by among other papers' printings."""

    __tablename__ = "fingerprints"
    __table_args__ = (
        Index("ix_fingerprints_bands", "bands", postgresql_using="gin", postgresql_with=_DIRECT),
        Index("ix_fingerprints_story_id", "story_id"),
        {"comment": "Marks by which printings of one text are found: analysts use article_copies."},
    )

    page_id: Mapped[int] = mapped_column(
        ForeignKey("pages.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="Page whose current article it is of.",
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), comment="Article (revision) that it was made of."
    )
    story_id: Mapped[int] = mapped_column(comment="Story: the lowest page number among the printings of one text.")
    day: Mapped[date] = mapped_column(comment="Day of printing (UTC), or on which it was first seen.")
    bands: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger()), comment="Marks of the text in its span of days: articles that share one may be copies."
    )


class CopyRow(Base):
    """Two pages that print one text."""

    __tablename__ = "copies"
    __table_args__ = (
        CheckConstraint("page_a < page_b", name="each_pair_once"),
        Index("ix_copies_page_b", "page_b"),
        {"comment": "Pairs of pages whose articles are printings of one text. Stories hang together by them."},
    )

    page_a: Mapped[int] = mapped_column(
        ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, comment="One page."
    )
    page_b: Mapped[int] = mapped_column(
        ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, comment="The other page."
    )
    likeness: Mapped[float] = mapped_column(Double, comment="Share of word triples that both have, 0 to 1.")


class ClueRow(Base):
    """What linking compares of a report."""

    __tablename__ = "clues"
    __table_args__ = (
        Index("ix_clues_page_id", "page_id"),
        Index("ix_clues_blocks", "blocks", postgresql_using="gin", postgresql_with=_DIRECT),
        {"comment": "What linking compares of each current report, so that it never reads articles again."},
    )

    report_id: Mapped[int] = mapped_column(
        ForeignKey("reports.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="Report that it is made of.",
    )
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"), comment="Page that tells it.")
    tie: Mapped[int] = mapped_column(comment="Number made of address and position: orders reports whenever they came.")
    country: Mapped[str] = mapped_column(comment="Country where it happened.")
    sub_event_type: Mapped[str] = mapped_column(comment="Kind of incident.")
    first_day: Mapped[int] = mapped_column(Integer, comment="First day, as days since the start of the calendar.")
    last_day: Mapped[int] = mapped_column(Integer, comment="Last day, counted in the same way.")
    time_precision: Mapped[str] = mapped_column(comment="day · week · month · assumed.")
    latitude: Mapped[float | None] = mapped_column(Double, comment="Latitude of the place in degrees.")
    longitude: Mapped[float | None] = mapped_column(Double, comment="Longitude of the place in degrees.")
    geo_precision: Mapped[str] = mapped_column(comment="exact · city · admin · country.")
    alone: Mapped[bool] = mapped_column(comment="True where its article tells no other incident.")
    words: Mapped[bytes] = mapped_column(LargeBinary, comment="Words of its passage, as numbers of four bytes.")
    article_words: Mapped[bytes] = mapped_column(LargeBinary, comment="Words of headline and lead, in the same way.")
    place_words: Mapped[bytes] = mapped_column(LargeBinary, comment="Words of the place, in the same way.")
    figures: Mapped[dict[str, Any]] = mapped_column(comment="Pairs of its counts by kind.")
    blocks: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger()), comment="Marks of country, time and rare words: reports that share one are compared."
    )


class LinkRow(Base):
    """Two reports that seem to tell of one incident."""

    __tablename__ = "report_links"
    __table_args__ = (
        CheckConstraint("report_a < report_b", name="each_pair_once"),
        Index("ix_report_links_report_b", "report_b"),
        {"comment": "Pairs of reports that are likely to tell of one incident, and what speaks for and against it."},
    )

    report_a: Mapped[int] = mapped_column(
        ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, comment="One report."
    )
    report_b: Mapped[int] = mapped_column(
        ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, comment="The other report."
    )
    odds: Mapped[float] = mapped_column(Double, comment="Log-odds that they tell of one incident: above 0 more likely.")
    signs: Mapped[dict[str, Any]] = mapped_column(comment="What the log-odds are the sum of.")
    facts: Mapped[str] = mapped_column(comment="What was compared, in words.")
