"""Heads of tables without rulings: lines that stand over columns, made cells.

The lines of a head stand in the middle of its height, column by column, so that those
of one column lie between those of the next. Here a head is one row of columns, with a
row of what spans several above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.model import BBox, Word
from extractors.tables.ruled import Grid, GridCell

_FIGURES = 0.4
"""A row of the body has figures in this part of its columns at least."""
_NAMES = 2
"""An ordinal and a name stand in the first columns; a title begins over them."""
_TITLE = 0.75
"""A line over a larger part of the columns is a title."""
_COVER = 0.3
"""A piece stands over a column with this part of itself or of the column at least."""

_HANGS = 0.2
"""Print that hangs over the end of its columns by this part of its height may be set in
the middle of more of them."""

_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Span:
    """A piece of the head over the columns ``low`` to ``high``."""

    piece: Word
    low: int
    high: int


def settle_head(grid: Grid, pieces: Sequence[Word]) -> Grid:
    """Return the grid with its head as one or two rows, titles left outside.

    Args:
        grid: As :func:`~extractors.tables.aligned.find_aligned` gives it.
        pieces: Words or longer pieces of lines, their text a figure where they are one.
    """
    inside = [p for p in pieces if grid.box.contains(*p.box.center)]
    line = _first_figures(inside, grid.n_cols)
    if not line:
        return grid
    grid, floor = _part_row(grid, line, inside)
    edges = _column_edges(grid)
    head = [_span(p, edges) for p in inside if p.box.center[1] < floor]
    spans = _without_titles(head, grid.n_cols)
    rows = _head_rows(spans, _fit_edges(spans, edges), floor) if spans else []
    return _put_head(grid, rows, floor)


def _first_figures(pieces: Sequence[Word], n_cols: int) -> list[Word]:
    """Return the first line with figures in many of its columns, empty if none."""
    for first in sorted(pieces, key=lambda p: p.box.center[1]):
        line = [p for p in pieces if p.box.y0 < first.box.center[1] < p.box.y1]
        figures = sum(_is_figure(p.text) for p in line)
        if figures >= max(2.0, _FIGURES * (n_cols - 1)):
            return line
    return []


def _is_figure(text: str) -> bool:
    """Whether a piece is a figure of the body: the years of a head are none."""
    return any(c.isdigit() for c in text) and not _YEAR.fullmatch(text)


def _part_row(
    grid: Grid, line: Sequence[Word], pieces: Sequence[Word]
) -> tuple[Grid, float]:
    """Return the grid with the row of the line parted from the head, and its top.

    The row of column numbers ('A B 1 2') may have been taken for the head's last line.
    """
    top = min(p.box.y0 for p in line)
    row = [c for c in grid.cells if c.box.y0 <= line[0].box.center[1] < c.box.y1]
    start, stop = min(c.box.y0 for c in row), max(c.box.y1 for c in row)
    above = [p.box.y1 for p in pieces if start <= p.box.center[1] < top]
    if not above:
        return grid, start
    floor = (max(*above, start) + top) / 2 if max(above) < top else top
    edges = _column_edges(grid)
    place = row[0].row
    numbers = [
        GridCell(place, col, 1, 1, BBox(edges[col], floor, edges[col + 1], stop))
        for col in range(grid.n_cols)
    ]
    cells = [c for c in grid.cells if c.row != place]
    return replace(grid, cells=(*cells, *numbers)), floor


def _column_edges(grid: Grid) -> list[float]:
    """Return the edges of the columns, from cells that are one column wide."""
    left = {c.col: c.box.x0 for c in grid.cells if c.col_span == 1}
    inner = [left[col] for col in range(1, grid.n_cols) if col in left]
    return [grid.box.x0, *inner, grid.box.x1]


def _without_titles(head: Sequence[_Span], n_cols: int) -> list[_Span]:
    """Return the head without the lines above it that are lone or over all columns."""
    left = sorted(head, key=lambda s: s.piece.box.center[1])
    while left:
        line = [s for s in left if s.piece.box.y0 < left[0].piece.box.center[1]]
        widest = max(s.high - s.low + 1 for s in line)
        beside_names = min(s.low for s in line) >= _NAMES
        if (len(line) > 1 or beside_names) and widest <= _TITLE * n_cols:
            break
        left = [s for s in left if s not in line]
    return left


def _span(piece: Word, edges: Sequence[float]) -> _Span:
    """Return the columns that the piece stands over with a good part of it or them."""
    box = piece.box
    over = []
    for col, (left, right) in enumerate(pairwise(edges)):
        shared = min(right, box.x1) - max(left, box.x0)
        if shared >= _COVER * min(right - left, box.width):
            over.append(col)
    if not over:
        over = [sum(edge <= box.center[0] for edge in edges[1:-1])]
    low, high = _middle_of(box, over[0], over[-1], edges)
    return _Span(piece, low, high)


def _fit_edges(spans: Sequence[_Span], edges: Sequence[float]) -> list[float]:
    """Return the edges for the head: its words are often wider than the figures."""
    fitted = list(edges)
    for col in range(1, len(edges) - 1):
        left = max((s.piece.box.x1 for s in spans if s.high == col - 1), default=0.0)
        right = min((s.piece.box.x0 for s in spans if s.low == col), default=left)
        if left < right:
            fitted[col] = min(max(edges[col], left), right)
    return fitted


def _middle_of(
    box: BBox, low: int, high: int, edges: Sequence[float]
) -> tuple[int, int]:
    """Return the columns that print is set in the middle of.

    What hangs over both ends stands over both neighbours, what hangs over one end does
    if it is nearer to the middle with that neighbour.
    """
    least = _HANGS * box.height
    first = low - (low > 0 and edges[low] - box.x0 > least)
    last = high + (high < len(edges) - 2 and box.x1 - edges[high + 1] > least)
    if first < low and last > high:
        return first, last

    def off(columns: tuple[int, int]) -> float:
        return abs((edges[columns[0]] + edges[columns[1] + 1]) / 2 - box.center[0])

    return min((low, high), (first, last), key=off)


def _head_rows(
    spans: Sequence[_Span], edges: Sequence[float], floor: float
) -> list[GridCell]:
    """Return the cells of the head: what spans columns above, the columns below."""
    top = min(s.piece.box.y0 for s in spans)
    wide = _join_spans([s for s in spans if s.high > s.low])
    if not wide:
        return [
            GridCell(0, col, 1, 1, BBox(edges[col], top, edges[col + 1], floor))
            for col in range(len(edges) - 1)
        ]
    middle = min(max(s.piece.box.y1 for s in wide), floor)
    cells = []
    col = 0
    while col < len(edges) - 1:
        over = next((s for s in wide if s.low == col), None)
        if over is None:
            cells.append(
                GridCell(0, col, 2, 1, BBox(edges[col], top, edges[col + 1], floor))
            )
            col += 1
            continue
        last = over.high
        box = BBox(edges[col], top, edges[last + 1], middle)
        cells.append(GridCell(0, col, 1, last - col + 1, box))
        cells += [
            GridCell(1, k, 1, 1, BBox(edges[k], middle, edges[k + 1], floor))
            for k in range(col, last + 1)
        ]
        col = last + 1
    return cells


def _join_spans(wide: Sequence[_Span]) -> list[_Span]:
    """Return the spans with those over shared columns made one, the lowest kept."""
    joined: list[_Span] = []
    for span in sorted(wide, key=lambda s: s.low):
        if joined and span.low <= joined[-1].high:
            last = joined[-1]
            lower = max(last.piece, span.piece, key=lambda p: p.box.y1)
            joined[-1] = _Span(lower, last.low, max(last.high, span.high))
        else:
            joined.append(span)
    return joined


def _put_head(grid: Grid, head: Sequence[GridCell], floor: float) -> Grid:
    """Return the grid with this head instead of what it has above ``floor``."""
    rows = max((c.row + c.row_span for c in head), default=0)
    below = [c for c in grid.cells if c.box.y0 >= floor]
    first = min(c.row for c in below)
    body = [replace(c, row=c.row - first + rows) for c in below]
    top = min([c.box.y0 for c in head], default=floor)
    return Grid(
        rows + grid.n_rows - first,
        grid.n_cols,
        (*head, *body),
        replace(grid.box, y0=top),
    )
