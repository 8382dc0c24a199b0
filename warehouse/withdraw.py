"""Taking back: papers withdrawn, and what papers say of persons purged.

What was done, by whom, when and why stays in tables that are only ever added to.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update

from extractors.errors import UsageError
from warehouse.across import PaperJudge, forget_comparisons, lock_comparison
from warehouse.database import writing
from warehouse.load import compare_anew, lock_paper
from warehouse.models import document, paper, printed_table
from warehouse.papers import find_paper
from warehouse.values import keep_text, now
from warehouse.withdrawal_models import people_purge, person_cell, withdrawal


@dataclass(frozen=True, slots=True)
class Taken:
    """The paper that something was done to. ``cells`` counts what was purged."""

    paper_id: str
    file_name: str
    file_sha256: str
    cells: int = 0


def withdraw_paper(
    engine: Engine,
    said: str,
    *,
    done_by: str,
    why: str,
    judge: PaperJudge | None = None,
) -> Taken:
    """Hide a paper sent in error, and everything from it, from all views.

    It stays hidden when it is sent again; an earlier version is current again. What
    was said of other papers because of it goes.

    Args:
        engine: The warehouse.
        said: A file name, or the key of a document or paper.
        done_by: Who does it.
        why: The reason.
        judge: What judges the papers left beside each other; without it nothing does.

    Raises:
        UsageError: There is no such paper, or it is withdrawn already.
        WarehouseBusyError: A lock or a lost connection: nothing was done.
    """
    return _set_withdrawn(engine, said, 1, _reasons("withdraw", done_by, why), judge)


def undo_withdrawal(
    engine: Engine,
    said: str,
    *,
    done_by: str,
    why: str,
    judge: PaperJudge | None = None,
) -> Taken:
    """Show a withdrawn paper again; the arguments are those of ``withdraw_paper``.

    Raises:
        UsageError: There is no such paper, or it is not withdrawn.
        WarehouseBusyError: A lock or a lost connection: nothing was done.
    """
    return _set_withdrawn(engine, said, 0, _reasons("undo", done_by, why), judge)


def purge_people(engine: Engine, said: str, *, done_by: str, why: str) -> Taken:
    """Delete for good what the tables of a paper say of persons.

    It is not loaded again, not even when the paper is read anew.

    Raises:
        UsageError: There is no such paper.
        WarehouseBusyError: A lock or a lost connection: nothing was done.
    """
    reasons = _reasons("", done_by, why)
    with writing(engine) as connection:
        taken = _take(connection, said)
        tables = (
            select(printed_table.c.table_id)
            .join(document, document.c.document_id == printed_table.c.document_id)
            .where(document.c.paper_id == taken.paper_id)
        )
        gone = connection.execute(
            delete(person_cell).where(person_cell.c.table_id.in_(tables))
        )
        row = {
            "purge_id": _next_key(connection, people_purge, taken.paper_id),
            "paper_id": taken.paper_id,
            "done_by": reasons["done_by"],
            "why": reasons["why"],
            "done_at": reasons["done_at"],
            "cells": gone.rowcount,
        }
        connection.execute(insert(people_purge).values(row))
    return Taken(taken.paper_id, taken.file_name, taken.file_sha256, gone.rowcount)


def _set_withdrawn(
    engine: Engine,
    said: str,
    withdrawn: int,
    reasons: dict[str, str],
    judge: PaperJudge | None,
) -> Taken:
    with writing(engine) as connection:
        taken = _take(connection, said)
        if judge is not None:
            lock_comparison(connection)
        changed = connection.execute(
            update(paper)
            .where(paper.c.paper_id == taken.paper_id)
            .where(paper.c.is_withdrawn == 1 - withdrawn)
            .values(is_withdrawn=withdrawn)
        )
        if not changed.rowcount:
            how = "withdrawn already" if withdrawn else "not withdrawn"
            raise UsageError(
                f"{taken.file_name} is {how}",
                todo="The table 'withdrawal' tells what was done",
            )
        row = {
            "withdrawal_id": _next_key(connection, withdrawal, taken.paper_id),
            "paper_id": taken.paper_id,
            **reasons,
        }
        connection.execute(insert(withdrawal).values(row))
        forget_comparisons(connection, taken.paper_id)
        if judge is not None:
            compare_anew(connection, taken.paper_id, judge)
    return taken


def _take(connection: Connection, said: str) -> Taken:
    """Return the paper meant, held until the transaction ends."""
    row = find_paper(connection, said)
    lock_paper(connection, row["paper_id"])
    return Taken(row["paper_id"], row["file_name"], row["file_sha256"])


def _reasons(action: str, done_by: str, why: str) -> dict[str, str]:
    said = {"done_by": done_by, "why": why}
    for name, words in said.items():
        if not words.strip():
            raise UsageError(f"{name} is empty", todo="Say who does it, and why")
    kept = {name: keep_text(words.strip()) for name, words in said.items()}
    return {"action": action, **kept, "done_at": now()}


def _next_key(connection: Connection, table: Table, paper_id: str) -> str:
    of_paper = table.c.paper_id == paper_id
    query = select(func.count()).select_from(table).where(of_paper)
    number = int(connection.execute(query).scalar() or 0) + 1
    return f"{paper_id}-{table.name[0]}{number}"
