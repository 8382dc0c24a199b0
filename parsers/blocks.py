"""Blocks: a paper's paragraphs and tables in reading order, every letter placed."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import BBox, Line, Method, RawTable, Word


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the page it stands on."""

    page_no: int
    method: Method
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, possibly over a page break.

    ``text`` is the lines' words with single spaces between.
    """

    lines: tuple[PlacedLine, ...]
    text: str

    @classmethod
    def of(cls, lines: tuple[PlacedLine, ...]) -> Paragraph:
        """Return the paragraph that these lines make."""
        return cls(lines, " ".join(p.line.text for p in lines))

    @property
    def page_no(self) -> int:
        """The page that it begins on."""
        return self.lines[0].page_no

    @property
    def method(self) -> Method:
        """How it was read."""
        return self.lines[0].method

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Return where the letters ``text[start:end]`` stand.

        A stretch that runs over a page break is placed where it begins.
        """
        stop = len(self.text) if end is None else end
        found: list[tuple[PlacedLine, Word]] = []
        offset = 0
        for placed in self.lines:
            for word in placed.line.words:
                if offset < stop and offset + len(word.text) > start:
                    found.append((placed, word))
                offset += len(word.text) + 1
        if not found:
            found = [(self.lines[0], w) for w in self.lines[0].line.words]
        page_no = found[0][0].page_no
        words = [word for placed, word in found if placed.page_no == page_no]
        return Place(
            page_no,
            BBox.around(w.box for w in words),
            self.method,
            min(w.confidence for w in words),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a page and how well it was read there."""

    page_no: int
    box: BBox
    method: Method
    confidence: float


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table in its place among the paragraphs."""

    table: RawTable

    @property
    def page_no(self) -> int:
        """The page that it begins on."""
        return self.table.parts[0].page_no


Block = Paragraph | TableBlock
