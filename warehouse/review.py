"""What people decide: a doubt is accepted, a figure corrected, a decision withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, Engine, RowMapping, func, select

from extractors.errors import UsageError
from parsers.corrections import Correction
from parsers.records import IssueStatus
from warehouse import models as m
from warehouse.database import reading, writing
from warehouse.decisions import (
    Said,
    box_of,
    doubt_keys,
    in_force,
    keep_decision,
    set_status,
    undo_decision,
)
from warehouse.night_models import manifest
from warehouse.papers import find_paper
from warehouse.review_models import DecisionKind, decision
from warehouse.values import exact_digits


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
class Sent:
    """How a paper came to the warehouse, for loading it again."""

    path_name: str
    source: str | None
    received_at: str
    read_options: str
    """What it is read with instead of the usual."""


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
        held = find_paper(connection, paper)
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


def planned_correction(place: Place, value: Decimal, said: Said) -> Correction:
    """Return the correction that would be kept for a figure."""
    figure = place.figure
    return Correction(
        page_no=figure["page"],
        box=box_of(figure),
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
        for held in in_force(connection, place.file_sha256, DecisionKind.CORRECTED):
            if any(held[name] != figure[name] for name in spot):
                continue
            if held["new_value"] == row["new_value"]:
                return str(held["decision_id"])
            row["old_value"] = held["old_value"]
            reason = Said(said.done_by, f"corrected anew: {said.why}")
            undo_decision(connection, held["decision_id"], reason)
        return keep_decision(connection, row, said)


def accept_doubt(engine: Engine, issue_id: str, said: Said) -> Accepted:
    """Keep that a doubt was looked at and is left as it is.

    Raises:
        UsageError: There is no such doubt, or it is settled already.
    """
    with writing(engine) as connection:
        keys = doubt_keys(connection, issue_id.rpartition("-")[0])
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
        made = keep_decision(connection, row, said)
        set_status(connection, issue_id, IssueStatus.ACCEPTED)
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
        undo_decision(connection, decision_id, said)
        if row["kind"] == DecisionKind.ACCEPTED.value:
            paper_id = _paper_id(connection, row["file_sha256"])
            for issue_id, (key, _) in doubt_keys(connection, paper_id).items():
                if key == row["doubt_key"]:
                    set_status(connection, issue_id, IssueStatus.OPEN)
    return Decision(decision_id, DecisionKind(row["kind"]), row["file_sha256"])


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
