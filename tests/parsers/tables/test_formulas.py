"""Formulas as rows of column numbers print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.tables.formulas import parse_formula, work_out


@pytest.mark.parametrize(
    ("text", "target", "result"),
    [
        ("10=8/1", 10, "4"),
        ("4=3/1*100", 4, "150"),
        ("(8)=(7)/(3)x100", 8, None),
        ("7 = 4 - 5 + 6", 7, "9"),
        ("(3=2/1)", 3, "1"),
        ("5=3:1%", 5, "1.5"),
        ("6=(3+5)/2", 6, "4"),
        ("4=3/1*1 00", 4, "150"),  # broken by a narrow cell
    ],
)
def test_formulas(text, target, result):
    formula = parse_formula(text)
    columns = {1: "2", 2: "2", 3: "3", 4: "8", 5: "5", 6: "6", 7: "7", 8: "8"}

    assert formula is not None
    assert formula.target == target
    if result is not None:
        values = {n: Decimal(v) for n, v in columns.items()}
        assert work_out(formula, values) == Decimal(result)


@pytest.mark.parametrize(
    "text", ["", "10", "10=", "10=/1", "a=b", "10=8//1", "10=8/1 hộ", "x" * 500]
)
def test_what_is_no_formula(text):
    assert parse_formula(text) is None


def test_dividing_by_zero_gives_nothing():
    formula = parse_formula("3=1/2")

    assert formula is not None
    assert work_out(formula, {1: Decimal(1), 2: Decimal(0)}) is None


@given(st.text(alphabet="0123456789=+-*/() x:%", max_size=40))
def test_anything_is_a_formula_or_none(text):
    formula = parse_formula(text)

    assert formula is None or formula.numbers
