"""Which equations a table means, found from its columns and rows and from its figures.

A reading of a table proposes equations; its figures decide. A rate, a split, a balance
or a printed formula is believed where at least half of the rows agree with it, so that
groups that overlap, rates of another base and formulas that the paper itself misprints
('10=8/1' over a count) are never held against its figures. The sums of its rows are
believed together, since one tree of rows gives them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from parsers.records import AsOf, TableColumn
from parsers.tables.column_times import COUNT_OF_RATE
from parsers.tables.equations import (
    Equation,
    Place,
    TableFigures,
    Values,
    support,
)
from parsers.tables.formulas import Formula, parse_formula
from parsers.tables.row_sums import rounding, row_sums

RATE, GROUP, BALANCE = "rate_mismatch", "group_sum_mismatch", "balance_mismatch"
FUNDS = "funding_split_mismatch"
"""Of our own: the contract's group_sum_mismatch speaks of the poor alone."""

_STOCKS = {
    "poor_households": "poor_households_exiting",
    "near_poor_households": "near_poor_households_exiting",
}
"""Stocks that a year's exits lower."""
_ARRIVALS = ("poor_households_new", "poor_households_relapsed")
_SPLIT_INDICATORS = ("poor_households", "near_poor_households", "households")
_MOST_GROUPS = 7
_MOST_SOURCES = 6


def find_equations(table: TableFigures) -> tuple[Equation, ...]:
    """Return the equations that the table means, at most one of a code an output."""
    families = [
        *_formula_families(table),
        *_rate_families(table),
        *_group_families(table),
        *_balance_families(table),
        *_money_families(table),
    ]
    found: dict[tuple[str, Place], Equation] = {}
    for family in families:
        for equation in family:
            found.setdefault((equation.check_code, equation.output), equation)
    for equation in row_sums(table):
        found.setdefault((equation.check_code, equation.output), equation)
    return tuple(found.values())


def _over_rows(
    table: TableFigures,
    code: str,
    output: int,
    *,
    adds: Sequence[int] = (),
    takes: Sequence[int] = (),
    fraction: tuple[int, int] | None = None,
    scale: Decimal = Decimal(100),
) -> list[Equation]:
    """Return one equation of columns for each row that prints its output."""
    pair = fraction
    return [
        Equation(
            check_code=code,
            output=(row.row_no, output),
            adds=tuple((row.row_no, col) for col in adds),
            takes=tuple((row.row_no, col) for col in takes),
            fraction=((row.row_no, pair[0]), (row.row_no, pair[1])) if pair else None,
            scale=scale,
        )
        for row in table.rows
        if (row.row_no, output) in table.values
    ]


# --- printed formulas -----------------------------------------------------------------


def _formula_families(table: TableFigures) -> Iterator[list[Equation]]:
    numbers = {c.number: c for c in table.columns if c.number is not None}
    for column in table.figure_columns:
        formula = parse_formula(column.formula or "")
        if formula is None or column.uom is None:
            continue
        family = _formula_family(table, column, formula, numbers)
        if support(family, table.values).is_believed:
            yield family


def _formula_family(
    table: TableFigures,
    column: TableColumn,
    formula: Formula,
    numbers: Mapping[int, TableColumn],
) -> list[Equation]:
    ratio = _ratio_columns(formula, numbers)
    if ratio is not None:
        scale = Decimal(100) if column.uom == "percent" else Decimal(1)
        return _over_rows(table, RATE, column.col_no, fraction=ratio, scale=scale)
    addends = _addend_columns(formula, numbers)
    if addends is None or column.uom == "percent":
        return []
    adds, takes = addends
    code = BALANCE if takes else GROUP
    return _over_rows(table, code, column.col_no, adds=adds, takes=takes)


def _ratio_columns(
    formula: Formula, numbers: Mapping[int, TableColumn]
) -> tuple[int, int] | None:
    """Return numerator and denominator of 'a/b', 'a/b*100' or 'a*100/b'."""
    terms = [t for t in formula.terms if t not in ("(", ")")]
    without = _without_hundred(terms, numbers)
    if len(without) != 3 or without[1] != "/":
        return None
    top, bottom = without[0], without[2]
    if not (isinstance(top, int) and isinstance(bottom, int)):
        return None
    if top not in numbers or bottom not in numbers:
        return None
    return numbers[top].col_no, numbers[bottom].col_no


def _without_hundred(
    terms: Sequence[str | int], numbers: Mapping[int, TableColumn]
) -> list[str | int]:
    """Leave '*100' out, wherever it stands."""
    left = list(terms)
    for place, term in enumerate(left):
        if term == 100 and 100 not in numbers:
            if place > 0 and left[place - 1] == "*":
                return left[: place - 1] + left[place + 1 :]
            if place == 0 and left[1:2] == ["*"]:
                return left[2:]
    return left


def _addend_columns(
    formula: Formula, numbers: Mapping[int, TableColumn]
) -> tuple[list[int], list[int]] | None:
    """Return the columns that 'a+b-c' adds and takes, None for any other formula."""
    if formula.signs - {"+", "-"} or "(" in formula.terms:
        return None
    adds: list[int] = []
    takes: list[int] = []
    sign = "+"
    for term in formula.terms:
        if isinstance(term, str):
            sign = term
        elif term in numbers:
            (adds if sign == "+" else takes).append(numbers[term].col_no)
        else:
            return None
    return (adds, takes) if len(adds) + len(takes) > 1 else None


# --- rates ----------------------------------------------------------------------------


def _rate_families(table: TableFigures) -> Iterator[list[Equation]]:
    bases = [c for c in table.figure_columns if c.indicator == "households"]
    for rate in table.figure_columns:
        counted = COUNT_OF_RATE.get(rate.indicator or "")
        if counted is None or rate.uom != "percent":
            continue
        counts = [
            c
            for c in table.figure_columns
            if c.indicator == counted and c.group_code == rate.group_code
        ]
        family = _best_rate(table, rate, counts, bases)
        if family is not None:
            yield family


def _best_rate(
    table: TableFigures,
    rate: TableColumn,
    counts: Sequence[TableColumn],
    bases: Sequence[TableColumn],
) -> list[Equation] | None:
    """Return the equations of the count and the base that the rate is of.

    Of those that the figures bear out, columns of the rate's own time come first (a
    rate copied from another year is wrong, however well it fits there), then those
    that fit best and stand nearest. A single row cannot outvote its head: there the
    count and base of its time are believed.
    """
    choices = []
    for count in counts:
        for base in bases:
            family = _over_rows(
                table, RATE, rate.col_no, fraction=(count.col_no, base.col_no)
            )
            told = support(family, table.values)
            same_time = _same_time(rate, count) + _same_time(rate, base)
            near = -abs(rate.col_no - count.col_no) - abs(rate.col_no - base.col_no)
            choices.append((told.share, same_time, near, told, family))
    if not choices:
        return None
    certain = max(choices, key=lambda choice: (choice[1], choice[2]))
    believed = [choice for choice in choices if choice[3].is_believed]
    if believed:
        return max(believed, key=lambda c: (c[1], c[0], c[2]))[4]
    is_single = certain[3].judged == 1 and certain[1] == 2
    return certain[4] if is_single else None


def _same_time(a: TableColumn, b: TableColumn) -> int:
    return int((a.year, a.as_of, a.kind) == (b.year, b.as_of, b.kind))


# --- groups ---------------------------------------------------------------------------


def _group_families(table: TableFigures) -> Iterator[list[Equation]]:
    for whole in table.figure_columns:
        if whole.indicator in _SPLIT_INDICATORS and whole.group_code == "all":
            family = _best_split(table, whole, _groups_of(table, whole))
            if family is not None:
                yield family


def _groups_of(table: TableFigures, whole: TableColumn) -> list[TableColumn]:
    """Return the columns of groups of a whole; needs overlap by nature."""
    return [
        c
        for c in table.figure_columns
        if c.indicator == whole.indicator
        and c.group_code != "all"
        and not c.group_code.startswith("need:")
        and _same_time(c, whole)
    ]


def _best_split(
    table: TableFigures, whole: TableColumn, groups: Sequence[TableColumn]
) -> list[Equation] | None:
    """Return the split that the figures prove: the fewest groups that add up.

    Rows in which only one group has members prove nothing; at least two others must
    agree, and three in five of all.
    """
    proven: list[tuple[float, int, list[Equation]]] = []
    for size in range(2, min(len(groups), _MOST_GROUPS) + 1):
        for chosen in combinations(groups, size):
            family = _over_rows(
                table, GROUP, whole.col_no, adds=[c.col_no for c in chosen]
            )
            telling = [e for e in family if _mixes(e, table.values)]
            told, all_rows = (
                support(telling, table.values),
                support(family, table.values),
            )
            if told.holds >= 2 and all_rows.holds * 5 >= all_rows.judged * 3:
                proven.append((all_rows.share, -size, family))
    return max(proven, key=lambda p: p[:2])[2] if proven else None


def _mixes(equation: Equation, values: Values) -> bool:
    return sum(bool(values.get(place)) for place in equation.adds) >= 2


# --- money ------------------------------------------------------------------------


def _money_families(table: TableFigures) -> Iterator[list[Equation]]:
    """Yield totals of money with the sources right of them that add up to them."""
    funds = [c for c in table.figure_columns if c.indicator == "funding"]
    for place, whole in enumerate(funds):
        right = [c for c in funds[place + 1 :] if _same_time(c, whole)]
        for size in range(min(len(right), _MOST_SOURCES), 1, -1):
            sources = [c.col_no for c in right[:size]]
            family = _over_rows(table, FUNDS, whole.col_no, adds=sources)
            rounded = [_with_rounding(e, table.values) for e in family]
            told = support(
                [e for e in rounded if _mixes(e, table.values)], table.values
            )
            if told.holds >= 2 and told.is_believed:
                yield rounded
                break


def _with_rounding(equation: Equation, values: Values) -> Equation:
    return replace(equation, slack=rounding(equation, values))


# --- balances -------------------------------------------------------------------------


def _balance_families(table: TableFigures) -> Iterator[list[Equation]]:
    columns = table.figure_columns
    for end in columns:
        exits_of = _STOCKS.get(end.indicator or "")
        if exits_of is None or end.as_of is not AsOf.END:
            continue
        starts = [c for c in columns if _is_start_of(c, end)]
        exits = [c for c in columns if _is_change_of(c, end, exits_of)]
        arrivals = [c for c in columns if c.indicator in _ARRIVALS]
        family = _best_balance(table, end, starts, exits, arrivals)
        if family is not None:
            yield family


def _is_start_of(column: TableColumn, end: TableColumn) -> bool:
    """Whether a column is the same stock at the start of the year, or a year before."""
    if (column.indicator, column.group_code) != (end.indicator, end.group_code):
        return False
    if end.year is None or column.year is None:
        return False
    at_start = column.as_of is AsOf.START and column.year == end.year
    return at_start or (column.as_of is AsOf.END and column.year == end.year - 1)


def _is_change_of(column: TableColumn, end: TableColumn, indicator: str) -> bool:
    return (
        column.indicator == indicator
        and column.group_code == end.group_code
        and column.year == end.year
    )


def _best_balance(
    table: TableFigures,
    end: TableColumn,
    starts: Sequence[TableColumn],
    exits: Sequence[TableColumn],
    arrivals: Sequence[TableColumn],
) -> list[Equation] | None:
    """Return start less exits, with arrivals where the table prints them."""
    choices = []
    for start in starts:
        for left in exits:
            for size in range(len(arrivals) + 1):
                for came in combinations(arrivals, size):
                    family = _over_rows(
                        table,
                        BALANCE,
                        end.col_no,
                        adds=[start.col_no, *(c.col_no for c in came)],
                        takes=[left.col_no],
                    )
                    telling = [e for e in family if _all_printed(e, table.values)]
                    choices.append((support(telling, table.values), size, telling))
    if not choices:
        return None
    best = max(choices, key=lambda choice: (choice[0].share, -choice[1]))
    return best[2] if best[0].is_believed and best[0].holds >= 2 else None


def _all_printed(equation: Equation, values: Values) -> bool:
    """Whether the start and the exits are printed: a blank is no zero here."""
    return equation.adds[0] in values and equation.takes[0] in values
