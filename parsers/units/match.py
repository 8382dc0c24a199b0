"""Unit matches: what a printed name may mean, and how a slip is settled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from parsers.records import Unit
from parsers.units.names import KIND_LEVELS, Level, PrintedName, loose_key, name_key

_LONG_NAME = 8
"""Letters from which on two slips still leave no doubt which name is meant."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the gazetteer. ``bare`` is the name without its kind."""

    level: Level
    code: str
    name: str
    bare: str
    kind: str
    parent_code: str
    first_seen: str
    last_seen: str

    @property
    def unit(self) -> Unit:
        """The unit as it stands in records."""
        return Unit(self.name, self.kind, self.code)


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """What a printed name was found to mean, and why that is believed.

    ``way`` is one of: exact, abbreviation, tone placement, other kind, former unit,
    accents dropped, OCR repair; or why there is no unit: ambiguous, unknown, village,
    later system, empty. ``candidates`` are what an ambiguous name might mean.
    """

    unit: Unit | None
    confidence: float
    way: str
    candidates: tuple[Unit, ...] = ()


def of_kind(entries: Iterable[Entry], kinds: frozenset[str]) -> list[Entry]:
    """Keep the units of some kinds; no kind asked for keeps all."""
    if not kinds:
        return list(entries)
    return [e for e in entries if e.kind in kinds]


def unique(entries: Iterable[Entry]) -> list[Entry]:
    """Keep one version of each code: the earliest seen."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        kept.setdefault(entry.code, entry)
    return list(kept.values())


def nearest(entries: list[Entry], own_code: str) -> list[Entry]:
    """Prefer what lies directly below to what lies deeper, and both to the area."""
    below = [e for e in entries if e.code != own_code] or entries
    top = min((e.level for e in below), default=Level.COMMUNE)
    return [e for e in below if e.level is top]


def sure(printed: PrintedName, entry: Entry) -> UnitMatch:
    """Return a match whose name is the printed one, however it is spelled."""
    if printed.short:
        way = "abbreviation"
    elif printed.bare.casefold() == entry.bare.casefold():
        way = "exact"
    else:
        way = "tone placement"
    return UnitMatch(entry.unit, 1.0 if printed.kind else 0.98, way)


def ambiguous(entries: Sequence[Entry]) -> UnitMatch:
    """Return no unit, with what the name might mean."""
    if not entries:
        return UnitMatch(None, 0.0, "unknown")
    return UnitMatch(None, 0.0, "ambiguous", tuple(e.unit for e in entries[:20]))


def repair(printed: PrintedName, pool: Sequence[Entry]) -> UnitMatch:
    """Settle a slip where one unit of the area, and no other, is one slip away.

    One slip is one letter or one mark changed, lost or added, or all marks dropped.
    Twins a mark apart are therefore never told apart by a guess.
    """
    key, loose = name_key(printed.bare), loose_key(printed.bare)
    units = [e for e in unique(pool) if _numbers(e.bare) == _numbers(printed.bare)]
    alike = [e for e in units if loose_key(e.bare) == loose]
    if printed.folded:
        near = alike
    elif len(loose) < 3 or key.isdigit():
        near = []
    else:
        close = (e for e in units if _slips(printed.bare, e.bare) <= 1)
        near = unique([*alike, *close])
        if not near and len(loose) >= _LONG_NAME:
            near = [e for e in units if _slips(loose, loose_key(e.bare)) <= 2]
    if len(near) != 1:
        return ambiguous(near)
    dropped = key.isascii() and near == alike
    return UnitMatch(
        near[0].unit,
        0.85 if near == alike else 0.75,
        "accents dropped" if dropped else "OCR repair",
    )


def _slips(one: str, other: str) -> int:
    """Letters changed, lost or added, however the tones of oa, oe, uy are placed."""
    return min(
        Levenshtein.distance(name_key(one), name_key(other), score_cutoff=3),
        Levenshtein.distance(one.casefold(), other.casefold(), score_cutoff=3),
    )


def _numbers(bare: str) -> list[str]:
    """Numbers that are part of a name ('Cổ Nhuế 2'); those must agree."""
    return re.findall(r"(?<!\S)\d+(?!\S)", name_key(bare))


def levels_of(unit: Unit) -> tuple[Level, ...]:
    """Return the levels that a unit of this kind may have."""
    if unit.code is not None:
        return ({2: (Level.PROVINCE,), 3: (Level.DISTRICT,)}).get(
            len(unit.code), (Level.COMMUNE,)
        )
    return KIND_LEVELS.get(unit.kind or "", ())
