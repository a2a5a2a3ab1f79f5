"""Fill a new database (made by `rasid migrate`) with synthetic incidents, to see how fast it answers:

    python deploy/make_synthetic.py --database-url postgresql://… --incidents 1000000 --owed 2000

Every fourth incident has a second report, and of these every tenth is contradicted. Places are the gazetteer's, the
larger the more often; words follow each other at random, as often by their rank as in a language; incidents are
recorded in the order of their days, evenly over --days before --until. The same --seed
makes the same rows. The last --owed incidents are reports only: `rasid link` is what makes incidents of them. Then
deploy/time_queries.py measures the documented queries.
"""

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import psycopg
from sqlalchemy import make_url

from db.engine import make_engine
from db.linking.clues import store_clues
from extractors.arabic.search import search_vector
from extractors.linking.clue import Clue
from extractors.linking.words import words_of
from extractors.places.gazetteer import gazetteer
from extractors.records import PAIRED_FIGURES
from extractors.taxonomy import taxonomy

COMMON = "في من على إلى عن أن التي الذي مع بعد"
WORDS = (
    f"{COMMON} قتل أصيب شخص انفجار مدينة شرطة متظاهر قوات مسلح محافظة هجوم منطقة مصدر أمن حريق مدني جندي اعتقال سيارة "
    "قصف طائرة مستشفى شارع مجهول وزارة داخلية صحة دفاع جيش حي سكان ضحية جريح قتيل اشتباك عبوة ناسفة صاروخ "
    "مظاهرة احتجاج اعتصام إضراب عمال طلاب جامعة سوق مسجد مدرسة بيت مبنى طريق حادث اصطدام سيول فيضان زلزال "
    "إنقاذ دفاع إطفاء إسعاف نيابة تحقيق جريمة سرقة خطف تهريب سلاح مخدرات حدود ساحل بحر قارب مهاجر غرق انهيار مستودع "
    "شاهد عيان بيان ناطق رسمي إعلام مراسل قناة وكالة صحيفة مساء صباح ليل فجر ظهر أسبوع شهر يوم أمس ماض"
).split()
LETTERS, RARE_WORDS = "بتجحخدرزسشصضطعغفقكلمنهوي", 10_000
BEFORE, AFTER = ("", "", "", "ال", "ال", "وال", "ب", "لل", "و"), ("", "", "", "ين", "ات", "ه", "ون", "ها")
SENTENCES, SENTENCE_WORDS = 20_000, 14
SECOND_REPORT = 4  # every so many incidents
POLITICAL = 3  # how much oftener than the others
FILLED = (
    *("feeds", "pages", "fetches", "articles", "article_words", "extractions", "reports", "report_words", "figures"),
    *("incident_ids", "incident_members", "incident_states", "fingerprints", "clues"),
)
CHUNK = 50_000  # clues


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--owed", type=int, default=0)
    parser.add_argument("--days", type=int, default=3 * 365)
    parser.add_argument("--until", type=date.fromisoformat, default=date(2026, 12, 31))
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _sentence(dice: random.Random, words: list[str]) -> str:
    drawn = (words[int(dice.random() ** 4 * len(words))] for _ in range(SENTENCE_WORDS))
    return " ".join(dice.choice(BEFORE) + word + dice.choice(AFTER) for word in drawn)


def _sentences(dice: random.Random, count: int) -> Iterator[tuple[Any, ...]]:
    rare = ["".join(dice.choices(LETTERS, k=dice.randint(3, 6))) for _ in range(RARE_WORDS)]
    for number in range(count):
        told = _sentence(dice, [*WORDS, *rare])
        yield number, told, *(search_vector(told, weight) for weight in "ABCD")


def _places() -> Iterator[tuple[Any, ...]]:
    """The larger first: a place's number is drawn by the square of a fraction, so that the first come oftenest."""
    known = [place for place in gazetteer().places.values() if place.latitude is not None and place.country]
    known.sort(key=lambda place: (place.country not in ARAB, -(place.population or 0), place.id))
    for number, place in enumerate(known[:4000]):
        named = f"{place.names[0] if place.names else place.name_en} {place.name_en}"
        yield (
            *(number, place.country, place.admin1, named.removesuffix(f" {place.name_en}"), place.name_en),
            *(place.latitude, place.longitude, place.precision, search_vector(named, "A")),
        )


ARAB = frozenset("DZ BH KM DJ EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE".split())  # noqa: SIM905 - a list of words reads best
TABLES = """
CREATE TEMP TABLE sentences (number int PRIMARY KEY, told text, a tsvector, b tsvector, c tsvector, d tsvector);
CREATE TEMP TABLE sites (number int PRIMARY KEY, country text, admin1 text, place text, place_en text,
    latitude float8, longitude float8, geo_precision text, words tsvector);
CREATE TEMP TABLE kinds (number int PRIMARY KEY, sub_event_type text);
"""
DRAW = """
CREATE TEMP TABLE happened AS
SELECT number AS incident, floor(random() ^ 2 * {sites})::int AS site, floor(random() * {kinds})::int AS kind,
    date '{first}' + floor((number - 1)::float8 / {incidents} * {days})::int AS day,
    CASE WHEN random() < 0.5 THEN floor(random() ^ 3 * 40)::int END AS killed,
    CASE WHEN random() < 0.4 THEN floor(random() ^ 3 * 90)::int END AS injured
FROM generate_series(1, {incidents}) AS number;
CREATE TEMP TABLE told AS
SELECT row_number() OVER (ORDER BY incident, again) AS report, incident, again,
    floor(random() * {sentences})::int AS first, floor(random() * {sentences})::int AS second
FROM generate_series(1, {incidents}) AS incident, generate_series(0, 1) AS again
WHERE again = 0 OR incident % {every} = 0;
CREATE INDEX ON happened (incident); ANALYZE happened; ANALYZE told;
"""
FILL = """
INSERT INTO feeds (id, url, host, publisher, country, state_since, added_at, interval_seconds, next_poll_at)
SELECT n, 'https://paper' || n || '.example/feed', 'paper' || n || '.example', 'Paper ' || n, 'IQ', now(), now(), 600,
    now() + interval '10 years' FROM generate_series(1, 80) AS n ON CONFLICT DO NOTHING;
INSERT INTO pages (id, url, host, feed_id, first_seen_at)
SELECT report, 'https://paper' || 1 + report % 80 || '.example/' || report, 'paper' || 1 + report % 80 || '.example',
    1 + report % 80, now() FROM told;
INSERT INTO fetches (id, page_id, fetched_at, outcome) SELECT report, report, now(), 'stored' FROM told;
INSERT INTO articles (id, page_id, fetch_id, revision, is_current, url, title, body, publisher, country, timezone,
    published_at, published_from, reader_version, content_sha256, created_at)
SELECT told.report, told.report, told.report, 1, true, 'https://paper.example/' || told.report, site.place || ': ' ||
    left(one.told, 40), one.told || E'.\\n' || two.told || '.', 'Paper ' || 1 + told.report % 80, 'IQ', 'Asia/Baghdad',
    happened.day + interval '20 hours', 'page', 'synthetic', md5(told.report::text), now()
FROM told JOIN happened USING (incident) JOIN sites AS site ON site.number = happened.site
JOIN sentences AS one ON one.number = told.first JOIN sentences AS two ON two.number = told.second
ORDER BY told.report;
INSERT INTO article_words (article_id, words)
SELECT told.report, site.words || one.d || two.d || article_marks('IQ', day + interval '20 hours')
FROM told JOIN happened USING (incident) JOIN sites AS site ON site.number = happened.site
JOIN sentences AS one ON one.number = told.first JOIN sentences AS two ON two.number = told.second
ORDER BY told.report;
INSERT INTO extractions (id, article_id, page_id, outcome, is_current, extractor_version, first_version, digest,
    extracted_at, linked_at) SELECT report, report, report, 'incidents', true, 'synthetic', 'synthetic', report, now(),
    CASE WHEN incident <= {linked} THEN now() END FROM told;
INSERT INTO reports (id, extraction_id, article_id, position, sub_event_type, date_start, date_end, time_precision,
    country, admin1, place, place_en, latitude, longitude, geo_precision, killed_min, killed_max, injured_min,
    injured_max, actor1, actor1_category, attributed_to, confidence, evidence, evidence_start, evidence_end)
SELECT told.report, told.report, told.report, 1, kinds.sub_event_type, day, day, 'day', country, admin1, place,
    place_en, latitude, longitude, geo_precision, killed, killed, injured, injured, 'مسلحون', 'Rebel group',
    'وزارة الداخلية', 0.8, one.told, 0, length(one.told)
FROM told JOIN happened USING (incident) JOIN sites AS site ON site.number = happened.site
JOIN kinds ON kinds.number = happened.kind JOIN sentences AS one ON one.number = told.first
ORDER BY told.report;
INSERT INTO report_words (report_id, words)
SELECT told.report, site.words || one.b || two.c || search_marks(site.country, day, day)
FROM told JOIN happened USING (incident) JOIN sites AS site ON site.number = happened.site
JOIN sentences AS one ON one.number = told.first JOIN sentences AS two ON two.number = told.second
ORDER BY told.report;
INSERT INTO figures (report_id, position, kind, min, max, qualifier, role, attributed_to, quote, quote_start, quote_end,
    quote_field) SELECT report, 1, 'killed', killed, killed, 'exact', 'total', 'وزارة الداخلية', killed, 0, 1, 'body'
FROM told JOIN happened USING (incident) WHERE killed IS NOT NULL;
INSERT INTO incident_ids (id, opened_at) SELECT incident, day + interval '20 hours' FROM happened
WHERE incident <= {linked};
INSERT INTO incident_members (incident_id, report_id, score, reason)
SELECT incident, report, CASE WHEN again = 1 THEN 0.9 END, 'synthetic' FROM told WHERE incident <= {linked};
INSERT INTO incident_states (incident_id, recorded_at, report_id, sub_event_type, date_start, date_end, time_precision,
    country, admin1, place, place_en, latitude, longitude, geo_precision, killed_min, killed_max, killed_low,
    killed_high, injured_min, injured_max, injured_low, injured_high, actor1, actor1_category, attributed_to,
    confidence, report_count, source_count, first_reported_at, last_reported_at, contradicted)
SELECT incident, day + interval '20 hours', counted.report, kinds.sub_event_type, day, day, 'day', country, admin1,
    place, place_en, latitude, longitude, geo_precision, killed, killed, killed, killed, injured, injured, injured,
    injured, 'مسلحون', 'Rebel group', 'وزارة الداخلية', 0.8, counted.reports, counted.reports,
    day + interval '20 hours', day + interval '30 hours', counted.reports > 1 AND incident % 40 = 0
FROM happened JOIN sites AS site ON site.number = happened.site JOIN kinds ON kinds.number = happened.kind
JOIN (SELECT incident, count(*) AS reports, min(report) AS report FROM told GROUP BY incident) AS counted
    USING (incident) WHERE incident <= {linked} ORDER BY incident;
INSERT INTO fingerprints (page_id, article_id, story_id, day, bands)
SELECT report, report, report, day, ARRAY(
    SELECT (((day - DATE '0001-01-01' + 1) / 30)::bigint << 40)
        | (hashint8extended(report, band) & ((1::bigint << 40) - 1))
    FROM generate_series(1, 24) AS band)
FROM told JOIN happened USING (incident) WHERE incident <= {linked} ORDER BY report;
"""
SEEDS = """
SELECT report, kinds.sub_event_type, day, site, first, second, killed, injured
FROM told JOIN happened USING (incident) JOIN kinds ON kinds.number = happened.kind
WHERE incident <= %s AND report BETWEEN %s AND %s
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY (%s)
    AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


def main() -> None:
    """Fill the database and say how long it took."""
    given = _arguments()
    began = time.perf_counter()
    url = make_url(given.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT EXISTS (SELECT FROM pages)").fetchone() != (False,):
            raise SystemExit("the database is not empty")
        filling = _Filling(connection, given.incidents, given.incidents - given.owed, random.Random(given.seed))  # noqa: S311 - no secrets here
        filling.fill(given.until, given.days)
        filling.tell_clues(url)
        filling.index()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
    print(f"{given.incidents} incidents in {time.perf_counter() - began:.0f} s")


class _Filling:
    """One filling of a database: `linked` of the incidents are ready, the others are owed."""

    def __init__(self, connection: psycopg.Connection, incidents: int, linked: int, dice: random.Random) -> None:
        self.connection, self.incidents, self.linked, self.dice = connection, incidents, linked, dice
        self.indexes = connection.execute(INDEXES, [list(FILLED)]).fetchall()

    def fill(self, until: date, days: int) -> None:
        """All rows but clues, without their indexes: row by row those would take many times as long."""
        connection = self.connection
        connection.execute("SET synchronous_commit = off; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'")
        connection.execute("SELECT setseed(%s)", [self.dice.random()])
        connection.execute(TABLES)
        sites = _copy(connection, "sites", _places())
        sentences = _copy(connection, "sentences", _sentences(self.dice, min(SENTENCES, self.incidents)))
        named = [
            kind.sub_event_type for kind in taxonomy() for _ in range(POLITICAL if kind.domain == "political" else 1)
        ]
        _copy(connection, "kinds", enumerate(named))
        drawn = {"sites": sites, "sentences": sentences, "kinds": len(named), "days": days, "incidents": self.incidents}
        connection.execute(DRAW.format(**drawn, every=SECOND_REPORT, first=until - timedelta(days=days - 1)))
        for name, _ in self.indexes:
            connection.execute(f"DROP INDEX {name}")  # type: ignore[arg-type]
        for statement in FILL.format(linked=self.linked).split(";\n"):
            _run(connection, statement)
        connection.commit()

    def tell_clues(self, url: str) -> None:
        """What linking compares of each report, made by linking's own code."""
        began, engine = time.perf_counter(), make_engine(url)
        words = {number: words_of(told) for number, told in self._rows("SELECT number, told FROM sentences")}
        sites = {
            row[0]: row[1:]
            for row in self._rows("SELECT number, country, place, latitude, longitude, geo_precision FROM sites")
        }
        last = self._rows("SELECT max(report) FROM told")[0][0]
        for start in range(1, last + 1, CHUNK):
            rows = self._rows(SEEDS, self.linked, start, start + CHUNK - 1)
            with engine.begin() as connection:
                store_clues(connection, (_clue(row, words, sites[row[3]]) for row in rows))
        engine.dispose()
        print(f"{time.perf_counter() - began:7.1f} s  clues", flush=True)

    def _rows(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, given).fetchall()  # type: ignore[arg-type]

    def index(self) -> None:
        """Make the indexes anew, and let numbers go on from what is there."""
        for _, definition in self.indexes:
            _run(self.connection, definition)
        for table in ("feeds", "pages", "fetches", "articles", "extractions", "reports", "incident_ids"):
            _run(self.connection, f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608


def _clue(row: tuple[Any, ...], words: Mapping[int, frozenset[int]], site: Sequence[Any]) -> Clue:
    report, kind, day, _, first, second, killed, injured = row
    country, place, latitude, longitude, precision = site
    told = {"killed": (killed, killed), "injured": (injured, injured)}
    return Clue(
        report_id=report,
        article=report,
        tie=report,
        country=country,
        sub_event_type=kind,
        first_day=day.toordinal(),
        last_day=day.toordinal(),
        time_precision="day",
        latitude=latitude,
        longitude=longitude,
        geo_precision=precision,
        alone=True,
        words=words[first] | words_of(place),
        article_words=words[first] | words[second] | words_of(place),
        place_words=words_of(place),
        figures=tuple(told.get(kind, (None, None)) for kind in PAIRED_FIGURES),
    )


def _run(connection: psycopg.Connection, statement: str) -> None:
    began = time.perf_counter()
    if statement.strip():
        connection.execute(statement)  # type: ignore[arg-type]
        print(f"{time.perf_counter() - began:7.1f} s  {' '.join(statement.split()[:5])}", flush=True)


def _copy(connection: psycopg.Connection, table: str, rows: Iterator[tuple[Any, ...]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:  # type: ignore[arg-type]
        for count, row in enumerate(rows, 1):  # noqa: B007 - counts
            copy.write_row(row)
    connection.execute(f"ANALYZE {table}")  # type: ignore[arg-type]
    return count


if __name__ == "__main__":
    main()
