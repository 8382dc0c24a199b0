"""Whole pages of PDFs made for the purpose: words, tables, boxes as shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pdfs import Canvas, PdfMaker

from extractors import read
from extractors.model import (
    BBox,
    Line,
    Method,
    Page,
    PageReading,
    RawTable,
    Word,
)
from extractors.read import ReadOptions, read_page

PROSE = [
    "Thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững,",
    "Ủy ban nhân dân huyện xây dựng kế hoạch giảm nghèo năm 2021",
    "với tổng số 405 hộ nghèo, chiếm tỷ lệ 2,71% số hộ toàn huyện.",
]
HEAD = [
    ["TT", "Đơn vị", "Hộ nghèo", "", "", "Chỉ tiêu"],
    ["", "", "Đầu năm", "", "Tỷ lệ", ""],
    ["", "", "Số hộ", "DTTS", "", ""],
]
HEAD_SPANS = {
    (0, 0): (3, 1),
    (0, 1): (3, 1),
    (0, 2): (1, 3),
    (0, 5): (3, 1),
    (1, 2): (1, 2),
    (1, 4): (2, 1),
}
BODY = [
    ["1", "Xã Cam Tuyền", "1.458", "99", "6,79", "17"],
    ["2", "Xã Thanh An", "2.706", "", "3,66", "6"],
    ["", "Tổng cộng", "4.164", "99", "4,76", "23"],
]
XS = [60, 90, 210, 290, 370, 450, 530]


def write_prose(page: Canvas, y: float = 100) -> None:
    for number, line in enumerate(PROSE):
        page.text(60, y + 18 * number, line)


def write_table(page: Canvas, y: float = 200, rows: list[list[str]] = BODY) -> None:
    texts = HEAD + rows
    ys = [y + 20 * i for i in range(len(texts) + 1)]
    page.table(XS, ys, texts, HEAD_SPANS)


def read_one(maker: PdfMaker, folder: Path, page_no: int = 1) -> PageReading:
    return read_page(maker.save(folder / "paper.pdf"), page_no, ReadOptions())


def grid_of(table: RawTable) -> list[list[str]]:
    grid = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        grid[cell.row][cell.col] = cell.text
    return grid


def texts_of(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_a_table_with_a_head_of_three_levels(tmp_path: Path) -> None:
    maker = PdfMaker()
    page = maker.page()
    write_prose(page)
    write_table(page)
    page.text(60, 400, "Ghi chú: số liệu tính đến ngày 31/12/2020")
    reading = read_one(maker, tmp_path)
    assert texts_of(reading.page) == [
        *PROSE,
        "Ghi chú: số liệu tính đến ngày 31/12/2020",
    ]
    (table,) = reading.fragments
    assert grid_of(table) == HEAD + BODY
    spans = {
        (c.row, c.col): (c.row_span, c.col_span)
        for c in table.cells
        if c.row_span * c.col_span > 1
    }
    assert spans == HEAD_SPANS
    assert {c.method for c in table.cells} == {Method.TEXT_LAYER}
    assert {c.confidence for c in table.cells} == {1.0}


@pytest.mark.parametrize(
    ("options", "size", "corner"),
    [
        ({}, (595, 842), (60, 91)),
        ({"rotate": 90}, (842, 595), (739, 60)),
        ({"rotate": 180}, (595, 842), (511, 739)),
        ({"rotate": 270}, (842, 595), (91, 511)),
        ({"crop": (50, 100, 580, 800)}, (530, 700), (10, 49)),
        ({"origin": (-30, 20)}, (595, 842), (60, 91)),
        ({"rotate": 90, "crop": (50, 100, 580, 800)}, (700, 530), (639, 10)),
    ],
)
def test_boxes_are_on_the_page_as_shown(
    tmp_path: Path,
    options: dict[str, object],
    size: tuple[float, float],
    corner: tuple[float, float],
) -> None:
    """The first word is drawn 24 wide and 12 high at (60, 91) of the MediaBox."""
    maker = PdfMaker()
    page = maker.page(**options)
    write_prose(page)
    write_table(page)
    reading = read_one(maker, tmp_path)
    box = reading.page.lines[0].words[0].box
    wide = (24, 12) if options.get("rotate", 0) in (0, 180) else (12, 24)
    assert (reading.page.width, reading.page.height) == size
    assert (box.x0, box.y0) == pytest.approx(corner, abs=0.1)
    assert (box.width, box.height) == pytest.approx(wide, abs=0.1)
    assert texts_of(reading.page) == PROSE
    assert [grid_of(t) for t in reading.fragments] == [HEAD + BODY]


def test_a_landscape_annex_turned_by_the_page(tmp_path: Path) -> None:
    """Drawn upwards on a portrait page that /Rotate 90 shows as landscape."""
    maker = PdfMaker()
    page = maker.page(rotate=90)
    for number, line in enumerate(PROSE):
        page.text(100 + 18 * number, 700, line, angle=90)
    reading = read_one(maker, tmp_path)
    assert texts_of(reading.page) == PROSE
    assert reading.page.rotation == 0
    first = reading.page.lines[0].words[0].box
    assert (first.x0, first.y0) == pytest.approx((142, 91), abs=0.1)


def test_vertical_head_text_and_lines_in_cells(tmp_path: Path) -> None:
    maker = PdfMaker()
    page = maker.page()
    write_prose(page)
    page.table(
        [60, 100, 250, 320, 400],
        [200, 280, 310, 330],
        [
            ["", "Đơn vị", "Số hộ\nnghèo đầu\nnăm 2021", ""],
            ["1", "Xã Cam Tuyền\n(miền núi)", "99", "1"],
            ["2", "Xã Thanh An", "16", ""],
        ],
    )
    page.text(80, 275, "Thứ tự", 10, angle=90)
    page.text(350, 275, "Tỷ lệ hộ", 10, angle=90)
    page.text(365, 275, "nghèo", 10, angle=90)
    (table,) = read_one(maker, tmp_path).fragments
    assert grid_of(table) == [
        ["Thứ tự", "Đơn vị", "Số hộ nghèo đầu năm 2021", "Tỷ lệ hộ nghèo"],
        ["1", "Xã Cam Tuyền (miền núi)", "99", "1"],
        ["2", "Xã Thanh An", "16", ""],
    ]


def test_rows_without_rulings_between_them(tmp_path: Path) -> None:
    """Only the columns are ruled: each line of figures is a row."""
    maker = PdfMaker()
    page = maker.page()
    write_prose(page)
    page.table(
        [60, 100, 250, 320, 400],
        [200, 220, 290],
        [
            ["TT", "Đơn vị", "Số hộ", "Tỷ lệ"],
            ["1\n2\n3\n4", "Hà Lan\nBắc Sơn\nBa Đình\nPhú Sơn", "35\n43\n32\n46",
             "3,69\n1,94\n1,13\n2,78"],
        ],
    )  # fmt: skip
    (table,) = read_one(maker, tmp_path).fragments
    assert grid_of(table) == [
        ["TT", "Đơn vị", "Số hộ", "Tỷ lệ"],
        ["1", "Hà Lan", "35", "3,69"],
        ["2", "Bắc Sơn", "43", "1,94"],
        ["3", "Ba Đình", "32", "1,13"],
        ["4", "Phú Sơn", "46", "2,78"],
    ]


def test_a_table_without_any_ruling(tmp_path: Path) -> None:
    maker = PdfMaker()
    page = maker.page()
    write_prose(page)
    page.text(150, 180, "Biểu 01: Số hộ nghèo các xã, phường năm 2021")
    rows = [
        ["TT", "Đơn vị", "Số hộ", "Hộ nghèo", "Tỷ lệ"],
        ["1", "Xã Hà Lan", "949", "35", "3,69"],
        ["2", "Xã Quang Trung", "1.296", "30", "2,31"],
        ["3", "Phường Bắc Sơn", "2.219", "43", ""],
        ["", "Cộng", "4.464", "108", "2,42"],
    ]
    ys = [200 + 18 * i for i in range(6)]
    page.table([60, 100, 250, 330, 420, 500], ys, rows, ruled=False)
    page.text(60, 320, "Các xã, phường chịu trách nhiệm chính trong việc thực hiện.")
    reading = read_one(maker, tmp_path)
    (table,) = reading.fragments
    assert grid_of(table) == rows
    assert max(c.confidence for c in table.cells) < 1
    assert texts_of(reading.page) == [
        *PROSE,
        "Biểu 01: Số hộ nghèo các xã, phường năm 2021",
        "Các xã, phường chịu trách nhiệm chính trong việc thực hiện.",
    ]


def test_white_boxes_and_a_frame_are_no_table(tmp_path: Path) -> None:
    """Word processors paint white behind each line and frame a page."""
    maker = PdfMaker()
    page = maker.page()
    for number in range(6):
        page.fill(60, 88 + 18 * number, 300, 106 + 18 * number)
        page.fill(300, 88 + 18 * number, 560, 106 + 18 * number)
    for x0, y0, x1, y1 in [
        (50, 80, 570, 80), (50, 220, 570, 220), (50, 80, 50, 220), (570, 80, 570, 220)
    ]:  # fmt: skip
        page.line(x0, y0, x1, y1)
    write_prose(page)
    reading = read_one(maker, tmp_path)
    assert reading.fragments == ()
    assert texts_of(reading.page) == PROSE


def test_old_fonts_are_spelled_as_printed(tmp_path: Path) -> None:
    maker = PdfMaker()
    page = maker.page()
    for number in range(4):
        page.text(
            60,
            100 + 18 * number,
            "tØnh Qu¶ng TrÞ gi¶m nghÌo bÒn v÷ng cßn 2,75% sè hé",
            font=".VnTime",
        )
    line = read_one(maker, tmp_path).page.lines[0]
    assert line.text == "tỉnh Quảng Trị giảm nghèo bền vững còn 2,75% số hộ"


def draw_junk(page: Canvas) -> None:
    page.picture(0, 0, 595, 842)
    for number in range(20):
        page.text(60, 100 + 18 * number, "riNnr,Awrodxc UyeANr{nANuAN cHU Ncnia vIET")


def draw_hidden(page: Canvas) -> None:
    page.picture(0, 0, 595, 842)
    for number, line in enumerate(PROSE * 6):
        page.text(60, 100 + 18 * number, line, hidden=True)


def draw_under_picture(page: Canvas) -> None:
    for number, line in enumerate(PROSE * 6):
        page.text(60, 100 + 18 * number, line)
    page.picture(0, 0, 595, 842)


def draw_stamp(page: Canvas) -> None:
    page.picture(0, 0, 595, 842)
    page.text(300, 60, "Ký bởi: ỦY BAN NHÂN DÂN HUYỆN CAM LỘ", 8)
    page.text(300, 70, "Ngày ký: 12/05/2021 08:15:33 +07:00", 8)


@pytest.mark.parametrize(
    "draw", [draw_junk, draw_hidden, draw_under_picture, draw_stamp]
)
def test_pages_that_must_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draw: Callable[[Canvas], None]
) -> None:
    """The scan's reader is asked, not the text layer."""
    asked: list[int] = []

    def look(path: Path, page_no: int, options: ReadOptions) -> PageReading:
        asked.append(page_no)
        return PageReading(Page(page_no, 595, 842, Method.OCR, ()), ())

    monkeypatch.setattr(read, "_read_scan", look)
    maker = PdfMaker()
    draw(maker.page())
    assert read_one(maker, tmp_path).page.method is Method.OCR
    assert asked == [1]


def test_text_on_a_picture_behind_it_is_believed(tmp_path: Path) -> None:
    maker = PdfMaker()
    page = maker.page()
    page.picture(0, 0, 595, 842)
    for number, line in enumerate(PROSE * 6):
        page.text(60, 100 + 18 * number, line)
    assert read_one(maker, tmp_path).page.method is Method.TEXT_LAYER


def test_an_empty_page(tmp_path: Path) -> None:
    maker = PdfMaker()
    maker.page()
    reading = read_one(maker, tmp_path)
    assert reading.page.lines == ()
    assert reading.fragments == ()


def test_a_table_pasted_as_a_picture_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Line((Word("Tổng", BBox(70, 310, 100, 322), 0.9),))
    doubled = Line((Word("nghèo", BBox(70, 100, 100, 112), 0.9),))

    def look(path: Path, page_no: int, options: ReadOptions) -> PageReading:
        return PageReading(Page(page_no, 595, 842, Method.OCR, (doubled, seen)), ())

    monkeypatch.setattr(read, "_read_scan", look)
    maker = PdfMaker()
    page = maker.page()
    write_prose(page)
    page.picture(60, 200, 500, 400)
    page.text(60, 450, "Các xã chịu trách nhiệm thực hiện.")
    reading = read_one(maker, tmp_path)
    assert texts_of(reading.page) == [
        *PROSE,
        "Tổng",
        "Các xã chịu trách nhiệm thực hiện.",
    ]
    assert reading.page.method is Method.TEXT_LAYER


def test_text_along_the_margin_does_not_tear_the_prose(tmp_path: Path) -> None:
    maker = PdfMaker()
    page = maker.page()
    write_prose(page)
    page.text(20, 150, "VĂN BẢN ĐẾN", 8, angle=90)
    assert texts_of(read_one(maker, tmp_path).page) == [*PROSE, "VĂN BẢN ĐẾN"]


def rule_with_bars(page: Canvas, xs: list[float], ys: list[float]) -> None:
    """As spreadsheets do: each border a thin filled area."""
    for y in ys:
        page.fill(xs[0], y - 0.25, xs[-1], y + 0.25, 0)
    for x in xs:
        page.fill(x - 0.25, ys[0], x + 0.25, ys[-1], 0)


def rule_with_dots(page: Canvas, xs: list[float], ys: list[float]) -> None:
    """Rows parted by dots, each a line of its own."""
    for y in ys:
        for place in range(int(xs[0]), int(xs[-1]), 4):
            page.line(place, y, place + 2, y)
    for x in xs:
        page.line(x, ys[0], x, ys[-1])


def rule_and_underline(page: Canvas, xs: list[float], ys: list[float]) -> None:
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    for x in xs:
        page.line(x, ys[0], x, ys[-1])
    page.line(xs[1] + 3, ys[2] - 5, xs[1] + 60, ys[2] - 5)


@pytest.mark.parametrize("rule", [rule_with_bars, rule_with_dots, rule_and_underline])
def test_ways_of_drawing_rulings(
    tmp_path: Path, rule: Callable[[Canvas, list[float], list[float]], None]
) -> None:
    rows = [
        ["TT", "Đơn vị", "Số hộ", "Tỷ lệ"],
        ["1", "Xã Hà Lan", "949", "3,69"],
        ["", "Cộng", "2.245", "2,90"],
    ]
    xs, ys = [60.0, 90.0, 250.0, 330.0, 400.0], [200.0, 220.0, 240.0, 260.0]
    maker = PdfMaker()
    page = maker.page()
    write_prose(page)
    page.table(xs, ys, rows, ruled=False)
    rule(page, xs, ys)
    (table,) = read_one(maker, tmp_path).fragments
    assert grid_of(table) == rows
    assert {c.confidence for c in table.cells} == {1.0}


def test_a_table_over_two_pages(tmp_path: Path) -> None:
    maker = PdfMaker()
    for number in range(2):
        page = maker.page()
        page.text(290, 40, str(number + 1))
        if not number:
            write_prose(page)
        write_table(page, 640 if not number else 60)
    path = maker.save(tmp_path / "paper.pdf")
    paper = read.open_paper(path, ReadOptions())
    readings = [read_page(path, n, ReadOptions()) for n in (1, 2)]
    (table,) = read.join_readings(paper, readings).tables
    assert grid_of(table) == HEAD + BODY + BODY
    assert [p.page_no for p in table.parts] == [1, 2]
