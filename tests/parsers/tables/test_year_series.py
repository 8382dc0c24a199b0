"""Columns of one thing year by year, and what adds the years up."""

from __future__ import annotations

from parsers.tables.context import TableContext
from parsers.tables.table import parse_table
from tests.parsers.table_makers import make_table

PLAN = {"period_start": 2022, "period_end": 2025, "issued_on": "2022-06-29"}


def read(text, vocabulary, **context):
    table = make_table(text)
    _, figures, _ = parse_table(table, TableContext(**PLAN | context), vocabulary)
    return [(f.kind.value, f.indicator, f.year, f.year_to) for f in figures]


def test_the_year_of_issue_opens_the_years_to_come(vocabulary):
    exiting = "poor_households_exiting"
    assert read(
        """TT | Xã | Số hộ nghèo giảm | < | <
        ^ | ^ | Tổng số giai đoạn 2022 - 2025 | Năm 2022 | Năm 2023
        1 | A | 50 | 30 | 20""",
        vocabulary,
    ) == [
        ("target", exiting, 2022, 2025),
        ("target", exiting, 2022, None),
        ("target", exiting, 2023, None),
    ]


def test_a_year_that_was_worked_out_is_none_of_the_years_to_come(vocabulary):
    kinds = read(
        """TT | Xã | Số hộ nghèo giảm | <
        ^ | ^ | Thực hiện năm 2022 | Năm 2023
        1 | A | 30 | 20""",
        vocabulary,
    )
    assert [kind for kind, *_ in kinds] == ["observation", "target"]


def test_what_was_observed_over_years_is_no_figure_of_the_first(vocabulary):
    assert read(
        """TT | Xã | Số hộ thoát nghèo | <
        ^ | ^ | Giai đoạn 2016 - 2020 | Năm 2021
        1 | A | 50 | 12""",
        vocabulary,
    ) == [
        ("observation", "other", 2016, None),
        ("observation", "poor_households_exiting", 2021, None),
    ]


def test_a_sum_of_money_is_of_the_years_beside_it(vocabulary):
    assert read(
        """TT | Nội dung | Tổng cộng | Trong đó | <
        ^ | ^ | ^ | Năm 2022 | Năm 2023
        1 | Nhà ở | 50 | 30 | 20""",
        vocabulary,
        unit_line="Đơn vị tính: triệu đồng",
    ) == [
        ("target", "funding", 2022, 2023),
        ("target", "funding", 2022, None),
        ("target", "funding", 2023, None),
    ]


def test_money_without_a_time_is_of_the_whole_planned_period(vocabulary):
    assert read(
        """TT | Nội dung | Kinh phí
        1 | Nhà ở | 50""",
        vocabulary,
        unit_line="Đơn vị tính: triệu đồng",
    ) == [("target", "funding", 2022, 2025)]


def test_of_a_list_of_indicators_only_changes_add_up_over_the_years(vocabulary):
    told = read(
        """TT | Chỉ tiêu | ĐVT | Tổng cộng | Năm 2023 | Năm 2024
        1 | Số hộ nghèo giảm | hộ | 50 | 30 | 20
        2 | Tỷ lệ hộ nghèo | % | 6,0 | 3,5 | 2,5""",
        vocabulary,
    )
    assert (told[0], told[3][1]) == (
        ("target", "poor_households_exiting", 2023, 2024),
        "other",
    )
