"""Zeros printed in words: 'không có hộ tái nghèo', 'không còn hộ nghèo'.

The contract tells zero from what is not printed. Only a clause that says nothing but
whom there are none of is a figure; 'không có hộ nghèo nào bị bỏ sót' is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from parsers.numbers.quantities import Quantity
from parsers.prose.meaning import find_groups
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

_NONE = re.compile(
    r"(?<!\w)không\s(?:còn|có|phát\ssinh|để\sphát\ssinh|để\sxảy\sra|để)\shộ(?=\s)",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\s(?:(?:cận\s)?nghèo|tái\s(?:cận\s)?nghèo|phát\ssinh(?:\s(?:cận\s)?nghèo)?)"
    r"(?:\s(?:mới|phát\ssinh|phát\ssinh\smới|tái\snghèo|nào))*",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\s(?:thuộc|là)\s", re.IGNORECASE)
_WHERE = re.compile(
    r"(?:\s(?:trong|năm|giai\sđoạn|vào|đến|cuối|trên\sđịa\sbàn|toàn|của)\s[^,;.()]*)?\s*",
    re.IGNORECASE,
)
_PLACES_BEFORE = re.compile(
    r"(?:\d|%|số|các|những)\s?(?:xã|phường|thị trấn|huyện|thôn|bản|ấp|buôn|khu phố"
    r"|đơn vị|địa phương)\s+$",
    re.IGNORECASE,
)
"""'50% số xã không còn hộ nghèo' counts those places, and no households."""
_NEAR = 30
_CLAUSE = re.compile(r"[^,;.()]*")


def find_zeros(text: str, vocabulary: Vocabulary) -> Iterator[Quantity]:
    """Yield a quantity of 0 households for each clause that says there are none."""
    for none in _NONE.finditer(text):
        who = _WHO.match(text, none.end())
        if who is None or _PLACES_BEFORE.search(text[: none.start()][-_NEAR:]):
            continue
        clause = _CLAUSE.match(text, who.end())
        rest = clause.group(0) if clause else ""
        if _says_no_more(rest, vocabulary):
            start, end = none.span()
            yield Quantity(start, end, text[start:end], Decimal(0), unit="household")


def _says_no_more(rest: str, vocabulary: Vocabulary) -> bool:
    """Whether a clause ends with when, where or by which group it counts."""
    if _WHERE.fullmatch(rest):
        return True
    if _GROUP.match(rest) is None:
        return False
    plain = squeeze(rest)
    groups = find_groups(plain, vocabulary)
    return bool(groups) and _WHERE.fullmatch(plain, groups[-1].end) is not None
