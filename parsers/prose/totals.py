"""Figures printed as a part of another: '1/2 số hộ nghèo', '405 hộ/14.932 hộ'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.numbers.quantities import Quantity

_SLASH = re.compile(
    r"\s*(?:(?:hộ\s)?(?:cận\s)?nghèo)?\s*"
    r"(?:/\s*(?:tổng\s(?:số\s)?)?|(?:trên|trong)\stổng\s(?:số\s)?)",
    re.IGNORECASE,
)
_PART_UNIT = "part"
_PART_PLACES = Decimal("0.0001")


def as_part(quantity: Quantity) -> Quantity:
    """Return '1/2 số hộ nghèo' as the half that it is, and not as one household.

    What no decimal says exactly, as a third, is cut off and doubted.
    """
    if not quantity.fraction or quantity.doubt or quantity.value is None:
        return quantity
    exact = quantity.value / (quantity.total or Decimal(1))
    kept = exact.quantize(_PART_PLACES)
    doubt = None
    if kept != exact:
        doubt = f"'{quantity.text}' has no end as a decimal; {kept} is kept"
    return replace(
        quantity, value=kept.normalize(), total=None, unit=_PART_UNIT, doubt=doubt
    )


def join_totals(text: str, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the quantities, '1.012 hộ nghèo/85.430 hộ' as a count of a total."""
    joined: list[Quantity] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.total is None
            and last.unit == quantity.unit == "household"
            and _SLASH.fullmatch(text, last.end, quantity.start)
        ):
            whole = text[last.start : quantity.end]
            joined[-1] = replace(
                last, end=quantity.end, text=whole, total=quantity.value
            )
        else:
            joined.append(quantity)
    return tuple(joined)
