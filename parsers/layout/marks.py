"""Marks: by what a line of a head, a title, an end or an annex is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.heads.fields import find_own_number
from parsers.heads.paper_words import (
    KindWord,
    PaperWords,
    is_motto,
    is_reference_line,
    is_shouted,
    is_slogan,
    plain_words,
)
from parsers.layout.blocks import Block, Paragraph, TableBlock

ITEM = re.compile(
    r"(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)/:]\s|[-+*•]\s|Điều\s+\d|"
    r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVX\d]+|thứ)\b"
)
_DATE_LINE = re.compile(r"ng[àa]y\b.{0,25}th[áa]ng\b.{0,25}n[ăa]m\b", re.IGNORECASE)
LOOK_AHEAD = 8
LONG = 12
"""Words from which on a line of a head is rather a sentence of the body."""
Edges = dict[int, tuple[float, float]]


def block_text(block: Block) -> str:
    """Return a paragraph's text; a table has none."""
    return block.text if isinstance(block, Paragraph) else ""


def is_head_line(text: str) -> bool:
    """Whether a short line may stand in a head: in capitals, or a mark of one."""
    if not text or len(text.split()) > LONG or text.startswith(("-", "+")):
        return False
    shouted = is_shouted(text) and plain_words(text)[:1] not in (("tm",), ("kt",))
    return shouted or belongs_to_head(text)


def belongs_to_head(text: str) -> bool:
    """Whether a text is the motto, a number or a date, or columns read as one."""
    if len(text.split()) > 2 * LONG:
        return False
    return (
        is_motto(text)
        or is_slogan(text)
        or find_own_number(text) is not None
        or _DATE_LINE.search(text) is not None
    )


def title_kind(text: str, words: PaperWords) -> KindWord | None:
    """Return the kind that a title in capitals names; 'QUYẾT ĐỊNH:' is none."""
    if text.rstrip().endswith(":"):
        return None
    first_line = text.split(" - ")[0]
    if not is_shouted(" ".join(first_line.split()[:2])):
        return None
    return words.kind_at_start(text)


def opens_tail(text: str, words: PaperWords) -> bool:
    """Whether a line opens the end: 'Nơi nhận', 'TM. …', 'KT. …', or a post alone."""
    if not text or len(text.split()) > LONG:
        return False
    if words.opens("recipients", text):
        return True
    if not is_shouted(text):
        return False
    return words.opens("signature", text) or words.is_whole("post", text)


def is_annex_title(text: str, words: PaperWords) -> bool:
    """Whether a text opens with 'PHỤ LỤC', 'BIỂU SỐ', 'DANH SÁCH' and the like."""
    if not text or len(text.split()) > 60:
        return False
    if re.match(r"Phụ (?:lục|biểu)\b.{0,30}$", text):
        return True
    return is_shouted(" ".join(text.split()[:3])) and words.opens("annex", text)


def reference_after(blocks: Sequence[Block], index: int) -> Paragraph | None:
    """Return the '(Kèm theo …)' among the next lines, before any table."""
    for block in blocks[index : index + LOOK_AHEAD]:
        if isinstance(block, TableBlock):
            return None
        if is_reference_line(block.text):
            return block
    return None


def page_edges(blocks: Sequence[Block]) -> Edges:
    """Return the left and right edge of each page's long lines."""
    lines: dict[int, list[tuple[float, float]]] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            for placed in block.lines:
                box = placed.upright
                lines.setdefault(placed.page_no, []).append((box.x0, box.x1))
    edges = {}
    for page_no, spans in lines.items():
        widest = max(x1 - x0 for x0, x1 in spans)
        wide = [(x0, x1) for x0, x1 in spans if x1 - x0 >= 0.6 * widest]
        edges[page_no] = (min(x0 for x0, _ in wide), max(x1 for _, x1 in wide))
    return edges
