"""What stands above a table and says what it is about: title, sentence, unit line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.dates.times import find_times
from parsers.layout.blocks import Block, Paragraph
from parsers.numbers.conventions import Convention
from parsers.prose.meaning import find_uom, states_result
from parsers.records import Document, DocumentKind, Unit
from parsers.text import one_spelling, squeeze
from parsers.vocabulary import Vocabulary

_UNIT_LINE = re.compile(
    r"(?:đơn\s*vị(?:\s*tính)?|đ\s*\.?\s*v\s*\.?\s*t)\s*:\s*(?P<unit>[^:]{1,60}?)\W*$",
    re.IGNORECASE,
)
_TITLE_OPENS = re.compile(
    r"^(?:biểu|bảng|phụ\s*lục|phụ\s*biểu|danh\s*sách|tổng\s*hợp|dự\s*kiến|kết\s*quả"
    r"|mẫu\s*số)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[-+*•]|\d+(?:\.\d+)*[.)]|[a-zđ]\)|[IVX]+\.)\s")
_REACH = 8
"""Paragraphs above a table that may still be its title."""
_TITLE_LENGTH = 260
_LEAD_IN = 4
"""Words of what merely leads on: 'Cụ thể:', 'Kết quả như sau:'."""


@dataclass(frozen=True, slots=True)
class TableContext:
    """What a table's surroundings say.

    ``title`` is what heads the table alone; ``sentence`` the paragraph directly above
    it. Years are those that the document plans for.
    """

    document: int = 0
    period_start: int | None = None
    period_end: int | None = None
    issued_on: str | None = None
    issuing_unit: Unit | None = None
    title: str | None = None
    sentence: str | None = None
    unit_line: str | None = None
    report_title: str | None = None
    """The title of a paper that reports what was found; None of one that plans."""
    custom: Convention = Convention.UNKNOWN
    """How the paper's tables write decimals, where all of them show one custom."""

    @property
    def issue_year(self) -> int | None:
        """The year of issue, if any is printed."""
        return int(self.issued_on[:4]) if self.issued_on else None


def table_context(
    document: Document, above: Sequence[Block], vocabulary: Vocabulary
) -> TableContext:
    """Return the context of a table from its document and the blocks above it.

    Args:
        document: The document that the table stands in.
        above: The blocks before the table, in reading order, those of the same
            document (or annex) only.
        vocabulary: Its units of measure tell a unit line.
    """
    near = _nearest_paragraphs(above)
    units = [text for text in near if find_unit_line(text, vocabulary)]
    rest = [text for text in near if text not in units]
    title = _find_title(rest)
    return TableContext(
        document=document.ordinal,
        period_start=document.period_start,
        period_end=document.period_end,
        issued_on=document.issued_on,
        issuing_unit=document.issuing_unit,
        title=title,
        sentence=_find_sentence(rest, title),
        unit_line=units[0] if units else None,
        report_title=_report_title(document, vocabulary),
    )


def _report_title(document: Document, vocabulary: Vocabulary) -> str | None:
    """Return the title of a report, or of a paper that approves or sends results."""
    title = document.title or ""
    if document.kind is DocumentKind.REPORT:
        return title
    may_plan = document.kind is DocumentKind.PLAN
    return title if not may_plan and states_result(title, vocabulary) else None


def with_captions(
    context: TableContext, captions: Sequence[str], vocabulary: Vocabulary
) -> TableContext:
    """Return the context with what stands in the table's own grid over its head.

    A title there is nearer than one above the table, but where only the one above
    says the time both stand.
    """
    for text in captions:
        unit_line = find_unit_line(text, vocabulary)
        if unit_line is not None:
            context = replace(context, unit_line=text)
        elif context.title is None or find_times(text, vocabulary):
            context = replace(context, title=text)
        else:
            context = replace(context, title=f"{context.title} {text}")
    return context


def find_unit_line(text: str, vocabulary: Vocabulary) -> str | None:
    """Return what a line 'Đơn vị tính: triệu đồng' says, None if it is no such line."""
    match = _UNIT_LINE.search(squeeze(text))
    if match is None:
        return None
    return match["unit"] if find_uom(match["unit"], vocabulary) else None


def _nearest_paragraphs(above: Sequence[Block]) -> list[str]:
    """Return the paragraphs above a table, the nearest first, up to another table."""
    near: list[str] = []
    for block in reversed(above):
        if not isinstance(block, Paragraph) or len(near) == _REACH:
            break
        near.append(squeeze(block.text))
    return near


def _find_sentence(near: Sequence[str], title: str | None) -> str | None:
    """Return the paragraph above the table and its title; 'Cụ thể:' is none."""
    for text in near:
        in_title = title is not None and text in title
        is_other = _is_aside(text) or _is_capitals(text)
        if not in_title and not is_other and len(text.split()) > _LEAD_IN:
            return text
    return None


def _find_title(near: Sequence[str]) -> str | None:
    """Return the title: lines in capitals, or one that opens as a title does."""
    for place, text in enumerate(near):
        if _is_aside(text):
            continue
        if _is_capitals(text):
            return _capitals_upwards(near[place:])
        if _TITLE_OPENS.match(text) and len(text) <= _TITLE_LENGTH:
            return text
        if place > 0:
            return None
    return None


def _capitals_upwards(near: Sequence[str]) -> str:
    lines = []
    for text in near:
        if not _is_capitals(text):
            break
        lines.append(text)
    return " ".join(reversed(lines))


def _is_aside(text: str) -> bool:
    """Whether a line merely refers to a paper: '(Kèm theo Kế hoạch số …)'."""
    plain = one_spelling(text)
    return plain.startswith("(") or plain.startswith("kèm theo")


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    is_numbered = _BULLET.match(text) is not None
    return len(letters) >= 4 and capitals * 10 >= len(letters) * 8 and not is_numbered
