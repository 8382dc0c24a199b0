"""The gazetteer's files as rows: states with their dates, steps, and where all lead."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from parsers.units.gazetteer import NEW_SYSTEM
from warehouse.batch import Row

_State = Mapping[str, str]
_Steps = Mapping[str, Sequence[tuple[str, str, str]]]
"""By key: successor, change, share."""


@lru_cache(maxsize=1)
def unit_rows(states_csv: str, steps_csv: str) -> dict[str, list[Row]]:
    """Return the rows of ``unit``, ``unit_successor`` and ``unit_current``."""
    states = list(csv.DictReader(states_csv.splitlines()))
    steps: list[Row] = []
    ways: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for step in csv.DictReader(steps_csv.splitlines()):
        key = f"{step['code']}@{step['first_seen']}"
        heir = f"{step['successor_code']}@{step['successor_first_seen']}"
        ways[key].append((heir, step["change"], step["share"]))
        steps.append(
            {
                "unit_id": key,
                "successor_id": heir,
                "change": step["change"],
                "share": step["share"],
                "source": step["source"],
            }
        )
    current: list[Row] = [row for s in states for row in _current_rows(s, ways)]
    provinces = {
        str(row["unit_id"])[:2]: str(row["current_id"])[:2]
        for row in current
        if str(row["unit_id"])[2] == "@"
        and not str(row["unit_id"]).endswith(NEW_SYSTEM)
    }
    rows = list(_state_rows(states, provinces))
    return {"unit": rows, "unit_successor": steps, "unit_current": current}


def _current_rows(state: _State, ways: _Steps) -> Iterator[Row]:
    """Yield a row for each unit of today that a unit went to."""
    ends = _ends(state, ways)
    for ordinal, end in enumerate(sorted(ends), 1):
        yield {
            "unit_id": _key(state),
            "current_id": end,
            "ordinal": ordinal,
            "successors": len(ends),
            "is_sure": int(ends[end]),
        }


def _ends(state: _State, ways: _Steps) -> dict[str, bool]:
    """Follow all steps to the end: units of today, and whether the way is sure.

    A district that ended is followed no further than to the communes of its own: the
    district that took it over has others too.
    """
    ends: dict[str, bool] = {}
    todo, seen = [(_key(state), True)], set()
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        key, is_sure = at
        if key.endswith(NEW_SYSTEM):
            ends[key] = ends.get(key, True) and is_sure
        for heir, change, share in ways.get(key, ()):
            if state["level"] != "district" or change == "dissolved":
                todo.append((heir, is_sure and share != "unsure"))
    return ends


def _state_rows(
    states: Sequence[_State], provinces: Mapping[str, str]
) -> Iterator[Row]:
    """Yield a row for each state, with the state of what it lay in when it began."""
    versions: dict[tuple[bool, str], list[_State]] = defaultdict(list)
    for state in sorted(states, key=lambda s: s["first_seen"]):
        versions[_is_new(state), state["code"]].append(state)
    days = sorted({d for s in states for d in (s["first_seen"], s["last_seen"]) if d})
    for state in states:
        is_new = _is_new(state)
        parent = top = _above(state, versions)
        while top is not None and top["parent_code"]:
            top = _above(top, versions)
        province = (top or state)["code"]
        yield {
            "unit_id": _key(state),
            "code": state["code"],
            "system": "2-level" if is_new else "3-level",
            "level": state["level"],
            "name": state["name"],
            "kind": state["type"],
            "parent_id": _key(parent) if parent else None,
            "parent_code": state["parent_code"] or None,
            "province_code": province,
            "current_province_code": province if is_new else provinces.get(province),
            "valid_from": state["first_seen"],
            "valid_to": _valid_to(state, versions[is_new, state["code"]], days),
        }


def _above(
    state: _State, versions: Mapping[tuple[bool, str], Sequence[_State]]
) -> _State | None:
    every = versions.get((_is_new(state), state["parent_code"]), ())
    since = state["first_seen"]
    begun = [v for v in every if v["first_seen"] <= since]
    held = [v for v in begun if not v["last_seen"] or v["last_seen"] >= since]
    found = held or every
    return found[-1] if found else None


def _valid_to(
    state: _State, versions: Sequence[_State], days: Sequence[str]
) -> str | None:
    """Return the day before the next list, or before the unit's own next state."""
    if not state["last_seen"]:
        return None
    next_list = days[bisect_right(days, state["last_seen"])]
    own = (v["first_seen"] for v in versions if v["first_seen"] > state["first_seen"])
    return _day_before(min([next_list, *own]))


@lru_cache(maxsize=256)
def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _is_new(state: _State) -> bool:
    return state["first_seen"] >= NEW_SYSTEM


def _key(state: _State) -> str:
    return f"{state['code']}@{state['first_seen']}"
