"""The arithmetic of tables: rates, sums, splits and balances that do not agree.

Each equation that fails is filed once, on the figure that it gives, with the figures
that most likely explain it. The tolerances and codes are the contract's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from expectations.suspects import Explanation, find_suspects
from expectations.suspects import Table as JudgedTable
from expectations.wording import TableCheck, Words, shown
from parsers.records import (
    Comparator,
    Figure,
    Issue,
    Records,
    Severity,
    Table,
)
from parsers.tables.equations import Judgement, Place, TableFigures, judge
from parsers.tables.row_sums import SUM
from parsers.tables.table_equations import BALANCE, FUNDS, GROUP, RATE, find_equations

ARITHMETIC = frozenset({RATE, SUM, GROUP, BALANCE, FUNDS})
"""Codes of doubts that say an equation of a table fails."""
_COUNTS = ("household", "person", "commune")


def check_tables(records: Records) -> tuple[Issue, ...]:
    """Return an issue for each equation of a table that its figures fail."""
    checks = [judge_table(table, records.figures) for table in records.tables]
    return file_doubts(checks, records)


def file_doubts(checks: Sequence[TableCheck], records: Records) -> tuple[Issue, ...]:
    """Return an issue for each equation that fails, of tables judged already."""
    return tuple(issue for check in checks for issue in _issues_of(check, records))


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
    words = Words(check, records.figures)
    return Issue(
        document=figure.document,
        check_code=judgement.equation.check_code,
        severity=Severity.WARNING,
        message=words.english(judgement, suspects),
        message_vi=words.vietnamese(judgement, suspects),
        page_no=figure.source.page_no,
        box=figure.source.box,
        figure=index,
        printed=str(judgement.printed),
        computed=shown(judgement),
        suspects=tuple(check.indexes[place] for place in suspects.places),
    )
