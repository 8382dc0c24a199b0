"""How fast a long table is checked."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from expectations.arithmetic import file_doubts
from expectations.check import check
from expectations.repairs import settle_readings
from expectations.validate import run_suites
from extractors.model import BBox, Method, TextSource
from parsers.records import (
    AsOf,
    Document,
    DocumentKind,
    Figure,
    FigureKind,
    Origin,
    Quality,
    Records,
    RowKind,
    Source,
    Table,
    TableColumn,
    TableRow,
)

T = TypeVar("T")

ROWS = 2000
_GROUP = 20
_SLIPS = 40
"""Figures of the table that are made wrong, half of them with a right other reading."""


def long_table(rows: int = ROWS) -> Records:
    """Return the records of a paper with one table: hamlets under their communes."""
    columns = (
        TableColumn(1, ("Đơn vị",), "label"),
        _column(2, "households", AsOf.START, "household"),
        _column(3, "poor_households", AsOf.START, "household"),
        _column(4, "poverty_rate", AsOf.START, "percent"),
        _column(5, "poor_households_exiting", AsOf.DURING, "household"),
        _column(6, "poor_households", AsOf.END, "household"),
    )
    lines: list[TableRow] = []
    counts: dict[int, list[int]] = {}
    draw = random.Random(1)  # noqa: S311  # the same table each time
    for row in range(1, rows + 1):
        first = row - (row - 1) % _GROUP
        is_first = row == first
        kind = RowKind.SUBTOTAL if is_first else RowKind.UNIT
        parent = None if is_first else first
        lines.append(TableRow(row, str(row), f"Thôn {row}", kind, parent))
        counts[row] = [0, 0, 0]
        if not is_first:
            poor = draw.randint(5, 60)
            counts[row] = [draw.randint(100, 900), poor, draw.randint(0, poor)]
            counts[first] = [
                a + b for a, b in zip(counts[first], counts[row], strict=True)
            ]
    figures = [
        _figure(column, line, value)
        for line in lines
        for column, value in zip(
            columns[1:], _values(*counts[line.row_no]), strict=True
        )
    ]
    for number, index in enumerate(draw.sample(range(len(figures)), _SLIPS)):
        figures[index] = _misread(figures[index], other=number % 2 == 0)
    table = Table(0, 1, 1, "Biểu", None, columns, tuple(lines), ())
    return Records(
        version=1,
        file_name="long.pdf",
        file_sha256="0" * 64,
        page_count=1,
        text_source=TextSource.TEXT_LAYER,
        documents=(_document(),),
        tables=(table,),
        figures=tuple(figures),
    )


def _values(households: int, poor: int, exits: int) -> tuple[Decimal, ...]:
    rate = (Decimal(100) * poor / households).quantize(Decimal("0.01"))
    whole = (Decimal(n) for n in (households, poor))
    return (*whole, rate, Decimal(exits), Decimal(poor - exits))


def _misread(figure: Figure, *, other: bool) -> Figure:
    right = figure.value or Decimal(0)
    alternatives = (str(right),) if other else ()
    return replace(
        figure,
        value=right + 10,
        alternatives=alternatives,
        quality=Quality.SUSPECT if other else Quality.OK,
    )


def _column(number: int, indicator: str, as_of: AsOf, uom: str) -> TableColumn:
    return TableColumn(
        number, (indicator,), "figure", FigureKind.OBSERVATION, indicator, "all",
        2022, as_of, uom,
    )  # fmt: skip


def _figure(column: TableColumn, row: TableRow, value: Decimal) -> Figure:
    return Figure(
        document=0,
        kind=FigureKind.OBSERVATION,
        origin=Origin.TABLE,
        source=_source(str(value)),
        indicator=column.indicator or "other",
        indicator_label=column.path[0],
        group_code="all",
        year=2022,
        as_of=column.as_of,
        value=value,
        uom=column.uom or "other",
        unit_raw=row.label,
        row_kind=row.kind,
        table_no=1,
        row_no=row.row_no,
        col_no=column.col_no,
    )


def _source(text: str) -> Source:
    return Source(1, BBox(0, 0, 9, 9), text, Method.TEXT_LAYER, 1.0)


def _document() -> Document:
    return Document(
        0, None, DocumentKind.PLAN, "1/KH-UBND", "KH-UBND", "2023-01-05", "Hà Lan",
        "UBND xã Hà Lan", None, None, "Giảm nghèo", 2023, 2023, None, None, 1, 1,
        _source("KẾ HOẠCH"),
    )  # fmt: skip


def main() -> None:
    """Write how long the checks of a long table take, once all is loaded."""
    records = long_table()
    check(long_table(_GROUP))  # Great Expectations is imported now
    verdict, took = _timed(lambda: check(records))
    read, settling = _timed(lambda: settle_readings(records))
    _, filing = _timed(lambda: file_doubts(read.checks, read.records))
    (suites, _), running = _timed(lambda: run_suites(read.records, read.checks))
    count = sum(suite.evaluated for suite in suites)
    sys.stdout.write(
        f"checks of a table of {ROWS} rows and {len(records.figures)} figures: "
        f"{took:.2f} s, {len(verdict.issues)} doubts\n"
        f"  of that: equations and readings {settling:.2f} s, suspects and sentences "
        f"{filing:.2f} s, {len(suites)} suites with {count} expectations "
        f"{running:.2f} s\n"
    )


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.monotonic()
    done = work()
    return done, time.monotonic() - started


if __name__ == "__main__":
    main()
