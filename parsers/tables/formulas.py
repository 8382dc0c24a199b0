"""Formulas printed in a table's row of column numbers: '10=8/1', '4=3/1*100'.

A number that is larger than any printed column number is a constant ('*100'). White
space says nothing: a narrow cell breaks '3=2/1*100' anywhere, within '100' too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

_WHOLE = re.compile(r"^\(?\s*(\d{1,2})\s*\)?\s*=\s*(.+?)$")
_TOKEN = re.compile(r"\s*(?:(\d{1,5})|([+\-–−*x×.:/÷()%]))", re.IGNORECASE)
_MEANING = {"–": "-", "−": "-", "x": "*", "×": "*", ".": "*", ":": "/", "÷": "/"}
_LONGEST = 60

Terms = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A printed formula: the number of the column it stands in, and its terms.

    ``terms`` are column numbers or constants (int) and the signs '+-*/()'.
    """

    target: int
    terms: Terms

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers in it, columns and constants alike."""
        return tuple(term for term in self.terms if isinstance(term, int))

    @property
    def signs(self) -> frozenset[str]:
        """The signs in it, brackets left out."""
        return frozenset(
            t for t in self.terms if isinstance(t, str) and t not in ("(", ")")
        )


def parse_formula(text: str) -> Formula | None:
    """Return the formula that a cell prints, None if it prints none."""
    plain = "".join(text.split())
    match = _WHOLE.match(plain) if len(plain) <= _LONGEST else None
    if match is None:
        return None
    body = match[2]
    if body.count(")") > body.count("("):
        body = body.rstrip(") ")
    terms = _tokens(body)
    if terms is None or not any(isinstance(term, int) for term in terms):
        return None
    formula = Formula(int(match[1]), terms)
    return formula if _is_sound(formula) else None


def _tokens(text: str) -> Terms | None:
    terms: list[str | int] = []
    place = 0
    stripped = text.rstrip()
    while place < len(stripped):
        match = _TOKEN.match(stripped, place)
        if match is None:
            return None
        place = match.end()
        if match[1]:
            terms.append(int(match[1]))
        elif match[2] != "%":
            sign = match[2].lower()
            terms.append(_MEANING.get(sign, sign))
    return tuple(terms)


def _is_sound(formula: Formula) -> bool:
    """Whether the terms can be worked out at all."""
    ones = {number: Decimal(1) for number in formula.numbers}
    try:
        _Sum(formula.terms, lambda number: ones[number]).value()
    except ValueError:
        return False
    except (DivisionByZero, InvalidOperation):
        return True
    return True


def work_out(formula: Formula, columns: Mapping[int, Decimal]) -> Decimal | None:
    """Return what the formula gives for the values of the numbered columns.

    Args:
        formula: As parsed.
        columns: Values by printed column number; a number missing here is a constant.

    Returns:
        The value, or None where it divides by zero.
    """
    try:
        return _Sum(formula.terms, lambda n: columns.get(n, Decimal(n))).value()
    except (DivisionByZero, InvalidOperation):
        return None


class _Sum:
    """Works a formula's terms out by the usual precedence."""

    def __init__(self, terms: Terms, value_of: Callable[[int], Decimal]) -> None:
        self._rest: Iterator[str | int] = iter(terms)
        self._value_of = value_of
        self._next: str | int | None = next(self._rest, None)

    def value(self) -> Decimal:
        result = self._sum()
        if self._next is not None:
            raise ValueError(f"formula goes on with {self._next!r}")
        return result

    def _take(self) -> str | int | None:
        taken, self._next = self._next, next(self._rest, None)
        return taken

    def _sum(self) -> Decimal:
        result = self._product()
        while self._next in ("+", "-"):
            sign = self._take()
            right = self._product()
            result = result + right if sign == "+" else result - right
        return result

    def _product(self) -> Decimal:
        result = self._atom()
        while self._next in ("*", "/"):
            sign = self._take()
            right = self._atom()
            result = result * right if sign == "*" else result / right
        return result

    def _atom(self) -> Decimal:
        taken = self._take()
        if isinstance(taken, int):
            return self._value_of(taken)
        if taken == "(":
            result = self._sum()
            if self._take() != ")":
                raise ValueError("formula has an open bracket")
            return result
        raise ValueError(f"formula has {taken!r} where a number should stand")
