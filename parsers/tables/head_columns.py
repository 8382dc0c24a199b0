"""Columns as their heads say them, and what those without subject borrow.

'Tổng số hộ' beside 'Hộ nghèo' counts all households; 'Tỷ lệ' is of the count at its
left; 'Trong đó: hộ DTTS' is a group of the whole at its left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.prose.meaning import Meaning, read_meaning
from parsers.tables.formulas import Formula
from parsers.vocabulary import Vocabulary

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


def lend_subjects(
    columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Give every column that names no subject of its own the one it belongs to."""
    return _lend_subjects(_by_siblings(columns, vocabulary), vocabulary)


def _by_siblings(
    columns: Sequence[HeadColumn], vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Read 'Tổng số hộ' beside 'Hộ nghèo' as all households, not as the poor again."""
    settled = []
    for column in columns:
        meaning = column.meaning
        if meaning is None or len(column.path) < 2 or not _borrows(column, vocabulary):
            settled.append(column)
            continue
        twins = [c for c in columns if _is_twin(c, column)]
        if twins:
            own = read_meaning(column.path[-1:], vocabulary)
            settled.append(replace(column, meaning=own))
        else:
            settled.append(column)
    return settled


def _borrows(column: HeadColumn, vocabulary: Vocabulary) -> bool:
    """Whether a column's last level only says 'Tổng số hộ', 'Số hộ', 'Số khẩu'."""
    own = read_meaning(column.path[-1:], vocabulary)
    return bool(own.concepts) and own.concepts <= _WEAK


def _is_twin(other: HeadColumn, column: HeadColumn) -> bool:
    """Whether another column under the same heading names what this one borrows."""
    a, b = other.meaning, column.meaning
    return (
        a is not None
        and b is not None
        and other.col != column.col
        and other.path[:-1] == column.path[:-1]
        and (a.indicator, a.group_code, a.uom) == (b.indicator, b.group_code, b.uom)
    )


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
        count, whole = _count_left_of(lent), _count_left_of(lent, "all")
        if count is not None and _is_bare_rate(column, count, vocabulary):
            lent.append(_with_lent(column, count))
        elif whole is not None and _is_open_group(column):
            lent.append(_as_group_of(column, whole))
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
    if bare.is_bare or lent.indicator == bare.indicator:
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
