"""Records as frames for the suites, each row with the place it came from.

Conditions over several columns are worked out here as a column of their own (1 holds,
0 does not), since pairs of columns give no row ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from parsers.records import (
    Comparator,
    Document,
    Figure,
    FigureKind,
    Quality,
    Records,
    Source,
    Table,
    TableCell,
)

ROW_ID = "row_id"

DOCUMENT_COLUMNS = (
    ROW_ID, "ordinal", "kind", "issued_on", "period_ok", "pages_ok", "parent_ok",
)  # fmt: skip
FIGURE_COLUMNS = (
    ROW_ID, "origin", "indicator", "group_code", "uom", "quality", "comparator",
    "confidence", "year", "rate", "count", "document_ok", "page_ok", "place_ok",
    "value_ok", "range_ok", "as_of_ok",
)  # fmt: skip
ASSIGNMENT_COLUMNS = (
    ROW_ID, "agency", "task", "role", "deadlines_ok", "document_ok", "page_ok",
)  # fmt: skip
BASIS_COLUMNS = (ROW_ID, "key", "cited_number", "cited_on", "document_ok", "page_ok")
RECIPIENT_COLUMNS = (
    ROW_ID, "key", "ordinal", "recipient", "document_ok", "page_ok",
)  # fmt: skip
TABLE_COLUMNS = (
    ROW_ID, "table_no", "columns", "rows", "parents_ok", "document_ok", "page_ok",
)  # fmt: skip
CELL_COLUMNS = (ROW_ID, "kept_ok", "text_ok")
ANNEX_COLUMNS = (ROW_ID, "title", "years_ok", "document_ok", "page_ok")
MENTION_COLUMNS = (ROW_ID, "names", "count", "document_ok", "page_ok")

_RATES = frozenset(
    {
        "poverty_rate", "near_poor_rate", "poverty_rate_reduction",
        "near_poor_rate_reduction", "health_insurance_coverage",
    }
)  # fmt: skip
_COUNTS = frozenset(
    {
        "households", "population", "poor_households", "near_poor_households",
        "poor_households_exiting", "near_poor_households_exiting",
        "poor_households_new", "poor_households_relapsed",
        "households_registered_to_exit", "support_needed_households",
    }
)  # fmt: skip


def document_frame(records: Records) -> pd.DataFrame:
    """Return one row a document."""
    known = {d.ordinal for d in records.documents}
    rows = [
        _document_row(n, document, records, known)
        for n, document in enumerate(records.documents)
    ]
    return _frame(rows, DOCUMENT_COLUMNS)


def figure_frame(records: Records, kind: FigureKind) -> pd.DataFrame:
    """Return one row a figure of a kind; the row id is its index in the records."""
    known = {d.ordinal for d in records.documents}
    tables = {t.table_no: (len(t.rows), len(t.columns)) for t in records.tables}
    rows = [
        _figure_row(n, figure, records, known, tables)
        for n, figure in enumerate(records.figures)
        if figure.kind is kind
    ]
    return _frame(rows, FIGURE_COLUMNS)


def assignment_frame(records: Records) -> pd.DataFrame:
    """Return one row an assignment."""
    rows = [
        {
            ROW_ID: n,
            "agency": task.agency,
            "task": task.task,
            "role": task.role.value,
            "deadlines_ok": int(all(_is_date(d) for d in task.deadlines)),
            **_place_columns(task.document, task.source, records),
        }
        for n, task in enumerate(records.assignments)
    ]
    return _frame(rows, ASSIGNMENT_COLUMNS)


def basis_frame(records: Records) -> pd.DataFrame:
    """Return one row a cited paper."""
    rows = [
        {
            ROW_ID: n,
            "key": f"{basis.document} {basis.cited_number}",
            "cited_number": basis.cited_number,
            "cited_on": basis.cited_on,
            **_place_columns(basis.document, basis.source, records),
        }
        for n, basis in enumerate(records.legal_bases)
    ]
    return _frame(rows, BASIS_COLUMNS)


def recipient_frame(records: Records) -> pd.DataFrame:
    """Return one row a recipient."""
    rows = [
        {
            ROW_ID: n,
            "key": f"{line.document} {line.ordinal}",
            "ordinal": line.ordinal,
            "recipient": line.recipient,
            **_place_columns(line.document, line.source, records),
        }
        for n, line in enumerate(records.recipients)
    ]
    return _frame(rows, RECIPIENT_COLUMNS)


def table_frame(records: Records) -> pd.DataFrame:
    """Return one row a table."""
    known = {d.ordinal for d in records.documents}
    rows = [
        {
            ROW_ID: n,
            "table_no": table.table_no,
            "columns": len(table.columns),
            "rows": len(table.rows),
            "parents_ok": int(_parents_stand(table)),
            "document_ok": int(table.document in known),
            "page_ok": int(1 <= table.page_no <= records.page_count),
        }
        for n, table in enumerate(records.tables)
    ]
    return _frame(rows, TABLE_COLUMNS)


def printed_cells(records: Records) -> Sequence[tuple[Table, TableCell]]:
    """Return the body cells with digits that stand under heads of figures."""
    found: list[tuple[Table, TableCell]] = []
    for table in records.tables:
        columns = {c.col_no for c in table.columns if c.role == "figure"}
        found += (
            (table, cell)
            for cell in table.cells
            if cell.row_no is not None
            and cell.col_no in columns
            and any(map(str.isdigit, cell.text))
        )
    return found


def cell_frame(records: Records) -> pd.DataFrame:
    """Return one row a cell with digits under a head of figures."""
    texts: dict[tuple[int | None, int | None, int | None], set[str]] = {}
    for f in records.figures:
        place = (f.table_no, f.row_no, f.col_no)
        texts.setdefault(place, set()).add(f.source.raw_text)
    rows = []
    for n, (table, cell) in enumerate(printed_cells(records)):
        said = texts.get((table.table_no, cell.row_no, cell.col_no))
        rows.append(
            {
                ROW_ID: n,
                "kept_ok": int(said is not None),
                "text_ok": int(said is None or cell.text in said),
            }
        )
    return _frame(rows, CELL_COLUMNS)


def annex_frame(records: Records) -> pd.DataFrame:
    """Return one row an annex."""
    rows = [
        {
            ROW_ID: n,
            "title": annex.title,
            "years_ok": int(all(map(_is_year, annex.years + annex.reference_years))),
            **_place_columns(annex.document, annex.source, records),
        }
        for n, annex in enumerate(records.annexes)
    ]
    return _frame(rows, ANNEX_COLUMNS)


def mention_frame(records: Records) -> pd.DataFrame:
    """Return one row a phrase that names annexes."""
    rows = [
        {
            ROW_ID: n,
            "names": mention.names,
            "count": mention.count,
            **_place_columns(mention.document, mention.source, records),
        }
        for n, mention in enumerate(records.annex_mentions)
    ]
    return _frame(rows, MENTION_COLUMNS)


def _frame(
    rows: Sequence[Mapping[str, object]], columns: Iterable[str]
) -> pd.DataFrame:
    return pd.DataFrame.from_records(list(rows), columns=list(columns))


def _document_row(
    index: int, document: Document, records: Records, known: set[int]
) -> Mapping[str, object]:
    first, last = document.period_start, document.period_end
    parent = document.parent
    return {
        ROW_ID: index,
        "ordinal": document.ordinal,
        "kind": document.kind.value,
        "issued_on": document.issued_on,
        "period_ok": int(first is None or last is None or first <= last),
        "pages_ok": int(
            1 <= document.first_page <= document.last_page <= records.page_count
        ),
        "parent_ok": int(
            parent is None or (parent in known and parent != document.ordinal)
        ),
    }


def _figure_row(
    index: int,
    figure: Figure,
    records: Records,
    known: set[int],
    tables: Mapping[int, tuple[int, int]],
) -> Mapping[str, object]:
    value = None if figure.value is None else float(figure.value)
    is_suspect = figure.quality is Quality.SUSPECT
    return {
        ROW_ID: index,
        "origin": figure.origin.value,
        "indicator": figure.indicator,
        "group_code": figure.group_code,
        "uom": figure.uom,
        "quality": figure.quality.value,
        "comparator": figure.comparator.value,
        "confidence": figure.source.confidence,
        "year": figure.year,
        "rate": value if figure.indicator in _RATES else None,
        "count": value if figure.indicator in _COUNTS else None,
        "document_ok": int(figure.document in known),
        "page_ok": int(1 <= figure.source.page_no <= records.page_count),
        "place_ok": int(_stands_in_table(figure, tables)),
        "value_ok": int(value is not None or is_suspect),
        "range_ok": int(_is_range(figure)),
        "as_of_ok": int(figure.as_of is not None or figure.table_no is None),
    }


def _stands_in_table(figure: Figure, tables: Mapping[int, tuple[int, int]]) -> bool:
    """Whether a table figure's place is in a table of the paper; prose has none."""
    place = (figure.table_no, figure.row_no, figure.col_no)
    if figure.table_no is None:
        return place == (None, None, None)
    rows, columns = tables.get(figure.table_no, (0, 0))
    return 1 <= (figure.row_no or 0) <= rows and 1 <= (figure.col_no or 0) <= columns


def _is_range(figure: Figure) -> bool:
    """Whether a range has two bounds in order, and what is no range has one."""
    if figure.comparator is not Comparator.RANGE:
        return figure.value_max is None
    if figure.value is None or figure.value_max is None:
        return False
    return figure.value <= figure.value_max


def _is_year(year: int) -> bool:
    return 1900 <= year <= 2100


def _is_date(text: str) -> bool:
    parts = text.split("-")
    sizes = [len(part) for part in parts]
    return sizes in ([4, 2, 2], [2, 2]) and all(part.isdigit() for part in parts)


def _parents_stand(table: Table) -> bool:
    known = {row.row_no for row in table.rows}
    parents = [row.parent_row_no for row in table.rows]
    return all(parent is None or parent in known for parent in parents)


def _place_columns(
    document: int, source: Source, records: Records
) -> Mapping[str, object]:
    known = {d.ordinal for d in records.documents}
    return {
        "document_ok": int(document in known),
        "page_ok": int(1 <= source.page_no <= records.page_count),
    }
