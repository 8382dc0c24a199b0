"""What 'Tổng số', 'Số hộ' and 'Tỷ lệ' count where their heads do not say.

In a table whose heads name no one the title does ('SỐ HỘ NGHÈO …' over '2021 | Hộ').
A heading that the vocabulary does not know ('Lao động trong độ tuổi' over 'Tổng số')
counts something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.dates.times import find_times
from parsers.phrases import phrase_book
from parsers.prose.meaning import (
    OTHER,
    find_concepts,
    find_groups,
    find_uom,
    read_meaning,
)
from parsers.tables.context import TableContext
from parsers.tables.head_columns import HeadColumn
from parsers.vocabulary import Vocabulary

_POOR = frozenset({"poor", "near_poor", "poor_and_near_poor"})
_WEAK = frozenset({"count", "rate", "persons"})
"""Concepts of heads that do not say whom they count."""
_WHOLES = ("households", "population")


def with_title_subject(
    columns: Sequence[HeadColumn], context: TableContext, vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Give bare counts and rates the subject of the title, or none at all."""
    settled = [_without_unknown(column, vocabulary) for column in columns]
    named = {x for c in settled if c.meaning for x in c.meaning.concepts} - _WEAK
    text = context.title or context.sentence or ""
    hits = [
        hit
        for hit in find_concepts(text, vocabulary)
        if _POOR & set(hit.row["concepts"].split())
    ]
    if named - {"all_households", "households", "population"} or not hits:
        return settled
    subjects = {hit.row["concepts"] for hit in hits}
    phrase = hits[0].phrase if len(subjects) == 1 else ""
    return [_about(column, phrase, vocabulary) for column in settled]


def _about(column: HeadColumn, phrase: str, vocabulary: Vocabulary) -> HeadColumn:
    """Return a bare column as one of the title's subject; 'other' if it names two."""
    meaning = column.meaning
    if meaning is None or not meaning.concepts or meaning.concepts - _WEAK:
        return column
    if _is_compared(column.path, vocabulary):
        return column
    if not phrase:
        why = f"{meaning.rule}; the title names several"
        return replace(column, meaning=replace(meaning, indicator=OTHER, rule=why))
    told = read_meaning((phrase, *column.path), vocabulary)
    why = f"{told.rule}; whom it counts from the title"
    return replace(column, meaning=replace(told, rule=why))


def sets_against_others(path: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a head path compares figures: 'So sánh (%) | TH/KH'."""
    words = phrase_book(vocabulary, "target_words")
    return any(
        hit.row["scope"] == "compared" for level in path for hit in words.find(level)
    )


def _is_compared(path: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a head sets its figures against others: 'Đạt tỷ lệ (%) so với KH'."""
    if sets_against_others(path, vocabulary):
        return True
    words = phrase_book(vocabulary, "target_words")
    traps = phrase_book(vocabulary, "time_traps").find(path[-1])
    return bool(traps) or any(
        hit.row["scope"] == "neutral" for hit in words.find(path[-1])
    )


def _without_unknown(column: HeadColumn, vocabulary: Vocabulary) -> HeadColumn:
    """Call a bare count 'other' under a heading of something unknown."""
    meaning = column.meaning
    if meaning is None or meaning.indicator not in _WHOLES:
        return column
    if meaning.concepts - _WEAK or len(column.path) < 2:
        return column
    if all(_is_known(level, vocabulary) for level in column.path[:-1]):
        return column
    why = f"{meaning.rule}; under a heading that is not known"
    return replace(column, meaning=replace(meaning, indicator=OTHER, rule=why))


def _is_known(level: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading says a time, a plan or result, a group or who is counted."""
    return bool(
        find_times(level, vocabulary)
        or find_concepts(level, vocabulary)
        or find_groups(level, vocabulary)
        or phrase_book(vocabulary, "target_words").find(level)
        or phrase_book(vocabulary, "column_words").find(level)
        or find_uom(level, vocabulary)
    )
