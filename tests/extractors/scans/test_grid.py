import cv2
import drawn_scans
import numpy as np
import pytest

from extractors.model import BBox
from extractors.scans.grid import (
    ScannedTable,
    find_tables,
)
from extractors.scans.straighten import StraightPage, level_page
from extractors.scans.strokes import find_strokes

ROWS = [
    ["TT", "Don vi", "Ho ngheo", "<", "Ghi chu"],
    ["1", "Ha Lan", "1.458", "99", ""],
    ["2", "Ba Dinh", "2.706", "43", ""],
    ["3", "Lam Son", "14.932", "405", "a"],
]
WIDTHS = [90, 220, 170, 150, 200]
CELLS = 19  # one of the twenty places belongs to the cell at its left


def table_page() -> np.ndarray:
    page = drawn_scans.blank_page()
    drawn_scans.draw_table(page, ROWS, 80, 300, WIDTHS)
    return page


def read(scan: np.ndarray) -> list[ScannedTable]:
    return read_page(level_page(scan))


def read_page(page: StraightPage) -> list[ScannedTable]:
    strokes = find_strokes(page.gray, page.x_height)
    return find_tables(page.flat, page.warp, strokes, page.x_height)


def shape(scan: np.ndarray) -> list[tuple[int, int, int]]:
    return [(t.n_rows, t.n_cols, len(t.cells)) for t in read(scan)]


def test_rows_columns_and_spanning_cells_are_found():
    (table,) = read(table_page())
    assert (table.n_rows, table.n_cols, len(table.cells)) == (4, 5, CELLS)
    (wide,) = [c for c in table.cells if c.col_span > 1]
    assert (wide.row, wide.col, wide.row_span, wide.col_span) == (0, 2, 1, 2)


def test_cells_lie_where_they_are_drawn():
    page = level_page(table_page())
    (table,) = read_page(page)
    cell = next(c for c in table.cells if (c.row, c.col) == (1, 1))
    (box,) = table.warp.locate_boxes([BBox(*map(float, cell.box))])
    assert (box.x0 * page.shrunk, box.y0 * page.shrunk) == pytest.approx(
        (170, 380), abs=6
    )
    assert (box.x1 * page.shrunk, box.y1 * page.shrunk) == pytest.approx(
        (390, 460), abs=6
    )


@pytest.mark.parametrize("degrees", [-6.0, -2.0, 3.0])
def test_a_tilted_table_is_found(degrees):
    assert shape(drawn_scans.rotate(table_page(), degrees)) == [(4, 5, CELLS)]


def test_a_table_in_perspective_is_found():
    corners = np.float32([[0, 0], [1000, 0], [1000, 1400], [0, 1400]])
    seen = np.float32([[60, 30], [970, 0], [1000, 1390], [0, 1340]])
    matrix = cv2.getPerspectiveTransform(corners, seen)
    scan = cv2.warpPerspective(table_page(), matrix, (1000, 1400), borderValue=255)
    assert shape(scan) == [(4, 5, CELLS)]


def test_a_bent_table_is_found():
    y, x = np.mgrid[0:1400, 0:1000]
    wave = (18 * np.sin(np.pi * x / 1000)).astype(int)
    scan = np.ascontiguousarray(table_page()[np.clip(y + wave, 0, 1399), x])
    assert shape(scan) == [(4, 5, CELLS)]


def test_broken_rulings_are_bridged():
    scan = table_page()
    holes = np.random.default_rng(3).integers((290, 70), (630, 920), (60, 2))
    for y, x in holes:
        scan[y : y + 14, x : x + 14] = 255
    assert shape(scan) == [(4, 5, CELLS)]


def test_a_ruling_of_which_a_copy_left_bits_still_parts_cells():
    scan = table_page()
    x = 80 + sum(WIDTHS[:3])
    gone = scan[464:536, x - 4 : x + 5]
    gone[:] = 255
    gone[::2, 3:6] = 0
    assert shape(scan) == [(4, 5, CELLS)]


def test_open_sides_are_closed():
    scan = table_page()
    right = 80 + sum(WIDTHS)
    scan[300:640, 74:87] = 255
    scan[300:640, right - 6 : right + 6] = 255
    assert shape(scan) == [(4, 5, CELLS)]


def test_two_tables_on_a_page_are_two():
    scan = table_page()
    drawn_scans.draw_table(scan, ROWS[1:], 80, 800, WIDTHS)
    assert [s[:2] for s in shape(scan)] == [(4, 5), (3, 5)]


def test_a_stamp_is_no_table():
    scan = drawn_scans.prose_page()
    cv2.rectangle(scan, (600, 1250), (900, 1380), 0, 3)
    cv2.line(scan, (600, 1310), (900, 1310), 0, 3)
    assert read(scan) == []


def test_prose_has_no_tables():
    assert read(drawn_scans.prose_page()) == []


def test_rulings_of_which_a_copy_left_dots_are_found():
    page = drawn_scans.blank_page()
    lefts = np.cumsum([80, *WIDTHS])
    for k, row in enumerate(ROWS):
        for text, x in zip(row, lefts, strict=False):
            drawn_scans.draw_text(page, text.strip("<"), int(x) + 20, 318 + 80 * k)
    for y in range(300, 621, 80):
        for x in range(80, 911, 9):
            page[y : y + 2, x : x + 2] = 0
    for x in lefts:
        top = 380 if x == lefts[3] else 300
        for y in range(top, 621, 9):
            page[y : y + 2, x : x + 2] = 0
    assert shape(page) == [(4, 5, CELLS)]


def test_strokes_of_digits_under_one_another_are_no_ruling():
    rows = [["TT", "Don vi", "So ho", "Ty le"]] + [
        [str(k), "Ha Lan", "1111", "1,1"] for k in range(1, 9)
    ]
    page = drawn_scans.blank_page()
    drawn_scans.draw_table(page, rows, 80, 300, [90, 260, 220, 200], height=45)
    assert shape(page) == [(9, 4, 36)]


def test_a_border_round_the_page_is_no_table():
    page = drawn_scans.prose_page()
    for edge in (30, 60):
        cv2.rectangle(page, (edge, edge), (1000 - edge, 1400 - edge), 0, 3)
    for x in (30, 910):
        for y in (30, 1310):
            cv2.rectangle(page, (x, y), (x + 60, y + 60), 0, 3)
    assert shape(page) == []


def test_a_letter_that_touches_a_table_opens_no_row_above_it():
    page = table_page()
    page[235:302, 700:703] = 0
    assert shape(page) == [(len(ROWS), len(WIDTHS), CELLS)]
