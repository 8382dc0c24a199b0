"""The outline of a paper: paragraphs as numbered items, bullets and what hangs on them.

Vietnamese administrative papers number their parts I / 1 / 1.1 / a) and go on with
'-', '+' and '*' (Nghị định 30/2020/NĐ-CP, annex I), decisions with 'Điều 1'. Papers
skip numbers, restart them, print several marks at once ('- b)') and OCR reads 'l.' for
'1.' and 'II1' for 'III'; so an item's place is taken from the kind of its mark and from
what stands before it, never from an unbroken count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parsers.layout.blocks import Block, Paragraph
from parsers.layout.outline_marks import (
    FoundMark,
    Mark,
    plain_mark,
    read_mark,
    roman_value,
)

_NEXT_ARTICLE = Mark.PART + 1
_HEADING_LENGTH = 200
_INLINE_HEADING_LENGTH = 160
_OPEN_REACH = 150
"""Letters in which a bracket opened before a line break is looked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph in its place in the outline.

    ``index`` is its place among all items and ``parent`` that of the item it hangs on.
    ``section`` is the path of the nearest marked item that has a number or letter
    ('III.2.3.10', 'Điều 2', 'IV.1.a'), '' before the first. ``start`` is where, in the
    paragraph's text, the words after the mark begin, ``body_start`` where the words
    after a heading that runs into its text begin.
    """

    index: int
    parent: int | None
    mark: Mark
    level: int
    marker: str
    section: str
    paragraph: Paragraph
    start: int
    body_start: int
    heading: str | None

    @property
    def text(self) -> str:
        """The words after the mark, heading included."""
        return self.paragraph.text[self.start :]

    @property
    def body(self) -> str:
        """The words after the mark and after a heading that runs into them."""
        return self.paragraph.text[self.body_start :]

    @property
    def runs_in(self) -> bool:
        """Whether the heading and its text stand in one paragraph."""
        return self.heading is not None and bool(self.body)


def parse_outline(blocks: Sequence[Block]) -> tuple[Item, ...]:
    """Return the paragraphs of one document as items in reading order.

    Args:
        blocks: The document's paragraphs and tables; tables are passed over.

    Returns:
        One item a paragraph. An unmarked paragraph hangs on the marked item above it.
    """
    paragraphs = _glued(b for b in blocks if isinstance(b, Paragraph))
    marks = [read_mark(p.text) for p in paragraphs]
    has_roman = sum(m.mark is Mark.ROMAN for m in marks) >= 2
    builder = _Builder(has_roman)
    for paragraph, mark in zip(paragraphs, marks, strict=True):
        builder.add(paragraph, mark)
    return _with_headings(builder.items)


def _glued(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Join paragraphs that a line break tore apart, so that no false mark is read.

    'của Ban Thường vụ (khóa' / 'XIX) về việc …' is one; so is a sentence without an
    end and what goes on with a small letter.
    """
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        if joined and _goes_on(joined[-1].text.rstrip(), paragraph.text.lstrip()):
            lines = (*joined.pop().lines, *paragraph.lines)
            joined.append(Paragraph.of(lines))
        else:
            joined.append(paragraph)
    return joined


def _goes_on(before: str, after: str) -> bool:
    tail = before[-_OPEN_REACH:]
    closes = after.find(")")
    if tail.rfind("(") > tail.rfind(")") and 0 <= closes < _OPEN_REACH:
        return "(" not in after[:closes]
    if before.endswith((".", ":", ";", "!", "?")) or _is_upper(before):
        return False
    return after[0].islower() and read_mark(after).mark is Mark.PLAIN


def ancestors(items: Sequence[Item], item: Item) -> Iterable[Item]:
    """Yield the items that this one hangs on, the nearest first."""
    parent = item.parent
    while parent is not None:
        yield items[parent]
        parent = items[parent].parent


class _Builder:
    """Places one paragraph after the other in the outline."""

    def __init__(self, has_roman: bool) -> None:
        self.items: list[Item] = []
        self._has_roman = has_roman
        self._stack: list[tuple[FoundMark, int]] = []
        self._romans = 0

    def add(self, paragraph: Paragraph, found: FoundMark) -> None:
        """Append the paragraph as an item."""
        found = self._settle(found, paragraph.text)
        while self._stack and self._stack[-1][0].level >= found.level:
            self._stack.pop()
        parent = self._stack[-1][1] if self._stack else None
        if found.mark is not Mark.PLAIN:
            self._stack.append((found, len(self.items)))
        if found.mark in (Mark.PART, Mark.CAPITAL):
            self._romans = 0  # 'B. KẾ HOẠCH NĂM 2015' opens with a I. of its own
        self.items.append(
            Item(
                index=len(self.items),
                parent=parent,
                mark=found.mark,
                level=found.level,
                marker=found.marker,
                section=self._section(),
                paragraph=paragraph,
                start=found.start,
                body_start=found.start,
                heading=None,
            )
        )

    def _settle(self, found: FoundMark, text: str) -> FoundMark:
        """Decide what a mark that can be read in two ways is, by what stands above."""
        if found.mark is Mark.ROMAN:
            return self._settle_roman(found, text)
        if found.mark is Mark.NUMBER and self._is_roman_in_digits(found, text):
            numeral = "I" * len(found.key)
            self._romans += 1
            return replace(found, mark=Mark.ROMAN, level=Mark.ROMAN, key=numeral)
        if found.mark is Mark.ARTICLE and self._has_articles():
            # 'Điều 2' closes the Roman numbers that stood inside 'Điều 1'.
            return replace(found, level=_NEXT_ARTICLE)
        if found.mark is Mark.CAPITAL and not self._continues_capitals(found):
            return found if _is_upper(text[found.start :]) else plain_mark(text)
        return found

    def _settle_roman(self, found: FoundMark, text: str) -> FoundMark:
        value = roman_value(found.key)
        if value == 1 and self._romans and not _is_upper(text[found.start :]):
            # 'I.' or 'l.' below another Roman number is a badly read '1.'.
            return replace(found, mark=Mark.NUMBER, level=Mark.NUMBER, key="1")
        if value == 1 and not self._has_roman and found.marker[:1] in "l|!":
            return replace(found, mark=Mark.NUMBER, level=Mark.NUMBER, key="1")
        self._romans = value or 0
        return found

    def _is_roman_in_digits(self, found: FoundMark, text: str) -> bool:
        """Whether '1.', '11.', '111.' stands where I, II, III is due, in capitals."""
        if not self._has_roman or set(found.key) != {"1"}:
            return False
        return len(found.key) == self._romans + 1 and _is_upper(text[found.start :])

    def _has_articles(self) -> bool:
        return any(i.mark is Mark.ARTICLE for i in self.items)

    def _continues_capitals(self, found: FoundMark) -> bool:
        """Whether a capital letter opens a list (A) or goes on with one (B after A)."""
        if found.key == "A":
            return True
        return any(i.mark is Mark.CAPITAL for i in self.items)

    def _section(self) -> str:
        keys: list[str] = []
        for found, _ in self._stack:
            if found.mark >= Mark.PAREN:
                break
            if _is_number(found) and keys and _opens_with(found.key, keys[-1]):
                keys.pop()
            keys.append(found.key)
        return ".".join(keys)


def _is_number(found: FoundMark) -> bool:
    return Mark.NUMBER <= found.level < Mark.LETTER


def _opens_with(dotted: str, key: str) -> bool:
    """Whether the dotted number '2.3' names the level above it ('2') itself."""
    return key.replace(".", "").isdigit() and dotted.count(".") > key.count(".")


def _is_upper(text: str) -> bool:
    """Whether the words up to the first colon are in capitals."""
    letters = [c for c in text.split(":", 1)[0] if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _with_headings(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(
        _with_heading(item, items[item.index + 1 : item.index + 2]) for item in items
    )


def _with_heading(item: Item, following: Sequence[Item]) -> Item:
    """Return the item with its heading, if it has one."""
    text = item.text
    if item.mark is Mark.PART and not text.strip(" .:") and following:
        # 'Phần thứ nhất' and what it is about stand on two lines.
        title = following[0].text if _is_upper(following[0].text) else ""
        return replace(item, heading=title or item.marker)
    cut = text.find(":", 0, _INLINE_HEADING_LENGTH)
    if cut > 0 and _is_one_phrase(text[:cut]):
        rest = len(text) - len(text[cut + 1 :].lstrip())
        return replace(item, heading=text[:cut].strip(), body_start=item.start + rest)
    if not _stands_alone(item, following):
        return item
    end = item.start + len(text)
    return replace(item, heading=text.strip().rstrip(" .:;"), body_start=end)


def _is_one_phrase(text: str) -> bool:
    """Whether the text before a colon is one phrase, its brackets closed."""
    return text.count("(") == text.count(")") and not re.search(r"[.;!?]\s", text)


def _stands_alone(item: Item, following: Sequence[Item]) -> bool:
    """Whether the whole paragraph is a heading: short, one clause, text below it."""
    if item.mark is Mark.PLAIN or len(item.text) > _HEADING_LENGTH:
        return False
    if item.mark <= Mark.ROMAN:
        return True
    if re.search(r"[.;!?]\s+\S", item.text) or item.text.rstrip()[-1:] in ";,":
        return False
    if item.text.rstrip().endswith(".") and not item.text.rstrip().endswith("..."):
        return item.mark < Mark.LETTER and _has_own_list(item, following)
    return bool(following) and following[0].level > item.level


def _has_own_list(item: Item, following: Sequence[Item]) -> bool:
    """Whether numbered items of the next level follow at once."""
    return bool(following) and item.level < following[0].level < Mark.LETTER
