"""Paragraphs for tests: each line of a text is one, every word in a box of its own."""

from __future__ import annotations

from extractors.model import BBox, Line, Method, Word
from parsers.layout.blocks import Paragraph, PlacedLine


def paragraph(text: str, row: int = 0) -> Paragraph:
    """Return a paragraph of one line; letters are one point wide, lines ten high."""
    words: list[Word] = []
    x = 0.0
    for word in text.split():
        box = BBox(x, row * 10.0, x + len(word), row * 10.0 + 8)
        words.append(Word(word, box))
        x += len(word) + 1
    line = Line(tuple(words))
    return Paragraph.of((PlacedLine(1, Method.TEXT_LAYER, line, line.box),))


def sheet(text: str) -> tuple[Paragraph, ...]:
    """Return one paragraph for each line of the text that is not empty."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(paragraph(line, row) for row, line in enumerate(lines))
