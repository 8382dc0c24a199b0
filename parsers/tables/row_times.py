"""Rows that are years: 'Năm | Tổng số hộ | Hộ nghèo' over 2019, 2020, 2021."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.dates.times import TimeMention
from parsers.tables.column_times import ColumnTime, own_mention, settle_time
from parsers.tables.context import TableContext
from parsers.tables.head_columns import HeadColumn
from parsers.vocabulary import Vocabulary

_YEAR = re.compile(r"(?:năm\s+)?((?:19|20)\d{2})", re.IGNORECASE)
_LEAST_YEARS = 2


def are_years(texts: Sequence[str]) -> bool:
    """Whether texts are years, each another one."""
    years = [year_of(text) for text in texts]
    return (
        len(years) >= _LEAST_YEARS
        and None not in years
        and len(set(years)) == len(years)
    )


def year_of(text: str) -> int | None:
    """Return the year that a text is and nothing else: '2019', 'Năm 2019'."""
    match = _YEAR.fullmatch(text.strip())
    return int(match[1]) if match else None


def row_time(
    column: HeadColumn, label: str, context: TableContext, vocabulary: Vocabulary
) -> ColumnTime | None:
    """Return the time that a row's year gives a column; None where its head has one.

    The head's moment ('Đầu năm') is that of the row's year.
    """
    year, meaning = year_of(label), column.meaning
    said = own_mention(column.path, vocabulary)
    if year is None or meaning is None or (said is not None and said.year is not None):
        return None
    mention = TimeMention(0, len(label), label, year, None)
    if said is not None:
        mention = replace(mention, as_of=said.as_of)
    return settle_time(mention, meaning.is_stock, context, "the row")
