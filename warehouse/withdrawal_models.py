"""Tables of what people decide of papers, of their deadlines, and of people in them.

``person_cell`` alone holds what a printed table says of persons: names, identity
numbers. In ``table_cell`` the text of such a cell is blank. So whoever may read every
other table, an export or a reading role, meets no person.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from warehouse.columns import key, metadata, number_key, ref, text, texts, whole

withdrawal = Table(
    "withdrawal",
    metadata,
    key("withdrawal_id"),
    ref("paper_id", "paper.paper_id"),
    *texts("action", "done_by", "why", "done_at", null=False),
    Index(None, "paper_id"),
)

people_purge = Table(
    "people_purge",
    metadata,
    key("purge_id"),
    ref("paper_id", "paper.paper_id"),
    *texts("done_by", "why", "done_at", null=False),
    whole("cells", null=False),
    Index(None, "paper_id"),
)

person_cell = Table(
    "person_cell",
    metadata,
    ref("table_id", "printed_table.table_id", key=True),
    number_key("cell_no"),
    text("text", null=False),
    text("raw_text"),
)

assignment_deadline = Table(
    "assignment_deadline",
    metadata,
    ref("assignment_id", "assignment.assignment_id", key=True),
    number_key("ordinal"),
    text("deadline", null=False),
    text("due_on"),
    Column("is_year_printed", Integer, nullable=False),
    Index(None, "due_on"),
)

expected_submission = Table(
    "expected_submission",
    metadata,
    number_key("expected_no"),
    *texts("source", "unit_code", "unit_name"),
    text("kind", null=False),
    whole("year", null=False),
)
