"""Rates of a group or of exits that are shares of the poor and no poverty rates.

'Trong đó: DTTS | Số hộ | Tỷ lệ' gives either the group's poor of all households or of
all the poor; 'Thoát nghèo | Số hộ | Tỷ lệ' those who left, of either. The head does not
say which; the table's figures do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.prose.meaning import OTHER
from parsers.records import Comparator, Figure, Table, TableColumn
from parsers.tables.column_times import COUNT_OF_RATE
from parsers.tables.equations import Equation, Place, Support, support

_WHOLE_OF_EXITS = {
    "poor_households_exiting": "poor_households",
    "near_poor_households_exiting": "near_poor_households",
}
_WHY = "a share of the poor, as the table's figures show"


def without_poor_shares(
    table: Table, figures: Sequence[Figure]
) -> tuple[Table, tuple[Figure, ...]]:
    """Call rates of groups that are shares of the poor 'other'.

    Args:
        table: The table as understood from its heads.
        figures: Its figures.

    Returns:
        Both, changed where the figures prove a share of the poor.
    """
    values = _values(figures)
    shares = {c.col_no for c in table.columns if _is_share(c, table, values)}
    if not shares:
        return table, tuple(figures)
    columns = tuple(
        replace(c, indicator=OTHER, rule=f"{c.rule}; {_WHY}")
        if c.col_no in shares
        else c
        for c in table.columns
    )
    return replace(table, columns=columns), tuple(
        replace(f, indicator=OTHER) if f.col_no in shares else f for f in figures
    )


def _values(figures: Iterable[Figure]) -> dict[Place, Decimal | None]:
    return {
        (f.row_no, f.col_no): f.value
        for f in figures
        if f.row_no is not None
        and f.col_no is not None
        and f.comparator is Comparator.EQ
    }


def _is_share(
    rate: TableColumn, table: Table, values: Mapping[Place, Decimal | None]
) -> bool:
    """Whether a rate is its count of all the poor and of no households."""
    counted = COUNT_OF_RATE.get(rate.indicator or "")
    whole = _WHOLE_OF_EXITS.get(counted or "", counted)
    if counted is None or (rate.group_code == "all" and whole == counted):
        return False
    figures = [c for c in table.columns if c.role == "figure"]
    tops = [
        c for c in figures if c.indicator == counted and c.group_code == rate.group_code
    ]
    wholes = [c for c in figures if c.indicator == whole and c.group_code == "all"]
    bases = [c for c in figures if c.indicator == "households"]
    share = _best(rate, tops, wholes, table, values)
    plain = _best(rate, tops, bases, table, values)
    return share.is_believed and share.share > plain.share


def _best(
    rate: TableColumn,
    tops: Sequence[TableColumn],
    bases: Sequence[TableColumn],
    table: Table,
    values: Mapping[Place, Decimal | None],
) -> Support:
    """Return how well the best choice of count and base gives the rate."""
    found = [
        support(_ratios(rate, top, base, table), values)
        for top in tops
        for base in bases
    ]
    return max(found, key=lambda told: told.share, default=Support(0, 0))


def _ratios(
    rate: TableColumn, top: TableColumn, base: TableColumn, table: Table
) -> list[Equation]:
    return [
        Equation(
            "rate_mismatch",
            (row.row_no, rate.col_no),
            fraction=((row.row_no, top.col_no), (row.row_no, base.col_no)),
        )
        for row in table.rows
    ]
