"""Figures that no indicator names, though households or the poor stand beside them."""

from __future__ import annotations

import re

from parsers.phrases import Hit, phrase_book
from parsers.prose.sentence_figures import THE_REST
from parsers.prose.speaking import Phrase
from parsers.records import Comparator
from parsers.vocabulary import Vocabulary

COUNTS = frozenset({"poor_households", "near_poor_households", "households"})
_EACH = re.compile(r"\bmỗi\s(?!năm|quý|tháng|người|hộ)", re.IGNORECASE)
_COMPARED_TO = re.compile(r"so\svới\s(?:[^\W\d_]+\s){0,2}$", re.IGNORECASE)
"""'giảm hơn một nửa so với gần 12%'."""
_BEYOND = re.compile(
    r"(?<!\w)vượt(?:\s(?:hơn|trên|thêm|mức|khoảng))*\s+$"
    r"|(?<!\w)vượt\s(?:kế hoạch|chỉ tiêu|mục tiêu)(?:\s[^\W\d_]+){0,4}\s+$",
    re.IGNORECASE,
)
PART_OF_POOR = re.compile(
    r"hộ\s(?:cận\s)?nghèo\s(?:không|do|có|chưa|đang|được|thiếu|bị)\s"
    r"(?!giảm|tăng|còn|đến)(?:[^\W\d_]+[\s:]+){2,12}$"
    r"|hộ\s(?:cận\s)?nghèo\s(?:về|theo(?:\stiêu\schí)?)\sthu\snhập[^\d,;.()]{0,20}$",
    re.IGNORECASE,
)
_POOR_WHO = re.compile(
    r"\s(?:cận\s)?nghèo\s(?:do|bị|không|chưa|thiếu|có|là)\s(?!đến|tên|thu\snhập)",
    re.IGNORECASE,
)
"""'156 hộ nghèo do đông người phụ thuộc' are a part of the poor."""
_OTHER_HOUSEHOLDS = re.compile(
    r"\W*(?:và\s)?(?:số\s)?hộ\s(?!(?:cận\s)?nghèo|dân|gia)(?:[^\W\d_]+[\s:]+){2,12}$",
    re.IGNORECASE,
)
_RATE_OF_PLACES = r"(?:có|còn)\s(?:tỷ|tỉ)\slệ\s(?:hộ\s)?(?:cận\s)?nghèo[^,;:.]*$"
_PLACES_WITH = re.compile(
    r"(?:(?<!\w)(?:xã|phường|thị trấn|huyện|thôn|bản|ấp|buôn|làng|khu phố|khóm|địa bàn"
    rf"|nơi|vùng)\s(?:[^\W\d_]+\s){{0,5}}?|^\s*){_RATE_OF_PLACES}",
    re.IGNORECASE,
)
"""'các ấp có tỷ lệ hộ nghèo trên 15%' says which places are meant, not their rate."""
_WHO = re.compile(
    r"\s(?:còn\s(?:dư|nợ)|đang|được|chưa|tham gia|vay|làm)(?!\w)", re.IGNORECASE
)
"""'5.120 hộ còn dư nợ' are those, whoever was named before."""


def is_nameless(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> bool:
    """Whether words of the figure take it away from every indicator."""
    quantity, before = phrase.quantity, phrase.before
    return (
        quantity.relative
        or (phrase.is_percent and _COMPARED_TO.search(before) is not None)
        or (not phrase.is_percent and _EACH.search(before) is not None)
        or _BEYOND.search(phrase.nearby) is not None
        or (phrase.borrows and THE_REST.search(before) is not None)
        or _says_which_places(phrase)
        or (phrase.borrows and _WHO.match(phrase.after) is not None)
        or _is_narrowed(phrase, indicator, vocabulary)
    )


def _says_which_places(phrase: Phrase) -> bool:
    is_bound = phrase.quantity.comparator not in (Comparator.EQ, Comparator.ABOUT)
    return is_bound and _PLACES_WITH.search(phrase.before) is not None


def _is_narrowed(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> bool:
    """Whether a count is of a part of the households that no group is known for.

    'Hộ nghèo do phụ nữ làm chủ hộ 110 hộ', '; hộ có mức sống trung bình 3.400 hộ'.
    """
    if indicator not in COUNTS or phrase.meaning.group_code != "all":
        return False
    own = phrase.before
    if _POOR_WHO.match(phrase.after):
        own = phrase.own
        return all(h.row["effect"] == "narrows" for h in _qualifiers(own, vocabulary))
    part = PART_OF_POOR.search(own) or (
        _OTHER_HOUSEHOLDS.match(own) if phrase.borrows else None
    )
    if part is None:
        return False
    return all(h.row["effect"] == "narrows" for h in _qualifiers(own, vocabulary))


def _qualifiers(text: str, vocabulary: Vocabulary) -> tuple[Hit, ...]:
    return phrase_book(vocabulary, "qualifiers").find(text)
