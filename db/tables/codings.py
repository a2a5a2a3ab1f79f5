"""What the extractors say of an article: extractions, reports, their figures and actors, and mentions left aside."""

from datetime import date, datetime
from typing import get_args

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import Base, key
from db.tables.feeds import one_of
from extractors import records

EXTRACTION_OUTCOMES = ("incidents", "no incident", "failed")


def _one_of_literal(column: str, literal: object) -> str:
    return one_of(column, get_args(literal))


class ExtractionRow(Base):
    """One outcome of the extractors on one article."""

    __tablename__ = "extractions"
    __table_args__ = (
        CheckConstraint(one_of("outcome", EXTRACTION_OUTCOMES), name="outcome_is_known"),
        CheckConstraint("superseded_at IS NULL OR NOT is_current", name="superseded_when_not_current"),
        Index("uq_extractions_page_id_current", "page_id", unique=True, postgresql_where=text("is_current")),
        Index("ix_extractions_article_id", "article_id"),
        Index("ix_extractions_unlinked", "id", postgresql_where=text("linked_at IS NULL AND is_current")),
        {"comment": "What the extractors made of each article; a row for each result that differs."},
    )

    id: Mapped[key]
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), comment="Article that was coded.")
    page_id: Mapped[int] = mapped_column(
        ForeignKey("pages.id"), comment="Page of that article: it has one current extraction."
    )
    outcome: Mapped[str] = mapped_column(comment="incidents · no incident · failed (an error).")
    reason: Mapped[str | None] = mapped_column(comment="Why there is no incident, or what failed.")
    is_current: Mapped[bool] = mapped_column(comment="True for the result that the views show.")
    extractor_version: Mapped[str] = mapped_column(comment="Latest version of the extractors that gives this result.")
    first_version: Mapped[str] = mapped_column(comment="Version of the extractors that gave it first.")
    digest: Mapped[str] = mapped_column(comment="SHA-256 (hex) of the whole result: equal results change no row.")
    extracted_at: Mapped[datetime] = mapped_column(comment="When this result was first made.")
    superseded_at: Mapped[datetime | None] = mapped_column(comment="When a different result took its place.")
    duration_ms: Mapped[float | None] = mapped_column(Double, comment="Milliseconds that the extractors took.")
    linked_at: Mapped[datetime | None] = mapped_column(
        comment="When its reports were last linked to incidents. NULL where that is owed."
    )


class ReportRow(Base):
    """One incident as one article tells it."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("date_end >= date_start", name="dates_in_order"),
        CheckConstraint(_one_of_literal("time_precision", records.TimePrecision), name="time_precision_is_known"),
        CheckConstraint(_one_of_literal("geo_precision", records.GeoPrecision), name="geo_precision_is_known"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="coordinates_in_pairs"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="coordinates_on_earth"),
        CheckConstraint("geo_precision <> 'country' OR latitude IS NULL", name="no_pin_for_a_country"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_is_a_share"),
        CheckConstraint("evidence_start >= 0 AND evidence_end > evidence_start", name="evidence_is_a_passage"),
        CheckConstraint("length(evidence) = evidence_end - evidence_start", name="evidence_has_its_length"),
        Index("ix_reports_extraction_id", "extraction_id"),
        Index("ix_reports_article_id", "article_id"),
        Index("ix_reports_country_date_start", "country", "date_start"),
        Index("ix_reports_date_start", "date_start"),
        Index("ix_reports_sub_event_type_date_start", "sub_event_type", "date_start"),
        {"comment": "Incidents as articles tell them, superseded ones too: analysts use incident_reports."},
    )

    id: Mapped[key]
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id"), comment="Extraction that made it.")
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), comment="Article that tells it.")
    position: Mapped[int] = mapped_column(Integer, comment="Its place among the article's incidents, from 1.")
    sub_event_type: Mapped[str] = mapped_column(ForeignKey("event_types.sub_event_type"), comment="Kind of incident.")
    date_start: Mapped[date] = mapped_column(comment="First day on which it happened.")
    date_end: Mapped[date] = mapped_column(comment="Last day on which it happened.")
    time_precision: Mapped[str] = mapped_column(
        comment="day (the article tells the day) · week · month · assumed (it does not: the publication day)."
    )
    country: Mapped[str] = mapped_column(comment="Country where it happened, ISO 3166-1 alpha-2.")
    admin1: Mapped[str | None] = mapped_column(comment="Province where it happened.")
    place: Mapped[str] = mapped_column(comment="Most specific place that the article gives, as written.")
    place_en: Mapped[str | None] = mapped_column(comment="English name of that place.")
    latitude: Mapped[float | None] = mapped_column(
        Double, comment="Latitude of that place in degrees. NULL where only the country is known."
    )
    longitude: Mapped[float | None] = mapped_column(Double, comment="Longitude of that place in degrees.")
    geo_precision: Mapped[str] = mapped_column(
        comment="exact (a site, quarter or village) · city · admin (a province) · country."
    )
    killed_min: Mapped[int | None] = mapped_column(
        comment="Killed, at the least. NULL where the article gives no number."
    )
    killed_max: Mapped[int | None] = mapped_column(comment="Killed, at the most. NULL where it is open.")
    injured_min: Mapped[int | None] = mapped_column(comment="Injured, at the least.")
    injured_max: Mapped[int | None] = mapped_column(comment="Injured, at the most.")
    detained_min: Mapped[int | None] = mapped_column(comment="Detained or captured, at the least.")
    detained_max: Mapped[int | None] = mapped_column(comment="Detained or captured, at the most.")
    abducted_min: Mapped[int | None] = mapped_column(comment="Abducted, at the least.")
    abducted_max: Mapped[int | None] = mapped_column(comment="Abducted, at the most.")
    missing_min: Mapped[int | None] = mapped_column(comment="Missing, at the least.")
    missing_max: Mapped[int | None] = mapped_column(comment="Missing, at the most.")
    displaced_min: Mapped[int | None] = mapped_column(comment="Displaced, at the least.")
    displaced_max: Mapped[int | None] = mapped_column(comment="Displaced, at the most.")
    participants_min: Mapped[int | None] = mapped_column(comment="Participants, at the least.")
    participants_max: Mapped[int | None] = mapped_column(comment="Participants, at the most.")
    actor1: Mapped[str | None] = mapped_column(comment="First actor of the side that acted, as written.")
    actor1_category: Mapped[str | None] = mapped_column(comment="Category of actor1.")
    actor2: Mapped[str | None] = mapped_column(comment="First actor of the other side, as written.")
    actor2_category: Mapped[str | None] = mapped_column(comment="Category of actor2.")
    attributed_to: Mapped[str | None] = mapped_column(comment="Source that the article cites for it.")
    confidence: Mapped[float] = mapped_column(
        Double, comment="Share of rows of this confidence that are right, 0 to 1."
    )
    evidence: Mapped[str] = mapped_column(
        comment="Passage that it rests on: the characters of the body between the offsets."
    )
    evidence_start: Mapped[int] = mapped_column(Integer, comment="First character of the passage in the body, from 0.")
    evidence_end: Mapped[int] = mapped_column(Integer, comment="Character after the last one of the passage.")
    rules: Mapped[list[str]] = mapped_column(
        server_default=text("'{}'"), comment="Lexicon entries and rules that made it."
    )


class FigureRow(Base):
    """One count that an article gives for an incident."""

    __tablename__ = "figures"
    __table_args__ = (
        CheckConstraint(_one_of_literal("kind", records.FigureKind), name="kind_is_known"),
        CheckConstraint(_one_of_literal("qualifier", records.Qualifier), name="qualifier_is_known"),
        CheckConstraint(_one_of_literal("role", records.FigureRole), name="role_is_known"),
        {"comment": "Counts that articles give for incidents: analysts use report_figures."},
    )

    report_id: Mapped[int] = mapped_column(
        ForeignKey("reports.id"), primary_key=True, comment="Report that it belongs to."
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Its place in the report, from 1."
    )
    kind: Mapped[str] = mapped_column(comment="What is counted: people by what befell them, or damage by its object.")
    min: Mapped[int | None] = mapped_column(comment="At the least.")
    max: Mapped[int | None] = mapped_column(comment="At the most. NULL where it is open.")
    qualifier: Mapped[str] = mapped_column(
        comment="How the article puts the number: exact, about, more than, at least, dozens …"
    )
    group_counted: Mapped[str | None] = mapped_column(comment="Whom or what it counts, as written.")
    role: Mapped[str] = mapped_column(
        comment="total · part (of another figure) · sum (of two kinds together) · none (said not to be)."
    )
    attributed_to: Mapped[str | None] = mapped_column(comment="Who says so.")
    quote: Mapped[str] = mapped_column(comment="Its words in the article.")
    quote_start: Mapped[int] = mapped_column(Integer, comment="First character of the quote, from 0.")
    quote_end: Mapped[int] = mapped_column(Integer, comment="Character after its last one.")
    quote_field: Mapped[str] = mapped_column(comment="Text that the offsets count in: body or title.")


class ActorRow(Base):
    """One side of an incident."""

    __tablename__ = "actors"
    __table_args__ = (
        CheckConstraint("side IN (1, 2)", name="side_is_known"),
        CheckConstraint(_one_of_literal("category", records.ActorCategory), name="category_is_known"),
        CheckConstraint(_one_of_literal("claim", records.Claim), name="claim_is_known"),
        {"comment": "Sides of incidents by the names that articles give them: analysts use report_actors."},
    )

    report_id: Mapped[int] = mapped_column(
        ForeignKey("reports.id"), primary_key=True, comment="Report that it belongs to."
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Its place in the report, from 1."
    )
    side: Mapped[int] = mapped_column(Integer, comment="1 the side that acted, 2 the other.")
    name: Mapped[str] = mapped_column(comment="Name as written.")
    category: Mapped[str | None] = mapped_column(comment="State forces, Rebel group, Civilians … as in the codebook.")
    claim: Mapped[str | None] = mapped_column(
        comment="How the article knows that this side did it: claimed, accused, denied, unknown."
    )
    name_start: Mapped[int] = mapped_column(Integer, comment="First character of the name, from 0.")
    name_end: Mapped[int] = mapped_column(Integer, comment="Character after its last one.")
    name_field: Mapped[str] = mapped_column(comment="Text that the offsets count in: body or title.")


class MentionRow(Base):
    """A telling of an event that made no report."""

    __tablename__ = "mentions"
    __table_args__ = (
        CheckConstraint(_one_of_literal("reality", records.Reality), name="reality_is_known"),
        {"comment": "Tellings of events that made no report, with the reason: analysts use discarded_mentions."},
    )

    extraction_id: Mapped[int] = mapped_column(
        ForeignKey("extractions.id"), primary_key=True, comment="Extraction that found it."
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Its place in the article, from 1."
    )
    sub_event_type: Mapped[str | None] = mapped_column(comment="Kind of event that it speaks of.")
    reality: Mapped[str] = mapped_column(comment="happened, planned, threatened, denied, hypothetical, historical …")
    reason: Mapped[str] = mapped_column(comment="Why it made no report.")
    quote: Mapped[str] = mapped_column(comment="Its words in the article.")
    quote_start: Mapped[int] = mapped_column(Integer, comment="First character of the quote, from 0.")
    quote_end: Mapped[int] = mapped_column(Integer, comment="Character after its last one.")
    quote_field: Mapped[str] = mapped_column(comment="Text that the offsets count in: body or title.")
