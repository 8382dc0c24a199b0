"""Which figures most likely explain the equations of a table that fail.

A figure explains an equation if another value of it would make that equation hold
without breaking one that holds now. The figures that explain most equations at once
are the suspects. Where none explains more than one, two rows whose figures may have
changed places are tried; where nothing explains an equation, the figures of it that
stand in most failing ones are named.

Where a paper has several errors, one figure may explain two of them by chance. A figure
that explains an equation by a slip of one digit is then a suspect beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations

from expectations.slips import is_slip_into
from parsers.tables.equations import Judgement, Place, Values, judge

Span = tuple[Decimal, Decimal]
_MOST_SWAPPED_COLUMNS = 6
_MOST_SWAPPED_ROWS = 8


@dataclass(frozen=True)
class Table:
    """The judged equations of one table, by the figures that stand in them."""

    values: Values
    whole: frozenset[Place]
    """Places of counts, which only whole numbers fit."""
    judged: tuple[Judgement, ...]

    def by_place(self) -> dict[Place, list[Judgement]]:
        """Return for each figure the equations that it stands in."""
        found: dict[Place, list[Judgement]] = {}
        for judgement in self.judged:
            for place in set(judgement.equation.places):
                if self.values.get(place) is not None:
                    found.setdefault(place, []).append(judgement)
        return found


@dataclass(frozen=True, slots=True)
class Explanation:
    """The figures that may explain a failing equation.

    ``is_swap`` when all of them together do, having changed places; else each alone.
    """

    places: tuple[Place, ...]
    is_swap: bool = False


@dataclass(frozen=True, slots=True)
class _Mend:
    """Failing equations that one figure alone would explain, and with which values."""

    equations: frozenset[int]
    span: Span | None


def find_suspects(table: Table) -> dict[int, Explanation]:
    """Return what explains each failing equation, by its place in ``judged``."""
    failing = {n: j for n, j in enumerate(table.judged) if not j.holds}
    if not failing:
        return {}
    numbers = {id(j): n for n, j in failing.items()}
    by_place = table.by_place()
    explained = _explained_alone(table, failing, by_place, numbers)
    suspects = _best_single(table, failing, explained)
    several = (m.equations for m in explained.values() if len(m.equations) > 1)
    settled = {n for equations in several for n in equations}
    if settled < set(failing):
        suspects |= _swapped_rows(table, failing, by_place, numbers)
    for n, judgement in failing.items():
        if n not in suspects:
            suspects[n] = _most_failing(judgement, by_place)
    return suspects


# --- one figure alone -----------------------------------------------------------------


def _explained_alone(
    table: Table,
    failing: Mapping[int, Judgement],
    by_place: Mapping[Place, Sequence[Judgement]],
    numbers: Mapping[int, int],
) -> dict[Place, _Mend]:
    """Return for each figure the failing equations that it alone would explain."""
    places = {p for j in failing.values() for p in j.equation.places if p in by_place}
    return {
        place: _explained_by(table, place, by_place[place], numbers) for place in places
    }


def _explained_by(
    table: Table,
    place: Place,
    judgements: Sequence[Judgement],
    numbers: Mapping[int, int],
) -> _Mend:
    """Return the most failing equations that one other value of a figure mends."""
    free: Span | None = (Decimal("-Infinity"), Decimal("Infinity"))
    wanted: list[tuple[int, Span]] = []
    for judgement in judgements:
        span = judgement.wanted(place, table.values)
        if judgement.holds:
            free = _meet(free, span)
        elif span is not None:
            wanted.append((numbers[id(judgement)], span))
    best = _Mend(frozenset(), None)
    for _, first in wanted:
        together = _meet(free, first)
        mended = set()
        for number, span in wanted:
            narrower = _meet(together, span)
            if narrower is not None and _has_value(table, place, narrower):
                together = narrower
                mended.add(number)
        if len(mended) > len(best.equations):
            best = _Mend(frozenset(mended), together)
    return best


def _meet(a: Span | None, b: Span | None) -> Span | None:
    if a is None or b is None:
        return None
    least, most = max(a[0], b[0]), min(a[1], b[1])
    return (least, most) if least <= most else None


def _has_value(table: Table, place: Place, span: Span) -> bool:
    """Whether a span holds a value that the figure could have: none below zero."""
    least, most = max(span[0], Decimal(0)), span[1]
    if least > most:
        return False
    if place not in table.whole:
        return True
    if most.is_infinite():
        return True
    return least.to_integral_value(ROUND_CEILING) <= most.to_integral_value(ROUND_FLOOR)


def _best_single(
    table: Table, failing: Mapping[int, Judgement], explained: Mapping[Place, _Mend]
) -> dict[int, Explanation]:
    """Return for each equation the figures that explain it, and the most besides."""
    suspects: dict[int, Explanation] = {}
    for number in failing:
        able = {p: m for p, m in explained.items() if number in m.equations}
        if able:
            most = max(len(mend.equations) for mend in able.values())
            best = {p for p, mend in able.items() if len(mend.equations) == most}
            slips = {p for p, mend in able.items() if _is_slip(table, p, mend)}
            if not best & slips:
                best |= slips
            suspects[number] = Explanation(tuple(sorted(best)))
    return suspects


def _is_slip(table: Table, place: Place, mend: _Mend) -> bool:
    value = table.values.get(place)
    if value is None or mend.span is None:
        return False
    return is_slip_into(value, mend.span)


# --- two rows that change places ------------------------------------------------------


def _swapped_rows(
    table: Table,
    failing: Mapping[int, Judgement],
    by_place: Mapping[Place, Sequence[Judgement]],
    numbers: Mapping[int, int],
) -> dict[int, Explanation]:
    """Explain equations by figures of two rows that stand in each other's place.

    One exchange that mends several is likelier than as many slips.
    """
    rows = sorted({j.equation.output[0] for j in failing.values()})
    if len(rows) > _MOST_SWAPPED_ROWS:
        return {}
    nested = _nested_rows(table)
    suspects: dict[int, Explanation] = {}
    for one, other in combinations(rows, 2):
        if (one, other) in nested or (other, one) in nested:
            continue
        swap = _best_swap(table, one, other, by_place)
        if swap is None:
            continue
        places, mended = swap
        for judgement in mended:
            suspects.setdefault(numbers[id(judgement)], Explanation(places, True))
    return suspects


def _nested_rows(table: Table) -> set[tuple[int, int]]:
    """Return pairs of rows of which the first sums the second."""
    return {
        (judgement.equation.output[0], row)
        for judgement in table.judged
        for row, _ in judgement.equation.adds
        if row != judgement.equation.output[0]
    }


def _best_swap(
    table: Table,
    one: int,
    other: int,
    by_place: Mapping[Place, Sequence[Judgement]],
) -> tuple[tuple[Place, ...], tuple[Judgement, ...]] | None:
    """Return the columns whose swap mends the failing equations of both rows.

    More must be mended than broken, by at least two: a swap is a strong claim.
    """
    columns = _doubtful_columns(table, one, other, by_place)
    best: tuple[int, int, tuple[int, ...], tuple[Judgement, ...]] | None = None
    for size in range(1, len(columns) + 1):
        for chosen in combinations(columns, size):
            mended, broken = _try_swap(table, one, other, chosen, by_place)
            gain = len(mended) - broken
            if gain >= 2 and (best is None or gain > best[0]):
                best = (gain, -size, chosen, mended)
    if best is None:
        return None
    places = tuple(sorted((row, col) for row in (one, other) for col in best[2]))
    return places, best[3]


def _doubtful_columns(
    table: Table,
    one: int,
    other: int,
    by_place: Mapping[Place, Sequence[Judgement]],
) -> list[int]:
    """Return the columns of failing equations that both rows fill with other values."""
    columns = Counter(
        col
        for row in (one, other)
        for (r, col), judgements in by_place.items()
        if r == row and any(not j.holds for j in judgements)
    )
    differing = [
        col
        for col, _ in columns.most_common()
        if table.values.get((one, col)) is not None
        and table.values.get((other, col)) is not None
        and table.values[one, col] != table.values[other, col]
    ]
    return sorted(differing[:_MOST_SWAPPED_COLUMNS])


def _try_swap(
    table: Table,
    one: int,
    other: int,
    columns: Iterable[int],
    by_place: Mapping[Place, Sequence[Judgement]],
) -> tuple[tuple[Judgement, ...], int]:
    """Return what a swap mends, and how many equations it breaks."""
    changed: dict[Place, Decimal | None] = {}
    for col in columns:
        changed[one, col] = table.values[other, col]
        changed[other, col] = table.values[one, col]
    touched = {id(j): j for place in changed for j in by_place.get(place, ())}
    values = _Overlay(table.values, changed)
    mended: list[Judgement] = []
    broken = 0
    for judgement in touched.values():
        again = judge(judgement.equation, values)
        if again is None or again.holds == judgement.holds:
            continue
        if again.holds:
            mended.append(judgement)
        else:
            broken += 1
    return tuple(mended), broken


class _Overlay(dict[Place, Decimal | None]):
    """A table's values with some of them changed."""

    def __init__(self, base: Values, changed: Mapping[Place, Decimal | None]) -> None:
        super().__init__(base)
        self.update(changed)


# --- what fails most ------------------------------------------------------------------


def _most_failing(
    judgement: Judgement, by_place: Mapping[Place, Sequence[Judgement]]
) -> Explanation:
    """Return the figures of an equation that stand in most failing ones."""
    fails = {
        place: sum(not j.holds for j in by_place[place])
        for place in set(judgement.equation.places)
        if place in by_place
    }
    most = max(fails.values(), default=0)
    return Explanation(tuple(sorted(p for p, n in fails.items() if n == most)))
