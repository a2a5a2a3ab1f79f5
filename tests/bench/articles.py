"""Articles to measure with: as many as wanted, made from the project's own samples, or read from a file of others."""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

from flows.newsroom.stories import load_outlets

GOLD = Path(__file__).parent.parent / "gold" / "articles.jsonl"
LABELS = GOLD.with_name("gold.jsonl")
DAYS = 700  # over which articles are spread, so that few of them tell of the same day
WORDS = 220  # the mean length of an Arabic news article
_NUMBER = re.compile(r"\b\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a paper prints it; `published` is aware."""

    number: int
    country: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime

    @property
    def words(self) -> int:
        """Its length."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


def articles(wanted: int, now: datetime, file: Path | None = None) -> list[Article]:
    """So many articles: of the file (JSON lines with title, text, published and country), where one is given."""
    found = list(islice(_read(file) if file else _made(now), wanted))
    if len(found) < wanted:
        raise SystemExit(f"{file} holds {len(found)} articles only: {wanted} are needed")
    return found


def _read(file: Path) -> Iterator[Article]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            told = json.loads(line)
            text = tuple(filter(None, map(str.strip, told["text"].split("\n"))))
            published = datetime.fromisoformat(told["published"])
            yield Article(number, told.get("country") or "", told["title"], text, published)


def _made(now: datetime) -> Iterator[Article]:
    """Samples told anew without end: other figures, another day, paragraphs that tell of nothing behind their own.

    As in a newspaper, two in five tell of no incident.
    """
    incidents, others = _samples(now)
    more = [paragraph for sample in others for paragraph in sample.paragraphs if len(paragraph.split()) > 15]
    for number in count():
        samples = others if number % 5 in {1, 3} else incidents
        yield _told_anew(number, samples[number % len(samples)], more, now)


def _told_anew(number: int, sample: Article, more: Sequence[str], now: datetime) -> Article:
    dice = random.Random(number)

    def other(found: re.Match[str]) -> str:
        digits = len(found[0])
        return str(dice.randint(10 ** (digits - 1), 10**digits - 1))

    words, text, wanted = sample.words, list(sample.paragraphs), dice.uniform(0.5, 1.5) * WORDS
    while words < wanted:
        text.append(dice.choice(more))
        words += len(text[-1].split())
    told = tuple(_NUMBER.sub(other, paragraph) for paragraph in text)
    published = now - timedelta(days=dice.randrange(DAYS), minutes=dice.randrange(600))
    return Article(number, sample.country, _NUMBER.sub(other, sample.title), told, published)


def _samples(now: datetime) -> tuple[list[Article], list[Article]]:
    """The project's samples: those that tell of incidents, and the others."""
    labels = map(json.loads, LABELS.read_text("utf-8").splitlines())
    told = {label["id"] for label in labels if label["incidents"]}
    lines = map(json.loads, GOLD.read_text("utf-8").splitlines())
    sorted_ = [(line["id"] in told, article) for line, article in zip(lines, _read(GOLD), strict=True)]
    for outlet in load_outlets(now):
        for story in outlet.stories:
            article = Article(0, outlet.country, story.title, story.paragraphs, story.published)
            sorted_.append((bool(story.tells), article))
    return [one for tells, one in sorted_ if tells], [one for tells, one in sorted_ if not tells]
