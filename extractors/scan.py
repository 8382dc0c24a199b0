"""A scanned page to evidence: straight, its tables read, then its prose."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from extractors.cells import read_table
from extractors.grid import Area, ScannedTable, find_tables
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
from extractors.ocr import OcrJob, OcrWord, read_picture
from extractors.raster import POINTS_PER_INCH, PageImage
from extractors.straighten import StraightPage, level_page, straighten
from extractors.strokes import find_strokes
from extractors.unruled import find_unruled
from extractors.upright import is_upside_down
from extractors.warp import Warp

ENOUGH_LETTERS = 40
"""Fewer letters of prose do not tell which way is up."""


class ScanOptions(Protocol):
    """What reading a scan can be told."""

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
    page = straighten(image.pixels)
    if page.rotation % 180:
        page = set_upright(page, options)
    tables = find_page_tables(page)
    words = read_prose(page, tables, options)
    if not reads_well(words):
        turned = set_upright(page, options)
        if turned is not page:
            page, tables = turned, find_page_tables(turned)
            words = read_prose(page, tables, options)
    scale = POINTS_PER_INCH / image.dpi
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
    if is_upside_down(page.gray, page.x_height, options.ocr_timeout):
        return level_page(page.flat, rotation=(page.rotation + 180) % 360)
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
    for table in tables:
        x0, y0, x1, y1 = table.area
        prose[y0:y1, x0:x1] = 255
    job = OcrJob("vie", 3, dpi=round(12 * page.x_height), timeout=options.ocr_timeout)
    return read_picture(prose, job)


def holds(area: Area, box: BBox) -> bool:
    """Whether the middle of a box lies in an area of the same picture."""
    return BBox(*map(float, area)).contains(*box.center)


def arrange_words(
    words: list[Word], page: StraightPage, scale: float
) -> tuple[Line, ...]:
    """Return the words as lines in reading order, boxes on the page as shown."""
    lines = arrange_lines(words, float(page.gray.shape[1]))
    return tuple(
        Line(
            tuple(replace(w, box=map_box(page.warp, w.box, scale)) for w in line.words)
        )
        for line in lines
    )


def map_box(warp: Warp, box: BBox, scale: float) -> BBox:
    """Return a box of a straightened picture in points of the page as shown."""
    found = warp.locate_box((box.x0, box.y0, box.x1, box.y1))
    x0, y0 = max(found.x0, 0.0) * scale, max(found.y0, 0.0) * scale
    return BBox(x0, y0, max(found.x1 * scale, x0), max(found.y1 * scale, y0))


def build_table(table: ScannedTable, page_no: int, scale: float) -> RawTable:
    """Return the table as evidence, read cell by cell."""
    cells = []
    for place, read in zip(table.cells, read_table(table), strict=True):
        x0, y0, x1, y1 = (float(v) for v in place.box)
        cells.append(
            Cell(
                row=place.row,
                col=place.col,
                row_span=place.row_span,
                col_span=place.col_span,
                text=read.text,
                page_no=page_no,
                box=map_box(table.warp, BBox(x0, y0, x1, y1), scale),
                confidence=read.confidence,
                method=Method.OCR,
                readings=read.readings,
            )
        )
    around = BBox.around(cell.box for cell in cells)
    part = TablePart(page_no, around)
    return RawTable(0, table.n_rows, table.n_cols, tuple(cells), (part,))
