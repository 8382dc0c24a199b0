"""The arithmetic of tables: rates, sums, splits and balances that do not agree.

Each equation that fails is filed once, on the figure that it gives, with the figures
that most likely explain it. The tolerances and codes are the contract's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from expectations.suspects import Explanation, find_suspects
from expectations.suspects import Table as JudgedTable
from parsers.records import (
    Comparator,
    Figure,
    Issue,
    Records,
    Severity,
    Table,
    TableColumn,
)
from parsers.tables.equations import (
    Equation,
    Judgement,
    Place,
    TableFigures,
    judge,
    last_place,
)
from parsers.tables.row_sums import SUM
from parsers.tables.table_equations import BALANCE, GROUP, RATE, find_equations

_COUNTS = ("household", "person", "commune")
_MOST_NAMED = 4
"""Suspects that a message names; the list holds them all."""


@dataclass(frozen=True)
class TableCheck:
    """A table with its figures by place and its equations judged."""

    table: Table
    indexes: Mapping[Place, int]
    """Indexes into ``Records.figures``."""
    equations: tuple[Equation, ...]
    judged: JudgedTable


def check_tables(records: Records) -> tuple[Issue, ...]:
    """Return an issue for each equation of a table that its figures fail."""
    issues: list[Issue] = []
    for table in records.tables:
        issues.extend(_issues_of(judge_table(table, records.figures), records))
    return tuple(issues)


def judge_table(table: Table, figures: Sequence[Figure]) -> TableCheck:
    """Return the table's equations, judged on its figures."""
    indexes = _figure_indexes(table, figures)
    values = {place: _plain_value(figures[n]) for place, n in indexes.items()}
    equations = find_equations(TableFigures(table.columns, table.rows, values))
    judged = [judge(equation, values) for equation in equations]
    counts = {c.col_no for c in table.columns if c.uom in _COUNTS}
    whole = frozenset(place for place in values if place[1] in counts)
    done = tuple(j for j in judged if j is not None)
    return TableCheck(table, indexes, equations, JudgedTable(values, whole, done))


def _figure_indexes(table: Table, figures: Sequence[Figure]) -> dict[Place, int]:
    """Return the figure at each place; of several in one cell the first."""
    found: dict[Place, int] = {}
    for index, figure in enumerate(figures):
        in_table = figure.table_no == table.table_no
        if in_table and figure.row_no is not None and figure.col_no is not None:
            found.setdefault((figure.row_no, figure.col_no), index)
    return found


def _plain_value(figure: Figure) -> Decimal | None:
    """Return a figure's value; bounds and ranges are none that can be added."""
    return figure.value if figure.comparator is Comparator.EQ else None


# --- issues ---------------------------------------------------------------------------


def _issues_of(check: TableCheck, records: Records) -> Iterator[Issue]:
    suspects = find_suspects(check.judged)
    for number, judgement in enumerate(check.judged.judged):
        if not judgement.holds:
            yield _issue(check, judgement, suspects[number], records)


def _issue(
    check: TableCheck,
    judgement: Judgement,
    suspects: Explanation,
    records: Records,
) -> Issue:
    index = check.indexes[judgement.equation.output]
    figure = records.figures[index]
    words = _Words(check, records.figures)
    return Issue(
        document=figure.document,
        check_code=judgement.equation.check_code,
        severity=Severity.WARNING,
        message=words.sentence(judgement, suspects),
        page_no=figure.source.page_no,
        box=figure.source.box,
        figure=index,
        printed=str(judgement.printed),
        computed=shown(judgement),
        suspects=tuple(check.indexes[place] for place in suspects.places),
    )


def shown(judgement: Judgement) -> str:
    """Return the computed value with at least the places that are printed.

    A rate is shown to two places even where the paper rounds it more.
    """
    if judgement.equation.fraction is None:
        return str(judgement.computed)
    unit = min(last_place(judgement.printed), Decimal("0.01"))
    return str(judgement.computed.quantize(unit, ROUND_HALF_UP))


class _Words:
    """Says in a sentence what a failing equation means."""

    def __init__(self, check: TableCheck, figures: Sequence[Figure]) -> None:
        self._check = check
        self._figures = figures
        self._columns: Mapping[int, TableColumn] = {
            c.col_no: c for c in check.table.columns
        }

    def sentence(self, judgement: Judgement, suspects: Explanation) -> str:
        """Return the whole message."""
        place = judgement.equation.output
        where = f"Table {self._check.table.table_no}, {self._row(place)}"
        return f"{where}: {self._claim(judgement)} {self._blame(suspects)}"

    def _claim(self, judgement: Judgement) -> str:
        equation = judgement.equation
        printed = f"{self._column(equation.output)} is printed as {judgement.printed}"
        result = shown(judgement)
        if equation.check_code == RATE and equation.fraction is not None:
            top, bottom = equation.fraction
            share = f"{self._value(top)} of {self._value(bottom)}"
            return f"{printed}, but {share} is {result}."
        if equation.check_code == SUM:
            return f"{printed}, but its {len(equation.adds)} rows add up to {result}."
        parts = " + ".join(self._value(p) for p in equation.adds)
        taken = "".join(f" - {self._value(p)}" for p in equation.takes)
        kinds = {
            GROUP: "the groups make",
            BALANCE: "the start less the exits makes",
        }
        how = kinds.get(equation.check_code, "the figures make")
        return f"{printed}, but {how} {parts}{taken} = {result}."

    def _blame(self, suspects: Explanation) -> str:
        named = ", ".join(self._figure(p) for p in suspects.places[:_MOST_NAMED])
        more = len(suspects.places) - _MOST_NAMED
        rest = f" and {more} more" if more > 0 else ""
        if len(suspects.places) == 1:
            return f"Most likely wrong: {named}."
        if suspects.is_swap:
            return f"The figures of two rows may have changed places: {named}{rest}."
        return f"One of these may be wrong: {named}{rest}."

    def _figure(self, place: Place) -> str:
        return f"{self._row(place)} {self._column(place)} ({self._value(place)})"

    def _value(self, place: Place) -> str:
        index = self._check.indexes.get(place)
        return "nothing" if index is None else str(self._figures[index].value)

    def _row(self, place: Place) -> str:
        index = self._check.indexes.get(place)
        label = self._figures[index].unit_raw if index is not None else None
        return f"'{label or f'row {place[0]}'}'"

    def _column(self, place: Place) -> str:
        column = self._columns[place[1]]
        path = [*dict.fromkeys(column.path)]
        return f"'{' > '.join(path[-2:]) or f'column {place[1]}'}'"
