"""A scanned page to evidence: straight, its tables read, then its prose."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import compress
from typing import Protocol

import cv2
import numpy as np

from extractors.layout import arrange_lines
from extractors.model import (
    BBox,
    Cell,
    Line,
    Method,
    Page,
    PageReading,
    RawTable,
    TablePart,
    Word,
)
from extractors.raster import POINTS_PER_INCH, PageImage
from extractors.scans import steps
from extractors.scans.cells import SPECKS, read_table
from extractors.scans.edges import is_at_edge, runs_off
from extractors.scans.grid import ScannedTable, find_tables
from extractors.scans.ocr import OcrJob, OcrWord, read_picture
from extractors.scans.row_ruled import find_row_ruled_tables
from extractors.scans.shading import find_drawings
from extractors.scans.steps import Step
from extractors.scans.straighten import StraightPage, straighten, turn_over
from extractors.scans.strokes import Strokes, find_strokes
from extractors.scans.unruled import find_unruled, is_taken
from extractors.scans.upright import is_upside_down
from extractors.scans.warp import Gray, Warp

ENOUGH_LETTERS = 40
"""Fewer letters of prose do not tell which way is up."""

UNSURE, MANY_UNSURE = 0.8, 0.05
"""Words below this confidence, and the part of a page's letters in such words that no
ordinary page has: its strokes are faint."""

DARKER = 1.8
"""Grey is raised to this power to make faint strokes darker."""

CUT_OFF = 0.3
"""Confidence, at most, of print that may go on where nothing is seen."""

COVERED_NEAR = 0.6
"""In x-heights; a digit that a seal covered stood this near to the next."""

CELL_NEAR = 0.2
"""In x-heights; a table ends this far from the end of the paper only if cut off."""

BULLETS = frozenset("-–—+*•")
_LEAST_LETTER = 0.7
"""In x-heights."""
_SHARED = 0.5
"""The part of the lower word's height that two words of one line share."""
_BESIDE = 3.0
"""The widest gap, in x-heights, between a word and a short one beside it."""


class ScanOptions(Protocol):
    """What reading a scan can be told."""

    @property
    def psm(self) -> int:
        """How Tesseract takes a page apart: its page segmentation mode."""

    @property
    def skip(self) -> steps.Steps:
        """Steps of making the page ready that are left out."""

    @property
    def ocr_timeout(self) -> float:
        """Seconds that one run of Tesseract may take."""


def read_scanned_page(image: PageImage, options: ScanOptions) -> PageReading:
    """Return the lines and tables of a scanned page.

    Boxes are in points on the page as the file shows it, before it was straightened.

    Raises:
        DependencyError: Tesseract or its Vietnamese data is missing.
        TimeoutError: Tesseract took longer than the options allow.
    """
    page = straighten(image.pixels, options.skip)
    if page.rotation % 180:
        page = set_upright(page, options)
    strokes = find_strokes(page.gray, page.x_height)
    tables = find_ruled(page, strokes)
    words = read_prose(page, tables, options)
    if not reads_well(words):
        turned = set_upright(page, options)
        if turned is not page:
            page, strokes = turned, find_strokes(turned.gray, turned.x_height)
            tables = find_ruled(page, strokes)
            words = read_prose(page, tables, options)
    tables += find_unruled(page, strokes, [table.area for table in tables])
    words = drop_held(words, tables)
    if Step.FAINT not in options.skip and is_unsure(words):
        darker = replace(page, gray=darken(page.gray))
        again = read_prose(darker, tables, options)
        if measure_trust(again) > measure_trust(words):
            words = again
            tables = [replace(table, gray=darken(table.gray)) for table in tables]
    scale = POINTS_PER_INCH / image.dpi * page.shrunk
    rest = [Word(w.text, BBox(*map(float, w.box)), w.confidence) for w in words]
    cut = [find_cut_cells(page, table) for table in tables]
    fragments = tuple(
        build_table(table, image.page_no, scale, doubted)
        for table, doubted in zip(tables, cut, strict=True)
    )
    is_cut = any(map(len, cut)) or runs_off(page)
    lines = arrange_words(doubt_ends(rest, page) if is_cut else rest, page, scale)
    return PageReading(
        Page(
            page_no=image.page_no,
            width=image.width,
            height=image.height,
            method=Method.OCR,
            lines=lines,
            rotation=page.rotation,
            is_cut=is_cut,
        ),
        fragments,
    )


def set_upright(page: StraightPage, options: ScanOptions) -> StraightPage:
    """Return the page right way up: a few of its lines, read both ways, tell."""
    if Step.UPRIGHT in options.skip:
        return page
    if is_upside_down(page.gray, page.x_height, options.ocr_timeout):
        return turn_over(page, options.skip)
    return page


def find_ruled(page: StraightPage, strokes: Strokes) -> list[ScannedTable]:
    """Return the tables of a straight page that have rulings."""
    tables = find_tables(page.flat, page.warp, strokes, page.x_height)
    taken = [table.area for table in tables]
    return [*tables, *find_row_ruled_tables(page, strokes, taken)]


def reads_well(words: list[OcrWord]) -> bool:
    """Whether what was read is text, and enough of it to be sure which way is up."""
    letters = sum(len(w.text) for w in words)
    sure = sum(w.confidence * len(w.text) for w in words)
    return letters >= ENOUGH_LETTERS and sure >= 0.6 * letters


def is_unsure(words: Sequence[OcrWord]) -> bool:
    """Whether much of what was read was read with little trust."""
    letters = sum(len(w.text) for w in words)
    unsure = sum(len(w.text) for w in words if w.confidence < UNSURE)
    return letters >= ENOUGH_LETTERS and unsure > MANY_UNSURE * letters


def measure_trust(words: Sequence[OcrWord]) -> float:
    """Return how sure the letters of a page were read, on the average."""
    letters = sum(len(w.text) for w in words)
    return sum(w.confidence * len(w.text) for w in words) / max(letters, 1)


def darken(gray: Gray) -> Gray:
    """Return a picture with its greys darker: thin strokes come out, white stays."""
    levels = np.arange(256) / 255
    return np.asarray(cv2.LUT(gray, (255 * levels**DARKER).astype(np.uint8)), np.uint8)


def read_prose(
    page: StraightPage, tables: list[ScannedTable], options: ScanOptions
) -> list[OcrWord]:
    """Return the words outside tables, read in one pass."""
    prose = page.gray.copy()
    covered = np.zeros_like(prose)
    if Step.DRAWINGS not in options.skip:
        covered = find_drawings(prose, page.x_height)
    prose[covered > 0] = 255
    for table in tables:
        x0, y0, x1, y1 = table.area
        prose[y0:y1, x0:x1] = 255
        covered[y0:y1, x0:x1] = 0
    dpi = round(12 * page.x_height)
    job = OcrJob("vie", options.psm, dpi=dpi, timeout=options.ocr_timeout)
    words = doubt_covered(read_picture(prose, job), covered, page.x_height)
    return keep_words(words, page.x_height)


def doubt_covered(
    words: Sequence[OcrWord], covered: Gray, x_height: float
) -> list[OcrWord]:
    """Return the words, with little trust in figures that a drawing may have cut."""
    reach = round(COVERED_NEAR * x_height)
    doubted = []
    for word in words:
        x0, y0, x1, y1 = word.box
        around = covered[max(y0, 0) : y1, max(x0 - reach, 0) : x1 + reach]
        if around.any() and any(c.isdigit() for c in word.text):
            word = replace(word, confidence=min(word.confidence, CUT_OFF))
        doubted.append(word)
    return doubted


def keep_words(words: Sequence[OcrWord], x_height: float) -> list[OcrWord]:
    """Drop specks and strokes; a short word beside a word is kept, however read.

    'II.' before a heading is often read without any confidence, and without it the
    outline is lost; the same strokes alone in the white are a part of a seal.
    """
    are_sure = [is_word(w, x_height) for w in words]
    sure = list(compress(words, are_sure))
    return [
        w
        for w, is_sure in zip(words, are_sure, strict=True)
        if is_sure
        or (_has_letter(w, x_height) and any(_adjoin(w, o, x_height) for o in sure))
    ]


def _has_letter(word: OcrWord, x_height: float) -> bool:
    """Whether a word has letters, and is as tall as any: the marks of one are not."""
    is_tall = word.box[3] - word.box[1] >= _LEAST_LETTER * x_height
    return is_tall and any(c.isalpha() for c in word.text)


def _adjoin(word: OcrWord, other: OcrWord, x_height: float) -> bool:
    """Whether two words stand side by side in one line."""
    (x0, y0, x1, y1), (ox0, oy0, ox1, oy1) = word.box, other.box
    shared = min(y1, oy1) - max(y0, oy0)
    apart = max(ox0 - x1, x0 - ox1)
    return shared > _SHARED * min(y1 - y0, oy1 - oy0) and -x_height < apart < (
        _BESIDE * x_height
    )


def is_word(word: OcrWord, x_height: float) -> bool:
    """Whether a word is one: no speck, no stroke of a seal or a signature.

    Whatever holds a digit is kept, however badly it was read.
    """
    letters = [c for c in word.text if c.isalnum()]
    tall = (word.box[3] - word.box[1]) / x_height
    if not letters:
        if set(word.text) <= set(SPECKS):
            return False
        wide = (word.box[2] - word.box[0]) / x_height
        if set(word.text) == {"_"} and wide < 0.5 * len(word.text):
            return False  # a speck below the line, too narrow for what it is read as
        return word.confidence >= 0.6 or (word.text in BULLETS and tall < 1.5)
    if word.confidence >= 0.35 or any(c.isdigit() for c in letters):
        return True
    return len(letters) > 2 and tall <= 3.2


def drop_held(
    words: Sequence[OcrWord], tables: Sequence[ScannedTable]
) -> list[OcrWord]:
    """Return the words that are in no table."""
    areas = [table.area for table in tables]
    return [word for word in words if not is_taken(word.box, areas)]


def arrange_words(
    words: list[Word], page: StraightPage, scale: float
) -> tuple[Line, ...]:
    """Return the words as lines in reading order, boxes on the page as shown."""
    lines = arrange_lines(words, float(page.gray.shape[1]))
    boxes = iter(
        map_boxes(page.warp, [w.box for line in lines for w in line.words], scale)
    )
    return tuple(
        Line(tuple(replace(word, box=next(boxes)) for word in line.words))
        for line in lines
    )


def doubt_ends(words: Sequence[Word], page: StraightPage) -> list[Word]:
    """Return the words, with little trust in those that may go on unseen."""
    places = page.warp.locate_boxes([w.box for w in words])
    return [
        replace(word, confidence=min(word.confidence, CUT_OFF))
        if is_at_edge(page, place)
        else word
        for word, place in zip(words, places, strict=True)
    ]


def find_cut_cells(page: StraightPage, table: ScannedTable) -> frozenset[int]:
    """Return which cells of a table may go on where nothing is seen.

    One alone is a cell near the edge of the paper.
    """
    boxes = [BBox(*map(float, cell.box)) for cell in table.cells]
    places = table.warp.locate_boxes(boxes)
    cut = [k for k, box in enumerate(places) if is_at_edge(page, box, CELL_NEAR)]
    return frozenset(cut) if len(cut) > 1 else frozenset()


def map_boxes(warp: Warp, boxes: Sequence[BBox], scale: float) -> list[BBox]:
    """Return boxes of a straightened picture in points of the page as shown."""
    shown = []
    for found in warp.locate_boxes(boxes):
        x0, y0 = max(found.x0, 0.0) * scale, max(found.y0, 0.0) * scale
        shown.append(BBox(x0, y0, max(found.x1 * scale, x0), max(found.y1 * scale, y0)))
    return shown


def build_table(
    table: ScannedTable, page_no: int, scale: float, doubted: Collection[int] = ()
) -> RawTable:
    """Return the table as evidence, read cell by cell.

    Args:
        table: The table.
        page_no: Its page, from 1.
        scale: Points for a pixel.
        doubted: Cells, by their place among all, of which print may be missing.
    """
    places = [BBox(*map(float, cell.box)) for cell in table.cells]
    boxes = map_boxes(table.warp, places, scale)
    cells = []
    reads = read_table(table)
    for k, (place, box, read) in enumerate(zip(table.cells, boxes, reads, strict=True)):
        most = CUT_OFF if k in doubted and read.text else 1.0
        most = 0.0 if k in table.cut and read.text else most
        cells.append(
            Cell(
                row=place.row,
                col=place.col,
                row_span=place.row_span,
                col_span=place.col_span,
                text=read.text,
                page_no=page_no,
                box=box,
                confidence=min(read.confidence, most),
                method=Method.OCR,
                readings=read.readings,
            )
        )
    around = BBox.around(cell.box for cell in cells)
    part = TablePart(page_no, around)
    return RawTable(0, table.n_rows, table.n_cols, tuple(cells), (part,))
