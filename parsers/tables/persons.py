"""Columns that tell who a person is: names, identity numbers, dates of birth.

Annexes list poor households one by one. What such columns say is kept as printed, but
flagged, so that the warehouse can keep it from whoever asks about poverty, not about
people: no figure is made of it and no row is named after a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.phrases import phrase_book
from parsers.records import PERSON, RowKind, TableRow
from parsers.tables.grid import Layout
from parsers.tables.head_columns import HeadColumn
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary

_IDENTITY = re.compile(r"0\d{11}")
"""Twelve digits, first the code of a province (Decree 137/2015/NĐ-CP, article 13)."""
_COUNT = re.compile(r"\d{1,6}(?:[.,]\d+)?")
_BIRTH_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME_WORDS = range(2, 7)


def mark_persons(
    columns: Sequence[HeadColumn], layout: Layout, vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Give columns that tell who a person is the role of persons, and no meaning.

    A head says it, or cells that are identity numbers. Beside such a column others
    tell of the same person: an address, names under a head that says nothing.
    """
    cells = {c.col: _filled(layout, c.col) for c in columns}
    sure = {
        c.col
        for c in columns
        if _is_named_so(c, cells[c.col], vocabulary) or _are_identities(cells[c.col])
    }
    if not sure:
        return list(columns)
    beside = {
        c.col
        for c in columns
        if c.role in ("label", "text", "unit")
        and (
            "aside" in _kinds(c, vocabulary)
            or (
                not _names_places(c, vocabulary) and are_names(cells[c.col], vocabulary)
            )
        )
    }
    return [
        replace(c, role=PERSON, meaning=None) if c.col in sure | beside else c
        for c in columns
    ]


def without_names(
    rows: Sequence[TableRow], vocabulary: Vocabulary
) -> tuple[TableRow, ...]:
    """Return the rows of a list of persons; only totals and headings keep a label."""
    return tuple(
        replace(row, label="")
        if row.kind is RowKind.UNIT or are_names([row.label], vocabulary)
        else row
        for row in rows
    )


def are_names(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether most of the texts are names of persons: a surname and more."""
    named = sum(_is_name(text, vocabulary) for text in texts)
    return bool(texts) and named * 2 > len(texts)


def _is_name(text: str, vocabulary: Vocabulary) -> bool:
    words = text.split()
    known = vocabulary.rows("person_words")
    surnames = {row["phrase"] for row in known if row["kind"] == "surname"}
    return (
        len(words) in _NAME_WORDS
        and all(word[0].isupper() and word.isalpha() for word in words)
        and one_spelling(words[0]) in surnames
    )


def _filled(layout: Layout, col: int) -> list[str]:
    texts = (layout.text(row, col) for row in layout.body)
    return [text for text in texts if text]


def _is_named_so(
    column: HeadColumn, cells: Sequence[str], vocabulary: Vocabulary
) -> bool:
    """Whether the head names persons; under some the cells could be counts of them."""
    kinds = _kinds(column, vocabulary)
    if "name" in kinds:
        return column.role != "figure"
    return "number" in kinds and not _are_counts(cells)


def _kinds(column: HeadColumn, vocabulary: Vocabulary) -> set[str]:
    """Return what the levels of a head speak of: a name must open its level."""
    book = phrase_book(vocabulary, "person_words")
    found: set[str] = set()
    for level in column.path:
        for hit in book.find(level):
            kind = hit.row["kind"]
            whole = hit.start == 0 and len(level) - hit.end <= 1
            opens = hit.start == 0 and kind == "name"
            if kind == "number" or opens or (kind == "aside" and whole):
                found.add(kind)
    return found


def _names_places(column: HeadColumn, vocabulary: Vocabulary) -> bool:
    """Whether a head says that villages or communes stand below: 'Thôn', 'Xã'."""
    book = phrase_book(vocabulary, "column_words")
    hits = (hit for level in column.path for hit in book.find(level))
    return any(hit.row["role"] == "label" for hit in hits)


def _are_counts(cells: Sequence[str]) -> bool:
    counts = sum(
        bool(_COUNT.fullmatch(text)) and not _BIRTH_YEAR.fullmatch(text)
        for text in cells
    )
    return bool(cells) and counts * 2 > len(cells)


def _are_identities(cells: Sequence[str]) -> bool:
    digits = ["".join(c for c in text if c not in " .") for text in cells]
    identities = sum(bool(_IDENTITY.fullmatch(text)) for text in digits)
    return identities > 1 and identities * 2 > len(cells)
