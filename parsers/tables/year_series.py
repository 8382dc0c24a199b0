"""Columns that are one thing year by year: 'Số hộ nghèo giảm | 2022 | 2023 | Tổng'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.dates.times import TimeMention, find_times
from parsers.phrases import phrase_book
from parsers.prose.meaning import states_done
from parsers.records import AsOf
from parsers.tables.context import TableContext
from parsers.tables.head_columns import HeadColumn
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary


def mark_planned(
    columns: Sequence[HeadColumn], context: TableContext, vocabulary: Vocabulary
) -> tuple[HeadColumn, ...]:
    """Mark the year of issue where it opens a series of years to come.

    Of 'Chia ra các năm | 2022 | 2023' in a plan of 2022 the years are planned alike.
    """
    issued = context.issue_year
    if issued is None or not _plans(issued, context):
        return tuple(columns)
    years = {c.col: _bare_year(c, vocabulary) for c in columns}
    coming = [c for c in columns if (years[c.col] or 0) > issued]
    return tuple(
        replace(c, is_planned=True)
        if years[c.col] == issued and any(_is_alike(c, other) for other in coming)
        else c
        for c in columns
    )


def _plans(year: int, context: TableContext) -> bool:
    first, last = context.period_start, context.period_end
    is_planned = first is not None and first <= year <= (last or first)
    return is_planned and context.report_title is None


def _bare_year(column: HeadColumn, vocabulary: Vocabulary) -> int | None:
    """Return the year that the last level of a head is, where nothing was found."""
    if column.meaning is None or not column.path:
        return None
    if any(states_done(level, vocabulary) for level in column.path):
        return None
    times = find_times(column.path[-1], vocabulary)
    if len(times) != 1 or times[0].as_of is not None or times[0].year_to is not None:
        return None
    return times[0].year


def _is_alike(one: HeadColumn, other: HeadColumn) -> bool:
    a, b = one.meaning, other.meaning
    if a is None or b is None or one.path[:-1] != other.path[:-1]:
        return False
    return (a.indicator, a.group_code, a.uom) == (b.indicator, b.group_code, b.uom)


def years_added_up(
    column: HeadColumn, columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> TimeMention | None:
    """Return the years that a 'Tổng cộng' without a time of its own adds up.

    They are those of the heads that count the same.
    """
    meaning = column.meaning
    if meaning is None or not _adds_up(column, vocabulary):
        return None
    counted = (meaning.indicator, meaning.group_code)
    same = [
        c.path
        for c in columns
        if c.meaning and (c.meaning.indicator, c.meaning.group_code) == counted
    ]
    times = [
        t for path in same for level in path for t in find_times(level, vocabulary)
    ]
    years = sorted({t.year for t in times if t.year is not None})
    if len(years) < 2 or any(t.as_of is not None for t in times):
        return None
    said = f"{years[0]} … {years[-1]}"
    return TimeMention(0, 0, said, years[0], AsOf.DURING, years[-1])


def _adds_up(column: HeadColumn, vocabulary: Vocabulary) -> bool:
    last = one_spelling(column.path[-1]).strip(" .:") if column.path else ""
    words = phrase_book(vocabulary, "row_words").find(last)
    return any(h.row["kind"] == "total" and h.start == 0 for h in words)
