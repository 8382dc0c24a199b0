"""Levels of a head, as narrow columns break them."""

from __future__ import annotations

import pytest

from parsers.tables.grid import lay_out
from parsers.tables.head_paths import head_paths
from tests.parsers.table_makers import make_table


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Tổng số hộ 31/12/201 9", "Tổng số hộ 31/12/2019"),
        ("Hộ nghèo (31/12/20 22)", "Hộ nghèo (31/12/2022)"),
        ("Hộ nghèo 01.01.2 021", "Hộ nghèo 01.01.2021"),
        ("Hộ nghèo 31/12/2021 120 hộ", "Hộ nghèo 31/12/2021 120 hộ"),
        ("Mục 3/4/12 34", "Mục 3/4/12 34"),
    ],
)
def test_a_broken_year_is_joined_and_nothing_else(printed, meant):
    layout = lay_out(make_table(f"TT | Thôn | {printed}\n1 | A | 120\n2 | B | 90"))
    assert head_paths(layout)[2] == (meant,)


def test_a_spanning_head_is_one_level():
    text = "TT | Hộ nghèo | <\n^ | Số hộ | Tỷ lệ\n1 | 12 | 3,4"
    assert head_paths(lay_out(make_table(text))) == [
        ("TT",),
        ("Hộ nghèo", "Số hộ"),
        ("Hộ nghèo", "Tỷ lệ"),
    ]
