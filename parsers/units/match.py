"""Unit matches: what a printed name may mean, and how a slip is settled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parsers.records import Unit
from parsers.units.names import (
    KIND_LEVELS,
    Level,
    PrintedName,
    is_kind_alone,
    loose_key,
    name_key,
)
from parsers.units.slips import count_slips, is_likely

_LONG_NAME = 8
"""Letters from which on two slips still leave no doubt which name is meant."""
_ROMAN = re.compile("[IVXivx]{1,4}")
"""A ward's number; a stroke more or less is another one."""
SURE = 0.95
"""From this confidence on the very name was found, no slip or former name of it."""
OPEN = ("ambiguous", "unknown")
"""Ways that say that a name was meant as a unit's but leaves open which."""


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
    def unit_id(self) -> str:
        """Key of this state of the unit."""
        return f"{self.code}@{self.first_seen}"

    @property
    def unit(self) -> Unit:
        """The unit as it stands in records."""
        return Unit(self.name, self.kind, self.code, self.unit_id)


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """What a printed name was found to mean, and why that is believed.

    ``way`` is one of: exact, abbreviation, tone placement, other kind, former unit,
    accents dropped, OCR repair, order of the table, with ', earliest known' where the
    paper is older than the official lists; or why there is no unit: ambiguous,
    unknown, village, empty. ``candidates`` are what an ambiguous name might mean.
    """

    unit: Unit | None
    confidence: float
    way: str
    candidates: tuple[Unit, ...] = ()

    def found_by(self, way: str, confidence: float) -> UnitMatch:
        """Return the same unit as found in another way."""
        if self.unit is None:
            return self
        unit = replace(self.unit, way=way, confidence=confidence)
        return replace(self, unit=unit, way=way, confidence=confidence)


def matched(entry: Entry, confidence: float, way: str) -> UnitMatch:
    """Return a match that names one unit."""
    return UnitMatch(entry.unit, confidence, way).found_by(way, confidence)


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


def lasting(entries: list[Entry]) -> list[Entry]:
    """Of units of one very name in one parent keep the one that is listed longest.

    At the date of a merger some lists name the unit that comes and those that go.
    """
    if len({(e.kind, name_key(e.bare), e.parent_code) for e in entries}) != 1:
        return entries
    end = max(e.last_seen for e in entries)
    longest = [e for e in entries if e.last_seen == end]
    return longest if len(longest) == 1 else entries


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
    return matched(entry, 1.0 if printed.kind else 0.98, way)


def ambiguous(entries: Sequence[Entry]) -> UnitMatch:
    """Return no unit, with what the name might mean."""
    if not entries:
        return UnitMatch(None, 0.0, "unknown")
    return UnitMatch(None, 0.0, "ambiguous", tuple(e.unit for e in entries[:20]))


def repair(printed: PrintedName, pool: Sequence[Entry]) -> UnitMatch:
    """Settle a slip where one unit of the area, and no other, is one slip away.

    One slip is one letter or one mark changed, lost or added, or all marks dropped.
    Where several are, only a slip that OCR makes counts, and it must explain one alone:
    twins a mark apart are never told apart by a guess. A ward's number that may be
    several others stays open, with those.
    """
    key, loose = name_key(printed.bare), loose_key(printed.bare)
    if key.isdigit() and not printed.folded:
        numbers = near_numbers(printed, pool)
        only = numbers[0] if len(numbers) == 1 else None
        return matched(only, 0.75, "OCR repair") if only else ambiguous(numbers)
    alike = [e for e in unique(pool) if loose_key(e.bare) == loose]
    units = [e for e in unique(pool) if _numbers(e.bare) == _numbers(printed.bare)]
    if is_kind_alone(printed):
        near = []
    elif printed.folded:
        near = alike
    elif len(loose) < (2 if printed.kind else 3) or _ROMAN.fullmatch(printed.bare):
        near = []
    else:
        close = (e for e in units if count_slips(printed.bare, e.bare) <= 1)
        near = unique([*alike, *close])
        if not near:
            most = 2 if len(loose) >= _LONG_NAME else 1 if len(loose) > 2 else 0
            near = [e for e in units if count_slips(loose, loose_key(e.bare)) <= most]
    return _settle(printed, near, alike)


def _settle(
    printed: PrintedName, near: Sequence[Entry], alike: Sequence[Entry]
) -> UnitMatch:
    key = name_key(printed.bare)
    if len(near) > 1 and not (printed.folded or key.isascii()):
        likely = [e for e in near if is_likely(printed.bare, e.bare)]
        if len(likely) == 1:
            return matched(likely[0], 0.7, "OCR repair")
    if len(near) != 1:
        return ambiguous(near)
    dropped = key.isascii() and near == alike
    way = "accents dropped" if dropped else "OCR repair"
    return matched(near[0], 0.85 if near == alike else 0.75, way)


def near_numbers(printed: PrintedName, pool: Iterable[Entry]) -> list[Entry]:
    """Return the numbered units whose number is one digit away."""
    numbered = (e for e in unique(pool) if name_key(e.bare).isdigit())
    return [e for e in numbered if count_slips(printed.bare, e.bare) <= 1]


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
