"""Full-text search in Arabic: words of articles and reports, and the functions that look in them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.frozen import run_frozen

revision = "20261122_1530_words"
down_revision = "20261122_1404_operators_views"
branch_labels = None
depends_on = None

# fmt: off
FUNCTIONS = ("search_reports(text, date, date, text[], bigint)", "search_articles(text, date, date, text[], bigint)")
STEPS = ("words_query(text)", "asked_forms(text)", "words_of(text, text)", "without_ending(text)", "without_article(text)", "fold_arabic(text)", "plain_letters(text)")
GRANT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') THEN
        GRANT SELECT ON article_texts, article_words, report_words TO rasid_analyst;
    END IF;
END
$$
"""


def _tables() -> None:
    op.create_table("article_words",
        sa.Column("article_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Article that they stand in."),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False, comment="Its words, folded and cut: of the headline with weight A, of the body with D."),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_words_article_id_articles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_words")),
        comment="Words of each article for full-text search, through search_articles: every form in which they are found."
    )
    op.create_table("report_words",
        sa.Column("report_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Report that they belong to."),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False, comment="Its words, folded and cut: of places and actors with weight A, of the passage with B, of the headline with C."),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_words_report_id_reports"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_words")),
        comment="Words of each report for full-text search, through search_incidents: every form in which they are found."
    )


def _fill() -> None:
    """What was stored before is found too."""
    op.execute("INSERT INTO article_words SELECT id, words_of(coalesce(title, ''), 'A') || words_of(body, 'D') FROM articles")
    op.execute("""
        INSERT INTO report_words
        SELECT report.id, words_of(concat_ws(' ', place, place_en, admin1, actor1, actor2), 'A') || words_of(evidence, 'B') || words_of(coalesce(article.title, ''), 'C')
        FROM reports AS report JOIN articles AS article ON article.id = report.article_id
    """)


def upgrade() -> None:
    run_frozen("20261122_1530_words.sql")
    _tables()
    _fill()
    op.create_index("ix_article_words_words", "article_words", ["words"], unique=False, postgresql_using="gin")
    op.create_index("ix_report_words_words", "report_words", ["words"], unique=False, postgresql_using="gin")
    run_frozen("20261122_1530_search.sql")
    op.execute(GRANT)


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP VIEW article_texts")
    op.drop_table("report_words")
    op.drop_table("article_words")
    for function in STEPS:
        op.execute(f"DROP FUNCTION {function}")
