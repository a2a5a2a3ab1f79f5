"""Words and time of articles looked up at once."""

from alembic import op

from migrations.frozen import run_frozen

revision = "20261122_1700_article_marks"
down_revision = "20261122_1640_marks"
branch_labels = None
depends_on = None

WORDS = "Its words, folded and cut: of the headline with weight A, of the body with D."
MARKS = "Beside them marks of its publication: country, month and year."
SEARCH = "search_articles(text, date, date, text[], bigint)"
FILL = """
UPDATE article_words SET words = words || article_marks(country, published_at)
FROM articles WHERE articles.id = article_id
"""


def upgrade() -> None:
    op.execute(f"DROP FUNCTION {SEARCH}")
    run_frozen("20261122_1700_article_marks.sql")
    op.execute(FILL)
    op.execute(f"COMMENT ON COLUMN article_words.words IS '{WORDS} {MARKS}'")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SEARCH}")
    op.execute("DROP FUNCTION article_marks(text, timestamptz)")
    run_frozen("20261122_1700_search_before.sql")
    op.execute("UPDATE article_words SET words = ts_filter(words, '{a,d}')")
    op.execute(f"COMMENT ON COLUMN article_words.words IS '{WORDS}'")
