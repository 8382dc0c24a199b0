"""Shares and parts: what only the other figures of the paper can tell.

'Hộ nghèo DTTS: 12 hộ, chiếm 5,6%' may be of all households or of the poor. The figures
printed before decide; where they do not, the rate is 'other' and no poverty rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parsers.numbers.quantities import Quantity
from parsers.prose.meaning import OTHER
from parsers.prose.parts import COUNTS, find_part
from parsers.prose.phrases import Phrase
from parsers.prose.reading import Settled
from parsers.records import FigureKind

_WHOLE_OF = {
    "poverty_rate": ("households", "poor_households"),
    "near_poor_rate": ("households", "near_poor_households"),
}
_CHANGES = {
    "poverty_rate": "poverty_rate_reduction",
    "near_poor_rate": "near_poor_rate_reduction",
    "poverty_rate_reduction": "poverty_rate_reduction",
    "near_poor_rate_reduction": "near_poor_rate_reduction",
}
_EXITS_OF = {
    "poverty_rate_reduction": "poor_households_exiting",
    "near_poor_rate_reduction": "near_poor_households_exiting",
}
_RATE_OF_STOCK = {
    "poor_households": "poverty_rate",
    "near_poor_households": "near_poor_rate",
}
_SHARE_OF_IT = re.compile(
    r"^[^;().]*?(?<!\w)(?:chiếm|đạt|bằng)"
    r"(?:\s(?:tỷ lệ|tỉ lệ|khoảng|trên|gần|hơn))*\s+$",
    re.IGNORECASE,
)
_LEVEL_RATE = re.compile(
    r"\s*\(\s?(?:(?:chiếm|tỷ lệ|tỉ lệ|tương ứng|tương đương|bằng)\s)*"
    r"|,?\s(?:(?:chiếm|đạt|với|là|tỷ lệ|tỉ lệ|bằng)\s)+",
    re.IGNORECASE,
)
_JOINT = ("poverty_rate", "poverty_rate", "near_poor_rate")
_SLASH = re.compile(
    r"\s*(?:(?:hộ\s)?(?:cận\s)?nghèo)?\s*/\s*(?:tổng\s(?:số\s)?)?", re.I
)
_TWO_NOUNS = re.compile(r"hộ\s*/")
_EQUALS = re.compile(
    r"[\s,;(]*(?:tương đương|tương ứng|tức|bằng)"
    r"(?:\s(?:với|là|giảm|khoảng|số|trên))*\s*",
    re.IGNORECASE,
)
_ALL = "all"
_PART_UNIT = "part"
_PART_PLACES = Decimal("0.0001")


@dataclass(slots=True)
class Shares:
    """The last whole numbers of households said of everybody."""

    wholes: dict[str, Decimal] = field(default_factory=dict)

    def settle(
        self,
        phrase: Phrase,
        known: Settled,
        before: Sequence[tuple[Phrase, Settled]],
        *,
        is_part: bool,
        is_place: bool = False,
    ) -> Settled:
        """Return what a figure is in the light of those before it.

        Args:
            phrase: The figure.
            known: What its words say that it is.
            before: The figures of its sentence before it.
            is_part: Whether 'trong đó' stands before it.
            is_place: Whether it then is the part of a place that its words name.
        """
        if before and _is_rate_of_level(phrase, before[-1]):
            return _as_level(known, before[-1][1])
        if before and self._follows_rate(phrase, known, before[-1]):
            return self._in_points(phrase, known, before[-1][1])
        if is_place and known.group_code == _ALL:
            return known
        if part := find_part(phrase, known, before, is_part=is_part):
            return part
        if self._is_part_of_poor(phrase, known, before):
            rule = f"{known.rule}; a part of the poor by no known group"
            return replace(known, indicator=OTHER, rule=rule)
        if known.indicator in COUNTS and known.group_code == _ALL:
            # 'Dân số 82.000 người, trong đó có 970 hộ nghèo' are no part of the poor.
            same = [k for _, k in before if k.indicator == known.indicator]
            is_part = is_part and bool(same or not before)
            return self._whole_or_part(phrase, known, is_part=is_part)
        if known.indicator not in _WHOLE_OF or known.group_code == _ALL:
            return known
        if not phrase.borrows or not before:
            return known
        count = before[-1][0].quantity
        is_of_poor = before[-1][1].of_poor or (
            count.total is not None
            and count.total == self.wholes.get("poor_households")
        )
        if not is_of_poor and (count.total or self._is_of_all(phrase, known, count)):
            return known
        rule = f"{known.rule}; a share of what is not said"
        return replace(known, indicator=OTHER, rule=rule)

    def _is_part_of_poor(
        self,
        phrase: Phrase,
        known: Settled,
        before: Sequence[tuple[Phrase, Settled]],
    ) -> bool:
        """Whether a figure, or the count that a rate borrows from, is of the poor.

        'Hộ nghèo neo đơn: 89 hộ/345 hộ nghèo, chiếm 25,8%' is no number of the poor;
        '405/14.932 hộ nghèo' is.
        """
        if known.indicator in _WHOLE_OF and phrase.borrows and before:
            count, last = before[-1]
            if _is_share_of_other(phrase, count, last):
                return True
            return (
                last.of_poor and last.indicator == OTHER and bool(count.quantity.total)
            )
        if known.indicator not in COUNTS or known.group_code != _ALL:
            return False
        if not known.of_poor or phrase.quantity.value == phrase.quantity.total:
            return False
        is_said = _TWO_NOUNS.search(phrase.quantity.text) is not None
        return is_said or phrase.quantity.total == self.wholes.get("poor_households")

    def _follows_rate(
        self, phrase: Phrase, known: Settled, last: tuple[Phrase, Settled]
    ) -> bool:
        """Whether a change stands in brackets right after a rate or its change.

        'tỷ lệ 1,18% (giảm 0,35% so với …)', 'giảm 0,25% (215 hộ)'.
        """
        is_same = _EQUALS.fullmatch(phrase.nearby) is not None
        if last[1].indicator not in _CHANGES:
            return False
        if phrase.nearby.lstrip()[:1] != "(" and not is_same:
            return False
        if phrase.quantity.unit == "percent":
            return phrase.quantity.change == "down" and last[1].indicator in _WHOLE_OF
        return phrase.quantity.unit == "household" and last[1].indicator in _EXITS_OF

    def _in_points(self, phrase: Phrase, known: Settled, last: Settled) -> Settled:
        table = _CHANGES if phrase.quantity.unit == "percent" else _EXITS_OF
        return replace(
            known,
            kind=last.kind,
            indicator=table[last.indicator],
            group_code=last.group_code,
            is_stock=False,
            rule=f"{known.rule}; in brackets after a rate",
        )

    def is_new_total(self, quantity: Quantity, known: Settled) -> bool:
        """Whether a count's total ('405/14.932 hộ') was not said before."""
        if known.indicator not in COUNTS or quantity.total is None:
            return False
        if quantity.unit != "household" or known.kind is FigureKind.TARGET:
            return False
        if self.wholes.get("households") is not None:
            return False
        if not self._is_of_households(quantity, known):
            return False
        self.wholes["households"] = quantity.total
        return True

    def _is_of_households(self, quantity: Quantity, known: Settled) -> bool:
        """Whether a count's total is all households and not the poor again.

        '326/405 hộ nghèo thuộc đối tượng BTXH' is a part of the poor.
        """
        if quantity.total in (quantity.value, self.wholes.get("poor_households")):
            return False
        return known.group_code == _ALL or not known.of_poor

    def _whole_or_part(
        self, phrase: Phrase, known: Settled, *, is_part: bool
    ) -> Settled:
        """Keep a whole; a part that no group is known for is 'other'."""
        value, whole = phrase.quantity.value, self.wholes.get(known.indicator)
        if is_part and value is not None and whole is not None and value < whole:
            rule = f"{known.rule}; a part of {whole} by no known group"
            return replace(known, indicator=OTHER, rule=rule)
        if value is not None:
            self.wholes[known.indicator] = value
        return known

    def _is_of_all(self, phrase: Phrase, known: Settled, count: Quantity) -> bool:
        """Whether the rate comes out as the count's share of all households."""
        whole = self.wholes.get(_WHOLE_OF[known.indicator][0])
        rate = phrase.quantity.value
        if not whole or count.value is None or rate is None:
            return False
        return is_near(count.value * 100 / whole, rate)


def _is_share_of_other(phrase: Phrase, count: Phrase, last: Settled) -> bool:
    """Whether a rate is that of something else: '38/42 nhà cho hộ nghèo, đạt 90,5%'."""
    if last.indicator != OTHER or count.quantity.unit in ("percent", "person"):
        return False
    return _SHARE_OF_IT.search(phrase.nearby) is not None


def _is_rate_of_level(phrase: Phrase, last: tuple[Phrase, Settled]) -> bool:
    """Whether a rate is that of a level: 'từ 904 hộ (6,23%) xuống 750 hộ, đạt 5,1%'.

    The verb of the change speaks of the counts, and the rate is where they stand.
    """
    if phrase.quantity.unit != "percent" or phrase.quantity.change is not None:
        return False
    if not last[1].is_stock or last[1].indicator not in _RATE_OF_STOCK:
        return False
    if last[1].group_code != _ALL or last[0].quantity.unit != "household":
        return False
    return _LEVEL_RATE.fullmatch(phrase.nearby) is not None


def _as_level(known: Settled, last: Settled) -> Settled:
    return replace(
        known,
        kind=last.kind,
        indicator=_RATE_OF_STOCK[last.indicator],
        group_code=last.group_code,
        is_stock=True,
        is_base=last.is_base,
        rule=f"{known.rule}; in brackets after a count",
    )


def find_joint(settled: Sequence[tuple[Phrase, Settled]]) -> Iterator[int]:
    """Yield which rates are those of the poor and the near poor together.

    'Tỷ lệ hộ nghèo đa chiều 15,63% (gồm hộ nghèo 9,42%, hộ cận nghèo 6,21%)': since
    2021 the standard calls both 'nghèo đa chiều' (Decree 07/2021/NĐ-CP, article 3).
    """
    for n, ((whole, _), (poor, _), (near, _)) in enumerate(
        zip(settled, settled[1:], settled[2:], strict=False)
    ):
        said = tuple(known.indicator for _, known in settled[n : n + 3])
        parts = (poor.quantity.value, near.quantity.value)
        if said != _JOINT or None in parts:
            continue
        if whole.quantity.value == sum(part or Decimal(0) for part in parts):
            yield n


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


def is_near(computed: Decimal, printed: Decimal) -> bool:
    """Whether a rate is right to one unit of its last printed place (the contract)."""
    return abs(computed - printed) <= last_place(printed)


def last_place(printed: Decimal) -> Decimal:
    """Return one unit of the last printed place of a number."""
    exponent = printed.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def share_of(count: Quantity, rate: Phrase) -> Decimal | None:
    """Return the share in percent that '405/14.932 hộ' makes, for its own rate."""
    if not rate.borrows or rate.quantity.unit != "percent":
        return None
    if count.value is None or not count.total:
        return None
    return count.value * 100 / count.total
