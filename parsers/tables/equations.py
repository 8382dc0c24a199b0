"""Equations between the figures of a table, and how far they hold.

Two forms cover what such tables print: a sum (a total, a split, a balance) and a ratio
(a rate). Tolerances are the contract's: a rate may be off by one unit of its last
printed place, counts by nothing; money that is printed with decimals by its rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from parsers.records import TableColumn, TableRow

Place = tuple[int, int]
"""A figure's place in its table: row_no and col_no, both from 1."""
Values = Mapping[Place, Decimal | None]
"""Figures by place: None is printed but unreadable; what is missing is an empty cell.
"""


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation that gives the figure at ``output``.

    A sum has ``adds`` and ``takes`` (places that may be empty); a ratio has
    ``fraction`` (numerator, denominator) and ``scale`` (100 for percent). ``slack`` is
    how far a sum may be off; that of a ratio follows its output's last printed place.
    """

    check_code: str
    output: Place
    adds: tuple[Place, ...] = ()
    takes: tuple[Place, ...] = ()
    fraction: tuple[Place, Place] | None = None
    scale: Decimal = Decimal(100)
    slack: Decimal = Decimal(0)

    @property
    def places(self) -> tuple[Place, ...]:
        """All places in it, the output first."""
        return (self.output, *self.adds, *self.takes, *(self.fraction or ()))


@dataclass(frozen=True, slots=True)
class Judgement:
    """An equation worked out on a table's figures.

    ``residual`` is printed less computed; it may be ``slack`` either way.
    """

    equation: Equation
    printed: Decimal
    computed: Decimal
    slack: Decimal
    adds: frozenset[Place] = field(default_factory=frozenset)

    @property
    def residual(self) -> Decimal:
        """How much more is printed than the equation gives."""
        return self.printed - self.computed

    @property
    def holds(self) -> bool:
        """Whether the printed figure is what the equation gives."""
        return abs(self.residual) <= self.slack

    def wanted(self, place: Place, values: Values) -> tuple[Decimal, Decimal] | None:
        """Return the least and the most that a figure could be for this to hold.

        None where no value of it could make the equation hold.
        """
        now = values.get(place)
        if now is None:
            return None
        if self.equation.fraction is not None:
            return self._wanted_in_ratio(place, values)
        middle = now + self.residual if place in self.adds else now - self.residual
        return middle - self.slack, middle + self.slack

    def _wanted_in_ratio(
        self, place: Place, values: Values
    ) -> tuple[Decimal, Decimal] | None:
        if place == self.equation.output:
            return self.computed - self.slack, self.computed + self.slack
        top, bottom = self.equation.fraction or (place, place)
        least, most = self.printed - self.slack, self.printed + self.slack
        scale = self.equation.scale
        if place == top:
            base = values.get(bottom)
            return None if base is None else (least * base / scale, most * base / scale)
        part = values.get(top)
        if part == 0 and least <= 0 <= most:
            return Decimal(0), Decimal("Infinity")  # no base makes it other than zero
        if part is None or part == 0 or most <= 0:
            return None
        return scale * part / most, (
            scale * part / least if least > 0 else Decimal("Infinity")
        )


def last_place(value: Decimal) -> Decimal:
    """Return one unit of a figure's last printed place: 0.01 of 2.09, 1 of 7."""
    exponent = value.as_tuple().exponent
    places = min(exponent, 0) if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(places)


def judge(equation: Equation, values: Values) -> Judgement | None:
    """Work an equation out; None where a figure of it cannot be read or is missing.

    An empty cell adds nothing to a sum.
    """
    printed = values.get(equation.output)
    if printed is None:
        return None
    if equation.fraction is not None:
        return _judge_ratio(equation, printed, values)
    added = [values.get(p, Decimal(0)) for p in equation.adds]
    taken = [values.get(p, Decimal(0)) for p in equation.takes]
    total = Decimal(0)
    for value in added:
        if value is None:
            return None
        total += value
    for value in taken:
        if value is None:
            return None
        total -= value
    return Judgement(equation, printed, total, equation.slack, frozenset(equation.adds))


def _judge_ratio(
    equation: Equation, printed: Decimal, values: Values
) -> Judgement | None:
    top, bottom = equation.fraction or (equation.output, equation.output)
    part, base = values.get(top), values.get(bottom)
    if part is None or base is None or base == 0:
        return None
    computed = equation.scale * part / base
    return Judgement(equation, printed, computed, last_place(printed))


@dataclass(frozen=True, slots=True)
class TableFigures:
    """A table's columns, rows and values, the stuff that equations are made of."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    values: Values

    @property
    def figure_columns(self) -> tuple[TableColumn, ...]:
        """The columns of figures."""
        return tuple(c for c in self.columns if c.role == "figure")


@dataclass(frozen=True, slots=True)
class Support:
    """How many equations of a family hold, of those that can be judged."""

    holds: int
    judged: int

    @property
    def is_believed(self) -> bool:
        """Whether it holds in at least half of them."""
        return self.judged > 0 and self.holds * 2 >= self.judged

    @property
    def share(self) -> float:
        """The share of rows that it holds in."""
        return self.holds / self.judged if self.judged else 0.0


def support(equations: Iterable[Equation], values: Values) -> Support:
    """Return how many of the equations the figures bear out."""
    judged = [j for j in (judge(e, values) for e in equations) if j is not None]
    return Support(sum(j.holds for j in judged), len(judged))
