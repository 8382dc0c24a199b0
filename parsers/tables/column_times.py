"""The time of a table's columns, and which of them hold targets.

The order is the contract's: the column's own head path; for a rate or a group that of
the count or the whole it belongs to; the table's title; the sentence directly above;
else a stock is of the start of the planned year and the rest of its course.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.dates.times import SURVEY_OPENS, TimeMention, find_times
from parsers.phrases import phrase_book
from parsers.prose.meaning import (
    Meaning,
    has_target_word,
    is_goal_heading,
    states_done,
    states_result,
)
from parsers.records import AsOf, FigureKind
from parsers.tables.context import TableContext
from parsers.tables.head_columns import HeadColumn
from parsers.tables.year_series import years_added_up
from parsers.vocabulary import Vocabulary

COUNT_OF_RATE = {
    "poverty_rate": "poor_households",
    "near_poor_rate": "near_poor_households",
    "poverty_rate_reduction": "poor_households_exiting",
    "near_poor_rate_reduction": "near_poor_households_exiting",
}
"""The count that each rate is the rate of."""

_LEADS_ON = re.compile(
    r":\s*$|như sau|sau đây|\b(?:biểu|bảng|phụ lục)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ColumnTime:
    """Year, moment and, of a period, the last year; ``rule`` says where it stands."""

    year: int | None
    as_of: AsOf
    year_to: int | None
    rule: str
    said: str = ""
    """The words that state it."""

    @property
    def why(self) -> str:
        """The rule with the words that it found."""
        return f"{self.rule} '{self.said}'" if self.said else self.rule


def settle_time(
    mention: TimeMention, is_stock: bool, context: TableContext, rule: str
) -> ColumnTime:
    """Return the time that a mention gives a stock or a change within the year."""
    planned = context.period_start
    if mention.as_of is AsOf.END and mention.year is None:
        planned = context.period_end or planned
    year = mention.year if mention.year is not None else planned
    if not is_stock:
        return ColumnTime(year, AsOf.DURING, mention.year_to, rule, mention.text)
    if mention.as_of is AsOf.START:
        return ColumnTime(year, AsOf.START, None, rule, mention.text)
    return ColumnTime(mention.year_to or year, AsOf.END, None, rule, mention.text)


def column_times(
    columns: Sequence[HeadColumn], context: TableContext, vocabulary: Vocabulary
) -> dict[int, ColumnTime]:
    """Return the time of every figure column, by grid column."""
    own = {c.col: own_mention(c.path, vocabulary) for c in columns if c.meaning}
    around = _time_around(context, vocabulary)
    times: dict[int, ColumnTime] = {}
    for column in columns:
        if column.meaning is None:
            continue
        mention, rule = own[column.col], "the head"
        if mention is not None and mention.year is None:
            mention, rule = _with_title_year(mention, column, context, vocabulary)
        if mention is None and _is_left_over(column):
            mention, rule = TimeMention(0, 0, "còn lại", None, AsOf.END), "the head"
        if mention is None and not column.meaning.is_stock:
            mention = years_added_up(column, columns, vocabulary)
            rule = "the heads of the years that it adds up"
        if mention is None:
            whole = _whole_of(column, columns, own)
            mention, rule = whole or around or (None, "")
        if mention is None:
            times[column.col] = _default_time(column.meaning, context)
        else:
            stock = column.meaning.is_stock
            times[column.col] = settle_time(mention, stock, context, rule)
    return times


def _is_left_over(column: HeadColumn) -> bool:
    """Whether a head says what there is after the changes: 'Hộ nghèo còn lại'."""
    meaning = column.meaning
    return meaning is not None and meaning.is_stock and "left" in meaning.concepts


def _with_title_year(
    mention: TimeMention,
    column: HeadColumn,
    context: TableContext,
    vocabulary: Vocabulary,
) -> tuple[TimeMention, str]:
    """Give 'Cuối kỳ' the year of a title of results ('KẾT QUẢ … NĂM 2021').

    Elsewhere a moment without year is of the planned period.
    """
    title = context.title or context.report_title or ""
    if _names_target(column.path, vocabulary) or not states_result(title, vocabulary):
        return mention, "the head"
    years = {m.year for m in find_times(title, vocabulary) if m.as_of is None}
    if len(years) != 1 or None in years:
        return mention, "the head"
    return replace(mention, year=years.pop()), "the head; year from the title"


def own_time(
    column: HeadColumn, context: TableContext, vocabulary: Vocabulary
) -> ColumnTime | None:
    """Return the time that a head path itself states, None if it states none."""
    mention = own_mention(column.path, vocabulary)
    if mention is None or column.meaning is None:
        return None
    return settle_time(mention, column.meaning.is_stock, context, "the head")


def own_mention(path: Sequence[str], vocabulary: Vocabulary) -> TimeMention | None:
    """Return the time in a head path, the deepest level first.

    A moment without year ('Đầu năm') under a year above it means that year's.
    """
    moment: TimeMention | None = None
    for level in reversed(path):
        for mention in find_times(level, vocabulary):
            if mention.year is None:
                moment = moment or mention
            elif moment is not None:
                return _at_moment(mention, moment)
            else:
                return mention
    return moment


def _at_moment(year: TimeMention, moment: TimeMention) -> TimeMention:
    return TimeMention(
        year.start, year.end, year.text, year.year, moment.as_of, year.year_to
    )


def _whole_of(
    column: HeadColumn,
    columns: Sequence[HeadColumn],
    own: dict[int, TimeMention | None],
) -> tuple[TimeMention, str] | None:
    """Return the time of the count of a rate, or of the whole of a group."""
    here = column.col
    nearest = sorted(columns, key=lambda c: (c.col > here, abs(c.col - here)))
    for other in nearest:
        mention = own.get(other.col)
        if not _belongs_to(column, other):
            continue
        if mention is not None:
            return mention, f"the head of column {other.col + 1}, which it belongs to"
        if other.col < here:
            return None  # what stands right of both may be of another time
    return None


def _belongs_to(column: HeadColumn, other: HeadColumn) -> bool:
    """Whether a column is the rate of another, or a group of it or of its rate."""
    a, b = column.meaning, other.meaning
    if a is None or b is None or other.col == column.col:
        return False
    counted = COUNT_OF_RATE.get(a.indicator, a.indicator)
    if counted != COUNT_OF_RATE.get(b.indicator, b.indicator):
        return False
    is_rate = a.indicator in COUNT_OF_RATE and b.indicator not in COUNT_OF_RATE
    is_group = a.group_code != "all" and b.group_code == "all"
    return (is_rate and a.group_code == b.group_code) or is_group


def _time_around(
    context: TableContext, vocabulary: Vocabulary
) -> tuple[TimeMention, str] | None:
    """Return the time that the title states, else the sentence directly above."""
    for text, name in (
        (context.title, "the table's title"),
        (_stating(context), "the sentence above"),
        (context.report_title, "the title of the report"),
    ):
        mention = _surrounding_mention(text, vocabulary)
        if mention is not None:
            return mention, name
    return None


def _stating(context: TableContext) -> str | None:
    """Return the sentence above if it states the table's figures.

    With a title between them it does so where it leads on: '…, như sau:'.
    """
    sentence = context.sentence
    if sentence is None or context.title is None or _LEADS_ON.search(sentence):
        return sentence
    return None


def _surrounding_mention(
    text: str | None, vocabulary: Vocabulary
) -> TimeMention | None:
    """Return the one time of a text that is no heading of the goal."""
    if not text:
        return None
    if is_goal_heading(text, vocabulary) and not states_result(text, vocabulary):
        return None
    found = [m for m in find_times(text, vocabulary) if m.year is not None]
    exact = [m for m in found if m.as_of is not None] or found
    years = {(m.year, m.as_of) for m in exact}
    return exact[0] if len(years) == 1 else None


def _default_time(meaning: Meaning, context: TableContext) -> ColumnTime:
    first, last = context.period_start, context.period_end
    if meaning.is_stock:
        return ColumnTime(first, AsOf.START, None, "the planned period")
    is_money = meaning.indicator == "funding" and last != first
    later = last if is_money else None
    return ColumnTime(first, AsOf.DURING, later, "the planned period")


# --- targets --------------------------------------------------------------------------


def column_kind(
    column: HeadColumn, time: ColumnTime, context: TableContext, vocabulary: Vocabulary
) -> FigureKind:
    """Return whether a column holds targets, by its head and its time.

    The contract's 'end of the planned period' is of papers that plan: what a report,
    or a title 'Kết quả …', says of a time gone by was found.
    """
    if _names_target(column.path, vocabulary):
        return FigureKind.TARGET
    meaning = column.meaning
    if meaning is None or time.year is None:
        return FigureKind.OBSERVATION
    is_guess = _is_estimate(column.path, vocabulary)
    if is_guess and _is_to_come(time, meaning, context):
        return FigureKind.TARGET
    if _states_result(column.path, vocabulary):
        return FigureKind.OBSERVATION
    if _is_reported(time, context, vocabulary):
        return FigureKind.OBSERVATION
    if _is_to_come(time, meaning, context, is_planned=column.is_planned):
        return FigureKind.TARGET
    if meaning.indicator == "funding" and _is_planned(time.year, context):
        return FigureKind.TARGET
    return FigureKind.OBSERVATION


def _names_target(path: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a level has a target word and does not speak of what was done."""
    return any(
        has_target_word(level, vocabulary) and not states_done(level, vocabulary)
        for level in path
    )


def _states_result(path: Sequence[str], vocabulary: Vocabulary) -> bool:
    return any(states_done(level, vocabulary) for level in path)


def _is_estimate(path: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a head only estimates: 'Ước thực hiện đến 31/12/2024'."""
    book = phrase_book(vocabulary, "head_words")
    hits = (hit for level in path for hit in book.find(level))
    return any(hit.row["effect"] == "estimates" for hit in hits)


def _is_reported(
    time: ColumnTime, context: TableContext, vocabulary: Vocabulary
) -> bool:
    """Whether a time is one that the paper or the table's title reports results of."""
    issued = context.issue_year
    if issued is not None and time.year is not None and time.year > issued:
        return False
    if context.report_title is not None:
        return True
    texts = {
        "the table's title": context.title,
        "the sentence above": context.sentence,
        "the head; year from the title": context.title,
    }
    return states_result(texts.get(time.rule) or "", vocabulary)


def _is_to_come(
    time: ColumnTime,
    meaning: Meaning,
    context: TableContext,
    *,
    is_planned: bool = False,
) -> bool:
    """Whether a state is of the planned period's end, or a time after the issue.

    What is not yet so when a paper is issued is neither what is nor what was.
    """
    issued, year = context.issue_year, time.year_to or time.year
    if year is None:
        return False
    if not meaning.is_stock:
        return is_planned or (issued is not None and year > issued)
    if time.as_of is not AsOf.END:
        return False
    if year == context.period_end:
        return True
    return issued is not None and (
        year > issued or (year == issued and _is_before_survey(year, context))
    )


def _is_before_survey(year: int, context: TableContext) -> bool:
    """Whether a plan's own year was too young at its issue for its end to be known."""
    issued = context.issued_on or ""
    is_dated = len(issued) >= len("2021-03")
    return is_dated and issued < f"{year}-{SURVEY_OPENS}" and _is_planned(year, context)


def _is_planned(year: int, context: TableContext) -> bool:
    first, last = context.period_start, context.period_end
    return first is not None and first <= year <= (last or first)
