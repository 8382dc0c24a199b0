"""The kinds of table that plans print, told by their columns: data, not branches.

A real table is often of several kinds at once: what is, what shall be, and the exits
between the two. So a kind is asked for by the columns that it needs, and its suite runs
on the figures of those columns that it is about.
"""

from __future__ import annotations

from dataclasses import dataclass

from parsers.records import PERSON, AsOf, FigureKind, Table, TableColumn
from parsers.tables.column_times import COUNT_OF_RATE

_COUNTS = frozenset({"household", "person", "commune"})
_STOCKS = frozenset({"poor_households", "near_poor_households"})
_EXITS = frozenset({"poor_households_exiting", "near_poor_households_exiting"})
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of one sort; what is left empty, or None, may be anything."""

    role: str = "figure"
    indicators: frozenset[str] = frozenset()
    uoms: frozenset[str] = frozenset()
    kind: FigureKind | None = None
    as_of: AsOf | None = None
    is_group: bool | None = None
    """Whether of a group of households, not of all."""
    is_formula: bool | None = None
    """Whether a formula is printed over it."""

    def hold(self, column: TableColumn) -> bool:
        """Whether a column is of this sort."""
        wanted = (
            (self.is_group, column.group_code != _ALL),
            (self.is_formula, column.formula is not None),
            (self.kind, column.kind),
            (self.as_of, column.as_of),
        )
        return (
            column.role == self.role
            and (not self.indicators or column.indicator in self.indicators)
            and (not self.uoms or column.uom in self.uoms)
            and all(want is None or want == has for want, has in wanted)
        )


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table: the columns that make a table one, and those it is about."""

    name: str
    needs: tuple[Columns, ...]
    about: tuple[Columns, ...]

    def includes(self, table: Table) -> bool:
        """Whether a table is of this kind: it has a column of every sort needed."""
        return all(any(map(need.hold, table.columns)) for need in self.needs)

    def columns(self, table: Table) -> frozenset[int]:
        """Return the numbers of the columns that the kind is about."""
        return frozenset(
            column.col_no
            for column in table.columns
            if any(sort.hold(column) for sort in self.about)
        )


RESULTS = TableKind(
    "table_results",
    needs=(Columns(kind=FigureKind.OBSERVATION),),
    about=(Columns(kind=FigureKind.OBSERVATION),),
)
TARGETS = TableKind(
    "table_targets",
    needs=(Columns(kind=FigureKind.TARGET),),
    about=(Columns(kind=FigureKind.TARGET),),
)
RATES = TableKind(
    "table_rates",
    needs=(
        Columns(indicators=frozenset(COUNT_OF_RATE), uoms=frozenset({"percent"})),
        Columns(indicators=frozenset(COUNT_OF_RATE.values())),
        Columns(indicators=frozenset({"households"})),
    ),
    about=(Columns(uoms=frozenset({"percent"})),),
)
MOVEMENTS = TableKind(
    "table_movements",
    needs=(
        Columns(indicators=_EXITS),
        Columns(indicators=_STOCKS, as_of=AsOf.END),
    ),
    about=(Columns(indicators=_STOCKS), Columns(indicators=_EXITS)),
)
GROUPS = TableKind(
    "table_groups",
    needs=(
        Columns(indicators=_STOCKS | {"households"}, is_group=False),
        Columns(indicators=_STOCKS | {"households"}, is_group=True),
    ),
    about=(Columns(indicators=_STOCKS | {"households"}),),
)
NEEDS = TableKind(
    "table_needs",
    needs=(Columns(indicators=frozenset({"support_needed_households"})),),
    about=(Columns(indicators=frozenset({"support_needed_households"})),),
)
BUDGETS = TableKind(
    "table_budgets",
    needs=(Columns(indicators=frozenset({"funding"})),),
    about=(Columns(indicators=frozenset({"funding"})),),
)
FORMULAS = TableKind(
    "table_formulas",
    needs=(Columns(is_formula=True),),
    about=(Columns(is_formula=True),),
)
OF_FIGURES = (
    RESULTS, TARGETS, RATES, MOVEMENTS, GROUPS, NEEDS, BUDGETS, FORMULAS,
)  # fmt: skip
"""Kinds whose suites look at figures."""

PERSONS = TableKind(
    "table_persons", needs=(Columns(role=PERSON),), about=(Columns(role=PERSON),)
)
"""Lists of persons; its suite looks at whole tables."""
