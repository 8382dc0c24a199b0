"""The views made for questions: current versions alone, a fact a row.

A figure that is doubted is left out of them and counted, never shown as if it were
sure; where papers say different things of one fact the newest stands and the row says
that there is a conflict.
"""

# ruff: noqa: S608  # the SQL is put together from constants of this module alone

from __future__ import annotations

from typing import Final

from parsers.units.gazetteer import NEW_SYSTEM

BYTEWISE: Final = " {bytewise}"
"""Stands where text is put in order: SQLite does it by bytes, PostgreSQL by the rules
of a language unless told otherwise."""

# A document that counts, and its place in time: later is newer. What it is put in order
# by is shown as well, so that PostgreSQL can group what follows without sorting it.
_IN_TIME: Final = {
    "issued": f"COALESCE(v.issued_on, ''){BYTEWISE}",
    "received": f"v.received_at{BYTEWISE}",
    "document": f"v.document_id{BYTEWISE}",
}
_DATED: Final = (
    "(SELECT v.*, "
    + ", ".join(f"{order} AS {name}_order" for name, order in _IN_TIME.items())
    + f", ROW_NUMBER() OVER (ORDER BY {', '.join(_IN_TIME.values())}) AS doc_rank "
    "FROM v_document v WHERE v.is_current = 1)"
)
# --- v_unit_year ----------------------------------------------------------------------

# Column: indicator, unit of measure, moment, and whether it is planned.
_MEASURES: Final[dict[str, tuple[str, str, str, bool]]] = {
    "households_start": ("households", "household", "start", False),
    "households_end": ("households", "household", "end", False),
    "poor_start": ("poor_households", "household", "start", False),
    "poor_end": ("poor_households", "household", "end", False),
    "poor_end_planned": ("poor_households", "household", "end", True),
    "poor_exiting": ("poor_households_exiting", "household", "during", False),
    "poor_exiting_planned": ("poor_households_exiting", "household", "during", True),
    "poverty_rate_start": ("poverty_rate", "percent", "start", False),
    "poverty_rate_end": ("poverty_rate", "percent", "end", False),
    "poverty_rate_end_planned": ("poverty_rate", "percent", "end", True),
    "near_poor_start": ("near_poor_households", "household", "start", False),
    "near_poor_end": ("near_poor_households", "household", "end", False),
    "near_poor_end_planned": ("near_poor_households", "household", "end", True),
    "near_poor_rate_start": ("near_poor_rate", "percent", "start", False),
    "near_poor_rate_end": ("near_poor_rate", "percent", "end", False),
    "near_poor_rate_end_planned": ("near_poor_rate", "percent", "end", True),
}
_INDICATORS: Final = sorted({measure[0] for measure in _MEASURES.values()})
_UNIT_YEAR_KEY: Final = (*("province_code", "unit_code", "unit_key", "year"),)


def _is_measure(name: str) -> str:
    indicator, uom, as_of, planned = _MEASURES[name]
    kind = "target" if planned else "observation"
    return (
        f"f.indicator = '{indicator}' AND f.as_of = '{as_of}' "
        f"AND f.kind = '{kind}' AND f.uom = '{uom}'"
    )


def _by_document() -> str:
    """One row a document, unit and year: the lowest and the highest of each measure."""
    values = ", ".join(
        f"MIN(CASE WHEN {_is_measure(m)} AND f.quality <> 'suspect' THEN f.value END) "
        f"AS {m}_low, "
        f"MAX(CASE WHEN {_is_measure(m)} AND f.quality <> 'suspect' THEN f.value END) "
        f"AS {m}_high"
        for m in _MEASURES
    )
    known = ", ".join(f"'{name}'" for name in _INDICATORS)
    return (
        "SELECT d.province_code, f.unit_code, f.unit_key, f.unit_system, f.year, "
        "d.doc_rank, d.province, d.issuing_unit AS reported_by, f.document_id, "
        f"MAX(f.unit_id{BYTEWISE}) AS unit_id, "
        f"MAX(f.unit_name{BYTEWISE}) AS unit_name, "
        f"MAX(f.unit_kind{BYTEWISE}) AS unit_kind, {values}, "
        "SUM(CASE WHEN f.quality = 'suspect' THEN 1 ELSE 0 END) AS suspects "
        f"FROM {_DATED} d JOIN figure f ON f.document_id = d.document_id "
        "WHERE f.origin = 'table' AND f.row_kind IN ('unit', 'total') "
        f"AND f.group_code = 'all' AND f.indicator IN ({known}) "
        "AND f.unit_name IS NOT NULL AND f.year IS NOT NULL "
        f"GROUP BY {', '.join(f'd.{name}_order' for name in _IN_TIME)}, f.unit_code, "
        "f.year, f.unit_key, f.unit_system, d.province_code, d.province, "
        "d.issuing_unit, d.doc_rank, f.document_id"
    )


def _newest_first() -> str:
    """The same rows, each knowing which document says a measure last."""
    froms = ", ".join(
        f"MAX(CASE WHEN s.{m}_low = s.{m}_high THEN s.doc_rank END) OVER w AS {m}_from"
        for m in _MEASURES
    )
    return (
        f"SELECT s.*, MAX(s.doc_rank) OVER w AS newest, {froms} "
        f"FROM ({_by_document()}) s WINDOW w AS {_same_unit_year('s')}"
    )


def _together() -> str:
    """The same rows, each with what all documents say of the unit and year.

    Not grouped: SQLite would then look at every unit, whichever is asked for.
    """
    values = ", ".join(
        f"MAX(CASE WHEN u.doc_rank = u.{m}_from THEN u.{m}_high END) OVER w AS {m}"
        for m in _MEASURES
    )
    conflicts = " + ".join(
        f"CASE WHEN MIN(u.{m}_low) OVER w <> MAX(u.{m}_high) OVER w THEN 1 ELSE 0 END"
        for m in _MEASURES
    )
    return (
        f"SELECT u.*, {values}, COUNT(*) OVER w AS documents, "
        f"SUM(u.suspects) OVER w AS all_suspects, {conflicts} AS conflicts "
        f"FROM ({_newest_first()}) u WINDOW w AS {_same_unit_year('u')}"
    )


def _same_unit_year(rows: str) -> str:
    return f"(PARTITION BY {', '.join(f'{rows}.{key}' for key in _UNIT_YEAR_KEY)})"


_UNIT_YEAR: Final = (
    *("t.province_code", "t.province", "t.unit_code", "t.unit_name", "t.unit_kind"),
    *("t.unit_system", "t.unit_id", "t.reported_by", "t.year"),
    *(f"t.{m}" for m in _MEASURES),
    *("t.documents", "t.document_id", "t.all_suspects AS suspects", "t.conflicts"),
)

# --- v_plan_vs_actual -----------------------------------------------------------------

# A document that counts, its place in time as one text. Not ranked: figures are looked
# up by their unit, which SQLite does only where it sees how few documents there are.
# And not '= 1': PostgreSQL would take that to be true of one document in 200. Put aside
# once: SQLite then makes an index of them, and need not look at all for every figure.
_ORDERED: Final = (
    "WITH ordered AS MATERIALIZED (SELECT v.document_id, v.file_name, "
    "v.province_code, v.province, v.issuing_unit, v.issuing_unit_code, "
    "v.issuing_unit_id, (COALESCE(v.issued_on, '') || ' ' || "
    f"v.received_at || ' ' || v.document_id){BYTEWISE} AS place_in_time "
    "FROM v_document v WHERE v.is_current <> 0)"
)
_SAID: Final = (
    "{0}.quality <> 'suspect' AND {0}.year IS NOT NULL "
    "AND ({0}.row_kind IS NULL OR {0}.row_kind IN ('unit', 'total'))"
)
# Without a name it is of the whole unit that the issuer is of; see warehouse.keys.
_WHOLE: Final = "t.unit_name IS NULL AND t.unit_key IS NOT NULL"
# A target for several years is to be reached in the last, a yearly one in each.
_FIRST_DUE: Final = (
    "CASE WHEN t.per IS NULL THEN COALESCE(t.year_to, t.year) ELSE t.year END"
)
_LAST_DUE: Final = "COALESCE(t.year_to, t.year)"
_STARTS: Final = "t.as_of = 'end' AND o.as_of = 'start'"
# The start of a year is the end of the one before.
_DUE: Final = f"CASE WHEN {_STARTS} THEN o.year - 1 ELSE o.year END"
_TARGETS: Final = (
    "SELECT d.province_code, d.province, "
    + ", ".join(
        f"CASE WHEN {_WHOLE} THEN d.issuing_{name} ELSE t.{column} END AS {column}"
        for name, column in (
            *(("unit_code", "unit_code"), ("unit", "unit_name")),
            ("unit_id", "unit_id"),
        )
    )
    + ", t.indicator, t.group_code, t.uom, t.as_of, t.comparator, t.value, "
    "t.value_max, t.per, t.origin AS source, t.statement, t.document_id, d.file_name, "
    "t.page, t.figure_id, "
)
# CROSS: SQLite joins in the order that is written then.
_OF_TARGETS: Final = "FROM ordered d CROSS JOIN figure t"
_IS_TARGET: Final = (
    f"t.document_id = d.document_id AND t.kind = 'target' AND {_SAID.format('t')}"
)
_MET: Final = (
    f"{_TARGETS} o.figure_id AS actual_figure_id, "
    "o.document_id AS actual_document_id, a.file_name AS actual_file_name, "
    f"o.page AS actual_page, o.value AS actual, {_DUE} AS due_year, "
    f"a.place_in_time, o.as_of{BYTEWISE} AS said_of, "
    # Not a condition of the join: papers would be paired before their figures are.
    "CASE WHEN a.province_code = d.province_code "
    "AND a.place_in_time > d.place_in_time THEN 0 ELSE 2 END AS is_open "
    f"{_OF_TARGETS} CROSS JOIN figure o CROSS JOIN ordered a "
    "WHERE o.unit_key = t.unit_key AND o.indicator = t.indicator "
    "AND o.group_code = t.group_code AND o.uom = t.uom "
    "AND a.document_id = o.document_id "
    f"AND {_IS_TARGET} AND o.kind = 'observation' AND {_SAID.format('o')} "
    "AND o.value IS NOT NULL AND ("
    f"(o.as_of = t.as_of AND o.year BETWEEN {_FIRST_DUE} AND {_LAST_DUE}) OR "
    f"({_STARTS} AND o.year - 1 BETWEEN {_FIRST_DUE} AND {_LAST_DUE}))"
)
_NOT_MET: Final = (
    f"{_TARGETS} NULL, NULL, NULL, NULL, NULL, {_LAST_DUE}, NULL, NULL, 1 "
    f"{_OF_TARGETS} WHERE {_IS_TARGET}"
)
# The windows stand outside of the union, one in the other, and go by province: so only
# the targets of one province are looked at where one is asked for, on SQLite too.
_COUNTED: Final = (
    "SELECT p.*, MIN(p.is_open) OVER (PARTITION BY p.province_code, p.figure_id) "
    "AS least_open "
    f"FROM ({_ORDERED} {_MET} UNION ALL {_NOT_MET}) p"
)
_PAIRED: Final = (
    "SELECT c.*, ROW_NUMBER() OVER (PARTITION BY c.province_code, c.figure_id, "
    "c.due_year ORDER BY c.is_open, c.place_in_time, c.said_of, "
    f"c.actual_figure_id{BYTEWISE}) AS place FROM ({_COUNTED}) c"
)
_PLAN_VS_ACTUAL: Final = (
    *("q.province_code", "q.province", "q.unit_code", "q.unit_name", "q.unit_id"),
    *("q.indicator", "q.group_code", "q.uom", "q.due_year AS year", "q.as_of"),
    "q.comparator",
    *("q.value AS planned", "q.value_max AS planned_max", "q.per", "q.actual"),
    "q.actual - q.value AS difference",
    "CASE WHEN q.actual IS NULL THEN NULL "
    "WHEN q.comparator = '<' THEN CASE WHEN q.actual < q.value THEN 1 ELSE 0 END "
    "WHEN q.comparator = '<=' THEN CASE WHEN q.actual <= q.value THEN 1 ELSE 0 END "
    "WHEN q.comparator = '>' THEN CASE WHEN q.actual > q.value THEN 1 ELSE 0 END "
    "WHEN q.comparator = '>=' THEN CASE WHEN q.actual >= q.value THEN 1 ELSE 0 END "
    "WHEN q.comparator = 'range' THEN CASE WHEN q.actual BETWEEN q.value "
    "AND q.value_max THEN 1 ELSE 0 END END AS is_met",
    *("q.source", "q.statement", "q.document_id", "q.file_name", "q.page"),
    *("q.figure_id", "q.actual_document_id", "q.actual_file_name", "q.actual_page"),
    "q.actual_figure_id",
)

# --- v_task_calendar, v_submission_gap ------------------------------------------------

_TASK_CALENDAR: Final = (
    *("e.due_on", "e.deadline", "e.is_year_printed", "a.deadline_text"),
    *("a.recurrence", "a.agency", "a.agency_kind", "a.role", "a.task", "a.partners"),
    *("a.units", "a.households", "a.amount_vnd", "d.province_code", "d.province"),
    *("d.issuing_unit_code", "d.issuing_unit", "a.document_id", "d.file_name"),
    *("a.page", "a.section", "a.ordinal", "a.assignment_id"),
)

# The codes of 2025 took those of other units, so a code is of the units of its year; of
# 2025 itself it is of either, unless the list says which.
_SYSTEM_OF_YEAR: Final = (
    f"CASE WHEN e.year < {NEW_SYSTEM[:4]} THEN '3-level' "
    f"WHEN e.year > {NEW_SYSTEM[:4]} THEN '2-level' ELSE d.issuing_unit_system END"
)
_HAS_CODE: Final = (
    "e.unit_code = d.issuing_unit_code || '@' || d.issuing_unit_system "
    "OR (e.unit_code = d.issuing_unit_code AND (d.issuing_unit_system IS NULL "
    f"OR d.issuing_unit_system = {_SYSTEM_OF_YEAR}))"
)
# Whoever sent the file or issued the paper; a list may name either, or both.
_ANSWERS: Final = (
    "SELECT e.expected_no, COUNT(DISTINCT CASE WHEN p.status = 'loaded' "
    "THEN d.document_id END) AS received, "
    "COUNT(DISTINCT CASE WHEN p.status = 'quarantined' THEN d.document_id END) "
    "AS quarantined, MIN(s.received_at) AS first_received_at "
    "FROM expected_submission e JOIN document d ON d.kind = e.kind "
    "AND e.year BETWEEN COALESCE(d.period_start, "
    "CAST(substr(d.issued_on, 1, 4) AS INTEGER)) AND COALESCE(d.period_end, "
    "d.period_start, CAST(substr(d.issued_on, 1, 4) AS INTEGER)) "
    f"AND (e.unit_code IS NULL OR {_HAS_CODE}) "
    "AND (e.unit_code IS NOT NULL OR e.unit_name IS NULL "
    "OR e.unit_name = d.issuing_unit) "
    "JOIN paper p ON p.paper_id = d.paper_id AND p.is_withdrawn = 0 "
    "JOIN submission s ON s.paper_id = d.paper_id "
    "AND (e.source IS NULL OR e.source = s.source) GROUP BY e.expected_no"
)
_SUBMISSION_GAP: Final = (
    *("e.source", "e.unit_code", "e.unit_name", "e.kind", "e.year"),
    "CASE WHEN g.received > 0 THEN 'received' WHEN g.quarantined > 0 "
    "THEN 'quarantined' ELSE 'missing' END AS state",
    *("COALESCE(g.received, 0) AS received", "g.first_received_at", "e.expected_no"),
)

ANALYSIS_PARTS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "v_unit_year": (
        _UNIT_YEAR,
        f"FROM ({_together()}) t WHERE t.doc_rank = t.newest",
    ),
    "v_plan_vs_actual": (
        _PLAN_VS_ACTUAL,
        f"FROM ({_PAIRED}) q WHERE q.place = 1 AND q.is_open = q.least_open",
    ),
    "v_task_calendar": (
        _TASK_CALENDAR,
        f"FROM assignment a JOIN {_DATED} d ON d.document_id = a.document_id "
        "LEFT JOIN assignment_deadline e ON e.assignment_id = a.assignment_id "
        "WHERE e.assignment_id IS NOT NULL OR a.recurrence IS NOT NULL "
        "OR a.deadline_text IS NOT NULL",
    ),
    "v_submission_gap": (
        _SUBMISSION_GAP,
        f"FROM expected_submission e LEFT JOIN ({_ANSWERS}) g "
        "ON g.expected_no = e.expected_no",
    ),
}
"""Name: columns, and what they are taken from; the form of ``warehouse.views``."""
