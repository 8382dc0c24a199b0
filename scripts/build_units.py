"""Rebuild the gazetteer: parsers/vocabulary/units.csv and unit_successors.csv.

    python scripts/build_units.py OFFICIAL.csv

OFFICIAL.csv holds the official codes as published at several dates from 2019-09-11 to
2025-03-01: level, code, name, type, parent_code, first_seen, last_seen. The two-level
system and what became of each unit come from the data of the package
``vietnamadminunits`` (MIT), which must be installed; none of its code is used, since
that ignores marks ('Cam Thanh' is 'Cam Thành' to it), gives a merged unit its heir's
code without a word, and picks one of several heirs.

What a row of unit_successors.csv rests on stands in its column ``source``:
  official   the code goes on, or the name goes on in the same district
  package    the package alone says so
  both       the package says so, and the new unit keeps the code of one of its parts
A unit that ended and for which no source names an heir has no row. The share is
'whole', 'part', or 'unsure' where one source alone names an heir, or the two differ.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

from parsers.text import fold, nfc
from parsers.units.names import name_key

VOCABULARY = Path(__file__).resolve().parent.parent / "parsers" / "vocabulary"
NEW_SYSTEM = "2025-07-01"
CITY = "Thành phố Trung ương"


@dataclass(frozen=True, order=True)
class State:
    """A unit's name, kind and parent, and the dates they were first and last seen."""

    level: str
    code: str
    name: str
    type: str
    parent_code: str
    first_seen: str
    last_seen: str

    @property
    def bare(self) -> str:
        """The name without its kind, for comparing: y is i, and every mark counts."""
        bare = name_key(self.name.removeprefix(self.type + " "))
        return nfc(normalize("NFD", bare).replace("y", "i"))

    def is_same(self, other: State) -> bool:
        """Whether both are one unit that was listed under two codes for a while."""
        mine, theirs = ((s.type, s.bare, s.parent_code) for s in (self, other))
        return mine == theirs


@dataclass(frozen=True, order=True)
class Step:
    """What one state of a unit became, wholly or in part."""

    code: str
    first_seen: str
    successor_code: str
    successor_first_seen: str
    change: str
    share: str
    source: str


@dataclass(frozen=True)
class Package:
    """The data of vietnamadminunits."""

    old: tuple[dict[str, str], ...]
    new: tuple[dict[str, str], ...]
    converter: dict[str, dict[str, dict[str, list[str] | list[dict[str, str]]]]]

    @classmethod
    def installed(cls) -> Package:
        """Read it where it is installed, without importing it."""
        spec = find_spec("vietnamadminunits")
        if spec is None or spec.origin is None:
            raise SystemExit("Install the package first: pip install vietnamadminunits")
        data = Path(spec.origin).parent / "data"
        with sqlite3.connect(data / "dataset.db") as connection:
            connection.row_factory = sqlite3.Row
            old = connection.execute("SELECT * FROM admin_units_legacy").fetchall()
            new = connection.execute("SELECT * FROM admin_units").fetchall()
        converter = json.loads((data / "converter_2025.json").read_text("utf-8"))
        return cls(
            tuple(dict(row) for row in old), tuple(dict(row) for row in new), converter
        )


class Official:
    """The official states, by code."""

    def __init__(self, states: Sequence[State]) -> None:
        self.states = states
        self.dates = sorted({d for s in states for d in (s.first_seen, s.last_seen)})
        self.versions: dict[tuple[str, str], list[State]] = defaultdict(list)
        for state in sorted(states, key=lambda s: (s.first_seen, s.last_seen)):
            self.versions[state.level, state.code].append(state)
        self.province = {s.code: s.parent_code for s in states if s.level == "district"}

    def after(self, state: State) -> str:
        """Return the date published next after a state was last seen."""
        return min((d for d in self.dates if d > state.last_seen), default=NEW_SYSTEM)


class Builder:
    """Joins both sources into the states of all systems and the steps between."""

    def __init__(self, official: Official, package: Package) -> None:
        self.official = official
        self.package = package
        self.steps: set[Step] = set()
        self.by_code = {row["wardCode"]: row for row in package.old if row["wardCode"]}
        self.new_states = list(_new_states(package))
        self.aliases = _aliases(package)

    def build(self) -> list[Step]:
        """Return what became of every state, as far as the sources tell."""
        self._go_on_under_one_code()
        for state in self._ended_communes():
            self.steps.update(self._heirs(state))
        self._join_districts()
        self._enter_new_system()
        self._dissolve_districts()
        return sorted(self.steps)

    def _ended_communes(self) -> list[State]:
        lasts = [
            v[-1] for (level, _), v in self.official.versions.items()
            if level == "commune"
        ]  # fmt: skip
        # Some lists still name a commune at the very date at which it ended; the
        # package's 10,035 communes, as many as the resolutions say, leave it out.
        return [s for s in lasts if s.code not in self.by_code]

    def _go_on_under_one_code(self) -> None:
        for versions in self.official.versions.values():
            for before, after in pairwise(versions):
                others = self._other_heirs(before, after)
                share = "unsure" if others else "whole"
                self._step(before, after, _change(before, after), share)
                for other in others:
                    self._step(before, other, "split", share, "package")

    def _other_heirs(self, before: State, after: State) -> list[State]:
        """Return other units that the package says took a renamed unit's name over.

        Then the unit was split, though its code went on: phường Trung Tự of Hà Nội
        became part of Phương Liên - Trung Tự, with its code, and part of Kim Liên.
        """
        if before.level != "commune" or before.bare == after.bare:
            return []
        for state in self._ended_communes():
            if (state.bare, state.parent_code) == (before.bare, before.parent_code):
                return []
        codes = self._named_by_alias(before) - {before.code}
        heirs = [self._state_after(before, code) for code in sorted(codes)]
        return [heir for heir in heirs if not heir.is_same(after)]

    def _named_by_alias(self, state: State) -> set[str]:
        """Codes of the same district whose former names include this one."""
        province = self.official.province.get(state.parent_code, "")
        found = self.aliases.get((province, _key(state.name)), set())
        return {
            code
            for code in found
            if any(
                v.parent_code == state.parent_code
                for v in self.official.versions["commune", code]
            )
        }

    def _heirs(self, state: State) -> Iterator[Step]:
        """Yield the steps from a unit that ended to those that took it over."""
        day = self.official.after(state)
        named = {
            s.code
            for s in self.official.states
            if s.level == "commune"
            and s.code != state.code
            and (s.bare, s.parent_code) == (state.bare, state.parent_code)
            and s.last_seen >= day
            and (s.is_same(state) or state.first_seen < s.first_seen <= day)
        }
        heirs = named | self._named_by_alias(state) - {state.code}
        for code in sorted(heirs):
            heir = self._state_after(state, code)
            is_sure = heirs == named == {code}
            yield Step(
                state.code,
                state.first_seen,
                heir.code,
                heir.first_seen,
                "merged" if len(heirs) == 1 else "split",
                "whole" if is_sure else "unsure",
                "official" if code in named else "package",
            )

    def _state_after(self, state: State, code: str) -> State:
        """Return the state that another unit had when this one ended."""
        versions = self.official.versions[state.level, code]
        day = self.official.after(state)
        held = [v for v in versions if v.first_seen <= day <= v.last_seen]
        return held[-1] if held else versions[-1]

    def _step(
        self,
        before: State,
        after: State,
        change: str,
        share: str,
        source: str = "official",
    ) -> None:
        ends = (before.code, before.first_seen, after.code, after.first_seen)
        self.steps.add(Step(*ends, change, share, source))

    def _join_districts(self) -> None:
        """Tell what became of districts that ended, by where their communes went."""
        for (level, _), versions in self.official.versions.items():
            last = versions[-1]
            if level != "district" or last.last_seen == self.official.dates[-1]:
                continue
            went = {
                v.parent_code
                for (of, _), vs in self.official.versions.items()
                if of == "commune" and any(v.parent_code == last.code for v in vs)
                for v in vs[-1:]
            } - {last.code}
            for code in went:
                heir = self._state_after(last, code)
                change = "merged" if len(went) == 1 else "split"
                self._step(last, heir, change, "whole" if len(went) == 1 else "part")

    def _enter_new_system(self) -> None:
        """Tell what each commune and province of the last state became."""
        heirs = _heirs_by_package(self.package)
        sizes = Counter(new for news in heirs.values() for new in news)
        for (level, code), news in heirs.items():
            state = self.official.versions[level, code][-1]
            for new in news:
                whole = len(news) == 1
                merged = sizes[new] > 1
                change = "merged" if merged else "continued"
                self.steps.add(
                    Step(
                        code, state.first_seen, new, NEW_SYSTEM,
                        change if whole else "split", "whole" if whole else "part",
                        "both" if new == code else "package",
                    )
                )  # fmt: skip

    def _dissolve_districts(self) -> None:
        """Tell among which new communes each state of a district was divided."""
        ways = defaultdict(list)
        for step in self.steps:
            ways[step.code, step.first_seen].append(step)
        inside = defaultdict(list)
        for state in self.official.states:
            if state.level == "commune":
                inside[state.parent_code].append(state)
        for district in (s for s in self.official.states if s.level == "district"):
            communes = [
                c for c in inside[district.code]
                if c.first_seen <= district.last_seen
                and c.last_seen >= district.first_seen
            ]  # fmt: skip
            ends = [_ends(c.code, c.first_seen, ways) for c in communes]
            news = set().union(*ends) or _island(district, self.package)
            whole = len(news) == 1 and all(ends)
            for new in news:
                self.steps.add(
                    Step(
                        district.code, district.first_seen, new, NEW_SYSTEM,
                        "dissolved", "whole" if whole else "part", "package",
                    )
                )  # fmt: skip


def _ends(
    code: str, first_seen: str, ways: dict[tuple[str, str], list[Step]]
) -> set[str]:
    """Return the codes of the new system that a commune's ways end in."""
    ends: set[str] = set()
    todo, seen = [(code, first_seen)], set()
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        for step in ways.get(at, ()):
            if step.successor_first_seen == NEW_SYSTEM:
                ends.add(step.successor_code)
            else:
                todo.append((step.successor_code, step.successor_first_seen))
    return ends


def _change(before: State, after: State) -> str:
    if before.type != after.type:
        return "rank"
    return "renamed" if before.name != after.name else "moved"


def _key(text: str) -> str:
    """Return a name as the package writes it in its keys."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _aliases(package: Package) -> dict[tuple[str, str], set[str]]:
    """Return the codes of today by province and former name."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in package.old:
        for alias in json.loads(row["wardAlias"] or "[]"):
            found[row["provinceCode"], alias].add(row["wardCode"])
    return found


def _new_states(package: Package) -> Iterator[State]:
    provinces = {row["provinceCode"]: row["province"] for row in package.new}
    for code, name in provinces.items():
        kind = "Tỉnh" if name.startswith("Tỉnh") else CITY
        yield State("province", code, nfc(name), kind, "", NEW_SYSTEM, "")
    for row in package.new:
        name, kind = nfc(row["ward"]), nfc(row["wardType"])
        parent, code = row["provinceCode"], row["wardCode"]
        yield State("commune", code, name, kind, parent, NEW_SYSTEM, "")


def _heirs_by_package(package: Package) -> dict[tuple[str, str], list[str]]:
    """Return the new codes by level and old code; several where a unit was split."""
    provinces = {row["provinceKey"]: row["provinceCode"] for row in package.new}
    old_provinces = {row["provinceKey"]: row["provinceCode"] for row in package.old}
    new = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in package.new}
    old = {
        "_".join((row["provinceKey"], row["districtKey"], row["wardKey"])): row[
            "wardCode"
        ]
        for row in package.old
        if row["wardCode"]
    }
    heirs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, parts in package.converter["DICT_PROVINCE"].items():
        for part in parts:
            heirs["province", old_provinces[part]].append(provinces[key])
    for province, wards in package.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, parts in wards.items():
            for part in parts:
                if part in old:
                    heirs["commune", old[part]].append(new[province, ward])
    for province, parts in package.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, wards in parts.items():
            heirs["commune", old[part]] += [
                new[province, w["newWardKey"]] for w in wards
            ]
    return heirs


def _island(district: State, package: Package) -> set[str]:
    """Return the new unit of a district without communes: an island's 'đặc khu'."""
    bare = _key(district.name.removeprefix(district.type + " "))
    return {
        row["wardCode"]
        for row in package.new
        if row["wardKey"] == f"dackhu{bare}"
    }  # fmt: skip


def _write(path: Path, kind: type[State] | type[Step], rows: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(kind)])
        writer.writerows(astuple(row) for row in rows)


def main(arguments: Sequence[str]) -> None:
    """Write both files from the official list that is named, and from the package."""
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    with Path(arguments[0]).open(encoding="utf-8", newline="") as file:
        states = [State(**row) for row in csv.DictReader(file, strict=True)]
    builder = Builder(Official(states), Package.installed())
    _write(VOCABULARY / "units.csv", State, [*states, *builder.new_states])
    _write(VOCABULARY / "unit_successors.csv", Step, builder.build())


if __name__ == "__main__":
    main(sys.argv[1:])
