"""Other projects' terms for our countries and kinds of incidents."""

from importlib.resources import files

from sqlalchemy import Connection, text

from extractors.taxonomy import taxonomy

PLOVER = {
    "AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "CONSULT", "RETREAT", "REQUEST", "REJECT", "ACCUSE", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def test_every_kind_has_its_terms(connection: Connection) -> None:
    """Each kind of incident stands in the crosswalk; ACLED's disorder types for its domain and no other."""
    rows = connection.execute(
        text(
            "SELECT sub_event_type, domain, disorder_type, plover_event_type FROM type_crosswalks JOIN event_types USING (sub_event_type)"
        )
    ).all()
    assert {row.sub_event_type for row in rows} == {kind.sub_event_type for kind in taxonomy()}
    assert [row for row in rows if (row.domain == "political") != (row.disorder_type is not None)] == []
    assert [row for row in rows if row.domain == "political" and row.plover_event_type is None] == []
    assert {row.plover_event_type for row in rows} - {None} <= PLOVER


def test_every_country_of_the_gazetteer_is_known(connection: Connection) -> None:
    """Whatever country the extractors name has a name and a region in ACLED's terms."""
    known = set(connection.execute(text("SELECT country FROM countries")).scalars())
    lines = files("extractors.places").joinpath("countries.tsv").read_text("utf-8").splitlines()
    assert {line.split("\t")[0] for line in lines if not line.startswith("#")} <= known
