"""Tables without rulings on a scan: columns seen in the ink, then read cell by cell.

Where the pieces stand is taken from the ink, what is a figure from the recogniser:
words that Tesseract has read over a whole page are too often wrong in columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extractors.aligned import find_aligned
from extractors.cells import DIGIT_HEIGHT
from extractors.grid import Area, GridCell, ScannedTable
from extractors.levelling import find_line_boxes
from extractors.model import BBox, Word
from extractors.recogniser.reader import FigureReading, read_figures
from extractors.ruled import Grid
from extractors.shading import drop_large_ink, find_ink
from extractors.straighten import StraightPage

LEAST_SURE = 0.2
"""A piece read less surely as a figure is taken for text."""

SPILL = 0.8
"""In x-heights; how far a letter or its mark may reach over the edge of its cell."""

WIDEST_FIGURE = 12.0
"""In x-heights; what is wider is not read as a figure."""

LEAST_ROWS = 3
"""Fewer rows with several pieces side by side cannot be a table."""


def find_unruled(page: StraightPage, taken: Sequence[Area]) -> list[ScannedTable]:
    """Return the tables of a page that have no rulings.

    Args:
        page: The straight page.
        taken: Areas of the tables already found.
    """
    boxes = [box for box in find_pieces(page) if not is_taken(box, taken)]
    if count_shared_rows(boxes) < LEAST_ROWS:
        return []
    words = name_pieces(page, boxes)
    return [build_unruled(page, grid) for grid in find_aligned(words)]


def find_pieces(page: StraightPage) -> list[Area]:
    """Return the boxes of ink that stands together in one line."""
    ink = drop_large_ink(find_ink(page.gray))
    return find_line_boxes(ink, page.x_height, margin=0.0)


def is_taken(box: Area, taken: Sequence[Area]) -> bool:
    """Whether the middle of a piece lies in one of the areas."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in taken)


def count_shared_rows(boxes: Sequence[Area]) -> int:
    """Return how many times three pieces stand side by side, or nearly so."""
    order = sorted(boxes, key=lambda box: box[1] + box[3])
    level = [
        abs((a[1] + a[3]) - (b[1] + b[3])) < (a[3] - a[1]) for a, b in pairwise(order)
    ]
    return sum(level)


def name_pieces(page: StraightPage, boxes: Sequence[Area]) -> list[Word]:
    """Return each piece as a word: a figure as it reads, anything else as text."""
    narrow = [box for box in boxes if box[2] - box[0] <= WIDEST_FIGURE * page.x_height]
    pad = round(0.3 * page.x_height)
    crops = [
        page.gray[max(0, y0 - pad) : y1 + pad, max(0, x0 - pad) : x1 + pad]
        for x0, y0, x1, y1 in narrow
    ]
    found = read_figures(crops, DIGIT_HEIGHT * page.x_height)
    figures = dict(zip(narrow, found, strict=True))
    return [Word(name_piece(figures.get(box)), BBox(*map(float, box))) for box in boxes]


def name_piece(figure: FigureReading | None) -> str:
    """Return the figure, or a letter that stands for text."""
    if figure is None or figure.confidence < LEAST_SURE:
        return "x"
    if figure.is_numeral:
        return "1"  # a Roman numeral is an ordinal like any other
    return "".join(figure.text.split()) if figure.is_figure else "x"


def build_unruled(page: StraightPage, grid: Grid) -> ScannedTable:
    """Return the grid's part of the page as a table that has no rulings."""
    cells = tuple(
        GridCell(c.row, c.col, c.row_span, c.col_span, round_box(c.box))
        for c in grid.cells
    )
    return ScannedTable(
        gray=page.gray,
        rulings=np.zeros_like(page.gray),
        warp=page.warp,
        area=round_box(grid.box),
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        cells=cells,
        x_height=page.x_height,
        spill=round(SPILL * page.x_height),
    )


def round_box(box: BBox) -> Area:
    """Return the box in whole pixels."""
    return round(box.x0), round(box.y0), round(box.x1), round(box.y1)
