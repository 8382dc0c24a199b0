"""Pieces of lines: words that stand together and so belong to one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.layout import read_rows
from extractors.model import BBox, Line, Word

# In parts of the height of the words.
_CELL_GAP = 1.0
"""A wider gap between two words parts two cells."""
_HEAD_GAP = 0.65
"""The same in a head, where columns stand closer: it is wider than any space."""
_FIGURE_GAP = 0.5
"""The same between two figures, where all the other rows leave it free."""
APART = 0.3
"""Lines of a head that stand closer are of one line of words set in the middle."""

_ORDINAL = re.compile(r"[IVXLC]{1,6}[.)]?|[A-Za-zĐđ][.)]?")
_FIGURE_SIGNS = frozenset("0123456789.,-–%()+/ ")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one row that belong to one cell."""

    words: tuple[Word, ...]

    @property
    def box(self) -> BBox:
        """The box around its words."""
        return BBox.around(w.box for w in self.words)

    @property
    def text(self) -> str:
        """Its words without the spaces between them."""
        return "".join(w.text for w in self.words)

    @property
    def is_figure(self) -> bool:
        """Whether it is made of digits and their signs, or is a dash alone."""
        return set(self.text) <= _FIGURE_SIGNS and (
            any(c.isdigit() for c in self.text) or self.text in {"-", "–"}
        )


Pieces = list[Piece]


def join_pieces(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return what stands together in one line as one word, spaces inside it."""
    return tuple(
        Word(" ".join(w.text for w in piece.words), piece.box)
        for line in read_rows(words)
        for piece in line_pieces(line, _HEAD_GAP)
    )


def line_pieces(line: Line, gap: float = _CELL_GAP) -> Pieces:
    """Return a line's words parted at the gaps that are wider than a space."""
    limit = gap * word_height(line.words)
    pieces: list[list[Word]] = [[line.words[0]]]
    for one, two in pairwise(line.words):
        if two.box.x0 - one.box.x1 > limit:
            pieces.append([two])
        else:
            pieces[-1].append(two)
    return [Piece(tuple(p)) for p in pieces]


def word_height(words: Sequence[Word]) -> float:
    """Return the usual height of words, never nothing."""
    return median(w.box.height for w in words) or 1.0


def row_box(row: Pieces) -> BBox:
    """Return the box around all pieces of a row."""
    return BBox.around(p.box for p in row)


def is_ordinal(text: str) -> bool:
    """Whether a text may count a row that has a name beside it: 'II', 'A.', 'a)'."""
    return _ORDINAL.fullmatch(text) is not None


def part_figures(body: list[Pieces]) -> list[Pieces]:
    """Return the rows with figures parted that stand close, where no other row has ink.

    In a row of bold totals '129 870 21 851' leave hardly more than a space between.
    """
    words = [w for row in body for p in row for w in p.words]
    least = _FIGURE_GAP * word_height(words) if words else 0.0

    def part(piece: Piece) -> Pieces:
        parts: list[list[Word]] = [[piece.words[0]]]
        for one, two in pairwise(piece.words):
            end, start = one.box.x1, two.box.x0
            if start - end >= least and not any(
                w.box.x0 < start and w.box.x1 > end for w in words
            ):
                parts.append([])
            parts[-1].append(two)
        return [Piece(tuple(p)) for p in parts]

    return [[q for p in row for q in (part(p) if p.is_figure else [p])] for row in body]


def part_names(rows: list[Pieces], columns: list[tuple[float, float]]) -> list[Pieces]:
    """Return the rows with head lines 'STT Huyện, thành phố' parted in two columns.

    Such a line stands at half height beside the others of the head; a title never does.
    """
    parted = list(rows)
    for place, (row, below) in enumerate(pairwise(rows)):
        here = row_box(row)
        if len(row) != 1 or len(columns) < 3 or here.x1 > columns[2][0]:
            continue
        if row_box(below).y0 - here.y1 >= APART * here.height:
            continue
        (_, left), (right, _) = columns[:2]
        words = row[0].words
        for n, (one, two) in enumerate(pairwise(words), 1):
            is_free = max(one.box.x1, left) < min(two.box.x0, right)
            if is_free and one.box.x0 < left:
                parted[place] = [Piece(words[:n]), Piece(words[n:])]
    return parted
