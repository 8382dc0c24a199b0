"""Tables without rulings: names and figures that stand in columns by themselves.

Careful on purpose: only several rows in a row, each a name with figures under one
another, are a table. Prose, a head in two columns and a signature never are, because
nothing in them is a column of figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import read_rows
from extractors.model import BBox, Word
from extractors.tables.pieces import (
    APART,
    Piece,
    Pieces,
    is_ordinal,
    line_pieces,
    part_figures,
    part_names,
    row_box,
)
from extractors.tables.ruled import Grid, GridCell

# In parts of the height of the words.
_ROW_GAP = 2.0
"""Rows that stand further apart are not of one table."""
_HEAD_GAP = 1.2
_FIRST_GAP = 1.8
"""The same between the body and the last line of its head."""
_OVER = 0.4
"""A piece of the head over this part of a column's room names that column, too."""
_WRAP_OVERLAP = 0.2
_FIGURES_BEFORE_REMARK = 2
_MOST_HEAD_LINES = 9
_LEAST_ROWS = 3
_LEAST_ROWS_OF_ONE_FIGURE = 5


def find_aligned(words: Sequence[Word]) -> tuple[Grid, ...]:
    """Return the grids of tables that are set in columns without rulings.

    Args:
        words: The words that are in no ruled table, upright, in any order.
    """
    rows = _join_wrapped([line_pieces(line) for line in read_rows(words)])
    grids: list[Grid] = []
    place = taken = 0
    while place < len(rows):
        stop = _body_end(rows, place)
        body = part_figures(rows[place:stop])
        columns = _columns(body)
        if _is_table(body, columns):
            top = place
            while top > taken and _opens_body(rows, top, columns):
                top -= 1
            above = part_names(rows[: top + 1], columns)[:top]
            first = _head_start(above, taken, row_box(rows[top]), columns)
            grids.append(_grid(above[first:], [*rows[top:place], *body], columns))
            taken = stop
        place = max(stop, place + 1)
    return tuple(grids)


def _join_wrapped(rows: list[Pieces]) -> list[Pieces]:
    """Join a name on two lines with the figures that stand at half height beside it."""
    joined: list[Pieces] = []
    place = 0
    while place < len(rows):
        three = rows[place : place + 3]
        if len(three) == 3 and _is_wrapped(*three):
            first, row, last = three
            name = Piece((*first[0].words, *last[0].words))
            joined.append(sorted([*row, name], key=lambda p: p.box.x0))
            place += 3
        elif len(three) > 1 and (whole := _join_half(*three[:2])):
            joined.append(whole)
            place += 2
        else:
            joined.append(rows[place])
            place += 1
    return joined


def _join_half(one: Pieces, two: Pieces) -> Pieces | None:
    """Return a line of a wrapped name and the row that holds the other, as one row.

    None where they are two rows: those do not stand half beside each other.
    """
    (line, *more), row = sorted((one, two), key=len)
    figures = [p for p in row if p.is_figure]
    if more or line.is_figure or len(figures) < 2:
        return None
    here = row_box(figures)
    shared = min(line.box.y1, here.y1) - max(line.box.y0, here.y0)
    under = [p for p in row if p.box.x0 < line.box.x1 and p.box.x1 > line.box.x0]
    if shared <= _WRAP_OVERLAP * here.height or len(under) != 1 or under[0].is_figure:
        return None
    first, second = sorted((line, *under), key=lambda p: p.box.y0)
    name = Piece((*first.words, *second.words))
    return [name if p is under[0] else p for p in row]


def _is_wrapped(above: Pieces, row: Pieces, below: Pieces) -> bool:
    names = (*above, *below)
    if len(above) != 1 or len(below) != 1 or any(p.is_figure for p in names):
        return False
    name, here = BBox.around(p.box for p in names), row_box(row)
    is_between = above[0].box.y1 - here.y0 > _WRAP_OVERLAP * here.height
    is_between &= here.y1 - below[0].box.y0 > _WRAP_OVERLAP * here.height
    is_free = all(p.box.x1 <= name.x0 or p.box.x0 >= name.x1 for p in row)
    return is_between and is_free and sum(p.is_figure for p in row) >= 2


def _is_body_row(row: Pieces) -> bool:
    """Whether the row is a name, or an ordinal and a name, and then figures.

    After two figures or more a last piece may be words: a remark.
    """
    names = [i for i, p in enumerate(row) if not p.is_figure]
    if names[:2] == [0, 1] and is_ordinal(row[0].text):
        names = names[1:]
    if len(names) == 2 and names[1] == len(row) - 1:
        return names[0] <= 1 and names[1] - names[0] > _FIGURES_BEFORE_REMARK
    return (
        len(row) >= 2 and len(names) == 1 and names[0] <= 1 and len(row) > names[0] + 1
    )


def _body_end(rows: list[Pieces], start: int) -> int:
    stop = start
    while stop < len(rows) and (stop == start or _is_close(rows, stop)):
        if not _is_body_row(rows[stop]) and not _is_group_row(rows, start, stop):
            break
        stop += 1
    return stop


def _is_close(rows: list[Pieces], place: int) -> bool:
    above, here = row_box(rows[place - 1]), row_box(rows[place])
    return here.y0 - above.y1 <= _ROW_GAP * here.height


def _is_group_row(rows: list[Pieces], start: int, place: int) -> bool:
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
    return row_box(rows[place]).x1 < min(figures)


def _opens_body(
    rows: list[Pieces], top: int, columns: list[tuple[float, float]]
) -> bool:
    """Whether the row above a body is its first group row: 'I  Vùng thuận lợi'."""
    above = rows[top - 1]
    if len(above) != 2 or not is_ordinal(above[0].text) or above[1].is_figure:
        return False
    return _is_close(rows, top) and [_span(p.box, columns) for p in above] == [
        (0, 0),
        (1, 1),
    ]


def _columns(body: list[Pieces]) -> list[tuple[float, float]]:
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


def _is_table(body: list[Pieces], columns: list[tuple[float, float]]) -> bool:
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
    rows: list[Pieces],
    floor: int,
    body_top: BBox,
    columns: list[tuple[float, float]],
) -> int:
    """Return the first of the rows above a body, from ``floor`` on, of its head."""
    first = place = len(rows)
    while first > floor and place - first < _MOST_HEAD_LINES:
        above = rows[first - 1]
        here = row_box(rows[first]) if first < place else body_top
        limit = _FIRST_GAP if first == place else _HEAD_GAP
        close = here.y0 - row_box(above).y1 <= limit * here.height
        if not close or not _names_columns(above, columns):
            break
        first -= 1
    while first < place and _is_title(rows, first, place, columns):
        first += 1
    return first


def _is_title(
    rows: list[Pieces], first: int, place: int, columns: list[tuple[float, float]]
) -> bool:
    """Whether the first line of a head stands alone over it and parts no columns."""
    if len(rows[first]) > 1 or first + 1 == place:
        return False
    here, below = row_box(rows[first]), rows[first + 1]
    if row_box(below).y0 - here.y1 < APART * here.height:
        return False
    low, high = _span(here, columns)
    under = [p for p in below if low <= _span(p.box, columns)[0] <= high]
    return len(under) < 2 or len(under) == len(below) > 2


def _names_columns(row: Pieces, columns: list[tuple[float, float]]) -> bool:
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
    head: list[Pieces], body: list[Pieces], columns: list[tuple[float, float]]
) -> Grid:
    """Return the grid; lines of a head that span no two columns are one row of it."""
    groups = _head_groups(head, columns)
    bands = [*groups, *([row] for row in body)]
    ys = _between([_tall(b) for b in bands])
    whole = BBox.around(row_box(row) for row in (*head, *body))
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
    head: list[Pieces], columns: list[tuple[float, float]]
) -> list[list[Pieces]]:
    groups: list[list[Pieces]] = []
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


def _tall(band: list[Pieces]) -> tuple[float, float]:
    box = BBox.around(row_box(row) for row in band)
    return box.y0, box.y1


def _between(spans: list[tuple[float, float]]) -> list[float]:
    """Return edges: outside the first and the last span, midway between the others."""
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    return [spans[0][0], *inner, max(spans[-1][1], *inner, spans[0][1])]
