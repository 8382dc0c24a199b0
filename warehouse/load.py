"""Loading one paper: one transaction, and the same rows however often it is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePath

from sqlalchemy import (
    Connection,
    Engine,
    Update,
    bindparam,
    delete,
    insert,
    select,
    text,
    update,
)

from extractors.errors import WarehouseBusyError
from parsers.records import Grade, Verdict
from warehouse import models as m
from warehouse.across import (
    PaperJudge,
    compare_papers,
    forget_comparisons,
    lock_comparison,
    units_of,
)
from warehouse.batch import Row
from warehouse.bulk import insert_rows
from warehouse.database import reading, writing
from warehouse.decisions import correction_ids, settle_doubts
from warehouse.keys import paper_key
from warehouse.rows import Rows, build_rows, digest
from warehouse.units_data import keep_villages
from warehouse.units_models import assignment_place
from warehouse.values import iso_time, keep_text, now
from warehouse.withdrawal_models import (
    assignment_deadline,
    people_purge,
    person_cell,
)

# Made once: to make them anew for each paper takes longer than to have them answered.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:paper_id, 0))")
_DIGEST = select(m.paper.c.digest).where(m.paper.c.paper_id == bindparam("paper_id"))
_SENT = select(m.submission).where(m.submission.c.paper_id == bindparam("paper_id"))


class Outcome(StrEnum):
    """What became of a verdict."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class LoadTrace:
    """Where a paper came from and what read it.

    ``path_name`` is how the file is known (as given, or its path within the inbox),
    ``source`` the sender's folder. ``received_at`` is when the file was first seen
    (now, if not said): the newest of several versions of a document is current by it.
    Times have a time zone.
    """

    path_name: str
    source: str | None = None
    byte_size: int | None = None
    modified_at: datetime | None = None
    received_at: datetime | None = None
    reader: str = ""
    code_version: str = ""
    run_id: str | None = None
    corrections: tuple[str, ...] = ()
    """Keys of the corrections by people that the verdict was made with."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What loading did. Nothing was written of figures where it is unchanged."""

    paper_id: str
    outcome: Outcome
    document_ids: tuple[str, ...]
    figures: int
    issues: int


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """What the warehouse holds of a file."""

    paper_id: str
    file_sha256: str
    status: str
    grade: str
    reader: str
    code_version: str
    loaded_at: str


def load_verdict(
    engine: Engine,
    verdict: Verdict,
    trace: LoadTrace,
    judge: PaperJudge | None = None,
) -> LoadResult:
    """Load one paper, in place of whatever was held of the same bytes.

    What the warehouse holds then depends on the verdict alone, not on what was loaded
    before or in which order. Of a quarantined paper only the heads and the doubts are
    held; other versions of the document stay as they are.

    Args:
        engine: The warehouse.
        verdict: What is to be loaded.
        trace: Where it came from, and which corrections it was made with.
        judge: What judges the paper beside others; without it nothing does.

    Raises:
        WarehouseBusyError: A lock, a lost connection, or somebody has corrected the
            paper in the meantime: nothing was loaded, try again.
        WarehouseError: The records cannot be held; nothing was loaded.
    """
    rows = build_rows(verdict)
    paper_id = paper_key(verdict.records.file_sha256)
    mark = digest(rows, verdict.grade, trace.reader, trace.code_version)
    with writing(engine) as connection:
        lock_paper(connection, paper_id)
        _refuse_outdated(connection, verdict, trace)
        known = _held_digest(connection, paper_id)
        is_new = known is None
        if judge is not None and not is_new:
            lock_comparison(connection)
        named = _keep_submission(connection, paper_id, verdict, trace)
        if known == mark:
            connection.execute(_update_paper(paper_id).values(named))
        else:
            units = set() if judge is None or is_new else units_of(connection, paper_id)
            if not is_new:
                _delete_contents(connection, paper_id)
            row = named | _paper_row(verdict, trace, mark)
            _put_paper(connection, paper_id, row, is_new=is_new)
            _put_contents(connection, paper_id, rows)
            if judge is not None and is_new:
                # Nobody sees a new paper before: until here others may load as well.
                lock_comparison(connection)
            if "figure" in rows:
                keep_villages(connection, verdict.records)
            if "quality_issue" in rows:
                settle_doubts(connection, paper_id)
            if judge is not None:
                compare_anew(connection, paper_id, judge, units)
    return _result(paper_id, verdict, rows, unchanged=known == mark)


def find_paper(engine: Engine, file_sha256: str) -> KnownPaper | None:
    """Return what is held of the file with these bytes, or None.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    columns = (m.paper.c[name] for name in KnownPaper.__slots__)
    query = select(*columns).where(m.paper.c.file_sha256 == file_sha256)
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else KnownPaper(*row)


def _result(
    paper_id: str, verdict: Verdict, rows: Rows, *, unchanged: bool
) -> LoadResult:
    if verdict.grade is Grade.QUARANTINED:
        outcome = Outcome.QUARANTINED
    else:
        outcome = Outcome.UNCHANGED if unchanged else Outcome.LOADED
    return LoadResult(
        paper_id=paper_id,
        outcome=outcome,
        document_ids=tuple(str(row["document_id"]) for row in rows.get("document", ())),
        figures=len(rows.get("figure", ())),
        issues=len(rows.get("quality_issue", ())),
    )


def _refuse_outdated(
    connection: Connection, verdict: Verdict, trace: LoadTrace
) -> None:
    """Raise if the verdict knows other corrections than those in force."""
    in_force = correction_ids(connection, verdict.records.file_sha256)
    if set(in_force) != set(trace.corrections):
        raise WarehouseBusyError(
            "somebody has corrected the paper in the meantime",
            todo="It is tried again by itself; if not, ingest the paper once more",
            file=verdict.records.file_name,
        )


def compare_anew(
    connection: Connection,
    paper_id: str,
    judge: PaperJudge,
    units: Collection[str] = (),
) -> None:
    """Judge a paper beside others, by the units that it has now and those given."""
    known = units_of(connection, paper_id).union(units)
    for each in compare_papers(connection, known, judge):
        settle_doubts(connection, each)


def lock_paper(connection: Connection, paper_id: str) -> None:
    """Let no other transaction write to the paper until this one ends."""
    # SQLite has one writer at a time anyway.
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"paper_id": paper_id})


def _put_contents(connection: Connection, paper_id: str, rows: Rows) -> None:
    """Put in the rows by table; what was purged of a paper does not come back."""
    for table, table_rows in rows.items():
        if table != "person_cell" or not _is_purged(connection, paper_id):
            insert_rows(connection, table, table_rows)


def _is_purged(connection: Connection, paper_id: str) -> bool:
    query = select(people_purge.c.purge_id).where(people_purge.c.paper_id == paper_id)
    return connection.execute(query).first() is not None


def _held_digest(connection: Connection, paper_id: str) -> str | None:
    return connection.execute(_DIGEST, {"paper_id": paper_id}).scalar()


def _keep_submission(
    connection: Connection, paper_id: str, verdict: Verdict, trace: LoadTrace
) -> Row:
    """Note that this sender sent it under this path; the first time seen stays.

    Returns:
        What the paper is called after its submissions, whichever of them came first.
    """
    path_name = keep_text(trace.path_name)
    source = None if trace.source is None else keep_text(trace.source)
    said = f"{source or ''}\n{path_name}".encode()
    key = f"{paper_id}-s{sha256(said).hexdigest()[:12]}"
    received_at = now() if trace.received_at is None else iso_time(trace.received_at)
    row: Row = {
        "submission_id": key,
        "paper_id": paper_id,
        "source": source,
        "path_name": path_name,
        "file_name": keep_text(PurePath(verdict.records.file_name).name),
        "modified_at": iso_time(trace.modified_at) if trace.modified_at else None,
        "received_at": received_at,
        "run_id": trace.run_id,
    }
    sent = _submissions(connection, paper_id)
    before = sent.get(key)
    if before is None:
        sent[key] = row
        connection.execute(insert(m.submission), row)
    elif received_at < str(before["received_at"]):
        before["received_at"] = received_at
        same = m.submission.c.submission_id == key
        connection.execute(
            update(m.submission).where(same).values(received_at=received_at)
        )
    return _named_after(sent.values())


def _submissions(connection: Connection, paper_id: str) -> dict[str, Row]:
    rows = connection.execute(_SENT, {"paper_id": paper_id}).mappings()
    return {row["submission_id"]: dict(row) for row in rows}


def _named_after(sent: Collection[Row]) -> Row:
    # In Python, because databases order text by different rules.
    first = min(sent, key=lambda row: (str(row["file_name"]), str(row["source"] or "")))
    return {
        "file_name": first["file_name"],
        "source": first["source"],
        "received_at": min(str(row["received_at"]) for row in sent),
    }


def _paper_row(verdict: Verdict, trace: LoadTrace, mark: str) -> Row:
    records = verdict.records
    quarantined = verdict.grade is Grade.QUARANTINED
    return {
        "file_sha256": records.file_sha256,
        "byte_size": trace.byte_size,
        "page_count": int(records.page_count),
        "text_source": records.text_source.value,
        "status": "quarantined" if quarantined else "loaded",
        "grade": verdict.grade.value,
        "reader": trace.reader,
        "code_version": trace.code_version,
        "loaded_at": now(),
        "run_id": trace.run_id,
        "digest": mark,
    }


def _put_paper(
    connection: Connection, paper_id: str, row: Row, *, is_new: bool
) -> None:
    if is_new:
        connection.execute(insert(m.paper), {"paper_id": paper_id, **row})
    else:
        connection.execute(_update_paper(paper_id).values(row))


def _update_paper(paper_id: str) -> Update:
    return update(m.paper).where(m.paper.c.paper_id == paper_id)


def _delete_contents(connection: Connection, paper_id: str) -> None:
    """Take away all that is held of the paper, but not the paper itself."""
    forget_comparisons(connection, paper_id)
    documents = select(m.document.c.document_id).where(
        m.document.c.paper_id == paper_id
    )
    tables = select(m.printed_table.c.table_id).where(
        m.printed_table.c.document_id.in_(documents)
    )
    tasks = select(m.assignment.c.assignment_id).where(
        m.assignment.c.document_id.in_(documents)
    )
    issues = select(m.quality_issue.c.issue_id).where(
        m.quality_issue.c.document_id.in_(documents)
    )
    connection.execute(
        delete(m.issue_suspect).where(m.issue_suspect.c.issue_id.in_(issues))
    )
    due = assignment_deadline
    for named in (due, assignment_place):
        connection.execute(delete(named).where(named.c.assignment_id.in_(tasks)))
    for table in (person_cell, m.table_cell, m.table_row, m.table_column):
        connection.execute(delete(table).where(table.c.table_id.in_(tables)))
    for table in (
        *(m.quality_issue, m.figure, m.assignment, m.legal_basis, m.recipient),
        *(m.annex, m.annex_mention, m.printed_table),
    ):
        connection.execute(delete(table).where(table.c.document_id.in_(documents)))
    for table in (m.document, m.suite_result):
        connection.execute(delete(table).where(table.c.paper_id == paper_id))
