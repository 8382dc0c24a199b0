"""Where the columns of a table without rulings begin and end, as its head shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model import BBox, Word

_YEAR = re.compile(r"(19|20)\d\d")


def is_figure(text: str) -> bool:
    """Whether a piece is a figure of the body: the years of a head are none."""
    return any(c.isdigit() for c in text) and not _YEAR.fullmatch(text)


def clear_edges(
    edges: Sequence[float], head: Sequence[Word], body: Sequence[Word]
) -> list[float]:
    """Return the edges beside the lowest print over each column instead of through it.

    Figures at the right of their column leave open where it begins; what stands lowest
    over the figures of one column alone is of that column.
    """
    own: list[list[BBox]] = [[] for _ in edges[1:]]
    for piece in body:
        if is_figure(piece.text):
            own[column_at(piece, edges)].append(piece.box)
    taken = {n: _extent(n, own, head) for n, boxes in enumerate(own) if boxes}
    cleared = list(edges)
    for n in range(1, len(edges) - 1):
        if n - 1 not in taken or n not in taken:
            continue
        left, right = taken[n - 1].x1, taken[n].x0
        if left < right and not left <= edges[n] <= right:
            cleared[n] = (left + right) / 2
    return cleared


def column_at(piece: Word, edges: Sequence[float]) -> int:
    """Return the column that the middle of a piece is in."""
    return sum(edge <= piece.box.center[0] for edge in edges[1:-1])


def _extent(col: int, own: Sequence[Sequence[BBox]], head: Sequence[Word]) -> BBox:
    """Return the box around the figures of a column and its own lowest print."""
    lines = [p.box for p in head if _stands_on(p, own, col)]
    lowest = max(lines, key=lambda box: box.y0, default=None)
    return BBox.around([*own[col], *([lowest] if lowest else [])])


def _stands_on(piece: Word, own: Sequence[Sequence[BBox]], col: int) -> bool:
    """Whether print is over the figures of one column and of no other."""
    box = piece.box
    over = [
        n
        for n, boxes in enumerate(own)
        if any(b.x0 < box.x1 and box.x0 < b.x1 for b in boxes)
    ]
    return over == [col]
