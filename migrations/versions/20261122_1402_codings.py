"""The taxonomy, extractions, reports, figures, actors and mentions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1402_codings"
down_revision = "20261122_1401_articles"
branch_labels = None
depends_on = None

# fmt: off


def _event_types() -> None:
    op.create_table("event_types",
        sa.Column("sub_event_type", sa.Text(), nullable=False, comment="Narrowest kind of incident: no two bear one name."),
        sa.Column("event_type", sa.Text(), nullable=False, comment="Kind of incident that it belongs to."),
        sa.Column("domain", sa.Text(), nullable=False, comment="political (ACLED's six types) · crime · hazard."),
        sa.Column("definition", sa.Text(), nullable=False, comment="What counts as such an incident, and what does not."),
        sa.Column("position", sa.Integer(), nullable=False, comment="Place in the codebook's order."),
        sa.PrimaryKeyConstraint("sub_event_type", name=op.f("pk_event_types")),
        comment="The taxonomy: every kind of incident with its definition."
    )


def _extractions() -> None:
    op.create_table("extractions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("article_id", sa.BigInteger(), nullable=False, comment="Article that was coded."),
        sa.Column("page_id", sa.BigInteger(), nullable=False, comment="Page of that article: it has one current extraction."),
        sa.Column("outcome", sa.Text(), nullable=False, comment="incidents · no incident · failed (an error)."),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why there is no incident, or what failed."),
        sa.Column("is_current", sa.Boolean(), nullable=False, comment="True for the result that the views show."),
        sa.Column("extractor_version", sa.Text(), nullable=False, comment="Latest version of the extractors that gives this result."),
        sa.Column("first_version", sa.Text(), nullable=False, comment="Version of the extractors that gave it first."),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 (hex) of the whole result: equal results change no row."),
        sa.Column("extracted_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When this result was first made."),
        sa.Column("superseded_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When a different result took its place."),
        sa.Column("duration_ms", sa.Double(), nullable=True, comment="Milliseconds that the extractors took."),
        sa.CheckConstraint("outcome IN ('incidents', 'no incident', 'failed')", name=op.f("ck_extractions_outcome_is_known")),
        sa.CheckConstraint("superseded_at IS NULL OR NOT is_current", name=op.f("ck_extractions_superseded_when_not_current")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_extractions_article_id_articles")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_extractions_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extractions")),
        comment="What the extractors made of each article; a row for each result that differs."
    )
    op.create_index("ix_extractions_article_id", "extractions", ["article_id"], unique=False)
    op.create_index("uq_extractions_page_id_current", "extractions", ["page_id"], unique=True, postgresql_where=sa.text("is_current"))


def _reports() -> None:
    op.create_table("reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("extraction_id", sa.BigInteger(), nullable=False, comment="Extraction that made it."),
        sa.Column("article_id", sa.BigInteger(), nullable=False, comment="Article that tells it."),
        sa.Column("position", sa.Integer(), nullable=False, comment="Its place among the article's incidents, from 1."),
        sa.Column("sub_event_type", sa.Text(), nullable=False, comment="Kind of incident."),
        sa.Column("date_start", sa.Date(), nullable=False, comment="First day on which it happened."),
        sa.Column("date_end", sa.Date(), nullable=False, comment="Last day on which it happened."),
        sa.Column("time_precision", sa.Text(), nullable=False, comment="day (the article tells the day) · week · month · assumed (it does not: the publication day)."),
        sa.Column("country", sa.Text(), nullable=False, comment="Country where it happened, ISO 3166-1 alpha-2."),
        sa.Column("admin1", sa.Text(), nullable=True, comment="Province where it happened."),
        sa.Column("place", sa.Text(), nullable=False, comment="Most specific place that the article gives, as written."),
        sa.Column("place_en", sa.Text(), nullable=True, comment="English name of that place."),
        sa.Column("latitude", sa.Double(), nullable=True, comment="Latitude of that place in degrees. NULL where only the country is known."),
        sa.Column("longitude", sa.Double(), nullable=True, comment="Longitude of that place in degrees."),
        sa.Column("geo_precision", sa.Text(), nullable=False, comment="exact (a site, quarter or village) · city · admin (a province) · country."),
        sa.Column("killed_min", sa.BigInteger(), nullable=True, comment="Killed, at the least. NULL where the article gives no number."),
        sa.Column("killed_max", sa.BigInteger(), nullable=True, comment="Killed, at the most. NULL where it is open."),
        sa.Column("injured_min", sa.BigInteger(), nullable=True, comment="Injured, at the least."),
        sa.Column("injured_max", sa.BigInteger(), nullable=True, comment="Injured, at the most."),
        sa.Column("detained_min", sa.BigInteger(), nullable=True, comment="Detained or captured, at the least."),
        sa.Column("detained_max", sa.BigInteger(), nullable=True, comment="Detained or captured, at the most."),
        sa.Column("abducted_min", sa.BigInteger(), nullable=True, comment="Abducted, at the least."),
        sa.Column("abducted_max", sa.BigInteger(), nullable=True, comment="Abducted, at the most."),
        sa.Column("missing_min", sa.BigInteger(), nullable=True, comment="Missing, at the least."),
        sa.Column("missing_max", sa.BigInteger(), nullable=True, comment="Missing, at the most."),
        sa.Column("displaced_min", sa.BigInteger(), nullable=True, comment="Displaced, at the least."),
        sa.Column("displaced_max", sa.BigInteger(), nullable=True, comment="Displaced, at the most."),
        sa.Column("participants_min", sa.BigInteger(), nullable=True, comment="Participants, at the least."),
        sa.Column("participants_max", sa.BigInteger(), nullable=True, comment="Participants, at the most."),
        sa.Column("actor1", sa.Text(), nullable=True, comment="First actor of the side that acted, as written."),
        sa.Column("actor1_category", sa.Text(), nullable=True, comment="Category of actor1."),
        sa.Column("actor2", sa.Text(), nullable=True, comment="First actor of the other side, as written."),
        sa.Column("actor2_category", sa.Text(), nullable=True, comment="Category of actor2."),
        sa.Column("attributed_to", sa.Text(), nullable=True, comment="Source that the article cites for it."),
        sa.Column("confidence", sa.Double(), nullable=False, comment="Share of rows of this confidence that are right, 0 to 1."),
        sa.Column("evidence", sa.Text(), nullable=False, comment="Passage that it rests on: the characters of the body between the offsets."),
        sa.Column("evidence_start", sa.Integer(), nullable=False, comment="First character of the passage in the body, from 0."),
        sa.Column("evidence_end", sa.Integer(), nullable=False, comment="Character after the last one of the passage."),
        sa.Column("rules", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False, comment="Lexicon entries and rules that made it."),
        sa.CheckConstraint("geo_precision <> 'country' OR latitude IS NULL", name=op.f("ck_reports_no_pin_for_a_country")),
        sa.CheckConstraint("geo_precision IN ('exact', 'city', 'admin', 'country')", name=op.f("ck_reports_geo_precision_is_known")),
        sa.CheckConstraint("time_precision IN ('day', 'week', 'month', 'assumed')", name=op.f("ck_reports_time_precision_is_known")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_reports_coordinates_in_pairs")),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_reports_confidence_is_a_share")),
        sa.CheckConstraint("date_end >= date_start", name=op.f("ck_reports_dates_in_order")),
        sa.CheckConstraint("evidence_start >= 0 AND evidence_end > evidence_start", name=op.f("ck_reports_evidence_is_a_passage")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name=op.f("ck_reports_coordinates_on_earth")),
        sa.CheckConstraint("length(evidence) = evidence_end - evidence_start", name=op.f("ck_reports_evidence_has_its_length")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_reports_article_id_articles")),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.id"], name=op.f("fk_reports_extraction_id_extractions")),
        sa.ForeignKeyConstraint(["sub_event_type"], ["event_types.sub_event_type"], name=op.f("fk_reports_sub_event_type_event_types")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        comment="Incidents as articles tell them, superseded ones too: analysts use incident_reports."
    )
    op.create_index("ix_reports_article_id", "reports", ["article_id"], unique=False)
    op.create_index("ix_reports_country_date_start", "reports", ["country", "date_start"], unique=False)
    op.create_index("ix_reports_date_start", "reports", ["date_start"], unique=False)
    op.create_index("ix_reports_extraction_id", "reports", ["extraction_id"], unique=False)
    op.create_index("ix_reports_sub_event_type_date_start", "reports", ["sub_event_type", "date_start"], unique=False)


def _figures() -> None:
    op.create_table("figures",
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="Report that it belongs to."),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="Its place in the report, from 1."),
        sa.Column("kind", sa.Text(), nullable=False, comment="What is counted: people by what befell them, or damage by its object."),
        sa.Column("min", sa.BigInteger(), nullable=True, comment="At the least."),
        sa.Column("max", sa.BigInteger(), nullable=True, comment="At the most. NULL where it is open."),
        sa.Column("qualifier", sa.Text(), nullable=False, comment="How the article puts the number: exact, about, more than, at least, dozens …"),
        sa.Column("group_counted", sa.Text(), nullable=True, comment="Whom or what it counts, as written."),
        sa.Column("role", sa.Text(), nullable=False, comment="total · part (of another figure) · sum (of two kinds together) · none (said not to be)."),
        sa.Column("attributed_to", sa.Text(), nullable=True, comment="Who says so."),
        sa.Column("quote", sa.Text(), nullable=False, comment="Its words in the article."),
        sa.Column("quote_start", sa.Integer(), nullable=False, comment="First character of the quote, from 0."),
        sa.Column("quote_end", sa.Integer(), nullable=False, comment="Character after its last one."),
        sa.Column("quote_field", sa.Text(), nullable=False, comment="Text that the offsets count in: body or title."),
        sa.CheckConstraint("kind IN ('killed', 'injured', 'detained', 'abducted', 'missing', 'displaced', 'participants', 'vehicles', 'buildings', 'homes', 'businesses', 'aircraft', 'vessels', 'weapons')", name=op.f("ck_figures_kind_is_known")),
        sa.CheckConstraint("qualifier IN ('exact', 'about', 'more than', 'at least', 'at most', 'range', 'some', 'dozens', 'hundreds', 'thousands', 'tens of thousands', 'hundreds of thousands', 'millions')", name=op.f("ck_figures_qualifier_is_known")),
        sa.CheckConstraint("role IN ('total', 'part', 'sum', 'none')", name=op.f("ck_figures_role_is_known")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_figures_report_id_reports")),
        sa.PrimaryKeyConstraint("report_id", "position", name=op.f("pk_figures")),
        comment="Counts that articles give for incidents: analysts use report_figures."
    )


def _actors() -> None:
    op.create_table("actors",
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="Report that it belongs to."),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="Its place in the report, from 1."),
        sa.Column("side", sa.Integer(), nullable=False, comment="1 the side that acted, 2 the other."),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as written."),
        sa.Column("category", sa.Text(), nullable=True, comment="State forces, Rebel group, Civilians … as in the codebook."),
        sa.Column("claim", sa.Text(), nullable=True, comment="How the article knows that this side did it: claimed, accused, denied, unknown."),
        sa.Column("name_start", sa.Integer(), nullable=False, comment="First character of the name, from 0."),
        sa.Column("name_end", sa.Integer(), nullable=False, comment="Character after its last one."),
        sa.Column("name_field", sa.Text(), nullable=False, comment="Text that the offsets count in: body or title."),
        sa.CheckConstraint("category IN ('State forces', 'Rebel group', 'Political militia', 'Identity militia', 'Rioters', 'Protesters', 'Civilians', 'External/other forces', 'Criminals')", name=op.f("ck_actors_category_is_known")),
        sa.CheckConstraint("claim IN ('claimed', 'accused', 'denied', 'unknown')", name=op.f("ck_actors_claim_is_known")),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_actors_side_is_known")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_actors_report_id_reports")),
        sa.PrimaryKeyConstraint("report_id", "position", name=op.f("pk_actors")),
        comment="Sides of incidents by the names that articles give them: analysts use report_actors."
    )


def _mentions() -> None:
    op.create_table("mentions",
        sa.Column("extraction_id", sa.BigInteger(), nullable=False, comment="Extraction that found it."),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="Its place in the article, from 1."),
        sa.Column("sub_event_type", sa.Text(), nullable=True, comment="Kind of event that it speaks of."),
        sa.Column("reality", sa.Text(), nullable=False, comment="happened, planned, threatened, denied, hypothetical, historical …"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why it made no report."),
        sa.Column("quote", sa.Text(), nullable=False, comment="Its words in the article."),
        sa.Column("quote_start", sa.Integer(), nullable=False, comment="First character of the quote, from 0."),
        sa.Column("quote_end", sa.Integer(), nullable=False, comment="Character after its last one."),
        sa.Column("quote_field", sa.Text(), nullable=False, comment="Text that the offsets count in: body or title."),
        sa.CheckConstraint("reality IN ('happened', 'planned', 'threatened', 'denied', 'hypothetical', 'historical', 'commemorated', 'condemned only', 'legal', 'statistic', 'figurative')", name=op.f("ck_mentions_reality_is_known")),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.id"], name=op.f("fk_mentions_extraction_id_extractions")),
        sa.PrimaryKeyConstraint("extraction_id", "position", name=op.f("pk_mentions")),
        comment="Tellings of events that made no report, with the reason: analysts use discarded_mentions."
    )


def upgrade() -> None:
    _event_types()
    _extractions()
    _reports()
    _figures()
    _actors()
    _mentions()


def downgrade() -> None:
    op.drop_table("mentions")
    op.drop_table("actors")
    op.drop_table("figures")
    op.drop_table("reports")
    op.drop_table("extractions")
    op.drop_table("event_types")
