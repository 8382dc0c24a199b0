"""What a figure of a sentence carries: its source, its statement, how sure it is."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.layout.outline import Item
from parsers.numbers.quantities import Quantity
from parsers.prose.moments import Moment
from parsers.prose.reading import Settled
from parsers.prose.speaking import Phrase
from parsers.records import Figure, Quality, Source
from parsers.sentences import Span, split_clauses
from parsers.text import squeeze

_STATEMENT_LENGTH = 700
_DIGITS = re.compile(r"\S*\d\S*")
_LOW_CONFIDENCE = 0.6
"""Below this a figure in a sentence is doubted: of those measured on scans nearly all
wrong ones lie below, and right ones above."""


def total_of(figure: Figure, quantity: Quantity) -> Figure:
    """Return the households that a count is said to be of: '405/14.932 hộ'."""
    rule = f"total of the count before it; {figure.source.rule}"
    return replace(
        figure,
        indicator="households",
        group_code="all",
        value=quantity.total,
        source=replace(figure.source, rule=rule),
    )


def quality_of(quantity: Quantity, is_sure: bool) -> Quality:
    """Return whether a figure is doubted, by its value and by how it was read."""
    if quantity.value is None or quantity.doubt or not is_sure:
        return Quality.SUSPECT
    return Quality.OK


def is_surely_read(item: Item, quantity: Quantity) -> bool:
    """Whether every word with digits was read with confidence enough."""
    text = item.paragraph.text
    return all(
        item.paragraph.place(m.start(), m.end()).confidence >= _LOW_CONFIDENCE
        for m in _DIGITS.finditer(text, quantity.start, quantity.end)
    )


def statement_of(text: str, sentence: Span, quantity: Quantity) -> str:
    """Return the sentence, or of a very long one the clause with the figure."""
    if sentence[1] - sentence[0] <= _STATEMENT_LENGTH:
        return squeeze(text[sentence[0] : sentence[1]])
    start, end = next(
        (c for c in split_clauses(text, sentence) if c[0] <= quantity.start < c[1]),
        sentence,
    )
    if end - start > _STATEMENT_LENGTH:
        start = max(start, quantity.start - _STATEMENT_LENGTH // 2)
        end = min(end, quantity.start + _STATEMENT_LENGTH // 2)
    return squeeze(text[start:end])


def source_of(item: Item, phrase: Phrase, known: Settled, when: Moment) -> Source:
    """Return where a figure stands, how it was read and by which rules."""
    quantity = phrase.quantity
    place = item.paragraph.place(quantity.start, quantity.end)
    return Source(
        page_no=place.page_no,
        box=place.box,
        raw_text=item.paragraph.text[quantity.start : quantity.end],
        method=place.method,
        confidence=place.confidence,
        rule=f"{known.rule}; {when.why}; {phrase.meaning.rule}",
    )
