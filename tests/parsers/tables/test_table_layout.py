"""Head, column numbers and body of tables as papers print them."""

from __future__ import annotations

import pytest

from parsers.tables.grid import is_numbering, lay_out
from tests.parsers.table_makers import make_table

CASES = {
    "one level": (
        """TT | Đơn vị | Số hộ
        1 | Xã A | 949""",
        (0,),
        None,
        (1,),
    ),
    "column numbers with formulas": (
        """TT | Đơn vị | Số hộ | Hộ nghèo | Tỷ lệ
        A | B | 1 | 2 | 3=2/1
        1 | Xã A | 949 | 35 | 3,69""",
        (0,),
        1,
        (2,),
    ),
    "column numbers broken and blank": (
        """TT | Đơn vị | Số hộ | Hộ nghèo | Tỷ lệ | Ghi chú
        A | B | (1) | (2) | 3=2/1*1 00% |
        1 | Xã A | 949 | 35 | 3,69 |""",
        (0,),
        1,
        (2,),
    ),
    "a title inside the grid": (
        """KẾ HOẠCH GIẢM NGHÈO | < | <
        TT | Đơn vị | Số hộ
        1 | Xã A | 949""",
        (1,),
        None,
        (2,),
    ),
    "three levels": (
        """TT | Đơn vị | Hộ nghèo | < | <
        ^ | ^ | Đầu năm | < | Cuối năm
        ^ | ^ | Số hộ | Tỷ lệ | ^
        I | Miền núi | | |
        1 | Xã A | 949 | 35 | 28""",
        (0, 1, 2),
        None,
        (3, 4),
    ),
    "levels without spans": (
        """TT | Đơn vị | Năm 2020 | | Năm 2021 |
         | | Số hộ | Tỷ lệ | Số hộ | Tỷ lệ
        1 | Xã A | 35 | 3,69 | 28 | 2,95""",
        (0, 1),
        None,
        (2,),
    ),
    "years as heads": (
        """TT | Đơn vị | Hộ nghèo | < | <
        ^ | ^ | 2019 | 2020 | 2021
        1 | Xã A | 35 | 30 | 28""",
        (0, 1),
        None,
        (2,),
    ),
    "total first": (
        """STT | Đơn vị | Số hộ nghèo
        Toàn Thị xã | | 332
        1 | Xã A | 35""",
        (0,),
        None,
        (1, 2),
    ),
    "the head again further down": (
        """TT | Đơn vị | Số hộ
        1 | Xã A | 949
        TT | Đơn vị | Số hộ
        2 | Xã B | 950""",
        (0,),
        None,
        (1, 3),
    ),
    "column numbers again further down": (
        """TT | Đơn vị | Số hộ
        1 | 2 | 3
        1 | Xã A | 949
        1 | 2 | 3
        2 | Xã B | 950""",
        (0,),
        1,
        (2, 4),
    ),
    "no head": (
        """1 | Xã A | 949
        2 | Xã B | 950""",
        (),
        None,
        (0, 1),
    ),
    "empty rows": (
        """TT | Đơn vị | Số hộ
         | |
        1 | Xã A | 949""",
        (0,),
        None,
        (2,),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_layouts(name):
    text, head, numbering, body = CASES[name]

    layout = lay_out(make_table(text))

    assert (layout.head, layout.numbering, layout.body) == (head, numbering, body)


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        (["A", "B", "1", "2", "10=8/1"], True),
        (["(1)", "(2)", "(3)", "(4)"], True),
        (["1", "2", "6", "7", "8"], True),
        (["a", "b", "1", "2"], True),
        # badly read in a scan
        (["A", "B", "1", "2", "3=2/1*1 00", "4", "52", "8"], True),
        (["A", "B", "1", "2", "3", "4", "5=4-3", "10-4"], True),
        (["A", "Xã B", "1", "2", "3", "4", "5"], False),
        (["A", "B", "120", "12", "3", "44", "5"], False),
        (["1", "Xã A", "3", "4"], False),
        (["1", "", "", "", "7"], False),
        (["35", "30", "28"], False),
        (["", "", ""], False),
    ],
)
def test_numbering(row, is_one):
    assert is_numbering(row) is is_one
