"""The units of one system: found by name, kind, parent and date."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from parsers.records import Unit
from parsers.units.match import (
    SURE,
    Entry,
    UnitMatch,
    ambiguous,
    lasting,
    matched,
    nearest,
    of_kind,
    repair,
    sure,
    unique,
)
from parsers.units.names import (
    KIND_LEVELS,
    Level,
    PrintedName,
    kinds_named,
    name_key,
    slipped_kinds,
    split_name,
)

CITY = "Thành phố Trung ương"
"""Kind of a city that is a province."""


class UnitList:
    """All units of a system with their dates.

    Args:
        entries: The states of the units.
        has_districts: Whether communes lie in districts; a commune's neighbours are
            then those of its district.
    """

    def __init__(self, entries: Iterable[Entry], *, has_districts: bool) -> None:
        self.entries = tuple(entries)
        self._has_districts = has_districts
        self._by_key: dict[str, list[Entry]] = {}
        self._children: dict[str, list[Entry]] = {}
        self._by_code: dict[str, list[Entry]] = {}
        self._by_id: dict[str, Entry] = {}
        for entry in self.entries:
            self._by_key.setdefault(name_key(entry.bare), []).append(entry)
            self._children.setdefault(entry.parent_code, []).append(entry)
            self._by_code.setdefault(entry.code, []).append(entry)
            self._by_id[entry.unit_id] = entry
        dates = {e.first_seen for e in self.entries}
        self.dates = tuple(sorted(dates | {e.last_seen for e in self.entries}))
        self._area = lru_cache(maxsize=512)(self._list_area)

    def known(self, unit: Unit | None) -> Entry | None:
        """Return the state that a unit of this system has, or None."""
        if unit is None or unit.code is None:
            return None
        if unit.unit_id is not None:
            return self._by_id.get(unit.unit_id)
        versions = self._by_code.get(unit.code, ())
        return next((e for e in versions if e.name == unit.name), None)

    def first_state(self, code: str) -> Entry | None:
        """Return the earliest known state of a code."""
        return min(
            self._by_code.get(code, ()), key=lambda e: e.first_seen, default=None
        )

    def parent(self, entry: Entry) -> Entry | None:
        """Return what a unit lies directly in, as it was when the unit's state began.

        'Tỉnh Thừa Thiên Huế' ends on the day that 'Thành phố Huế' begins: one day in
        common is no time in common.
        """
        return self._parent_at(entry, entry.first_seen)

    def _parent_at(self, entry: Entry, on: str) -> Entry | None:
        versions = self._by_code.get(entry.parent_code, ())
        begun = [e for e in versions if e.first_seen <= on]
        latest = max(begun, key=lambda e: e.first_seen, default=None)
        return latest or next(iter(versions), None)

    def province(self, entry: Entry | None) -> Entry | None:
        """Return the province that a unit lies in; a province lies in itself."""
        on = entry.first_seen if entry is not None else ""
        while entry is not None and entry.level is not Level.PROVINCE:
            entry = self._parent_at(entry, on)
        return entry

    def at(self, on: str | None, level: Level) -> list[Entry]:
        """Return the units of a level at a date, one version of each."""
        return unique(
            e for e in self.entries if e.level is level and holds(e, self.snapshot(on))
        )

    def namesakes(
        self, name: str, kinds: frozenset[str], on: str | None
    ) -> list[Entry]:
        """Return all units that bear this very name."""
        printed = split_name(name)
        found = self._state(self._by_key.get(name_key(printed.bare), ()), on)
        return unique(of_kind(found, kinds))

    def match(
        self,
        name: str,
        printed: PrintedName,
        kinds: frozenset[str],
        within: Entry | None,
        on: str | None,
        taken: frozenset[str] = frozenset(),
    ) -> UnitMatch:
        """Find what a name means; where its kind has a slip, without that slip.

        Args:
            name: As printed.
            printed: The name taken apart.
            kinds: Those that it may be of; none means any.
            within: What it must lie in.
            on: Date of the paper.
            taken: Codes that other rows of the table have for certain.
        """
        found = self._match(printed, kinds, within, on, taken)
        if found.way != "unknown" or printed.kind is not None:
            return found
        mended = [
            match
            for trial in slipped_kinds(name)
            if (match := self._match(trial, wanted(trial), within, on, taken)).unit
            and match.confidence >= SURE
        ]
        if len({m.unit for m in mended}) != 1:
            return found
        return mended[0].found_by("OCR repair", 0.8)

    def _match(
        self,
        printed: PrintedName,
        kinds: frozenset[str],
        within: Entry | None,
        on: str | None,
        taken: frozenset[str],
    ) -> UnitMatch:
        if within is None:
            return self._match_anywhere(printed, kinds, on)
        return self._match_within(printed, kinds, within, on, taken)

    def _match_anywhere(
        self, printed: PrintedName, kinds: frozenset[str], on: str | None
    ) -> UnitMatch:
        every = self._by_key.get(name_key(printed.bare), ())
        found = lasting(unique(of_kind(self._state(every, on), kinds)))
        if len(found) == 1:
            return sure(printed, found[0])
        if found:
            return ambiguous(found)
        former = unique(of_kind(every, kinds))
        if len(former) == 1:
            return matched(former[0], 0.8, "former unit")
        return ambiguous(former)

    def _match_within(
        self,
        printed: PrintedName,
        kinds: frozenset[str],
        within: Entry,
        on: str | None,
        taken: frozenset[str],
    ) -> UnitMatch:
        area, now = self._area(within.code, self.snapshot(on), bool(kinds))
        if printed.folded:
            return repair(printed, of_kind(now, kinds))
        key = name_key(printed.bare)
        named = unique(e for e in now if name_key(e.bare) == key)
        fitting = lasting(nearest(of_kind(named, kinds), within.code))
        if len(fitting) == 1:
            return sure(printed, fitting[0])
        if fitting:
            return ambiguous(fitting)
        former = unique(e for e in of_kind(area, kinds) if name_key(e.bare) == key)
        if len(former) == 1:
            return matched(former[0], 0.8, "former unit")
        return self._match_slip(printed, kinds, within, on, taken, named)

    def _match_slip(
        self,
        printed: PrintedName,
        kinds: frozenset[str],
        within: Entry,
        on: str | None,
        taken: frozenset[str],
        named: list[Entry],
    ) -> UnitMatch:
        _, now = self._area(within.code, self.snapshot(on), bool(kinds))
        pool = [e for e in of_kind(now, kinds) if e.code not in taken]
        match = repair(printed, pool)
        neighbours = self._neighbours(name_key(printed.bare), kinds, within, on)
        if match.unit is not None and neighbours:
            # The name is that of a unit nearby: the slip may be in the district.
            return ambiguous([*neighbours, *(e for e in pool if e.unit == match.unit)])
        levels = frozenset(level for k in kinds for level in KIND_LEVELS.get(k, ()))
        other = [e for e in named if e.level in levels]
        if len(other) != 1:
            return match
        if match.way == "unknown":
            return matched(other[0], 0.9, "other kind")
        return ambiguous([*other, *(e for e in pool if e.unit == match.unit)])

    def area_of(
        self, within: Entry, kinds: frozenset[str], on: str | None
    ) -> list[Entry]:
        """Return the units of some kinds that lie in one at a date."""
        return unique(
            of_kind(self._area(within.code, self.snapshot(on), bool(kinds))[1], kinds)
        )

    def _neighbours(
        self, key: str, kinds: frozenset[str], within: Entry, on: str | None
    ) -> list[Entry]:
        """Return the units of the same province and kind that bear this very name."""
        named = of_kind(self._state(self._by_key.get(key, ()), on), kinds)
        province = self._province_code(within)
        return [e for e in unique(named) if self._province_code(e) == province]

    def _province_code(self, entry: Entry) -> str | None:
        province = self.province(entry)
        return None if province is None else province.code

    def _list_area(
        self, code: str, snapshot: str | None, asks_kind: bool
    ) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """List a unit with all below it, ever and at a date.

        For a commune these are the units of its district; without districts those of
        its province, but only where a kind is asked for: a bare name is a village's.
        """
        own = self._by_code.get(code, [])
        if own and own[0].level is Level.COMMUNE and (self._has_districts or asks_kind):
            parents = {e.parent_code for e in own}
            own = [e for p in sorted(parents) for e in self._by_code.get(p, [])]
        found = {e.unit_id: e for e in own}
        every = list(found.values())
        for entry in every:
            below = self._children.get(entry.code, ())
            every += [e for e in below if found.setdefault(e.unit_id, e) is e]
        every = list(found.values())
        return tuple(every), tuple(e for e in every if holds(e, snapshot))

    def snapshot(self, on: str | None) -> str | None:
        """Return the last published state not after a date, else the first one."""
        if on is None:
            return None
        day = on + "-01-01"[len(on) - 4 :] if len(on) < 10 else on
        return max((d for d in self.dates if d <= day), default=self.dates[0])

    def _state(self, entries: Iterable[Entry], on: str | None) -> list[Entry]:
        snapshot = self.snapshot(on)
        return [e for e in entries if holds(e, snapshot)]


def holds(entry: Entry, snapshot: str | None) -> bool:
    """Whether a state was listed at a date; without a date all were."""
    return snapshot is None or entry.first_seen <= snapshot <= entry.last_seen


def wanted(printed: PrintedName, kind: str | None = None) -> frozenset[str]:
    """Return the kinds that are asked for; the label's own kind comes first."""
    kinds = frozenset({printed.kind}) if printed.kind else kinds_named(kind or "")
    return kinds | {CITY} if kinds & {"Thành phố", "Tỉnh"} else kinds
