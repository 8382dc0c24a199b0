"""Rulings to grids: spans, open sides, frames that are no table."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import BBox
from extractors.tables.ruled import Grid, find_grids
from extractors.tables.rulings import Ruling, join_rulings

SIZE = 12.0


def h(y: float, x0: float, x1: float) -> Ruling:
    return Ruling(True, y, x0, x1)


def v(x: float, y0: float, y1: float) -> Ruling:
    return Ruling(False, x, y0, y1)


def spans(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(c.row, c.col, c.row_span, c.col_span) for c in grid.cells}


def only(rulings: Iterable[Ruling]) -> Grid:
    (grid,) = find_grids(tuple(rulings), SIZE)
    return grid


THREE_LEVELS = [
    h(0, 0, 300), h(120, 0, 300), h(160, 0, 300),
    h(40, 60, 300), h(80, 60, 180),
    v(0, 0, 160), v(60, 0, 160), v(300, 0, 160),
    v(180, 40, 160), v(120, 80, 160), v(240, 40, 160),
]  # fmt: skip


def test_head_of_three_levels() -> None:
    grid = only(THREE_LEVELS)
    assert (grid.n_rows, grid.n_cols) == (4, 5)
    assert spans(grid) == {
        (0, 0, 3, 1), (0, 1, 1, 4), (1, 1, 1, 2), (1, 3, 2, 1), (1, 4, 2, 1),
        (2, 1, 1, 1), (2, 2, 1, 1),
        (3, 0, 1, 1), (3, 1, 1, 1), (3, 2, 1, 1), (3, 3, 1, 1), (3, 4, 1, 1),
    }  # fmt: skip


def test_cells_fill_the_grid_once() -> None:
    grid = only(THREE_LEVELS)
    places = [
        (r, c)
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    ]
    assert sorted(places) == [(r, c) for r in range(4) for c in range(5)]


def test_sides_that_are_not_drawn() -> None:
    """A table open at left and right, as many papers print them."""
    grid = only(
        [h(0, 0, 300), h(40, 0, 300), h(80, 0, 300), v(100, 0, 80), v(200, 0, 80)]
    )
    assert (grid.n_rows, grid.n_cols) == (2, 3)
    assert grid.box == BBox(0, 0, 300, 80)


def test_open_at_a_page_break() -> None:
    grid = only(
        [h(0, 0, 300), h(40, 0, 300), v(0, 0, 80), v(100, 0, 80), v(300, 0, 80)]
    )
    assert (grid.n_rows, grid.n_cols) == (2, 2)


def test_double_rulings_and_small_gaps() -> None:
    drawn = join_rulings(
        [
            h(0, 0, 148), h(0.4, 150, 300), h(40, 0, 300), h(41.5, 0, 300),
            h(80, 0, 300), v(0, 1, 79), v(150, 0, 39), v(150.3, 41, 80), v(300, 0, 80),
        ],
        SIZE,
    )  # fmt: skip
    grid = only(drawn)
    assert (grid.n_rows, grid.n_cols) == (2, 2)
    assert len(grid.cells) == 4


def test_frames_and_underlines_are_no_tables() -> None:
    frame = [h(0, 0, 300), h(40, 0, 300), v(0, 0, 40), v(300, 0, 40)]
    assert find_grids(tuple(frame), SIZE) == ()
    assert find_grids((h(10, 0, 80), h(60, 0, 90)), SIZE) == ()


def test_an_underline_inside_a_cell_makes_no_row() -> None:
    grid = only(
        [
            h(0, 0, 300), h(40, 0, 300), h(80, 0, 300), h(22, 120, 180),
            v(0, 0, 80), v(100, 0, 80), v(300, 0, 80),
        ]
    )  # fmt: skip
    assert (grid.n_rows, grid.n_cols) == (2, 2)


def test_two_tables_from_top_to_bottom() -> None:
    def box(y: float) -> list[Ruling]:
        return [
            h(y, 0, 200), h(y + 30, 0, 200), h(y + 60, 0, 200),
            v(0, y, y + 60), v(90, y, y + 60), v(200, y, y + 60),
        ]  # fmt: skip

    grids = find_grids((*box(300), *box(0)), SIZE)
    assert [g.box.y0 for g in grids] == [0, 300]


def test_a_shape_that_is_no_rectangle_stays_whole_cells() -> None:
    """A wall that ends in mid-air must not swallow the figure beside it."""
    grid = only(
        [
            h(0, 0, 200), h(80, 0, 200), h(40, 100, 200),
            v(0, 0, 80), v(200, 0, 80), v(100, 40, 80),
        ]
    )  # fmt: skip
    places = sorted(
        (r, c)
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    )
    assert places == [(r, c) for r in range(2) for c in range(2)]
