"""Small made-up papers: Records and Verdicts with every family filled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, select

from extractors.model import BBox, Method, TextSource
from parsers.records import (
    Annex,
    AnnexMention,
    AsOf,
    Assignment,
    Comparator,
    Document,
    DocumentKind,
    Figure,
    FigureKind,
    Grade,
    Issue,
    LegalBasis,
    Origin,
    Quality,
    Recipient,
    Records,
    Role,
    RowKind,
    Severity,
    Source,
    SuiteResult,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    Unit,
    Verdict,
)
from warehouse.database import reading
from warehouse.load import LoadResult, LoadTrace, load_verdict
from warehouse.models import metadata
from warehouse.query import run_query

NOT_OF_A_PAPER = {
    *("run", "run_item", "run_verdict", "manifest", "decision"),
    *("withdrawal", "people_purge", "expected_submission"),
}
"""Tables that loading a paper leaves as they are."""


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def make_source(raw_text: str = "1.647", page_no: int = 1) -> Source:
    box = BBox(10.5, 20.25, 30.0, 40.0)
    return Source(page_no, box, raw_text, Method.TEXT_LAYER, 1.0, "figure")


def make_document(ordinal: int = 0, **changes: Any) -> Document:
    document = Document(
        ordinal=ordinal,
        parent=None,
        kind=DocumentKind.PLAN,
        number="639/KH-UBND",
        symbol="KH-UBND",
        issued_on="2018-04-06",
        place="Bỉm Sơn",
        issuer="UBND thị xã Bỉm Sơn",
        issuing_unit=Unit("Thị xã Bỉm Sơn", "Thị xã", "381"),
        province=Unit("Thanh Hóa", "Tỉnh", "38"),
        title="Thực hiện công tác giảm nghèo năm 2018",
        period_start=2018,
        period_end=2018,
        signer="Mai Đình Lâm",
        signer_title="Phó Chủ tịch",
        first_page=1,
        last_page=3,
        source=make_source("KẾ HOẠCH"),
    )
    return replace(document, **changes)


def make_figure(value: Decimal | None = Decimal("1647"), **changes: Any) -> Figure:
    figure = Figure(
        document=0,
        kind=FigureKind.OBSERVATION,
        origin=Origin.TABLE,
        source=make_source(str(value)),
        indicator="households",
        indicator_label="Tổng số hộ",
        group_code="all",
        year=2018,
        as_of=AsOf.START,
        value=value,
        uom="household",
        unit_raw="P. Bắc Sơn",
        unit=Unit("Phường Bắc Sơn", "Phường", "14809"),
        row_kind=RowKind.UNIT,
        table_no=1,
        row_no=1,
        col_no=3,
        quality=Quality.SUSPECT if value is None else Quality.OK,
    )
    return replace(figure, **changes)


def make_target(value: Decimal = Decimal("1.5"), **changes: Any) -> Figure:
    prose = make_figure(
        value,
        kind=FigureKind.TARGET,
        origin=Origin.PROSE,
        indicator="poverty_rate",
        uom="percent",
        comparator=Comparator.RANGE,
        value_max=Decimal("2.10"),
        per="year",
        year_to=2020,
        statement="Giảm tỷ lệ hộ nghèo từ 1,5 - 2,10 %/năm",
        unit_raw=None,
        unit=None,
        row_kind=None,
        table_no=None,
        row_no=None,
        col_no=None,
    )
    return replace(prose, **changes)


def make_table(**changes: Any) -> Table:
    columns = (
        TableColumn(1, ("TT",), "ordinal"),
        TableColumn(2, ("Xã, phường",), "label"),
        TableColumn(
            col_no=3,
            path=("Hộ nghèo đầu năm", "Tổng số hộ"),
            role="figure",
            kind=FigureKind.OBSERVATION,
            indicator="households",
            year=2018,
            as_of=AsOf.START,
            uom="household",
            formula="3=1+2",
            number=3,
            convention="dot groups",
            rule="tong_so_ho",
        ),
        TableColumn(12, ("Họ và tên chủ hộ",), "person"),
    )
    cells = (
        TableCell(None, 1, 1, "TT", make_source("TT")),
        TableCell(None, 3, 2, "Tổng số hộ", make_source("Tổng số hộ")),
        TableCell(1, 1, 1, "1", make_source("1")),
        TableCell(1, 3, 1, "1.647", make_source("1.647")),
        TableCell(1, 12, 1, "Nguyễn Văn An", make_source("Nguyễn Văn An")),
    )
    table = Table(
        document=0,
        table_no=1,
        page_no=1,
        title="Biểu số 01",
        unit_line="Đơn vị tính: hộ",
        columns=columns,
        rows=(TableRow(1, "1", "P. Bắc Sơn", RowKind.UNIT, None),),
        cells=cells,
    )
    return replace(table, **changes)


def make_assignment(**changes: Any) -> Assignment:
    assignment = Assignment(
        document=0,
        section="IV.4",
        ordinal=1,
        agency="Phòng Lao động - Thương binh và Xã hội",
        agency_kind="office",
        agency_raw="Phòng LĐTBXH",
        role=Role.LEAD,
        task="Chủ trì rà soát hộ nghèo cuối năm",
        source=make_source("Chủ trì rà soát hộ nghèo cuối năm"),
        partners=("Hội Nông dân",),
        units=("Xã Hà Lan",),
        places=(Unit("Xã Hà Lan", "Xã", "14827", "14827@2019-09-11", "exact", 1.0),),
        households=47,
        amount_vnd=Decimal("30000000"),
        deadlines=("2018-11-30", "06-25"),
        deadline_text="trước ngày 30/11/2018",
        recurrence="annual",
    )
    return replace(assignment, **changes)


def make_records(name: str = "bim-son.pdf", **changes: Any) -> Records:
    """A decision and the plan it approves, with one of everything."""
    decision = make_document(
        0, kind=DocumentKind.DECISION, number="432/QĐ-UBND", symbol="QĐ-UBND"
    )
    plan = make_document(1, parent=0, number=None)
    records = Records(
        version=1,
        file_name=name,
        file_sha256=sha(name),
        page_count=3,
        text_source=TextSource.TEXT_LAYER,
        documents=(decision, plan),
        tables=(make_table(document=1),),
        figures=(
            make_figure(document=1),
            make_figure(Decimal("0.85"), document=1, col_no=4, uom="percent"),
            make_figure(None, document=1, col_no=5),
            make_target(document=1),
        ),
        assignments=(make_assignment(document=1),),
        legal_bases=(
            LegalBasis(0, "47/2011/QĐ-UBND", None, "2011", None, "…", make_source()),
        ),
        recipients=(Recipient(1, 1, "- Như Điều 3;", make_source()),),
        annexes=(Annex(1, 3, "Biểu 01", None, (2018,), (2017,), make_source()),),
        annex_mentions=(AnnexMention(1, "biểu số 01, 02", 2, make_source()),),
    )
    return replace(records, **changes)


def make_issue(**changes: Any) -> Issue:
    issue = Issue(
        document=1,
        check_code="rate_mismatch",
        severity=Severity.WARNING,
        message="1,75 % is printed where 38 of 1.647 is 2,31 %",
        figure=1,
        printed="1,75",
        computed="2,31",
        suspects=(1, 0),
    )
    return replace(issue, **changes)


def make_verdict(
    name: str = "bim-son.pdf",
    grade: Grade = Grade.DOUBTFUL,
    issues: Sequence[Issue] = (
        make_issue(),
        make_issue(check_code="annex_missing", figure=None, suspects=()),
    ),
    **changes: Any,
) -> Verdict:
    suites = (
        SuiteResult("documents", success=True, evaluated=7),
        SuiteResult("figures", success=False, evaluated=9, failed=("value",)),
    )
    return Verdict(make_records(name, **changes), grade, tuple(issues), suites)


def make_version(name: str, **head: Any) -> Verdict:
    """A paper of other bytes whose only document is the same as of the others."""
    documents = (make_document(**head),)
    figures = (make_figure(),)
    records = Records(1, name, sha(name), 1, TextSource.OCR, documents, figures=figures)
    return Verdict(records, Grade.OK, ())


def make_large(name: str, figures: int) -> Verdict:
    """A paper of many figures, each in a cell of its own."""
    rows = figures // 10
    places = [(row, col) for row in range(1, rows + 1) for col in range(1, 11)]
    table = make_table(
        rows=tuple(
            TableRow(row, str(row), f"Xã {row}", RowKind.UNIT, None)
            for row in range(1, rows + 1)
        ),
        cells=tuple(
            TableCell(row, col, 1, f"{row}.{col}", make_source(f"{row}.{col}"))
            for row, col in places
        ),
    )
    return Verdict(
        Records(
            version=1,
            file_name=name,
            file_sha256=sha(name),
            page_count=1,
            text_source=TextSource.TEXT_LAYER,
            documents=(make_document(),),
            tables=(table,),
            figures=tuple(
                make_figure(Decimal(row) + Decimal(col) / 100, row_no=row, col_no=col)
                for row, col in places
            ),
        ),
        Grade.OK,
        (),
    )


def make_trace(verdict: Verdict, **changes: Any) -> LoadTrace:
    trace = LoadTrace(
        path_name=f"inbox/{verdict.records.file_name}",
        byte_size=1234,
        modified_at=datetime(2026, 11, 1, tzinfo=UTC),
        received_at=datetime(2026, 11, 2, tzinfo=UTC),
        reader="pdfplumber 0.11",
        code_version="0.1.0",
    )
    return replace(trace, **changes)


def load(engine: Engine, verdict: Verdict, **trace: Any) -> LoadResult:
    return load_verdict(engine, verdict, make_trace(verdict, **trace))


def snapshot(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, without the time of loading."""
    with reading(engine) as connection:
        return {
            table.name: sorted(
                (
                    tuple(row)
                    for row in connection.execute(
                        select(*(c for c in table.columns if c.name != "loaded_at"))
                    )
                ),
                key=repr,
            )
            for table in metadata.sorted_tables
        }


def view_rows(engine: Engine, view: str, where: str = "") -> list[dict[str, Any]]:
    result = run_query(engine, f"SELECT * FROM {view} {where}")
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    return sorted(rows, key=repr)
