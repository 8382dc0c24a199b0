"""The tables of a page with a text layer: grids filled with words, twice read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.layout import read_rows
from extractors.model import BBox, Cell, Method, RawTable, Reading, TablePart, Word
from extractors.tables.ruled import Grid, GridCell
from extractors.text_layer.lattice import Lattice
from extractors.turning import TurnedWord, turn_box

_DOUBTFUL = 0.5
"""The confidence of a cell that two readers read differently."""


def fill_grid(
    grid: Grid,
    words: Sequence[TurnedWord],
    page_no: int,
    *,
    confidence: float = 1.0,
) -> tuple[RawTable, frozenset[int]]:
    """Return the grid as a fragment of a table, and which words went into it.

    A word belongs to the cell that its centre lies in.
    """
    inside = [i for i, w in enumerate(words) if grid.box.contains(*w.word.box.center)]
    by_cell: dict[GridCell, list[TurnedWord]] = {}
    for i in inside:
        cell = _cell_at(grid, words[i].word.box.center)
        by_cell.setdefault(cell, []).append(words[i])
    cells = tuple(
        Cell(
            row=c.row,
            col=c.col,
            row_span=c.row_span,
            col_span=c.col_span,
            text=read_cell(by_cell.get(c, ())),
            page_no=page_no,
            box=c.box,
            confidence=min(
                (w.word.confidence for w in by_cell.get(c, ())),
                default=1.0,
            )
            * confidence,
            method=Method.TEXT_LAYER,
        )
        for c in grid.cells
    )
    part = TablePart(page_no, grid.box)
    return RawTable(0, grid.n_rows, grid.n_cols, cells, (part,)), frozenset(inside)


def _cell_at(grid: Grid, point: tuple[float, float]) -> GridCell:
    return next(c for c in grid.cells if c.box.contains(*point))


def read_cell(words: Iterable[TurnedWord]) -> str:
    """Return a cell's words in reading order, joined by single spaces.

    Vertical text is read along its own direction.
    """
    texts: list[str] = []
    every = list(words)
    for direction in sorted({w.direction for w in every}):
        turned = [_upright(w) for w in every if w.direction == direction]
        texts.extend(line.text for line in read_rows(turned))
    return " ".join(texts)


def _upright(word: TurnedWord) -> Word:
    quarters = word.direction // 90
    return replace(word.word, box=turn_box(word.word.box, 0.0, 0.0, quarters))


def compare_readings(
    table: RawTable, second: Sequence[Lattice], reader: str
) -> RawTable:
    """Return the table with doubts where the second reader read something else.

    Compared are digits and plain letters: readers join lines differently, and the other
    knows nothing of old fonts or of letters struck twice to be bold. Where the second
    reader has no such table or another number of rows or columns, there is nothing to
    compare cell by cell.
    """
    other = _same_table(table, second)
    if other is None:
        return table
    cells = tuple(_compare_cell(cell, other, reader) for cell in table.cells)
    return replace(table, cells=cells)


def _same_table(table: RawTable, second: Sequence[Lattice]) -> Lattice | None:
    box = table.parts[0].box
    for other in second:
        if other.shape == (table.n_rows, table.n_cols) and _is_over(box, other.box):
            return other
    return None


def _is_over(a: BBox, b: BBox) -> bool:
    """Whether either box holds the other's middle."""
    return a.contains(*b.center) or b.contains(*a.center)


def _compare_cell(cell: Cell, other: Lattice, reader: str) -> Cell:
    text = " ".join(
        part
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
        if (part := " ".join(other.texts[row][col].split()))
    )
    ours, theirs = _signs(cell.text), _signs(text)
    if theirs in (ours, ours + ours):
        return cell
    readings = (
        Reading("pdfplumber", cell.text, _DOUBTFUL),
        Reading(reader, unicodedata.normalize("NFC", text), _DOUBTFUL),
    )
    return replace(cell, confidence=_DOUBTFUL, readings=readings)


def _signs(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return Counter(c for c in plain if c.isascii() and (c.isalnum() or c in ".,%"))
