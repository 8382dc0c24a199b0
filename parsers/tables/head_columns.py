"""Columns as their heads say them, and what those without subject borrow.

'Tổng số hộ' beside 'Hộ nghèo' counts all households; 'Tỷ lệ' is of the count at its
left; 'Trong đó: hộ DTTS' is a group of the whole at its left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.dates.times import find_times
from parsers.phrases import phrase_book
from parsers.prose.meaning import OTHER, Meaning, has_target_word, read_meaning
from parsers.tables.formulas import Formula
from parsers.vocabulary import Vocabulary

_UOM_OF = {"poverty_rate_reduction": "percent", "poor_households_exiting": "household"}
_OF_NEAR_POOR = {
    "poor_households_exiting": "near_poor_households_exiting",
    "poverty_rate_reduction": "near_poor_rate_reduction",
}
_POOR = frozenset({"poor_households", "poverty_rate"})
_PARTED = frozenset(
    {"households", "population", "poor_households", "near_poor_households"}
)
_MUTE = frozenset({"count", "rate", "households", "left", "level"})
"""Concepts of 'Số hộ', 'Tỷ lệ', '(hộ)' and 'Số hộ còn lại'."""
_WEAK = frozenset({"all_households", "count", "persons"})
"""Concepts that leave open whom they count."""


@dataclass(frozen=True, slots=True)
class HeadColumn:
    """A column as its head says it. ``number`` is that of the column-number row."""

    col: int
    path: tuple[str, ...]
    role: str
    number: int | None
    formula: Formula | None
    meaning: Meaning | None
    is_planned: bool = False
    """Whether it is the first of several years that are all planned."""


def lend_subjects(
    columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Give every column that names no subject of its own the one it belongs to."""
    settled = [_as_left_over(column, vocabulary) for column in columns]
    settled = _of_near_poor(_by_siblings(settled, vocabulary))
    settled = _as_reductions(settled, vocabulary)
    return _lend_subjects(_under_a_time(settled, vocabulary), vocabulary)


def _by_siblings(
    columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Read 'Tổng số hộ' beside 'Hộ nghèo' as all households, not as the poor again."""
    settled = []
    for column in columns:
        meaning = column.meaning
        counts = meaning is not None and meaning.indicator != "funding"
        may_borrow = counts and len(column.path) > 1 and _borrows(column, vocabulary)
        if may_borrow and any(_is_twin(c, column, vocabulary) for c in columns):
            own = read_meaning(column.path[-1:], vocabulary)
            settled.append(replace(column, meaning=own))
        else:
            settled.append(column)
    return settled


_LEFT_OVER = {
    (False, False): ("poor_households", "household"),
    (False, True): ("poverty_rate", "percent"),
    (True, False): ("near_poor_households", "household"),
    (True, True): ("near_poor_rate", "percent"),
}
"""What 'còn lại' counts: by whether of the near poor, and whether as a rate."""


def _as_left_over(column: HeadColumn, vocabulary: Vocabulary) -> HeadColumn:
    """Read 'Số hộ còn lại' below 'Kế hoạch giảm nghèo' as who stays poor."""
    meaning, above = column.meaning, column.path[:-1]
    if meaning is None or not above or meaning.group_code != "all":
        return column
    own = read_meaning(column.path[-1:], vocabulary)
    heading = read_meaning(above, vocabulary)
    if "left" not in own.concepts or "exit" in own.concepts:
        return column
    if "exit" not in heading.concepts and not _has_effect(above, "reduces", vocabulary):
        return column
    named = own.concepts if own.concepts & {"poor", "near_poor"} else heading.concepts
    key = ("near_poor" in named and "poor" not in named, "rate" in own.concepts)
    indicator, uom = _LEFT_OVER[key]
    told = replace(
        meaning,
        indicator=indicator,
        uom=uom,
        is_stock=True,
        is_bare=False,
        concepts=own.concepts,
        rule=f"{meaning.rule}; who is left after the reduction above",
    )
    return replace(column, meaning=told)


def _has_effect(levels: Sequence[str], effect: str, vocabulary: Vocabulary) -> bool:
    book = phrase_book(vocabulary, "head_words")
    hits = (hit for level in levels for hit in book.find(level))
    return any(hit.row["effect"] == effect for hit in hits)


def _as_reductions(
    columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Read 'Số hộ' and 'Tỷ lệ' below 'Mục tiêu giảm nghèo năm 2026' as what is to go.

    Whoever stands at the left is not meant. Below 'Kết quả giảm nghèo' the same words
    may count those who left or those who stay: 'other'. A moment ('đến cuối năm')
    makes them a state.
    """
    settled: list[HeadColumn] = []
    for column in columns:
        meaning = column.meaning
        if meaning is None or not _names_reduction(column, columns, vocabulary):
            settled.append(column)
            continue
        kind = "poverty_rate_reduction" if "rate" in meaning.concepts else ""
        kind = kind or "poor_households_exiting"
        aims = any(has_target_word(level, vocabulary) for level in column.path)
        told = replace(
            meaning,
            indicator=kind if aims else OTHER,
            uom=_UOM_OF[kind],
            is_stock=False,
            is_bare=False,
            rule=f"{meaning.rule}; of the reduction that the heading names",
        )
        settled.append(replace(column, meaning=told))
    return settled


def _of_near_poor(columns: Sequence[HeadColumn]) -> list[HeadColumn]:
    """Read 'Chỉ tiêu giảm' as of the near poor where the heads name no others."""
    counted = {c.meaning.indicator for c in columns if c.meaning}
    if "near_poor_households" not in counted or counted & _POOR:
        return list(columns)
    settled: list[HeadColumn] = []
    for column in columns:
        meaning = column.meaning
        if meaning is not None and meaning.is_bare_flow:
            near = _OF_NEAR_POOR.get(meaning.indicator, meaning.indicator)
            why = f"{meaning.rule}; the heads name the near poor alone"
            told = replace(meaning, indicator=near, rule=why)
            column = replace(column, meaning=told)
        settled.append(column)
    return settled


def _names_reduction(
    column: HeadColumn, columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> bool:
    """Whether a head names the reduction, no moment, and nobody who is counted."""
    above = column.path[:-1] or column.path
    beside = [column]
    if len(column.path) > 1:
        beside = [c for c in columns if c.path[:-1] == above]
    if not all(c.meaning is None or c.meaning.concepts <= _MUTE for c in beside):
        return False
    if column.meaning is not None and "left" in column.meaning.concepts:
        return False
    if not _has_effect(above, "reduces", vocabulary):
        return False
    times = (t for level in column.path for t in find_times(level, vocabulary))
    return all(time.as_of is None for time in times)


def _under_a_time(
    columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Read 'Số hộ' beside 'Tỷ lệ' below a bare time as the poor named at the left.

    So it is in 'Hộ nghèo | Phấn đấu cuối năm 2022 > Số hộ, Tỷ lệ': all households have
    no rate.
    """
    settled: list[HeadColumn] = []
    for column in columns:
        poor = next((c.meaning for c in reversed(settled) if _counts_poor(c)), None)
        meaning = column.meaning
        if meaning is None or poor is None or not _is_mute_pair(column, columns):
            settled.append(column)
            continue
        lent = replace(poor, rule=f"{poor.rule}; of whom the heads at the left speak")
        settled.append(replace(column, meaning=lent))
    return settled


def _counts_poor(column: HeadColumn) -> bool:
    meaning = column.meaning
    return (
        meaning is not None
        and meaning.group_code == "all"
        and meaning.indicator in ("poor_households", "near_poor_households")
    )


def _is_mute_pair(column: HeadColumn, columns: Sequence[HeadColumn]) -> bool:
    """Whether a bare count stands beside a bare rate, and their heading is mute too."""
    meaning = column.meaning
    if meaning is None or len(column.path) < 2:
        return False
    if not meaning.is_bare or meaning.group_code != "all":
        return False
    if meaning.concepts != {"count"}:
        return False
    beside = [c for c in columns if c.path[:-1] == column.path[:-1]]
    if any(map(_counts_poor, beside)):
        return False  # 'Số hộ' beside 'Hộ nghèo' and its rate are all households
    return any(
        c.meaning is not None and c.meaning.is_bare and "rate" in c.meaning.concepts
        for c in beside
    )


def _borrows(column: HeadColumn, vocabulary: Vocabulary) -> bool:
    """Whether a column's last level only says 'Tổng số hộ', 'Số hộ', 'Số khẩu'."""
    own = read_meaning(column.path[-1:], vocabulary)
    return bool(own.concepts) and own.concepts <= _WEAK


def _is_twin(other: HeadColumn, column: HeadColumn, vocabulary: Vocabulary) -> bool:
    """Whether another column under the same heading names what this one borrows.

    It may do so in a heading of its own: 'Tổng số hộ' beside 'Hộ nghèo' over 'Số hộ'.
    """
    a, b = other.meaning, column.meaning
    shared = len(column.path) - 1
    if a is None or b is None or other.path[:shared] != column.path[:shared]:
        return False
    if a.indicator == OTHER:
        return False  # what has no name is not what this one borrows
    if (a.indicator, a.group_code, a.uom) != (b.indicator, b.group_code, b.uom):
        return False
    own = other.path[shared:]
    if len(own) == 1 and _borrows(other, vocabulary):
        # Of 'Số hộ' and 'Số khẩu' below 'Dân số' each counts something else.
        return not _counts_alike(own[0], column.path[-1], vocabulary)
    if len(own) == 1 and not find_times(own[0], vocabulary):
        return True
    return bool(own) and not read_meaning(own, vocabulary).is_bare


def _counts_alike(one: str, other: str, vocabulary: Vocabulary) -> bool:
    a, b = read_meaning((one,), vocabulary), read_meaning((other,), vocabulary)
    return a.indicator == b.indicator


_RATE_OF = {
    "households": "other",
    "poor_households": "poverty_rate",
    "near_poor_households": "near_poor_rate",
    "poor_households_exiting": "poverty_rate_reduction",
    "near_poor_households_exiting": "near_poor_rate_reduction",
}
"""What a bare 'Tỷ lệ' beside a count is the rate of."""


def _lend_subjects(
    columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Give what names no subject of its own that of the count at its left.

    A group ('Trong đó: hộ DTTS') is one of the nearest whole. A bare 'Tỷ lệ' is of the
    nearest count: a subject in the heading above it stands ('Hộ nghèo' over 'Dân số'
    and 'Tỷ lệ'), but of a group only the count beside it tells ('Hộ CSGN', 'Tỷ lệ',
    'HN cứng', 'Tỷ lệ').
    """
    lent: list[HeadColumn] = []
    for column in columns:
        count = _count_in_formula(column, lent) or _count_left_of(lent)
        whole = _count_left_of(lent, "all")
        if count is not None and _is_bare_rate(column, count, vocabulary):
            lent.append(_with_lent(column, count))
        elif whole is not None and _is_open_group(column):
            lent.append(_as_group_of(column, whole))
        elif whole is not None and _is_unknown_part(column, whole, vocabulary):
            lent.append(_as_part(column))
        else:
            lent.append(column)
    return lent


def _is_bare_rate(column: HeadColumn, count: Meaning, vocabulary: Vocabulary) -> bool:
    if column.meaning is None or not column.path:
        return False
    own = read_meaning(column.path[-1:], vocabulary)
    fits = own.group_code in ("all", count.group_code)
    return own.is_bare and fits and "rate" in own.concepts


def _is_open_group(column: HeadColumn) -> bool:
    """Whether a column counts a group without saying of whom: 'Hộ DTTS', 'BTXH'."""
    meaning = column.meaning
    return (
        meaning is not None
        and meaning.is_bare
        and meaning.group_code != "all"
        and "rate" not in meaning.concepts
    )


def _is_unknown_part(
    column: HeadColumn, whole: Meaning, vocabulary: Vocabulary
) -> bool:
    """Whether 'Trong đó: hộ nghèo …' is of a group that nobody knows."""
    meaning = column.meaning
    if meaning is None or meaning.indicator not in _PARTED:
        return False
    if (meaning.indicator, meaning.group_code) != (whole.indicator, "all"):
        return False
    if any(find_times(level, vocabulary) for level in column.path):
        return False
    return any(_has_effect((level,), "parts", vocabulary) for level in column.path)


def _as_part(column: HeadColumn) -> HeadColumn:
    if column.meaning is None:
        return column
    why = f"{column.meaning.rule}; a part of the whole at its left"
    return replace(column, meaning=replace(column.meaning, indicator=OTHER, rule=why))


def _as_group_of(column: HeadColumn, whole: Meaning) -> HeadColumn:
    if column.meaning is None:
        return column
    meaning = replace(
        column.meaning,
        indicator=whole.indicator,
        uom=whole.uom,
        is_stock=whole.is_stock,
        rule=f"{column.meaning.rule}; a group of the whole at its left",
    )
    return replace(column, meaning=meaning)


def _with_lent(column: HeadColumn, count: Meaning) -> HeadColumn:
    bare = column.meaning
    if bare is None:
        return column
    lent = _rate_meaning(count, bare)
    # 'Còn lại' was settled by its own head; the heading's reduction is not its rate's.
    if bare.is_bare or lent.indicator == bare.indicator or "left" in count.concepts:
        return replace(column, meaning=lent)
    return column


def _count_left_of(
    columns: Sequence[HeadColumn], group: str | None = None
) -> Meaning | None:
    """Return the nearest count at the left, of a group where one is asked for."""
    for left in reversed(columns):
        meaning = left.meaning
        if meaning is None or meaning.uom == "percent":
            continue
        if group is None or meaning.group_code == group:
            return meaning
    return None


def _count_in_formula(
    column: HeadColumn, columns: Sequence[HeadColumn]
) -> Meaning | None:
    """Return the count that the column-number row divides: 3 of '5=3/1'."""
    terms = column.formula.terms if column.formula else ()
    if len(terms) < 2 or terms[1] != "/":
        return None
    meanings = (c.meaning for c in columns if c.number == terms[0])
    return next((m for m in meanings if m and m.uom != "percent"), None)


def _rate_meaning(count: Meaning, bare: Meaning) -> Meaning:
    indicator = _RATE_OF.get(count.indicator, "other")
    return replace(
        bare,
        indicator=indicator,
        group_code=count.group_code,
        uom="percent",
        is_stock=count.is_stock,
        rule=f"{bare.rule}; the rate of the count at its left ({count.indicator})",
    )
