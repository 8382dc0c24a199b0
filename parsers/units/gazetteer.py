"""The gazetteer: which official unit a printed name means, at the paper's date.

Rows are those of ``vocabulary/units.csv``: the official list as published at 18 dates
from 2019-09-11 to 2025-03-01, with the first and the last date that each state was
seen, and the two-level system that holds from 1 July 2025 on (Resolution
202/2025/QH15), whose codes are others though they look alike. Papers before the first
list take the earliest state and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain

from parsers.records import Unit
from parsers.units.match import OPEN, SURE, Entry, UnitMatch
from parsers.units.names import (
    Level,
    PrintedName,
    is_village,
    kinds_named,
    names_village,
    split_name,
)
from parsers.units.rows import match_together
from parsers.units.unit_list import CITY, UnitList, wanted
from parsers.units.villages import village_unit
from parsers.vocabulary import Row

NEW_SYSTEM = "2025-07-01"
"""The day from which two levels and new codes hold (Resolution 202/2025/QH15)."""

_LEVELS = {
    "province": Level.PROVINCE,
    "district": Level.DISTRICT,
    "commune": Level.COMMUNE,
}
_STILL = "9999-12-31"
"""Stands for the end of what still holds."""
_OF_BOTH_SYSTEMS = frozenset({"Xã", "Phường", "Đặc khu"})


class Gazetteer:
    """All units of both systems; finds by name, kind, parent and date.

    Args:
        rows: Rows with level, code, name, type, parent_code, first_seen, last_seen;
            the last is blank for what still holds.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        entries = [_entry(row) for row in rows]
        old = (e for e in entries if e.first_seen < NEW_SYSTEM)
        new = (e for e in entries if e.first_seen >= NEW_SYSTEM)
        self._old = UnitList(old, has_districts=True)
        self._new = UnitList(new, has_districts=False)
        self._first_date = min((e.first_seen for e in entries), default=NEW_SYSTEM)

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

        A name without a single mark may have lost them: then a twin leaves it open.

        Args:
            name: As printed: 'X. Hà Lan', 'TT Cam Lộ', 'Thọ Sơn'.
            kind: A kind, or the column head that says it: 'Xã, phường'.
            within: The unit that it must lie in, with its code.
            on: ISO date of the paper, to any precision; without one the units are
                those of the three-level system.
        """
        return self._match(kind, within, on, name.isascii(), name, frozenset())

    def match_rows(
        self,
        labels: Sequence[str],
        *,
        kind: str | None = None,
        within: Unit | None = None,
        on: str | None = None,
    ) -> tuple[UnitMatch, ...]:
        """Find what the rows of one table mean, each explaining the others."""
        has_lost_marks = all(label.isascii() for label in labels)

        def area_of(label: str) -> Sequence[Entry]:
            units = self._list_at(on)
            place = units.known(within)
            if place is None:
                return ()
            return units.area_of(place, wanted(split_name(label), kind), on)

        match = partial(self._match, kind, within, on, has_lost_marks)
        return match_together(labels, match, area_of)

    def village(self, label: str, head: str, commune: Unit | None) -> Unit | None:
        """Return the village that a label means, the same from paper to paper.

        Args:
            label: As printed: 'TDP Trai', or 'Trai' under the head 'Tổ dân phố'.
            head: The head of the label's column.
            commune: What it lies in; its key is that of the earliest state known.
        """
        home: Unit | None = None
        for units in (self._old, self._new):
            entry = units.known(commune)
            if entry is not None and entry.level is Level.COMMUNE and home is None:
                first = units.first_state(entry.code)
                home = first.unit if first else None
        return village_unit(label, head, home)

    def province_of(self, unit: Unit | None) -> Unit | None:
        """Return the province that a unit lies in; a province lies in itself."""
        for units in (self._old, self._new):
            entry = units.known(unit)
            if entry is not None:
                province = units.province(entry)
                return province.unit if province is not None else None
        return None

    def parent_of(self, unit: Unit | None) -> Unit | None:
        """Return the unit that a unit lies directly in."""
        for units in (self._old, self._new):
            entry = units.known(unit)
            if entry is not None:
                above = units.parent(entry)
                return above.unit if above is not None else None
        return None

    def provinces(self, on: str | None = None) -> tuple[Unit, ...]:
        """Return all provinces of a date."""
        return self.units_at(on, Level.PROVINCE)

    def units_at(self, on: str | None, level: Level) -> tuple[Unit, ...]:
        """Return all units of a level at a date."""
        return tuple(e.unit for e in self._list_at(on).at(on, level))

    def namesakes(
        self, name: str, *, kind: str | None = None, on: str | None = None
    ) -> tuple[Unit, ...]:
        """Return all units of the country that bear this very name and kind.

        Of the year 2025 without a month they are those of both systems.
        """
        kinds = wanted(split_name(name), kind)
        lists = (self._old, self._new) if is_between(on) else (self._list_at(on),)
        found = chain.from_iterable(u.namesakes(name, kinds, on) for u in lists)
        return tuple(e.unit for e in found)

    def is_in_force(self, unit: Unit | None, on: str | None) -> bool:
        """Whether a unit with its code is of the system that holds at a date."""
        return self._list_at(on).known(unit) is not None

    def _list_at(self, on: str | None) -> UnitList:
        return self._new if is_later(on) else self._old

    def _match(
        self,
        kind: str | None,
        within: Unit | None,
        on: str | None,
        has_lost_marks: bool,
        name: str,
        taken: frozenset[str],
    ) -> UnitMatch:
        printed = split_name(name)
        if not any(c.isalnum() for c in printed.bare):
            return UnitMatch(None, 0.0, "empty")
        if _heads_villages(printed, kind):
            return UnitMatch(None, 0.0, "village")
        match = self._match_dated(name, printed, kind, within, on, taken)
        if has_lost_marks and match.unit is not None and not printed.folded:
            match = self._without_twins(match, name, printed, kind, within, on)
        if printed.kind is None and is_village(name) and match.confidence < SURE:
            return UnitMatch(None, 0.0, "village")
        if (
            match.unit is not None
            and on is not None
            and on < self._first_date[: len(on)]
        ):
            return match.found_by(f"{match.way}, earliest known", match.confidence)
        return match

    def _match_dated(
        self,
        name: str,
        printed: PrintedName,
        kind: str | None,
        within: Unit | None,
        on: str | None,
        taken: frozenset[str],
    ) -> UnitMatch:
        """Match in the system of the date; of 2025 alone in that of the unit above."""
        kinds = wanted(printed, kind)
        old, new = self._old.known(within), self._new.known(within)
        if is_later(on):
            match = self._new.match(name, printed, kinds, new, on, taken)
            return self._former(match, name, printed, kinds)
        if is_between(on) and new is not None:
            return self._new.match(name, printed, kinds, new, None, taken)
        match = self._old.match(name, printed, kinds, old, on, taken)
        if not is_between(on) or old is not None:
            return match
        later = self._new.match(name, printed, kinds, None, None, taken)
        units = [u for m in (match, later) for u in (m.unit, *m.candidates) if u]
        if len(units) < 2:
            return later if match.unit is None else match
        return UnitMatch(None, 0.0, "ambiguous", tuple(units))

    def _former(
        self,
        match: UnitMatch,
        name: str,
        printed: PrintedName,
        kinds: frozenset[str],
    ) -> UnitMatch:
        """Find a district, town or province that is no more, if there was only one.

        Not communes: a slip of a new name may print that of an old one elsewhere.
        """
        if match.unit is not None or match.way not in OPEN or not printed.kind:
            return match
        if kinds & _OF_BOTH_SYSTEMS:
            return match
        former = self._old.match(name, printed, kinds, None, None)
        return former.found_by("former unit", 0.8) if former.unit else match

    def _without_twins(
        self,
        match: UnitMatch,
        name: str,
        printed: PrintedName,
        kind: str | None,
        within: Unit | None,
        on: str | None,
    ) -> UnitMatch:
        """Leave a name without marks open if another unit is it without its marks."""
        if not any(c.isalpha() for c in printed.bare):
            return match
        bare = PrintedName(printed.kind, printed.bare, printed.short, folded=True)
        folded = self._match_dated(name, bare, kind, within, on, frozenset())
        return folded if len(folded.candidates) > 1 else match


def system_of(unit: Unit | None) -> str | None:
    """Return '3-level' or '2-level', or None for a unit that has no key."""
    if unit is None or unit.unit_id is None:
        return None
    since = unit.unit_id.partition("@")[2].partition("/")[0]
    return "2-level" if since >= NEW_SYSTEM else "3-level"


def date_of_units(
    issued_on: str | None, period: tuple[int | None, int | None] | None
) -> str | None:
    """Return the date whose units a paper names: its own, or its first planned year."""
    if issued_on is not None or period is None or period[0] is None:
        return issued_on
    return str(period[0])


def is_later(on: str | None) -> bool:
    """Whether a date lies in the two-level system, whose codes are others."""
    return on is not None and on >= NEW_SYSTEM[: max(len(on), 7)]


def is_between(on: str | None) -> bool:
    """Whether a date may lie in either system: the year of the change alone."""
    return on == NEW_SYSTEM[:4]


def _entry(row: Row) -> Entry:
    kind, name = row["type"], row["name"]
    prefix = "Thành phố" if kind == CITY else kind
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
        row["last_seen"] or _STILL,
    )


def _heads_villages(printed: PrintedName, kind: str | None) -> bool:
    """Whether the column head says that its rows lie below the commune."""
    if printed.kind is not None or kind is None or kinds_named(kind):
        return False
    return names_village(kind)
