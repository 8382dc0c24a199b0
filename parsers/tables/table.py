"""A table as printed to a table as understood, with its figures.

The way: layout (which rows are head, which body), columns (what each head means),
rows (what adds up into what), conventions (how numbers are written), figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.model import Cell, RawTable
from parsers.numbers.conventions import ColumnConvention, Convention
from parsers.prose.meaning import (
    OTHER,
)
from parsers.records import (
    PERSON,
    Figure,
    FigureKind,
    Issue,
    Origin,
    Quality,
    RowKind,
    Severity,
    Source,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    Unit,
)
from parsers.tables.columns import lists_persons, read_columns
from parsers.tables.context import TableContext, with_captions
from parsers.tables.equations import Place
from parsers.tables.figures import (
    CellValue,
    infer_column,
    kind_of_uom,
    read_cell,
)
from parsers.tables.grid import Layout, lay_out
from parsers.tables.head_areas import part_of_area
from parsers.tables.head_columns import HeadColumn
from parsers.tables.head_doubts import doubt_heads
from parsers.tables.open_separators import settle_conventions
from parsers.tables.persons import without_names
from parsers.tables.poor_shares import without_poor_shares
from parsers.tables.row_times import are_years
from parsers.tables.row_units import RowUnits, units_of_rows, unresolved_issues
from parsers.tables.rows import read_rows
from parsers.tables.senses import (
    PATH_SIGN,
    Draft,
    Sense,
    cell_sense,
    column_senses,
    value_sense,
)
from parsers.tables.year_series import mark_planned
from parsers.text import squeeze
from parsers.units.gazetteer import Gazetteer
from parsers.vocabulary import Vocabulary

_OPEN = (OTHER, "model_household_income_growth")
"""Percentages that may pass 100: growth, and shares of a plan, which have no name."""


def parse_table(
    raw: RawTable,
    context: TableContext,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer | None = None,
) -> tuple[Table, tuple[Figure, ...], tuple[Issue, ...]]:
    """Return the table, its figures and the doubts about reading them.

    Args:
        raw: The table as printed.
        context: What its document and the lines above it say.
        vocabulary: The words known.
        gazetteer: Finds the official units of the rows; without it codes stay None.

    Returns:
        Table, figures, issues; ``Issue.figure`` counts within these figures.
    """
    layout = lay_out(raw)
    context = with_captions(context, layout.captions, vocabulary)
    columns = read_columns(layout, context, vocabulary)
    columns = mark_planned(columns, context, vocabulary)
    senses = column_senses(columns, context, vocabulary)
    rows = _read_rows(layout, columns, context, vocabulary)
    draft = Draft(layout, columns, senses, rows)
    conventions = _conventions(draft, context.custom)
    table = _make_table(raw, draft, conventions, context)
    figures, issues = _make_figures(
        table, draft, conventions, context, vocabulary, gazetteer
    )
    table, figures = without_poor_shares(table, figures)
    figures, doubts = doubt_heads(table.columns, layout, figures, vocabulary)
    return table, figures, (*issues, *doubts)


def _read_rows(
    layout: Layout,
    columns: Sequence[HeadColumn],
    context: TableContext,
    vocabulary: Vocabulary,
) -> tuple[TableRow, ...]:
    labels = [c.col for c in columns if c.role in ("label", "item")]
    of_persons = not labels and any(c.role == PERSON for c in columns)
    if of_persons:  # their names serve to find totals, and name no row
        labels = [c.col for c in columns if c.role == PERSON]
    ordinal = next((c.col for c in columns if c.role == "ordinal"), None)
    whole = context.issuing_unit.name if context.issuing_unit else None
    rows = read_rows(layout, labels, ordinal, vocabulary, whole)
    if of_persons:
        return without_names(rows, vocabulary)
    if any(c.role == "item" for c in columns):
        # Indicators one under the other add up to nothing.
        return tuple(
            replace(row, kind=RowKind.UNIT, parent_row_no=None) for row in rows
        )
    return rows


# --- conventions ----------------------------------------------------------------------


def _conventions(draft: Draft, custom: Convention) -> dict[int, ColumnConvention]:
    """Return how each figure column writes its numbers, by col_no."""
    texts: dict[Place, str] = {}
    found: dict[int, ColumnConvention] = {}
    for col, sense in draft.senses.items():
        cells = [draft.layout.text(row, col) for row in draft.layout.body]
        mixed = draft.item_col is not None
        kind = "amount" if mixed else kind_of_uom(sense.meaning.uom)
        found[col + 1] = infer_column(cells, kind)
        texts |= {(n, col + 1): text for n, text in enumerate(cells, 1) if text}
    if not any(convention.ambiguous for convention in found.values()):
        return found
    columns = [_table_column(c, draft, None) for c in draft.columns]
    return settle_conventions(columns, draft.rows, texts, found, custom)


# --- the table as kept ----------------------------------------------------------------


def _table_column(
    column: HeadColumn, draft: Draft, convention: ColumnConvention | None
) -> TableColumn:
    plain = TableColumn(column.col + 1, column.path, column.role, number=column.number)
    sense = draft.senses.get(column.col)
    if sense is None:
        return plain
    how = f"{convention.convention.value}: {convention.evidence}" if convention else ""
    return replace(
        plain,
        kind=sense.kind,
        indicator=sense.meaning.indicator,
        group_code=sense.meaning.group_code,
        year=sense.time.year,
        as_of=sense.time.as_of,
        uom=sense.meaning.uom or "other",
        formula=_formula_text(column, draft.layout),
        convention=how,
        rule=f"{sense.meaning.rule}; time from {sense.time.why}",
    )


def _formula_text(column: HeadColumn, layout: Layout) -> str | None:
    if column.formula is None or layout.numbering is None:
        return None
    return layout.covering_text(layout.numbering, column.col)


def _make_table(
    raw: RawTable,
    draft: Draft,
    conventions: Mapping[int, ColumnConvention],
    context: TableContext,
) -> Table:
    row_numbers = {row: n for n, row in enumerate(draft.layout.body, start=1)}
    return Table(
        document=context.document,
        table_no=raw.table_no,
        page_no=raw.parts[0].page_no,
        title=context.title,
        unit_line=context.unit_line,
        columns=tuple(
            _table_column(c, draft, conventions.get(c.col + 1)) for c in draft.columns
        ),
        rows=draft.rows,
        cells=tuple(
            TableCell(
                row_no=row_numbers.get(cell.row),
                col_no=cell.col + 1,
                col_span=cell.col_span,
                text=squeeze(cell.text),
                source=_source(cell, "cell"),
            )
            for cell in raw.cells
            if squeeze(cell.text)
        ),
    )


def _source(cell: Cell, rule: str) -> Source:
    return Source(
        page_no=cell.page_no,
        box=cell.box,
        raw_text=squeeze(cell.text),
        method=cell.method,
        confidence=cell.confidence,
        rule=rule,
    )


# --- figures --------------------------------------------------------------------------


def _make_figures(
    table: Table,
    draft: Draft,
    conventions: Mapping[int, ColumnConvention],
    context: TableContext,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer | None,
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    units = _row_units(draft, context, vocabulary, gazetteer)
    figures: list[Figure] = []
    issues: list[Issue] = []
    for row, grid_row in zip(draft.rows, draft.layout.body, strict=True):
        for col in draft.senses:
            cell = draft.layout.grid.get((grid_row, col))
            if cell is None or (cell.row, cell.col) != (grid_row, col):
                continue
            column_sense = cell_sense(draft, grid_row, col, context, vocabulary)
            uom = column_sense.meaning.uom
            is_open = column_sense.meaning.indicator in _OPEN and uom == "percent"
            kind = "amount" if is_open else kind_of_uom(uom)
            convention = replace(conventions[col + 1], kind=kind)
            read = read_cell(cell, convention, uom, vocabulary)
            path, indicator = draft.columns[col].path, column_sense.meaning.indicator
            is_part = bool(part_of_area(path, indicator, vocabulary))
            for value in read:
                sense = value_sense(column_sense, value, draft.columns[col], vocabulary)
                unit = units.found.get(row.row_no)
                figure = _figure(table, row, cell, sense, value, unit)
                if is_part:  # of what the row is, and no figure of its unit
                    figure = replace(figure, unit=None, row_kind=RowKind.SUBTOTAL)
                if value.doubt is not None:
                    issues.append(_issue(figure, len(figures), value.doubt))
                figures.append(figure)
    issues += unresolved_issues(units, figures, table.table_no)
    return tuple(figures), tuple(issues)


def _figure(
    table: Table,
    row: TableRow,
    cell: Cell,
    sense: Sense,
    value: CellValue,
    unit: Unit | None,
) -> Figure:
    label = f"{sense.label} ({value.note})" if value.note else sense.label
    is_target = sense.kind is FigureKind.TARGET
    return Figure(
        document=table.document,
        kind=sense.kind,
        origin=Origin.TABLE,
        source=_source(cell, f"{sense.meaning.rule}; time from {sense.time.why}"),
        indicator=sense.meaning.indicator,
        indicator_label=label,
        group_code=sense.meaning.group_code,
        year=sense.time.year,
        as_of=sense.time.as_of,
        value=value.value,
        uom=value.uom or sense.meaning.uom or "other",
        unit_raw=row.label,
        unit=unit,
        row_kind=row.kind,
        table_no=table.table_no,
        row_no=row.row_no,
        col_no=cell.col + 1,
        quality=Quality.SUSPECT if value.doubt else Quality.OK,
        comparator=value.comparator,
        value_max=value.value_max,
        per=value.per,
        year_to=sense.time.year_to if is_target else None,
        alternatives=value.alternatives,
    )


def _issue(figure: Figure, index: int, doubt: tuple[str, str]) -> Issue:
    code, why = doubt
    column = figure.indicator_label.split(PATH_SIGN)[-1]
    return Issue(
        document=figure.document,
        check_code=code,
        severity=Severity.WARNING,
        message=f"Table {figure.table_no}, '{figure.unit_raw}', '{column}': {why}",
        page_no=figure.source.page_no,
        box=figure.source.box,
        figure=index,
        printed=figure.source.raw_text,
        suspects=(index,),
    )


# --- units of the rows ----------------------------------------------------------------


def _row_units(
    draft: Draft,
    context: TableContext,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer | None,
) -> RowUnits:
    """Return the unit of each row: the issuing one of indicators and of years."""
    if lists_persons(draft.columns, vocabulary):
        return RowUnits()
    years = are_years([row.label for row in draft.rows if row.kind is RowKind.UNIT])
    if draft.item_col is None and not years:
        return units_of_rows(draft.rows, _label_head(draft), context, gazetteer)
    whole = context.issuing_unit
    return RowUnits({row.row_no: whole for row in draft.rows} if whole else {})


def _label_head(draft: Draft) -> str:
    labels = [c for c in draft.columns if c.role == "label"]
    return labels[-1].path[-1] if labels and labels[-1].path else ""
