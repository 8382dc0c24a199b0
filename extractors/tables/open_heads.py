"""Heads of tables without rulings: lines that stand over columns, made cells.

The lines of a head stand in the middle of its height, column by column, so that those
of one column lie between those of the next. Here a head is one row of columns, with
rows of what spans several above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.model import BBox, Word
from extractors.tables.open_edges import clear_edges, column_at, is_figure
from extractors.tables.pieces import APART, is_ordinal
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

_LOWER = 0.3
"""Print that is lower than the middle of the head by this part of its height is below
a heading."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A piece of the head over the columns ``low`` to ``high``."""

    piece: Word
    low: int
    high: int


_Reach = Mapping[_Span, tuple[int, int]]
"""The first and the last column that headings stand over."""


def settle_head(grid: Grid, pieces: Sequence[Word]) -> Grid:
    """Return the grid with its head as one row or more, titles left outside.

    Args:
        grid: As :func:`~extractors.tables.aligned.find_aligned` gives it.
        pieces: Words or longer pieces of lines, their text a figure where they are one.
    """
    inside = [p for p in pieces if grid.box.contains(*p.box.center)]
    line = _first_figures(inside, grid.n_cols)
    if not line:
        return grid
    while group := _group_row(inside, min(p.box.y0 for p in line)):
        line = group
    grid, floor = _part_row(grid, line, inside)
    above = [p for p in inside if p.box.center[1] < floor]
    below = [p for p in inside if p.box.center[1] >= floor]
    edges = clear_edges(_column_edges(grid), above, below)
    head = [_span(p, edges) for p in above]
    spans = _without_titles(head, grid.n_cols)
    spans = _reach_over(spans, _first_figure_column(line, edges), edges)
    rows = _head_rows(spans, _fit_edges(spans, edges), floor) if spans else []
    return _put_head(grid, rows, floor)


def _first_figures(pieces: Sequence[Word], n_cols: int) -> list[Word]:
    """Return the first line with figures in many of its columns, empty if none."""
    for first in sorted(pieces, key=lambda p: p.box.center[1]):
        line = [p for p in pieces if p.box.y0 < first.box.center[1] < p.box.y1]
        figures = sum(is_figure(p.text) for p in line)
        if figures >= max(2.0, _FIGURES * (n_cols - 1)):
            return line
    return []


def _group_row(pieces: Sequence[Word], top: float) -> list[Word]:
    """Return the line right above if it is a group row ('I  Khu vực'), else nothing."""
    above = [p for p in pieces if p.box.center[1] < top]
    if not above:
        return []
    lowest = max(above, key=lambda p: p.box.y1)
    line = [p for p in above if p.box.y1 > lowest.box.center[1]]
    line.sort(key=lambda p: p.box.x0)
    is_group = len(line) == _NAMES and is_ordinal(line[0].text)
    return line if is_group and not is_figure(line[1].text) else []


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
        over = [column_at(piece, edges)]
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

    return min((low, high), (first, last), key=lambda ends: _off(box, ends, edges))


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading over some columns and what stands below it; a leaf has nothing."""

    low: int
    high: int
    top: float
    bottom: float
    below: tuple[_Heading, ...] = ()

    @property
    def depth(self) -> int:
        """How many rows of the head it and what is below it need."""
        return 1 + max((h.depth for h in self.below), default=0)


def _first_figure_column(line: Sequence[Word], edges: Sequence[float]) -> int:
    """Return the column right of the name in a row of the body."""
    names = [p.box.x1 for p in line if not is_figure(p.text)]
    right = max(names, default=0.0)
    return next((n for n, x in enumerate(edges[:-1]) if x >= right), _NAMES)


def _reach_over(
    spans: Sequence[_Span], first: int, edges: Sequence[float]
) -> list[_Span]:
    """Return the spans, headings made to reach over all the columns below them.

    'Năm 2018' may touch two columns of the five that it stands over. What stands under
    no heading is set in the middle of the head's height, as 'TT' is; a column whose
    print is lower has a heading: the one that is more in the middle so.
    """
    names = [s.piece.box for s in spans if s.high < first]
    figures = [s for s in spans if s.low >= first]
    if not names or not figures:
        return list(spans)
    middle = BBox.around(names).center[1]
    top = min(figures, key=lambda s: s.piece.box.y0).piece.box
    if middle < top.y1:
        return list(spans)  # the head's first lines are not known to be all there
    tops = [s for s in figures if s.piece.box.y0 < top.y1 and _is_heading(s, figures)]
    reach: _Reach = {s: (s.low, s.high) for s in tops}
    low = [c for c in range(first, len(edges) - 1) if _is_below(c, spans, top, middle)]
    for run in _runs(low):
        beside = [
            s for s in tops if reach[s][1] == run[0] - 1 or reach[s][0] == run[-1] + 1
        ]
        ways = list(_shares(run, beside, reach))
        if ways:
            best = min(ways, key=lambda way: _all_off(way, edges))
            reach = {**reach, **best}
    return [_Span(s.piece, *reach.get(s, (s.low, s.high))) for s in spans]


def _shares(
    run: Sequence[int],
    beside: Sequence[_Span],
    reach: _Reach,
) -> Iterator[_Reach]:
    """Yield the ways to share columns out to the headings at their left and right."""
    for count in range(len(run) + 1):
        way = {}
        for span in beside:
            low, high = reach[span]
            is_left = high < run[0]
            way[span] = (low, high + count) if is_left else (run[0] + count, high)
        taken = sum(b - a - (reach[s][1] - reach[s][0]) for s, (a, b) in way.items())
        if taken == len(run):
            yield way


def _is_heading(span: _Span, spans: Sequence[_Span]) -> bool:
    """Whether print stands over several columns, or well above that of its own."""
    if span.low < span.high:
        return True
    box = span.piece.box
    under = [s.piece.box.y0 for s in spans if s.low <= span.low <= s.high and s != span]
    return min(under, default=0.0) - box.y1 >= APART * box.height


def _is_below(col: int, spans: Sequence[_Span], top: BBox, middle: float) -> bool:
    """Whether all that stands over a column stands too low to have no heading."""
    own = [s.piece.box for s in spans if s.low <= col <= s.high]
    if not own or any(s.high > s.low for s in spans if s.low <= col <= s.high):
        return False
    box = BBox.around(own)
    return box.y0 >= top.y1 and box.center[1] - middle > _LOWER * top.height


def _runs(cols: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for col in cols:
        if runs and runs[-1][-1] == col - 1:
            runs[-1].append(col)
        else:
            runs.append([col])
    return runs


def _all_off(way: _Reach, edges: Sequence[float]) -> float:
    return sum(_off(span.piece.box, columns, edges) for span, columns in way.items())


def _off(box: BBox, columns: tuple[int, int], edges: Sequence[float]) -> float:
    """Return how far a piece is from the middle of some columns."""
    return abs((edges[columns[0]] + edges[columns[1] + 1]) / 2 - box.center[0])


def _head_rows(
    spans: Sequence[_Span], edges: Sequence[float], floor: float
) -> list[GridCell]:
    """Return the cells of the head: what spans columns above, the columns below."""
    top = min(s.piece.box.y0 for s in spans)
    headings = _headings(spans, 0, len(edges) - 2, top, floor)
    rows = max(h.depth for h in headings)
    return [cell for h in headings for cell in _cells(h, 0, rows, edges)]


def _headings(
    spans: Sequence[_Span], low: int, high: int, top: float, floor: float
) -> tuple[_Heading, ...]:
    """Return what stands over the columns ``low`` to ``high`` from ``top`` on."""
    found: list[_Heading] = []
    col = low
    for group in _groups(spans):
        first = max(min(s.low for s in group), col)
        last = min(max(s.high for s in group), high)
        if first >= last:
            continue
        found += [_Heading(c, c, top, floor) for c in range(col, first)]
        inside = [s for s in spans if first <= s.low and s.high <= last]
        lines = _own_lines(group, inside)
        bottom = min(max(s.piece.box.y1 for s in lines), floor)
        rest = [s for s in inside if s not in lines]
        below = _headings(rest, first, last, bottom, floor)
        found.append(_Heading(first, last, top, bottom, below))
        col = last + 1
    found += [_Heading(c, c, top, floor) for c in range(col, high + 1)]
    return tuple(found)


def _groups(spans: Sequence[_Span]) -> list[list[_Span]]:
    """Return the spans of several columns, those over shared columns together."""
    groups: list[list[_Span]] = []
    for span in sorted((s for s in spans if s.high > s.low), key=lambda s: s.low):
        if groups and span.low <= max(s.high for s in groups[-1]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _own_lines(group: Sequence[_Span], inside: Sequence[_Span]) -> list[_Span]:
    """Return the lines of the heading that is at the top of a group.

    What stands lower is a line of it too, unless print beside it, over other columns of
    the heading, is as high: then it is a heading of the next level.
    """
    first, *others = sorted(group, key=lambda s: s.piece.box.y0)
    lines = [first]
    for span in others:
        beside = (s for s in inside if s.high < span.low or span.high < s.low)
        if not any(s.piece.box.y0 < span.piece.box.y1 for s in beside):
            lines.append(span)
    return lines


def _cells(
    heading: _Heading, row: int, rows: int, edges: Sequence[float]
) -> list[GridCell]:
    """Return a heading's cell and those below; a leaf goes down to the body."""
    box = BBox(edges[heading.low], heading.top, edges[heading.high + 1], heading.bottom)
    spanned = heading.high - heading.low + 1
    deep = 1 if heading.below else rows - row
    cells = [GridCell(row, heading.low, deep, spanned, box)]
    for below in heading.below:
        cells += _cells(below, row + 1, rows, edges)
    return cells


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
