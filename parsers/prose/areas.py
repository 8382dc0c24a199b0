"""The area that a figure of a sentence is of: 'toàn huyện', 'riêng huyện Lâm Bình'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from parsers.layout.outline import Item
from parsers.phrases import PhraseBook
from parsers.prose.context import leading_items, leading_words
from parsers.prose.speaking import Phrase
from parsers.records import Figure
from parsers.sentences import Span
from parsers.text import squeeze
from parsers.units.places import find_places
from parsers.vocabulary import Vocabulary

_WHOLE = re.compile(
    r"\btoàn\s+(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu|TP|TX"
    r"|thôn|bản|khu phố|vùng|quốc)\b|\bcả\s(?:nước|tỉnh|huyện)\b",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"\b(?:khu vực|vùng|(?:các\s)?(?:huyện|xã|thôn|bản|địa bàn)(?:\skhu vực)?)\s+",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]"
_NAMED_ABOVE = re.compile(
    r"(?<!UBND\s)(?<!HĐND\s)(?<!nhân\sdân\s)(?<!Đảng\sbộ\s)\b"
    r"(?:[Tt]ỉnh|[Tt]hành phố|[Tt]hị xã|[Hh]uyện|[Qq]uận|TP\.?|TX\.?)\s"
    rf"{_CAPITAL}[^\W\d_]*(?:['’\s]+{_CAPITAL}[^\W\d_]*){{0,3}}"
)
"""'riêng huyện Lâm Bình giảm …' is of that district, whatever the paper's own."""
_AREA_REACH = 800
"""Letters before a figure in which its area is named: more than sentences have."""
_NAME = re.compile(
    r"[\s,;(]*(?:và\s)?(?P<name>(?:[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ][^\W\d_]+\s?){2,4})(?:[:=]|là|có)?\s*"
)
"""A place without its type, right before its figure: '(Bắc Sơn 20 hộ, …)'."""
_ASIDE = re.compile(r"\([^()]*\)")
_OPENS_BRACKET = re.compile(r"\s*\(")


def area_of(
    items: Sequence[Item],
    item: Item,
    sentence: Span,
    phrase: Phrase,
    last: Figure | None,
    vocabulary: Vocabulary,
) -> str | None:
    """Return the area named with a figure, in its sentence, or above it.

    What stands in brackets is of the same area as the figure ``last`` before it.
    """
    text = item.paragraph.text
    named = _NAME.fullmatch(phrase.before) if phrase.borrows else None
    if named is not None:
        return squeeze(named["name"])
    if last is not None and _OPENS_BRACKET.match(phrase.nearby):
        return last.unit_raw
    reach = max(sentence[0], phrase.start - _AREA_REACH)
    before = _ASIDE.sub(" ", text[reach : phrase.start])
    own = text[max(phrase.label_start, reach) : phrase.end]
    for words in (text[phrase.start : phrase.end], own, before.split(";")[-1]):
        area = find_area(words, vocabulary)
        if area is not None:
            return area
    if whole := find_whole(before):
        return whole
    for lead in leading_items(items, item):
        area = find_area(leading_words(lead), vocabulary)
        if area is not None:
            return area
    return None


def find_area(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the area that words name last: 'toàn huyện', 'khu vực nông thôn'."""
    region = _find_region(text, vocabulary)
    if region:
        return region
    places = find_places(text, vocabulary) or _named_above(text)
    if len(places) == 1:
        return places[0]
    return find_whole(text) if not places else None


def _named_above(text: str) -> tuple[str, ...]:
    """Return the districts and provinces named, none twice."""
    return tuple(dict.fromkeys(m.group(0) for m in _NAMED_ABOVE.finditer(text)))


def find_whole(text: str) -> str | None:
    """Return the last 'toàn huyện' of a text, None if there is none."""
    found = [match.group(0) for match in _WHOLE.finditer(text)]
    return found[-1] if found else None


def _find_region(text: str, vocabulary: Vocabulary) -> str | None:
    for match in reversed(tuple(_REGION.finditer(text))):
        rest = text[match.end() : match.end() + 30]
        hits = _areas(vocabulary).find(rest)
        if hits and hits[0].start == 0:
            return text[match.start() : match.end() + hits[0].end]
    return None


@lru_cache(maxsize=8)
def _areas(vocabulary: Vocabulary) -> PhraseBook:
    rows = vocabulary.rows("prose_words")
    return PhraseBook.of(row for row in rows if row["part"] == "area")
