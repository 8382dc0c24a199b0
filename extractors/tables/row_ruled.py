"""Tables that rule their rows and no columns: lines of one length under one another.

The rulings part the rows; where no word of any row stands a column ends. In the head a
ruling over part of the width parts a heading from the columns that it stands over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extractors.layout import read_rows
from extractors.model import BBox, Word
from extractors.tables.ruled import Grid, GridCell
from extractors.tables.rulings import Ruling

_REACH = 0.35
"""How far ends of rulings may differ, in parts of the page's usual font size."""
_GUTTER = 0.5
"""What stays free between two columns, in heights of a word."""
_SPACE = 0.7
"""No wider gap, in heights, stands between two words of a heading that runs on."""
_MOST = 0.6
"""The part of the width over which text runs on that is no cell."""
_LEAST_ROWS = 3
_FIGURE_SIGNS = frozenset("0123456789.,-–%()+/")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The rulings of one table: those over all of its width and the others."""

    x0: float
    x1: float
    whole: tuple[float, ...]
    parts: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two rulings that follow each other."""

    y0: float
    y1: float
    words: tuple[Word, ...]


def find_row_ruled(
    rulings: Sequence[Ruling],
    words: Sequence[Word],
    taken: Sequence[Grid],
    font_size: float,
) -> tuple[Grid, ...]:
    """Return the grids of tables whose rulings part the rows alone, top to bottom.

    Args:
        rulings: All rulings of the page.
        words: Its upright words that are in no other table.
        taken: The grids that crossing rulings make; their rulings are not looked at.
        font_size: The usual size of letters on the page.
    """
    reach = _REACH * font_size
    level = [r for r in rulings if r.horizontal and not _is_in(r, taken, reach)]
    upright = [r for r in rulings if not r.horizontal]
    grids = []
    frames = (part for f in _frames(level, reach) for part in _tables_of(f, words))
    for frame in frames:
        crossed = any(
            frame.x0 - reach <= r.at <= frame.x1 + reach
            and r.start < frame.whole[-1] + reach
            and r.end > frame.whole[0] - reach
            for r in upright
        )
        grid = None if crossed else _grid(frame, words)
        if grid is not None:
            grids.append(grid)
    return tuple(sorted(grids, key=lambda g: (g.box.y0, g.box.x0)))


def _is_in(ruling: Ruling, grids: Sequence[Grid], reach: float) -> bool:
    middle = (ruling.start + ruling.end) / 2
    return any(
        g.box.x0 - reach <= middle <= g.box.x1 + reach
        and g.box.y0 - reach <= ruling.at <= g.box.y1 + reach
        for g in grids
    )


def _frames(level: Sequence[Ruling], reach: float) -> Iterator[_Frame]:
    left = sorted(level, key=lambda r: -r.length)
    while left:
        first = left[0]
        whole = [
            r
            for r in left
            if abs(r.start - first.start) <= reach and abs(r.end - first.end) <= reach
        ]
        left = [r for r in left if r not in whole]
        ys = sorted(r.at for r in whole)
        parts = tuple(
            r
            for r in left
            if ys[0] < r.at < ys[-1]
            and r.start >= first.start - reach
            and r.end <= first.end + reach
        )
        left = [r for r in left if r not in parts]
        yield _Frame(first.start, first.end, tuple(ys), parts)


def _tables_of(frame: _Frame, words: Sequence[Word]) -> Iterator[_Frame]:
    """Yield the frame's tables: text between two of equal width belongs to neither."""
    ys = [frame.whole[0]]
    for y0, y1 in pairwise(frame.whole):
        if _is_text(_band(frame, y0, y1, words), frame):
            yield _cut(frame, ys)
            ys = []
        ys.append(y1)
    yield _cut(frame, ys)


def _cut(frame: _Frame, ys: Sequence[float]) -> _Frame:
    parts = tuple(r for r in frame.parts if ys[0] < r.at < ys[-1])
    return replace(frame, whole=tuple(ys), parts=parts)


def _is_text(band: _Band, frame: _Frame) -> bool:
    """Whether lines run on over most of the width, as no row of several columns does.

    One line alone may be a heading between rows.
    """
    lines = read_rows(band.words)
    return len(lines) > 1 and any(
        line.box.width >= _MOST * (frame.x1 - frame.x0)
        and all(
            two.box.x0 - one.box.x1 <= two.box.height
            for one, two in pairwise(line.words)
        )
        for line in lines
    )


def _grid(frame: _Frame, words: Sequence[Word]) -> Grid | None:
    if len(frame.whole) <= _LEAST_ROWS:
        return None
    bands = [_band(frame, y0, y1, words) for y0, y1 in pairwise(frame.whole)]
    head = _head_bands(frame, bands)
    rows = [b for b in bands[head:] if b.words]
    telling = [b for b in rows if any(map(_is_figure, b.words))]
    if len(telling) < _LEAST_ROWS:
        return None
    edges = _column_edges(frame, telling, _leaves(frame, bands[:head]))
    if len(edges) < 3 or not all(_is_row(b, edges) for b in bands[head:]):
        return None
    cells = _head_cells(frame, bands[:head], edges)
    n_head = max((c.row + c.row_span for c in cells), default=0)
    for number, band in enumerate(bands[head:], start=n_head):
        cells += _row_cells(band, number, edges)
    box = BBox(frame.x0, frame.whole[0], frame.x1, frame.whole[-1])
    return Grid(n_head + len(bands) - head, len(edges) - 1, tuple(cells), box)


def _band(frame: _Frame, y0: float, y1: float, words: Sequence[Word]) -> _Band:
    box = BBox(frame.x0, y0, frame.x1, y1)
    return _Band(y0, y1, tuple(w for w in words if box.contains(*w.box.center)))


def _head_bands(frame: _Frame, bands: Sequence[_Band]) -> int:
    """Return how many bands are head: down to the last ruling over part of the width.

    Without such a ruling it is the first band, if no figures stand in it.
    """
    lowest = max((r.at for r in frame.parts), default=None)
    if lowest is not None:
        return next(n for n, b in enumerate(bands, 1) if lowest < b.y1)
    return int(not any(map(_is_figure, bands[0].words)))


def _is_figure(word: Word) -> bool:
    """Whether a word is a figure; the years of a head are none."""
    is_number = set(word.text) <= _FIGURE_SIGNS and any(map(str.isdigit, word.text))
    return is_number and not _YEAR.fullmatch(word.text)


def _height(words: Sequence[Word]) -> float:
    return median(w.box.height for w in words) or 1.0


def _leaves(frame: _Frame, head: Sequence[_Band]) -> list[Word]:
    """Return the words of the head that name one column: no ruling stands below."""
    return [
        w
        for band in head
        for w in band.words
        if not any(
            r.at > w.box.center[1] and r.start <= w.box.center[0] <= r.end
            for r in frame.parts
        )
    ]


def _column_edges(
    frame: _Frame, rows: Sequence[_Band], leaves: Sequence[Word]
) -> list[float]:
    """Return the edges of the columns: in the middle of what every row leaves free.

    Of that the part that the head leaves free, too: its words are often wider.
    """
    words = [w for band in rows for w in band.words]
    least = _GUTTER * _height(words)
    gutters = _gaps([(w.box.x0, w.box.x1) for w in words], least)
    edges = [frame.x0]
    beside = [(w.box.x0, w.box.x1) for w in leaves]
    for x0, x1 in gutters:
        free = _gaps([(frame.x0, x0), *beside, (x1, frame.x1)], 0.0)
        low, high = max(free or [(x0, x1)], key=lambda gap: gap[1] - gap[0])
        edges.append((low + high) / 2)
    return [*edges, frame.x1]


def _gaps(
    spans: Sequence[tuple[float, float]], least: float
) -> list[tuple[float, float]]:
    """Return what the spans leave free between them, from left to right."""
    gaps: list[tuple[float, float]] = []
    end: float | None = None
    for x0, x1 in sorted(spans):
        if end is not None and x0 > end and x0 - end >= least:
            gaps.append((end, x0))
        end = x1 if end is None else max(end, x1)
    return gaps


def _is_row(band: _Band, edges: Sequence[float]) -> bool:
    """Whether a band holds a row, or a heading in one line; text over it is neither."""
    crossing = any(
        w.box.x0 < edge < w.box.x1 for w in band.words for edge in edges[1:-1]
    )
    return not crossing or len(read_rows(band.words)) == 1


def _row_cells(band: _Band, row: int, edges: Sequence[float]) -> list[GridCell]:
    """Return the cells of a row; a heading of several words runs over columns."""
    line = sorted(band.words, key=lambda w: w.box.x0)
    joined = {
        col
        for col in range(1, len(edges) - 1)
        if any(w.box.x0 < edges[col] < w.box.x1 for w in line)
        or any(_run_on(a, b, edges[col]) for a, b in pairwise(line))
    }
    return _tiles(band, row, edges, joined)


def _run_on(one: Word, two: Word, edge: float) -> bool:
    """Whether an edge lies in a space between two words that belong together."""
    gap = two.box.x0 - one.box.x1
    level = min(one.box.y1, two.box.y1) > max(one.box.y0, two.box.y0)
    is_space = one.box.x1 <= edge <= two.box.x0 and gap <= _SPACE * two.box.height
    return is_space and level and not (_is_figure(one) or _is_figure(two))


def _tiles(
    band: _Band, row: int, edges: Sequence[float], joined: set[int]
) -> list[GridCell]:
    starts = [col for col in range(len(edges) - 1) if col not in joined]
    return [
        GridCell(row, a, 1, b - a, BBox(edges[a], band.y0, edges[b], band.y1))
        for a, b in pairwise([*starts, len(edges) - 1])
    ]


# --- the head -------------------------------------------------------------------------


def _head_cells(
    frame: _Frame, bands: Sequence[_Band], edges: Sequence[float]
) -> list[GridCell]:
    """Return the cells of the head: parted below where a ruling stands over a column.

    A run of columns that the same rulings bound holds as many cells as it has texts
    that stand apart; each spans the columns that it is set in the middle of.
    """
    if not bands:
        return []
    ys = sorted({bands[0].y0, *(b.y1 for b in bands), *(r.at for r in frame.parts)})
    words = [w for band in bands for w in band.words]
    n_cols, last = len(edges) - 1, len(ys) - 2
    cells: list[GridCell] = []

    def is_ruled(row: int, col: int) -> bool:
        """Whether a column has a ruling at the foot of a row of the head."""
        middle = (edges[col] + edges[col + 1]) / 2
        is_whole = any(ys[row + 1] == b.y1 for b in bands)
        return is_whole or any(
            r.at == ys[row + 1] and r.start <= middle <= r.end for r in frame.parts
        )

    opens = [0] * n_cols
    for row in range(last + 1):
        ends = [col for col in range(n_cols) if is_ruled(row, col)]
        for run in _runs(ends, opens):
            top, low = opens[run[0]], row
            box = BBox(edges[run[0]], ys[top], edges[run[-1] + 1], ys[low + 1])
            inside = [w for w in words if box.contains(*w.box.center)]
            ends_head = low == last
            for a, b in _parted(inside, run, edges, ends_head):
                cell = BBox(edges[a], ys[top], edges[b + 1], ys[low + 1])
                cells.append(GridCell(top, a, low - top + 1, b - a + 1, cell))
            for col in run:
                opens[col] = row + 1
    return cells


def _runs(cols: Sequence[int], opens: Sequence[int]) -> Iterator[list[int]]:
    """Yield neighbours among the columns whose cells open in the same row."""
    run: list[int] = []
    for col in cols:
        if run and (col != run[-1] + 1 or opens[col] != opens[run[-1]]):
            yield run
            run = []
        run.append(col)
    if run:
        yield run


def _parted(
    words: Sequence[Word], run: Sequence[int], edges: Sequence[float], is_last: bool
) -> list[tuple[int, int]]:
    """Return the first and last column of each heading over a run of columns."""
    single = [(col, col) for col in run]
    strips = _strips(words)
    if is_last or len(strips) >= len(run) or not strips:
        return single
    return _centred(strips, run, edges)


def _strips(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Return what stands apart from left to right, lines under one another as one."""
    if not words:
        return []
    least = _SPACE * _height(words)
    strips: list[tuple[float, float]] = []
    for x0, x1 in sorted((w.box.x0, w.box.x1) for w in words):
        if strips and x0 - strips[-1][1] <= least:
            strips[-1] = (strips[-1][0], max(strips[-1][1], x1))
        else:
            strips.append((x0, x1))
    return strips


def _centred(
    strips: Sequence[tuple[float, float]], run: Sequence[int], edges: Sequence[float]
) -> list[tuple[int, int]]:
    """Return the columns of each strip so that all are set most nearly in the middle.

    Best ways to part the first columns among the first strips, each from those before.
    """
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {(0, 0): (0, [])}
    for n, (x0, x1) in enumerate(strips):
        for stop in range(n + 1, len(run) + 1):
            ways = []
            for start in range(n, stop):
                if (n, start) in best:
                    off, spans = best[n, start]
                    middle = (edges[run[start]] + edges[run[stop - 1] + 1]) / 2
                    cost = off + abs(middle - (x0 + x1) / 2)
                    ways.append((cost, [*spans, (run[start], run[stop - 1])]))
            if ways:
                best[n + 1, stop] = min(ways)
    return best[len(strips), len(run)][1]
