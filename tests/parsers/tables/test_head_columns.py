"""Heads that name nobody, or persons, or the reduction itself.

The heads are those of communes' plans and survey reports of 2019 to 2026; places and
figures are made up.
"""

from __future__ import annotations

import pytest

from parsers.tables.context import TableContext
from parsers.tables.table import parse_table
from tests.parsers.table_makers import make_table

PLAN = {"period_start": 2022, "period_end": 2022, "issued_on": "2022-03-01"}
EXIT = ("target", "poor_households_exiting", 2022, "during")
DOWN = ("target", "poverty_rate_reduction", 2022, "during")
LEFT = ("target", "poor_households", 2022, "end")
LEFT_RATE = ("target", "poverty_rate", 2022, "end")
OPEN = ("observation", "other", 2021, "during")


def read(text, vocabulary, **context):
    return parse_table(make_table(text), TableContext(**(PLAN | context)), vocabulary)


def told(figures, row_no=1):
    return [
        (f.kind.value, f.indicator, f.year, f.as_of.value)
        for f in figures
        if f.row_no == row_no
    ]


REDUCTIONS = [
    # A heading right of 'Hộ cận nghèo', and what 'Số hộ' and 'Tỷ lệ' below it are.
    ("Mục tiêu giảm nghèo năm 2022", [EXIT, DOWN]),
    ("Chỉ tiêu giảm nghèo năm 2022", [EXIT, DOWN]),
    ("Kết quả giảm nghèo năm 2021", [OPEN, OPEN]),
]


@pytest.mark.parametrize(("heading", "expected"), REDUCTIONS)
def test_what_a_heading_of_the_reduction_stands_over(heading, expected, vocabulary):
    _, figures, _ = read(
        f"""TT | Thôn | Tổng số hộ | Hộ cận nghèo | {heading} | <
        ^ | ^ | ^ | ^ | Số hộ | Tỷ lệ (%)
        1 | Sa Pả | 129 | 9 | 3 | 2,33""",
        vocabulary,
    )
    assert told(figures)[2:] == expected


def test_a_head_of_the_reduction_alone_is_no_number_of_all_households(vocabulary):
    _, figures, _ = read(
        """TT | Thôn | Tổng số hộ | Mục tiêu giảm nghèo năm 2022 (hộ)
        1 | Sa Pả | 129 | 3""",
        vocabulary,
    )
    assert told(figures)[1:] == [EXIT]


def test_a_moment_makes_the_reduction_a_state(vocabulary):
    _, figures, _ = read(
        """TT | Thôn | Hộ nghèo | < | Mục tiêu giảm nghèo đến cuối năm 2022 | <
        ^ | ^ | Số hộ | Tỷ lệ | Số hộ | Tỷ lệ
        1 | Sa Pả | 20 | 15,50 | 17 | 13,18""",
        vocabulary,
    )
    assert told(figures)[2:] == [LEFT, LEFT_RATE]


@pytest.mark.parametrize(
    "heading",
    ["Kế hoạch giảm nghèo năm 2022", "Mục tiêu giảm nghèo 2022", "Chỉ tiêu giảm 2022"],
)
def test_who_is_left_after_the_reduction(heading, vocabulary):
    _, figures, _ = read(
        f"""TT | Xã | Hộ cận nghèo | {heading} | < | <
        ^ | ^ | ^ | Số hộ giảm | Số hộ còn lại | Tỷ lệ còn lại
        1 | A | 5 | 10 | 44 | 20,0""",
        vocabulary,
    )
    assert told(figures)[1:] == [EXIT, LEFT, LEFT_RATE]


def test_who_is_poor_beside_the_reduction_stays_what_it_is(vocabulary):
    _, figures, _ = read(
        """TT | Huyện | Kế hoạch giảm nghèo năm 2022 | <
        ^ | ^ | Hộ nghèo còn lại | Tỷ lệ
        1 | A | 17 | 13,18""",
        vocabulary,
    )
    assert told(figures) == [LEFT, LEFT_RATE]


@pytest.mark.parametrize("persons", ["Người", "Khẩu", "Số khẩu", "Nhân khẩu"])
def test_persons_below_a_heading_of_households(persons, vocabulary):
    _, figures, issues = read(
        f"""TT | Xã | Dân số | < | Hộ nghèo | < | Hộ cận nghèo | <
        ^ | ^ | Hộ | {persons} | Hộ | {persons} | Hộ | {persons}
        1 | A | 100 | 450 | 10 | 44 | 5 | 20
        2 | B | 90 | 400 | 9 | 40 | 6 | 25""",
        vocabulary,
    )
    assert [(f.indicator, f.uom) for f in figures if f.row_no == 1] == [
        ("households", "household"),
        ("population", "person"),
        ("poor_households", "household"),
        ("other", "person"),
        ("near_poor_households", "household"),
        ("other", "person"),
    ]
    assert issues == ()


def test_members_of_poor_households_are_no_poor_households(vocabulary):
    _, figures, _ = read(
        """TT | Xã | Hộ nghèo | Lao động thuộc hộ nghèo | Trẻ em thuộc hộ nghèo
        1 | A | 10 | 44 | 12""",
        vocabulary,
    )
    assert [f.indicator for f in figures] == ["poor_households", "other", "other"]


def test_the_reduction_and_who_is_left_under_one_heading(vocabulary):
    _, figures, issues = read(
        """TT | Xã | Hộ nghèo | Kế hoạch năm 2022 | < | <
        ^ | ^ | ^ | Giảm hộ nghèo | < | <
        ^ | ^ | ^ | Số hộ | Còn lại | Tỷ lệ còn lại (%)
        1 | A | 54 | 10 | 44 | 20,0
        2 | B | 40 | 9 | 31 | 18,2""",
        vocabulary,
    )
    assert told(figures)[1:] == [EXIT, LEFT, LEFT_RATE]
    assert issues == ()


PARTS = [
    ("Trong đó hộ nghèo Khmer", ("poor_households", "ethnic_minority")),
    ("Trong đó: hộ nghèo DTTS", ("poor_households", "ethnic_minority")),
    ("Trong đó: hộ nghèo vùng bãi ngang", ("other", "all")),
    ("Trong đó: hộ cận nghèo", ("near_poor_households", "all")),
]


@pytest.mark.parametrize(("head", "expected"), PARTS)
def test_a_part_of_the_poor_is_of_its_group_or_other(head, expected, vocabulary):
    _, figures, _ = read(
        f"TT | Xã | Hộ nghèo | {head}\n1 | A | 54 | 10\n2 | B | 40 | 9", vocabulary
    )
    assert [(f.indicator, f.group_code) for f in figures if f.row_no == 1] == [
        ("poor_households", "all"),
        expected,
    ]
