import cv2
import drawn_scans
import numpy as np

from extractors.scans.cells import read_table
from extractors.scans.grid import ScannedTable
from extractors.scans.row_ruled import find_row_ruled_tables
from extractors.scans.straighten import level_page
from extractors.scans.strokes import find_strokes

HEAD = ("Don vi", "Tong so ho", "Ty le")
ROWS = [("Cam Thuy", "1.472", "2,92"), ("Cam Hieu", "1.779", "2,08")] * 2
PLACES = (110, 460, 760)


def ruled_page() -> np.ndarray:
    """Return a page with a table of level rulings, two in a part of its head."""
    page = drawn_scans.prose_page(1800)
    page[480:900] = 255
    for k, row in enumerate([HEAD, *ROWS]):
        y = 500 + 70 * k
        page[y : y + 3, 90:900] = 0
        for x, text in zip(PLACES, row, strict=True):
            drawn_scans.draw_text(page, text, x, y + 20, 24)
    page[850:853, 90:900] = 0
    return page


def find(page: np.ndarray) -> list[ScannedTable]:
    straight = level_page(page)
    strokes = find_strokes(straight.gray, straight.x_height)
    return find_row_ruled_tables(straight, strokes, [])


def texts(table: ScannedTable) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell, reading in zip(table.cells, read_table(table), strict=True):
        rows[cell.row].append(reading.text)
    return rows


def test_rows_are_parted_by_their_rulings_and_columns_by_white():
    (table,) = find(ruled_page())
    assert texts(table) == [list(row) for row in (HEAD, *ROWS)]


def test_what_is_written_in_the_margin_is_no_part_of_the_table():
    page = ruled_page()
    cv2.putText(page, "m", (20, 620), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2, 0, 3)
    (table,) = find(page)
    assert texts(table) == [list(row) for row in (HEAD, *ROWS)]


def test_lines_under_headings_are_no_table():
    page = drawn_scans.prose_page(1800)
    for y in (200, 480, 760, 1040):
        page[y : y + 3, 90:400] = 0
    assert find(page) == []
