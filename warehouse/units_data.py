"""The gazetteer's data: from the CSV files of the parsers into the warehouse.

They are put in when a warehouse is opened whose data are others, in place of what was
there. Villages are no part of the files: they come with the papers that name them, and
stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import Connection, delete, select, text

from parsers.records import Records, Unit
from parsers.text import squeeze
from parsers.units.villages import split_village
from warehouse.batch import Batch, by_column
from warehouse.bulk import insert_rows
from warehouse.models import warehouse_info
from warehouse.units_models import unit, unit_current, unit_successor
from warehouse.units_rows import unit_rows

_INFO = "units"
_FILES = ("units.csv", "unit_successors.csv")
_VILLAGE = "village"


def are_units_current(connection: Connection) -> bool:
    """Whether the warehouse holds the units of this version."""
    query = select(warehouse_info.c.value).where(warehouse_info.c.name == _INFO)
    return connection.execute(query).scalar() == _fingerprint()


def refresh_units(connection: Connection) -> None:
    """Put in the units of this version; villages stay."""
    connection.execute(delete(unit_current))
    connection.execute(delete(unit_successor))
    connection.execute(delete(unit).where(unit.c.level != _VILLAGE))
    for table, rows in unit_rows(*(_read(name) for name in _FILES)).items():
        insert_rows(connection, table, Batch.of(by_column(rows)))
    connection.execute(delete(warehouse_info).where(warehouse_info.c.name == _INFO))
    connection.execute(warehouse_info.insert().values(name=_INFO, value=_fingerprint()))


def keep_villages(connection: Connection, records: Records) -> None:
    """Make units of the villages that a paper names, where they are not known yet."""
    named = (
        *(figure.unit for figure in records.figures),
        *(place for task in records.assignments for place in task.places),
    )
    rows = _village_rows(named)
    if rows:
        connection.execute(
            text(
                "INSERT INTO unit (unit_id, system, level, name, kind, parent_id, "
                "parent_code, province_code, current_province_code, valid_from) "
                "SELECT :unit_id, p.system, 'village', :name, :kind, p.unit_id, "
                "p.code, p.province_code, p.current_province_code, p.valid_from "
                "FROM unit p WHERE p.unit_id = :parent_id "
                "ON CONFLICT (unit_id) DO NOTHING"
            ),
            rows,
        )


def _village_rows(named: Iterable[Unit | None]) -> list[dict[str, str]]:
    """Return one row for each village, by key, whatever the order they stand in."""
    rows: dict[str, dict[str, str]] = {}
    for village in named:
        commune, _, rest = ((village and village.unit_id) or "").partition("/")
        if village is None or not rest:
            continue
        key, name = village.unit_id or "", _official_name(village)
        kind = village.kind or ""
        row = {"unit_id": key, "name": name, "kind": kind, "parent_id": commune}
        if key not in rows or name < rows[key]["name"]:
            rows[key] = row
    # In one order, so that two papers loaded at once cannot wait for each other.
    return [rows[key] for key in sorted(rows)]


def _official_name(village: Unit) -> str:
    """Return a village's name with its kind in full, and not in capitals."""
    bare, kind = split_village(village.name)
    bare = bare.title() if bare.isupper() and len(bare) > 1 else bare
    return squeeze(f"{kind or village.kind or ''} {bare}")


def _read(name: str) -> str:
    return files("parsers").joinpath("vocabulary", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    words = "\n".join(_read(name) for name in _FILES)
    return hashlib.sha256(words.encode()).hexdigest()
