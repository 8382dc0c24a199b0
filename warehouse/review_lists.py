"""Doubts and decisions as lists for people."""

# ruff: noqa: S608  # the SQL is put together from constants of this module alone

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, text

from warehouse.database import reading
from warehouse.papers import find_paper_id


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt as a list shows it."""

    issue_id: str
    file_name: str
    page: int | None
    check_code: str
    severity: str
    status: str
    unit_raw: str | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    printed: str | None
    computed: str | None
    message: str
    message_vi: str


@dataclass(frozen=True, slots=True)
class HeldDecision:
    """A decision as a list shows it; ``undone_at`` is None while it is in force."""

    decision_id: str
    kind: str
    file_name: str | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    page: int | None
    check_code: str | None
    message: str | None
    raw_text: str | None
    old_value: str | None
    new_value: str | None
    done_by: str
    why: str
    done_at: str
    undone_by: str | None
    undone_why: str | None
    undone_at: str | None


def list_doubts(
    engine: Engine, paper: str | None = None, *, every: bool = False
) -> list[Doubt]:
    """Return the open doubts, or every one, of one paper or of all.

    Raises:
        UsageError: There is no such paper, or more than one.
    """
    names = ", ".join(f"i.{name}" for name in Doubt.__slots__)
    ranks = "CASE i.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END"
    sql = (
        f"SELECT {names} FROM v_quality_issue i JOIN document d "
        "ON d.document_id = i.document_id WHERE (:every = 1 OR i.status = 'open') "
        "AND (:paper_id = '' OR d.paper_id = :paper_id) ORDER BY i.file_name, "
        f"d.paper_id, {ranks}, i.page, i.y0, i.x0, i.issue_id"
    )
    with reading(engine) as connection:
        paper_id = find_paper_id(connection, paper) if paper else ""
        given = {"every": int(every), "paper_id": paper_id}
        return [Doubt(*row) for row in connection.execute(text(sql), given)]


def list_decisions(engine: Engine) -> list[HeldDecision]:
    """Return all decisions, the oldest first."""
    names = (
        "p.file_name" if name == "file_name" else f"c.{name}"
        for name in HeldDecision.__slots__
    )
    sql = (
        f"SELECT {', '.join(names)} FROM decision c LEFT JOIN paper p "
        "ON p.file_sha256 = c.file_sha256 ORDER BY c.done_at, c.decision_id"
    )
    with reading(engine) as connection:
        return [HeldDecision(*row) for row in connection.execute(text(sql))]
