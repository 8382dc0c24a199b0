"""Decisions as rows: what people said of doubts and figures, and what is in force.

A decision is a row of its own that nothing overwrites; a withdrawn one stays, with who
withdrew it and why. It holds its doubt or figure by what is printed where, not by a key
of rows, so that it lasts when the same file is read and loaded anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    bindparam,
    insert,
    select,
    update,
)

from extractors.model import BBox
from parsers.corrections import Correction
from parsers.records import IssueStatus
from warehouse import models as m
from warehouse.database import reading
from warehouse.review_models import DecisionKind, decision
from warehouse.values import keep_text, now

_KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Said:
    """Who decides, and why."""

    done_by: str
    why: str


@dataclass(frozen=True, slots=True)
class InForce:
    """The corrections of a paper that are not withdrawn."""

    ids: tuple[str, ...]
    corrections: tuple[Correction, ...]


def corrections_of(engine: Engine, file_sha256: str) -> InForce:
    """Return the corrections in force of the file with these bytes."""
    with reading(engine) as connection:
        rows = in_force(connection, file_sha256, DecisionKind.CORRECTED)
    ids = tuple(row["decision_id"] for row in rows)
    return InForce(ids, tuple(_correction(row) for row in rows))


def correction_ids(connection: Connection, file_sha256: str) -> tuple[str, ...]:
    """Return the keys of the corrections in force of a file."""
    return tuple(connection.execute(_CORRECTIONS, {"sha256": file_sha256}).scalars())


def settle_doubts(connection: Connection, paper_id: str) -> None:
    """Mark the doubts of a paper that people have accepted."""
    query = (
        select(decision.c.doubt_key)
        .join(m.paper, m.paper.c.file_sha256 == decision.c.file_sha256)
        .where(m.paper.c.paper_id == paper_id, _holds(DecisionKind.ACCEPTED))
    )
    accepted = set(connection.execute(query).scalars())
    if not accepted:
        return
    for issue_id, (key, issue) in doubt_keys(connection, paper_id).items():
        if key in accepted and issue["status"] == IssueStatus.OPEN.value:
            set_status(connection, issue_id, IssueStatus.ACCEPTED)


def in_force(
    connection: Connection, file_sha256: str, kind: DecisionKind
) -> Sequence[RowMapping]:
    """Return the decisions of a kind that are in force for a file, the oldest first."""
    query = (
        select(decision)
        .where(decision.c.file_sha256 == file_sha256, _holds(kind))
        .order_by(decision.c.done_at, decision.c.decision_id)
    )
    return connection.execute(query).mappings().all()


def _holds(kind: DecisionKind) -> ColumnElement[bool]:
    return (decision.c.kind == kind.value) & decision.c.undone_at.is_(None)


_CORRECTIONS = select(decision.c.decision_id).where(
    decision.c.file_sha256 == bindparam("sha256"), _holds(DecisionKind.CORRECTED)
)
"""Made once: it is asked for every paper that is loaded."""


def _correction(row: RowMapping) -> Correction:
    return Correction(
        page_no=row["page"],
        box=box_of(row),
        raw_text=row["raw_text"] or "",
        table_no=row["table_no"],
        row_no=row["row_no"],
        col_no=row["col_no"],
        value=Decimal(row["new_value"]),
        done_by=row["done_by"],
        why=row["why"],
    )


def box_of(row: RowMapping) -> BBox | None:
    """Return where a figure is printed."""
    edges = [row[name] for name in ("x0", "y0", "x1", "y1")]
    return None if None in edges else BBox(*edges)


def keep_decision(connection: Connection, row: Mapping[str, Any], said: Said) -> str:
    """Put a decision in; return its key."""
    key = uuid4().hex[:_KEY_LENGTH]
    made = {
        "decision_id": key,
        "done_by": keep_text(said.done_by),
        "why": keep_text(said.why),
        "done_at": now(),
    }
    connection.execute(insert(decision).values({**row, **made}))
    return key


def undo_decision(connection: Connection, decision_id: str, said: Said) -> None:
    """Note that a decision is withdrawn, by whom and why."""
    undone = {
        "undone_by": keep_text(said.done_by),
        "undone_why": keep_text(said.why),
        "undone_at": now(),
    }
    same = decision.c.decision_id == decision_id
    connection.execute(update(decision).where(same).values(undone))


def set_status(connection: Connection, issue_id: str, status: IssueStatus) -> None:
    """Note what became of a doubt."""
    same = m.quality_issue.c.issue_id == issue_id
    connection.execute(update(m.quality_issue).where(same).values(status=status.value))


def doubt_keys(
    connection: Connection, paper_id: str
) -> dict[str, tuple[str, RowMapping]]:
    """Return each doubt of a paper by its issue_id, with the key of what it says.

    That is its check, its place and its figures: a doubt that says another thing after
    the paper was read anew is another doubt, and open.
    """
    issue = m.quality_issue
    query = (
        select(issue, m.document.c.ordinal, m.paper.c.file_sha256)
        .join(m.document, m.document.c.document_id == issue.c.document_id)
        .join(m.paper, m.paper.c.paper_id == m.document.c.paper_id)
        .where(m.document.c.paper_id == paper_id)
        .order_by(issue.c.page, issue.c.y0, issue.c.x0, issue.c.issue_id)
    )
    rows = connection.execute(query).mappings().all()
    return {row["issue_id"]: (key, row) for key, row in _numbered(rows)}


def _numbered(rows: Sequence[RowMapping]) -> Iterator[tuple[str, RowMapping]]:
    """Yield the rows with their keys; of those that say the same each has its own."""
    seen: Counter[str] = Counter()
    for row in rows:
        parts = [row[name] for name in ("ordinal", "check_code", "page")]
        parts += [row[name] for name in ("table_no", "row_no", "col_no")]
        said = [row["printed"], row["computed"]]
        parts += said if any(said) else [row["message"]]
        plain = "\n".join("" if part is None else str(part) for part in parts)
        seen[plain] += 1
        full = f"{plain}\n{seen[plain]}"
        yield sha256(full.encode()).hexdigest(), row
