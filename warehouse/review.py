"""What people decide: a doubt is accepted, a figure corrected, a decision withdrawn.

A decision is a row of its own that nothing overwrites; a withdrawn one stays, with who
withdrew it and why. It holds its doubt or figure by what is printed where, not by a key
of rows, so that it lasts when the same file is read and loaded anew.
"""

# ruff: noqa: S608  # the SQL is put together from constants of this module alone

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    func,
    insert,
    select,
    text,
    update,
)

from extractors.errors import UsageError
from extractors.model import BBox
from parsers.corrections import Correction
from parsers.records import IssueStatus
from warehouse import models as m
from warehouse.database import reading, writing
from warehouse.night_models import manifest
from warehouse.review_models import DecisionKind, decision
from warehouse.values import exact_digits, keep_text, now

_KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Said:
    """Who decides, and why."""

    done_by: str
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """A figure as it is held now: which paper, where, and what it says."""

    paper_id: str
    file_sha256: str
    file_name: str
    figure: RowMapping


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is held."""

    decision_id: str
    kind: DecisionKind
    file_sha256: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A doubt that was accepted, with the decision's key."""

    decision_id: str
    issue_id: str
    message: str


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


@dataclass(frozen=True, slots=True)
class Sent:
    """How a paper came to the warehouse, for loading it again."""

    path_name: str
    source: str | None
    received_at: str
    read_options: str
    """What it is read with instead of the usual."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The corrections of a paper that are not withdrawn."""

    ids: tuple[str, ...]
    corrections: tuple[Correction, ...]


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
        paper_id = _find_paper(connection, paper)["paper_id"] if paper else ""
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


def first_sent(engine: Engine, file_sha256: str) -> Sent:
    """Return how the file with these bytes first came.

    Raises:
        UsageError: The warehouse does not hold it.
    """
    s = m.submission.c
    query = (
        select(s.path_name, s.source, s.received_at)
        .join(m.paper, m.paper.c.paper_id == s.paper_id)
        .where(m.paper.c.file_sha256 == file_sha256)
        .order_by(s.received_at, s.submission_id)
    )
    asked = select(func.max(manifest.c.read_options)).where(
        manifest.c.file_sha256 == file_sha256
    )
    with reading(engine) as connection:
        row = connection.execute(query).first()
        options = connection.execute(asked).scalar() or ""
    if row is None:
        raise UsageError(
            f"the warehouse holds no paper {file_sha256}",
            todo="Ingest it; the decision is in force then",
        )
    return Sent(*row, read_options=options)


def find_place(
    engine: Engine,
    paper: str,
    cell: tuple[int, int, int] | None = None,
    figure_id: str | None = None,
) -> Place:
    """Return the figure in a cell (table, row, column), or with a key, of a paper.

    Args:
        engine: The warehouse.
        paper: A file name, or the key of a document or paper.
        cell: The place in a table.
        figure_id: The figure's key; the way to one in a sentence.

    Raises:
        UsageError: There is no such paper or figure, or more than one.
    """
    with reading(engine) as connection:
        held = _find_paper(connection, paper)
        figures = _figures(connection, held["paper_id"], cell, figure_id)
    where = figure_id or "table {}, row {}, column {}".format(*(cell or ("?",) * 3))
    if len(figures) != 1:
        found = "no figure" if not figures else f"{len(figures)} figures"
        keys = ", ".join(str(figure["figure_id"]) for figure in figures)
        raise UsageError(
            f"{paper} has {found} at {where}",
            todo=f"Name one with --figure: {keys}"
            if figures
            else "'sohoa read --explain' and v_observation tell the places",
        )
    return Place(held["paper_id"], held["file_sha256"], held["file_name"], figures[0])


def corrections_of(engine: Engine, file_sha256: str) -> InForce:
    """Return the corrections in force of the file with these bytes."""
    with reading(engine) as connection:
        rows = _in_force(connection, file_sha256, DecisionKind.CORRECTED)
    ids = tuple(row["decision_id"] for row in rows)
    return InForce(ids, tuple(_correction(row) for row in rows))


def planned_correction(place: Place, value: Decimal, said: Said) -> Correction:
    """Return the correction that would be kept for a figure."""
    figure = place.figure
    return Correction(
        page_no=figure["page"],
        box=_box(figure),
        raw_text=figure["raw_text"] or "",
        table_no=figure["table_no"],
        row_no=figure["row_no"],
        col_no=figure["col_no"],
        value=value,
        done_by=said.done_by,
        why=said.why,
    )


def keep_correction(engine: Engine, place: Place, value: Decimal, said: Said) -> str:
    """Keep a correction; one of the same place before is withdrawn by it.

    Returns:
        The decision's key; the old one's where the very same is in force already.
    """
    figure = place.figure
    spot = ("table_no", "row_no", "col_no", "page", "x0", "y0", "x1", "y1", "raw_text")
    row = {name: figure[name] for name in spot} | {
        "kind": DecisionKind.CORRECTED.value,
        "file_sha256": place.file_sha256,
        "old_value": figure["value_exact"],
        "new_value": exact_digits(value),
        "message": f"{figure['unit_raw'] or figure['statement'] or ''}: "
        f"{figure['indicator_label']}",
    }
    with writing(engine) as connection:
        for held in _in_force(connection, place.file_sha256, DecisionKind.CORRECTED):
            if any(held[name] != figure[name] for name in spot):
                continue
            if held["new_value"] == row["new_value"]:
                return str(held["decision_id"])
            row["old_value"] = held["old_value"]
            reason = Said(said.done_by, f"corrected anew: {said.why}")
            _undo(connection, held["decision_id"], reason)
        return _keep(connection, row, said)


def accept_doubt(engine: Engine, issue_id: str, said: Said) -> Accepted:
    """Keep that a doubt was looked at and is left as it is.

    Raises:
        UsageError: There is no such doubt, or it is settled already.
    """
    with writing(engine) as connection:
        keys = _doubt_keys(connection, issue_id.rpartition("-")[0])
        if issue_id not in keys:
            raise UsageError(
                f"there is no doubt {issue_id}",
                todo="'sohoa review list' shows the doubts and their keys",
            )
        key, issue = keys[issue_id]
        if issue["status"] != IssueStatus.OPEN.value:
            raise UsageError(
                f"the doubt {issue_id} is {issue['status']} already",
                todo="'sohoa review list' shows those that are open",
            )
        spot = ("table_no", "row_no", "col_no", "page", "x0", "y0", "x1", "y1")
        row = {name: issue[name] for name in (*spot, "check_code", "message")} | {
            "kind": DecisionKind.ACCEPTED.value,
            "file_sha256": issue["file_sha256"],
            "doubt_key": key,
        }
        made = _keep(connection, row, said)
        _set_status(connection, issue_id, IssueStatus.ACCEPTED)
    return Accepted(made, issue_id, issue["message"])


def withdraw_decision(engine: Engine, decision_id: str, said: Said) -> Decision:
    """Withdraw a decision; a doubt that it accepted is open again.

    Raises:
        UsageError: There is no such decision in force.
    """
    with writing(engine) as connection:
        query = select(decision).where(decision.c.decision_id == decision_id)
        row = connection.execute(query).mappings().one_or_none()
        if row is None or row["undone_at"] is not None:
            raise UsageError(
                f"there is no decision {decision_id} in force",
                todo="'sohoa review list --decisions' shows them",
            )
        _undo(connection, decision_id, said)
        if row["kind"] == DecisionKind.ACCEPTED.value:
            paper_id = _paper_id(connection, row["file_sha256"])
            for issue_id, (key, _) in _doubt_keys(connection, paper_id).items():
                if key == row["doubt_key"]:
                    _set_status(connection, issue_id, IssueStatus.OPEN)
    return Decision(decision_id, DecisionKind(row["kind"]), row["file_sha256"])


def settle_doubts(connection: Connection, paper_id: str) -> None:
    """Mark the doubts of a paper that people have accepted."""
    query = select(m.paper.c.file_sha256).where(m.paper.c.paper_id == paper_id)
    file_sha256 = connection.execute(query).scalar() or ""
    accepted = {
        row["doubt_key"]
        for row in _in_force(connection, file_sha256, DecisionKind.ACCEPTED)
    }
    if not accepted:
        return
    for issue_id, (key, issue) in _doubt_keys(connection, paper_id).items():
        if key in accepted and issue["status"] == IssueStatus.OPEN.value:
            _set_status(connection, issue_id, IssueStatus.ACCEPTED)


def correction_ids(connection: Connection, file_sha256: str) -> tuple[str, ...]:
    """Return the keys of the corrections in force of a file."""
    rows = _in_force(connection, file_sha256, DecisionKind.CORRECTED)
    return tuple(row["decision_id"] for row in rows)


# --- what is held ---------------------------------------------------------------------


def _find_paper(connection: Connection, name: str) -> RowMapping:
    """Return the one paper of a name or key; of several versions the newest."""
    p, d = m.paper.c, m.document.c
    by_document = select(d.paper_id).where(d.document_id == name)
    papers = (
        select(p.paper_id, p.file_sha256, p.file_name)
        .where(
            (p.file_name == keep_text(name))
            | (p.paper_id == name)
            | p.paper_id.in_(by_document)
        )
        .order_by(p.paper_id)
    )
    found = connection.execute(papers).mappings().all()
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"the warehouse holds no paper {name}",
            todo="Name a file as 'sohoa status' shows it, or a document_id",
        )
    keys = ", ".join(str(row["paper_id"]) for row in found)
    raise UsageError(
        f"{len(found)} papers are called {name}", todo=f"Name one by its key: {keys}"
    )


def _figures(
    connection: Connection,
    paper_id: str,
    cell: tuple[int, int, int] | None,
    figure_id: str | None,
) -> Sequence[RowMapping]:
    f = m.figure.c
    documents = select(m.document.c.document_id).where(
        m.document.c.paper_id == paper_id
    )
    query = select(m.figure).where(f.document_id.in_(documents))
    if figure_id is not None:
        query = query.where(f.figure_id == figure_id)
    else:
        table_no, row_no, col_no = cell or (None, None, None)
        query = query.where(
            f.table_no == table_no, f.row_no == row_no, f.col_no == col_no
        )
    return connection.execute(query.order_by(f.figure_id)).mappings().all()


def _paper_id(connection: Connection, file_sha256: str) -> str:
    query = select(m.paper.c.paper_id).where(m.paper.c.file_sha256 == file_sha256)
    return str(connection.execute(query).scalar() or "")


def _in_force(
    connection: Connection, file_sha256: str, kind: DecisionKind
) -> Sequence[RowMapping]:
    query = (
        select(decision)
        .where(
            decision.c.file_sha256 == file_sha256,
            decision.c.kind == kind.value,
            decision.c.undone_at.is_(None),
        )
        .order_by(decision.c.done_at, decision.c.decision_id)
    )
    return connection.execute(query).mappings().all()


def _correction(row: RowMapping) -> Correction:
    return Correction(
        page_no=row["page"],
        box=_box(row),
        raw_text=row["raw_text"] or "",
        table_no=row["table_no"],
        row_no=row["row_no"],
        col_no=row["col_no"],
        value=Decimal(row["new_value"]),
        done_by=row["done_by"],
        why=row["why"],
    )


def _box(row: RowMapping) -> BBox | None:
    edges = [row[name] for name in ("x0", "y0", "x1", "y1")]
    return None if None in edges else BBox(*edges)


# --- writing --------------------------------------------------------------------------


def _keep(connection: Connection, row: Mapping[str, Any], said: Said) -> str:
    key = uuid4().hex[:_KEY_LENGTH]
    made = {
        "decision_id": key,
        "done_by": keep_text(said.done_by),
        "why": keep_text(said.why),
        "done_at": now(),
    }
    connection.execute(insert(decision).values({**row, **made}))
    return key


def _undo(connection: Connection, decision_id: str, said: Said) -> None:
    undone = {
        "undone_by": keep_text(said.done_by),
        "undone_why": keep_text(said.why),
        "undone_at": now(),
    }
    same = decision.c.decision_id == decision_id
    connection.execute(update(decision).where(same).values(undone))


def _set_status(connection: Connection, issue_id: str, status: IssueStatus) -> None:
    same = m.quality_issue.c.issue_id == issue_id
    connection.execute(update(m.quality_issue).where(same).values(status=status.value))


def _doubt_keys(
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
