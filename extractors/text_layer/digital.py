"""One page read from its text layer: tables first, then the lines around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from extractors.layout import arrange_lines
from extractors.model import BBox, Line, Method, Page, PageReading, RawTable, Word
from extractors.tables.aligned import find_aligned
from extractors.tables.open_heads import settle_head
from extractors.tables.open_rows import split_open_rows
from extractors.tables.pieces import join_pieces
from extractors.tables.row_ruled import find_row_ruled
from extractors.tables.ruled import find_grids
from extractors.tables.rulings import Ruling
from extractors.text_layer.lattice import read_lattices
from extractors.text_layer.pdf_text import TextLayer
from extractors.text_layer.tables import compare_readings, fill_grid
from extractors.turning import TurnedWord, turn_box, turn_size

_UNRULED = 0.9
"""The confidence of cells that no ruling bounds."""


def read_digital_page(path: Path, layer: TextLayer) -> PageReading:
    """Return what a trusted text layer says, boxes on the page as shown.

    A page whose text runs sideways is turned for reading and its boxes are turned back.
    """
    quarters = _quarters(layer.words)
    upright = _turn_layer(layer, quarters)
    fragments, rest = _take_tables(upright)
    if find_grids(upright.rulings, upright.font_size):
        second = read_lattices(path, layer.page_no, layer.height)
        reader = f"camelot {version('camelot-py')}"
        fragments = [compare_readings(t, second, reader) for t in fragments]
    lines = _lines(rest, upright.width)
    page = Page(
        layer.page_no,
        upright.width,
        upright.height,
        Method.TEXT_LAYER,
        lines,
        90 * quarters,
    )
    return _turn_back(PageReading(page, tuple(fragments)), quarters)


def _take_tables(layer: TextLayer) -> tuple[list[RawTable], list[TurnedWord]]:
    """Return the page's tables and the words that are in none of them."""
    rest = list(layer.words)
    fragments: list[RawTable] = []
    drawn_grids = find_grids(layer.rulings, layer.font_size)
    for drawn in drawn_grids:
        grid = split_open_rows(drawn, [w.word for w in rest])
        table, used = fill_grid(grid, rest, layer.page_no)
        if any(cell.text for cell in table.cells):
            fragments.append(table)
            rest = [w for i, w in enumerate(rest) if i not in used]
    upright = [w.word for w in rest if w.direction == 0]
    for grid in find_row_ruled(layer.rulings, upright, drawn_grids, layer.font_size):
        table, used = fill_grid(grid, rest, layer.page_no, confidence=_UNRULED)
        fragments.append(table)
        rest = [w for i, w in enumerate(rest) if i not in used]
    upright = [w.word for w in rest if w.direction == 0]
    pieces = join_pieces(upright)
    for found in find_aligned(upright):
        grid = settle_head(found, pieces)
        table, used = fill_grid(grid, rest, layer.page_no, confidence=_UNRULED)
        fragments.append(table)
        rest = [w for i, w in enumerate(rest) if i not in used]
    return fragments, rest


def _lines(words: Sequence[TurnedWord], width: float) -> tuple[Line, ...]:
    """Return the upright lines, then those along the margins that run another way."""
    lines = arrange_lines([w.word for w in words if w.direction == 0], width)
    for direction in sorted({w.direction for w in words} - {0}):
        turned = {
            replace(w.word, box=turn_box(w.word.box, 0, 0, direction // 90)): w.word
            for w in words
            if w.direction == direction
        }
        lines += tuple(
            Line(tuple(turned[w] for w in line.words))
            for line in arrange_lines(tuple(turned), width)
        )
    return lines


def _quarters(words: Sequence[TurnedWord]) -> int:
    """Return how many quarter turns clockwise make most of the letters upright."""
    letters = dict.fromkeys((0, 90, 180, 270), 0)
    for word in words:
        letters[word.direction] += len(word.word.text)
    return max(letters, key=lambda d: letters[d]) // 90


def _turn_layer(layer: TextLayer, quarters: int) -> TextLayer:
    if not quarters:
        return layer

    def turn(box: BBox) -> BBox:
        return turn_box(box, layer.width, layer.height, quarters)

    width, height = turn_size(layer.width, layer.height, quarters)
    words = tuple(
        TurnedWord(
            replace(w.word, box=turn(w.word.box)),
            (w.direction - 90 * quarters) % 360,
        )
        for w in layer.words
    )
    rulings = tuple(_ruling_of(turn(_box_of(r))) for r in layer.rulings)
    return replace(layer, width=width, height=height, words=words, rulings=rulings)


def _box_of(ruling: Ruling) -> BBox:
    if ruling.horizontal:
        return BBox(ruling.start, ruling.at, ruling.end, ruling.at)
    return BBox(ruling.at, ruling.start, ruling.at, ruling.end)


def _ruling_of(box: BBox) -> Ruling:
    if box.width >= box.height:
        return Ruling(True, box.y0, box.x0, box.x1)
    return Ruling(False, box.x0, box.y0, box.y1)


@dataclass(frozen=True, slots=True)
class _Back:
    """The turn from the page as read to the page as shown."""

    width: float
    height: float
    quarters: int

    def box(self, box: BBox) -> BBox:
        return turn_box(box, self.width, self.height, self.quarters)

    def word(self, word: Word) -> Word:
        return replace(word, box=self.box(word.box))

    def table(self, table: RawTable) -> RawTable:
        return replace(
            table,
            cells=tuple(replace(c, box=self.box(c.box)) for c in table.cells),
            parts=tuple(replace(p, box=self.box(p.box)) for p in table.parts),
        )


def _turn_back(reading: PageReading, quarters: int) -> PageReading:
    if not quarters:
        return reading
    page = reading.page
    back = _Back(page.width, page.height, 4 - quarters)
    width, height = turn_size(page.width, page.height, quarters)
    lines = tuple(
        replace(line, words=tuple(back.word(w) for w in line.words))
        for line in page.lines
    )
    return PageReading(
        replace(page, width=width, height=height, lines=lines),
        tuple(back.table(t) for t in reading.fragments),
    )
