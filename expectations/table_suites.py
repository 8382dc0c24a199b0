"""Great Expectations suites, one for each kind of table.

What an equation says has the check code of the contract. The doubt about it is filed
by ``arithmetic``, in a sentence that names the figures; the suite tells that there is
one, for which figures, and that all others were looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from expectations import expect
from expectations.frames import ROW_ID
from expectations.table_frames import EXCESS
from expectations.table_kinds import (
    BUDGETS,
    FORMULAS,
    GROUPS,
    MOVEMENTS,
    NEEDS,
    PERSONS,
    RATES,
    RESULTS,
    TARGETS,
    TableKind,
)
from parsers.tables.row_sums import SUM
from parsers.tables.table_equations import BALANCE, FUNDS, GROUP, RATE

_SAID = {
    RATE: "A rate is not its count over its households.",
    SUM: "Rows do not add up to their total.",
    GROUP: "Groups do not add up to their whole.",
    BALANCE: "The end is not the start less the exits.",
    FUNDS: "Sources of money do not add up to their total.",
}
_TOO_MANY_POOR = "More households are poor than there are."
_NOT_WHOLE = "A count is no whole number."


def _agrees(*codes: str) -> list[Expectation]:
    return [expect.agrees(EXCESS[code], code, _SAID[code]) for code in codes]


def _results() -> list[Expectation]:
    return [
        *_agrees(SUM),
        expect.plausible("whole_ok", _NOT_WHOLE),
        expect.plausible("part_ok", _TOO_MANY_POOR),
    ]


def _targets() -> list[Expectation]:
    return [*_results(), expect.plausible("year_ok", "A target is of no year.")]


def _rates() -> list[Expectation]:
    return [
        *_agrees(RATE),
        expect.plausible("base_ok", "A rate is printed of no household at all."),
    ]


def _movements() -> list[Expectation]:
    return [
        *_agrees(BALANCE),
        expect.plausible("exits_ok", "More households leave poverty than were poor."),
    ]


def _groups() -> list[Expectation]:
    return [
        *_agrees(GROUP),
        expect.plausible("group_ok", "A group is larger than its whole."),
    ]


def _needs() -> list[Expectation]:
    return _agrees(SUM, GROUP)


def _budgets() -> list[Expectation]:
    return [
        *_agrees(FUNDS, SUM),
        expect.plausible("money_ok", "Money is counted in something else."),
        expect.likely("value", 0, 1e15, "Money is below zero or beyond all budgets."),
    ]


def _formulas() -> list[Expectation]:
    return _agrees(RATE, GROUP, BALANCE)


def _persons() -> list[Expectation]:
    return [
        expect.holds("figures_ok", "A figure is made of what tells who a person is."),
        expect.holds("labels_ok", "A row is named after a person."),
    ]


_EXPECTED: Mapping[TableKind, Callable[[], list[Expectation]]] = {
    RESULTS: _results,
    TARGETS: _targets,
    RATES: _rates,
    MOVEMENTS: _movements,
    GROUPS: _groups,
    NEEDS: _needs,
    BUDGETS: _budgets,
    FORMULAS: _formulas,
    PERSONS: _persons,
}


def table_suite(kind: TableKind) -> ExpectationSuite:
    """Return what every table of a kind must satisfy."""
    return ExpectationSuite(
        name=kind.name,
        expectations=[
            expect.rows(),
            expect.unique(ROW_ID, "Two rows have one key."),
            *_EXPECTED[kind](),
        ],
    )
