"""Statements that a revision keeps in a file beside it, because they hold words of the language or are long."""

from importlib.resources import files

from alembic import op


def run_frozen(name: str) -> None:
    """Run the statements of a file in migrations/versions. No parameters, no substitution."""
    script = files("migrations.versions").joinpath(name).read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(script.replace("%", "%%"))
