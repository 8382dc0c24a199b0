"""Figures that divide one before them: 'trong đó', and money with whom it went to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.numbers.quantity_context import PLACES
from parsers.prose.meaning import OTHER
from parsers.prose.reading import Settled
from parsers.prose.speaking import Phrase
from parsers.records import Comparator

COUNTS = frozenset({"poor_households", "near_poor_households", "households"})
_ALL = "all"
_EXITS_OF_STOCK = {
    "poor_households": "poor_households_exiting",
    "near_poor_households": "near_poor_households_exiting",
}
_FLOWS = frozenset(
    {
        "poor_households_new",
        "poor_households_relapsed",
        "poor_households_exiting",
        "near_poor_households_exiting",
    }
)
_NEAR_POOR = {
    "poor_households_exiting": "near_poor_households_exiting",
    "poverty_rate_reduction": "near_poor_rate_reduction",
}
_BARE_CHANGE = re.compile(
    r"\s*[,(]\s?(?:(?:tức|tương đương|tương ứng|đã)\s)*giảm\s"
    r"(?:(?:được|khoảng|trên|hơn|gần|số)\s)*",
    re.IGNORECASE,
)
_BOUND_ONLY = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,3}|\s*(?:tỷ|tỉ)\slệ\s(?:hộ\s)?(?:cận\s)?nghèo"
    r"\s(?:[^\W\d_]+\s+){0,4}",
    re.IGNORECASE,
)
_LEVEL_NEXT = re.compile(r"(?<!\w)(?:còn|giảm|xuống|đạt)(?!\w)", re.IGNORECASE)
_MONEY_FOR = re.compile(r"\s?(?:/|với|cho|\()\s?(?:[^\W\d_]+\s){0,3}")
_MONEY = "funding"


def find_part(
    phrase: Phrase,
    known: Settled,
    before: Sequence[tuple[Phrase, Settled]],
    *,
    is_part: bool,
) -> Settled | None:
    """Return what a figure is that divides one before it, None if it divides none.

    After 'trong đó' that may be those who leave, the money, or another flow.
    """
    if _counts_for_money(phrase, known, before):
        return replace(known, indicator=OTHER, rule=f"{known.rule}; who got money")
    if _bounds_places(phrase, known, before):
        return replace(known, indicator=OTHER, rule=f"{known.rule}; which places")
    if _is_of_near_poor(phrase, known, before):
        rule = f"{known.rule}; of the near poor before it"
        return replace(known, indicator=_NEAR_POOR[known.indicator], rule=rule)
    if not is_part:
        return None
    if whole := _exits_it_is_part_of(phrase, known, before):
        rule = f"{known.rule}; a part of those who leave"
        return replace(known, indicator=whole, is_stock=False, rule=rule)
    if _is_part_of_money(phrase, known, before):
        rule = f"{known.rule}; a part of the money before it"
        return replace(known, indicator=_MONEY, is_stock=False, rule=rule)
    if _is_part_of_flow(phrase, known, before):
        rule = f"{known.rule}; a part by no known group"
        return replace(known, indicator=OTHER, rule=rule)
    return None


def _exits_it_is_part_of(
    phrase: Phrase, known: Settled, before: Sequence[tuple[Phrase, Settled]]
) -> str | None:
    """Return the exits that a group of the poor after 'trong đó' is a part of.

    'Số hộ nghèo giảm: 320 hộ (trong đó: hộ nghèo DTTS 290 hộ)'.
    """
    if phrase.nearby.count(")") > phrase.nearby.count("("):
        return None  # those who left stood in brackets: '7.540 hộ (giảm 4.195 hộ)'
    value = phrase.quantity.value
    wholes = [(p, k) for p, k in before if k.group_code == _ALL]
    if known.group_code == _ALL or value is None or not wholes:
        return None
    whole, said = wholes[-1][0].quantity.value, wholes[-1][1].indicator
    # 'trong đó hộ DTTS 290 hộ' names no poor, and is of those before all the same.
    fits = {_EXITS_OF_STOCK.get(known.indicator, "")}
    if known.indicator == "households":
        fits = set(_EXITS_OF_STOCK.values())
    return said if said in fits and whole is not None and value <= whole else None


def _is_part_of_money(
    phrase: Phrase, known: Settled, before: Sequence[tuple[Phrase, Settled]]
) -> bool:
    """Whether an amount divides the funding: 'trong đó MTTQ 1,2 tỷ đồng'."""
    if phrase.quantity.unit != "vnd" or phrase.quantity.each is not None:
        return False
    wholes = [p.quantity for p, k in before if k.indicator == _MONEY]
    if known.indicator != OTHER or not wholes:
        return False
    value, whole = phrase.quantity.value, wholes[0].value
    return value is not None and whole is not None and value <= whole


def _is_part_of_flow(
    phrase: Phrase, known: Settled, before: Sequence[tuple[Phrase, Settled]]
) -> bool:
    """Whether a figure only divides the new, the relapsed or the leaving ones again."""
    if known.indicator not in _FLOWS or known.group_code != _ALL or not phrase.borrows:
        return False
    wholes = [p.quantity.value for p, k in before if k.indicator == known.indicator]
    value = phrase.quantity.value
    return bool(wholes) and value is not None and value < (wholes[-1] or 0)


def _is_of_near_poor(
    phrase: Phrase, known: Settled, before: Sequence[tuple[Phrase, Settled]]
) -> bool:
    """Whether a bare change goes on: 'hộ cận nghèo từ 640 xuống 512, giảm 128 hộ'."""
    if not before or known.indicator not in _NEAR_POOR or phrase.quantity.base:
        return False
    said = _BARE_CHANGE.fullmatch(phrase.nearby) is not None
    last = before[-1][1].indicator.startswith("near_poor")
    return said and last and not {"poor", "near_poor"} & set(phrase.meaning.concepts)


def _bounds_places(
    phrase: Phrase, known: Settled, before: Sequence[tuple[Phrase, Settled]]
) -> bool:
    """Whether a bound says which places are counted: '8 xã từ 5%', '11 xã trên 10%'."""
    if not before or before[-1][0].quantity.unit not in PLACES:
        return False
    is_bound = phrase.quantity.comparator is not Comparator.EQ
    is_rate = phrase.is_percent and known.indicator != OTHER
    if _LEVEL_NEXT.search(phrase.nearby):
        return False  # 'tỷ lệ hộ nghèo bình quân 2 huyện còn dưới 35%'
    return is_bound and is_rate and _BOUND_ONLY.fullmatch(phrase.nearby) is not None


def _counts_for_money(
    phrase: Phrase, known: Settled, before: Sequence[tuple[Phrase, Settled]]
) -> bool:
    """Whether a count is of those an amount went to: '45,2 tỷ đồng/1.020 hộ'."""
    if not before or phrase.quantity.unit != "household":
        return False
    unit = before[-1][0].quantity.unit or ""
    if known.indicator not in COUNTS or not unit.startswith("vnd"):
        return False
    return phrase.borrows and _MONEY_FOR.fullmatch(phrase.nearby) is not None
