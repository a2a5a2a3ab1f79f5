"""Count in how large a share of articles each stem stands: extractors/language/ar/word_shares.tsv.

    python deploy/make_word_shares.py ARTICLES.jsonl[.gz]...

Each line is an article with `title` and `text`. Stems in fewer than two of a thousand articles are left out: they are
rare, which is all that linking wants to know. Counts of words are facts about the language; no text is kept.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractors.linking.words import stems_of

TARGET = Path(__file__).parent.parent / "extractors/language/ar/word_shares.tsv"
LEAST = 0.002


def _articles(name: str) -> Iterator[dict[str, str]]:
    with (
        gzip.open(name, "rt", encoding="utf-8") if name.endswith(".gz") else Path(name).open(encoding="utf-8") as lines
    ):
        yield from map(json.loads, lines)


def main() -> None:
    """Count and write."""
    counts: Counter[str] = Counter()
    total = 0
    for name in sys.argv[1:]:
        for article in _articles(name):
            total += 1
            counts.update(set(stems_of(f"{article['title']}\n{article['text']}")))
    rows = sorted((form, count / total) for form, count in counts.items() if count / total >= LEAST)
    with TARGET.open("w", encoding="utf-8") as file:
        file.write(f"# Share of articles in which a stem stands, counted over {total} news articles of 2013-2017.\n")
        file.writelines(f"{form}\t{share:.4f}\n" for form, share in sorted(rows, key=lambda row: (-row[1], row[0])))


if __name__ == "__main__":
    main()
