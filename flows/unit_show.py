"""How a search for a unit looks on the terminal, in a pipe and to programs."""

from __future__ import annotations

import sys

from flows.show import plain_table, to_json, write
from flows.unit_search import FoundUnit, UnitSearch

_COLUMNS = ("code", "name", "lies in", "province", "system")


def show_search(search: UnitSearch, *, as_json: bool) -> None:
    """Write the unit, or what the name may mean, and how it was found."""
    if as_json:
        sys.stdout.write(to_json(search))
        return
    units = [search.unit] if search.unit else list(search.candidates)
    if units:
        write(plain_table(_COLUMNS, [_row(unit) for unit in units]), "")
    sure = f", confidence {search.confidence:g}" if search.unit else ""
    write(f"{search.way}{sure}")


def _row(unit: FoundUnit) -> tuple[str | None, ...]:
    return (unit.code, unit.name, unit.parent, unit.province, unit.system)
