"""Linking: fingerprints, copies, clues and links; incidents with their members, states, changes and decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1550_linking"
down_revision = "20261122_1545_hosts"
branch_labels = None
depends_on = None

# fmt: off


def upgrade() -> None:
    op.create_table("incident_decisions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("decision", sa.Text(), nullable=False, comment="merge (these reports are one incident) · split (two groups are not) · pin (nothing joins or leaves)."),
        sa.Column("decided_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When it was made."),
        sa.Column("decided_by", sa.Text(), nullable=True, comment="Who made it."),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why."),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When it was taken back."),
        sa.CheckConstraint("decision IN ('merge', 'split', 'pin')", name=op.f("ck_incident_decisions_decision_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_decisions")),
        comment="Analysts' decisions on incidents: linking respects them, the latest first."
    )
    op.create_table("incident_ids",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("opened_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When it was first seen."),
        sa.Column("closed_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When it was given up."),
        sa.Column("went_into", sa.BigInteger(), nullable=True, comment="Incident that took most of its reports when it was given up."),
        sa.ForeignKeyConstraint(["went_into"], ["incident_ids.id"], name=op.f("fk_incident_ids_went_into_incident_ids")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_ids")),
        comment="Numbers of incidents, in use or given up: analysts use incidents."
    )
    op.create_table("incident_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("changed_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When it was done."),
        sa.Column("change", sa.Text(), nullable=False, comment="merged (other_id into incident_id) · split (incident_id off other_id) · moved (reports from other_id) · pinned · revoked (a decision)."),
        sa.Column("incident_id", sa.BigInteger(), nullable=False, comment="Incident that has the reports now."),
        sa.Column("other_id", sa.BigInteger(), nullable=True, comment="Incident that had them before."),
        sa.Column("reports", sa.ARRAY(sa.BigInteger()), nullable=False, comment="Reports that changed their incident."),
        sa.Column("decision_id", sa.BigInteger(), nullable=True, comment="Analyst's decision behind it; NULL for linking's own."),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why."),
        sa.CheckConstraint("change IN ('merged', 'split', 'moved', 'pinned', 'revoked')", name=op.f("ck_incident_changes_change_is_known")),
        sa.ForeignKeyConstraint(["decision_id"], ["incident_decisions.id"], name=op.f("fk_incident_changes_decision_id_incident_decisions")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident_ids.id"], name=op.f("fk_incident_changes_incident_id_incident_ids")),
        sa.ForeignKeyConstraint(["other_id"], ["incident_ids.id"], name=op.f("fk_incident_changes_other_id_incident_ids")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_changes")),
        comment="Every merge and split of incidents, by linking or by an analyst, with the reason."
    )
    op.create_index("ix_incident_changes_incident_id", "incident_changes", ["incident_id"], unique=False)
    op.create_index("ix_incident_changes_other_id", "incident_changes", ["other_id"], unique=False)
    op.create_table("copies",
        sa.Column("page_a", sa.BigInteger(), autoincrement=False, nullable=False, comment="One page."),
        sa.Column("page_b", sa.BigInteger(), autoincrement=False, nullable=False, comment="The other page."),
        sa.Column("likeness", sa.Double(), nullable=False, comment="Share of word triples that both have, 0 to 1."),
        sa.CheckConstraint("page_a < page_b", name=op.f("ck_copies_each_pair_once")),
        sa.ForeignKeyConstraint(["page_a"], ["pages.id"], name=op.f("fk_copies_page_a_pages"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["page_b"], ["pages.id"], name=op.f("fk_copies_page_b_pages"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_a", "page_b", name=op.f("pk_copies")),
        comment="Pairs of pages whose articles are printings of one text. Stories hang together by them."
    )
    op.create_index("ix_copies_page_b", "copies", ["page_b"], unique=False)
    op.create_table("fingerprints",
        sa.Column("page_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Page whose current article it is of."),
        sa.Column("article_id", sa.BigInteger(), nullable=False, comment="Article (revision) that it was made of."),
        sa.Column("story_id", sa.BigInteger(), nullable=False, comment="Story: the lowest page number among the printings of one text."),
        sa.Column("day", sa.Date(), nullable=False, comment="Day of printing (UTC), or on which it was first seen."),
        sa.Column("bands", postgresql.ARRAY(sa.BigInteger()), nullable=False, comment="Marks of the text in its span of days: articles that share one may be copies."),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_fingerprints_article_id_articles"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_fingerprints_page_id_pages"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_fingerprints")),
        comment="Marks by which printings of one text are found: analysts use article_copies."
    )
    op.create_index("ix_fingerprints_bands", "fingerprints", ["bands"], unique=False, postgresql_using="gin", postgresql_with={"fastupdate": "off"})
    op.create_index("ix_fingerprints_story_id", "fingerprints", ["story_id"], unique=False)
    op.create_table("clues",
        sa.Column("report_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Report that it is made of."),
        sa.Column("page_id", sa.BigInteger(), nullable=False, comment="Page that tells it."),
        sa.Column("tie", sa.BigInteger(), nullable=False, comment="Number made of address and position: orders reports whenever they came."),
        sa.Column("country", sa.Text(), nullable=False, comment="Country where it happened."),
        sa.Column("sub_event_type", sa.Text(), nullable=False, comment="Kind of incident."),
        sa.Column("first_day", sa.Integer(), nullable=False, comment="First day, as days since the start of the calendar."),
        sa.Column("last_day", sa.Integer(), nullable=False, comment="Last day, counted in the same way."),
        sa.Column("time_precision", sa.Text(), nullable=False, comment="day · week · month · assumed."),
        sa.Column("latitude", sa.Double(), nullable=True, comment="Latitude of the place in degrees."),
        sa.Column("longitude", sa.Double(), nullable=True, comment="Longitude of the place in degrees."),
        sa.Column("geo_precision", sa.Text(), nullable=False, comment="exact · city · admin · country."),
        sa.Column("alone", sa.Boolean(), nullable=False, comment="True where its article tells no other incident."),
        sa.Column("words", sa.LargeBinary(), nullable=False, comment="Words of its passage, as numbers of four bytes."),
        sa.Column("article_words", sa.LargeBinary(), nullable=False, comment="Words of headline and lead, in the same way."),
        sa.Column("place_words", sa.LargeBinary(), nullable=False, comment="Words of the place, in the same way."),
        sa.Column("figures", postgresql.JSONB(), nullable=False, comment="Pairs of its counts by kind."),
        sa.Column("blocks", postgresql.ARRAY(sa.BigInteger()), nullable=False, comment="Marks of country, time and rare words: reports that share one are compared."),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_clues_page_id_pages"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_clues_report_id_reports"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_clues")),
        comment="What linking compares of each current report, so that it never reads articles again."
    )
    op.create_index("ix_clues_blocks", "clues", ["blocks"], unique=False, postgresql_using="gin", postgresql_with={"fastupdate": "off"})
    op.create_index("ix_clues_page_id", "clues", ["page_id"], unique=False)
    op.create_table("decided_reports",
        sa.Column("decision_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Decision."),
        sa.Column("report_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Report."),
        sa.Column("side", sa.Integer(), nullable=False, comment="1, or 2 for what a split leaves behind."),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_decided_reports_side_is_known")),
        sa.ForeignKeyConstraint(["decision_id"], ["incident_decisions.id"], name=op.f("fk_decided_reports_decision_id_incident_decisions")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_decided_reports_report_id_reports")),
        sa.PrimaryKeyConstraint("decision_id", "report_id", name=op.f("pk_decided_reports")),
        comment="Reports that analysts' decisions speak of, and those that took their place in revised articles."
    )
    op.create_index("ix_decided_reports_report_id", "decided_reports", ["report_id"], unique=False)
    op.create_table("incident_members",
        sa.Column("incident_id", sa.BigInteger(), nullable=False, comment="Incident: see incidents."),
        sa.Column("report_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Report: see incident_reports."),
        sa.Column("score", sa.Double(), nullable=True, comment="How likely it tells of this incident, 0 to 1, by its surest link. NULL without any link."),
        sa.Column("reason", sa.Text(), nullable=False, comment="What that rests on: the report compared with, and what was compared."),
        sa.ForeignKeyConstraint(["incident_id"], ["incident_ids.id"], name=op.f("fk_incident_members_incident_id_incident_ids")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_incident_members_report_id_reports"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_incident_members")),
        comment="Which reports tell of which incident, and why: one row for each current report."
    )
    op.create_index("ix_incident_members_incident_id", "incident_members", ["incident_id"], unique=False)
    op.create_table("incident_states",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("incident_id", sa.BigInteger(), nullable=False, comment="Incident."),
        sa.Column("recorded_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="Since when it stood so."),
        sa.Column("superseded_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="Until when it stood so."),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="Report that speaks for it."),
        sa.Column("sub_event_type", sa.Text(), nullable=False, comment="Kind of incident."),
        sa.Column("date_start", sa.Date(), nullable=False, comment="First day."),
        sa.Column("date_end", sa.Date(), nullable=False, comment="Last day."),
        sa.Column("time_precision", sa.Text(), nullable=False, comment="day · week · month · assumed."),
        sa.Column("country", sa.Text(), nullable=False, comment="Country, ISO 3166-1 alpha-2."),
        sa.Column("admin1", sa.Text(), nullable=True, comment="Province."),
        sa.Column("place", sa.Text(), nullable=False, comment="Place as written."),
        sa.Column("place_en", sa.Text(), nullable=True, comment="English name of the place."),
        sa.Column("latitude", sa.Double(), nullable=True, comment="Latitude in degrees."),
        sa.Column("longitude", sa.Double(), nullable=True, comment="Longitude in degrees."),
        sa.Column("geo_precision", sa.Text(), nullable=False, comment="exact · city · admin · country."),
        sa.Column("killed_min", sa.BigInteger(), nullable=True, comment="Killed at the least, by the best telling."),
        sa.Column("killed_max", sa.BigInteger(), nullable=True, comment="Killed at the most, by the best telling."),
        sa.Column("killed_low", sa.BigInteger(), nullable=True, comment="Killed, by the lowest telling."),
        sa.Column("killed_high", sa.BigInteger(), nullable=True, comment="Killed, by the highest telling."),
        sa.Column("injured_min", sa.BigInteger(), nullable=True, comment="Injured at the least, by the best telling."),
        sa.Column("injured_max", sa.BigInteger(), nullable=True, comment="Injured at the most, by the best telling."),
        sa.Column("injured_low", sa.BigInteger(), nullable=True, comment="Injured, by the lowest telling."),
        sa.Column("injured_high", sa.BigInteger(), nullable=True, comment="Injured, by the highest telling."),
        sa.Column("detained_min", sa.BigInteger(), nullable=True, comment="Detained at the least, by the best telling."),
        sa.Column("detained_max", sa.BigInteger(), nullable=True, comment="Detained at the most, by the best telling."),
        sa.Column("detained_low", sa.BigInteger(), nullable=True, comment="Detained, by the lowest telling."),
        sa.Column("detained_high", sa.BigInteger(), nullable=True, comment="Detained, by the highest telling."),
        sa.Column("abducted_min", sa.BigInteger(), nullable=True, comment="Abducted at the least, by the best telling."),
        sa.Column("abducted_max", sa.BigInteger(), nullable=True, comment="Abducted at the most, by the best telling."),
        sa.Column("abducted_low", sa.BigInteger(), nullable=True, comment="Abducted, by the lowest telling."),
        sa.Column("abducted_high", sa.BigInteger(), nullable=True, comment="Abducted, by the highest telling."),
        sa.Column("missing_min", sa.BigInteger(), nullable=True, comment="Missing at the least, by the best telling."),
        sa.Column("missing_max", sa.BigInteger(), nullable=True, comment="Missing at the most, by the best telling."),
        sa.Column("missing_low", sa.BigInteger(), nullable=True, comment="Missing, by the lowest telling."),
        sa.Column("missing_high", sa.BigInteger(), nullable=True, comment="Missing, by the highest telling."),
        sa.Column("displaced_min", sa.BigInteger(), nullable=True, comment="Displaced at the least, by the best telling."),
        sa.Column("displaced_max", sa.BigInteger(), nullable=True, comment="Displaced at the most, by the best telling."),
        sa.Column("displaced_low", sa.BigInteger(), nullable=True, comment="Displaced, by the lowest telling."),
        sa.Column("displaced_high", sa.BigInteger(), nullable=True, comment="Displaced, by the highest telling."),
        sa.Column("participants_min", sa.BigInteger(), nullable=True, comment="Participants at the least, by the best telling."),
        sa.Column("participants_max", sa.BigInteger(), nullable=True, comment="Participants at the most, by the best telling."),
        sa.Column("participants_low", sa.BigInteger(), nullable=True, comment="Participants, by the lowest telling."),
        sa.Column("participants_high", sa.BigInteger(), nullable=True, comment="Participants, by the highest telling."),
        sa.Column("actor1", sa.Text(), nullable=True, comment="First actor of the side that acted."),
        sa.Column("actor1_category", sa.Text(), nullable=True, comment="Category of actor1."),
        sa.Column("actor2", sa.Text(), nullable=True, comment="First actor of the other side."),
        sa.Column("actor2_category", sa.Text(), nullable=True, comment="Category of actor2."),
        sa.Column("attributed_to", sa.Text(), nullable=True, comment="Source that is cited for it."),
        sa.Column("confidence", sa.Double(), nullable=False, comment="Highest confidence among its reports."),
        sa.Column("report_count", sa.Integer(), nullable=False, comment="Reports that tell of it."),
        sa.Column("source_count", sa.Integer(), nullable=False, comment="Independent stories: printings of one text count once."),
        sa.Column("first_reported_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="Publication of the first report."),
        sa.Column("last_reported_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="Publication of the latest report."),
        sa.Column("contradicted", sa.Boolean(), nullable=False, comment="True where counts of independent stories exclude each other."),
        sa.CheckConstraint("date_end >= date_start", name=op.f("ck_incident_states_dates_in_order")),
        sa.CheckConstraint("superseded_at >= recorded_at", name=op.f("ck_incident_states_times_in_order")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident_ids.id"], name=op.f("fk_incident_states_incident_id_incident_ids")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_incident_states_report_id_reports")),
        sa.ForeignKeyConstraint(["sub_event_type"], ["event_types.sub_event_type"], name=op.f("fk_incident_states_sub_event_type_event_types")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_states")),
        comment="Every state of every incident: analysts use incidents, incident_history and incidents_as_of."
    )
    op.create_index("ix_incident_states_country", "incident_states", ["country", "date_start"], unique=False, postgresql_where=sa.text("superseded_at IS NULL"))
    op.create_index("ix_incident_states_current", "incident_states", ["incident_id"], unique=False, postgresql_where=sa.text("superseded_at IS NULL"))
    op.create_index("ix_incident_states_date_start", "incident_states", ["date_start"], unique=False, postgresql_where=sa.text("superseded_at IS NULL"))
    op.create_index("ix_incident_states_incident_id", "incident_states", ["incident_id", "recorded_at"], unique=False)
    op.create_index("ix_incident_states_recorded_at", "incident_states", ["recorded_at"], unique=False)
    op.create_index("ix_incident_states_type", "incident_states", ["sub_event_type", "date_start"], unique=False, postgresql_where=sa.text("superseded_at IS NULL"))
    op.create_table("report_links",
        sa.Column("report_a", sa.BigInteger(), autoincrement=False, nullable=False, comment="One report."),
        sa.Column("report_b", sa.BigInteger(), autoincrement=False, nullable=False, comment="The other report."),
        sa.Column("odds", sa.Double(), nullable=False, comment="Log-odds that they tell of one incident: above 0 more likely."),
        sa.Column("signs", postgresql.JSONB(), nullable=False, comment="What the log-odds are the sum of."),
        sa.Column("facts", sa.Text(), nullable=False, comment="What was compared, in words."),
        sa.CheckConstraint("report_a < report_b", name=op.f("ck_report_links_each_pair_once")),
        sa.ForeignKeyConstraint(["report_a"], ["reports.id"], name=op.f("fk_report_links_report_a_reports"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_b"], ["reports.id"], name=op.f("fk_report_links_report_b_reports"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_a", "report_b", name=op.f("pk_report_links")),
        comment="Pairs of reports that are likely to tell of one incident, and what speaks for and against it."
    )
    op.create_index("ix_report_links_report_b", "report_links", ["report_b"], unique=False)
    op.add_column("extractions", sa.Column("linked_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When its reports were last linked to incidents. NULL where that is owed."))
    op.create_index("ix_extractions_unlinked", "extractions", ["id"], unique=False, postgresql_where=sa.text("linked_at IS NULL AND is_current"))


def downgrade() -> None:
    op.drop_index("ix_extractions_unlinked", table_name="extractions", postgresql_where=sa.text("linked_at IS NULL AND is_current"))
    op.drop_column("extractions", "linked_at")
    op.drop_index("ix_report_links_report_b", table_name="report_links")
    op.drop_table("report_links")
    op.drop_index("ix_incident_states_type", table_name="incident_states", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("ix_incident_states_recorded_at", table_name="incident_states")
    op.drop_index("ix_incident_states_incident_id", table_name="incident_states")
    op.drop_index("ix_incident_states_date_start", table_name="incident_states", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("ix_incident_states_current", table_name="incident_states", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("ix_incident_states_country", table_name="incident_states", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_table("incident_states")
    op.drop_index("ix_incident_members_incident_id", table_name="incident_members")
    op.drop_table("incident_members")
    op.drop_index("ix_decided_reports_report_id", table_name="decided_reports")
    op.drop_table("decided_reports")
    op.drop_index("ix_clues_page_id", table_name="clues")
    op.drop_index("ix_clues_blocks", table_name="clues", postgresql_using="gin", postgresql_with={"fastupdate": "off"})
    op.drop_table("clues")
    op.drop_index("ix_fingerprints_story_id", table_name="fingerprints")
    op.drop_index("ix_fingerprints_bands", table_name="fingerprints", postgresql_using="gin", postgresql_with={"fastupdate": "off"})
    op.drop_table("fingerprints")
    op.drop_index("ix_copies_page_b", table_name="copies")
    op.drop_table("copies")
    op.drop_index("ix_incident_changes_other_id", table_name="incident_changes")
    op.drop_index("ix_incident_changes_incident_id", table_name="incident_changes")
    op.drop_table("incident_changes")
    op.drop_table("incident_ids")
    op.drop_table("incident_decisions")
