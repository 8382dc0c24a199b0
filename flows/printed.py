"""A paper as it is printed: its text page by page, its tables as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.model import Cell, Evidence, Method, Page, RawTable
from flows.look import Look
from parsers.layout.page_flow import upright_box
from parsers.records import Figure, Quality
from parsers.tables.figures import LOW_CONFIDENCE
from parsers.tables.grid import Layout, lay_out
from parsers.tables.head_doubts import LEAST_SURE
from parsers.tables.head_paths import head_paths

PAGE_BREAK = "\f"
LEVEL_SIGN = " | "
"""Stands between the levels of a head."""

_DOUBT_HEAD = ("row", "column", "readings", "reason")


def as_text(seen: Look) -> str:
    """Return the text in reading order, pages parted by form feeds.

    A table is its rows, the cells parted by tabs.
    """
    evidence = seen.evidence
    return PAGE_BREAK.join(_page_text(page, evidence) for page in evidence.pages)


def _page_text(page: Page, evidence: Evidence) -> str:
    tables = sorted(
        (upright_box(part.box, page).y0, table.table_no, table)
        for table in evidence.tables
        for part in table.parts
        if part.page_no == page.page_no
    )
    parts: list[str] = []
    for line in page.lines:
        middle = upright_box(line.box, page).center[1]
        while tables and middle > tables[0][0]:
            parts.append(_rows_text(tables.pop(0)[2], page.page_no))
        parts.append(line.text)
    parts.extend(_rows_text(table, page.page_no) for _, _, table in tables)
    return "\n".join(parts)


def _rows_text(table: RawTable, page_no: int) -> str:
    """Return the rows of a table that begin on a page."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.page_no == page_no:
            rows.setdefault(cell.row, [""] * table.n_cols)[cell.col] = cell.text
    return "\n".join("\t".join(rows[row]) for row in sorted(rows))


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A cell in doubt: its line and column in the CSV, from 1; the head is line 1."""

    row: int
    column: int
    readings: str
    reason: str


def write_tables(seen: Look, folder: Path) -> None:
    """Write each table as printed as NAME.table-N.csv, its head in one line.

    Beside it, NAME.table-N.doubts.csv lists the cells in doubt.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for table in seen.evidence.tables:
        name = f"{Path(seen.evidence.file_name).stem}.table-{table.table_no}"
        layout = lay_out(table)
        _write_csv(folder / f"{name}.csv", _lines(table, layout))
        doubts = sorted(_doubts(seen, table, layout), key=lambda d: (d.row, d.column))
        rows = [(str(d.row), str(d.column), d.readings, d.reason) for d in doubts]
        _write_csv(folder / f"{name}.doubts.csv", [_DOUBT_HEAD, *rows])


def _write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _lines(table: RawTable, layout: Layout) -> Iterator[Sequence[str]]:
    """Yield the head's line and the rows below; a spanning cell's text comes once."""
    yield [LEVEL_SIGN.join(path) for path in head_paths(layout)]
    grid = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        grid[cell.row][cell.col] = cell.text
    yield from grid[_head_end(layout) :]


def _head_end(layout: Layout) -> int:
    """Return the first grid row below captions and head."""
    return layout.head[-1] + 1 if layout.head else 0


def _doubts(seen: Look, table: RawTable, layout: Layout) -> Iterator[_Doubt]:
    """Yield the cells that are not sure, or whose figure is not as first read."""
    figures = {
        (figure.source.page_no, figure.source.box): number
        for number, figure in enumerate(seen.verdict.records.figures)
        if figure.table_no == table.table_no
    }
    for cell in table.cells:
        number = figures.get((cell.page_no, cell.box))
        reason = _why_figure(seen, number) if number is not None else ""
        reason = reason or _why_cell(cell)
        if reason:
            row = max(cell.row - _head_end(layout) + 1, 0) + 1
            yield _Doubt(row, cell.col + 1, _readings(cell), reason)


def _why_figure(seen: Look, number: int) -> str:
    """Return why a figure is in doubt, '' if it is not."""
    figure: Figure = seen.verdict.records.figures[number]
    if figure.quality is Quality.REPAIRED:
        return f"The table's arithmetic settles it as {figure.value}."
    if figure.quality is not Quality.SUSPECT:
        return ""
    issues = seen.verdict.issues
    own = [i.message for i in issues if i.figure == number]
    shared = [i.message for i in issues if number in i.suspects]
    return next(iter(own or shared), "It is marked as suspect.")


def _why_cell(cell: Cell) -> str:
    """Return why the reading of a cell is in doubt, '' if it is not."""
    if cell.method is not Method.OCR:
        return ""
    if not cell.text:
        return "The cell holds ink that could not be read." if cell.readings else ""
    has_digit = any(c.isdigit() for c in cell.text)
    if cell.confidence >= (LOW_CONFIDENCE if has_digit else LEAST_SURE):
        return ""
    return f"It was read with a confidence of only {cell.confidence:.0%}."


def _readings(cell: Cell) -> str:
    return "; ".join(
        f"{r.reader}: {r.text} ({r.confidence:.0%})" for r in cell.readings
    )
