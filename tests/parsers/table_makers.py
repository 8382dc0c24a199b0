"""Tables for tests, written as they look.

In a head, '<' continues the cell at the left and '^' the cell above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model import BBox, Cell, Method, RawTable, Reading, TablePart

Rows = Sequence[Sequence[str]]


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of lines like 'TT | Đơn vị | Số hộ'."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def make_table(
    text: str,
    *,
    table_no: int = 1,
    method: Method = Method.TEXT_LAYER,
    confidence: float = 1.0,
) -> RawTable:
    """Return the raw table that the lines draw."""
    rows = rows_of(text)
    n_cols = max(len(row) for row in rows)
    grid = [[*row, *[""] * (n_cols - len(row))] for row in rows]
    cells = [
        Cell(r, c, *_span(grid, r, c), cell, 1, _box(r, c), confidence, method)
        for r, row in enumerate(grid)
        for c, cell in enumerate(row)
        if cell not in ("<", "^")
    ]
    part = TablePart(1, BBox(0, 0, 50.0 * n_cols, 20.0 * len(grid)))
    return RawTable(table_no, len(grid), n_cols, tuple(cells), (part,))


def _span(grid: list[list[str]], row: int, col: int) -> tuple[int, int]:
    down = across = 1
    while row + down < len(grid) and grid[row + down][col] == "^":
        down += 1
    while col + across < len(grid[row]) and grid[row][col + across] == "<":
        across += 1
    return down, across


def _box(row: int, col: int) -> BBox:
    return BBox(50.0 * col, 20.0 * row, 50.0 * col + 50, 20.0 * row + 20)


def with_readings(
    raw: RawTable, row: int, col: int, confidence: float, *texts: str
) -> RawTable:
    """Return the table with one grid cell read unsurely, in several ways."""
    readings = tuple(
        Reading(f"reader {n}", text, confidence) for n, text in enumerate(texts)
    )
    cells = tuple(
        replace(
            cell,
            confidence=confidence,
            readings=readings,
            text=texts[0] if texts else "",
            method=Method.OCR,
        )
        if (cell.row, cell.col) == (row, col)
        else cell
        for cell in raw.cells
    )
    return replace(raw, cells=cells)
