"""Doubts between papers: filed anew for the units of each paper that is loaded.

They depend on which papers are held, not on the order in which these were loaded. What
is doubtful is for others to say (``PaperJudge``); here the figures are handed out and
the doubts filed.
"""

# ruff: noqa: S608  # the SQL is put together from constants of this module alone

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, TextClause, bindparam, delete, insert, select, text

from parsers.known import KnownFigure, PaperDoubt
from parsers.records import AsOf, IssueStatus
from warehouse import models as m
from warehouse.values import exact_digits, keep_text

# 'across' in ASCII; any number that no other program of the server takes would do.
_LOCK = 0x6163726F7373
_MOST_ASKED = 500
"""Units in one query; databases limit how many values a statement may have."""

_COMPARABLE: Final = (
    "f.kind = 'observation' AND f.origin = 'table' AND f.comparator = '=' "
    "AND f.group_code = 'all' AND f.quality <> 'suspect' "
    "AND f.as_of IN ('start', 'end') AND f.year IS NOT NULL "
    "AND f.value_exact IS NOT NULL AND f.unit_code IS NOT NULL "
    "AND f.indicator IN :indicators"
)
# Those of the paper's other versions too: one may be current in its place. By document
# alone, the shortest way to them; a unit too many does no harm.
_UNITS: Final = (
    "SELECT DISTINCT f.unit_code FROM figure f WHERE f.document_id IN "
    "(SELECT d.document_id FROM document d WHERE d.paper_id = :paper_id UNION "
    "SELECT w.document_id FROM document d "
    "JOIN document v ON v.version_key = d.version_key "
    "JOIN document w ON w.paper_id = v.paper_id WHERE d.paper_id = :paper_id)"
)
# Whether a version is current as v_document says it; asked of the few documents here,
# where the view would rank all that are held.
_NEWER: Final = (
    "SELECT 1 FROM document x JOIN paper y ON y.paper_id = x.paper_id "
    "WHERE x.version_key IN (d.version_key, r.version_key) "
    "AND y.status = 'loaded' AND y.is_withdrawn = 0 AND (y.received_at > p.received_at "
    "OR (y.received_at = p.received_at AND y.file_sha256 > p.file_sha256))"
)
_FIGURES: Final = (
    "SELECT f.figure_id, d.paper_id, COALESCE(d.number, r.number, p.file_name) AS no, "
    "COALESCE(d.issued_on, r.issued_on, '') AS issued_on, p.received_at, "
    "f.unit_key, COALESCE(f.unit_name, f.unit_raw, f.unit_code) AS unit_name, "
    "f.indicator, f.year, f.as_of, f.value_exact "
    "FROM figure f JOIN document d ON d.document_id = f.document_id "
    "JOIN document r ON r.document_id = d.root_document_id "
    "JOIN paper p ON p.paper_id = d.paper_id "
    "WHERE p.status = 'loaded' AND p.is_withdrawn = 0 "
    f"AND f.unit_code IN :units AND {_COMPARABLE} AND NOT EXISTS ({_NEWER})"
)


@dataclass(frozen=True, slots=True)
class PaperJudge:
    """What judges papers beside each other, and the indicators that it wants to see."""

    indicators: Sequence[str]
    judge: Callable[[Iterable[KnownFigure]], Iterable[PaperDoubt]]


def lock_comparison(connection: Connection) -> None:
    """Let no other load compare papers until this transaction ends.

    Taken after the lock of a paper, never before it, so that nobody waits in a circle.
    """
    # SQLite has one writer at a time anyway.
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


def units_of(connection: Connection, paper_id: str) -> set[str]:
    """Return the codes of the units that a paper and its versions have figures of."""
    found = connection.execute(text(_UNITS), {"paper_id": paper_id})
    return {str(code) for code in found.scalars() if code is not None}


def compare_papers(
    connection: Connection, units: Iterable[str], judge: PaperJudge
) -> set[str]:
    """File the doubts between papers about some units anew.

    Returns:
        The keys of the papers that doubts were filed on.
    """
    codes = sorted(units)
    touched: set[str] = set()
    for start in range(0, len(codes), _MOST_ASKED):
        some = codes[start : start + _MOST_ASKED]
        _forget_units(connection, some)
        for doubt in judge.judge(_known(connection, some, judge)):
            _file(connection, doubt)
            touched.add(doubt.figure.paper_id)
    return touched


def forget_comparisons(connection: Connection, paper_id: str) -> None:
    """Take away what is said of other papers because of this one."""
    documents = select(m.document.c.document_id).where(
        m.document.c.paper_id == paper_id
    )
    issue = m.quality_issue
    connection.execute(delete(issue).where(issue.c.other_document_id.in_(documents)))


def _query(sql: str, *lists: str) -> TextClause:
    return text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))


def _forget_units(connection: Connection, units: Sequence[str]) -> None:
    figures = select(m.figure.c.figure_id).where(m.figure.c.unit_code.in_(units))
    issue = m.quality_issue
    between = issue.c.other_document_id.is_not(None)
    connection.execute(delete(issue).where(between, issue.c.figure_id.in_(figures)))


def _known(
    connection: Connection, units: Sequence[str], judge: PaperJudge
) -> Iterator[KnownFigure]:
    given = {"units": units, "indicators": judge.indicators}
    rows = connection.execute(_query(_FIGURES, "units", "indicators"), given).all()
    for row in rows:
        yield KnownFigure(
            figure_id=row.figure_id,
            paper_id=row.paper_id,
            paper_no=row.no,
            order=(row.issued_on, row.received_at, row.paper_id),
            unit_key=row.unit_key,
            unit_name=row.unit_name,
            indicator=row.indicator,
            year=row.year,
            as_of=AsOf(row.as_of),
            value=Decimal(row.value_exact),
        )


def _file(connection: Connection, doubt: PaperDoubt) -> None:
    figure = m.figure.c
    on, other = (
        connection.execute(select(m.figure).where(figure.figure_id == known.figure_id))
        .mappings()
        .one()
        for known in (doubt.figure, doubt.other)
    )
    said = f"{doubt.check_code}\n{doubt.figure.figure_id}\n{doubt.other.figure_id}"
    about = (
        *("document_id", "figure_id", "page", "x0", "y0", "x1", "y1", "indicator"),
        *("group_code", "year", "as_of", "unit_raw", "table_no", "row_no", "col_no"),
    )
    mark = sha256(said.encode()).hexdigest()[:12]
    row = {name: on[name] for name in about} | {
        "issue_id": f"{doubt.figure.paper_id}-c{mark}",
        "check_code": doubt.check_code,
        "severity": doubt.severity.value,
        "printed": on["raw_text"],
        "computed": exact_digits(doubt.other.value),
        "suspects": "[]",
        "message": keep_text(doubt.message),
        "message_vi": keep_text(doubt.message_vi),
        "status": IssueStatus.OPEN.value,
        "other_document_id": other["document_id"],
    }
    connection.execute(insert(m.quality_issue).values(row))
