"""What an engineer asks: how each file stands, and which words are missing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import Engine, Subquery, Table, case, func, or_, select

from extractors.errors import UsageError
from warehouse.database import reading
from warehouse.models import document, figure, paper, quality_issue, run, run_item
from warehouse.runs import DRY_RUN, ItemStatus, Stage
from warehouse.values import iso_time


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """How one file stands: its last stage, and what the warehouse holds of it.

    ``grade`` and the counts are None where nothing of it is in the warehouse.
    """

    path_name: str
    file_name: str
    source: str | None
    file_sha256: str | None
    stage: str
    status: str
    reason: str | None
    todo: str | None
    attempts: int
    seconds: float | None
    recorded_at: str
    run_id: str
    grade: str | None
    documents: int | None
    figures: int | None
    issues: int | None
    is_withdrawn: int | None


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A printed label that no vocabulary row knows, and where it stands first."""

    label: str
    uom: str
    times: int
    file_name: str
    page: int | None


def paper_status(engine: Engine, run_id: str | None = None) -> tuple[PaperStatus, ...]:
    """Return how each file stands, one row a path, in the order of the paths.

    Args:
        engine: The warehouse.
        run_id: Look at this run alone; else at the latest word on each file.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    latest = _latest_items(run_id)
    counted = _counts()
    query = select(
        *(latest.c[name] for name in _ITEM_COLUMNS),
        *(counted.c[name] for name in _HELD_COLUMNS),
    ).outerjoin(counted, counted.c.file_sha256 == latest.c.file_sha256)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    # Sorted here, because databases order text by different rules.
    return tuple(sorted((PaperStatus(*row) for row in rows), key=lambda s: s.path_name))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which papers; each part that is given narrows the choice."""

    failed: bool = False
    document: str | None = None
    """A document_id or paper_id."""
    sender: str | None = None
    since: datetime | None = None


_FAILED = frozenset({ItemStatus.FAILED, ItemStatus.QUARANTINED, ItemStatus.RUNNING})


def choose_papers(engine: Engine, choice: Choice) -> list[PaperStatus]:
    """Return how the chosen papers stand, in the order of their paths.

    Raises:
        UsageError: There is no such document.
        WarehouseBusyError: A lock or a lost connection.
    """
    sha256 = _file_of_document(engine, choice.document) if choice.document else None
    since = iso_time(choice.since) if choice.since else ""
    return [
        row
        for row in paper_status(engine)
        if (not choice.failed or has_failed(row))
        and (sha256 is None or row.file_sha256 == sha256)
        and (choice.sender is None or row.source == choice.sender)
        and row.recorded_at >= since
    ]


def has_failed(row: PaperStatus) -> bool:
    """Whether a paper came to no good end, that of a killed run included."""
    unfinished = row.status == ItemStatus.DONE and row.stage != Stage.LOAD
    return row.status in _FAILED or unfinished


def _file_of_document(engine: Engine, document_id: str) -> str:
    """Return the hash of the file that a document, or a paper, is in.

    Raises:
        UsageError: There is no such document.
        WarehouseBusyError: A lock or a lost connection.
    """
    query = (
        select(paper.c.file_sha256)
        .outerjoin(document, document.c.paper_id == paper.c.paper_id)
        .where(
            or_(document.c.document_id == document_id, paper.c.paper_id == document_id)
        )
    )
    with reading(engine) as connection:
        found = connection.execute(query).first()
    if found is None:
        raise UsageError(
            f"There is no document {document_id}",
            todo='sohoa sql "select document_id, file_name from v_document" lists all.',
        )
    return str(found[0])


def unknown_labels(engine: Engine) -> tuple[UnknownLabel, ...]:
    """Return the labels of figures whose indicator is 'other', most frequent first.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    query = (
        select(
            figure.c.indicator_label,
            figure.c.uom,
            func.count(),
            paper.c.file_name,
            func.min(figure.c.page),
        )
        .join(document, document.c.document_id == figure.c.document_id)
        .join(paper, paper.c.paper_id == document.c.paper_id)
        .where(figure.c.indicator == "other", paper.c.is_withdrawn == 0)
        .group_by(figure.c.indicator_label, figure.c.uom, paper.c.file_name)
    )
    found: dict[tuple[str, str], UnknownLabel] = {}
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    for label, uom, times, file_name, page in sorted(rows, key=lambda row: row[3]):
        first = found.get((label, uom))
        found[label, uom] = (
            UnknownLabel(label, uom, times, file_name, page)
            if first is None
            else replace(first, times=first.times + times)
        )
    return tuple(sorted(found.values(), key=lambda u: (-u.times, u.label, u.uom)))


_COLUMNS = tuple(field.name for field in fields(PaperStatus))
_ITEM_COLUMNS, _HELD_COLUMNS = _COLUMNS[:12], _COLUMNS[12:]


def _latest_items(run_id: str | None) -> Subquery:
    """One row a path: the stage that was recorded last."""
    stages = {stage.value: number for number, stage in enumerate(Stage)}
    place = func.row_number().over(
        partition_by=run_item.c.path_name,
        order_by=(
            run_item.c.recorded_at.desc(),
            case(stages, value=run_item.c.stage).desc(),
        ),
    )
    items = select(*(run_item.c[n] for n in _ITEM_COLUMNS), place.label("place"))
    if run_id is not None:
        items = items.where(run_item.c.run_id == run_id)
    else:
        items = items.join(run, run.c.run_id == run_item.c.run_id)
        items = items.where(run.c.command != DRY_RUN)
    ranked = items.subquery()
    return select(ranked).where(ranked.c.place == 1).subquery()


def _counts() -> Subquery:
    """What is held of each paper."""
    documents = _count_by_paper(document)
    figures = _count_by_paper(figure)
    issues = _count_by_paper(quality_issue)
    columns = [
        func.coalesce(counted.c.times, 0).label(name)
        for name, counted in (
            ("documents", documents),
            ("figures", figures),
            ("issues", issues),
        )
    ]
    of_paper = paper.c.paper_id
    return (
        select(paper.c.file_sha256, paper.c.grade, *columns, paper.c.is_withdrawn)
        .outerjoin(documents, documents.c.paper_id == of_paper)
        .outerjoin(figures, figures.c.paper_id == of_paper)
        .outerjoin(issues, issues.c.paper_id == of_paper)
        .subquery()
    )


def _count_by_paper(table: Table) -> Subquery:
    query = select(document.c.paper_id, func.count().label("times"))
    if table is not document:
        of_document = table.c.document_id == document.c.document_id
        query = query.select_from(document.join(table, of_document))
    return query.group_by(document.c.paper_id).subquery()
