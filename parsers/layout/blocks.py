"""Blocks: a paper's paragraphs and tables in reading order, every letter placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.model import BBox, Evidence, Line, Method, Page, RawTable, Word
from parsers.layout.page_flow import BODY, FlowLine, flow_pages, upright_box
from parsers.layout.paragraphs import join_lines


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the page it stands on.

    ``upright`` is its box once the page is turned to be read.
    """

    page_no: int
    method: Method
    line: Line
    upright: BBox


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


def arrange_blocks(evidence: Evidence) -> tuple[Block, ...]:
    """Return the paper's paragraphs and tables in reading order.

    Page numbers, running heads and lines without a letter or digit are left out.
    A paragraph goes on over a page break, but not over a table; the two columns of a
    head or a signature are never joined with each other.
    """
    flows = flow_pages(evidence.pages)
    blocks: list[Block] = []
    lines: list[FlowLine] = []
    for page, flow in zip(evidence.pages, flows, strict=True):
        for item in _with_tables(flow, _tables_on(page, evidence.tables)):
            if isinstance(item, FlowLine):
                lines.append(item)
            else:
                blocks.extend(_paragraphs(lines))
                lines = []
                if item is not None:
                    blocks.append(TableBlock(item))
    blocks.extend(_paragraphs(lines))
    return tuple(blocks)


def _paragraphs(lines: Sequence[FlowLine]) -> Iterable[Paragraph]:
    for group in join_lines(lines):
        yield Paragraph.of(
            tuple(PlacedLine(i.page_no, i.method, i.line, i.box) for i in group)
        )


def _tables_on(
    page: Page, tables: Sequence[RawTable]
) -> list[tuple[BBox, RawTable | None]]:
    """Return the tables' areas on a page; None for a part that goes on with a table."""
    found: list[tuple[BBox, RawTable | None]] = []
    for table in tables:
        for number, part in enumerate(table.parts):
            if part.page_no == page.page_no:
                box = upright_box(part.box, page)
                found.append((box, table if number == 0 else None))
    return sorted(found, key=lambda entry: entry[0].y0)


def _with_tables(
    flow: Sequence[FlowLine], tables: Sequence[tuple[BBox, RawTable | None]]
) -> Iterable[FlowLine | RawTable | None]:
    """Put each table before the first line that stands below its upper edge.

    Of two columns, as a signature has, only where they stand below all of it.
    """
    waiting = list(tables)
    for line in flow:
        while waiting and line.box.center[1] > _edge(waiting[0][0], line):
            yield waiting.pop(0)[1]
        yield line
    for _, table in waiting:
        yield table


def _edge(table: BBox, line: FlowLine) -> float:
    return table.y0 if line.run == BODY else table.y1
