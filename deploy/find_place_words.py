"""Find names of places that newspapers mostly use for something else: what words.tsv is made of.

    python deploy/find_place_words.py articles.jsonl.gz > found.tsv

Reads articles (JSON lines with `title` and `text`) and prints each name with how often it stands there, the share
that has a place's cue before it (in, from, the city of, ...) and the share that stands bare. A low share of cues means
a word or a person's name; hardly ever bare means that it is the rest of another word after its first letter.
"""

import argparse
import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractors.arabic.fold import fold, fold_form
from extractors.places.gazetteer import gazetteer

CUES = Path(__file__).parents[1] / "extractors" / "language" / "ar" / "place_cues.toml"
WORD = re.compile(r"[\u0621-\u064a]+")
PREPOSED = ("\u0628", "\u0648\u0628", "\u0641\u0628")  # bi-, wa-bi-, fa-bi- written on to the name
JOINED = ("", "\u0648", "\u0641", "\u0644", "\u0643", "\u0648\u0644")


def cue_words() -> set[str]:
    """Every one-word cue of the cue table, bare and with what is written on to it."""
    entries = tomllib.loads(CUES.read_text("utf-8"))["entry"]
    speaking = (entry for entry in entries if entry["role"] in ("cue", "in", "near"))
    forms = {fold_form(form) for entry in speaking for form in entry["forms"]}
    return {before + form for form in forms if " " not in form for before in (*JOINED, *PREPOSED)}


def sightings(words: list[str], names: frozenset[str], cues: set[str]) -> Iterator[tuple[str, bool, bool]]:
    """Each name that stands in a text, and whether a cue says that it is a place, and whether it stands bare."""
    for at, word in enumerate(words):
        cued = at > 0 and words[at - 1] in cues
        for before in (*JOINED, *PREPOSED):
            name = word[len(before) :]
            if word.startswith(before) and name in names:
                yield name, before in PREPOSED or (cued and not before), not before
        if at and f"{words[at - 1]} {word}" in names:
            yield f"{words[at - 1]} {word}", at > 1 and words[at - 2] in cues, True


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    names, cues = frozenset(gazetteer().names), cue_words()
    seen: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    stood_bare: Counter[str] = Counter()
    with gzip.open(parser.parse_args().articles, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            words = WORD.findall(fold(f"{article['title']} . {article['text']}").text)
            for name, cued, bare in sightings(words, names, cues):
                seen[name] += 1
                placed[name] += cued
                stood_bare[name] += bare
    for name, count in seen.most_common():
        print(f"{count}\t{placed[name] / count:.2f}\t{stood_bare[name] / count:.2f}\t{name}")


if __name__ == "__main__":
    main()
