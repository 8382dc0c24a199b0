"""The tables of the warehouse, one set for SQLite and PostgreSQL.

Keys are text made from the file's bytes and the place in the file, never from a
sequence: loading in another order, or by two processes, gives the same keys.

Decimals: PostgreSQL keeps them exact in NUMERIC. SQLite has no decimal; text there
would neither add up nor compare as a number ('9' > '10'), and NUMERIC affinity makes
1.00 an integer, so that ``poor / households`` would be 0. So SQLite keeps a double in a
column of REAL affinity (exact for whole numbers to 2^53, and ``value = 0.85`` holds),
and every decimal has its exact digits beside it as text, on both databases.

Times are ISO text in UTC ('2026-11-20T09:05:00.123456Z') and lists are JSON text, so
that both databases answer alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
)

from extractors.model import Method, TextSource
from parsers import records as r
from warehouse.dictionary import describe

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)

EXACT = Numeric().with_variant(Double(), "sqlite")


def _text(name: str, *, null: bool = True) -> Column[str]:
    return Column(name, Text, nullable=null)


def _texts(*names: str, null: bool = True) -> Iterator[Column[str]]:
    return (_text(name, null=null) for name in names)


def _whole(name: str, *, null: bool = True) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _wholes(*names: str, null: bool = True) -> Iterator[Column[int]]:
    return (_whole(name, null=null) for name in names)


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _ref(
    name: str, target: str, *, null: bool = False, key: bool = False
) -> Column[str]:
    # Checked at commit, so that the rows of a paper may come in any order.
    refers = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Column(name, Text, refers, nullable=null, primary_key=key)


def _number_key(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _code(column: str, codes: type[StrEnum]) -> CheckConstraint:
    known = ", ".join(f"'{code.value}'" for code in codes)
    return CheckConstraint(f"{column} IN ({known})", name=column)


def _box() -> Iterator[Column[object]]:
    """Where it is printed."""
    yield Column("page", Integer)
    yield from (Column(edge, Double) for edge in ("x0", "y0", "x1", "y1"))


def _place() -> Iterator[Column[object]]:
    """Where it is printed and how it was read."""
    yield from _box()
    yield Column("raw_text", Text)
    yield Column("method", Text, nullable=False)
    yield Column("confidence", Double, nullable=False)
    yield Column("rule", Text, nullable=False)


run = Table(
    "run",
    metadata,
    _key("run_id"),
    *_texts("command", "options", "code_version", "status", "started_at", null=False),
    _text("finished_at"),
)

run_item = Table(
    "run_item",
    metadata,
    Column("run_id", Text, ForeignKey("run.run_id"), primary_key=True),
    _key("path_name"),
    _key("stage"),
    _text("file_name", null=False),
    *_texts("source", "file_sha256"),
    _text("status", null=False),
    *_texts("reason", "todo"),
    _whole("attempts", null=False),
    Column("seconds", Double),
    _text("recorded_at", null=False),
    Index(None, "path_name", "recorded_at"),
)

paper = Table(
    "paper",
    metadata,
    _key("paper_id"),
    Column("file_sha256", Text, nullable=False, unique=True),
    Column("file_name", Text, nullable=False, index=True),
    _text("source"),
    Column("byte_size", BigInteger),
    _whole("page_count", null=False),
    *_texts("text_source", "status", "grade", "reader", "code_version", null=False),
    *_texts("received_at", "loaded_at", null=False),
    _ref("run_id", "run.run_id", null=True),
    _text("digest", null=False),
    _code("grade", r.Grade),
    _code("text_source", TextSource),
)

submission = Table(
    "submission",
    metadata,
    _key("submission_id"),
    _ref("paper_id", "paper.paper_id"),
    _text("source"),
    *_texts("path_name", "file_name", null=False),
    _text("modified_at"),
    _text("received_at", null=False),
    _ref("run_id", "run.run_id", null=True),
    Index(None, "paper_id"),
)

document = Table(
    "document",
    metadata,
    _key("document_id"),
    _ref("paper_id", "paper.paper_id"),
    _whole("ordinal", null=False),
    _ref("parent_document_id", "document.document_id", null=True),
    _text("root_document_id", null=False),
    _text("version_key"),
    _text("kind", null=False),
    *_texts("number", "symbol", "issued_on", "place", "issuer", "issuing_unit"),
    *_texts("issuing_unit_code", "province", "province_code", "title"),
    *_wholes("period_start", "period_end"),
    *_texts("signer", "signer_title"),
    *_wholes("first_page", "last_page", null=False),
    *_place(),
    _code("kind", r.DocumentKind),
    _code("method", Method),
    Index(None, "paper_id"),
    Index(None, "parent_document_id"),
    Index(None, "version_key"),
    Index(None, "province_code", "issuing_unit_code"),
)

printed_table = Table(
    "printed_table",
    metadata,
    _key("table_id"),
    _ref("document_id", "document.document_id"),
    *_wholes("table_no", "page", null=False),
    *_texts("title", "unit_line"),
    Index(None, "document_id", "table_no"),
)


table_column = Table(
    "table_column",
    metadata,
    _ref("table_id", "printed_table.table_id", key=True),
    _number_key("col_no"),
    *_texts("path", "role", null=False),
    *_texts("kind", "indicator"),
    _text("group_code", null=False),
    _whole("year"),
    *_texts("as_of", "uom", "formula"),
    _whole("number"),
    *_texts("convention", "rule", null=False),
)

table_row = Table(
    "table_row",
    metadata,
    _ref("table_id", "printed_table.table_id", key=True),
    _number_key("row_no"),
    *_texts("ordinal", "label", "kind", null=False),
    _whole("parent_row_no"),
)

table_cell = Table(
    "table_cell",
    metadata,
    _ref("table_id", "printed_table.table_id", key=True),
    _number_key("cell_no"),
    _whole("row_no"),
    *_wholes("col_no", "col_span", null=False),
    _text("text", null=False),
    *_place(),
)

figure = Table(
    "figure",
    metadata,
    _key("figure_id"),
    _ref("document_id", "document.document_id"),
    *_texts("kind", "origin", null=False),
    *_wholes("table_no", "row_no", "col_no"),
    *_texts("row_kind", "unit_raw", "unit_name", "unit_kind", "unit_code"),
    *_texts("indicator", "indicator_label", "group_code", null=False),
    *_wholes("year", "year_to"),
    _text("as_of"),
    Column("value", EXACT),
    _text("value_exact"),
    Column("value_max", EXACT),
    _text("value_max_exact"),
    *_texts("uom", "comparator", null=False),
    _text("per"),
    _text("quality", null=False),
    *_texts("statement", "first_reading"),
    _text("alternatives", null=False),
    *_place(),
    _code("kind", r.FigureKind),
    _code("origin", r.Origin),
    _code("as_of", r.AsOf),
    _code("row_kind", r.RowKind),
    _code("comparator", r.Comparator),
    _code("quality", r.Quality),
    _code("method", Method),
    CheckConstraint("value IS NOT NULL OR quality <> 'ok'", name="unread"),
    Index(None, "document_id", "table_no", "row_no", "col_no"),
    Index(None, "indicator", "year", "unit_code"),
)

assignment = Table(
    "assignment",
    metadata,
    _key("assignment_id"),
    _ref("document_id", "document.document_id"),
    _text("section", null=False),
    _whole("ordinal", null=False),
    *_texts(
        "agency",
        "agency_kind",
        "agency_raw",
        "role",
        "task",
        "partners",
        "units",
        null=False,
    ),
    Column("households", BigInteger),
    Column("amount_vnd", EXACT),
    _text("amount_vnd_exact"),
    _text("deadlines", null=False),
    *_texts("deadline_text", "recurrence"),
    *_place(),
    _code("role", r.Role),
    Index(None, "document_id"),
    Index(None, "agency"),
)

legal_basis = Table(
    "legal_basis",
    metadata,
    _key("basis_id"),
    _ref("document_id", "document.document_id"),
    _text("cited_number", null=False),
    *_texts("cited_kind", "cited_on", "cited_issuer"),
    _text("text", null=False),
    *_place(),
    Index(None, "document_id"),
    Index(None, "cited_number"),
)

recipient = Table(
    "recipient",
    metadata,
    _key("recipient_id"),
    _ref("document_id", "document.document_id"),
    _whole("ordinal", null=False),
    _text("recipient", null=False),
    *_place(),
    Index(None, "document_id"),
)

annex = Table(
    "annex",
    metadata,
    _key("annex_id"),
    _ref("document_id", "document.document_id"),
    _text("title", null=False),
    _text("reference"),
    *_texts("years", "reference_years", null=False),
    *_place(),
    Index(None, "document_id"),
)

annex_mention = Table(
    "annex_mention",
    metadata,
    _key("mention_id"),
    _ref("document_id", "document.document_id"),
    _text("names", null=False),
    _whole("annex_count", null=False),
    *_place(),
    Index(None, "document_id"),
)

quality_issue = Table(
    "quality_issue",
    metadata,
    _key("issue_id"),
    _ref("document_id", "document.document_id"),
    _ref("figure_id", "figure.figure_id", null=True),
    *_texts("check_code", "severity", null=False),
    *_box(),
    *_texts("indicator", "group_code"),
    _whole("year"),
    *_texts("as_of", "unit_raw"),
    *_wholes("table_no", "row_no", "col_no"),
    *_texts("printed", "computed"),
    *_texts("suspects", "message", "status", null=False),
    _code("severity", r.Severity),
    Index(None, "document_id"),
    Index(None, "figure_id"),
    Index(None, "check_code"),
)

issue_suspect = Table(
    "issue_suspect",
    metadata,
    _ref("issue_id", "quality_issue.issue_id", key=True),
    _number_key("ordinal"),
    _ref("figure_id", "figure.figure_id"),
    Index(None, "figure_id"),
)

suite_result = Table(
    "suite_result",
    metadata,
    _ref("paper_id", "paper.paper_id", key=True),
    _number_key("ordinal"),
    _text("suite", null=False),
    *_wholes("success", "evaluated", null=False),
    _text("failed", null=False),
)

warehouse_info = Table(
    "warehouse_info",
    metadata,
    _key("name"),
    _text("value", null=False),
)

for _table in metadata.tables.values():
    _table.comment = describe(_table.name).comment
    for _column in _table.columns:
        _column.comment = describe(_table.name, _column.name).comment
