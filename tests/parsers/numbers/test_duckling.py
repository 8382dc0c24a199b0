"""Duckling's Vietnamese corpus as a test from outside (data/duckling_vi.json)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parsers.dates.dates import find_dates
from parsers.numbers.conventions import readings
from parsers.numbers.quantities import find_quantities
from parsers.numbers.words import parse_words
from parsers.vocabulary import Vocabulary

CORPUS = json.loads(
    (Path(__file__).parent / "data" / "duckling_vi.json").read_text(encoding="utf-8")
)
IN_SCOPE = CORPUS["in_scope"]
BOUNDS = {"under": {"<", "<="}, "above": {">", ">="}}


def cases(dimension: str) -> pytest.MarkDecorator:
    rows = IN_SCOPE[dimension]
    return pytest.mark.parametrize("case", rows, ids=[r["text"] for r in rows])


def test_every_case_left_out_says_why() -> None:
    left_out = CORPUS["out_of_scope"]
    kept = {(dim, row["text"]) for dim, rows in IN_SCOPE.items() for row in rows}
    assert all(row["reason"] for row in left_out)
    assert not kept & {(row["dim"], row["text"]) for row in left_out}


@cases("Numeral")
def test_numeral_is_read(case: dict[str, Any], vocabulary: Vocabulary) -> None:
    values = {*readings(case["text"]).values(), parse_words(case["text"], vocabulary)}
    assert Decimal(case["value"]) in values


@cases("Ordinal")
def test_ordinal_is_no_quantity(case: dict[str, Any], vocabulary: Vocabulary) -> None:
    assert find_quantities(f"{case['text']} hộ", vocabulary) == ()


@cases("AmountOfMoney")
def test_money_is_read(case: dict[str, Any], vocabulary: Vocabulary) -> None:
    (quantity,) = find_quantities(case["text"], vocabulary)
    assert quantity.unit == "vnd"
    if case["kind"] == "between":
        assert quantity.value == Decimal(case["low"])
        assert quantity.value_max == Decimal(case["high"])
        return
    assert quantity.value == Decimal(case["value"])
    assert quantity.comparator in BOUNDS.get(case["kind"], {"="})


@cases("Time")
def test_date_is_read_to_its_printed_precision(case: dict[str, Any]) -> None:
    (date,) = find_dates(case["text"])
    day = case["value"][:10]
    if case["grain"] == "Quarter":
        assert date.iso == f"{day[:4]}-Q{int(day[5:7]) // 3 + 1}"
    elif case["grain"] == "Month":
        assert date.iso == day[:7]
    elif day[:4] in date.text or "/17" in date.text or "/91" in date.text:
        assert date.iso == day
    else:
        assert date.iso == day[5:]


@cases("Time_negative")
def test_no_date_is_found(case: dict[str, Any]) -> None:
    assert find_dates(case["text"]) == ()
