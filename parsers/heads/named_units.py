"""Named units: which administrative units and bodies a line of a head names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.heads.paper_words import is_shouted, plain_words
from parsers.letters import UPPER
from parsers.text import squeeze
from parsers.units.names import split_name

KINDS = (
    "thành phố",
    "thị trấn",
    "thị xã",
    "phường",
    "huyện",
    "quận",
    "tỉnh",
    "xã",
    "đặc khu",
)
_SOCIETY = (
    r"(?i:(?<=[-–&]\s)xã\s+hội|(?<=và\s)xã\s+hội"
    rf"|xã\s+hội(?=\s*(?:[-–,.;:()]|$)|\s+(?:{'|'.join(KINDS)})\b))"
)
"""'Thương binh và Xã hội', 'chính sách xã hội huyện …' name no commune."""
_UNIT = re.compile(
    rf"\b(?!{_SOCIETY})(?P<kind>(?i:{'|'.join(KINDS)})|TP|TX|TT)\b\.?\s+"
    rf"(?P<name>(?!(?i:[uủ][yỷ]\b))[{UPPER}\d][^\W_]*"
    rf"(?:['’.]?\s?-?\s?[{UPPER}][^\W_]*|\s\d{{1,2}}\b)*)",
)
_CAPITAL_RUN = re.compile(
    rf"(?:\d{{1,2}}\b|[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?)"
    rf"(?:[\s-]+(?:\d{{1,2}}\b|[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?)){{0,5}}"
)
_PARTY = (
    ("tinh uy", "Tỉnh"),
    ("thanh uy", "Thành phố"),
    ("thi uy", "Thị xã"),
    ("huyen uy", "Huyện"),
    ("quan uy", "Quận"),
)
_ORG_OPENERS = (
    "uy ban",
    "ubnd",
    "hoi dong",
    "hdnd",
    "so",
    "phong",
    "ban",
    "bo",
    "chi cuc",
    "cuc",
    "tong cuc",
    "trung tam",
    "dang uy",
    "dang bo",
    "tinh uy",
    "thanh uy",
    "thi uy",
    "huyen uy",
    "quan uy",
    "van phong",
    "ngan hang",
    "mat tran",
    "hoi",
    "lien doan",
    "cong an",
    "thanh tra",
    "doan",
    "dai",
    "kho bac",
    "chinh phu",
    "thu tuong",
    "quoc hoi",
    "lien hiep",
    "chu tich",
    "giam doc",
    "bch",
    "to cong tac",
)


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as a text names it, kind in full: 'Thị xã', 'Bỉm Sơn'."""

    kind: str
    bare: str

    @property
    def name(self) -> str:
        """Kind and name."""
        return f"{self.kind} {self.bare}"


def join_organs(lines: Sequence[str]) -> list[str]:
    """Join a body's name broken over lines; each body begins with a word of its own."""
    organs: list[str] = []
    for line in lines:
        text = squeeze(line).strip(" *.-–—_")
        if not text:
            continue
        if organs and not _opens_organ(text):
            organs[-1] = f"{organs[-1]} {text}"
        else:
            organs.append(text)
    return organs


def _opens_organ(text: str) -> bool:
    plain = " ".join(plain_words(text)) + " "
    return any(plain.startswith(opener + " ") for opener in _ORG_OPENERS)


def named_in(texts: Iterable[str]) -> Iterable[NamedUnit]:
    """Return the units that texts name, kind first: 'HUYỆN CAM LỘ', 'huyện Cam Lộ'."""
    for text in texts:
        yield from _party_units(text)
        for found in _UNIT.finditer(text):
            kind = split_name(f"{found['kind']} X").kind
            bare = _trim_name(found["name"], shouted=is_shouted(text))
            if kind is not None and bare:
                yield NamedUnit(kind, bare)


def _party_units(text: str) -> Iterable[NamedUnit]:
    """'HUYỆN ỦY TRIỆU SƠN' acts for the district of that name."""
    words, plain = squeeze(text).split(), plain_words(text)
    for phrase, kind in _PARTY:
        pair = tuple(phrase.split())
        for index in range(len(plain) - 2):
            if plain[index : index + 2] == pair and len(words) == len(plain):
                found = _CAPITAL_RUN.match(" ".join(words[index + 2 :]))
                if found is not None:
                    yield NamedUnit(kind, _title_case(found.group(0)))


def _trim_name(name: str, *, shouted: bool) -> str:
    """Cut a name where its capitals end; in a line of capitals put it in small ones."""
    if shouted:
        return _title_case(re.split(r"\s+[-–]\s+", name)[0])
    found = _CAPITAL_RUN.match(name)
    return squeeze(found.group(0)) if found is not None else ""


def _title_case(text: str) -> str:
    lowered = squeeze(text).lower()
    return re.sub(r"(^|[\s-]|['’])([^\W\d_])", lambda m: m[1] + m[2].upper(), lowered)
