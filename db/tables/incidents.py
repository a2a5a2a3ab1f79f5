"""Incidents: their numbers, their reports, every state that they were in, and what analysts decided about them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Double, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import Base, key
from db.tables.feeds import one_of

CHANGES = ("merged", "split", "moved", "pinned", "revoked")
DECISIONS = ("merge", "split", "pin")


_CURRENT: Mapping[str, Any] = {"postgresql_where": text("superseded_at IS NULL")}
# What counts by day and province need, so that they are answered from the index alone. The report's number is not
# counted, but the view joins by it, and an index that lacks it is not enough even where the join falls away.
_COUNTED = [
    *("admin1", "sub_event_type", "killed_low", "killed_min", "killed_max", "killed_high"),
    *("injured_min", "injured_max", "report_id", "incident_id"),
]


class IncidentIdRow(Base):
    """The number of an incident, kept for good."""

    __tablename__ = "incident_ids"
    __table_args__ = ({"comment": "Numbers of incidents, in use or given up: analysts use incidents."},)

    id: Mapped[key]
    opened_at: Mapped[datetime] = mapped_column(comment="When it was first seen.")
    closed_at: Mapped[datetime | None] = mapped_column(comment="When it was given up.")
    went_into: Mapped[int | None] = mapped_column(
        ForeignKey("incident_ids.id"), comment="Incident that took most of its reports when it was given up."
    )


class MemberRow(Base):
    """A report's incident."""

    __tablename__ = "incident_members"
    __table_args__ = (
        Index("ix_incident_members_incident_id", "incident_id"),
        {"comment": "Which reports tell of which incident, and why: one row for each current report."},
    )

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident_ids.id"), comment="Incident: see incidents.")
    report_id: Mapped[int] = mapped_column(
        ForeignKey("reports.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="Report: see incident_reports.",
    )
    score: Mapped[float | None] = mapped_column(
        Double,
        comment="How likely it tells of this incident, 0 to 1, by its surest link. NULL without any link.",
    )
    reason: Mapped[str] = mapped_column(comment="What that rests on: the report compared with, and what was compared.")


class StateRow(Base):
    """An incident as it stood for some time."""

    __tablename__ = "incident_states"
    __table_args__ = (
        CheckConstraint("date_end >= date_start", name="dates_in_order"),
        CheckConstraint("superseded_at >= recorded_at", name="times_in_order"),
        Index("ix_incident_states_incident_id", "incident_id", "recorded_at"),
        Index("ix_incident_states_current", "incident_id", postgresql_where=text("superseded_at IS NULL")),
        Index("ix_incident_states_date_start", "date_start", postgresql_include=["country", *_COUNTED], **_CURRENT),
        Index("ix_incident_states_country", "country", "date_start", postgresql_include=_COUNTED, **_CURRENT),
        Index(
            "ix_incident_states_site",
            text("point(longitude, latitude)"),
            text("daterange(date_start, date_end, '[]'::text)"),
            postgresql_using="gist",
            **_CURRENT,
        ),
        Index("ix_incident_states_as_of", "country", "date_start", "recorded_at"),
        Index(
            "ix_incident_states_type", "sub_event_type", "date_start", postgresql_where=text("superseded_at IS NULL")
        ),
        Index("ix_incident_states_recorded_at", "recorded_at"),
        {"comment": "Every state of every incident: analysts use incidents, incident_history and incidents_as_of."},
    )

    id: Mapped[key]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident_ids.id"), comment="Incident.")
    recorded_at: Mapped[datetime] = mapped_column(comment="Since when it stood so.")
    superseded_at: Mapped[datetime | None] = mapped_column(comment="Until when it stood so.")
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), comment="Report that speaks for it.")
    sub_event_type: Mapped[str] = mapped_column(ForeignKey("event_types.sub_event_type"), comment="Kind of incident.")
    date_start: Mapped[date] = mapped_column(comment="First day.")
    date_end: Mapped[date] = mapped_column(comment="Last day.")
    time_precision: Mapped[str] = mapped_column(comment="day · week · month · assumed.")
    country: Mapped[str] = mapped_column(comment="Country, ISO 3166-1 alpha-2.")
    admin1: Mapped[str | None] = mapped_column(comment="Province.")
    place: Mapped[str] = mapped_column(comment="Place as written.")
    place_en: Mapped[str | None] = mapped_column(comment="English name of the place.")
    latitude: Mapped[float | None] = mapped_column(Double, comment="Latitude in degrees.")
    longitude: Mapped[float | None] = mapped_column(Double, comment="Longitude in degrees.")
    geo_precision: Mapped[str] = mapped_column(comment="exact · city · admin · country.")
    killed_min: Mapped[int | None] = mapped_column(comment="Killed at the least, by the best telling.")
    killed_max: Mapped[int | None] = mapped_column(comment="Killed at the most, by the best telling.")
    killed_low: Mapped[int | None] = mapped_column(comment="Killed, by the lowest telling.")
    killed_high: Mapped[int | None] = mapped_column(comment="Killed, by the highest telling.")
    injured_min: Mapped[int | None] = mapped_column(comment="Injured at the least, by the best telling.")
    injured_max: Mapped[int | None] = mapped_column(comment="Injured at the most, by the best telling.")
    injured_low: Mapped[int | None] = mapped_column(comment="Injured, by the lowest telling.")
    injured_high: Mapped[int | None] = mapped_column(comment="Injured, by the highest telling.")
    detained_min: Mapped[int | None] = mapped_column(comment="Detained at the least, by the best telling.")
    detained_max: Mapped[int | None] = mapped_column(comment="Detained at the most, by the best telling.")
    detained_low: Mapped[int | None] = mapped_column(comment="Detained, by the lowest telling.")
    detained_high: Mapped[int | None] = mapped_column(comment="Detained, by the highest telling.")
    abducted_min: Mapped[int | None] = mapped_column(comment="Abducted at the least, by the best telling.")
    abducted_max: Mapped[int | None] = mapped_column(comment="Abducted at the most, by the best telling.")
    abducted_low: Mapped[int | None] = mapped_column(comment="Abducted, by the lowest telling.")
    abducted_high: Mapped[int | None] = mapped_column(comment="Abducted, by the highest telling.")
    missing_min: Mapped[int | None] = mapped_column(comment="Missing at the least, by the best telling.")
    missing_max: Mapped[int | None] = mapped_column(comment="Missing at the most, by the best telling.")
    missing_low: Mapped[int | None] = mapped_column(comment="Missing, by the lowest telling.")
    missing_high: Mapped[int | None] = mapped_column(comment="Missing, by the highest telling.")
    displaced_min: Mapped[int | None] = mapped_column(comment="Displaced at the least, by the best telling.")
    displaced_max: Mapped[int | None] = mapped_column(comment="Displaced at the most, by the best telling.")
    displaced_low: Mapped[int | None] = mapped_column(comment="Displaced, by the lowest telling.")
    displaced_high: Mapped[int | None] = mapped_column(comment="Displaced, by the highest telling.")
    participants_min: Mapped[int | None] = mapped_column(comment="Participants at the least, by the best telling.")
    participants_max: Mapped[int | None] = mapped_column(comment="Participants at the most, by the best telling.")
    participants_low: Mapped[int | None] = mapped_column(comment="Participants, by the lowest telling.")
    participants_high: Mapped[int | None] = mapped_column(comment="Participants, by the highest telling.")
    actor1: Mapped[str | None] = mapped_column(comment="First actor of the side that acted.")
    actor1_category: Mapped[str | None] = mapped_column(comment="Category of actor1.")
    actor2: Mapped[str | None] = mapped_column(comment="First actor of the other side.")
    actor2_category: Mapped[str | None] = mapped_column(comment="Category of actor2.")
    attributed_to: Mapped[str | None] = mapped_column(comment="Source that is cited for it.")
    confidence: Mapped[float] = mapped_column(Double, comment="Highest confidence among its reports.")
    report_count: Mapped[int] = mapped_column(Integer, comment="Reports that tell of it.")
    source_count: Mapped[int] = mapped_column(Integer, comment="Independent stories: printings of one text count once.")
    first_reported_at: Mapped[datetime] = mapped_column(comment="Publication of the first report.")
    last_reported_at: Mapped[datetime] = mapped_column(comment="Publication of the latest report.")
    contradicted: Mapped[bool] = mapped_column(comment="True where counts of independent stories exclude each other.")


class ChangeRow(Base):
    """One merge, split or other change of incidents."""

    __tablename__ = "incident_changes"
    __table_args__ = (
        CheckConstraint(one_of("change", CHANGES), name="change_is_known"),
        Index("ix_incident_changes_incident_id", "incident_id"),
        Index("ix_incident_changes_other_id", "other_id"),
        {"comment": "Every merge and split of incidents, by linking or by an analyst, with the reason."},
    )

    id: Mapped[key]
    changed_at: Mapped[datetime] = mapped_column(comment="When it was done.")
    change: Mapped[str] = mapped_column(
        comment="merged (other_id into incident_id) · split (incident_id off other_id) · moved (reports from other_id) "
        "· pinned · revoked (a decision)."
    )
    incident_id: Mapped[int] = mapped_column(
        ForeignKey("incident_ids.id"), comment="Incident that has the reports now."
    )
    other_id: Mapped[int | None] = mapped_column(
        ForeignKey("incident_ids.id"), comment="Incident that had them before."
    )
    reports: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()), comment="Reports that changed their incident.")
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("incident_decisions.id"), comment="Analyst's decision behind it; NULL for linking's own."
    )
    reason: Mapped[str] = mapped_column(comment="Why.")


class DecisionRow(Base):
    """What an analyst decided."""

    __tablename__ = "incident_decisions"
    __table_args__ = (
        CheckConstraint(one_of("decision", DECISIONS), name="decision_is_known"),
        {"comment": "Analysts' decisions on incidents: linking respects them, the latest first."},
    )

    id: Mapped[key]
    decision: Mapped[str] = mapped_column(
        comment="merge (these reports are one incident) · split (two groups are not) · pin (nothing joins or leaves)."
    )
    decided_at: Mapped[datetime] = mapped_column(comment="When it was made.")
    decided_by: Mapped[str | None] = mapped_column(comment="Who made it.")
    reason: Mapped[str | None] = mapped_column(comment="Why.")
    revoked_at: Mapped[datetime | None] = mapped_column(comment="When it was taken back.")


class DecidedRow(Base):
    """A report that a decision speaks of."""

    __tablename__ = "decided_reports"
    __table_args__ = (
        CheckConstraint("side IN (1, 2)", name="side_is_known"),
        Index("ix_decided_reports_report_id", "report_id"),
        {"comment": "Reports that analysts' decisions speak of, and those that took their place in revised articles."},
    )

    decision_id: Mapped[int] = mapped_column(
        ForeignKey("incident_decisions.id"), primary_key=True, autoincrement=False, comment="Decision."
    )
    report_id: Mapped[int] = mapped_column(
        ForeignKey("reports.id"), primary_key=True, autoincrement=False, comment="Report."
    )
    side: Mapped[int] = mapped_column(Integer, comment="1, or 2 for what a split leaves behind.")
