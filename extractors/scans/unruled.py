"""Tables without rulings on a scan: columns seen in the ink, then read cell by cell.

Where the pieces stand is taken from the ink, what is a figure from the recogniser:
words that Tesseract has read over a whole page are too often wrong in columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.model import BBox, Word
from extractors.recogniser.reader import FigureReading, read_figures
from extractors.scans.cells import DIGIT_HEIGHT, LIKELY
from extractors.scans.cutting import find_baseline, find_runs, widen_rulings
from extractors.scans.grid import Area, GridCell, ScannedTable
from extractors.scans.ink import Gray, drop_large_ink, find_ink, shrink
from extractors.scans.levelling import find_line_boxes
from extractors.scans.straighten import StraightPage
from extractors.scans.strokes import Strokes
from extractors.tables.aligned import find_aligned
from extractors.tables.open_heads import settle_head
from extractors.tables.ruled import Grid

LEAST_SURE = 0.2
"""A piece read less surely as a figure is taken for text."""

ROMAN = frozenset("IVX.")

TEXT, NUMERAL = "x", "I"
"""What stands for a piece that is no figure, and for a Roman numeral: an ordinal."""

CUT = 0.35
"""In x-heights; print that lies over the edge of its cell by more is cut."""

SPILL = 0.8
"""In x-heights; how far a letter or its mark may reach over the edge of its cell."""

WIDEST_FIGURE = 12.0
"""In x-heights; what is wider is not read as a figure."""

GAP = 1.0
"""In x-heights; what parts two cells in a line: more than the space of two words."""

ABOVE, BELOW = 1.4, 0.4
"""In x-heights; how far a line reaches over and under the row that its letters stand
on. Ink alone is higher or lower word by word."""

STRETCH = 2.0
"""Makes a ``GAP`` wider than a line is high, as the finder of columns wants it."""

WIDEST_SIGN = 1.3
"""In x-heights; a figure has a sign for each of these, spaces between included."""

LINE = 2.8
"""In x-heights; from one line of text to the next, set close."""

LEAST_ROWS = 3
"""Fewer rows with several pieces side by side cannot be a table."""


def find_unruled(
    page: StraightPage, strokes: Strokes, taken: Sequence[Area]
) -> list[ScannedTable]:
    """Return the tables of a page that have no rulings, or only some above or below.

    Args:
        page: The straight page.
        strokes: Rulings on it.
        taken: Areas of the tables already found.
    """
    if not has_corridor(page, taken):
        return []
    page = wipe(page, strokes.level)
    boxes = [box for box in find_pieces(page) if not is_taken(box, taken)]
    if count_shared_rows(boxes) < LEAST_ROWS:
        return []
    words = join_initials(name_pieces(page, boxes), page.x_height)
    grids = [settle_head(grid, words) for grid in find_aligned(words)]
    return [
        build_open(page, grid, STRETCH, find_cut(grid, words, page.x_height))
        for grid in grids
    ]


def wipe(page: StraightPage, rulings: Gray) -> StraightPage:
    """Return the page with its rulings painted over."""
    gray = page.gray.copy()
    gray[widen_rulings(rulings, page.x_height) > 0] = 255
    return replace(page, gray=gray)


def has_corridor(page: StraightPage, taken: Sequence[Area]) -> bool:
    """Whether white runs down through three lines somewhere, as between columns.

    Prose has none: the spaces of one line lie over the words of the next. This takes
    a small copy of the page and spares most pages the search.
    """
    rough, factor = shrink(page.gray, round(max(page.gray.shape) * 7 / page.x_height))
    ink = drop_large_ink(find_ink(rough))
    for area in taken:
        x0, y0, x1, y1 = (round(v / factor) for v in area)
        ink[y0:y1, x0:x1] = 0
    x_height = page.x_height / factor
    rows = [
        row
        for start, stop in find_runs(np.asarray(ink.any(axis=1), bool))
        for row in part_rows(start, stop, x_height)
    ]
    inked = np.array([ink[start:stop].any(axis=0) for start, stop in rows])
    return any(
        is_parted(inked[k : k + LEAST_ROWS], GAP * x_height)
        for k in range(len(rows) - LEAST_ROWS + 1)
    )


def part_rows(start: int, stop: int, x_height: float) -> list[tuple[int, int]]:
    """Return a run of rows as lines of text: those that touch are parted evenly."""
    if stop - start < 0.5 * x_height:
        return []
    count = max(1, round((stop - start) / (LINE * x_height)))
    edges = np.linspace(start, stop, count + 1).round().astype(int).tolist()
    return list(pairwise(edges))


def is_parted(rows: NDArray[np.bool_], least: float) -> bool:
    """Whether white of this width runs through all lines, with print on both sides.

    A line that ends early has none to its right; the others must have.
    """
    for left, right in pairwise(find_runs(np.asarray(rows.any(axis=0), bool))):
        if right[0] - left[1] >= least:
            both = rows[:, : left[1]].any(axis=1) & rows[:, right[0] :].any(axis=1)
            if both.sum() >= len(rows) - 1:
                return True
    return False


def find_pieces(page: StraightPage) -> list[Area]:
    """Return the boxes of ink that stands together in one line."""
    rough, factor = shrink(page.gray, round(max(page.gray.shape) * 14 / page.x_height))
    ink = drop_large_ink(find_ink(rough))
    boxes = find_line_boxes(ink, page.x_height / factor, margin=0.0, gap=GAP)
    return [enlarge_box(box, factor) for box in boxes]


def enlarge_box(box: Area, factor: float) -> Area:
    """Return a box of a small copy on the page itself."""
    x0, y0, x1, y1 = (round(v * factor) for v in box)
    return x0, y0, x1, y1


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
    """Return each piece as a word: a figure as it reads, anything else as text.

    Boxes are stretched across, so that pieces parted here are not taken for one.
    """
    return [replace(w, box=stretch(w.box)) for w in name_words(page, boxes)]


def name_words(page: StraightPage, boxes: Sequence[Area]) -> list[Word]:
    """Return what stands in each box as a word, its box as tall as its line."""
    named = zip(boxes, name_boxes(page, boxes), strict=True)
    return [Word(text, find_line_box(page, box)) for box, text in named]


def find_line_box(page: StraightPage, box: Area) -> BBox:
    """Return a box of ink made as tall as its line, as boxes of a text layer are."""
    x0, y0, x1, y1 = box
    base = y0 + find_baseline(page.gray[y0:y1, x0:x1])
    top = max(0.0, base - ABOVE * page.x_height)
    return BBox(float(x0), top, float(x1), base + BELOW * page.x_height)


def stretch(box: BBox) -> BBox:
    """Return a box made wider, as if its page were."""
    return replace(box, x0=box.x0 * STRETCH, x1=box.x1 * STRETCH)


def name_boxes(page: StraightPage, boxes: Sequence[Area]) -> list[str]:
    """Return what stands in each box: a figure as it reads, or that it is text."""
    narrow = [box for box in boxes if box[2] - box[0] <= WIDEST_FIGURE * page.x_height]
    pad = round(0.3 * page.x_height)
    crops = [
        page.gray[max(0, y0 - pad) : y1 + pad, max(0, x0 - pad) : x1 + pad]
        for x0, y0, x1, y1 in narrow
    ]
    found = read_figures(crops, DIGIT_HEIGHT * page.x_height)
    figures = dict(zip(narrow, found, strict=True))
    return [
        name_piece(figures.get(box), (box[2] - box[0]) / page.x_height) for box in boxes
    ]


def name_piece(figure: FigureReading | None, wide: float) -> str:
    """Return the figure, or a letter that stands for text.

    Args:
        figure: What the recogniser reads.
        wide: Width of the piece in x-heights.
    """
    if figure is None or figure.confidence < LEAST_SURE:
        return TEXT
    text = "".join(figure.text.split())
    if wide > WIDEST_SIGN * (len(text) + 1):
        return TEXT  # letters that it passed over
    if figure.is_numeral and figure.confidence >= LIKELY and set(text) <= ROMAN:
        return NUMERAL
    return text if figure.is_figure else TEXT


def join_initials(words: Sequence[Word], x_height: float) -> list[Word]:
    """Return the pieces, numerals where names begin made part of the names.

    'X. Quang Trung' (for 'Xã') is a name; an ordinal stands in a column of its own.
    """
    near = STRETCH * x_height
    names = [w.box for w in words if w.text == TEXT]
    joined = list(words)
    for initial in [w for w in words if w.text == NUMERAL]:
        here = initial.box
        begun = sum(abs(name.x0 - here.x0) < 0.5 * near for name in names)
        after = [
            w
            for w in joined
            if w.text == TEXT
            and abs(w.box.center[1] - here.center[1]) < 0.5 * here.height
            and 0 <= w.box.x0 - here.x1 < 2 * near
        ]
        if begun > 1 and after:
            whole = Word(TEXT, BBox.around([here, after[0].box]))
            joined = [w for w in joined if w not in (initial, after[0])] + [whole]
    return joined


def find_cut(
    grid: Grid, words: Sequence[Word], x_height: float, wide: float = STRETCH
) -> frozenset[int]:
    """Return the cells, by their place, at whose edge a piece of print is cut in two.

    What it heads, or whose it is, is not known then.
    """
    least = wide * CUT * x_height
    cut: set[int] = set()
    for word in words:
        over = [
            k
            for k, cell in enumerate(grid.cells)
            if cell.box.y0 < word.box.center[1] < cell.box.y1
            and min(cell.box.x1, word.box.x1) - max(cell.box.x0, word.box.x0) > least
        ]
        cut |= set(over) if len(over) > 1 else set()
    return frozenset(cut)


def build_open(
    page: StraightPage, grid: Grid, wide: float, cut: frozenset[int]
) -> ScannedTable:
    """Return the grid's part of the page as a table whose columns no rulings part.

    Args:
        page: The page without its rulings.
        grid: The grid.
        wide: How much wider the grid is than on the page.
        cut: Cells at whose edge print is cut.
    """
    cells = tuple(
        GridCell(c.row, c.col, c.row_span, c.col_span, round_box(c.box, wide))
        for c in grid.cells
    )
    return ScannedTable(
        gray=page.gray,
        rulings=np.zeros_like(page.gray),
        warp=page.warp,
        area=round_box(grid.box, wide),
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        cells=cells,
        x_height=page.x_height,
        spill=round(SPILL * page.x_height),
        cut=cut,
    )


def round_box(box: BBox, wide: float) -> Area:
    """Return a box that was made wider in whole pixels of the page."""
    return round(box.x0 / wide), round(box.y0), round(box.x1 / wide), round(box.y1)
