"""What analysts ask: places, counts, series, words, and other projects' layouts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Row, text

from db.queries import WorkedQuery, worked_queries
from tests.db.analysis_stories import told_and_linked

ACLED = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)


@pytest.fixture
def incidents(connection: Connection, now: datetime) -> Connection:
    told_and_linked(connection, now)
    return connection


def _rows(connection: Connection, statement: str, **given: Any) -> Sequence[Row[Any]]:
    return connection.execute(text(statement), given).all()


def _kinds(connection: Connection, call: str) -> list[str]:
    return list(connection.execute(text(f"SELECT sub_event_type FROM {call}")).scalars())


def test_near_a_point(incidents: Connection) -> None:
    """Incidents come by their distance, within the circle and not its box, and by their days where those are given."""
    assert _kinds(incidents, "incidents_near(33.56, 35.37, 5)") == ["Explosion"]
    around = {"Explosion", "Attack", "Protest with intervention", "Robbery/theft", "Fire"}
    assert set(_kinds(incidents, "incidents_near(33.56, 35.37, 150)")) == around
    assert _kinds(incidents, "incidents_near(33.5138, 36.2765, 1, '2026-02-01', '2026-02-25')") == [
        "Protest with intervention"
    ]
    distances = [row.distance for row in _rows(incidents, "SELECT distance FROM incidents_near(33.56, 35.37, 150)")]
    assert distances == sorted(distances)
    assert distances[-1] <= 150


def test_circles_reach_over_the_edges_of_the_map(incidents: Connection) -> None:
    """Where longitudes jump and near the poles a circle is still a circle."""
    assert _kinds(incidents, "incidents_near(-16.85, 179.9, 50)") == ["Flood/storm"]
    assert _kinds(incidents, "incidents_near(-16.85, -179.9, 50)") == ["Flood/storm"]
    assert _kinds(incidents, "incidents_near(89.9, 0, 50)") == []


def test_within_a_box(incidents: Connection) -> None:
    """A box is given by its edges in degrees; one whose west is east of its east reaches over the 180th meridian."""
    assert set(_kinds(incidents, "incidents_within(33, 35, 34.9, 36.1)")) == {"Explosion", "Fire"}
    assert _kinds(incidents, "incidents_within(-20, 177, -10, -179)") == ["Flood/storm"]
    assert _kinds(incidents, "incidents_within(33, 35, 34.9, 36.1, until => '2026-02-26')") == []


SCATTERED = text("""
WITH made AS (INSERT INTO incident_ids (opened_at) SELECT now() FROM generate_series(1, 4000) RETURNING id),
    one AS (SELECT state.* FROM incident_states AS state WHERE latitude IS NOT NULL LIMIT 1)
INSERT INTO incident_states (incident_id, recorded_at, report_id, sub_event_type, date_start, date_end, time_precision,
    country, place, latitude, longitude, geo_precision, confidence, report_count, source_count, first_reported_at,
    last_reported_at, contradicted)
SELECT made.id, one.recorded_at, one.report_id, one.sub_event_type, date '2026-01-01' + made.id::int % 80,
    date '2026-01-01' + made.id::int % 80, 'day', one.country, one.place,
    made.id * 37 % 170 - 85, made.id * 53 % 350 - 175, 'city', 0.8, 1, 1, now(), now(), false
FROM made, one
""")


@pytest.mark.parametrize(
    "call", ["incidents_near(33.5, 36.2, 25, '2026-02-01', '2026-02-28')", "incidents_within(33, 36, 34, 37)"]
)
def test_places_are_found_by_index(incidents: Connection, call: str) -> None:
    """However many incidents there are, those of a place are looked up, not searched for."""
    incidents.execute(SCATTERED)
    incidents.execute(text("ANALYZE incident_states"))
    plan = "\n".join(incidents.execute(text(f"EXPLAIN SELECT * FROM {call}")).scalars())
    assert "ix_incident_states_site" in plan


def test_words_are_found_by_index(incidents: Connection) -> None:
    """So it is with words, which are cut once for a query and not once for a row."""
    incidents.execute(text("SET LOCAL enable_seqscan = off"))
    for table in ("report_words", "article_words"):
        query = f"EXPLAIN SELECT * FROM {table} WHERE words @@ words_query('Kazakh')"
        plan = "\n".join(incidents.execute(text(query)).scalars())
        assert f"Bitmap Index Scan on ix_{table}_words" in plan
        assert "words_query" not in plan


def test_series_have_no_gaps(incidents: Connection) -> None:
    """A day without incidents is a row that says so; sums are over numbers that somebody gave."""
    rows = _rows(incidents, "SELECT * FROM incident_series('2026-02-24', '2026-02-28', 'day', ARRAY['SY'])")
    assert [(row.period, row.incidents) for row in rows] == [
        (date(2026, 2, 24), 0),
        (date(2026, 2, 25), 1),
        (date(2026, 2, 26), 0),
        (date(2026, 2, 27), 3),
        (date(2026, 2, 28), 0),
    ]
    assert [row.killed_best for row in rows] == [0, 0, 0, 1, 0]


@pytest.mark.parametrize(("step", "periods"), [("week", 5), ("month", 2), ("quarter", 1), ("year", 1)])
def test_series_by_longer_steps(incidents: Connection, step: str, periods: int) -> None:
    """Weeks, months, quarters and years hold the same incidents."""
    query = "SELECT * FROM incident_series('2026-02-01', '2026-03-01', :step, kinds => ARRAY['political'])"
    rows = _rows(incidents, query, step=step)
    assert (len(rows), sum(row.incidents for row in rows)) == (periods, 3)


def test_counts_by_province(incidents: Connection) -> None:
    """Provinces come with their countries; an incident of a whole country has none."""
    rows = _rows(incidents, "SELECT * FROM incidents_by_province('2026-02-01', '2026-02-28', ARRAY['SY', 'LB'])")
    assert {(row.country, row.admin1): row.incidents for row in rows} == {
        ("SY", "Damascus"): 3,
        ("SY", None): 1,
        ("LB", "South"): 1,
        ("LB", "Akkar"): 1,
    }


def test_incidents_are_found_by_their_words(incidents: Connection) -> None:
    """An incident is found once, by whichever of its reports holds the words, with the passage that does."""
    found = _rows(incidents, "SELECT * FROM search_incidents('متظاهرة دمشق')")
    assert [row.sub_event_type for row in found] == ["Protest with intervention"]
    assert "متظاهرين" in found[0].passage
    assert _kinds(
        incidents, "search_incidents('انفجار مستودع', '2026-02-27', '2026-02-27', ARRAY['LB'], ARRAY['hazard'])"
    ) == ["Explosion"]
    assert _kinds(incidents, "search_incidents('انفجار', kinds => ARRAY['crime'])") == []


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        ("since => '2026-02-27'", 3),
        ("since => '2026-02-28'", 0),
        ("until => '2026-02-26'", 1),
        ("since => '2026-02-25', until => '2026-02-25'", 1),
        ("since => '2001-01-01', until => '2030-01-01'", 4),
        ("since => '2030-01-01'", 0),
        ("countries => ARRAY['SY', 'LB']", 4),
        ("countries => ARRAY['EG']", 0),
        ("since => '2026-02-01', until => '2026-03-31', countries => ARRAY['SY']", 4),
    ],
)
def test_words_within_a_time_and_countries(incidents: Connection, narrowed: str, count: int) -> None:
    """A time may be open at either end, or reach over months and years."""
    assert len(_kinds(incidents, f"search_incidents('دمشق or سوريا', {narrowed})")) == count


def test_acled_layout(incidents: Connection) -> None:
    """The columns are ACLED's in its order, and hold its words; crime and hazard are not ACLED's."""
    result = incidents.execute(text("SELECT * FROM acled_incidents ORDER BY sub_event_type"))
    assert tuple(result.keys()) == ACLED
    truce, shot, protest = result.all()

    assert (protest.actor1, protest.inter1, protest.assoc_actor_1) == ("Protesters (Syria)", "Protesters", "متظاهرين")
    assert (protest.actor2, protest.inter2, protest.interaction) == (
        "الشرطة",
        "State forces",
        "State forces-Protesters",
    )
    assert (protest.disorder_type, protest.tags, protest.fatalities) == ("Demonstrations", "crowd size=at least 200", 0)
    assert (shot.inter1, shot.actor2, shot.interaction) == (
        "Political militia",
        "Civilians (Syria)",
        "Political militia-Civilians",
    )
    assert (shot.civilian_targeting, shot.fatalities, shot.iso, shot.region) == (
        "Civilian targeting",
        1,
        760,
        "Middle East",
    )
    assert (truce.inter1, truce.interaction, truce.latitude, truce.time_precision, truce.geo_precision) == (
        None,
        None,
        None,
        2,
        3,
    )
    assert (shot.source, shot.source_scale) == ("صحيفة", "International")
    assert shot.event_id_cnty.startswith("SYR")


def test_plover_terms(incidents: Connection) -> None:
    """Each incident has PLOVER's type and mode, if PLOVER has one for it."""
    rows = _rows(incidents, "SELECT sub_event_type, plover_event_type, plover_mode, arrested FROM plover_incidents")
    assert {tuple(row) for row in rows} == {
        ("Agreement", "AGREE", None, None),
        ("Attack", "ASSAULT", None, None),
        ("Protest with intervention", "PROTEST", "demo", 20),
        ("Robbery/theft", "COERCE", "seize", None),
    }


def test_there_are_enough_worked_queries() -> None:
    """Analysts begin from queries that work; each says what it is for."""
    queries = worked_queries()
    assert len(queries) >= 15
    assert [query.name for query in queries if not query.title or query.title.endswith(".")] == []


@pytest.mark.parametrize("query", worked_queries(), ids=lambda query: query.name)
def test_worked_queries_work(incidents: Connection, query: WorkedQuery) -> None:
    """Every query that the dictionary shows runs, and finds something among a few incidents."""
    found = incidents.exec_driver_sql(query.statement.replace("%", "%%")).all()
    assert found or query.name in {"12_contradicted", "20_who_says_so", "21_told_but_no_incident"}
