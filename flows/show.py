"""How results of runs and queries look on the terminal, in a pipe and to programs."""

from __future__ import annotations

import csv
import io
import logging
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.table import Table

from extractors.errors import ExitCode

if TYPE_CHECKING:
    from flows.cli import Format
    from flows.diff import Difference
    from flows.doctor import Finding
    from flows.settings import Settings
    from flows.shift import Outcome
    from warehouse.query import QueryResult
    from warehouse.status import UnknownLabel

log = logging.getLogger(__name__)

# In a pipe nobody sees the width of a terminal: lines are as long as they are.
_PIPE_WIDTH = 10_000
# A figure leaves as the very number that it is, neither text nor a float.
_JSON = msgspec.json.Encoder(decimal_format="number")


def write(*parts: RenderableType) -> None:
    """Write to stdout, fitted to the terminal, or plain where there is none."""
    if sys.stdout.isatty():
        Console(highlight=False).print(*parts, sep="\n")
        return
    console = Console(highlight=False, width=_PIPE_WIDTH, file=io.StringIO())
    with console.capture() as captured:
        console.print(*parts, sep="\n")
    for line in captured.get().splitlines():
        sys.stdout.write(line.rstrip() + "\n")


def to_json(value: object) -> str:
    """Return dataclasses, lists and decimals as indented JSON."""
    return msgspec.json.format(_JSON.encode(value), indent=2).decode() + "\n"


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return rows as a table without a frame; numbers to the right."""
    kept = [list(row) for row in rows]
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for number, name in enumerate(columns):
        values = [row[number] for row in kept if row[number] is not None]
        is_numeric = bool(values) and all(isinstance(v, int | Decimal) for v in values)
        table.add_column(name, justify="right" if is_numeric else "left")
    for row in kept:
        table.add_row(*(_shown(value) for value in row))
    return table


def show_result(result: QueryResult, output: Format) -> None:
    """Write the rows of a query as a table, CSV or JSON."""
    if output == "csv":
        sys.stdout.write(_as_csv(result.columns, result.rows))
    elif output == "json":
        rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
        sys.stdout.write(to_json(rows))
    else:
        write(plain_table(result.columns, result.rows))


def show_unknown(rows: Sequence[UnknownLabel], *, as_json: bool) -> None:
    """Write the phrases that no row of the vocabulary knows."""
    columns = ("phrase", "uom", "times", "first in", "page")
    lines = [(r.label, r.uom, r.times, r.file_name, r.page) for r in rows]
    if as_json:
        sys.stdout.write(to_json(rows))
    else:
        write(plain_table(columns, lines) if lines else "Nothing yet.")


def show_outcomes(
    outcomes: Sequence[Outcome], settings: Settings, *, is_dry: bool = False
) -> None:
    """Write one line for each paper and where the rows are."""
    from warehouse.database import masked_url

    columns = ("paper", "outcome", "documents", "figures", "doubts")
    failed = sum(outcome.exit_code is not ExitCode.OK for outcome in outcomes)
    done = len(outcomes) - failed
    place = f"are in {escape(masked_url(settings.warehouse_url))}"
    if is_dry:
        place, failures = "were looked at", f"; {failed} failed" if failed else ""
    else:
        failures = f"; {failed} failed, see 'sohoa status'" if failed else ""
    write(
        plain_table(columns, [_outcome_row(o) for o in outcomes]),
        f"\n{done} of {len(outcomes)} papers {place}{failures}",
    )


def show_difference(found: Difference, *, as_json: bool) -> None:
    """Write what two runs see differently, and on stderr what was not compared."""
    for name in found.apart:
        log.warning("%s: the earlier run does not have it", name)
    for name in found.lost:
        log.warning("%s: its verdicts are no longer in the store; retry it", name)
    if as_json:
        sys.stdout.write(to_json(found.changes))
        return
    columns = (
        *("paper", "page", "table", "row", "col", "printed"),
        *("what", "before", "after", "why"),
    )
    lines = [
        (
            *(c.paper, c.page, c.table_no, c.row_no, c.col_no, c.printed),
            *(c.field or "figure", c.before, c.after, c.why),
        )
        for c in found.changes
    ]
    papers = len({change.paper for change in found.changes})
    if lines:
        write(plain_table(columns, lines), "")
    write(f"{papers} of {found.compared} papers differ")


def show_findings(findings: Sequence[Finding]) -> None:
    """Write what the doctor found."""
    for finding in findings:
        mark = "[green]ok [/]" if finding.is_well else "[red]bad[/]"
        todo = f"\n    {escape(finding.todo)}" if finding.todo else ""
        write(f"{mark} [bold]{finding.what}[/]: {escape(finding.found)}{todo}")


def _outcome_row(outcome: Outcome) -> tuple[object, ...]:
    name = PurePath(outcome.name).name
    loaded = outcome.loaded
    if loaded is None:
        word = "looked at" if outcome.exit_code is ExitCode.OK else "failed"
        return (name, word, None, None, None)
    documents = len(loaded.document_ids)
    return (name, loaded.outcome.value, documents, loaded.figures, loaded.issues)


def _as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return target.getvalue()


def _shown(value: object) -> str:
    if value is None:
        return ""
    return escape(str(value))
