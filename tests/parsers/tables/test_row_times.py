"""Tables whose rows are years, as in reviews of a programme's course."""

from __future__ import annotations

import pytest

from parsers.tables.context import TableContext
from parsers.tables.row_times import are_years, year_of
from parsers.tables.table import parse_table
from tests.parsers.table_makers import make_table

PLAN = {"period_start": 2022, "period_end": 2022, "issued_on": "2022-03-01"}


def test_each_row_is_of_its_year_and_of_the_issuing_unit(vocabulary, gazetteer):
    unit = gazetteer.find_unit("Huyện Cam Lộ")
    table, figures, issues = parse_table(
        make_table(
            """Năm | Tổng số hộ | Hộ nghèo | Hộ nghèo đầu năm | Tỷ lệ hộ nghèo (%)
            Năm 2020 | 1.010 | 100 | 120 | 9,90
            Năm 2021 | 1.020 | 80 | 100 | 7,84
            Năm 2022 | 1.030 | 60 | 80 | 5,83"""
        ),
        TableContext(**PLAN, issuing_unit=unit),
        vocabulary,
        gazetteer,
    )
    assert table.columns[0].role == "label"
    told = [
        (f.col_no, f.kind.value, f.year, f.as_of.value)
        for f in figures
        if f.col_no in (3, 4)
    ]
    assert told == [
        (3, "observation", 2020, "end"),
        (4, "observation", 2020, "start"),
        (3, "observation", 2021, "end"),
        (4, "observation", 2021, "start"),
        (3, "target", 2022, "end"),
        (4, "observation", 2022, "start"),
    ]
    assert {f.unit for f in figures} == {unit}
    assert not [i for i in issues if i.check_code == "unit_unresolved"]


def test_a_year_in_the_head_stands(vocabulary):
    _, figures, _ = parse_table(
        make_table("Năm | Hộ nghèo năm 2019\n2020 | 100\n2021 | 80"),
        TableContext(**PLAN),
        vocabulary,
    )
    assert {f.year for f in figures} == {2019}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2019", "2020"], True),
        (["Năm 2019", "năm 2020", "2021"], True),
        (["2019"], False),
        (["2019", "2019"], False),
        (["2019", "Cộng"], False),
        (["Thôn 2019", "2020"], False),
        ([], False),
    ],
)
def test_what_are_years(texts, expected):
    assert are_years(texts) is expected


def test_a_count_is_no_year():
    assert year_of("2.019") is None
    assert year_of("12019") is None
