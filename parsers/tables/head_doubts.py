"""Heads that do not say for sure what their figures are, and what hangs on them.

A figure may be read without a doubt and still be wrong where the head over it was
misread: 'Hộ nghèo' for 'Hộ cận nghèo', 2018 for 2013. Such columns are doubted whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.model import Cell, Method
from parsers.phrases import phrase_book
from parsers.prose.meaning import OTHER
from parsers.records import (
    Figure,
    FigureKind,
    Issue,
    Quality,
    Severity,
    TableColumn,
)
from parsers.tables.grid import Layout
from parsers.tables.head_areas import part_of_area
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

UNSURE_HEAD = "unsure_head"
"""Of our own: low_confidence is of a figure, which equations may bear out."""
LEAST_SURE = 0.6
"""Of a head cell. Heads rightly read have been seen down to 0.7."""
_KNOWN = 0.8
"""The part of a head's letters that known words must make for it to be believed."""
_BOOKS = ("concepts", "groups", "times", "column_words", "target_words", "uoms")
_DIGIT = re.compile(r"\d")


def doubt_heads(
    columns: Sequence[TableColumn],
    layout: Layout,
    figures: Sequence[Figure],
    vocabulary: Vocabulary,
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    """Mark the figures under heads that an image did not give for sure.

    Args:
        columns: The table's columns.
        layout: Its cells; those of the head carry how surely they were read.
        figures: Its figures.
        vocabulary: The words known: a head made of these alone is believed.

    Returns:
        The figures, those in doubt as 'suspect', and an issue for each column.
    """
    unsure = {
        column.col_no: why
        for column in columns
        if column.role == "figure"
        for why in [_doubt_of(layout, column.col_no - 1, vocabulary)]
        if why
    }
    sure = [column for column in columns if column.col_no not in unsure]
    doubts = _twins(sure, vocabulary) | unsure
    marked = tuple(
        replace(f, quality=Quality.SUSPECT) if f.col_no in doubts else f
        for f in figures
    )
    return marked, tuple(_issues(doubts, marked))


def _twins(columns: Sequence[TableColumn], vocabulary: Vocabulary) -> dict[int, str]:
    """Return the columns of what is that no reading tells apart.

    Two counts of all the poor at one time differ in something that was not understood,
    as a standard; parts of the area are told. Targets may have two givers, groups and
    money several sources.
    """
    if any(column.role == "item" for column in columns):
        return {}
    alike: dict[tuple[object, ...], list[int]] = {}
    for c in columns:
        is_whole = c.indicator not in (None, OTHER, "funding") and c.group_code == "all"
        if is_whole and c.kind is FigureKind.OBSERVATION:
            area = part_of_area(c.path, c.indicator, vocabulary)
            key = (c.indicator, c.year, c.as_of, c.uom, area)
            alike.setdefault(key, []).append(c.col_no)
    return {
        col_no: f"Columns {', '.join(map(str, twins))} cannot be told apart"
        for twins in alike.values()
        if len(twins) > 1
        for col_no in twins
    }


def _doubt_of(layout: Layout, col: int, vocabulary: Vocabulary) -> str:
    cells = {id(c): c for c in _head_cells(layout, col)}.values()
    for cell in cells:
        if cell.method is not Method.OCR or _is_believed(cell, vocabulary):
            continue
        text = squeeze(cell.text)
        if text:
            share = f"{cell.confidence:.0%}"
            return f"Its head '{text}' was read with a confidence of only {share}"
        return "A part of its head could not be read"
    return ""


def _head_cells(layout: Layout, col: int) -> Iterator[Cell]:
    for row in layout.head:
        cell = layout.grid.get((row, col))
        if cell is not None:
            yield cell


def _is_believed(cell: Cell, vocabulary: Vocabulary) -> bool:
    text = squeeze(cell.text)
    if not text:
        return not cell.readings
    if cell.confidence >= LEAST_SURE:
        return True
    if cell.confidence == 0:
        return False  # cut in two, or not read at all but guessed
    if _DIGIT.search(text):
        return False
    return _known_share(text, vocabulary) >= _KNOWN


def _known_share(text: str, vocabulary: Vocabulary) -> float:
    """Return the part of a text's letters that stands in known phrases, as spelled."""
    known: set[int] = set()
    for book in _BOOKS:
        for hit in phrase_book(vocabulary, book).find(text):
            known |= set(range(hit.start, hit.end))
    letters = [place for place, c in enumerate(text) if c.isalnum()]
    return sum(p in known for p in letters) / len(letters) if letters else 1.0


def _issues(doubts: Mapping[int, str], figures: Sequence[Figure]) -> Iterator[Issue]:
    for col_no, why in doubts.items():
        places = tuple(n for n, f in enumerate(figures) if f.col_no == col_no)
        if not places:
            continue
        first = figures[places[0]]
        yield Issue(
            document=first.document,
            check_code=UNSURE_HEAD,
            severity=Severity.WARNING,
            message=f"Table {first.table_no}, column {col_no}: {why}; "
            f"what its {len(places)} figures count is not sure.",
            page_no=first.source.page_no,
            box=first.source.box,
            figure=places[0],
            printed=first.indicator_label,
            suspects=places,
            message_vi=f"Bảng {first.table_no}, cột {col_no}: tiêu đề cột "
            f"('{first.indicator_label}') chưa rõ, nên chưa chắc ý nghĩa của "
            f"{len(places)} số liệu trong cột.",
        )
