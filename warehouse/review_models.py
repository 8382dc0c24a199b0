"""The table of what people decide about doubts and figures."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Index, Table

from warehouse.columns import box, code, key, metadata, texts, wholes


class DecisionKind(StrEnum):
    """What a person decided."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"


# Not tied to the rows of its paper: these are made anew whenever the paper is loaded.
decision = Table(
    "decision",
    metadata,
    key("decision_id"),
    *texts("kind", "file_sha256", null=False),
    *wholes("table_no", "row_no", "col_no"),
    *box(),
    *texts("raw_text", "check_code", "doubt_key", "message"),
    *texts("old_value", "new_value"),
    *texts("done_by", "why", "done_at", null=False),
    *texts("undone_by", "undone_why", "undone_at"),
    code("kind", DecisionKind),
    Index(None, "file_sha256"),
)
