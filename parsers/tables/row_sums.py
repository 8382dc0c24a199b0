"""The sums of a table's rows: units to their subtotal, subtotals to the total.

One tree of rows gives the sums of all columns, so they are believed together: where
half of those of counts hold, or miss by little, the rest is held against the figures,
and likewise with classes that have no code and with money; where those of one kind
prove the tree, all are. What is counted in an unknown unit is believed by the column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.records import TableColumn
from parsers.tables.equations import (
    Equation,
    TableFigures,
    Values,
    judge,
    last_place,
    support,
)
from parsers.text import one_spelling

SUM = "sum_mismatch"

_COUNT_UOMS = ("household", "person", "commune")
_AVERAGES = ("bình quân", "trung bình", "định mức", "/hộ", "/người", "mỗi hộ")
_NO_CHANCE = 3
"""Totals that are exactly the sums of the same rows, and not by chance."""
_NEAR_MISS = Decimal("0.1")
"""A printed total this close to the sum of its rows is meant as their sum."""


def row_sums(table: TableFigures) -> list[Equation]:
    """Return the sums of the rows, if the table as a whole bears them out."""
    children = _children(table)
    by_column = {
        column.col_no: _sums_of_column(table, column, children)
        for column in table.figure_columns
        if column.uom != "percent" and "_per_" not in (column.uom or "")
    }
    believed: list[Equation] = []
    families = [
        [
            e
            for c in table.figure_columns
            if is_kind(c)
            for e in by_column.get(c.col_no, ())
        ]
        for is_kind in (_is_count, _is_class, _is_money)
    ]
    is_tree = any(_is_proven(sums, table.values) for sums in families)
    for sums in families:
        if is_tree or _is_meant(sums, table.values):
            believed.extend(sums)
    for column in table.figure_columns:
        own = by_column.get(column.col_no, [])
        kinds = (_is_count, _is_class, _is_money)
        is_other = not any(is_kind(column) for is_kind in kinds)
        if is_other and _holds_alone(own, table.values):
            believed.extend(own)
    return believed


def _is_class(column: TableColumn) -> bool:
    """Whether a column counts a class that has no code of its own, and no average."""
    head = one_spelling(" ".join(column.path))
    is_average = any(word in head for word in _AVERAGES)
    is_other = column.indicator == "other" and column.uom in _COUNT_UOMS
    return is_other and not is_average


def _is_proven(sums: Sequence[Equation], values: Values) -> bool:
    """Whether sums leave no doubt about which rows add up into which."""
    told = support([e for e in sums if len(e.adds) > 1], values)
    if told.holds >= _NO_CHANCE and told.is_believed:
        return True
    return told.holds > 0 and told.holds * 5 >= told.judged * 4


def _is_money(column: TableColumn) -> bool:
    return column.indicator == "funding" and "_per_" not in (column.uom or "")


def _holds_alone(sums: Sequence[Equation], values: Values) -> bool:
    told = support(sums, values)
    return told.holds > 0 and told.is_believed


def _is_count(column: TableColumn) -> bool:
    return column.indicator != "other" and column.uom in _COUNT_UOMS


def _is_meant(sums: Sequence[Equation], values: Values) -> bool:
    """Whether totals are meant as sums: half of them are, or they miss by little."""
    judged = [j for j in (judge(e, values) for e in sums) if j is not None]
    if not judged:
        return False
    holding = sum(j.holds for j in judged)
    near = sum(
        abs(j.residual) <= _NEAR_MISS * max(abs(j.printed), Decimal(1)) for j in judged
    )
    return holding * 2 >= len(judged) or near * 2 >= len(judged)


def _children(table: TableFigures) -> dict[int, tuple[int, ...]]:
    """Return the rows that each row sums; a row without figures passes its own on."""
    direct: dict[int, list[int]] = {}
    for row in table.rows:
        if row.parent_row_no is not None:
            direct.setdefault(row.parent_row_no, []).append(row.row_no)
    filled = {row_no for row_no, _ in table.values}
    return {
        parent: tuple(_through_headings(rows, direct, filled, set()))
        for parent, rows in direct.items()
    }


def _through_headings(
    rows: Sequence[int],
    direct: Mapping[int, Sequence[int]],
    filled: set[int],
    seen: set[int],
) -> Iterator[int]:
    for row_no in rows:
        if row_no in seen:
            continue
        seen.add(row_no)
        if row_no not in filled and row_no in direct:
            yield from _through_headings(direct[row_no], direct, filled, seen)
        else:
            yield row_no


def _sums_of_column(
    table: TableFigures,
    column: TableColumn,
    children: Mapping[int, tuple[int, ...]],
) -> list[Equation]:
    """Return the column's sums, none where it is printed for no single unit."""
    col = column.col_no
    parents = set(children)
    by_unit = any(
        (row.row_no, col) in table.values
        for row in table.rows
        if row.row_no not in parents
    )
    if not by_unit:
        return []
    sums = [
        Equation(SUM, (parent, col), adds=tuple((row, col) for row in rows))
        for parent, rows in children.items()
        if rows and (parent, col) in table.values
    ]
    if _is_count(column):
        return sums
    return [replace(e, slack=rounding(e, table.values)) for e in sums]


def rounding(equation: Equation, values: Values) -> Decimal:
    """Return how far rounded addends may miss: half of the last place for each."""
    printed = [v for v in (values.get(p) for p in equation.places) if v is not None]
    finest = min((last_place(v) for v in printed), default=Decimal(1))
    return Decimal(0) if finest == 1 else finest * len(printed) / 2
