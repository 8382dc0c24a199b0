"""Names of administrative units: the kind apart from the name, and forms to compare.

The kinds are those of Article 110 of the Constitution; the villages below the commune
(thôn, tổ dân phố …) are no administrative units and have no code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from parsers.letters import UPPER
from parsers.text import fold, one_spelling, squeeze


class Level(IntEnum):
    """Level of a unit; a code has 2, 3 or 5 digits by it."""

    PROVINCE = 1
    DISTRICT = 2
    COMMUNE = 3
    VILLAGE = 4


KIND_LEVELS: dict[str, tuple[Level, ...]] = {
    "Tỉnh": (Level.PROVINCE,),
    "Thành phố Trung ương": (Level.PROVINCE,),
    "Thành phố": (Level.PROVINCE, Level.DISTRICT),
    "Quận": (Level.DISTRICT,),
    "Huyện": (Level.DISTRICT,),
    "Thị xã": (Level.DISTRICT,),
    "Phường": (Level.COMMUNE,),
    "Xã": (Level.COMMUNE,),
    "Thị trấn": (Level.COMMUNE,),
    "Đặc khu": (Level.COMMUNE,),
}

_FORMS: tuple[tuple[str, str, bool], ...] = (
    # form (folded where the flag says so), kind, needs capitals as printed
    (r"thành\s+phố|t\.?\s?phố", "Thành phố", False),
    (r"thị\s+trấn|t\.?\s?trấn", "Thị trấn", False),
    (r"thị\s+xã|t\.?\s?xã", "Thị xã", False),
    (r"phường", "Phường", False),
    (r"huyện", "Huyện", False),
    (r"quận", "Quận", False),
    (r"tỉnh", "Tỉnh", False),
    (r"xã", "Xã", False),
    (r"đặc\s+khu", "Đặc khu", False),
    (r"T\.?\s?P\b\.?|Tp\b\.?", "Thành phố", True),
    (r"T\.?\s?T\b\.?|TTr\b\.?|Tt\b\.", "Thị trấn", True),
    (r"T\.?\s?X\b\.?|Tx\b\.?", "Thị xã", True),
    (rf"P\.|P(?=\s+[{UPPER}\d])|P(?=\d)", "Phường", True),
    (rf"H\.|H(?=\s+[{UPPER}])", "Huyện", True),
    (r"Q\.|Q(?=\s*\d)", "Quận", True),
    (rf"X\.|X(?=\s+[{UPPER}])", "Xã", True),
    (rf"T\.(?=\s?[{UPPER}])", "Tỉnh", True),
)
_PREFIXES = tuple(
    (re.compile(rf"(?:{form})[\s:]*", 0 if exact else re.IGNORECASE), kind, exact)
    for form, kind, exact in _FORMS
)
_VILLAGE = re.compile(
    r"\b(?:tổ\s+dân\s+phố|khu\s+dân\s+cư|khu\s+phố|khối\s+phố|thôn|bản|làng|ấp|buôn|bon|"
    r"sóc|phum|xóm|tiểu\s+khu|tổ|khu(?!\s+vực)|khối|cụm|TDP|KDC|KP)\b",
    re.IGNORECASE,
)
_KIND_WORDS = re.compile(
    r"\b(?:tỉnh|thành\s+phố|tp|quận|huyện|thị\s+xã|tx|phường|xã|thị\s+trấn|tt|"
    r"đặc\s+khu)\b",
    re.IGNORECASE,
)
_KIND_BY_WORD = {
    "tỉnh": "Tỉnh",
    "thành phố": "Thành phố",
    "tp": "Thành phố",
    "quận": "Quận",
    "huyện": "Huyện",
    "thị xã": "Thị xã",
    "tx": "Thị xã",
    "phường": "Phường",
    "xã": "Xã",
    "thị trấn": "Thị trấn",
    "tt": "Thị trấn",
    "đặc khu": "Đặc khu",
}
_FOLDED_KINDS = (
    ("thanh pho", "Thành phố"),
    ("thi tran", "Thị trấn"),
    ("thi xa", "Thị xã"),
    ("phuong", "Phường"),
    ("huyen", "Huyện"),
    ("tinh", "Tỉnh"),
    ("dac khu", "Đặc khu"),
    ("xa", "Xã"),
)
_ORDINAL = re.compile(r"^\s*(?:\d{1,3}|[IVXLC]{1,5}|[a-zđ])\s*[.)/-]\s*(?=\S)")
_MARKS = re.compile(r"[’'`´‘\u02bc\u02bb]")
_DASH = re.compile(r"\s*[-–—]\s*")
_EDGE = re.compile(r"^[\s.,:;*+•-]+|[\s.,:;*]+$")
_ZERO = re.compile(r"\b0+(?=\d)")
_Y = re.compile(r"(?<=[bcdghklmnprstvxđ])y(?![aeêuoơâ])")


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A unit's name as printed, taken apart.

    ``short`` when the kind is abbreviated; ``folded`` when even the kind has lost its
    marks ('Xa Cam Thanh'), so that those of the name are lost too.
    """

    kind: str | None
    bare: str
    short: bool = False
    folded: bool = False


@lru_cache(maxsize=65536)
def split_name(text: str) -> PrintedName:
    """Take the kind off a printed name: 'X. Hà Lan' is 'Xã' and 'Hà Lan'.

    A leading ordinal ('1.', 'a)') goes too. 'Thị trấn' alone keeps its words as name.
    """
    name = _EDGE.sub("", squeeze(text))
    for trial in (name, _ORDINAL.sub("", name, count=1)):
        for pattern, kind, short in _PREFIXES:
            found = pattern.match(trial)
            if found is None or not found.group(0).strip():
                continue
            rest = _EDGE.sub("", trial[found.end() :])
            glued = (
                trial[found.end() - 1].isalpha() and trial[found.end() :][:1].isalpha()
            )
            if rest and not glued:
                return PrintedName(kind, rest, short)
    return _split_folded(_ORDINAL.sub("", name, count=1))


def _split_folded(name: str) -> PrintedName:
    if name.isascii():
        for words, kind in _FOLDED_KINDS:
            if fold(name).startswith(words + " "):
                return PrintedName(kind, name[len(words) + 1 :], folded=True)
    return PrintedName(None, name)


def is_kind_alone(name: PrintedName) -> bool:
    """Whether nothing but a kind is printed: its name was lost, and is not guessed."""
    return name.kind is None and name.bare.lower() in _KIND_BY_WORD


@lru_cache(maxsize=65536)
def slipped_kinds(text: str) -> tuple[PrintedName, ...]:
    """Return what a name may be whose kind has a slip: 'Phừơng Hà An', 'XãHà Lan'.

    The longest kind that one slip explains comes first; the bare name is what is left.
    """
    name = _EDGE.sub("", squeeze(text))
    found: list[PrintedName] = []
    for words, kind in _KIND_BY_WORD.items():
        if len(words) < 3 and words != "xã":
            continue
        for end in range(max(len(words) - 1, 1), len(words) + 2):
            head, rest = name[:end].strip().lower(), _EDGE.sub("", name[end:])
            near = Levenshtein.distance(head, words, score_cutoff=1) <= 1
            if rest and near and len(head) >= min(len(words), 2):
                found.append(PrintedName(kind, rest))
    return tuple(sorted(set(found), key=lambda p: len(p.bare)))


def kinds_named(text: str) -> frozenset[str]:
    """Return the kinds that a column head or a phrase names: 'Xã, phường' names two."""
    words = (" ".join(w.lower().split()) for w in _KIND_WORDS.findall(squeeze(text)))
    return frozenset(_KIND_BY_WORD[w] for w in words)


def names_village(head: str) -> bool:
    """Whether a column head speaks of what lies below the commune."""
    return _VILLAGE.search(squeeze(head)) is not None


def is_village(label: str) -> bool:
    """Whether a label begins as the name of a village does: 'Thôn 3', 'TDP Trai'."""
    return _VILLAGE.match(without_ordinal(squeeze(label))) is not None


def without_ordinal(label: str) -> str:
    """Take a leading ordinal off a label: '1.', 'a)', 'II -'."""
    return _ORDINAL.sub("", label, count=1)


@lru_cache(maxsize=65536)
def name_key(bare: str) -> str:
    """Return what two spellings of one name share; every tone and mark stays."""
    plain = _ZERO.sub("", _DASH.sub(" ", _MARKS.sub("", bare)))
    return " ".join(one_spelling(plain).replace(".", " ").split())


@lru_cache(maxsize=65536)
def loose_key(bare: str) -> str:
    """Return a folded form for finding candidates; never proof of being one unit."""
    return _Y.sub("i", fold(name_key(bare))).replace(" ", "")
