"""Columns that tell who a person is, in lists of households as annexes print them.

Names and numbers are made up.
"""

from __future__ import annotations

import pytest

from parsers.tables.context import TableContext
from parsers.tables.table import parse_table
from tests.parsers.table_makers import make_table

PLAN = TableContext(period_start=2022, period_end=2022, issued_on="2022-03-01")

LISTS = {
    "name, identity number and address": (
        """TT | Họ và tên chủ hộ | Số CCCD | Địa chỉ | Số khẩu
        1 | Nguyễn Văn An | 038164000123 | Thôn 1 | 4
        2 | Lò Thị Bé | 038175000456 | Thôn 2 | 2""",
        {2, 3, 4},
    ),
    "birth under two headings": (
        """TT | Họ tên | Năm sinh | < | Thôn | Thu nhập (đồng)
        ^ | ^ | Nam | Nữ | ^ | ^
        1 | Trần Văn Bình | 1964 | | Thôn 1 | 900.000
        2 | Lê Thị Cúc | | 1971 | Thôn 1 | 850.000""",
        {2, 3, 4},
    ),
    "identity numbers under a head that is no word for them": (
        """TT | Hộ | Giấy tờ | Số khẩu
        1 | Phạm Văn Dũng | 038 164 000 123 | 4
        2 | Hoàng Thị Êm | 038175000456 | 2""",
        {2, 3},
    ),
    "nine digits of the former identity card": (
        """TT | Tên chủ hộ | CMND | Số khẩu
        1 | Vi Văn Giang | 171234567 | 4
        2 | Hà Thị Hoa | 172345678 | 2""",
        {2, 3},
    ),
}


def columns_of(text, vocabulary):
    table, figures, _ = parse_table(make_table(text), PLAN, vocabulary)
    return table, figures


@pytest.mark.parametrize(("text", "persons"), LISTS.values(), ids=LISTS)
def test_columns_of_persons_are_flagged(text, persons, vocabulary):
    table, figures = columns_of(text, vocabulary)
    assert {c.col_no for c in table.columns if c.role == "person"} == persons
    assert figures, "what is counted of each household is still there"
    assert not {f.col_no for f in figures} & persons


@pytest.mark.parametrize(("text", "_persons"), LISTS.values(), ids=LISTS)
def test_no_row_is_named_after_a_person(text, _persons, vocabulary):
    table, figures = columns_of(text, vocabulary)
    names = {"Văn", "Thị"}
    assert not any(names & set(row.label.split()) for row in table.rows)
    assert not any(names & set((f.unit_raw or "").split()) for f in figures)


def test_a_total_keeps_its_label(vocabulary):
    table, _ = columns_of(
        """TT | Họ và tên chủ hộ | Số khẩu
        1 | Nguyễn Văn An | 4
        2 | Lò Thị Bé | 2
        | Tổng cộng | 6""",
        vocabulary,
    )
    assert [row.label for row in table.rows] == ["", "", "Tổng cộng"]
    assert table.rows[-1].kind.value == "total"


def test_every_cell_is_kept_as_printed(vocabulary):
    table, _ = columns_of(LISTS["name, identity number and address"][0], vocabulary)
    assert "038164000123" in {cell.text for cell in table.cells}


PLAIN = {
    "wards named after persons": """TT | Phường | Số hộ | Hộ nghèo
        1 | Lê Lợi | 949 | 35
        2 | Trần Phú | 1.204 | 41""",
    "households led by women": """TT | Xã | Số hộ nghèo | Chủ hộ là nữ | Hộ dân tộc
        1 | Xã A | 35 | 12 | 7
        2 | Xã B | 41 | 15 | 9""",
    "persons who were given identity cards": """TT | Xã | Số người được cấp CCCD
        1 | Xã A | 1.235
        2 | Xã B | 2.041""",
    "money without separators": """TT | Nội dung | Kinh phí (đồng)
        1 | Vay vốn | 120000000
        2 | Nhà ở | 250000000""",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_what_counts_people_is_of_no_person(text, vocabulary):
    table, figures = columns_of(text, vocabulary)
    assert [c.role for c in table.columns if c.role == "person"] == []
    assert len(figures) == 2 * sum(c.role == "figure" for c in table.columns)
