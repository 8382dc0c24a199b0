"""Records for tests of the checks, made from tables written as they look."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import BBox, Method, RawTable, TextSource
from parsers.records import (
    Document,
    DocumentKind,
    Figure,
    Issue,
    Records,
    Source,
    Table,
)
from parsers.tables.context import TableContext
from parsers.tables.table import parse_table
from parsers.vocabulary import Vocabulary
from tests.parsers.table_makers import make_table

PLACE = Source(1, BBox(0, 0, 10, 10), "", Method.TEXT_LAYER, 1.0)
CONTEXT = TableContext(period_start=2022, period_end=2022, issued_on="2022-03-01")


def make_document(**changes: object) -> Document:
    """Return a sound plan of 2022, changed as said."""
    plan = Document(
        ordinal=0,
        parent=None,
        kind=DocumentKind.PLAN,
        number="12/KH-UBND",
        symbol="KH-UBND",
        issued_on="2022-03-01",
        place="Hà Lan",
        issuer="UBND xã Hà Lan",
        issuing_unit=None,
        province=None,
        title="Thực hiện công tác giảm nghèo năm 2022",
        period_start=2022,
        period_end=2022,
        signer=None,
        signer_title=None,
        first_page=1,
        last_page=1,
        source=PLACE,
    )
    return replace(plan, **changes)  # type: ignore[arg-type]  # any field may change


def make_records(**changes: object) -> Records:
    """Return the records of a sound paper without tables, changed as said."""
    records = Records(
        version=1,
        file_name="paper.pdf",
        file_sha256="0" * 64,
        page_count=1,
        text_source=TextSource.TEXT_LAYER,
        documents=(make_document(),),
    )
    return replace(records, **changes)  # type: ignore[arg-type]  # any field may change


def records_of(
    vocabulary: Vocabulary, *tables: str | RawTable, **changes: object
) -> Records:
    """Return the records of a paper with these tables."""
    every: list[Table] = []
    figures: list[Figure] = []
    issues: list[Issue] = []
    for number, drawn in enumerate(tables, start=1):
        raw = make_table(drawn) if isinstance(drawn, str) else drawn
        table, found, doubts = parse_table(
            replace(raw, table_no=number), CONTEXT, vocabulary
        )
        issues += [_moved(doubt, len(figures)) for doubt in doubts]
        figures += found
        every.append(table)
    return make_records(
        tables=tuple(every), figures=tuple(figures), issues=tuple(issues), **changes
    )


def _moved(issue: Issue, by: int) -> Issue:
    figure = None if issue.figure is None else issue.figure + by
    suspects = tuple(index + by for index in issue.suspects)
    return replace(issue, figure=figure, suspects=suspects)
