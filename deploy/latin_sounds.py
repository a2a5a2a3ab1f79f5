"""A Latin place name -> the sound keys under which Arabic letters may find it: see extractors/language/ar/sounds.toml.

A letter that Arabic papers write in several ways, or that its country reads in its own, gives several keys.
"""

import re
import unicodedata
from itertools import islice, product

MOST_KEYS = 4
SPANISH = frozenset(
    [
        "AR",
        "BO",
        "CL",
        "CO",
        "CR",
        "CU",
        "DO",
        "EC",
        "ES",
        "GT",
        "HN",
        "MX",
        "NI",
        "PA",
        "PE",
        "PR",
        "PY",
        "SV",
        "UY",
        "VE",
    ]
)
LUSOPHONE = frozenset(["BR", "PT", "AO", "MZ"])
TURKIC = frozenset(["TR", "AZ"])
ARABIC = frozenset(
    [
        "DZ",
        "BH",
        "KM",
        "DJ",
        "EG",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MR",
        "MA",
        "OM",
        "PS",
        "QA",
        "SA",
        "SO",
        "SD",
        "SY",
        "TN",
        "AE",
        "YE",
        "EH",
    ]
)
GERMAN = frozenset(["DE", "AT", "CH", "PL"])  # w is f
SOFT_J = frozenset(
    [
        "DE",
        "AT",
        "CH",
        "NL",
        "BE",
        "SE",
        "NO",
        "FI",
        "DK",
        "PL",
        "CZ",
        "SK",
        "SI",
        "HR",
        "BA",
        "RS",
        "ME",
        "MK",
        "AL",
        "EE",
        "LV",
        "LT",
        "HU",
        "IS",
    ]
)
FRENCH = frozenset(["FR", "BE", "CH", "CA", "HT", "LU"])
ARTICLES = re.compile(r"\b(?:al|el|as|ad|at|az|ar|an|ash|es|ez|er|ed|et|en)[ -](?=\w)")
LONG = {
    "tsch": "C",
    "tsh": "C",
    "sch": "C",
    "tch": "C",
    "cz": "C",
    "sz": "C",
    "sh": "C",
    "kh": "X",
    "gh": "G",
    "ph": "F",
    "th": "T",
}
LONG |= {"dh": "D", "dj": "G", "ck": "K", "qu": "K", "gn": "N", "nh": "N", "lh": "L", "rh": "R", "ch": "C", "zh": "G"}
PLAIN = dict(zip("bpfvtdkcqgjzsrlmn", "BBFFTDKKKGGSSRLMN", strict=True))
MARKED = {"ș": "C", "š": "C", "ś": "C", "č": "C", "ć": "C", "ž": "G", "ż": "G", "ł": "L", "ñ": "N"}
SOFT_C = "ċ"  # c before e, i and y
SILENT = re.compile(r"(?<=[a-z]{2})[stdxzp]+\b")
PIECE = re.compile("|".join([*sorted(LONG, key=len, reverse=True), "[^ ]"]))

# Letters -> countries (none: all others) -> how they are read there, the usual way first.
READINGS: tuple[tuple[frozenset[str], frozenset[str], tuple[str, ...]], ...] = (
    (frozenset([SOFT_C]), frozenset(["IT", "RO"]), ("C",)),
    (frozenset(["c", SOFT_C]), TURKIC | {"SO"}, ("G",)),
    (frozenset([SOFT_C]), frozenset(), ("S",)),
    (frozenset(["ç"]), TURKIC | {"AL"}, ("C",)),
    (frozenset(["ç"]), frozenset(), ("S",)),
    (frozenset(["ğ"]), frozenset(), ("G", "")),
    (frozenset(["ş"]), frozenset(), ("C", "S")),
    (frozenset(["j"]), SPANISH, ("X", "G")),
    (frozenset(["j"]), SOFT_J, ("",)),
    (frozenset(["x"]), SPANISH, ("X", "KS", "S")),
    (frozenset(["x"]), LUSOPHONE | {"CN", "VN"}, ("C",)),
    (frozenset(["x"]), frozenset(), ("KS",)),
    (frozenset(["q", "zh"]), frozenset(["CN"]), ("C",)),
    (frozenset(["g"]), ARABIC | {"CN"}, ("G", "K")),
    (frozenset(["v"]), frozenset(["ES"]), ("B", "F")),
    (frozenset(["w"]), GERMAN, ("F", "")),
    (frozenset(["ch"]), frozenset(["IT", "GR"]), ("K", "C")),
    (frozenset(["ch"]), GERMAN | {"NL", "CZ", "SK"}, ("X", "C")),
)


def sound_keys(name: str, country: str) -> list[str]:
    """The keys of a name as its country says it, the usual one first; none for a name without consonants."""
    spelled = "".join(mark if mark in _KEPT else plain_letters(mark) for mark in name.lower())
    spelled = re.sub("c(?=[eiy])", SOFT_C, ARTICLES.sub("", spelled) if country in ARABIC else spelled)
    spellings = [SILENT.sub("", spelled), spelled] if country in FRENCH else [spelled]
    keys: dict[str, None] = {}
    for spelling in spellings:
        options = [_options(piece, country) for piece in PIECE.findall(spelling)]
        for chosen in islice(product(*filter(None, options)), MOST_KEYS):
            keys[re.sub(r"(.)\1+", r"\1", "".join(chosen))] = None
    return [key for key in islice(keys, MOST_KEYS) if key]


def plain_letters(text: str) -> str:
    """Latin letters without their marks."""
    return unicodedata.normalize("NFKD", text.replace("ı", "i")).encode("ascii", "ignore").decode()


_KEPT = frozenset(MARKED) | {"ç", "ğ", "ş"}


def _options(piece: str, country: str) -> tuple[str, ...]:
    """The classes that a letter, or letters for one sound, may have; none for a vowel."""
    for letters, countries, readings in READINGS:
        if piece in letters and (not countries or country in countries):
            return readings
    sound = MARKED.get(piece) or LONG.get(piece) or PLAIN.get(piece)
    return (sound,) if sound else ()
