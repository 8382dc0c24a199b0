"""Evidence: what stands on a paper and where, before anything is understood.

All boxes are in PDF points (1/72 inch) on the page as a viewer shows it, origin top
left. All text is Unicode NFC. Confidence is 0 to 1; a text layer has 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

EVIDENCE_VERSION = 1
"""Raised whenever kept evidence of before can no longer be read as evidence of now."""


class Method(StrEnum):
    """How a text was read."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"


class TextSource(StrEnum):
    """Where the text of a whole paper came from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle in points, origin top left, ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        """Refuse a rectangle turned inside out."""
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"box is inverted: {self}")

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def center(self) -> tuple[float, float]:
        """Middle point ``(x, y)``."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies in the rectangle or on its edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @classmethod
    def around(cls, boxes: Iterable[BBox]) -> BBox:
        """Return the smallest box that holds all the given ones.

        Raises:
            ValueError: There is no box given.
        """
        every = list(boxes)
        if not every:
            raise ValueError("no box to draw a box around")
        return cls(
            min(b.x0 for b in every),
            min(b.y0 for b in every),
            max(b.x1 for b in every),
            max(b.y1 for b in every),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space."""

    text: str
    box: BBox
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side that belong to one printed line of one column.

    The left and the right half of a two-column head are separate lines.
    """

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces between."""
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> BBox:
        """The rectangle around all words."""
        return BBox.around(w.box for w in self.words)

    @property
    def confidence(self) -> float:
        """The lowest confidence of its words."""
        return min((w.confidence for w in self.words), default=0.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's reading of a cell, kept as the reason for what was chosen."""

    reader: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's grid, spanning cells once at their top left place.

    ``row`` and ``col`` are 0-based grid places in the whole table (heads included).
    ``text`` is as printed, its lines joined by a space. An empty text in a cell that
    has ink which nobody could read comes with ``confidence`` 0 and at least one
    reading; a truly empty cell has no readings.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    page_no: int
    box: BBox
    confidence: float
    method: Method
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as printed, over one page or several.

    ``table_no`` counts from 1 through the file. ``n_rows`` and ``n_cols`` are of the
    grid. A head repeated at the top of a further page is left out of the grid;
    ``parts`` says where on which pages the table stands, in reading order.
    """

    table_no: int
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    parts: tuple[TablePart, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """The area that a table takes on one page."""

    page_no: int
    box: BBox


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines outside tables, in reading order.

    A page number printed at the edge is a line like any other. ``rotation`` is how
    many degrees clockwise the scan had to be turned to be read; boxes are on the page
    as the file shows it, before that turn. ``is_cut`` tells that print runs into what
    the scan does not show: past its edge, or into the dark.
    """

    page_no: int
    width: float
    height: float
    method: Method
    lines: tuple[Line, ...]
    rotation: int = 0
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page gave: its lines, and the tables (or parts of tables) on it.

    Each fragment is a table of this page alone, with rows and columns from 0 and
    ``table_no`` 0; ``extractors.join`` numbers them and makes one table of those that
    run over a page break.
    """

    page: Page
    fragments: tuple[RawTable, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was read from one file; what every later stage starts from."""

    version: int
    file_name: str
    file_sha256: str
    pages: tuple[Page, ...]
    tables: tuple[RawTable, ...]
    reader: str
    """Names and versions of the programs that read it, for the trace."""

    @property
    def text_source(self) -> TextSource:
        """Whether the pages were read from a text layer, by OCR, or both."""
        methods = {p.method for p in self.pages}
        if methods == {Method.OCR}:
            return TextSource.OCR
        return TextSource.MIXED if Method.OCR in methods else TextSource.TEXT_LAYER
