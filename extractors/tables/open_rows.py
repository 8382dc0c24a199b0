"""Rows of a ruled table that no ruling parts: found by figures standing in line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout import read_rows
from extractors.model import BBox, Line, Word
from extractors.tables.ruled import Grid, GridCell

_FIGURE_SIGNS = frozenset("0123456789.,-–% ")
_LEVEL = 0.5
"""Lines of two cells are level when their middles differ by less, in line heights."""


def split_open_rows(grid: Grid, words: Sequence[Word]) -> Grid:
    """Return the grid with those rows parted that hold several rows of figures.

    Some tables draw only the rulings between columns. A row is parted where at least
    two of its cells hold nothing but figures, one on each of the same lines; any other
    tall row is one whose text takes several lines.
    """
    cells: list[GridCell] = []
    shift = 0
    for row in range(grid.n_rows):
        mine = [c for c in grid.cells if c.row == row]
        edges = _row_edges(grid, mine, row, words)
        if edges is None:
            cells += [replace(c, row=c.row + shift) for c in mine]
            continue
        for cell in mine:
            cells += _parted(replace(cell, row=row + shift), edges)
        shift += len(edges) - 2
    return replace(grid, n_rows=grid.n_rows + shift, cells=tuple(cells))


def _row_edges(
    grid: Grid, mine: list[GridCell], row: int, words: Sequence[Word]
) -> list[float] | None:
    """Return the edges of the rows inside a drawn row, or None if it is one row."""
    crossed = any(c.row < row < c.row + c.row_span for c in grid.cells)
    if not mine or crossed or any(c.row_span > 1 for c in mine):
        return None
    lines = [_lines(c, words) for c in mine]
    figures = [f for f in lines if len(f) >= 2 and all(map(_is_figure, f))]
    if len(figures) < 2:
        return None
    longest = max(figures, key=len)
    level = [f for f in figures if _are_level(f, longest)]
    least = 2 if len(longest) >= 3 else len(figures)
    if len(level) < max(2, least) or len(level) < len(figures):
        return None
    tops = _tops(longest, lines)
    box = mine[0].box
    return [box.y0, *tops[1:], box.y1]


def _lines(cell: GridCell, words: Sequence[Word]) -> tuple[Line, ...]:
    inside = [w for w in words if cell.box.contains(*w.box.center)]
    return read_rows(inside) if inside else ()


def _is_figure(line: Line) -> bool:
    return set(line.text) <= _FIGURE_SIGNS


def _middle(line: Line) -> float:
    return line.box.center[1]


def _are_level(lines: Sequence[Line], longest: Sequence[Line]) -> bool:
    """Whether each line stands beside one of the longest cell's lines."""
    return all(
        any(abs(_middle(a) - _middle(b)) <= _LEVEL * b.box.height for b in longest)
        for a in lines
    )


def _tops(longest: Sequence[Line], lines: Sequence[Sequence[Line]]) -> list[float]:
    """Return where each row begins: above its figures, midway to the line before."""
    every = sorted(
        (line.box for cell in lines for line in cell), key=lambda b: b.center[1]
    )
    tops = [longest[0].box.y0]
    for above, here in pairwise(longest):
        ends = [
            b.y1
            for b in every
            if above.box.center[1] <= b.center[1] < here.box.center[1]
            and b.center[1] < here.box.y0
        ]
        tops.append((max(ends) + here.box.y0) / 2)
    return tops


def _parted(cell: GridCell, edges: Sequence[float]) -> list[GridCell]:
    return [
        replace(
            cell,
            row=cell.row + number,
            box=BBox(cell.box.x0, y0, cell.box.x1, max(y0, y1)),
        )
        for number, (y0, y1) in enumerate(pairwise(edges))
    ]
