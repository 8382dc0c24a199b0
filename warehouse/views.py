"""The views that analysts' SQL relies on: the seven of the contract, and submissions.

They show every loaded version of a paper, but none that was withdrawn.
``v_document.is_current`` says which is the newest: same issuer, number and date
(``version_key``), other bytes, by the time that the file was first received. What has
no number of its own is a version of nothing, and what is attached to a document goes
with that document. The views of ``warehouse.analysis`` stand on these.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from warehouse.analysis import ANALYSIS_PARTS, BYTEWISE
from warehouse.units_views import UNIT_PARTS

_BOX = ("x0", "y0", "x1", "y1")

_FIGURE: Final = (
    *("f.document_id", "p.file_name", "f.page", "f.table_no", "f.row_no", "f.col_no"),
    *("f.row_kind", "f.unit_raw", "f.unit_name", "f.unit_kind", "f.unit_code"),
    *("f.indicator", "f.indicator_label", "f.group_code", "f.year", "f.as_of"),
    *("f.value", "f.uom", "f.raw_text", "f.method", "f.confidence", "f.quality"),
    *(f"f.{edge}" for edge in _BOX),
    *("f.origin AS source", "f.statement", "f.figure_id", "f.value_exact"),
    *("f.first_reading", "f.alternatives", "f.rule"),
    *("f.unit_id", "f.unit_system", "f.unit_way", "f.unit_confidence"),
)
_TARGET: Final = (
    *_FIGURE,
    *("f.comparator", "f.value_max", "f.per", "f.year_to", "f.value_max_exact"),
)
_OF_PAPER: Final = (
    "JOIN document d ON d.document_id = {0}.document_id "
    "JOIN paper p ON p.paper_id = d.paper_id AND p.is_withdrawn = 0"
)

_DOCUMENT: Final = (
    *("d.document_id", "p.file_name", "p.file_sha256", "p.source"),
    *("d.parent_document_id", "d.kind", "d.number", "d.symbol", "d.issued_on"),
    *("d.place", "d.issuer", "d.issuing_unit", "d.issuing_unit_code", "d.province"),
    *("d.province_code", "d.title", "d.period_start", "d.period_end", "d.signer"),
    *("d.signer_title", "p.page_count", "p.text_source", "p.status"),
    "CASE WHEN p.status = 'loaded' AND d.newest = 1 AND "
    "MIN(CASE WHEN d.document_id = d.root_document_id THEN d.newest END) "
    "OVER (PARTITION BY d.root_document_id) = 1 THEN 1 ELSE 0 END AS is_current",
    *("d.paper_id", "d.ordinal", "d.first_page", "d.last_page"),
    *("p.received_at", "p.loaded_at", "p.run_id", "p.reader", "p.code_version"),
    *("d.issuing_unit_id", "d.issuing_unit_system"),
)
# RANK, not ROW_NUMBER: two documents of one file are no versions of each other.
_RANKED: Final = (
    "(SELECT vd.*, CASE WHEN vd.version_key IS NULL OR RANK() OVER ("
    "PARTITION BY vd.version_key, vp.status "
    "ORDER BY vp.received_at DESC, vp.file_sha256 DESC) = 1 "
    "THEN 1 ELSE 0 END AS newest "
    "FROM document vd JOIN paper vp ON vp.paper_id = vd.paper_id "
    "AND vp.is_withdrawn = 0)"
)

_ISSUE: Final = (
    *("i.document_id", "p.file_name", "i.page", "i.check_code", "i.severity"),
    *("i.indicator", "i.group_code", "i.year", "i.as_of", "i.unit_raw", "i.printed"),
    *("i.computed", "i.suspects", "i.message", "i.status", "i.issue_id"),
    *("i.figure_id", "i.table_no", "i.row_no", "i.col_no"),
    *(f"i.{edge}" for edge in _BOX),
    *("i.message_vi", "i.other_document_id"),
)

_ASSIGNMENT: Final = (
    *("a.document_id", "p.file_name", "a.page", "a.section", "a.ordinal", "a.agency"),
    *("a.agency_kind", "a.agency_raw", "a.role", "a.task", "a.partners", "a.units"),
    *("a.households", "a.amount_vnd", "a.deadlines", "a.deadline_text"),
    *("a.recurrence", "a.assignment_id", "a.amount_vnd_exact", "a.raw_text"),
    *("a.method", "a.confidence", *(f"a.{edge}" for edge in _BOX), "a.unit_codes"),
)

_BASIS: Final = (
    *("b.document_id", "p.file_name", "b.cited_number", "b.cited_kind", "b.cited_on"),
    *("b.cited_issuer", "b.text", "b.page", "b.basis_id"),
    *(f"b.{edge}" for edge in _BOX),
)

_RECIPIENT: Final = (
    *("c.document_id", "p.file_name", "c.ordinal", "c.recipient", "c.page"),
    *("c.recipient_id", *(f"c.{edge}" for edge in _BOX)),
)

_SUBMISSION: Final = (
    *("s.submission_id", "s.paper_id", "s.source", "s.path_name", "s.file_name"),
    *("p.file_sha256", "s.modified_at", "s.received_at", "s.run_id", "p.status"),
)

# Name: columns, and what they are taken from.
_PARTS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "v_document": (
        _DOCUMENT,
        f"FROM {_RANKED} d JOIN paper p ON p.paper_id = d.paper_id",
    ),
    "v_observation": (
        _FIGURE,
        f"FROM figure f {_OF_PAPER.format('f')} WHERE f.kind = 'observation'",
    ),
    "v_target": (
        _TARGET,
        f"FROM figure f {_OF_PAPER.format('f')} WHERE f.kind = 'target'",
    ),
    "v_assignment": (_ASSIGNMENT, f"FROM assignment a {_OF_PAPER.format('a')}"),
    "v_legal_basis": (_BASIS, f"FROM legal_basis b {_OF_PAPER.format('b')}"),
    "v_recipient": (_RECIPIENT, f"FROM recipient c {_OF_PAPER.format('c')}"),
    "v_quality_issue": (_ISSUE, f"FROM quality_issue i {_OF_PAPER.format('i')}"),
    "v_submission": (
        _SUBMISSION,
        "FROM submission s JOIN paper p ON p.paper_id = s.paper_id "
        "AND p.is_withdrawn = 0",
    ),
}


def _column_name(expression: str) -> str:
    return expression.rsplit(" AS ", 1)[-1].rsplit(".", 1)[-1]


VIEW_COLUMNS: Final[dict[str, list[str]]] = {
    name: [_column_name(column) for column in columns]
    for name, (columns, _) in (_PARTS | ANALYSIS_PARTS | UNIT_PARTS).items()
}
"""The columns of each view in their order."""

VIEWS: Final[dict[str, str]] = {
    name: f"CREATE VIEW {name} AS SELECT {', '.join(columns)} {taken_from}"
    for name, (columns, taken_from) in (_PARTS | ANALYSIS_PARTS | UNIT_PARTS).items()
}
"""The statement that makes each view, the same for both databases but for BYTEWISE;
views that stand on others come after them."""


def create_views(connection: Connection) -> None:
    """Make all views."""
    bytewise = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    for statement in VIEWS.values():
        connection.exec_driver_sql(statement.replace(BYTEWISE, bytewise))


def drop_views(connection: Connection) -> None:
    """Take away whichever of the views there are."""
    for name in reversed(VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
