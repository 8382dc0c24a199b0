"""Tables without rulings, and what must never be taken for one."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Word
from extractors.tables.aligned import find_aligned


def row(y: float, *pieces: tuple[float, str]) -> list[Word]:
    words = []
    for x, text in pieces:
        for part in text.split(" "):
            words.append(Word(part, BBox(x, y, x + 6 * len(part), y + 12)))
            x += 6 * len(part) + 3
    return words


BODY = [
    *row(100, (60, "1"), (90, "Xã Hà Lan"), (300, "949"), (400, "3,69")),
    *row(116, (60, "2"), (90, "Xã Quang Trung"), (294, "1.296"), (400, "2,31")),
    *row(132, (60, "II"), (90, "Khu vực thành thị")),
    *row(148, (60, "3"), (90, "Phường Bắc Sơn"), (294, "2.219"), (400, "1,94")),
]


def test_rows_and_columns() -> None:
    (grid,) = find_aligned(BODY)
    assert (grid.n_rows, grid.n_cols) == (4, 4)


def test_head_of_two_levels_is_part_of_it() -> None:
    head = [
        *row(66, (60, "TT"), (90, "Đơn vị"), (300, "Hộ nghèo năm 2018")),
        *row(82, (294, "Số hộ"), (400, "Tỷ lệ")),
    ]
    (grid,) = find_aligned(head + BODY)
    assert (grid.n_rows, grid.n_cols) == (6, 4)
    assert (0, 2, 1, 2) in {(c.row, c.col, c.row_span, c.col_span) for c in grid.cells}


@pytest.mark.parametrize(
    "words",
    [
        [],
        # a head in two columns
        row(60, (60, "UBND HUYỆN CAM LỘ"), (300, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"))
        + row(76, (60, "Số: 44/KH-UBND"), (300, "Cam Lộ, ngày 18 tháng 3 năm 2020"))
        + row(92, (60, "Phòng LĐ"), (300, "2020")),
        # recipients beside a signature
        row(60, (60, "Nơi nhận:"), (350, "TM. ỦY BAN NHÂN DÂN"))
        + row(76, (60, "- Như trên;"), (350, "CHỦ TỊCH"))
        + row(92, (60, "- Lưu: VT."), (350, "Lê Văn An")),
        # prose with figures
        row(60, (60, "Năm 2018 giảm 102 hộ nghèo, còn 230 hộ nghèo"))
        + row(76, (60, "chiếm tỷ lệ 1,45 % trong số 15.883 hộ"))
        + row(92, (60, "của 8 xã, phường trên địa bàn")),
        # a short list with one figure each
        row(60, (60, "Hộ nghèo"), (300, "99")) + row(76, (60, "Hộ khác"), (300, "12")),
        # a table of contents
        row(60, (60, "I. Mục tiêu"), (200, "........"), (300, "3"))
        + row(76, (60, "II. Giải pháp"), (200, "........"), (300, "5"))
        + row(92, (60, "III. Tổ chức"), (200, "........"), (300, "9")),
    ],
)
def test_no_tables(words: list[Word]) -> None:
    assert find_aligned(words) == ()


def test_head_wider_than_its_column_is_kept_whole() -> None:
    head = row(82, (294, "Số hộ"), (396, "Tỷ lệ cận nghèo (%)"))
    (grid,) = find_aligned(head + BODY)
    assert grid.box.x1 >= max(w.box.x1 for w in head)


def test_remarks_at_the_right_and_names_on_two_lines() -> None:
    words = [
        *row(100, (60, "1"), (90, "KP Một"), (300, "949"), (350, "35"), (420, "MTTQ")),
        *row(116, (60, "2"), (90, "KP Hai"), (300, "296"), (350, "12"), (420, "MTTQ")),
        *row(134, (90, "Khu phố Thạnh")),
        *row(141, (60, "3"), (300, "219"), (350, "14"), (420, "Đoàn xã")),
        *row(148, (90, "Lợi")),
        *row(166, (90, "Tổng cộng"), (300, "1.464"), (350, "61")),
    ]  # fmt: skip
    (grid,) = find_aligned(words)
    assert (grid.n_rows, grid.n_cols) == (4, 5)


def test_a_sentence_above_is_no_head() -> None:
    above = row(82, (120, "Chỉ tiêu của các xã như sau:"))
    (grid,) = find_aligned(above + BODY)
    assert grid.n_rows == 4


def test_a_table_does_not_reach_into_the_one_above() -> None:
    below = [
        *row(166, (90, "Đơn vị"), (294, "Số hộ"), (400, "Tỷ lệ")),
        *row(182, (60, "a"), (90, "Xã Một"), (300, "949"), (400, "3,69")),
        *row(198, (60, "b"), (90, "Xã Hai"), (294, "1.296"), (400, "2,31")),
        *row(214, (60, "c"), (90, "Xã Ba"), (294, "1.300"), (400, "2,50")),
    ]
    first, second = find_aligned(BODY + below)
    assert first.box.y1 <= second.box.y0 + 6


def test_group_rows_with_figures_do_not_end_a_table() -> None:
    words = [
        *row(100, (60, "I"), (90, "Khu vực thành thị"), (300, "949"), (400, "3,69")),
        *row(116, (60, "1"), (90, "Phường Một"), (300, "949"), (400, "3,69")),
        *row(132, (60, "II"), (90, "Khu vực nông thôn"), (300, "296"), (400, "2,31")),
        *row(148, (60, "2"), (90, "Xã Hai"), (300, "296"), (400, "2,31")),
    ]
    (grid,) = find_aligned(words)
    assert (grid.n_rows, grid.n_cols) == (4, 4)


def test_lines_of_a_head_at_staggered_heights_are_one_row() -> None:
    head = [
        *row(60, (294, "Tổng")),
        *row(67, (400, "Tỷ lệ")),
        *row(74, (60, "TT"), (90, "Đơn vị"), (294, "số hộ")),
        *row(81, (400, "nghèo")),
        *row(88, (294, "(hộ)")),
    ]
    (grid,) = find_aligned(head + BODY)
    assert (grid.n_rows, grid.n_cols) == (5, 4)


@pytest.mark.parametrize("x", [60, 200, 294])
def test_a_title_above_the_head_is_no_part_of_it(x: float) -> None:
    title = row(50, (x, "Biểu 1: Hộ nghèo"))
    head = row(74, (60, "TT"), (90, "Đơn vị"), (294, "Số hộ"), (400, "Tỷ lệ"))
    (grid,) = find_aligned(title + head + BODY)
    assert grid.n_rows == 5
    assert grid.box.y0 > 62


def test_a_head_with_more_space_under_it_is_kept() -> None:
    head = row(70, (60, "TT"), (90, "Đơn vị"), (294, "Số hộ"), (400, "Tỷ lệ"))
    (grid,) = find_aligned(head + BODY)
    assert grid.n_rows == 5


def test_bold_totals_that_leave_hardly_a_space_are_parted() -> None:
    total = row(
        84, (90, "Toàn huyện"), (270, "129 870"), (319, "21 851"), (400, "3,69")
    )
    body = [
        *row(
            100, (60, "1"), (90, "Xã Hà Lan"), (282, "949"), (330, "35"), (400, "3,6")
        ),
        *row(116, (60, "2"), (90, "Xã Ba"), (276, "1 296"), (330, "30"), (400, "2,3")),
        *row(132, (60, "3"), (90, "Xã Tư"), (276, "2 219"), (330, "43"), (400, "1,9")),
    ]
    (grid,) = find_aligned(total + body)
    assert (grid.n_rows, grid.n_cols) == (4, 5)


def test_an_ordinals_head_close_to_the_names_head_is_a_column_of_its_own() -> None:
    head = [
        *row(62, (294, "Hộ nghèo"), (395, "Tỷ lệ")),
        *row(70, (55, "STT"), (80, "Huyện, thành phố")),
        *row(78, (294, "đầu năm"), (395, "(%)")),
    ]
    (grid,) = find_aligned(head + BODY)
    assert grid.box.y0 < 66


@pytest.mark.parametrize("low", [4, 6])
def test_a_remark_of_which_one_line_stands_level_with_its_row(low: float) -> None:
    body = [
        *row(100, (60, "1"), (90, "Ấp An Lộc"), (300, "949"), (360, "3,69")),
        *row(109, (420, "Đoàn Thanh")),
        *row(118, (60, "2"), (90, "Ấp An Hòa"), (300, "296"), (360, "2,31")),
        *row(118 + low, (420, "niên")),
        *row(140, (60, "3"), (90, "Ấp An Phú"), (300, "219"), (360, "1,94")),
    ]
    (grid,) = find_aligned(body)
    assert (grid.n_rows, grid.n_cols) == (3, 5)
