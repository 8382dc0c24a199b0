"""Tables over page breaks: when two fragments are one table, and when they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.join import join_fragments
from extractors.model import (
    BBox,
    Cell,
    Line,
    Method,
    Page,
    PageReading,
    RawTable,
    TablePart,
    Word,
)

HEAD = [["TT", "Đơn vị", "Số hộ", "Hộ nghèo"]]
NUMBERS = [["A", "B", "1", "2"]]
PART_1 = [["1", "Xã Hà Lan", "949", "35"], ["2", "Xã Quang Trung", "1296", "30"]]
PART_2 = [["3", "Phường Bắc Sơn", "2219", "43"], ["", "Cộng", "4464", "108"]]
XS = (60.0, 90.0, 250.0, 350.0, 450.0)


def table(
    page_no: int,
    rows: Sequence[Sequence[str]],
    top: float,
    xs: Sequence[float] = XS,
) -> RawTable:
    cells = tuple(
        Cell(
            r, c, 1, 1, text, page_no,
            BBox(xs[c], top + 20 * r, xs[c + 1], top + 20 * r + 20),
            1.0, Method.TEXT_LAYER,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )  # fmt: skip
    box = BBox(xs[0], top, xs[-1], top + 20 * len(rows))
    return RawTable(0, len(rows), len(rows[0]), cells, (TablePart(page_no, box),))


def line(text: str, y: float) -> Line:
    return Line((Word(text, BBox(100, y, 100 + 6 * len(text), y + 12)),))


def page(page_no: int, *parts: Line | RawTable) -> PageReading:
    lines = tuple(p for p in parts if isinstance(p, Line))
    fragments = tuple(p for p in parts if isinstance(p, RawTable))
    return PageReading(Page(page_no, 595, 842, Method.TEXT_LAYER, lines), fragments)


def grid(one: RawTable) -> list[list[str]]:
    rows = [[""] * one.n_cols for _ in range(one.n_rows)]
    for cell in one.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


TITLE = line("Biểu 01: Số hộ nghèo năm 2018", 600)


@pytest.mark.parametrize(
    "second",
    [
        page(2, table(2, PART_2, 60)),
        page(2, line("2", 30), table(2, PART_2, 60)),
        page(2, line("Trang 2/7", 30), table(2, PART_2, 60)),
        page(2, table(2, HEAD + PART_2, 60)),
        page(2, table(2, HEAD + NUMBERS + PART_2, 60)),
        page(2, table(2, NUMBERS + PART_2, 60)),
        page(2, line("Biểu 01: Số hộ nghèo năm 2018", 40), table(2, HEAD + PART_2, 60)),
        page(2, line("Biểu 01 (tiếp theo)", 40), table(2, HEAD + PART_2, 60)),
        # Another scanner position, and what OCR made of the head.
        page(2, table(2, PART_2, 60, [x * 1.02 + 9 for x in XS])),
        page(2, table(2, [["TT", "Don vị", "Số hô", "Hộ nghèo"], *PART_2], 60)),
    ],
)
def test_one_table_over_a_page_break(second: PageReading) -> None:
    first = page(1, TITLE, table(1, HEAD + NUMBERS + PART_1, 650))
    (joined,) = join_fragments([first, second])
    assert grid(joined) == HEAD + NUMBERS + PART_1 + PART_2
    assert joined.table_no == 1
    assert [p.page_no for p in joined.parts] == [1, 2]
    assert [c.page_no for c in joined.cells if c.text == "43"] == [2]


@pytest.mark.parametrize(
    "second",
    [
        page(
            2, line("Biểu 02: Hộ cận nghèo năm 2018", 40), table(2, HEAD + PART_2, 60)
        ),
        page(2, line("Phường Bắc Sơn có 43 hộ nghèo.", 40), table(2, PART_2, 60)),
        # Another head in the same columns.
        page(2, table(2, [["TT", "Xã", "Hộ có vốn", "Vay vốn"], *PART_2], 60)),
        # Other columns.
        page(2, table(2, PART_2, 60, (60, 90, 150, 250, 450))),
        page(2, table(2, [r[:3] for r in PART_2], 60, XS[:4])),
    ],
)
def test_another_table_on_the_next_page(second: PageReading) -> None:
    first = page(1, TITLE, table(1, HEAD + PART_1, 650))
    tables = join_fragments([first, second])
    assert [t.table_no for t in tables] == [1, 2]
    assert grid(tables[0]) == HEAD + PART_1


def test_a_note_below_ends_a_table() -> None:
    first = page(
        1, table(1, HEAD + PART_1, 650), line("Ghi chú: không tính tạm trú", 760)
    )
    assert len(join_fragments([first, page(2, table(2, PART_2, 60))])) == 2


def test_a_page_between_ends_a_table() -> None:
    first = page(1, table(1, HEAD + PART_1, 650))
    tables = join_fragments([first, page(2), page(3, table(3, PART_2, 60))])
    assert len(tables) == 2


def test_the_same_head_after_a_table_that_ended_early() -> None:
    """Half of the page stayed white: the next page begins a table of its own."""
    first = page(1, table(1, HEAD + PART_1, 100))
    assert len(join_fragments([first, page(2, table(2, HEAD + PART_2, 60))])) == 2


def test_over_three_pages_with_running_heads() -> None:
    running = line("KẾ HOẠCH GIẢM NGHÈO", 20)
    pages = [
        page(1, running, table(1, HEAD + PART_1, 650), line("1", 820)),
        page(2, running, table(2, HEAD + PART_2, 60), line("2", 820)),
        page(3, running, table(3, HEAD + PART_1, 60), line("3", 820)),
    ]
    pages[1] = replace(pages[1], fragments=(table(2, HEAD + PART_2 * 15, 60),))
    (joined,) = join_fragments(pages)
    assert grid(joined) == HEAD + PART_1 + PART_2 * 15 + PART_1


def test_a_row_cut_by_the_break_is_one_row() -> None:
    first = page(1, table(1, [*HEAD, ["1", "Trung tâm giáo dục", "94", "3"]], 650))
    second = page(2, table(2, [["", "nghề nghiệp", "", ""], *PART_2], 60))
    (joined,) = join_fragments([first, second])
    assert grid(joined)[1] == ["1", "Trung tâm giáo dục nghề nghiệp", "94", "3"]
    assert grid(joined)[2:] == PART_2


@pytest.mark.parametrize(
    "row",
    [
        ["", "Khu vực thành thị", "", ""],  # a group of its own
        ["", "nghề nghiệp", "12", ""],  # it has a figure
        ["3", "nghề nghiệp", "", ""],  # it has an ordinal
    ],
)
def test_a_row_of_its_own_stays_one(row: list[str]) -> None:
    first = page(1, table(1, HEAD + PART_1, 650))
    (joined,) = join_fragments([first, page(2, table(2, [row, *PART_2], 60))])
    assert grid(joined)[3] == row


def test_sideways_pages() -> None:
    """Scans turned by 90 degrees: up and down are those of the reader."""

    def turn(reading: PageReading) -> PageReading:
        def box(b: BBox) -> BBox:
            return BBox(b.y0, 595 - b.x1, b.y1, 595 - b.x0)

        one = reading.fragments[0]
        cells = tuple(replace(c, box=box(c.box)) for c in one.cells)
        parts = tuple(replace(p, box=box(p.box)) for p in one.parts)
        lines = tuple(
            Line(tuple(replace(w, box=box(w.box)) for w in x.words))
            for x in reading.page.lines
        )
        turned = replace(reading.page, width=842, height=595, lines=lines, rotation=90)
        return PageReading(turned, (replace(one, cells=cells, parts=parts),))

    first = turn(page(1, TITLE, table(1, HEAD + PART_1, 650)))
    second = turn(page(2, table(2, HEAD + PART_2, 60)))
    (joined,) = join_fragments([first, second])
    assert grid(joined) == HEAD + PART_1 + PART_2
    other = turn(page(2, line("Biểu 02", 40), table(2, HEAD + PART_2, 60)))
    assert len(join_fragments([first, other])) == 2
