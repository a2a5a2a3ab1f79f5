"""Make extractors/language/ar/genre.tsv: words by which the report of an incident is told from other articles.

    python deploy/fit_genre.py ARTICLES.jsonl.gz [--limit N] [--write]

Nobody labels these articles: those that Rasid surely finds an incident in stand for reports, those in which it finds
none for the rest, and what lies between is left out. A word counts only where the papers of two countries agree on it,
and no name of a place counts, so that neither one paper's manner nor one week's news gets into the table.
"""

import argparse
import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from extractors.arabic.fold import fold
from extractors.arabic.tokens import tokenize
from extractors.coding import code_article
from extractors.places.gazetteer import gazetteer
from extractors.records import NewsText
from extractors.rules import genre

TABLE = Path(genre.__file__).parents[1] / "language" / "ar" / "genre.tsv"
SURE, UNLIKELY = 0.75, 0.35
RARE = 8  # articles of one country: a word in fewer says nothing there
AGREEING = 2  # countries
LEAST, GREATEST = 0.4, 2.5
STEADY = 10
HEAD = "# Folded word, and how much more often (logarithm) it stands in reports of incidents: see deploy/fit_genre.py\n"


@dataclass(slots=True)
class Counts:
    """In how many articles of a country, of reports and of the rest, each word stands."""

    articles: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    words: dict[bool, Counter[str]] = field(default_factory=lambda: {True: Counter(), False: Counter()})

    def add(self, words: Iterable[str], *, report: bool) -> None:
        """Count an article."""
        self.articles[report] += 1
        self.words[report].update(words)

    def weight(self, word: str) -> float | None:
        """The word's weight in this country; None where it is too rare to say."""
        inside, outside = self.words[True][word], self.words[False][word]
        if inside + outside < RARE:
            return None
        share = math.log((inside + 0.5) / (self.articles[True] + 1)) - math.log(
            (outside + 0.5) / (self.articles[False] + 1)
        )
        return share * (inside + outside) / (inside + outside + STEADY)


def judged(articles: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], bool]]:
    """The articles that are surely reports, or surely none."""
    for article in articles:
        published = datetime.fromisoformat(article["published"]).date()
        text = NewsText(article["title"], article["text"], published, article.get("country"), article.get("source"))
        best = max((report.confidence for report in code_article(text, at_least=0.0).reports), default=0.0)
        if best >= SURE or best < UNLIKELY:
            yield article, best >= SURE


def words_of(article: dict[str, Any]) -> set[str]:
    """The different folded words of an article that name no place."""
    tokens = tokenize(fold(f"{article['title']}\n{article['text']}"))
    names = gazetteer().names
    return {form for form, kind in zip(tokens.forms, tokens.kinds, strict=True) if kind == "w" and form not in names}


def weigh(countries: Iterable[Counts]) -> dict[str, float]:
    """The weight of each word that countries agree on."""
    countries = list(countries)
    table = {}
    for word in {word for one in countries for count in one.words.values() for word in count}:
        found = [weight for one in countries if (weight := one.weight(word)) is not None]
        weight = sum(found) / len(found) if found else 0.0
        agreed = len(found) >= AGREEING and all(one * weight > 0 for one in found)
        if agreed and abs(weight) >= LEAST:
            table[word] = round(max(-GREATEST, min(GREATEST, weight)), 2)
    return table


def main() -> None:
    """Count, weigh, show, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    counts: dict[str, Counts] = defaultdict(Counts)
    with gzip.open(options.articles, "rt", encoding="utf-8") as lines:
        for article, report in judged(map(json.loads, islice(lines, options.limit))):
            counts[str(article.get("country"))].add(words_of(article), report=report)
    table = dict(sorted(weigh(counts.values()).items(), key=lambda item: (-item[1], item[0])))
    print({country: one.articles for country, one in counts.items()}, len(table), "words")
    print(" ".join(list(table)[:60]), "...", " ".join(list(table)[-60:]))
    if options.write:
        TABLE.write_text(HEAD + "".join(f"{word}\t{weight}\n" for word, weight in table.items()), "utf-8")


if __name__ == "__main__":
    main()
