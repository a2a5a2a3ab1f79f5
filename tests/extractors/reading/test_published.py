"""Dates: every form that publishers write is read to the minute, and what cannot be read is unknown."""

from datetime import UTC, datetime

import pytest

from extractors.reading.published import parse_published, parse_stamp
from extractors.records import Publisher

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
CAIRO = Publisher(country="EG")  # UTC+3 in September, UTC+2 in winter
RIYADH = Publisher(timezone="Asia/Riyadh")
AFTERNOON = datetime(2026, 9, 24, 10, tzinfo=UTC)  # 13:00 in Cairo


@pytest.mark.parametrize(
    "text",
    [
        "الخميس، 24 سبتمبر 2026 01:00 م",
        "الخميس 24 سبتمبر 2026 - 13:00",
        "الخميس، ٢٤ سبتمبر ٢٠٢٦ ٠١:٠٠ م",
        "24 أيلول 2026 13:00",
        "24 أيلول/ سبتمبر 2026 01:00 مساءً",
        "24 شتنبر 2026 13:00",
        "سبتمبر 24, 2026 1:00 م",
        "تم نشره الخميس 24 أيلول / سبتمبر 2026 01:00 مساءً",
        "13 ربيع الآخر 1448 هـ الموافق 24 سبتمبر 2026م 13:00",
        "الساعة 01:00 ظهرا، الخميس 24 سبتمبر 2026",
        "2026/09/24 01:00 م",
        "24-09-2026 | 13:00",
        "24/9/2026 01:00:00 PM",
        "9/24/2026 1:00 PM",
        "2026-09-24 13:00:00",
        "2026-09-24T13:00",
        "2026-09-24T10:00:00Z",
        "2026-09-24T13:00:00.000+03:00",
        "2026-09-24T13:00+0300",
        "20260924T100000Z",
        "Thu, 24 Sep 2026 13:00:00 +0300",
        "Thu, 24 Sep 2026 10:00:00 GMT",
        "Thu, 24 Sep 26 10:00 GMT",
        "24 Sep 2026 05:00:00 EST",
        "Thu, 24 Sep 2026 13:00:00 AST",
        "الخميس 24 سبتمبر 2026 13:00 بتوقيت مكة",
        "24 سبتمبر 2026 10:00 بتوقيت غرينتش",
        "24 سبتمبر 2026، آخر تحديث 14:00 (GMT+0400)",
        "24 سبتمبر 2026 1:00 بعد الظهر",
        "Thu Sep 24 13:00:00 AST 2026",
        "Thu Sep 24 13:00:00 2026",
        "1790244000",
        "1790244000000",
    ],
)
def test_every_form_gives_the_same_moment(text: str) -> None:
    """One afternoon in Cairo, in all the ways it is written."""
    assert parse_published(text, CAIRO, NOW) == AFTERNOON


@pytest.mark.parametrize(
    ("names", "month"),
    [
        ("يناير كانون_الثاني جانفي", 1),
        ("فبراير شباط فيفري", 2),
        ("مارس آذار", 3),
        ("أبريل إبريل ابريل نيسان أفريل", 4),
        ("مايو أيار ماي مايس", 5),
        ("يونيو يونيه حزيران جوان", 6),
        ("يوليو يوليه تموز جويلية يوليوز", 7),
        ("أغسطس اغسطس آب أوت غشت", 8),
        ("سبتمبر أيلول شتنبر", 9),
        ("أكتوبر اكتوبر تشرين_الأول", 10),
        ("نوفمبر تشرين_الثاني نونبر", 11),
        ("ديسمبر كانون_الأول دجنبر", 12),
    ],
)
def test_months_of_all_arab_calendars(names: str, month: int) -> None:
    """Each month is known by its Egyptian, Levantine and Maghrebi names."""
    for name in names.replace("_", "~").split():
        stamp = parse_stamp(f"5 {name.replace('~', ' ')} 2025", RIYADH, NOW)
        assert stamp is not None, name
        assert (stamp.day.month, stamp.has_time) == (month, False)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("24 سبتمبر 2026 12:30 ص", 0),
        ("24 سبتمبر 2026 12:30 م", 12),
        ("24 سبتمبر 2026 9:30 صباحا", 9),
        ("24 سبتمبر 2026 9:30 ليلا", 21),
        ("24 سبتمبر 2026 1:30 ليلا", 1),
        ("24 سبتمبر 2026 12:30 بعد منتصف الليل", 0),
        ("24 سبتمبر 2026م 9:30", 9),
        ("24 سبتمبر 2026م 9:30 م", 21),
    ],
)
def test_halves_of_the_day(text: str, hour: int) -> None:
    """The mark of the afternoon counts behind a time, and is the mark of the era behind a year."""
    published = parse_published(text, Publisher(), NOW)

    assert published is not None
    assert (published.hour, published.minute) == (hour, 30)


def test_arabia_and_atlantic() -> None:
    """The zone AST is Arabia's with an Arab publisher and the Atlantic's with another."""
    text = "Thu, 24 Sep 2026 10:30:00 AST"

    assert parse_published(text, Publisher(country="SA"), NOW) == datetime(2026, 9, 24, 7, 30, tzinfo=UTC)
    assert parse_published(text, Publisher(country="CA"), NOW) == datetime(2026, 9, 24, 14, 30, tzinfo=UTC)


def test_a_day_without_time_is_its_first_minute_at_home() -> None:
    """A bare date is midnight in the publisher's zone, so that its day there is the written one."""
    assert parse_published("2026-09-24", RIYADH, NOW) == datetime(2026, 9, 23, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "أمس",
        "منذ 3 ساعات",
        "12 ربيع الآخر 1448",
        "1448/04/12 هـ",
        "31 سبتمبر 2026",
        "0000-00-00 00:00:00",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "2027-09-24T10:00:00Z",
        "2026-10-02 10:00",
        "Thu, 24 Sep 2026 13:00:00 XYZ",
        "9999999999999999",
        "24 سبتمبر 2026 25:10",
        "2026-09-24T25:00:00Z",
        "2026-09-24T10:00:00+99:00",
        "خبر " * 60,
    ],
)
def test_what_cannot_be_read_is_unknown(text: str | None) -> None:
    """No guess for words, Hijri dates, impossible days, epochs, unknown zones and days to come."""
    assert parse_published(text, CAIRO, NOW) is None


def test_a_few_hours_ahead_are_believed() -> None:
    """Local time labelled as UTC runs hours ahead of the clock and is kept."""
    assert parse_published("2026-09-30T15:00:00Z", CAIRO, NOW) == datetime(2026, 9, 30, 15, tzinfo=UTC)
