import drawn_scans
import pytest

from extractors.model import BBox, Word
from extractors.scans.cells import read_table
from extractors.scans.straighten import level_page
from extractors.scans.strokes import find_strokes
from extractors.scans.unruled import (
    find_cut,
    find_unruled,
    has_corridor,
    join_initials,
)
from extractors.tables.ruled import Grid, GridCell

ROWS = [("Cam Thuy", "1.472", "43"), ("Cam Hieu", "1.779", "37")] * 3


def columns_page(rows):
    """Return a page of prose with columns of words in the middle of it."""
    page = drawn_scans.prose_page(1800)
    page[500 : 540 + 60 * len(rows)] = 255
    for k, row in enumerate(rows):
        for x, text in zip((90, 450, 700), row, strict=True):
            drawn_scans.draw_text(page, text, x, 520 + 60 * k, 24)
    return level_page(page)


def find_all(page):
    """Return the tables without rulings of a page."""
    return find_unruled(page, find_strokes(page.gray, page.x_height), [])


def test_prose_is_not_searched():
    assert not has_corridor(level_page(drawn_scans.prose_page()), [])


@pytest.mark.parametrize("count", [3, 4, 6])
def test_white_between_columns_is_seen(count):
    assert has_corridor(columns_page(ROWS[:count]), [])


def test_columns_of_a_table_found_before_are_passed_over():
    page = columns_page(ROWS)
    height, width = page.gray.shape
    taken = (0, int(0.2 * height), width, int(0.7 * height))
    assert not has_corridor(page, [taken])


def test_a_table_without_rulings_is_found():
    (table,) = find_all(columns_page(ROWS))
    assert table.n_cols == 3
    assert table.n_rows >= len(ROWS)


def test_heads_wider_than_their_figures_are_not_cut():
    page = drawn_scans.prose_page(1800)
    page[500:1000] = 255
    for x, text in ((120, "Don vi"), (400, "Tong so ho dan"), (700, "Ty le ngheo")):
        drawn_scans.draw_text(page, text, x, 520, 24)
    for k in range(6):
        for x, text in ((90, "Cam Thuy"), (500, "43"), (740, "2,92")):
            drawn_scans.draw_text(page, text, x, 580 + 60 * k, 24)
    (table,) = find_all(level_page(page))
    assert not table.cut
    texts = [cell.text for cell in read_table(table)]
    assert {"Don vi", "Tong so ho dan", "Ty le ngheo"} <= set(texts)


def test_print_at_the_edge_of_two_cells_is_known_to_be_cut():
    cells = tuple(
        GridCell(0, col, 1, 1, BBox(100.0 * col, 0, 100.0 * (col + 1), 40))
        for col in range(3)
    )
    grid = Grid(1, 3, cells, BBox(0, 0, 300, 40))
    words = [
        Word("x", BBox(10, 10, 90, 30)),
        Word("x", BBox(160, 10, 250, 30)),
    ]
    assert find_cut(grid, words, x_height=20.0) == {1, 2}


def test_a_name_that_begins_with_an_initial_is_one_piece():
    names = [Word("x", BBox(100, 100 + 40 * k, 200, 120 + 40 * k)) for k in range(3)]
    initial = Word("I", BBox(100, 220, 115, 240))
    rest = Word("x", BBox(130, 220, 220, 240))
    ordinal = Word("I", BBox(40, 100, 50, 120))
    joined = join_initials([*names, initial, rest, ordinal], x_height=15.0)
    assert Word("x", BBox(100, 220, 220, 240)) in joined
    assert ordinal in joined
    assert initial not in joined


def test_a_ruling_under_the_head_is_no_print_of_the_rows_beside_it():
    page = drawn_scans.prose_page(1800)
    page[500:1000] = 255
    for x, text in ((120, "Don vi"), (480, "So ho"), (740, "Ty le")):
        drawn_scans.draw_text(page, text, x, 520, 24)
    page[566:569, 80:900] = 0
    for k in range(6):
        for x, text in ((120, "Cam Thuy"), (500, "43"), (740, "2,92")):
            drawn_scans.draw_text(page, text, x, 574 + 60 * k, 24)
    (table,) = find_all(level_page(page))
    found = dict(zip(table.cells, read_table(table), strict=True))
    first = [r for c, r in found.items() if c.row == table.n_rows - 6]
    assert [r.text for r in first] == ["Cam Thuy", "43", "2,92"]
    assert all(r.confidence > 0.6 for r in first)
