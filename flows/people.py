"""Keeping what a paper says of persons from whoever looks into the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractors.model import Cell, Evidence, RawTable
from flows.look import Look
from parsers.records import PERSON, Records, Table, TableCell
from parsers.tables.grid import lay_out

_Columns = Mapping[int, frozenset[int]]
"""Columns that tell who a person is, from 1, by the number of the table."""


def without_people(seen: Look) -> Look:
    """Return a look whose tables are blank where they tell who a person is."""
    columns = _person_columns(seen.verdict.records)
    if not columns:
        return seen
    records = _blank_records(seen.verdict.records, columns)
    return replace(
        seen,
        evidence=_blank_evidence(seen.evidence, columns),
        verdict=replace(seen.verdict, records=records),
    )


def pages_of_people(seen: Look) -> frozenset[int]:
    """Return the pages with a table that lists persons."""
    columns = _person_columns(seen.verdict.records)
    return frozenset(
        part.page_no
        for table in seen.evidence.tables
        if table.table_no in columns
        for part in table.parts
    )


def _person_columns(records: Records) -> _Columns:
    found = {
        table.table_no: frozenset(c.col_no for c in table.columns if c.role == PERSON)
        for table in records.tables
    }
    return {table_no: columns for table_no, columns in found.items() if columns}


def _blank_records(records: Records, columns: _Columns) -> Records:
    def blank(cell: TableCell) -> TableCell:
        return replace(cell, text="", source=replace(cell.source, raw_text=""))

    def of_table(table: Table) -> Table:
        persons = columns.get(table.table_no, frozenset())
        cells = (
            blank(cell)
            if cell.row_no is not None and _covers(cell, cell.col_no, persons)
            else cell
            for cell in table.cells
        )
        return replace(table, cells=tuple(cells))

    return replace(records, tables=tuple(map(of_table, records.tables)))


def _blank_evidence(evidence: Evidence, columns: _Columns) -> Evidence:
    def of_table(table: RawTable) -> RawTable:
        persons = columns.get(table.table_no, frozenset())
        layout = lay_out(table)
        head = {*layout.head, layout.numbering}
        cells = (
            replace(cell, text="", readings=())
            if cell.row not in head and _covers(cell, cell.col + 1, persons)
            else cell
            for cell in table.cells
        )
        return replace(table, cells=tuple(cells)) if persons else table

    return replace(evidence, tables=tuple(map(of_table, evidence.tables)))


def _covers(cell: Cell | TableCell, first: int, columns: frozenset[int]) -> bool:
    return any(first <= column < first + cell.col_span for column in columns)
