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
from parsers.prose.kinds import UNTOLD, is_money
from parsers.prose.meaning import OTHER
from parsers.prose.parts import COUNTS, find_part
from parsers.prose.rates_of_counts import (
    POINTS_OF,
    as_level,
    is_of_group,
    is_rate_of_exits,
    is_rate_of_level,
    is_share_of_other,
)
from parsers.prose.reading import Settled
from parsers.prose.sentence_figures import SHARE_WHOLE
from parsers.prose.speaking import Phrase
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
_JOINT = ("poverty_rate", "poverty_rate", "near_poor_rate")
_GROUP_HAS = re.compile(
    r"\W*(?:tổng\s)?(?:số\s)?hộ\s(?:(?!nghèo)[^\W\d_]+\s){1,5}(?:có|là|gồm)\s",
    re.IGNORECASE,
)
_TWO_NOUNS = re.compile(r"hộ\s*/")
_EQUALS = re.compile(
    r"[\s,;(]*(?:tương đương|tương ứng|tức|bằng)"
    r"(?:\s(?:với|là|giảm|khoảng|số|trên))*\s*",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:\s[^\W\d_]+){0,4}\svà\s(?:[^\W\d_]+\s){0,2}", re.I)
_FAR = 10
"""One part in so many: a share further off is another one, not a rounded one."""
_ALL = "all"


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
        found = self._settle(phrase, known, before, is_part=is_part, is_place=is_place)
        is_rate = found.indicator in _WHOLE_OF and found.group_code == _ALL
        is_first = not is_part or found.indicator not in self.wholes
        if is_rate and is_first and phrase.quantity.value is not None:
            self.wholes[found.indicator] = phrase.quantity.value
        return found

    def _settle(
        self,
        phrase: Phrase,
        known: Settled,
        before: Sequence[tuple[Phrase, Settled]],
        *,
        is_part: bool,
        is_place: bool,
    ) -> Settled:
        if before and is_rate_of_level(phrase, before[-1]):
            return as_level(known, before[-1][1])
        if before and self._follows_rate(phrase, known, before[-1]):
            return self._in_points(phrase, known, before[-1][1])
        if before and is_rate_of_exits(phrase, before[-1]):
            return self._in_points(phrase, known, before[-1][1])
        if is_place and known.group_code == _ALL:
            return known
        if part := find_part(phrase, known, before, is_part=is_part):
            return part
        if self._is_part_of_poor(phrase, known, before):
            rule = f"{known.rule}; a part of the poor by no known group"
            return replace(known, indicator=OTHER, rule=rule)
        if self._groups_poor(phrase, known, before):
            rule = f"{known.rule}; a group of the poor before it"
            return replace(known, indicator="poor_households", rule=rule)
        if self._counts_group(phrase, known, is_part=is_part):
            self.wholes[f"households/{known.group_code}"] = (
                phrase.quantity.value or Decimal(0)
            )
            return replace(known, indicator="households")
        if known.indicator in COUNTS and known.group_code == _ALL:
            # 'Dân số 82.000 người, trong đó có 970 hộ nghèo' are no part of the poor.
            same = [k for _, k in before if k.indicator == known.indicator]
            is_part = is_part and bool(same or not before)
            return self._whole_or_part(phrase, known, is_part=is_part)
        return self._of_group(phrase, known, before)

    def _of_group(
        self, phrase: Phrase, known: Settled, before: Sequence[tuple[Phrase, Settled]]
    ) -> Settled:
        """Keep a group's rate that is surely one, and no share of all the poor."""
        if known.indicator not in _WHOLE_OF or known.group_code == _ALL:
            return known
        if not phrase.borrows or not before or is_of_group(phrase, before[-1][0]):
            return known
        said = (known.indicator, known.group_code)
        if any((k.indicator, k.group_code) == said for _, k in before):
            return known  # '53 hộ, 40% tổng số hộ DTTS …; còn 47 hộ (chiếm 34%)'
        count = before[-1][0].quantity
        is_of_poor = before[-1][1].of_poor or (
            count.total is not None
            and count.total == self.wholes.get("poor_households")
        )
        if not is_of_poor and (count.total or self._is_of_all(phrase, known, count)):
            return known
        if self._is_of_no_whole(phrase, known, count):
            return known
        rule = f"{known.rule}; a share of what is not said"
        return replace(known, indicator=OTHER, rule=rule)

    def _groups_poor(
        self, phrase: Phrase, known: Settled, before: Sequence[tuple[Phrase, Settled]]
    ) -> bool:
        """Whether households of a group are of the poor told before them.

        'Trong số 298 hộ nghèo, … và 04 hộ gia đình người có công'.
        """
        if known.indicator != "households" or known.group_code == _ALL:
            return False
        value, poor = phrase.quantity.value, self.wholes.get("poor_households")
        told = any(k.indicator == "poor_households" for _, k in before)
        return told and poor is not None and value is not None and value <= poor

    def _counts_group(self, phrase: Phrase, known: Settled, *, is_part: bool) -> bool:
        """Whether a count is of all households of a group: 'Hộ DTTS có 237.976 hộ'.

        More than all the poor they must be, or they could be those of the group.
        """
        value, poor = phrase.quantity.value, self.wholes.get("poor_households")
        if is_part or known.indicator != OTHER or known.group_code == _ALL:
            return False
        if phrase.meaning.indicator != "households" or value is None:
            return False
        return (
            _GROUP_HAS.fullmatch(phrase.before) is not None
            and poor is not None
            and value > poor
        )

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
        if SHARE_WHOLE.match(phrase.after):
            # 'hộ nghèo có thu nhập dưới 1,3 triệu đồng, chiếm 3% tổng số hộ'
            before = [pair for pair in before if not is_money(pair[0])]
        if known.indicator in _WHOLE_OF and phrase.borrows and before:
            count, last = before[-1]
            if is_share_of_other(phrase, count, last):
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
        table = _CHANGES | POINTS_OF
        table = table if phrase.quantity.unit == "percent" else _EXITS_OF
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
        if self.wholes.get("households") == quantity.total:
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

    def _is_of_no_whole(self, phrase: Phrase, known: Settled, count: Quantity) -> bool:
        """Whether a group's rate can be no share of all the poor, nor of everybody.

        'còn 1.135 hộ nghèo, tỷ lệ 3,11%, trong đó DTTS 553 hộ, tỷ lệ 8,15%': 553 are
        48,7% of the poor, and 1,5% of all: what is left is the group's own.
        """
        poor = self.wholes.get(_WHOLE_OF[known.indicator][1])
        rate_of_all = self.wholes.get(known.indicator)
        printed = phrase.quantity.value
        if not poor or rate_of_all is None or not count.value or printed is None:
            return False
        share = count.value / poor
        wrong = (share * 100, share * rate_of_all)
        return all(abs(printed - each) * _FAR > each for each in wrong)

    def _is_of_all(self, phrase: Phrase, known: Settled, count: Quantity) -> bool:
        """Whether it is the count's share of all households, or of the group's."""
        rate = phrase.quantity.value
        if count.value is None or rate is None:
            return False
        names = ("households", f"households/{known.group_code}")
        wholes = [self.wholes[name] for name in names if self.wholes.get(name)]
        return any(is_near(count.value * 100 / whole, rate) for whole in wholes)


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


def with_last(
    phrase: Phrase, known: Settled, settled: Sequence[tuple[Phrase, Settled]]
) -> Settled:
    """Let a figure that 'và' joins to a target be one: 'giao 396 hộ … và 73 hộ …'."""
    if not settled or known.rule != UNTOLD or not _JOINED.fullmatch(phrase.nearby):
        return known
    last = settled[-1][1]
    if last.kind is not FigureKind.TARGET:
        return known
    return replace(known, kind=last.kind, rule=last.rule)
