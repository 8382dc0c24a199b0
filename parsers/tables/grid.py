"""Which rows of a table are head, column numbers or body.

A grid place covered by a spanning cell belongs to that cell. The head ends before the
first row of figures or of a label alone; a row of column numbers ('A B 1 2 10=8/1')
ends it for sure. Heads and column numbers that come again further down are no body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from extractors.model import Cell, RawTable
from parsers.text import one_spelling, squeeze

_COLUMN_NUMBER = re.compile(r"^[(\[]?(?:\d{1,2}|[A-Za-zĐđ])[)\]]?$")
_FORMULA_LIKE = re.compile(r"^[(\[]?\d{1,2}[)\]]?=|^=[(\[]?\d")
"""A formula, also one that cannot be worked out ('5=4/3%', '=2/1')."""

_FIGURE = re.compile(r"^[-–(]?\d[\d.,\s]*\)?\s*%?$")
_BARE_YEAR = re.compile(r"^(?:19|20)\d{2}$")
_ALPHABET = "ABCDEFGH"
_LEAST_NUMBERS = 4
_NUMBERS_READ = 0.6
"""The part of a row of column numbers that must be read right at least."""
_FIRST_NUMBER = 3
"""Columns before the first numbered one may be without number."""
_MOST_NUMBERS = 99
_SURE_RUN = 4
"""So many numbers one after the other are a row of them, wherever they start."""
_HEAD_LIMIT = 8
"""More rows than this are no head, whatever they look like."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's rows by what they are, as grid rows from 0.

    ``numbering`` is the row of column numbers, None where none is printed.
    ``captions`` are what stands over the head in cells as wide as the table.
    """

    grid: Mapping[tuple[int, int], Cell]
    n_cols: int
    head: tuple[int, ...]
    numbering: int | None
    body: tuple[int, ...]
    captions: tuple[str, ...] = ()

    def text(self, row: int, col: int) -> str:
        """Return the text at a grid place, '' where a cell spans into it."""
        cell = self.grid.get((row, col))
        if cell is None or (cell.row, cell.col) != (row, col):
            return ""
        return squeeze(cell.text)

    def covering_text(self, row: int, col: int) -> str:
        """Return the text of the cell that covers a grid place."""
        cell = self.grid.get((row, col))
        return squeeze(cell.text) if cell else ""


def lay_out(raw: RawTable) -> Layout:
    """Return the table's rows by what they are."""
    grid = _fill_grid(raw)
    rows = [
        [_own_text(grid, row, col) for col in range(raw.n_cols)]
        for row in range(raw.n_rows)
    ]
    numbering = _find_numbering(rows)
    n_captions = _count_captions(rows, grid)
    n_head = numbering or _count_head_rows(rows, grid, n_captions)
    n_captions = n_captions if n_captions < n_head else 0
    head = tuple(range(n_captions, n_head))
    body = tuple(
        row
        for row in range(n_head, raw.n_rows)
        if any(rows[row])
        and not is_numbering(rows[row])
        and not _repeats_head(rows[row], rows[:n_head])
    )
    captions = tuple("".join(rows[row]) for row in range(n_captions))
    return Layout(grid, raw.n_cols, head, numbering, body, captions)


def _count_captions(
    rows: Sequence[Sequence[str]], grid: Mapping[tuple[int, int], Cell]
) -> int:
    """Return how many rows at the top are titles or unit lines inside the grid.

    Such a row is one cell over all columns; the head proper must follow.
    """
    count = 0
    while count + 1 < len(rows) and len(rows[count]) > 1:
        first = grid.get((count, 0))
        if first is None or not rows[count][0] or not _is_wide(first, rows):
            break
        count += 1
    return count


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row's cells are column numbers: 'A', 'B', '1', '2', '10=8/1'.

    Cells may be blank (no more than half), broken ('3=2/1*1 00') or hold formulas that
    make no sense; the numbers must rise from left to right.
    """
    filled = ["".join(text.split()) for text in texts if text]
    if len(filled) < 2 or len(filled) * 2 < len(texts):
        return False
    if _is_misread_numbering(filled):
        return True
    if not all(_is_column_number(text) for text in filled):
        return False
    numbers = [_leading_number(text) for text in filled]
    n_letters = numbers.index(next((n for n in numbers if n is not None), None))
    letters = [text.strip("()[]").upper() for text in filled[:n_letters]]
    rising = [n for n in numbers[n_letters:] if n is not None]
    nameless = sum(text.startswith("=") for text in filled)
    if letters != list(_ALPHABET[:n_letters]):
        return False
    if len(rising) + nameless < len(filled) - n_letters:
        return False
    has_formula = any("=" in text for text in filled)
    n_cols = len(texts) + (_MOST_NUMBERS if has_formula else 0)
    return len(filled) > n_letters and _count_up(rising, n_cols)


def _count_up(numbers: Sequence[int], n_cols: int) -> bool:
    """Whether numbers rise as those of columns do, from the first or further on."""
    steps = {b - a for a, b in pairwise(numbers)}
    if not numbers or any(step <= 0 for step in steps):
        return not numbers
    starts = numbers[0] <= _FIRST_NUMBER and numbers[-1] <= n_cols + _FIRST_NUMBER
    return starts or (len(numbers) >= _SURE_RUN and steps == {1})


def _is_misread_numbering(texts: Sequence[str]) -> bool:
    """Whether a row opens with 'A', 'B' and nearly all the rest count on from 1.

    A scan reads some of these small signs wrongly: '52' for '5=2', '10-4' for '10=4'.
    """
    n_letters = sum(
        text.upper() == letter for text, letter in zip(texts, _ALPHABET, strict=False)
    )
    rest = texts[n_letters:]
    if not n_letters or len(rest) < _LEAST_NUMBERS:
        return False
    if any(len(re.findall(r"[^\W\d_]", text)) > 1 for text in rest):
        return False
    numbers = [_leading_number(text) for text in rest]
    fitting = sum(a == b for a, b in zip(numbers, count(1), strict=False))
    return fitting >= _NUMBERS_READ * len(rest)


def _is_column_number(text: str) -> bool:
    return bool(_COLUMN_NUMBER.match(text) or _FORMULA_LIKE.match(text))


def _leading_number(text: str) -> int | None:
    match = re.match(r"[(\[]?(\d{1,2})", text)
    return int(match[1]) if match else None


def _fill_grid(raw: RawTable) -> dict[tuple[int, int], Cell]:
    grid: dict[tuple[int, int], Cell] = {}
    for cell in raw.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                grid[row, col] = cell
    return grid


def _own_text(grid: Mapping[tuple[int, int], Cell], row: int, col: int) -> str:
    cell = grid.get((row, col))
    return squeeze(cell.text) if cell and (cell.row, cell.col) == (row, col) else ""


def _find_numbering(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the row of column numbers at the foot of the head, if there is one."""
    for row, texts in enumerate(rows[:_HEAD_LIMIT]):
        if row > 0 and is_numbering(texts):
            return row
        if row > 0 and _has_figures(texts):
            return None
    return None


def _has_figures(texts: Sequence[str]) -> bool:
    """Whether a row holds figures: numbers that are not the years of a head."""
    figures = [text for text in texts[1:] if _FIGURE.match(text)]
    if not figures or all(_BARE_YEAR.match(text) for text in figures):
        return False
    has_label = any(sum(c.isalpha() for c in text) >= 2 for text in texts)
    return has_label or len(figures) >= 2


def _count_head_rows(
    rows: Sequence[Sequence[str]], grid: Mapping[tuple[int, int], Cell], first: int
) -> int:
    """Return how many rows at the top are head where no column numbers end it.

    Rows before ``first`` are captions.
    """
    if first >= len(rows) or _has_figures(rows[first]):
        return 0
    top = [grid[first, col] for col in range(len(rows[0])) if (first, col) in grid]
    tall = (cell.row_span for cell in top if not _is_wide(cell, rows))
    n_head = first + max(tall, default=1)
    while n_head < min(len(rows), _HEAD_LIMIT) and _is_divided(n_head - 1, rows, grid):
        if not _continues_head(rows[n_head]):
            break
        n_head += 1
    return min(n_head, len(rows))


def _is_divided(
    row: int, rows: Sequence[Sequence[str]], grid: Mapping[tuple[int, int], Cell]
) -> bool:
    """Whether a head row has a heading over several columns, or lacks one of a column.

    Else there is nothing that a further head row could say.
    """
    cells = [grid[row, col] for col in range(len(rows[row])) if (row, col) in grid]
    return any(cell.col_span > 1 or not squeeze(cell.text) for cell in cells)


def _is_wide(cell: Cell, rows: Sequence[Sequence[str]]) -> bool:
    return cell.col_span >= len(rows[0])


def _continues_head(texts: Sequence[str]) -> bool:
    """Whether a row below the first is still head: words where figures would be."""
    if _has_figures(texts):
        return False
    filled = [col for col, text in enumerate(texts) if text]
    wordy = [col for col in filled if not _FIGURE.match(texts[col])]
    return bool(wordy) and max(filled) > 1 and (len(filled) > 1 or filled[0] > 1)


def _repeats_head(texts: Sequence[str], head: Sequence[Sequence[str]]) -> bool:
    """Whether a body row is a row of the head printed again."""
    packed = [one_spelling(text) for text in texts]
    if sum(bool(text) for text in packed) < 2:
        return False
    return any(packed == [one_spelling(text) for text in row] for row in head)
