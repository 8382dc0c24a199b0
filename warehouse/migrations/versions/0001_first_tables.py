"""First tables: papers, documents, figures, tasks, doubts, runs.

Revision: 0001, after none.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What warehouse.models says of decimals, as it was at this revision.
EXACT = sa.Numeric().with_variant(sa.Double(), "sqlite")


def upgrade() -> None:
    """Bring the tables forward."""
    _create_run()
    _create_warehouse_info()
    _create_paper()
    _create_run_item()
    _create_document()
    _create_submission()
    _create_suite_result()
    _create_annex()
    _create_annex_mention()
    _create_assignment()
    _create_figure()
    _create_legal_basis()
    _create_printed_table()
    _create_recipient()
    _create_quality_issue()
    _create_table_cell()
    _create_table_column()
    _create_table_row()
    _create_issue_suspect()


def downgrade() -> None:
    """Take the tables back."""
    for name in TABLES:
        op.drop_table(name)


TABLES = (
    "issue_suspect",
    "table_row",
    "table_column",
    "table_cell",
    "quality_issue",
    "recipient",
    "printed_table",
    "legal_basis",
    "figure",
    "assignment",
    "annex_mention",
    "annex",
    "suite_result",
    "submission",
    "document",
    "run_item",
    "paper",
    "warehouse_info",
    "run",
)


def _box() -> list[sa.Column[Any]]:
    edges: list[sa.Column[Any]] = [
        sa.Column(edge, sa.Double()) for edge in ("x0", "y0", "x1", "y1")
    ]
    return [sa.Column("page", sa.Integer()), *edges]


def _place() -> list[sa.Column[Any]]:
    return [
        *_box(),
        sa.Column("raw_text", sa.Text()),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
    ]


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=f"fk_{table}_{column}",
        deferrable=True,
        initially="DEFERRED",
    )


def _create_run() -> None:
    op.create_table(
        "run",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text()),
        sa.PrimaryKeyConstraint("run_id", name="pk_run"),
    )


def _create_warehouse_info() -> None:
    op.create_table(
        "warehouse_info",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_warehouse_info"),
    )


def _create_paper() -> None:
    op.create_table(
        "paper",
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("byte_size", sa.BigInteger()),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("text_source", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", name="pk_paper"),
        sa.UniqueConstraint("file_sha256", name="uq_paper_file_sha256"),
        _refers("paper", "run_id", "run.run_id"),
        sa.CheckConstraint(
            "grade IN ('ok', 'doubtful', 'quarantined')", name=op.f("ck_paper_grade")
        ),
        sa.CheckConstraint(
            "text_source IN ('text_layer', 'ocr', 'mixed')",
            name=op.f("ck_paper_text_source"),
        ),
    )
    op.create_index("ix_paper_file_name", "paper", ["file_name"])


def _create_run_item() -> None:
    op.create_table(
        "run_item",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("path_name", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("file_sha256", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("todo", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double()),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "path_name", "stage", name="pk_run_item"),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name="fk_run_item_run_id"),
    )
    op.create_index(
        "ix_run_item_path_name_recorded_at", "run_item", ["path_name", "recorded_at"]
    )


def _create_document() -> None:
    op.create_table(
        "document",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("parent_document_id", sa.Text()),
        sa.Column("root_document_id", sa.Text(), nullable=False),
        sa.Column("version_key", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("symbol", sa.Text()),
        sa.Column("issued_on", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("issuer", sa.Text()),
        sa.Column("issuing_unit", sa.Text()),
        sa.Column("issuing_unit_code", sa.Text()),
        sa.Column("province", sa.Text()),
        sa.Column("province_code", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("period_start", sa.Integer()),
        sa.Column("period_end", sa.Integer()),
        sa.Column("signer", sa.Text()),
        sa.Column("signer_title", sa.Text()),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        *_place(),
        sa.PrimaryKeyConstraint("document_id", name="pk_document"),
        _refers("document", "paper_id", "paper.paper_id"),
        _refers("document", "parent_document_id", "document.document_id"),
        sa.CheckConstraint(
            "kind IN ('plan', 'decision', 'report', 'resolution', 'other')",
            name=op.f("ck_document_kind"),
        ),
        sa.CheckConstraint(
            "method IN ('text_layer', 'ocr')", name=op.f("ck_document_method")
        ),
    )
    op.create_index("ix_document_paper_id", "document", ["paper_id"])
    op.create_index(
        "ix_document_parent_document_id", "document", ["parent_document_id"]
    )
    op.create_index(
        "ix_document_province_code_issuing_unit_code",
        "document",
        ["province_code", "issuing_unit_code"],
    )
    op.create_index("ix_document_version_key", "document", ["version_key"])


def _create_submission() -> None:
    op.create_table(
        "submission",
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("path_name", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("modified_at", sa.Text()),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text()),
        sa.PrimaryKeyConstraint("submission_id", name="pk_submission"),
        _refers("submission", "paper_id", "paper.paper_id"),
        _refers("submission", "run_id", "run.run_id"),
    )
    op.create_index("ix_submission_paper_id", "submission", ["paper_id"])


def _create_suite_result() -> None:
    op.create_table(
        "suite_result",
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("suite", sa.Text(), nullable=False),
        sa.Column("success", sa.Integer(), nullable=False),
        sa.Column("evaluated", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", "ordinal", name="pk_suite_result"),
        _refers("suite_result", "paper_id", "paper.paper_id"),
    )


def _create_annex() -> None:
    op.create_table(
        "annex",
        sa.Column("annex_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text()),
        sa.Column("years", sa.Text(), nullable=False),
        sa.Column("reference_years", sa.Text(), nullable=False),
        *_place(),
        sa.PrimaryKeyConstraint("annex_id", name="pk_annex"),
        _refers("annex", "document_id", "document.document_id"),
    )
    op.create_index("ix_annex_document_id", "annex", ["document_id"])


def _create_annex_mention() -> None:
    op.create_table(
        "annex_mention",
        sa.Column("mention_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("annex_count", sa.Integer(), nullable=False),
        *_place(),
        sa.PrimaryKeyConstraint("mention_id", name="pk_annex_mention"),
        _refers("annex_mention", "document_id", "document.document_id"),
    )
    op.create_index("ix_annex_mention_document_id", "annex_mention", ["document_id"])


def _create_assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("agency_kind", sa.Text(), nullable=False),
        sa.Column("agency_raw", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("partners", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("households", sa.BigInteger()),
        sa.Column("amount_vnd", EXACT),
        sa.Column("amount_vnd_exact", sa.Text()),
        sa.Column("deadlines", sa.Text(), nullable=False),
        sa.Column("deadline_text", sa.Text()),
        sa.Column("recurrence", sa.Text()),
        *_place(),
        sa.PrimaryKeyConstraint("assignment_id", name="pk_assignment"),
        _refers("assignment", "document_id", "document.document_id"),
        sa.CheckConstraint(
            "role IN ('lead', 'coordinate', 'responsible')",
            name=op.f("ck_assignment_role"),
        ),
    )
    op.create_index("ix_assignment_agency", "assignment", ["agency"])
    op.create_index("ix_assignment_document_id", "assignment", ["document_id"])


def _create_figure() -> None:
    op.create_table(
        "figure",
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("table_no", sa.Integer()),
        sa.Column("row_no", sa.Integer()),
        sa.Column("col_no", sa.Integer()),
        sa.Column("row_kind", sa.Text()),
        sa.Column("unit_raw", sa.Text()),
        sa.Column("unit_name", sa.Text()),
        sa.Column("unit_kind", sa.Text()),
        sa.Column("unit_code", sa.Text()),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("indicator_label", sa.Text(), nullable=False),
        sa.Column("group_code", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("year_to", sa.Integer()),
        sa.Column("as_of", sa.Text()),
        sa.Column("value", EXACT),
        sa.Column("value_exact", sa.Text()),
        sa.Column("value_max", EXACT),
        sa.Column("value_max_exact", sa.Text()),
        sa.Column("uom", sa.Text(), nullable=False),
        sa.Column("comparator", sa.Text(), nullable=False),
        sa.Column("per", sa.Text()),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text()),
        sa.Column("first_reading", sa.Text()),
        sa.Column("alternatives", sa.Text(), nullable=False),
        *_place(),
        sa.PrimaryKeyConstraint("figure_id", name="pk_figure"),
        _refers("figure", "document_id", "document.document_id"),
        sa.CheckConstraint(
            "as_of IN ('start', 'end', 'during')", name=op.f("ck_figure_as_of")
        ),
        sa.CheckConstraint(
            "comparator IN ('=', '>=', '<=', '>', '<', '~', 'range')",
            name=op.f("ck_figure_comparator"),
        ),
        sa.CheckConstraint(
            "kind IN ('observation', 'target')", name=op.f("ck_figure_kind")
        ),
        sa.CheckConstraint(
            "method IN ('text_layer', 'ocr')", name=op.f("ck_figure_method")
        ),
        sa.CheckConstraint(
            "origin IN ('table', 'prose')", name=op.f("ck_figure_origin")
        ),
        sa.CheckConstraint(
            "quality IN ('ok', 'suspect', 'repaired', 'corrected')",
            name=op.f("ck_figure_quality"),
        ),
        sa.CheckConstraint(
            "row_kind IN ('unit', 'subtotal', 'total')", name=op.f("ck_figure_row_kind")
        ),
        sa.CheckConstraint(
            "value IS NOT NULL OR quality <> 'ok'", name=op.f("ck_figure_unread")
        ),
    )
    op.create_index(
        "ix_figure_document_id_table_no_row_no_col_no",
        "figure",
        ["document_id", "table_no", "row_no", "col_no"],
    )
    op.create_index(
        "ix_figure_indicator_year_unit_code",
        "figure",
        ["indicator", "year", "unit_code"],
    )


def _create_legal_basis() -> None:
    op.create_table(
        "legal_basis",
        sa.Column("basis_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("cited_number", sa.Text(), nullable=False),
        sa.Column("cited_kind", sa.Text()),
        sa.Column("cited_on", sa.Text()),
        sa.Column("cited_issuer", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        *_place(),
        sa.PrimaryKeyConstraint("basis_id", name="pk_legal_basis"),
        _refers("legal_basis", "document_id", "document.document_id"),
    )
    op.create_index("ix_legal_basis_cited_number", "legal_basis", ["cited_number"])
    op.create_index("ix_legal_basis_document_id", "legal_basis", ["document_id"])


def _create_printed_table() -> None:
    op.create_table(
        "printed_table",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("table_no", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("unit_line", sa.Text()),
        sa.PrimaryKeyConstraint("table_id", name="pk_printed_table"),
        _refers("printed_table", "document_id", "document.document_id"),
    )
    op.create_index(
        "ix_printed_table_document_id_table_no",
        "printed_table",
        ["document_id", "table_no"],
    )


def _create_recipient() -> None:
    op.create_table(
        "recipient",
        sa.Column("recipient_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        *_place(),
        sa.PrimaryKeyConstraint("recipient_id", name="pk_recipient"),
        _refers("recipient", "document_id", "document.document_id"),
    )
    op.create_index("ix_recipient_document_id", "recipient", ["document_id"])


def _create_quality_issue() -> None:
    op.create_table(
        "quality_issue",
        sa.Column("issue_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("figure_id", sa.Text()),
        sa.Column("check_code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        *_box(),
        sa.Column("indicator", sa.Text()),
        sa.Column("group_code", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("as_of", sa.Text()),
        sa.Column("unit_raw", sa.Text()),
        sa.Column("table_no", sa.Integer()),
        sa.Column("row_no", sa.Integer()),
        sa.Column("col_no", sa.Integer()),
        sa.Column("printed", sa.Text()),
        sa.Column("computed", sa.Text()),
        sa.Column("suspects", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("issue_id", name="pk_quality_issue"),
        _refers("quality_issue", "document_id", "document.document_id"),
        _refers("quality_issue", "figure_id", "figure.figure_id"),
        sa.CheckConstraint(
            "severity IN ('error', 'warning', 'info')",
            name=op.f("ck_quality_issue_severity"),
        ),
    )
    op.create_index("ix_quality_issue_check_code", "quality_issue", ["check_code"])
    op.create_index("ix_quality_issue_document_id", "quality_issue", ["document_id"])
    op.create_index("ix_quality_issue_figure_id", "quality_issue", ["figure_id"])


def _create_table_cell() -> None:
    op.create_table(
        "table_cell",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("cell_no", sa.Integer(), nullable=False),
        sa.Column("row_no", sa.Integer()),
        sa.Column("col_no", sa.Integer(), nullable=False),
        sa.Column("col_span", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_place(),
        sa.PrimaryKeyConstraint("table_id", "cell_no", name="pk_table_cell"),
        _refers("table_cell", "table_id", "printed_table.table_id"),
    )


def _create_table_column() -> None:
    op.create_table(
        "table_column",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("col_no", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("indicator", sa.Text()),
        sa.Column("group_code", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("as_of", sa.Text()),
        sa.Column("uom", sa.Text()),
        sa.Column("formula", sa.Text()),
        sa.Column("number", sa.Integer()),
        sa.Column("convention", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("table_id", "col_no", name="pk_table_column"),
        _refers("table_column", "table_id", "printed_table.table_id"),
    )


def _create_table_row() -> None:
    op.create_table(
        "table_row",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_row_no", sa.Integer()),
        sa.PrimaryKeyConstraint("table_id", "row_no", name="pk_table_row"),
        _refers("table_row", "table_id", "printed_table.table_id"),
    )


def _create_issue_suspect() -> None:
    op.create_table(
        "issue_suspect",
        sa.Column("issue_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("issue_id", "ordinal", name="pk_issue_suspect"),
        _refers("issue_suspect", "issue_id", "quality_issue.issue_id"),
        _refers("issue_suspect", "figure_id", "figure.figure_id"),
    )
    op.create_index("ix_issue_suspect_figure_id", "issue_suspect", ["figure_id"])
