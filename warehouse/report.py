"""What a report tells: papers with their grades, doubts with their places, suites."""

# ruff: noqa: S608  # the SQL is put together from constants of this module alone

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, text

from warehouse.database import reading


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper with its first document's head and how many figures and doubts it has."""

    paper_id: str
    file_sha256: str
    file_name: str
    source: str | None
    status: str
    grade: str
    page_count: int
    loaded_at: str
    number: str | None
    issued_on: str | None
    issuer: str | None
    title: str | None
    figures: int
    suspect: int
    repaired: int
    corrected: int
    doubts: int


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A doubt with its place on the page and what was decided."""

    paper_id: str
    issue_id: str
    check_code: str
    severity: str
    status: str
    page: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    unit_raw: str | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    printed: str | None
    computed: str | None
    message: str
    message_vi: str
    is_of_people: int
    """1 where its table lists persons."""


@dataclass(frozen=True, slots=True)
class SuiteRow:
    """What one suite said of all papers together."""

    suite: str
    papers: int
    passed: int
    evaluated: int


@dataclass(frozen=True, slots=True)
class SuiteFailure:
    """What a suite found wrong with one paper; ``failed`` is a JSON list."""

    suite: str
    file_name: str
    failed: str


@dataclass(frozen=True, slots=True)
class ReportRows:
    """All that a report shows, of papers that are not withdrawn."""

    papers: tuple[PaperRow, ...]
    doubts: tuple[DoubtRow, ...]
    suites: tuple[SuiteRow, ...]
    failures: tuple[SuiteFailure, ...]


def _counted(quality: str) -> str:
    return f"SUM(CASE WHEN f.quality = '{quality}' THEN 1 ELSE 0 END)"


_PAPERS = f"""
SELECT p.paper_id, p.file_sha256, p.file_name, p.source, p.status, p.grade,
  p.page_count, p.loaded_at, d.number, d.issued_on, d.issuer, d.title,
  COALESCE(c.figures, 0), COALESCE(c.suspect, 0), COALESCE(c.repaired, 0),
  COALESCE(c.corrected, 0), COALESCE(q.doubts, 0)
FROM paper p
JOIN document d ON d.paper_id = p.paper_id AND d.ordinal =
  (SELECT MIN(o.ordinal) FROM document o WHERE o.paper_id = p.paper_id)
LEFT JOIN (SELECT e.paper_id, COUNT(*) AS figures,
    {_counted("suspect")} AS suspect, {_counted("repaired")} AS repaired,
    {_counted("corrected")} AS corrected
  FROM figure f JOIN document e ON e.document_id = f.document_id
  GROUP BY e.paper_id) c ON c.paper_id = p.paper_id
LEFT JOIN (SELECT e.paper_id, COUNT(*) AS doubts
  FROM quality_issue i JOIN document e ON e.document_id = i.document_id
  WHERE i.status = 'open' GROUP BY e.paper_id) q ON q.paper_id = p.paper_id
WHERE p.is_withdrawn = 0
ORDER BY p.file_name, p.paper_id
"""
_DOUBTS = """
SELECT d.paper_id, i.issue_id, i.check_code, i.severity, i.status, i.page,
  i.x0, i.y0, i.x1, i.y1, i.unit_raw, i.table_no, i.row_no, i.col_no,
  i.printed, i.computed, i.message, i.message_vi,
  CASE WHEN EXISTS (SELECT 1 FROM printed_table t
    JOIN table_column k ON k.table_id = t.table_id AND k.role = 'person'
    WHERE t.document_id = i.document_id AND t.table_no = i.table_no)
  THEN 1 ELSE 0 END
FROM quality_issue i
JOIN document d ON d.document_id = i.document_id
JOIN paper p ON p.paper_id = d.paper_id AND p.is_withdrawn = 0
ORDER BY d.paper_id, CASE i.status WHEN 'open' THEN 0 ELSE 1 END,
  CASE i.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
  i.page, i.y0, i.x0, i.issue_id
"""
_SUITES = """
SELECT s.suite, COUNT(*), SUM(s.success), SUM(s.evaluated)
FROM suite_result s JOIN paper p ON p.paper_id = s.paper_id AND p.is_withdrawn = 0
GROUP BY s.suite ORDER BY s.suite
"""
_FAILURES = """
SELECT s.suite, p.file_name, s.failed
FROM suite_result s JOIN paper p ON p.paper_id = s.paper_id AND p.is_withdrawn = 0
WHERE s.success = 0 ORDER BY s.suite, p.file_name, p.paper_id
"""


def report_rows(engine: Engine) -> ReportRows:
    """Return what a report shows, all of one moment.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    with reading(engine) as connection:
        return ReportRows(
            papers=tuple(PaperRow(*r) for r in connection.execute(text(_PAPERS))),
            doubts=tuple(DoubtRow(*r) for r in connection.execute(text(_DOUBTS))),
            suites=tuple(SuiteRow(*r) for r in connection.execute(text(_SUITES))),
            failures=tuple(
                SuiteFailure(*r) for r in connection.execute(text(_FAILURES))
            ),
        )
