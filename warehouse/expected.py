"""The list of who is expected to send what, which a person keeps as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine, delete

from extractors.errors import UsageError
from parsers.records import DocumentKind
from parsers.text import squeeze
from warehouse.batch import Batch, Row, by_column
from warehouse.bulk import insert_rows
from warehouse.database import writing
from warehouse.values import plain
from warehouse.withdrawal_models import expected_submission

COLUMNS = ("source", "unit_code", "unit_name", "kind", "year")
_YEARS = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_SPAN_AT_MOST = 30


def read_expected(path: Path) -> list[Row]:
    """Return the rows of the list, one a sender or unit, kind and year.

    Args:
        path: CSV in UTF-8 with a head of some of ``COLUMNS``. Each row names a source,
            a unit_code or a unit_name; kind is 'plan' where blank; year may be
            '2021-2025'.

    Raises:
        UsageError: The file is not there, or a row cannot be understood.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check_head(path, reader.fieldnames or ())
            rows = [row for line in reader for row in _rows(path, reader, line)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(
            f"the list {path} cannot be read ({error})", todo="Give a CSV in UTF-8"
        ) from error
    return [{"expected_no": number, **row} for number, row in enumerate(rows, 1)]


def keep_expected(engine: Engine, rows: list[Row]) -> None:
    """Keep the list in place of the one before.

    Raises:
        WarehouseBusyError: A lock or a lost connection: the old list stays.
    """
    with writing(engine) as connection:
        connection.execute(delete(expected_submission))
        if rows:
            insert_rows(connection, expected_submission.name, Batch.of(by_column(rows)))


def _check_head(path: Path, names: Sequence[str]) -> None:
    if set(names) - set(COLUMNS) or "year" not in names:
        raise UsageError(
            f"the list {path} needs the columns {', '.join(COLUMNS)}",
            todo="Write them into its first line; year is needed, others may be left",
        )


def _rows(
    path: Path, reader: csv.DictReader[str], line: dict[str, str]
) -> Iterator[Row]:
    said = {name: squeeze(line.get(name) or "") or None for name in COLUMNS}
    years = _YEARS.fullmatch(said["year"] or "")
    kind = said["kind"] or DocumentKind.PLAN.value
    wrong = _what_is_wrong(said, kind, bool(years))
    if wrong or years is None:
        raise UsageError(
            f"line {reader.line_num} of {path}: {wrong}",
            todo="docs/commands.md tells the form of the list",
        )
    first, last = int(years[1]), int(years[2] or years[1])
    for year in range(first, min(last, first + _SPAN_AT_MOST) + 1):
        who = {name: plain(said[name]) for name in COLUMNS[:3]}
        yield {**who, "kind": kind, "year": year}


def _what_is_wrong(said: dict[str, str | None], kind: str, has_year: bool) -> str:
    if not has_year:
        return f"{said['year']!r} is no year, nor years as 2021-2025"
    if kind not in {known.value for known in DocumentKind}:
        return f"{kind!r} is no kind of paper"
    if not (said["source"] or said["unit_code"] or said["unit_name"]):
        return "neither source, unit_code nor unit_name is said"
    return ""
