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

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)
from sqlalchemy import text as sql_text

import warehouse.night_models  # tables of the same metadata
import warehouse.review_models  # tables of the same metadata
import warehouse.units_models  # tables of the same metadata
import warehouse.withdrawal_models  # noqa: F401  # tables of the same metadata
from extractors.model import Method, TextSource
from parsers import records as r
from warehouse.columns import (
    EXACT,
    box,
    code,
    key,
    number_key,
    place,
    ref,
    text,
    texts,
    whole,
    wholes,
)
from warehouse.columns import metadata as metadata
from warehouse.dictionary import describe

run = Table(
    "run",
    metadata,
    key("run_id"),
    *texts("command", "options", "code_version", "status", "started_at", null=False),
    text("finished_at"),
)

run_item = Table(
    "run_item",
    metadata,
    Column("run_id", Text, ForeignKey("run.run_id"), primary_key=True),
    key("path_name"),
    key("stage"),
    text("file_name", null=False),
    *texts("source", "file_sha256"),
    text("status", null=False),
    *texts("reason", "todo"),
    whole("attempts", null=False),
    Column("seconds", Double),
    text("recorded_at", null=False),
    Index(None, "path_name", "recorded_at"),
)

paper = Table(
    "paper",
    metadata,
    key("paper_id"),
    Column("file_sha256", Text, nullable=False, unique=True),
    Column("file_name", Text, nullable=False, index=True),
    text("source"),
    Column("byte_size", BigInteger),
    whole("page_count", null=False),
    *texts("text_source", "status", "grade", "reader", "code_version", null=False),
    *texts("received_at", "loaded_at", null=False),
    ref("run_id", "run.run_id", null=True),
    text("digest", null=False),
    Column("is_withdrawn", Integer, nullable=False, server_default="0"),
    code("grade", r.Grade),
    code("text_source", TextSource),
)

submission = Table(
    "submission",
    metadata,
    key("submission_id"),
    ref("paper_id", "paper.paper_id"),
    text("source"),
    *texts("path_name", "file_name", null=False),
    text("modified_at"),
    text("received_at", null=False),
    ref("run_id", "run.run_id", null=True),
    Index(None, "paper_id"),
)

document = Table(
    "document",
    metadata,
    key("document_id"),
    ref("paper_id", "paper.paper_id"),
    whole("ordinal", null=False),
    ref("parent_document_id", "document.document_id", null=True),
    text("root_document_id", null=False),
    text("version_key"),
    text("kind", null=False),
    *texts("number", "symbol", "issued_on", "place", "issuer", "issuing_unit"),
    *texts("issuing_unit_code", "province", "province_code", "title"),
    *texts("issuing_unit_id", "issuing_unit_system"),
    *wholes("period_start", "period_end"),
    *texts("signer", "signer_title"),
    *wholes("first_page", "last_page", null=False),
    *place(),
    code("kind", r.DocumentKind),
    code("method", Method),
    Index(None, "paper_id"),
    Index(None, "parent_document_id"),
    Index(None, "version_key"),
    Index(None, "province_code", "issuing_unit_code"),
)

printed_table = Table(
    "printed_table",
    metadata,
    key("table_id"),
    ref("document_id", "document.document_id"),
    *wholes("table_no", "page", null=False),
    *texts("title", "unit_line"),
    Index(None, "document_id", "table_no"),
)


table_column = Table(
    "table_column",
    metadata,
    ref("table_id", "printed_table.table_id", key=True),
    number_key("col_no"),
    *texts("path", "role", null=False),
    *texts("kind", "indicator"),
    text("group_code", null=False),
    whole("year"),
    *texts("as_of", "uom", "formula"),
    whole("number"),
    *texts("convention", "rule", null=False),
)

table_row = Table(
    "table_row",
    metadata,
    ref("table_id", "printed_table.table_id", key=True),
    number_key("row_no"),
    *texts("ordinal", "label", "kind", null=False),
    whole("parent_row_no"),
)

table_cell = Table(
    "table_cell",
    metadata,
    ref("table_id", "printed_table.table_id", key=True),
    number_key("cell_no"),
    whole("row_no"),
    *wholes("col_no", "col_span", null=False),
    text("text", null=False),
    *place(),
)

OF_UNIT_YEAR = "origin = 'table' AND group_code = 'all' AND unit_name IS NOT NULL"
"""Figures that v_unit_year is made of."""

figure = Table(
    "figure",
    metadata,
    key("figure_id"),
    ref("document_id", "document.document_id"),
    *texts("kind", "origin", null=False),
    *wholes("table_no", "row_no", "col_no"),
    *texts("row_kind", "unit_raw", "unit_name", "unit_kind", "unit_code"),
    *texts("unit_id", "unit_system", "unit_key", "unit_way"),
    Column("unit_confidence", Double),
    *texts("indicator", "indicator_label", "group_code", null=False),
    *wholes("year", "year_to"),
    text("as_of"),
    Column("value", EXACT),
    text("value_exact"),
    Column("value_max", EXACT),
    text("value_max_exact"),
    *texts("uom", "comparator", null=False),
    text("per"),
    text("quality", null=False),
    *texts("statement", "first_reading"),
    text("alternatives", null=False),
    *place(),
    code("kind", r.FigureKind),
    code("origin", r.Origin),
    code("as_of", r.AsOf),
    code("row_kind", r.RowKind),
    code("comparator", r.Comparator),
    code("quality", r.Quality),
    code("method", Method),
    CheckConstraint("value IS NOT NULL OR quality <> 'ok'", name="unread"),
    Index(None, "document_id", "table_no", "row_no", "col_no"),
    Index(None, "indicator", "year", "unit_code"),
    Index(None, "unit_code", "year"),
    Index(None, "unit_key", "indicator", "year"),
    # All that v_unit_year needs, so that it need not read the table. The year stands
    # second because it is asked for, if only as known: a column left out between is a
    # reason for PostgreSQL 18 to use another index.
    Index(
        "ix_figure_unit_year",
        *("document_id", "year", "unit_code", "unit_key", "unit_system", "unit_id"),
        *("unit_name", "unit_kind", "row_kind", "indicator", "as_of", "kind", "uom"),
        *("quality", "value", "origin", "group_code"),
        postgresql_where=sql_text(OF_UNIT_YEAR),
        sqlite_where=sql_text(OF_UNIT_YEAR),
    ),
)

assignment = Table(
    "assignment",
    metadata,
    key("assignment_id"),
    ref("document_id", "document.document_id"),
    text("section", null=False),
    whole("ordinal", null=False),
    *texts(
        "agency",
        "agency_kind",
        "agency_raw",
        "role",
        "task",
        "partners",
        "units",
        null=False,
    ),
    Column("unit_codes", Text, nullable=False, server_default="[]"),
    Column("households", BigInteger),
    Column("amount_vnd", EXACT),
    text("amount_vnd_exact"),
    text("deadlines", null=False),
    *texts("deadline_text", "recurrence"),
    *place(),
    code("role", r.Role),
    Index(None, "document_id"),
    Index(None, "agency"),
)

legal_basis = Table(
    "legal_basis",
    metadata,
    key("basis_id"),
    ref("document_id", "document.document_id"),
    text("cited_number", null=False),
    *texts("cited_kind", "cited_on", "cited_issuer"),
    text("text", null=False),
    *place(),
    Index(None, "document_id"),
    Index(None, "cited_number"),
)

recipient = Table(
    "recipient",
    metadata,
    key("recipient_id"),
    ref("document_id", "document.document_id"),
    whole("ordinal", null=False),
    text("recipient", null=False),
    *place(),
    Index(None, "document_id"),
)

annex = Table(
    "annex",
    metadata,
    key("annex_id"),
    ref("document_id", "document.document_id"),
    text("title", null=False),
    text("reference"),
    *texts("years", "reference_years", null=False),
    *place(),
    Index(None, "document_id"),
)

annex_mention = Table(
    "annex_mention",
    metadata,
    key("mention_id"),
    ref("document_id", "document.document_id"),
    text("names", null=False),
    whole("annex_count", null=False),
    *place(),
    Index(None, "document_id"),
)

quality_issue = Table(
    "quality_issue",
    metadata,
    key("issue_id"),
    ref("document_id", "document.document_id"),
    ref("figure_id", "figure.figure_id", null=True),
    *texts("check_code", "severity", null=False),
    *box(),
    *texts("indicator", "group_code"),
    whole("year"),
    *texts("as_of", "unit_raw"),
    *wholes("table_no", "row_no", "col_no"),
    *texts("printed", "computed"),
    *texts("suspects", "message", "message_vi", "status", null=False),
    text("other_document_id"),
    code("severity", r.Severity),
    Index(None, "document_id"),
    Index(None, "figure_id"),
    Index(None, "check_code"),
    Index(None, "other_document_id"),
)

issue_suspect = Table(
    "issue_suspect",
    metadata,
    ref("issue_id", "quality_issue.issue_id", key=True),
    number_key("ordinal"),
    ref("figure_id", "figure.figure_id"),
    Index(None, "figure_id"),
)

suite_result = Table(
    "suite_result",
    metadata,
    ref("paper_id", "paper.paper_id", key=True),
    number_key("ordinal"),
    text("suite", null=False),
    *wholes("success", "evaluated", null=False),
    text("failed", null=False),
)

warehouse_info = Table(
    "warehouse_info",
    metadata,
    key("name"),
    text("value", null=False),
)

for _table in metadata.tables.values():
    _table.comment = describe(_table.name).comment
    for _column in _table.columns:
        _column.comment = describe(_table.name, _column.name).comment
