"""A scanned page to evidence: straight, its tables read, then its prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

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
from extractors.scans.cells import read_table
from extractors.scans.grid import Area, ScannedTable, find_tables
from extractors.scans.ocr import OcrJob, OcrWord, read_picture
from extractors.scans.shading import drop_drawings
from extractors.scans.steps import Step
from extractors.scans.straighten import StraightPage, straighten, turn_over
from extractors.scans.strokes import find_strokes
from extractors.scans.unruled import find_unruled
from extractors.scans.upright import is_upside_down
from extractors.scans.warp import Warp

ENOUGH_LETTERS = 40
"""Fewer letters of prose do not tell which way is up."""


BULLETS = frozenset("-–—+*•")
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
    tables = find_page_tables(page)
    words = read_prose(page, tables, options)
    if not reads_well(words):
        turned = set_upright(page, options)
        if turned is not page:
            page, tables = turned, find_page_tables(turned)
            words = read_prose(page, tables, options)
    scale = POINTS_PER_INCH / image.dpi * page.shrunk
    straight = [Word(w.text, BBox(*map(float, w.box)), w.confidence) for w in words]
    unruled = find_unruled(page, [table.area for table in tables])
    rest = [w for w in straight if not any(holds(t.area, w.box) for t in unruled)]
    fragments = tuple(
        build_table(table, image.page_no, scale) for table in [*tables, *unruled]
    )
    lines = arrange_words(rest, page, scale)
    return PageReading(
        Page(
            page_no=image.page_no,
            width=image.width,
            height=image.height,
            method=Method.OCR,
            lines=lines,
            rotation=page.rotation,
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


def find_page_tables(page: StraightPage) -> list[ScannedTable]:
    """Return the ruled tables of a straight page."""
    strokes = find_strokes(page.gray, page.x_height)
    return find_tables(page.flat, page.warp, strokes, page.x_height)


def reads_well(words: list[OcrWord]) -> bool:
    """Whether what was read is text, and enough of it to be sure which way is up."""
    letters = sum(len(w.text) for w in words)
    sure = sum(w.confidence * len(w.text) for w in words)
    return letters >= ENOUGH_LETTERS and sure >= 0.6 * letters


def read_prose(
    page: StraightPage, tables: list[ScannedTable], options: ScanOptions
) -> list[OcrWord]:
    """Return the words outside tables, read in one pass."""
    prose = page.gray.copy()
    if Step.DRAWINGS not in options.skip:
        prose = drop_drawings(prose, page.x_height)
    for table in tables:
        x0, y0, x1, y1 = table.area
        prose[y0:y1, x0:x1] = 255
    dpi = round(12 * page.x_height)
    job = OcrJob("vie", options.psm, dpi=dpi, timeout=options.ocr_timeout)
    return keep_words(read_picture(prose, job), page.x_height)


def keep_words(words: Sequence[OcrWord], x_height: float) -> list[OcrWord]:
    """Drop specks and strokes; a short word beside a word is kept, however read.

    'II.' before a heading is often read without any confidence, and without it the
    outline is lost; the same strokes alone in the white are a part of a seal.
    """
    sure = [w for w in words if is_word(w, x_height)]
    return [
        w
        for w in words
        if w in sure or (_has_letter(w) and any(_adjoin(w, o, x_height) for o in sure))
    ]


def _has_letter(word: OcrWord) -> bool:
    return any(c.isalpha() for c in word.text)


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
        wide = (word.box[2] - word.box[0]) / x_height
        if set(word.text) == {"_"} and wide < 0.5 * len(word.text):
            return False  # a speck below the line, too narrow for what it is read as
        return word.confidence >= 0.6 or (word.text in BULLETS and tall < 1.5)
    if word.confidence >= 0.35 or any(c.isdigit() for c in letters):
        return True
    return len(letters) > 2 and tall <= 3.2


def holds(area: Area, box: BBox) -> bool:
    """Whether the middle of a box lies in an area of the same picture."""
    return BBox(*map(float, area)).contains(*box.center)


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


def map_boxes(warp: Warp, boxes: Sequence[BBox], scale: float) -> list[BBox]:
    """Return boxes of a straightened picture in points of the page as shown."""
    shown = []
    for found in warp.locate_boxes(boxes):
        x0, y0 = max(found.x0, 0.0) * scale, max(found.y0, 0.0) * scale
        shown.append(BBox(x0, y0, max(found.x1 * scale, x0), max(found.y1 * scale, y0)))
    return shown


def build_table(table: ScannedTable, page_no: int, scale: float) -> RawTable:
    """Return the table as evidence, read cell by cell."""
    places = [BBox(*map(float, cell.box)) for cell in table.cells]
    boxes = map_boxes(table.warp, places, scale)
    cells = []
    for place, box, read in zip(table.cells, boxes, read_table(table), strict=True):
        cells.append(
            Cell(
                row=place.row,
                col=place.col,
                row_span=place.row_span,
                col_span=place.col_span,
                text=read.text,
                page_no=page_no,
                box=box,
                confidence=read.confidence,
                method=Method.OCR,
                readings=read.readings,
            )
        )
    around = BBox.around(cell.box for cell in cells)
    part = TablePart(page_no, around)
    return RawTable(0, table.n_rows, table.n_cols, tuple(cells), (part,))
