"""Papers set line by line for tests: pages in points, as a word processor sets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.model import (
    BBox,
    Cell,
    Evidence,
    Line,
    Method,
    Page,
    RawTable,
    TablePart,
    Word,
)

LEFT, RIGHT, INDENT = 80.0, 538.0, 28.0
LETTER, HEIGHT, STEP = 6.1, 14.0, 17.6
GAP = 22.6
"""Step from paragraph to paragraph; from line to line it is STEP."""


def words_at(text: str, x: float, y: float, letter: float = LETTER) -> tuple[Word, ...]:
    """Set the words of a text from a place on, each letter equally wide."""
    words = []
    for word in text.split():
        width = letter * len(word)
        words.append(Word(word, BBox(x, y, x + width, y + HEIGHT)))
        x += width + letter * 0.6
    return tuple(words)


@dataclass
class Setter:
    """Sets a paper: call its methods in the order of printing, then ``evidence``."""

    method: Method = Method.TEXT_LAYER
    pages: list[list[Line]] = field(default_factory=lambda: [[]])
    tables: list[RawTable] = field(default_factory=list)
    y: float = 60.0

    def line(self, text: str, x: float, y: float | None = None) -> None:
        """Set one line at a place."""
        self.pages[-1].append(Line(words_at(text, x, self.y if y is None else y)))

    def centred(
        self, *texts: str, middle: float = (LEFT + RIGHT) / 2, step: float = STEP
    ) -> None:
        """Set lines with one middle."""
        for text in texts:
            self.line(text, middle - _width(text) / 2)
            self.y += step
        self.y += GAP - STEP

    def head(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Set the two columns of a head, each centred in its own half."""
        top = self.y
        for side, middle in ((left, 175.0), (right, 420.0)):
            for number, text in enumerate(side):
                x = middle - _width(text, 5.6) / 2
                words = words_at(text, x, top + STEP * number, 5.6)
                if words:
                    self.pages[-1].append(Line(words))
        self.y = top + STEP * (max(len(left), len(right)) + 1)

    def merged_head(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Set a head whose columns were read as whole lines."""
        for one, two in zip(left, right, strict=True):
            words = (*words_at(one, 90, self.y, 5.2), *words_at(two, 300, self.y, 5.2))
            self.pages[-1].append(Line(words))
            self.y += STEP
        self.y += STEP

    def paragraph(
        self, text: str, indent: float = INDENT, gap: float = GAP, left: float = LEFT
    ) -> None:
        """Set a paragraph, wrapped where the next word does not fit."""
        x, row = left + indent, []
        for word in text.split():
            used = _width(" ".join([*row, word]))
            if row and x + used > RIGHT:
                self.line(" ".join(row), x)
                self.y += STEP
                x, row = left, []
            row.append(word)
        self.line(" ".join(row), x)
        self.y += gap

    def end(
        self, recipients: Sequence[str], signature: Sequence[str], step: float = 14.0
    ) -> None:
        """Set 'Nơi nhận' at the left beside the signature at the right."""
        top = self.y + 8
        for number, text in enumerate(recipients):
            self.line(text, 82, top + step * number)
        for number, text in enumerate(signature):
            drop = 60.0 if number == len(signature) - 1 else 0.0
            self.line(text, 420 - _width(text) / 2, top + STEP * number + drop)
        self.y = top + max(step * len(recipients), STEP * len(signature) + 80)

    def page(self) -> None:
        """Begin a new page with its number at the top."""
        self.pages.append([])
        number = len(self.pages)
        self.pages[-1].append(Line(words_at(str(number), 306, 23)))
        self.y = 60.0

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Set a ruled table over the whole width."""
        page_no, width = len(self.pages), (RIGHT - LEFT) / len(rows[0])
        cells = tuple(
            Cell(
                r,
                c,
                1,
                1,
                text,
                page_no,
                BBox(
                    LEFT + c * width,
                    self.y + r * 20,
                    LEFT + (c + 1) * width,
                    self.y + r * 20 + 20,
                ),
                1.0,
                self.method,
            )
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        )
        box = BBox(LEFT, self.y, RIGHT, self.y + 20 * len(rows))
        self.tables.append(
            RawTable(
                len(self.tables) + 1,
                len(rows),
                len(rows[0]),
                cells,
                (TablePart(page_no, box),),
            )
        )
        self.y = box.y1 + GAP

    def evidence(self) -> Evidence:
        """Return the paper as evidence."""
        pages = tuple(
            Page(number, 595.0, 842.0, self.method, tuple(lines))
            for number, lines in enumerate(self.pages, start=1)
        )
        return Evidence(1, "paper.pdf", "0" * 64, pages, tuple(self.tables), "test")


def _width(text: str, letter: float = LETTER) -> float:
    words = text.split()
    gaps = max(len(words) - 1, 0) * letter * 0.6
    return sum(letter * len(w) for w in words) + gaps
