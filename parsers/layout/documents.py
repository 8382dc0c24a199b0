"""Documents of a file: where each begins, and what is attached to what.

A file may hold a decision and the plan that it approves, or several papers. Annexes
stand after the signature and belong to the document; a plan after a decision's
signature, with a title of its own, is a document attached to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.heads.fields import find_cited_numbers, find_own_number
from parsers.heads.paper_words import (
    PaperWords,
    is_motto,
    is_reference_line,
    paper_words,
)
from parsers.layout.blocks import Block, TableBlock
from parsers.layout.marks import (
    ITEM,
    LONG,
    block_text,
    is_head_line,
    opens_tail,
    reference_after,
    title_kind,
)
from parsers.layout.parts import (
    AnnexPart,
    annex_start,
    head_end,
    split_annexes,
    tail_start,
)
from parsers.records import DocumentKind
from parsers.vocabulary import Vocabulary

__all__ = ["AnnexPart", "DocumentPart", "split_documents"]


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """The blocks of one document. ``parent`` is the ordinal of what it is attached to.

    ``head`` runs to the title and the line under it, ``tail`` from the signature or
    'Nơi nhận' to the end, annexes apart.
    """

    ordinal: int
    parent: int | None
    head: tuple[Block, ...]
    body: tuple[Block, ...]
    tail: tuple[Block, ...]
    annexes: tuple[AnnexPart, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order."""
        annexed = tuple(b for annex in self.annexes for b in annex.blocks)
        return self.head + self.body + self.tail + annexed

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page that it stands on."""
        numbers = [n for block in self.blocks for n in _page_numbers(block)]
        return min(numbers, default=1), max(numbers, default=1)


def split_documents(
    blocks: Sequence[Block], vocabulary: Vocabulary
) -> tuple[DocumentPart, ...]:
    """Split a file's blocks into its documents; at least one, which may be empty."""
    words = paper_words(vocabulary)
    starts = _document_starts(blocks, words)
    parts: list[DocumentPart] = []
    ends = [*starts[1:], len(blocks)]
    for start, end in zip(starts, ends, strict=True):
        parts.append(_split_parts(blocks[start:end], words, parts))
    return tuple(parts)


def _page_numbers(block: Block) -> list[int]:
    if isinstance(block, TableBlock):
        return [p.page_no for p in block.table.parts]
    return [line.page_no for line in block.lines]


def _document_starts(blocks: Sequence[Block], words: PaperWords) -> list[int]:
    starts = [0]
    for index, block in enumerate(blocks):
        text = block_text(block)
        if not text or index <= starts[-1]:
            continue
        if is_motto(text) or _is_attached_title(blocks, index, words):
            start = _head_begin(blocks, index, starts[-1])
            if start > starts[-1] and _has_body(blocks[starts[-1] : start]):
                starts.append(start)
    return starts


def _head_begin(blocks: Sequence[Block], index: int, lowest: int) -> int:
    """Go back over what stands above or left of the motto on the same page."""
    page_no = blocks[index].page_no
    while index > lowest and blocks[index - 1].page_no == page_no:
        text = block_text(blocks[index - 1])
        if not is_head_line(text):
            break
        index -= 1
    return index


def _has_body(blocks: Sequence[Block]) -> bool:
    return any(
        isinstance(b, TableBlock) or len(b.text.split()) > LONG or _is_item(b.text)
        for b in blocks
    )


def _is_item(text: str) -> bool:
    """Whether a line is an item of a text; a speck before a head's line makes none."""
    bare = text.lstrip("-+*• ")
    return ITEM.match(text) is not None and not (bare != text and is_head_line(bare))


def _is_attached_title(blocks: Sequence[Block], index: int, words: PaperWords) -> bool:
    """Whether a title after a signature opens a paper of its own, not an annex."""
    text = block_text(blocks[index])
    kind = title_kind(text, words)
    if kind is None or not _signed_before(blocks, index, words):
        return False
    if kind.kind is DocumentKind.OTHER and not kind.symbol:
        return False
    reference = reference_after(blocks, index)
    if reference is not None:
        cited = words.kind_at_start(_after_reference(reference.text))
        return cited is not None and cited.kind is not DocumentKind.PLAN
    return _reads_as_prose(blocks[index + 1 : index + 30])


def _signed_before(blocks: Sequence[Block], index: int, words: PaperWords) -> bool:
    return any(
        opens_tail(block_text(b), words) for b in blocks[max(0, index - 60) : index]
    )


def _after_reference(text: str) -> str:
    found = re.search(r"theo\s+(?:dự thảo\s+)?", text, re.IGNORECASE)
    return text[found.end() :] if found is not None else text


def _reads_as_prose(blocks: Sequence[Block]) -> bool:
    before_table: list[str] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            break
        before_table.append(block.text)
    return sum(ITEM.match(t) is not None for t in before_table) >= 3


def _split_parts(
    blocks: Sequence[Block], words: PaperWords, before: Sequence[DocumentPart]
) -> DocumentPart:
    body = head_end(blocks, words)
    signed = tail_start(blocks, body, words)
    annexed = annex_start(blocks, body, signed, words)
    tail = min(signed, annexed)
    head = tuple(blocks[:body])
    return DocumentPart(
        ordinal=len(before),
        parent=_parent(head, before),
        head=head,
        body=tuple(blocks[body:tail]),
        tail=tuple(blocks[tail:annexed]),
        annexes=split_annexes(blocks[annexed:], words),
    )


def _parent(head: Sequence[Block], before: Sequence[DocumentPart]) -> int | None:
    """Return what a document is attached to: what its '(Kèm theo …)' speaks of."""
    if not before:
        return None
    reference = next((b for b in head if is_reference_line(block_text(b))), None)
    numbered = any(find_own_number(block_text(b)) for b in head)
    if reference is None and numbered:
        return None
    last = before[-1]
    above = last.parent if last.parent is not None else last.ordinal
    if reference is None:
        return above
    cited = {n.number for n in find_cited_numbers(block_text(reference))}
    for part in reversed(before):
        own = find_own_number(" ".join(block_text(b) for b in part.head))
        if own is not None and own.number in cited:
            return part.ordinal
    return above
