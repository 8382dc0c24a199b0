"""Figures of one kind of table as a frame, with what their equations and rows say.

The row id is the figure's index in the records, which leads to its page and box. How
far an equation is past its tolerance is worked out here, since pairs of columns give no
row ids; it stands with the figure that the equation gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from expectations.frames import ROW_ID
from expectations.table_kinds import PERSONS, TableKind
from expectations.wording import TableCheck
from parsers.records import AsOf, Figure, Records, Table
from parsers.tables.equations import Place
from parsers.tables.row_sums import SUM
from parsers.tables.table_equations import BALANCE, FUNDS, GROUP, RATE

EXCESS = {
    RATE: "rate_excess",
    SUM: "sum_excess",
    GROUP: "group_excess",
    BALANCE: "balance_excess",
    FUNDS: "funds_excess",
}
"""The column that tells how far past its tolerance an equation of a code is."""
TABLE_FIGURE_COLUMNS = (
    ROW_ID, "table_no", "row_no", "col_no", "value", *EXCESS.values(),
    "whole_ok", "part_ok", "group_ok", "exits_ok", "base_ok", "money_ok", "year_ok",
)  # fmt: skip
PERSON_COLUMNS = (ROW_ID, "table_no", "figures_ok", "labels_ok")

_COUNTS = ("household", "person", "commune")
_PARTS = ("poor_households", "near_poor_households")
_STOCK_OF = {
    "poor_households_exiting": "poor_households",
    "near_poor_households_exiting": "near_poor_households",
}
_ALL = "all"
_Meaning = tuple[int | None, str, str, int | None, AsOf | None]
"""A row's number, an indicator, a group, a year and its moment."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """The figures of a table by row and meaning, to see one beside others."""

    values: Mapping[_Meaning, Decimal]

    @classmethod
    def of(cls, figures: Iterable[Figure]) -> _Beside:
        found: dict[_Meaning, Decimal] = {}
        for f in figures:
            if f.value is not None:
                key = (f.row_no, f.indicator, f.group_code, f.year, f.as_of)
                found.setdefault(key, f.value)
        return cls(found)

    def is_part(self, figure: Figure) -> bool:
        """Whether the poor are no more than all households."""
        return figure.indicator not in _PARTS or self._is_within(figure, "households")

    def is_group(self, figure: Figure) -> bool:
        """Whether a group is no more than all that it is a group of."""
        is_all = figure.group_code == _ALL
        return is_all or self._is_within(figure, figure.indicator)

    def has_left(self, figure: Figure) -> bool:
        """Whether no more households left poverty than were poor when it began."""
        stock = _STOCK_OF.get(figure.indicator)
        if stock is None or figure.value is None or figure.year is None:
            return True
        row, group, year = figure.row_no, figure.group_code, figure.year
        start = self.values.get((row, stock, group, year, AsOf.START))
        before = self.values.get((row, stock, group, year - 1, AsOf.END))
        return all(held is None or figure.value <= held for held in (start, before))

    def _is_within(self, figure: Figure, indicator: str) -> bool:
        """Whether a figure is no more than a whole of its time, if that is printed."""
        place = (figure.row_no, indicator, _ALL, figure.year, figure.as_of)
        whole = self.values.get(place)
        return whole is None or figure.value is None or figure.value <= whole


def figure_rows(checks: Sequence[TableCheck], records: Records) -> pd.DataFrame:
    """Return one row a figure of the tables."""
    rows = [row for check in checks for row in _figure_rows(check, records)]
    frame = pd.DataFrame.from_records(rows, columns=list(TABLE_FIGURE_COLUMNS))
    numbers = ["value", *EXCESS.values()]
    frame[numbers] = frame[numbers].astype(float)
    return frame


def kind_frame(
    kind: TableKind, rows: pd.DataFrame, checks: Sequence[TableCheck]
) -> pd.DataFrame:
    """Return the rows of the figures that a kind is about, of its own tables."""
    about = {
        (check.table.table_no, col_no)
        for check in checks
        if kind.includes(check.table)
        for col_no in kind.columns(check.table)
    }
    places = zip(rows["table_no"], rows["col_no"], strict=True)
    return rows[[place in about for place in places]]


def _figure_rows(check: TableCheck, records: Records) -> Iterator[Mapping[str, object]]:
    excess = _excess_by_place(check)
    bases = _empty_bases(check)
    told = _told(check)
    beside = _Beside.of(records.figures[n] for n in check.indexes.values())
    for place, index in check.indexes.items():
        figure = records.figures[index]
        value = figure.value
        yield {
            ROW_ID: index,
            "table_no": figure.table_no,
            "row_no": place[0],
            "col_no": place[1],
            "value": None if value is None else float(value),
            **{column: excess.get((code, place)) for code, column in EXCESS.items()},
            "whole_ok": int(_is_whole(figure)),
            "part_ok": int(place in told or beside.is_part(figure)),
            "group_ok": int(place in told or beside.is_group(figure)),
            "exits_ok": int(place in told or beside.has_left(figure)),
            "base_ok": int(place not in bases),
            "money_ok": int("vnd" in figure.uom),
            "year_ok": int(figure.year is not None),
        }


def _excess_by_place(check: TableCheck) -> Mapping[tuple[str, Place], float]:
    """Return how far each equation is past its tolerance, by code and output."""
    return {
        (j.equation.check_code, j.equation.output): float(
            max(abs(j.residual) - j.slack, Decimal(0))
        )
        for j in check.judged.judged
    }


def _told(check: TableCheck) -> frozenset[Place]:
    """Return the figures of equations that fail: what is wrong there is told once."""
    return frozenset(
        place
        for judgement in check.judged.judged
        if not judgement.holds
        for place in judgement.equation.places
    )


def _empty_bases(check: TableCheck) -> frozenset[Place]:
    """Return rates that are printed, though there is nobody to have them of."""
    values = check.judged.values  # noqa: PD011  # no frame
    return frozenset(
        equation.output
        for equation in check.equations
        if equation.fraction is not None
        and values.get(equation.fraction[1]) == 0
        and values.get(equation.output)
    )


def _is_whole(figure: Figure) -> bool:
    """Whether what is counted one by one is a whole number."""
    if figure.value is None or figure.uom not in _COUNTS:
        return True
    return figure.value == figure.value.to_integral_value()


# --- lists of persons -----------------------------------------------------------------


def person_frame(records: Records) -> pd.DataFrame:
    """Return one row a table that lists persons; the row id is its place."""
    rows = [
        _person_row(n, table, records)
        for n, table in enumerate(records.tables)
        if PERSONS.includes(table)
    ]
    return pd.DataFrame.from_records(rows, columns=list(PERSON_COLUMNS))


def _person_row(n: int, table: Table, records: Records) -> Mapping[str, object]:
    columns = PERSONS.columns(table)
    printed = {
        cell.text
        for cell in table.cells
        if cell.row_no is not None and cell.col_no in columns and cell.text.strip()
    }
    figures = [f for f in records.figures if f.table_no == table.table_no]
    labels = [row.label for row in table.rows] + [f.unit_raw or "" for f in figures]
    return {
        ROW_ID: n,
        "table_no": table.table_no,
        "figures_ok": int(all(f.col_no not in columns for f in figures)),
        "labels_ok": int(not printed.intersection(filter(None, labels))),
    }
