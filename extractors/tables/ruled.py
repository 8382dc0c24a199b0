"""Rulings to grids: which cells a ruled table has, spanning ones included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.model import BBox
from extractors.tables.rulings import Ruling

# In parts of the page's usual font size.
_REACH = 0.35
"""How far a ruling may end short of the one it meets."""
_NARROW = 0.5
"""A column or row less wide than this holds no letter: a double ruling."""
_WALL = 0.6
"""The part of a cell's side that must be drawn for it to be a wall."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's place (0-based), spans and box."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: BBox


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one ruled table; together they fill its rows and columns."""

    n_rows: int
    n_cols: int
    cells: tuple[GridCell, ...]
    box: BBox


def find_grids(rulings: Sequence[Ruling], font_size: float) -> tuple[Grid, ...]:
    """Return the tables that crossing rulings make, from top to bottom.

    A frame around text (a single column, or two cells) is no table. A side that is not
    drawn (an open table, a page break) is taken where the rulings across it end.
    """
    reach = _REACH * font_size
    grids = []
    for group in _connected(rulings, reach):
        grid = _grid(group, font_size)
        if grid is not None and _is_table(grid):
            grids.append(grid)
    return tuple(sorted(grids, key=lambda g: (g.box.y0, g.box.x0)))


def _is_table(grid: Grid) -> bool:
    return grid.n_cols >= 2 and len(grid.cells) >= 3


def _connected(rulings: Sequence[Ruling], reach: float) -> Iterator[list[Ruling]]:
    """Yield the rulings that hang together by crossing or touching."""
    parent = list(range(len(rulings)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    across = [(i, r) for i, r in enumerate(rulings) if r.horizontal]
    down = [(i, r) for i, r in enumerate(rulings) if not r.horizontal]
    for i, h in across:
        for j, v in down:
            if _meet(h, v, reach):
                parent[root(i)] = root(j)
    groups: dict[int, list[Ruling]] = {}
    for i, ruling in enumerate(rulings):
        groups.setdefault(root(i), []).append(ruling)
    yield from (g for g in groups.values() if len(g) >= 3)


def _meet(h: Ruling, v: Ruling, reach: float) -> bool:
    return (
        h.start - reach <= v.at <= h.end + reach
        and v.start - reach <= h.at <= v.end + reach
    )


def _grid(rulings: list[Ruling], font_size: float) -> Grid | None:
    across = [r for r in rulings if r.horizontal]
    down = [r for r in rulings if not r.horizontal]
    if not across or not down:
        return None
    narrow = _NARROW * font_size
    xs = _edges([v.at for v in down], across, narrow)
    ys = _edges([h.at for h in across], down, narrow)
    if len(xs) < 2 or len(ys) < 2:
        return None
    cells = tuple(_merge(xs, ys, across, down, narrow))
    return Grid(len(ys) - 1, len(xs) - 1, cells, BBox(xs[0], ys[0], xs[-1], ys[-1]))


def _edges(
    places: Iterable[float], crossing: Sequence[Ruling], narrow: float
) -> list[float]:
    """Return the grid's edges one way, an undrawn outer side included."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > narrow:
            edges.append(place)
    first = _common_end([r.start for r in crossing], narrow)
    last = _common_end([r.end for r in crossing], narrow)
    if first is not None and first < edges[0] - 2 * narrow:
        edges.insert(0, first)
    if last is not None and last > edges[-1] + 2 * narrow:
        edges.append(last)
    return edges


def _common_end(ends: Sequence[float], narrow: float) -> float | None:
    """Return where most of the crossing rulings end, if most end at one place."""
    for end in ends:
        near = [e for e in ends if abs(e - end) <= narrow]
        if len(near) >= 2 and 2 * len(near) > len(ends):
            return sum(near) / len(near)
    return None


def _merge(
    xs: list[float],
    ys: list[float],
    across: Sequence[Ruling],
    down: Sequence[Ruling],
    narrow: float,
) -> Iterator[GridCell]:
    """Yield the cells: each grown right, then down, as far as no wall stands."""
    n_rows, n_cols = len(ys) - 1, len(xs) - 1

    def walled_right(r: int, c: int) -> bool:
        return _is_drawn(down, xs[c + 1], ys[r], ys[r + 1], narrow)

    def walled_below(r: int, c: int) -> bool:
        return _is_drawn(across, ys[r + 1], xs[c], xs[c + 1], narrow)

    taken: set[tuple[int, int]] = set()

    def is_open(low: int, span: range) -> bool:
        return not (
            any(walled_below(low, c) or (low + 1, c) in taken for c in span)
            or any(walled_right(low + 1, c) for c in span[:-1])
        )

    for row in range(n_rows):
        for col in range(n_cols):
            if (row, col) in taken:
                continue
            right = col
            while (
                right + 1 < n_cols
                and (row, right + 1) not in taken
                and not walled_right(row, right)
            ):
                right += 1
            low = row
            span = range(col, right + 1)
            while low + 1 < n_rows and is_open(low, span):
                low += 1
            taken |= {(r, c) for r in range(row, low + 1) for c in span}
            box = BBox(xs[col], ys[row], xs[right + 1], ys[low + 1])
            yield GridCell(row, col, low - row + 1, right - col + 1, box)


def _is_drawn(
    rulings: Sequence[Ruling], at: float, start: float, end: float, narrow: float
) -> bool:
    covered = sum(
        max(0.0, min(r.end, end) - max(r.start, start))
        for r in rulings
        if abs(r.at - at) <= narrow
    )
    return covered >= _WALL * (end - start)
