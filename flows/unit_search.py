"""Search for a unit by name, for people at the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.errors import UsageError
from flows.vocabulary import load_gazetteer
from parsers.records import Unit
from parsers.units.gazetteer import Gazetteer, system_of

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit with what it lies in. ``system`` tells which codes its code is of."""

    code: str | None
    name: str
    kind: str | None
    parent: str | None
    province: str | None
    system: str | None
    unit_id: str | None


@dataclass(frozen=True, slots=True)
class UnitSearch:
    """What a name means: a unit, or None and what it may mean; how it was found."""

    name: str
    unit: FoundUnit | None
    way: str
    confidence: float
    candidates: tuple[FoundUnit, ...]


def search_unit(name: str, *, within: str | None, on: str | None) -> UnitSearch:
    """Find what a printed name means.

    Args:
        name: As printed.
        within: What it lies in; several from the smallest to the largest, by commas.
        on: ISO date to any precision; today's system only from 2025-07 on.

    Raises:
        UsageError: The date is none, or what it lies in is not one known unit.
    """
    if on is not None and not _DATE.fullmatch(on):
        raise UsageError(f"{on!r} is no date", todo="Write 2020-03-18, 2020-03 or 2020")
    gazetteer = load_gazetteer()
    place = _place(within, on, gazetteer) if within else None
    match = gazetteer.match_unit(name, within=place, on=on)
    return UnitSearch(
        name=name,
        unit=_told(match.unit, gazetteer) if match.unit else None,
        way=match.way,
        confidence=match.confidence,
        candidates=tuple(_told(unit, gazetteer) for unit in match.candidates),
    )


def _place(within: str, on: str | None, gazetteer: Gazetteer) -> Unit:
    place: Unit | None = None
    for part in reversed(within.split(",")):
        match = gazetteer.match_unit(part.strip(), within=place, on=on)
        found = match.unit or _highest(match.candidates)
        if found is None:
            told = [_told(unit, gazetteer) for unit in match.candidates]
            names = ", ".join(f"{u.name} ({u.province})" for u in told)
            raise UsageError(
                f"{part.strip()!r} is not one unit at that date"
                + (f": {names}" if names else ""),
                todo="Name also what it lies in, as 'Huyện Cam Lộ, Quảng Trị'",
            )
        place = found
    if place is None:
        raise UsageError("--within names nothing", todo="Name a unit")
    return place


def _highest(units: Sequence[Unit]) -> Unit | None:
    """Return the one unit that is above all others: the province, not its ward."""
    top = min((len(unit.code or "") for unit in units), default=0)
    highest = [unit for unit in units if len(unit.code or "") == top]
    return highest[0] if len(highest) == 1 else None


def _told(unit: Unit, gazetteer: Gazetteer) -> FoundUnit:
    parent, province = gazetteer.parent_of(unit), gazetteer.province_of(unit)
    return FoundUnit(
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent=parent.name if parent else None,
        province=province.name if province else None,
        system=system_of(unit),
        unit_id=unit.unit_id,
    )
