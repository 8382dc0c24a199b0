"""Tables of the gazetteer: the states of all units, what became of them, and places."""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Table

from warehouse.columns import key, metadata, number_key, ref, text, texts, wholes

unit = Table(
    "unit",
    metadata,
    key("unit_id"),
    text("code"),
    *texts("system", "level", "name", "kind", null=False),
    *texts("parent_id", "parent_code", "province_code", "current_province_code"),
    text("valid_from", null=False),
    text("valid_to"),
    Index(None, "code"),
    Index(None, "parent_id"),
)

unit_successor = Table(
    "unit_successor",
    metadata,
    ref("unit_id", "unit.unit_id", key=True),
    ref("successor_id", "unit.unit_id", key=True),
    *texts("change", "share", "source", null=False),
    Index(None, "successor_id"),
)

unit_current = Table(
    "unit_current",
    metadata,
    ref("unit_id", "unit.unit_id", key=True),
    ref("current_id", "unit.unit_id", key=True),
    *wholes("ordinal", "successors", "is_sure", null=False),
)

assignment_place = Table(
    "assignment_place",
    metadata,
    ref("assignment_id", "assignment.assignment_id", key=True),
    number_key("ordinal"),
    *texts("printed", "unit_name", null=False),
    *texts("unit_kind", "unit_code", "unit_id", "unit_system", "unit_way"),
    Column("unit_confidence", Double),
    Index(None, "unit_id"),
)
