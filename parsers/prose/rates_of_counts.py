"""Rates that the count before them tells: 'còn 345 hộ (2,3%)', 'giảm 74 hộ (1,02%)'."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.prose.meaning import OTHER
from parsers.prose.reading import Settled
from parsers.prose.sentence_figures import GROUP_WHOLE
from parsers.prose.speaking import Phrase

_ALL = "all"
_RATE_OF_STOCK = {
    "poor_households": "poverty_rate",
    "near_poor_households": "near_poor_rate",
}
POINTS_OF = {
    "poor_households_exiting": "poverty_rate_reduction",
    "near_poor_households_exiting": "near_poor_rate_reduction",
}
_LEVEL_RATE = re.compile(
    r"\s*\(\s?(?:(?:chiếm|tỷ lệ|tỉ lệ|tương ứng|tương đương|bằng)\s)*"
    r"|,?\s(?:(?:chiếm|đạt|với|là|tỷ lệ|tỉ lệ|bằng)\s)+",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"\s*(?:(?:hộ\s)?(?:cận\s)?nghèo\s?)?\(\s?"
    r"(?:(?:tương đương|tương ứng|tỷ lệ|tỉ lệ|giảm|với)\s)*",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"[,(]\s?(?:tương đương|tương ứng|tức)(?:\s(?:với|giảm))*\s+$", re.IGNORECASE
)
_SHARE_OF_IT = re.compile(
    r"^[^;().]*?(?<!\w)(?:chiếm|đạt|bằng)"
    r"(?:\s(?:tỷ lệ|tỉ lệ|khoảng|trên|gần|hơn))*\s+$",
    re.IGNORECASE,
)


def is_rate_of_level(phrase: Phrase, last: tuple[Phrase, Settled]) -> bool:
    """Whether a rate is that of a level: 'từ 904 hộ (6,23%) xuống 750 hộ, đạt 5,1%'.

    The verb of the change speaks of the counts, and the rate is where they stand.
    """
    if phrase.quantity.unit != "percent" or phrase.quantity.change is not None:
        return False
    if not last[1].is_stock or last[1].indicator not in _RATE_OF_STOCK:
        return False
    if last[1].group_code != _ALL or last[0].quantity.unit != "household":
        return False
    return _LEVEL_RATE.fullmatch(phrase.nearby) is not None


def is_rate_of_exits(phrase: Phrase, last: tuple[Phrase, Settled]) -> bool:
    """Whether a rate in brackets is that of those who left: 'giảm 747 hộ (1,02%)'."""
    if phrase.quantity.unit != "percent" or last[0].quantity.unit != "household":
        return False
    falls = last[0].quantity.change == "down" or "down" in last[0].meaning.concepts
    if last[1].indicator not in POINTS_OF:
        return False
    if _TOLD.search(phrase.nearby):
        return True
    return falls and _IN_BRACKETS.fullmatch(phrase.nearby) is not None


def as_level(known: Settled, last: Settled) -> Settled:
    """Return a rate as that of the stock before it."""
    return replace(
        known,
        kind=last.kind,
        indicator=_RATE_OF_STOCK[last.indicator],
        group_code=last.group_code,
        is_stock=True,
        is_base=last.is_base,
        rule=f"{known.rule}; in brackets after a count",
    )


def is_share_of_other(phrase: Phrase, count: Phrase, last: Settled) -> bool:
    """Whether a rate is that of something else: '38/42 nhà cho hộ nghèo, đạt 90,5%'."""
    if last.indicator != OTHER or count.quantity.unit in ("percent", "person"):
        return False
    return _SHARE_OF_IT.search(phrase.nearby) is not None


def is_of_group(phrase: Phrase, last: Phrase) -> bool:
    """Whether a group's rate is said to be of all households of that group.

    'Hộ nghèo DTTS 2.793 hộ, chiếm 3,58% tổng số hộ DTTS' is; so is a rate that a change
    comes to, for no count is there that it could be a share of.
    """
    is_level = last.quantity.unit == "percent"
    return is_level or GROUP_WHOLE.match(phrase.after) is not None
