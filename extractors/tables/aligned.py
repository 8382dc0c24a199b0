"""Tables without rulings: names and figures that stand in columns by themselves.

Careful on purpose: only several rows in a row, each a name with figures under one
another, are a table. Prose, a head in two columns and a signature never are, because
nothing in them is a column of figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.layout import read_rows
from extractors.model import BBox, Line, Word
from extractors.tables.ruled import Grid, GridCell

# In parts of the height of the words.
_CELL_GAP = 1.0
"""A wider gap between two words parts two cells."""
_ROW_GAP = 2.0
"""Rows that stand further apart are not of one table."""
_HEAD_GAP = 1.2
_FIRST_GAP = 1.8
"""The same between the body and the last line of its head."""
_APART = 0.3
"""Lines of a head that stand closer are of one line of words set in the middle."""
_OVER = 0.4
"""A piece of the head over this part of a column's room names that column, too."""
_WRAP_OVERLAP = 0.2
_FIGURES_BEFORE_REMARK = 2
_MOST_HEAD_LINES = 9
_LEAST_ROWS = 3
_LEAST_ROWS_OF_ONE_FIGURE = 5

_ORDINAL = re.compile(r"[IVXLC]{1,6}[.)]?|[A-Za-zĐđ][.)]?")
_FIGURE_SIGNS = frozenset("0123456789.,-–%()+/ ")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one row that belong to one cell."""

    words: tuple[Word, ...]

    @property
    def box(self) -> BBox:
        return BBox.around(w.box for w in self.words)

    @property
    def is_figure(self) -> bool:
        text = "".join(w.text for w in self.words)
        return set(text) <= _FIGURE_SIGNS and (
            any(c.isdigit() for c in text) or text in {"-", "–"}
        )


_Pieces = list[_Piece]


def find_aligned(words: Sequence[Word]) -> tuple[Grid, ...]:
    """Return the grids of tables that are set in columns without rulings.

    Args:
        words: The words that are in no ruled table, upright, in any order.
    """
    rows = _join_wrapped([_pieces(line) for line in read_rows(words)])
    grids: list[Grid] = []
    place = taken = 0
    while place < len(rows):
        stop = _body_end(rows, place)
        body = rows[place:stop]
        columns = _columns(body)
        if _is_table(body, columns):
            first = _head_start(rows, taken, place, columns)
            grids.append(_grid(rows[first:place], body, columns))
            taken = stop
        place = max(stop, place + 1)
    return tuple(grids)


def join_pieces(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return what stands together in one line as one word, spaces inside it."""
    return tuple(
        Word(" ".join(w.text for w in piece.words), piece.box)
        for line in read_rows(words)
        for piece in _pieces(line)
    )


def _height(words: Sequence[Word]) -> float:
    return median(w.box.height for w in words) or 1.0


def _pieces(line: Line) -> _Pieces:
    limit = _CELL_GAP * _height(line.words)
    pieces: list[list[Word]] = [[line.words[0]]]
    for one, two in pairwise(line.words):
        if two.box.x0 - one.box.x1 > limit:
            pieces.append([two])
        else:
            pieces[-1].append(two)
    return [_Piece(tuple(p)) for p in pieces]


def _join_wrapped(rows: list[_Pieces]) -> list[_Pieces]:
    """Join a name on two lines with the figures that stand at half height beside it."""
    joined: list[_Pieces] = []
    place = 0
    while place < len(rows):
        three = rows[place : place + 3]
        if len(three) == 3 and _is_wrapped(*three):
            first, row, last = three
            name = _Piece((*first[0].words, *last[0].words))
            joined.append(sorted([*row, name], key=lambda p: p.box.x0))
            place += 3
        else:
            joined.append(rows[place])
            place += 1
    return joined


def _is_wrapped(above: _Pieces, row: _Pieces, below: _Pieces) -> bool:
    names = (*above, *below)
    if len(above) != 1 or len(below) != 1 or any(p.is_figure for p in names):
        return False
    name, here = BBox.around(p.box for p in names), _box(row)
    is_between = above[0].box.y1 - here.y0 > _WRAP_OVERLAP * here.height
    is_between &= here.y1 - below[0].box.y0 > _WRAP_OVERLAP * here.height
    is_free = all(p.box.x1 <= name.x0 or p.box.x0 >= name.x1 for p in row)
    return is_between and is_free and sum(p.is_figure for p in row) >= 2


def _box(row: _Pieces) -> BBox:
    return BBox.around(p.box for p in row)


def _is_body_row(row: _Pieces) -> bool:
    """Whether the row is a name, or an ordinal and a name, and then figures.

    After two figures or more a last piece may be words: a remark.
    """
    names = [i for i, p in enumerate(row) if not p.is_figure]
    if names[:2] == [0, 1] and _is_ordinal(row[0]):
        names = names[1:]
    if len(names) == 2 and names[1] == len(row) - 1:
        return names[0] <= 1 and names[1] - names[0] > _FIGURES_BEFORE_REMARK
    return (
        len(row) >= 2 and len(names) == 1 and names[0] <= 1 and len(row) > names[0] + 1
    )


def _is_ordinal(piece: _Piece) -> bool:
    """Whether a piece may count a row that has a name beside it: 'II', 'A.', 'a)'."""
    text = "".join(w.text for w in piece.words)
    return _ORDINAL.fullmatch(text) is not None


def _body_end(rows: list[_Pieces], start: int) -> int:
    stop = start
    while stop < len(rows) and (stop == start or _is_close(rows, stop)):
        if not _is_body_row(rows[stop]) and not _is_group_row(rows, start, stop):
            break
        stop += 1
    return stop


def _is_close(rows: list[_Pieces], place: int) -> bool:
    above, here = _box(rows[place - 1]), _box(rows[place])
    return here.y0 - above.y1 <= _ROW_GAP * here.height


def _is_group_row(rows: list[_Pieces], start: int, place: int) -> bool:
    """Whether a row inside a table is a name alone ('II  Khu vực nông thôn')."""
    inside = start < place < len(rows) - 1 and _is_close(rows, place + 1)
    if not inside or not _is_body_row(rows[place + 1]) or len(rows[place]) > 2:
        return False
    figures = [
        two.box.x0
        for row in rows[start:place]
        for one, two in pairwise(row)
        if two.is_figure and not one.is_figure
    ]
    if not figures or rows[place][-1].is_figure:
        return False
    return _box(rows[place]).x1 < min(figures)


def _columns(body: list[_Pieces]) -> list[tuple[float, float]]:
    """Return the strips that the pieces of all rows fill, from left to right."""
    spans = sorted((p.box.x0, p.box.x1) for row in body for p in row)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _column_of(columns: list[tuple[float, float]], x: float) -> int:
    gaps = [max(x0 - x, x - x1, 0.0) for x0, x1 in columns]
    return gaps.index(min(gaps))


def _is_table(body: list[_Pieces], columns: list[tuple[float, float]]) -> bool:
    if len(body) < _LEAST_ROWS or len(columns) < 2:
        return False
    filled = [[_column_of(columns, p.box.center[0]) for p in row] for row in body]
    if any(len(set(f)) < len(f) for f in filled):
        return False  # Two pieces of one row in one strip: no columns at all.
    least = _LEAST_ROWS if len(columns) > 2 else _LEAST_ROWS_OF_ONE_FIGURE
    return len(body) >= least and any(
        sum(col in f for f in filled) >= least for col in range(1, len(columns))
    )


def _head_start(
    rows: list[_Pieces],
    floor: int,
    place: int,
    columns: list[tuple[float, float]],
) -> int:
    """Return the first row above the body, not above ``floor``, that names columns."""
    first = place
    while first > floor and place - first < _MOST_HEAD_LINES:
        above, here = rows[first - 1], _box(rows[first])
        limit = _FIRST_GAP if first == place else _HEAD_GAP
        close = here.y0 - _box(above).y1 <= limit * here.height
        if not close or not _names_columns(above, columns):
            break
        first -= 1
    while first < place and _is_title(rows, first, place, columns):
        first += 1
    return first


def _is_title(
    rows: list[_Pieces], first: int, place: int, columns: list[tuple[float, float]]
) -> bool:
    """Whether the first line of a head stands alone over it and parts no columns."""
    if len(rows[first]) > 1 or first + 1 == place:
        return False
    here, below = _box(rows[first]), rows[first + 1]
    if _box(below).y0 - here.y1 < _APART * here.height:
        return False
    low, high = _span(here, columns)
    under = [p for p in below if low <= _span(p.box, columns)[0] <= high]
    return len(under) < 2 or len(under) == len(below) > 2


def _names_columns(row: _Pieces, columns: list[tuple[float, float]]) -> bool:
    spans = [_span(p.box, columns) for p in row]
    if len(row) == 1:  # A title stands over most columns, a head line over some.
        low, high = spans[0]
        is_sentence = row[0].words[-1].text[-1] in ".:;"
        return low > 0 and not is_sentence and (high - low) * 2 < len(columns)
    return all(a[1] < b[0] for a, b in pairwise(spans))


def _span(box: BBox, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """Return the first and the last column that a piece of the head stands over."""
    edges = _between(columns)
    over = [
        i
        for i, (x0, x1) in enumerate(columns)
        if (box.x1 > x0 and box.x0 < x1)
        or min(box.x1, edges[i + 1]) - max(box.x0, edges[i])
        > _OVER * (edges[i + 1] - edges[i])
    ]
    if not over:
        nearest = _column_of(columns, box.center[0])
        return nearest, nearest
    return over[0], over[-1]


def _grid(
    head: list[_Pieces], body: list[_Pieces], columns: list[tuple[float, float]]
) -> Grid:
    """Return the grid; lines of a head that span no two columns are one row of it."""
    groups = _head_groups(head, columns)
    bands = [*groups, *([row] for row in body)]
    ys = _between([_tall(b) for b in bands])
    whole = BBox.around(_box(row) for row in (*head, *body))
    xs = _between(columns)
    xs[0], xs[-1] = min(xs[0], whole.x0), max(xs[-1], whole.x1)
    cells: list[GridCell] = []
    for number, band in enumerate(bands):
        spans = {_span(p.box, columns) for row in band for p in row}
        wide = sorted(s for s in spans if s[1] > s[0]) if number < len(groups) else []
        for low, high in _tiles(wide, len(columns)):
            box = BBox(xs[low], ys[number], xs[high + 1], ys[number + 1])
            cells.append(GridCell(number, low, 1, high - low + 1, box))
    box = BBox(xs[0], ys[0], xs[-1], ys[-1])
    return Grid(len(bands), len(columns), tuple(cells), box)


def _head_groups(
    head: list[_Pieces], columns: list[tuple[float, float]]
) -> list[list[_Pieces]]:
    groups: list[list[_Pieces]] = []
    was_wide = True
    for row in head:
        is_wide = any(a < b for a, b in (_span(p.box, columns) for p in row))
        if is_wide or was_wide:
            groups.append([row])
        else:
            groups[-1].append(row)
        was_wide = is_wide
    return groups


def _tiles(wide: list[tuple[int, int]], n_cols: int) -> list[tuple[int, int]]:
    tiles: list[tuple[int, int]] = []
    col = 0
    while col < n_cols:
        high = next((b for a, b in wide if a == col), col)
        tiles.append((col, high))
        col = high + 1
    return tiles


def _tall(band: list[_Pieces]) -> tuple[float, float]:
    box = BBox.around(_box(row) for row in band)
    return box.y0, box.y1


def _between(spans: list[tuple[float, float]]) -> list[float]:
    """Return edges: outside the first and the last span, midway between the others."""
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    return [spans[0][0], *inner, max(spans[-1][1], *inner, spans[0][1])]
