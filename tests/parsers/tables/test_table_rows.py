"""Which rows are totals and groups, and what adds up into what."""

from __future__ import annotations

import pytest

from parsers.tables.grid import lay_out
from parsers.tables.rows import read_rows
from tests.parsers.table_makers import make_table

HEAD = "TT | Đơn vị | Số hộ\n"

CASES = {
    "total last": ("1 | Xã A | 1\n2 | Xã B | 2\n | Cộng | 3", "u3 u3 t-"),
    "total first": (" | Toàn Thị xã | 3\n1 | Xã A | 1\n2 | Xã B | 2", "t- u1 u1"),
    "specks before a total": (
        "1 | Xã A | 1\n2 | Xã B | 2\n | 'Tổng cộng: | 3",
        "u3 u3 t-",
    ),
    "total in the ordinal column": ("1 | Xã A | 1\nTỔNG SỐ | | 1", "u2 t-"),
    "roman groups, numbering restarts": (
        "I | Khu vực thành thị | 3\n1 | P. A | 1\n2 | P. B | 2\n"
        "II | Khu vực nông thôn | 4\n1 | X. C | 4\n | Tổng cộng: I+II | 7",
        "s6 u1 u1 s6 u4 t-",
    ),
    "groups without ordinals": (
        " | Toàn huyện | 7\n | Khu vực Nông thôn | 3\n1 | Xã A | 1\n2 | Xã B | 2\n"
        " | Khu vực Thành thị | 4\n1 | TT. C | 4",
        "t- s1 u2 u2 s1 u5",
    ),
    "numbering runs on": (
        "A | Miền núi | 3\n1 | Xã A | 1\n2 | Xã B | 2\nB | Đồng bằng | 3\n3 | Xã C | 3",
        "s- u1 u1 s- u4",
    ),
    "nested": (
        "A | Vùng cao | 3\nI | Huyện X | 3\n1 | Xã A | 1\n2 | Xã B | 2\n"
        "II | Huyện Y | 4\n1 | Xã C | 4\n | Cộng | 7",
        "s7 s1 u2 u2 s1 u5 t-",
    ),
    "districts above communes": (
        " | Huyện X | 3\n1 | Xã A | 1\n2 | Xã B | 2\n | Huyện Y | 4\n1 | Xã C | 4",
        "s- u1 u1 s- u4",
    ),
    "groups below their units": (
        "1 | Xã A | 1\n2 | Xã B | 2\n | Cộng khu vực I | 3\n"
        "1 | Xã C | 4\n | Cộng khu vực II | 4\n | Tổng cộng | 7",
        "u3 u3 s6 u5 s6 t-",
    ),
    "several totals and a grand one": (
        "1 | Xã A | 1\n | Cộng | 1\n1 | Xã B | 2\n | Cộng | 2\n | Tổng cộng | 3",
        "u2 s5 u4 s5 t-",
    ),
    "a total whose first word was misread": (
        "I | Khu vực phường | 1\n1 | Phường A | 1\nII | Khu vực xã | 5\n"
        "1 | Xã B | 2\n2 | Xã C | 3\n | TỐNG TOÀN THỊ XÃ | 6",
        "s6 u1 s6 u3 u3 t-",
    ),
    "dotted numbering": (
        "1 | Huyện X | 3\n1.1 | Xã A | 1\n1.2 | Xã B | 2",
        "s- u1 u1",
    ),
    "a bullet that heads the units below it": (
        "V | Dự án 5 | 3\n* | Tiểu dự án 1 | 3\n1 | Xã A | 1\n2 | Xã B | 2",
        "s- s1 u2 u2",
    ),
    "only units": ("1 | Xã A | 1\n2 | Xã B | 2", "u- u-"),
    "roman units": ("I | Xã A | 1\nII | Xã B | 2\n | Tổng | 3", "u3 u3 t-"),
    "ordinals within the labels": (
        " | I. Miền núi | 1\n | 1. Xã A | 1\n | II. Miền xuôi | 2\n | 1. Xã B | 2",
        "s- u1 s- u3",
    ),
    "the unit itself as total": (
        "1 | Xã A | 1\n2 | Xã B | 2\n | Huyện M | 3",
        "u3 u3 t-",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rows(name, vocabulary):
    body, expected = CASES[name]

    rows = read_rows(lay_out(make_table(HEAD + body)), [1], 0, vocabulary, "Huyện M")

    marks = {"unit": "u", "subtotal": "s", "total": "t"}
    told = [f"{marks[row.kind.value]}{row.parent_row_no or '-'}" for row in rows]
    assert " ".join(told) == expected


def test_labels_and_ordinals_stay_as_printed(vocabulary):
    layout = lay_out(make_table(HEAD + "1 | X. Hà Lan | 949\nCộng: | | 949"))

    rows = read_rows(layout, [1], 0, vocabulary)

    assert [(r.ordinal, r.label) for r in rows] == [("1", "X. Hà Lan"), ("", "Cộng:")]
