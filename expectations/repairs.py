"""Misread figures settled by the equations they stand in.

Where readers of one cell disagree, the reading under which the table's equations hold
is taken; the arithmetic chooses between readings and never invents one. A figure that
all readings agree on stays as printed, however wrong. A reading that was merely not
sure, and that an equation bears out, needs no doubt any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from expectations.arithmetic import judge_table
from expectations.wording import TableCheck
from parsers.records import Figure, Issue, Quality, Records, Severity
from parsers.tables.equations import (
    Equation,
    Judgement,
    Place,
    Values,
    judge,
    last_place,
)

LOW_CONFIDENCE = "low_confidence"
REPAIRED = "repaired_value"
_MOST_ROUNDS = 200
"""Rounds of repairs in one table; each may make others possible."""


@dataclass(frozen=True, slots=True)
class _Repair:
    """Another reading of a figure under which its equations hold."""

    place: Place
    value: Decimal
    mended: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Records whose readings are settled, and their tables as judged by then."""

    records: Records
    checks: tuple[TableCheck, ...]


def settle_readings(records: Records) -> Settled:
    """Return the records with misreadings repaired and borne-out readings cleared."""
    figures = list(records.figures)
    issues = list(records.issues)
    checks = []
    for table in records.tables:
        check = _repair_table(judge_table(table, figures), figures, issues, records)
        _clear_borne_out(check, figures, issues)
        checks.append(check)
    settled = replace(records, figures=tuple(figures), issues=tuple(issues))
    return Settled(settled, tuple(checks))


def _repair_table(
    check: TableCheck, figures: list[Figure], issues: list[Issue], records: Records
) -> TableCheck:
    """Repair figures, as long as some can be."""
    for _ in range(_MOST_ROUNDS):
        repairs = _next_repairs(check, figures)
        if not repairs:
            break
        repaired = {check.indexes[repair.place] for repair in repairs}
        issues[:] = [issue for issue in issues if not _is_doubt(issue, repaired)]
        for repair in repairs:
            index = check.indexes[repair.place]
            issues.append(_repair_issue(figures[index], index, repair.value))
            figures[index] = _repaired(figures[index], repair.value)
        check = judge_table(check.table, figures)
    return check


def _is_doubt(issue: Issue, repaired: set[int]) -> bool:
    """Whether a doubt is that one of the repaired figures was not read surely."""
    return issue.figure in repaired and issue.check_code == LOW_CONFIDENCE


def _repaired(figure: Figure, value: Decimal) -> Figure:
    return replace(
        figure,
        value=value,
        quality=Quality.REPAIRED,
        first_reading=figure.source.raw_text,
    )


def _repair_issue(figure: Figure, index: int, value: Decimal) -> Issue:
    shown = figure.value if figure.value is not None else "unreadable"
    return Issue(
        document=figure.document,
        check_code=REPAIRED,
        severity=Severity.INFO,
        message=(
            f"Table {figure.table_no}, '{figure.unit_raw}': first read as {shown} "
            f"('{figure.source.raw_text}'); another reading, {value}, agrees with the "
            "rest of the table."
        ),
        page_no=figure.source.page_no,
        box=figure.source.box,
        figure=index,
        printed=figure.source.raw_text,
        computed=str(value),
    )


def _next_repairs(check: TableCheck, figures: Sequence[Figure]) -> list[_Repair]:
    """Return the repairs that mend most where no other does as well.

    No two of them touch one equation: each would be made whatever becomes of the rest.
    """
    by_place = _equations_by_place(check.equations)
    repairs = sorted(
        _possible_repairs(check, figures, by_place), key=lambda r: -r.mended
    )
    chosen: list[_Repair] = []
    touched: set[int] = set()
    for repair in repairs:
        own = {id(equation) for equation in by_place[repair.place]}
        if not own & touched and not _is_contested(repair, repairs, by_place):
            chosen.append(repair)
            touched |= own
    return chosen


def _equations_by_place(
    equations: Sequence[Equation],
) -> Mapping[Place, list[Equation]]:
    found: dict[Place, list[Equation]] = {}
    for equation in equations:
        for place in set(equation.places):
            found.setdefault(place, []).append(equation)
    return found


def _possible_repairs(
    check: TableCheck,
    figures: Sequence[Figure],
    by_place: Mapping[Place, Sequence[Equation]],
) -> Iterator[_Repair]:
    values = check.judged.values
    failing = {
        place
        for judgement in check.judged.judged
        if not judgement.holds
        for place in judgement.equation.places
    }
    for place, index in check.indexes.items():
        figure = figures[index]
        is_open = figure.quality is Quality.SUSPECT or place in failing
        if not figure.alternatives or not is_open or _is_settled(figure):
            continue
        for text in figure.alternatives:
            value = Decimal(text)
            mended = _mended_by(place, value, by_place.get(place, ()), values)
            if mended:
                yield _Repair(place, value, mended)


def _is_settled(figure: Figure) -> bool:
    """Whether a person has said what stands there."""
    return figure.quality is Quality.CORRECTED


def _mended_by(
    place: Place, value: Decimal, equations: Sequence[Equation], values: Values
) -> int:
    """Return how many equations another value mends; 0 if it leaves one that fails."""
    near = (p for equation in equations for p in equation.places)
    changed = {p: values[p] for p in near if p in values}
    changed[place] = value
    mended = 0
    for equation in equations:
        before, after = judge(equation, values), judge(equation, changed)
        if after is None:
            continue
        if not after.holds:
            return 0
        if before is None or not before.holds:
            mended += 1
    return mended


def _is_contested(
    repair: _Repair,
    repairs: Sequence[_Repair],
    by_place: Mapping[Place, Sequence[Equation]],
) -> bool:
    """Whether another repair would mend one of the same equations just as well."""
    own = {id(equation) for equation in by_place[repair.place]}
    return any(
        other is not repair
        and other.mended >= repair.mended
        and any(id(equation) in own for equation in by_place[other.place])
        for other in repairs
    )


# --- readings that equations bear out -------------------------------------------------


def _clear_borne_out(
    check: TableCheck, figures: list[Figure], issues: list[Issue]
) -> None:
    """Take the doubt off figures that were read unsurely but fit an equation."""
    fits, fails = _fitting_places(check.judged.judged, check.judged.values)
    doubts = _doubts_by_figure(issues)
    cleared: set[int] = set()
    for place in fits - fails:
        index = check.indexes[place]
        own = doubts.get(index, ())
        is_unsure = own and all(d.check_code == LOW_CONFIDENCE for d in own)
        if is_unsure and not _is_settled(figures[index]):
            cleared.update(id(doubt) for doubt in own)
            figures[index] = replace(figures[index], quality=Quality.OK)
    issues[:] = [issue for issue in issues if id(issue) not in cleared]


def _doubts_by_figure(issues: Sequence[Issue]) -> Mapping[int, list[Issue]]:
    found: dict[int, list[Issue]] = {}
    for issue in issues:
        for index in {issue.figure, *issue.suspects}:
            if index is not None:
                found.setdefault(index, []).append(issue)
    return found


def _fitting_places(
    judged: Sequence[Judgement], values: Values
) -> tuple[set[Place], set[Place]]:
    fits: set[Place] = set()
    fails: set[Place] = set()
    for judgement in judged:
        for place in judgement.equation.places:
            if not judgement.holds:
                fails.add(place)
            elif _is_telling(judgement, place, values):
                fits.add(place)
    return fits, fails


def _is_telling(judgement: Judgement, place: Place, values: Values) -> bool:
    """Whether an equation that holds leaves a figure no other value.

    A sum of counts does. A rate does for its count where only one whole number fits,
    and for itself where it is what rounding or cutting off gives.
    """
    if values.get(place) is None:
        return False
    if judgement.equation.fraction is None:
        return judgement.slack == 0
    if place == judgement.equation.output:
        unit = last_place(judgement.printed)
        ways = (ROUND_HALF_UP, ROUND_DOWN)
        given = {judgement.computed.quantize(unit, way) for way in ways}
        return judgement.printed in given
    span = judgement.wanted(place, values)
    return span is not None and span[1] - span[0] < 1
