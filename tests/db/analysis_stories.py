"""Articles for the tests of what analysts ask: several countries, kinds and sides. Texts of our own."""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from extractors.records import Actor, Location, Total
from tests.db.linking.newsroom import Story, explosion, link, publish, story

DAMASCUS = Location("SY", "دمشق", "city", "Damascus", "Damascus", 33.5138, 36.2765)
SYRIA = Location("SY", "سوريا", "country", "Syria")
SUVA = Location("FJ", "تافيوني", "exact", "Taveuni", "Northern", -16.85, -179.97)
PROTEST = "فرقت الشرطة متظاهرين سلميين في ساحة وسط دمشق واعتقلت نحو عشرين منهم. ثم عاد الهدوء إلى الساحة."
SHOT = "=قتل مسلحون مجهولون موظفا أمام بيته في دمشق مساء الخميس. وفتحت النيابة تحقيقا في الحادث."
TRUCE = "أعلن طرفا النزاع في سوريا هدنة تبدأ صباح الجمعة وتستمر أسبوعا. ورحبت المنظمات الإنسانية بالإعلان."
STORM = "ضرب إعصار جزيرة تافيوني وأغرق قراها الساحلية وشرد سكانها. وأعلنت الحكومة حالة الطوارئ."
ROBBED = "سطا لصوص على محل للمجوهرات في دمشق وفروا بسيارة بيضاء. ولم يصب أحد بأذى."


def _political(event_type: str, sub_event_type: str, **changed: Any) -> dict[str, Any]:
    return {"domain": "political", "event_type": event_type, "sub_event_type": sub_event_type, **changed}


def stories() -> list[Story]:
    """Nine articles on seven incidents."""
    police, crowd = (Actor(1, "الشرطة", "State forces", 5, 11), Actor(2, "متظاهرين", "Protesters", 12, 20))
    protest = _political("Protests", "Protest with intervention", location=DAMASCUS, actors=(police, crowd))
    protest |= {"totals": (Total("detained", 20, 20), Total("participants", 200, None))}
    protest |= {"date_start": date(2026, 2, 25), "date_end": date(2026, 2, 25)}
    gunmen = (Actor(1, "مسلحون مجهولون", "Criminals", 5, 19),)
    shot = _political("Violence against civilians", "Attack", location=DAMASCUS, actors=gunmen)
    truce = _political("Strategic developments", "Agreement", location=SYRIA, time_precision="assumed")
    storm = {"event_type": "Natural disaster", "sub_event_type": "Flood/storm", "location": SUVA}
    robbed = {"domain": "crime", "event_type": "Crime", "sub_event_type": "Robbery/theft", "location": DAMASCUS}
    return [
        *explosion(),
        story("p", "والمتظاهرون في ساحات دمشق", PROTEST, **protest),
        story("s", "مقتل موظف في دمشق", SHOT, killed=1, **shot),
        story("t", "هدنة في سوريا", TRUCE, **truce),
        story("w", "إعصار في فيجي", STORM, **storm),
        story("r", "سطو في دمشق", ROBBED, **robbed),
    ]


def told_and_linked(connection: Connection, now: Any) -> None:
    """All of them, from the feed to incidents."""
    publish(connection, stories(), now)
    link(connection, now)
