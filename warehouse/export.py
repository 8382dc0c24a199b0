"""Ways out: a view, a table or the answer to a query as Parquet, CSV or Excel.

Numbers leave as numbers, decimals in Parquet as decimals; codes and dates are text.
Text that a spreadsheet would run as a formula leaves as text.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from sqlalchemy import Engine

from extractors.errors import UsageError, WarehouseError
from warehouse.columns import metadata
from warehouse.dictionary import describe
from warehouse.query import Answer, Stream, stream_query
from warehouse.views import VIEW_COLUMNS
from warehouse.withdrawal_models import person_cell

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), the
# wide signs of East Asian keyboards among them.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_EXCEL_ROWS = 1_048_576
_EXCEL_LETTERS = 32_767
_SCALE = 6
"""Places of decimals in Parquet, at least, so that files of one view fit together."""
_DIGITS = 38


class FileFormat(StrEnum):
    """What files can be written."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"


def exportable(*, people: bool = False) -> tuple[str, ...]:
    """Return the views and tables that can be exported, views first."""
    tables = [table.name for table in metadata.sorted_tables]
    return tuple(
        name for name in (*VIEW_COLUMNS, *tables) if people or name != person_cell.name
    )


def export_relation(
    engine: Engine, name: str, target: Path, form: FileFormat, *, people: bool = False
) -> int:
    """Write a view or a table to a file; return how many rows it has.

    Raises:
        UsageError: There is no such view or table, or it is of persons, unasked.
        WarehouseError: The file cannot be written.
    """
    if name not in exportable(people=people):
        hint = " without --people" if name == person_cell.name else ""
        raise UsageError(
            f"no view or table {name!r} can be exported{hint}",
            todo="docs/dictionary.md lists them",
        )
    columns = VIEW_COLUMNS.get(name) or list(metadata.tables[name].columns.keys())
    types = {column: describe(name, column).type for column in columns}
    sql = f"SELECT {', '.join(columns)} FROM {name}"  # noqa: S608  # known names
    return _export(engine, sql, target, form, types, people)


def export_query(
    engine: Engine, sql: str, target: Path, form: FileFormat, *, people: bool = False
) -> int:
    """Write the answer to one SELECT to a file; return how many rows it has.

    Raises:
        UsageError: It is no SELECT, or it does not fit into the format.
        WarehouseError: The database refuses, or the file cannot be written.
    """
    return _export(engine, sql, target, form, {}, people)


def _export(
    engine: Engine,
    sql: str,
    target: Path,
    form: FileFormat,
    types: dict[str, str],
    people: bool,
) -> int:
    writers: dict[FileFormat, Callable[[Stream, Path], int]] = {
        FileFormat.CSV: _write_csv,
        FileFormat.XLSX: _write_xlsx,
        FileFormat.PARQUET: partial(_write_parquet, types=types),
    }
    with (
        _new_file(target) as temporary,
        stream_query(engine, sql, people=people) as stream,
    ):
        return writers[form](stream, temporary)


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """Give a file to write to; it gets its name when it is whole, and only then."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"{target} cannot be written ({error.strerror})",
            todo="Make room there, or name another folder",
        ) from error


# --- CSV ------------------------------------------------------------------------------


def neutral(value: Answer) -> Answer:
    """Return text that begins like a formula with an apostrophe before it."""
    if isinstance(value, str) and _is_like_formula(value):
        return f"'{value}"
    return value


def _is_like_formula(text: str) -> bool:
    return text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)


def _write_csv(stream: Stream, path: Path) -> int:
    written = 0
    # With a mark at its beginning, or Excel would garble Vietnamese.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(stream.columns)
        for batch in stream.batches:
            writer.writerows([neutral(value) for value in row] for row in batch)
            written += len(batch)
    return written


# --- Excel ----------------------------------------------------------------------------


def _write_xlsx(stream: Stream, path: Path) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("sohoa")
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, name) for name in stream.columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    written = 0
    for batch in stream.batches:
        for row in batch:
            sheet.append([_excel_cell(sheet, value) for value in row])
        written += len(batch)
        if written >= _EXCEL_ROWS:
            raise UsageError(
                f"Excel holds no more than {_EXCEL_ROWS:,} rows",
                todo="Write Parquet or CSV, or ask for less with --query",
            )
    book.save(path)
    return written


def _excel_cell(sheet: Any, value: Answer) -> Any:  # openpyxl's own objects
    if not isinstance(value, str):
        return value
    if len(value) > _EXCEL_LETTERS:
        raise UsageError(
            f"Excel holds no text of {len(value):,} letters in a cell",
            todo="Write Parquet or CSV",
        )
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value))
    if _is_like_formula(value):
        cell.data_type = "s"
        cell.quotePrefix = True  # stays text when a person edits the cell
    return cell


# --- Parquet --------------------------------------------------------------------------

_ARROW_TYPES = {
    "whole number": pa.int64(),
    "0 or 1": pa.int64(),
    "number": pa.float64(),
}


def _write_parquet(stream: Stream, path: Path, types: dict[str, str]) -> int:
    parts = [_arrow_columns(batch, stream.columns) for batch in stream.batches]
    columns = [
        _joined([part[number] for part in parts], types.get(name))
        for number, name in enumerate(stream.columns)
    ]
    table = pa.table(columns, names=list(stream.columns))
    pq.write_table(table, path, compression="zstd")
    return int(table.num_rows)


def _arrow_columns(
    rows: Sequence[Sequence[Answer]], names: Sequence[str]
) -> list[pa.Array]:
    """Return the columns of a batch, as narrow as its values allow: text or number."""
    values = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return [_arrow_array(column) for column in values]


def _arrow_array(values: Sequence[Answer]) -> pa.Array:
    kinds = {type(value) for value in values} - {type(None)}
    if str in kinds:
        texts = [None if value is None else str(value) for value in values]
        return pa.array(texts, pa.string())
    if Decimal in kinds:
        return pa.array([None if v is None else Decimal(v) for v in values])
    return pa.array(values, pa.int64() if kinds else pa.null())


def _joined(parts: Sequence[pa.Array], said: str | None) -> pa.ChunkedArray:
    """Return the batches of a column as one, of the type that fits them all."""
    kinds = {part.type for part in parts} - {pa.null()}
    if said is not None and said != "decimal":
        wanted = _ARROW_TYPES.get(said, pa.string())
    elif pa.string() in kinds or not (kinds or said):
        wanted = pa.string()
    elif said or any(pa.types.is_decimal(kind) for kind in kinds):
        scales = [kind.scale for kind in kinds if pa.types.is_decimal(kind)]
        wanted = pa.decimal128(_DIGITS, max([_SCALE, *scales]))
    else:
        wanted = pa.int64()
    return pa.chunked_array([part.cast(wanted) for part in parts], wanted)
