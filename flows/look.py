"""Looking into one paper: what would be loaded, without warehouse, store or server."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from rich.markup import escape
from rich.table import Table as Grid

from expectations.check import check
from extractors.errors import ExitCode, QuarantineError
from extractors.model import Evidence
from extractors.pool import PageReader
from flows.parse import parse_evidence
from flows.settings import Settings
from flows.show import plain_table, to_json, write
from flows.warm import import_early
from parsers.records import (
    Document,
    FigureKind,
    Grade,
    Origin,
    Records,
    Severity,
    Verdict,
)

_SHOWN_DOUBTS = 20
_SHOWN_LETTERS = 130
_MARKS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


@dataclass(frozen=True, slots=True)
class Look:
    """A paper's evidence and verdict, and how long they took."""

    evidence: Evidence
    verdict: Verdict
    seconds: float


def look_into(file: Path, settings: Settings) -> Look:
    """Read, parse and check one paper.

    Raises:
        SohoaError: It cannot be read.
    """
    started = time.monotonic()
    import_early("expectations.validate")
    with PageReader(settings.read_options, settings.workers) as reader:
        evidence = reader.read(file)
    verdict = check(parse_evidence(evidence), settings.gate)
    return Look(evidence, verdict, time.monotonic() - started)


def exit_code(seen: Look) -> ExitCode:
    """Return what the command ends with: a paper kept out is no success."""
    if seen.verdict.grade is Grade.QUARANTINED:
        return QuarantineError.exit_code
    return ExitCode.OK


def as_json(seen: Look) -> str:
    """Return the whole verdict as JSON."""
    return to_json(seen.verdict)


def summarise(seen: Look) -> None:
    """Show head, tables, figures, tasks and doubts of the paper on one screen."""
    records = seen.verdict.records
    write(
        f"[bold]{escape(records.file_name)}[/]  {records.page_count} pages, "
        f"{records.text_source.value.replace('_', ' ')}, {seen.seconds:.1f} s"
    )
    for document in records.documents:
        write("", _head(document))
    for part in (_tables(records), _counts(records), _bodies(records)):
        write("", part)
    write("", _doubts(seen.verdict))


def _head(document: Document) -> Grid:
    unit, province = document.issuing_unit, document.province
    signed = " ".join(filter(None, (document.signer_title, document.signer)))
    lines = {
        document.kind.value: " ".join(
            filter(None, (document.number or document.symbol, document.issued_on))
        ),
        "title": document.title,
        "issuer": document.issuer,
        "unit": ", ".join(u.name for u in (unit, province) if u),
        "period": period(document.period_start, document.period_end),
        "signed": signed,
        "pages": f"{document.first_page}-{document.last_page}",
    }
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column()
    for name, value in lines.items():
        grid.add_row(name, escape(value) if value else "[dim]not found[/]")
    return grid


def period(first: int | None, last: int | None) -> str:
    """Return years as people write them: '2021-2025', '2021', or nothing."""
    return "-".join(str(y) for y in dict.fromkeys((first, last)) if y is not None)


def _tables(records: Records) -> Grid:
    figures = Counter(f.table_no for f in records.figures)
    rows = [
        (
            t.table_no,
            t.page_no,
            len(t.rows),
            len(t.columns),
            figures[t.table_no],
            t.title,
        )
        for t in records.tables
    ]
    return plain_table(("table", "page", "rows", "columns", "figures", "title"), rows)


def _counts(records: Records) -> Grid:
    kinds = Counter((f.kind, f.origin) for f in records.figures)
    rows = [
        (f"{kind.value}s", kinds[kind, Origin.TABLE], kinds[kind, Origin.PROSE])
        for kind in FigureKind
    ]
    return plain_table(("figures", "in tables", "in sentences"), rows)


def _bodies(records: Records) -> str:
    bodies = {a.agency for a in records.assignments}
    return (
        f"{len(records.assignments)} tasks for {len(bodies)} bodies, "
        f"{len(records.legal_bases)} papers cited, {len(records.recipients)} recipients"
    )


def _doubts(verdict: Verdict) -> str:
    lines = [f"[bold]{len(verdict.issues)} doubts[/], grade {verdict.grade.value}"]
    for issue in verdict.issues[:_SHOWN_DOUBTS]:
        place = f"page {issue.page_no}" if issue.page_no else "paper"
        code = f"[{_MARKS[issue.severity]}]{issue.check_code}[/]"
        message = shorten(issue.message, _SHOWN_LETTERS, placeholder=" …")
        lines.append(f"  {code} {place}: {escape(message)}")
    if len(verdict.issues) > _SHOWN_DOUBTS:
        lines.append(f"  … and {len(verdict.issues) - _SHOWN_DOUBTS} more (--json)")
    return "\n".join(lines)
