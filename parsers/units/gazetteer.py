"""The gazetteer: which official unit a printed name means, at the paper's date.

Rows are those of ``vocabulary/units.csv``: the official list as published at 19 dates
from 2019-09-11 to 2025-03-01, with the first and the last date that each was seen.
Papers before the first take the earliest state. From 1 July 2025 on there are other
units with other codes (Resolution 202/2025/QH15), so then no code is given here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from parsers.records import Unit
from parsers.units.match import (
    Entry,
    UnitMatch,
    ambiguous,
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
    is_village,
    kinds_named,
    name_key,
    names_village,
    split_name,
)
from parsers.vocabulary import Row

OLD_SYSTEM_END = "2025-07-01"
"""The day from which two levels and new codes hold (Resolution 202/2025/QH15)."""

_LEVELS = {
    "province": Level.PROVINCE,
    "district": Level.DISTRICT,
    "commune": Level.COMMUNE,
}
_SURE = 0.95
"""From this confidence on the very name was found, no slip or former name of it."""
_CITY = "Thành phố Trung ương"


class Gazetteer:
    """All units with their dates; finds by name, kind, parent and date.

    Args:
        rows: Rows with level, code, name, type, parent_code, first_seen, last_seen.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._entries = tuple(_entry(row) for row in rows)
        self._by_key: dict[str, list[Entry]] = {}
        self._children: dict[str, list[Entry]] = {}
        self._by_code: dict[str, list[Entry]] = {}
        for entry in self._entries:
            self._by_key.setdefault(name_key(entry.bare), []).append(entry)
            self._children.setdefault(entry.parent_code, []).append(entry)
            self._by_code.setdefault(entry.code, []).append(entry)
        dates = {e.first_seen for e in self._entries} | {
            e.last_seen for e in self._entries
        }
        self._dates = tuple(sorted(dates))
        self._area = lru_cache(maxsize=512)(self._list_area)

    def find_unit(
        self,
        name: str,
        *,
        kind: str | None = None,
        within: Unit | None = None,
        on: str | None = None,
    ) -> Unit | None:
        """Return the unit that a printed name means, or None where that is not sure."""
        return self.match_unit(name, kind=kind, within=within, on=on).unit

    def match_unit(
        self,
        name: str,
        *,
        kind: str | None = None,
        within: Unit | None = None,
        on: str | None = None,
    ) -> UnitMatch:
        """Find what a printed name means, with the way it was found.

        Args:
            name: As printed: 'X. Hà Lan', 'TT Cam Lộ', 'Thọ Sơn'.
            kind: A kind, or the column head that says it: 'Xã, phường'.
            within: The unit that it must lie in, with its code.
            on: ISO date of the paper, to any precision.
        """
        return self._match(name, kind, within, on, taken=frozenset())

    def match_rows(
        self,
        labels: Sequence[str],
        *,
        kind: str | None = None,
        within: Unit | None = None,
        on: str | None = None,
    ) -> tuple[UnitMatch, ...]:
        """Find what the rows of one table mean, each unit at most once.

        Names found for certain are taken first; what is left of the area then
        explains the slips. Two rows with the same name are both left open, since one
        of them may be a slip of a twin.
        """
        first = [self._match(n, kind, within, on, frozenset()) for n in labels]
        sure = Counter(
            (m.unit.code, split_name(n).kind)
            for n, m in zip(labels, first, strict=True)
            if m.unit is not None and m.confidence >= _SURE
        )
        taken = frozenset(code for code, _ in sure if code)
        again = []
        for name, match in zip(labels, first, strict=True):
            if match.unit is None or match.confidence < _SURE:
                again.append(self._match(name, kind, within, on, taken))
            else:
                again.append(match)
        return tuple(again)

    def province_of(self, unit: Unit | None) -> Unit | None:
        """Return the province that a unit lies in; a province lies in itself."""
        entry = self._known(unit)
        while entry is not None and entry.level is not Level.PROVINCE:
            entry = next(iter(self._by_code.get(entry.parent_code, ())), None)
        return entry.unit if entry is not None else None

    def parent_of(self, unit: Unit | None) -> Unit | None:
        """Return the unit that a unit lies directly in."""
        entry = self._known(unit)
        if entry is None:
            return None
        above = self._by_code.get(entry.parent_code, ())
        return above[0].unit if above else None

    def provinces(self, on: str | None = None) -> tuple[Unit, ...]:
        """Return all provinces of a date."""
        return tuple(e.unit for e in self._state(self._children.get("", ()), on))

    def namesakes(
        self, name: str, *, kind: str | None = None, on: str | None = None
    ) -> tuple[Unit, ...]:
        """Return all units of the country that bear this very name and kind."""
        if is_later(on):
            return ()
        printed = split_name(name)
        found = self._state(self._by_key.get(name_key(printed.bare), ()), on)
        kinds = _wanted(printed, kind)
        return tuple(e.unit for e in unique(of_kind(found, kinds)))

    def _known(self, unit: Unit | None) -> Entry | None:
        if unit is None or unit.code is None:
            return None
        versions = self._by_code.get(unit.code, ())
        named = [e for e in versions if e.name == unit.name]
        return next(iter(named or versions), None)

    def _match(
        self,
        name: str,
        kind: str | None,
        within: Unit | None,
        on: str | None,
        taken: frozenset[str],
    ) -> UnitMatch:
        printed = split_name(name)
        if not any(c.isalnum() for c in printed.bare):
            return UnitMatch(None, 0.0, "empty")
        if _heads_villages(printed, kind):
            return UnitMatch(None, 0.0, "village")
        if is_later(on):
            return UnitMatch(None, 0.0, "later system")
        kinds = _wanted(printed, kind)
        if within is not None and self._known(within) is not None:
            match = self._match_within(printed, kinds, within, on, taken)
        else:
            match = self._match_anywhere(printed, kinds, on)
        if printed.kind is None and is_village(name) and match.confidence < _SURE:
            return UnitMatch(None, 0.0, "village")
        return match

    def _match_anywhere(
        self, printed: PrintedName, kinds: frozenset[str], on: str | None
    ) -> UnitMatch:
        every = self._by_key.get(name_key(printed.bare), ())
        found = unique(of_kind(self._state(every, on), kinds))
        if len(found) == 1:
            return sure(printed, found[0])
        if found:
            return ambiguous(found)
        former = unique(of_kind(every, kinds))
        if len(former) == 1:
            return UnitMatch(former[0].unit, 0.8, "former unit")
        return ambiguous(former)

    def _match_within(
        self,
        printed: PrintedName,
        kinds: frozenset[str],
        within: Unit,
        on: str | None,
        taken: frozenset[str],
    ) -> UnitMatch:
        area, now = self._area(within.code or "", self._snapshot(on))
        if printed.folded:
            return repair(printed, of_kind(now, kinds))
        key = name_key(printed.bare)
        named = unique(e for e in now if name_key(e.bare) == key)
        fitting = nearest(of_kind(named, kinds), within.code or "")
        if len(fitting) == 1:
            return sure(printed, fitting[0])
        if fitting:
            return ambiguous(fitting)
        former = unique(e for e in of_kind(area, kinds) if name_key(e.bare) == key)
        if len(former) == 1:
            return UnitMatch(former[0].unit, 0.8, "former unit")
        pool = [e for e in of_kind(now, kinds) if e.code not in taken]
        match = repair(printed, pool)
        neighbours = self._neighbours(key, kinds, within, on)
        if match.unit is not None and neighbours:
            # The name is that of a unit nearby: the slip may be in the district.
            return ambiguous([*neighbours, *(e for e in pool if e.unit == match.unit)])
        other = [e for e in named if e.level in _levels(kinds)]
        if len(other) != 1:
            return match
        if match.way == "unknown":
            return UnitMatch(other[0].unit, 0.9, "other kind")
        return ambiguous([*other, *(e for e in pool if e.unit == match.unit)])

    def _neighbours(
        self, key: str, kinds: frozenset[str], within: Unit, on: str | None
    ) -> list[Entry]:
        """Return the units of the same province and kind that bear this very name."""
        province = self.province_of(within)
        named = of_kind(self._state(self._by_key.get(key, ()), on), kinds)
        return [e for e in unique(named) if self.province_of(e.unit) == province]

    def _list_area(
        self, code: str, snapshot: str | None
    ) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """List a unit with all below it, ever and at a date; a commune's district."""
        own = self._by_code.get(code, [])
        if own and own[0].level is Level.COMMUNE:
            parents = {e.parent_code for e in own}
            own = [e for p in sorted(parents) for e in self._by_code.get(p, [])]
        every = list(own)
        for entry in every:
            every.extend(
                e for e in self._children.get(entry.code, ()) if e not in every
            )
        return tuple(every), tuple(e for e in every if _holds(e, snapshot))

    def _snapshot(self, on: str | None) -> str | None:
        """Return the last published state not after a date, else the first one."""
        if on is None:
            return None
        day = on + "-01-01"[len(on) - 4 :] if len(on) < 10 else on
        return max((d for d in self._dates if d <= day), default=self._dates[0])

    def _state(self, entries: Iterable[Entry], on: str | None) -> list[Entry]:
        snapshot = self._snapshot(on)
        return [e for e in entries if _holds(e, snapshot)]


def is_later(on: str | None) -> bool:
    """Whether a date lies in the two-level system, whose codes are others."""
    return on is not None and on >= OLD_SYSTEM_END


def _entry(row: Row) -> Entry:
    kind, name = row["type"], row["name"]
    prefix = "Thành phố" if kind == _CITY else kind
    starts = name.casefold().startswith(prefix.casefold() + " ")
    bare = name[len(prefix) + 1 :] if starts else name
    return Entry(
        _LEVELS[row["level"]],
        row["code"],
        name,
        bare,
        kind,
        row["parent_code"],
        row["first_seen"],
        row["last_seen"],
    )


def _holds(entry: Entry, snapshot: str | None) -> bool:
    return snapshot is None or entry.first_seen <= snapshot <= entry.last_seen


def _heads_villages(printed: PrintedName, kind: str | None) -> bool:
    """Whether the column head says that its rows lie below the commune."""
    if printed.kind is not None or kind is None or kinds_named(kind):
        return False
    return names_village(kind)


def _wanted(printed: PrintedName, kind: str | None) -> frozenset[str]:
    """Return the kinds that are asked for; the label's own kind comes first."""
    kinds = frozenset({printed.kind}) if printed.kind else kinds_named(kind or "")
    return kinds | {_CITY} if kinds & {"Thành phố", "Tỉnh"} else kinds


def _levels(kinds: frozenset[str]) -> frozenset[Level]:
    return frozenset(level for k in kinds for level in KIND_LEVELS.get(k, ()))
