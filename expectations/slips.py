"""Slips of one digit: the misprints that are likelier than any other wrong figure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

_DIGITS = "0123456789"


def is_slip_into(value: Decimal, span: tuple[Decimal, Decimal]) -> bool:
    """Whether one slip of a digit leads from a printed value into a span."""
    least, most = span
    return any(least <= slip <= most for slip in _slips(str(value)))


def _slips(printed: str) -> Iterator[Decimal]:
    """Yield what one digit too much, too few, another or exchanged makes of digits."""
    places = [n for n, letter in enumerate(printed) if letter.isdigit()]
    for n in places:
        for digit in _DIGITS:
            yield Decimal(printed[:n] + digit + printed[n + 1 :])
            yield Decimal(printed[: n + 1] + digit + printed[n + 1 :])
        if len(places) > 1:
            yield Decimal(printed[:n] + printed[n + 1 :])
    for n, after in pairwise(places):
        exchanged = list(printed)
        exchanged[n], exchanged[after] = exchanged[after], exchanged[n]
        yield Decimal("".join(exchanged))
