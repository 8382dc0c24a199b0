"""Parts of one document: where its body, its end and its annexes begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.heads.fields import find_cited_numbers
from parsers.heads.paper_words import (
    PaperWords,
    is_reference_line,
    is_shouted,
    plain_words,
)
from parsers.layout.blocks import Block, Paragraph, PlacedLine, TableBlock
from parsers.layout.marks import (
    ITEM,
    LONG,
    LOOK_AHEAD,
    Edges,
    belongs_to_head,
    block_text,
    is_annex_title,
    opens_tail,
    page_edges,
    reference_after,
    title_kind,
)

_NAME = re.compile(r"(?:[^\W\d_]\.?['’]?[^\W\d_]*[ .]*){2,6}")
_CAPITAL_ITEM = re.compile(r"[A-HK]\s?[.)]\s")
"""'A. ĐÁNH GIÁ TÌNH HÌNH' opens a body; in small letters it may be a name."""


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """An annex: its title, its own reference line ('(Kèm theo …)') and all blocks."""

    title: tuple[Paragraph, ...]
    reference: Paragraph | None
    blocks: tuple[Block, ...]


def head_end(blocks: Sequence[Block], words: PaperWords) -> int:
    """Return where the body begins: after the title and the line under it."""
    edges = page_edges(blocks[:80])
    title: Paragraph | None = None
    for index, block in enumerate(blocks):
        if isinstance(block, TableBlock):
            return index
        if title is None and title_kind(block.text, words) is not None:
            title = block
        elif _opens_body(block, title, words, edges):
            return index
    return len(blocks)


def _opens_body(
    block: Paragraph, title: Paragraph | None, words: PaperWords, edges: Edges
) -> bool:
    text = block.text
    if title is None and belongs_to_head(text):
        return False
    if is_reference_line(text) or is_shouted(text):
        if title is None and text.startswith(("-", "+", "*", "•")):
            return False  # A speck of a scan before a line of the head.
        return ITEM.match(text) is not None or _CAPITAL_ITEM.match(text) is not None
    if ITEM.match(text) or text.rstrip().endswith((";", ":")):
        return True
    if words.opens("body", text) and len(text.split()) > 4:
        return True
    if words.kind_at_start(" ".join(text.split()[2:])) and find_cited_numbers(text):
        return True
    if title is None:
        return len(text.split()) > LONG
    return not all(_is_titular(line, title, edges) for line in block.lines)


def _is_titular(line: PlacedLine, title: Paragraph, edges: Edges) -> bool:
    """Whether a line has the page's middle, or that of the word above the title."""
    box, kind = line.upright, title.lines[0].upright
    if line.page_no == title.page_no:
        apart = abs(box.center[0] - kind.center[0])
        if apart < 0.6 * max(box.height, 1.0):
            return True
    left, right = edges.get(line.page_no, (box.x0, box.x1))
    before, after = box.x0 - left, right - box.x1
    return abs(before - after) < max(1.3 * box.height, 0.3 * (before + after))


def tail_start(blocks: Sequence[Block], body: int, words: PaperWords) -> int:
    """Return where the end begins: at 'Nơi nhận' or at the signature."""
    for index in range(body, len(blocks)):
        if opens_tail(block_text(blocks[index]), words):
            return index
    return len(blocks)


def annex_start(
    blocks: Sequence[Block], body: int, signed: int, words: PaperWords
) -> int:
    """Return where annexes begin: after the end, or at a title page that says so."""
    for index in range(body, len(blocks)):
        if index < signed:
            if _is_annex_page(blocks, index, words):
                return index
        elif index > signed and _leaves_tail(blocks, index, signed, words):
            return index
    return len(blocks)


def _is_annex_page(blocks: Sequence[Block], index: int, words: PaperWords) -> bool:
    """Whether a page of an unsigned paper opens with 'PHỤ LỤC' or the like."""
    block = blocks[index]
    if index == 0 or block.page_no == blocks[index - 1].page_no:
        return False
    return is_annex_title(block_text(block), words) and (
        plain_words(block_text(block))[:2] == ("phu", "luc")
        or reference_after(blocks, index) is not None
    )


def _leaves_tail(
    blocks: Sequence[Block], index: int, signed: int, words: PaperWords
) -> bool:
    block = blocks[index]
    if isinstance(block, TableBlock):
        return True
    text = block.text
    if is_annex_title(text, words) or is_reference_line(text):
        return True
    if block.page_no == blocks[signed].page_no or text.startswith(("-", "–", "+")):
        return False
    if opens_tail(text, words) or len(text.split()) < 4:
        return False
    if is_shouted(text):
        return not _NAME.fullmatch(text) or len(text.split()) > 5
    return len(text.split()) > LONG and _near_table(blocks, index)


def _near_table(blocks: Sequence[Block], index: int) -> bool:
    return any(isinstance(b, TableBlock) for b in blocks[index : index + LOOK_AHEAD])


def split_annexes(blocks: Sequence[Block], words: PaperWords) -> tuple[AnnexPart, ...]:
    """Split what follows the end into annexes, each with its title."""
    if not blocks:
        return ()
    starts = [0]
    for index in range(1, len(blocks)):
        if _opens_annex(blocks, index, starts[-1], words):
            starts.append(index)
    ends = [*starts[1:], len(blocks)]
    return tuple(_annex(blocks[s:e]) for s, e in zip(starts, ends, strict=True))


def _opens_annex(
    blocks: Sequence[Block], index: int, start: int, words: PaperWords
) -> bool:
    text = block_text(blocks[index])
    if not text:
        return False
    held = any(isinstance(b, TableBlock) for b in blocks[start:index])
    new_page = blocks[index].page_no != blocks[index - 1].page_no
    if not (held or new_page):
        return False
    if is_annex_title(text, words):
        return True
    titled = is_shouted(" ".join(text.split()[:3])) and len(text.split()) > 2
    reference = reference_after(blocks, index)
    return titled and (reference is not None or (held and new_page))


def _annex(blocks: Sequence[Block]) -> AnnexPart:
    title: list[Paragraph] = []
    reference: Paragraph | None = None
    for block in blocks[:LOOK_AHEAD]:
        if isinstance(block, TableBlock):
            break
        if is_reference_line(block.text):
            reference = block
            break
        if title and not is_shouted(block.text):
            break
        title.append(block)
    return AnnexPart(tuple(title), reference, tuple(blocks))
