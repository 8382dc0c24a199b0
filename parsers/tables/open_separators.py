"""Separators that cells leave open: a table's equations decide, else its amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.model import RawTable
from parsers.numbers.conventions import (
    ColumnConvention,
    Convention,
    parse_number,
    readings,
    settle,
)
from parsers.records import TableColumn, TableRow
from parsers.tables.equations import Place, TableFigures, judge
from parsers.tables.table_equations import find_equations

_MANY = 10
"""Cells with decimals from which on they show a paper's custom."""


def settle_conventions(
    columns: Sequence[TableColumn],
    rows: Sequence[TableRow],
    texts: Mapping[Place, str],
    conventions: Mapping[int, ColumnConvention],
    custom: Convention = Convention.UNKNOWN,
) -> dict[int, ColumnConvention]:
    """Let the table's equations decide the columns whose separators are open.

    Columns of one kind are tried together first, since an equation may span several,
    then each that is still open by itself.

    Args:
        columns: The table's columns, with their meaning.
        rows: Its rows.
        texts: The cells as printed, by place.
        conventions: What the cells of each column said, by col_no.
        custom: How the paper's tables write decimals, as `custom_of` says it.
    """
    settled = dict(conventions)
    for kind in ("count", "rate", "amount"):
        alike = [n for n, c in settled.items() if c.ambiguous and c.kind == kind]
        for group in (alike, *([n] for n in alike)):
            trial = _Trial(
                tuple(columns), tuple(rows), texts, dict(settled), frozenset(group)
            )
            for col_no in group:
                settled[col_no] = settle(settled[col_no], trial.count_holding)
    return _follow_amounts(settled, custom)


def custom_of(tables: Iterable[RawTable]) -> Convention:
    """Return how the tables of a paper write decimals, unknown where that is not sure.

    A comma before decimals throughout says that a dot groups. A dot says nothing of
    commas and dots elsewhere: '290.934' for thousands stands beside '2.09' %. The first
    column holds ordinals ('1.1').
    """
    every = (readings(c.text) for table in tables for c in table.cells if c.col > 0)
    said = Counter(next(iter(found)) for found in every if len(found) == 1)
    is_sure = said[Convention.COMMA_DECIMAL] >= _MANY
    if is_sure and not said[Convention.DOT_DECIMAL]:
        return Convention.COMMA_DECIMAL
    return Convention.UNKNOWN


def _follow_amounts(
    conventions: Mapping[int, ColumnConvention], custom: Convention
) -> dict[int, ColumnConvention]:
    """Read amounts that stay open as the table's other amounts are written.

    Counts and rates of the same table are no guide: '15,883' households stand beside
    '2.09' %. Without other amounts all tables of the paper may be one.
    """
    decided = {
        c.convention
        for c in conventions.values()
        if c.kind == "amount" and c.convention is not Convention.UNKNOWN
    }
    common, why = custom, "written as the decimals of the paper's tables are"
    if decided:
        common, why = next(iter(decided)), "written as the table's other amounts are"
    if len(decided) > 1 or common is Convention.UNKNOWN:
        return dict(conventions)
    return {
        col_no: replace(
            c, convention=common, ambiguous=False, evidence=f"{c.evidence}; {why}"
        )
        if c.ambiguous and c.kind == "amount"
        else c
        for col_no, c in conventions.items()
    }


@dataclass(frozen=True)
class _Trial:
    """Counts the equations that hold when some columns are read in a convention."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    texts: Mapping[Place, str]
    conventions: Mapping[int, ColumnConvention]
    tried: frozenset[int]

    def count_holding(self, convention: Convention) -> int:
        """Return how many equations with these columns hold in the convention."""
        tried = {
            col_no: replace(c, convention=convention, ambiguous=False)
            if col_no in self.tried
            else c
            for col_no, c in self.conventions.items()
        }
        values: dict[Place, Decimal | None] = {}
        for (row_no, col_no), text in self.texts.items():
            value = parse_number(text, tried[col_no]) if col_no in tried else None
            if value is not None:
                values[row_no, col_no] = value
        table = TableFigures(self.columns, self.rows, values)
        judged = [
            judge(equation, values)
            for equation in find_equations(table)
            if any(col_no in self.tried for _, col_no in equation.places)
        ]
        return sum(j.holds for j in judged if j is not None)
