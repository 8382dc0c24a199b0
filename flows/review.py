"""Settling doubts: what people decide is kept, checked again, and loaded again."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from extractors.errors import FileMissingError, UsageError
from flows.paper import Workbench
from flows.settings import Settings
from flows.store import Arrival, Paper
from flows.workbench import open_workbench
from parsers.corrections import Correction
from parsers.numbers.conventions import readings
from parsers.records import Grade, IssueStatus, Severity
from warehouse.decisions import Said, corrections_of
from warehouse.review import (
    Accepted,
    Place,
    accept_doubt,
    find_place,
    first_sent,
    keep_correction,
    planned_correction,
    withdraw_decision,
)
from warehouse.review_lists import list_doubts
from warehouse.review_models import DecisionKind
from warehouse.runs import RunStatus, finish_run, start_run

_COLUMNS = ("document", "table", "row", "col", "figure", "issue", "value", "by", "why")


@dataclass(frozen=True, slots=True)
class Request:
    """A figure to correct: in a cell of a paper's tables, or by its key."""

    paper: str
    cell: tuple[int, int, int] | None
    figure_id: str | None
    value: Decimal
    said: Said


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction."""

    decision_id: str
    file_name: str
    unit_raw: str | None
    indicator: str
    printed: str | None
    old_value: str | None
    new_value: str
    settled: int
    """Doubts about its paper that are open no more."""
    raised: tuple[str, ...]
    """Doubts about its paper that are new."""


_Planned = Sequence[tuple[Place, Request]]
"""Requests with the figures that they speak of."""


def parse_value(text: str) -> Decimal:
    """Return the value that a person wrote, in the Vietnamese way or as computers do.

    Raises:
        UsageError: It is no number, or may mean two: '1.234' is 1234 or 1,234.
    """
    values = set(readings(text).values())
    if len(values) == 1:
        return values.pop()
    if not values:
        raise UsageError(f"'{text}' is no number", todo="Write 29, 4,91 or 4.91")
    shown = " or ".join(str(value) for value in sorted(values))
    raise UsageError(
        f"'{text}' may mean {shown}",
        todo="Write a whole number without points, a fraction with other than 3 places",
    )


def correct_figures(settings: Settings, requests: Sequence[Request]) -> list[Corrected]:
    """Keep corrections, check their papers again and load them again.

    Raises:
        UsageError: A figure is not there, or a paper could not be loaded with its
            corrections; nothing was kept of any.
    """
    with _open_run(settings) as bench:
        return _carry_out(bench, _plan(bench, requests))


def settle_from_file(settings: Settings, file: Path) -> list[Corrected | Accepted]:
    """Correct figures and accept doubts, one a row of a CSV file.

    Raises:
        FileMissingError: There is no such file.
        UsageError: A row cannot be understood or carried out; nothing was kept of any.
    """
    rows = list(_read_rows(file))
    requests = [_request(number, row) for number, row in rows if not row["issue"]]
    accepts = {row["issue"]: _said(n, row) for n, row in rows if row["issue"]}
    with _open_run(settings) as bench:
        planned = _plan(bench, requests)
        known = {doubt.issue_id for doubt in list_doubts(bench.engine)}
        if accepts.keys() - known:
            raise UsageError(
                f"no open doubt is called {', '.join(sorted(accepts.keys() - known))}",
                todo="Nothing was kept; 'sohoa review list' shows those that are open",
            )
        # Before the corrections: after them the doubts are numbered anew.
        accepted = [accept_doubt(bench.engine, *each) for each in accepts.items()]
        return [*_carry_out(bench, planned), *accepted]


def _plan(bench: Workbench, requests: Sequence[Request]) -> _Planned:
    """Find the figures, and make sure that their papers could be loaded then."""
    planned = [
        (find_place(bench.engine, each.paper, each.cell, each.figure_id), each)
        for each in requests
    ]
    for place in {place.file_sha256: place for place, _ in planned}.values():
        own = [
            planned_correction(at, each.value, each.said)
            for at, each in planned
            if at.file_sha256 == place.file_sha256
        ]
        _refuse_unloadable(bench, place, own)
    return planned


def _carry_out(bench: Workbench, planned: _Planned) -> list[Corrected]:
    papers = list(dict.fromkeys(place.file_sha256 for place, _ in planned))
    before = {sha256: _open_doubts(bench, sha256) for sha256 in papers}
    keys = [
        keep_correction(bench.engine, place, each.value, each.said)
        for place, each in planned
    ]
    for sha256 in papers:
        load_again(bench, sha256)
    after = {sha256: _open_doubts(bench, sha256) for sha256 in papers}
    return [
        _outcome(key, at, each.value, before[at.file_sha256], after[at.file_sha256])
        for key, (at, each) in zip(keys, planned, strict=True)
    ]


def withdraw(settings: Settings, decision_id: str, said: Said) -> None:
    """Withdraw a decision; a figure that it corrected is as before.

    Raises:
        UsageError: There is no such decision in force.
    """
    with _open_run(settings) as bench:
        undone = withdraw_decision(bench.engine, decision_id, said)
        if undone.kind is DecisionKind.CORRECTED:
            load_again(bench, undone.file_sha256)


@contextmanager
def _open_run(settings: Settings) -> Iterator[Workbench]:
    """Open what papers are loaded with; the run's row tells who loaded them last."""
    run_id = str(uuid4())
    with open_workbench(settings, run_id) as bench:
        start_run(bench.engine, run_id, "review", bench.code_version)
        status = RunStatus.FAILED
        try:
            yield bench
            status = RunStatus.DONE
        finally:
            finish_run(bench.engine, run_id, status)


def load_again(bench: Workbench, file_sha256: str) -> None:
    """Load a paper of the store once more, with the corrections in force.

    Raises:
        UsageError: The store does not hold it.
    """
    bench.load(bench.read(_stored_paper(bench, file_sha256)))


def _stored_paper(bench: Workbench, file_sha256: str) -> Paper:
    sent = first_sent(bench.engine, file_sha256)
    stored = bench.store.place_of(file_sha256)
    if stored is None:
        raise UsageError(
            f"the store does not hold {sent.path_name}",
            todo="Ingest the paper on this machine; what was decided is in force then",
        )
    status = stored.stat()
    received = datetime.fromisoformat(sent.received_at)
    return Paper(
        arrival=Arrival(
            stored,
            sent.path_name,
            sent.source,
            received,
            read_options=sent.read_options,
        ),
        file_name=Path(sent.path_name).name,
        sha256=file_sha256,
        byte_size=status.st_size,
        modified_at=received,
        stored_at=stored,
    )


def _refuse_unloadable(
    bench: Workbench, place: Place, planned: Sequence[Correction]
) -> None:
    """Raise if the gate would keep the paper out because of corrections."""
    paper = bench.read(_stored_paper(bench, place.file_sha256))
    held = corrections_of(bench.engine, place.file_sha256).corrections
    verdict = bench.judge(paper, (*held, *planned))
    if verdict.grade is Grade.QUARANTINED:
        worst = next(i.message for i in verdict.issues if i.severity is Severity.ERROR)
        raise UsageError(
            f"with this correction {place.file_name} could not be loaded: {worst}",
            todo="Look at the value once more; nothing was kept",
        )


def _open_doubts(bench: Workbench, file_sha256: str) -> dict[Hashable, str]:
    """Return the open doubts of a paper, what each is about with its sentence."""
    paper = bench.read(_stored_paper(bench, file_sha256))
    in_force = corrections_of(bench.engine, file_sha256).corrections
    return {
        (issue.check_code, issue.figure, issue.page_no): issue.message
        for issue in bench.judge(paper, in_force).issues
        if issue.status is IssueStatus.OPEN
    }


def _outcome(
    key: str,
    place: Place,
    value: Decimal,
    before: Mapping[Hashable, str],
    after: Mapping[Hashable, str],
) -> Corrected:
    figure = place.figure
    return Corrected(
        decision_id=key,
        file_name=place.file_name,
        unit_raw=figure["unit_raw"],
        indicator=figure["indicator_label"],
        printed=figure["raw_text"],
        old_value=figure["value_exact"],
        new_value=str(value),
        settled=len(before.keys() - after.keys()),
        raised=tuple(sorted(after[about] for about in after.keys() - before.keys())),
    )


# --- rows of a file -------------------------------------------------------------------


def _read_rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not file.is_file():
        raise FileMissingError(
            "there is no such file", todo="Check the path for a slip.", file=file
        )
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        unknown = set(reader.fieldnames or ()) - set(_COLUMNS)
        if unknown:
            raise UsageError(
                f"{file.name} has columns that mean nothing: {', '.join(unknown)}",
                todo=f"The columns are {', '.join(_COLUMNS)}",
            )
        for number, row in enumerate(reader, 2):
            yield number, {name: (row.get(name) or "").strip() for name in _COLUMNS}


def _request(number: int, row: dict[str, str]) -> Request:
    try:
        value = parse_value(row["value"])
        place = [int(row[name]) for name in ("table", "row", "col") if row[name]]
    except (UsageError, ValueError) as error:
        raise UsageError(
            f"line {number} cannot be understood: {error}",
            todo="Nothing was kept; put the line right",
        ) from error
    cell = (place[0], place[1], place[2]) if len(place) == 3 else None
    if not row["document"] or (cell is None and not row["figure"]):
        raise UsageError(
            f"line {number} names no figure",
            todo="Fill in document, table, row and col; or document and figure",
        )
    said = _said(number, row)
    return Request(row["document"], cell, row["figure"] or None, value, said)


def _said(number: int, row: dict[str, str]) -> Said:
    if not row["by"] or not row["why"]:
        raise UsageError(
            f"line {number} does not say who decides, or why",
            todo="Fill in the columns by and why",
        )
    return Said(row["by"], row["why"])
