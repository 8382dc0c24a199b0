"""A table as printed to a table as understood, with its figures.

The way: layout (which rows are head, which body), columns (what each head means),
rows (what adds up into what), conventions (how numbers are written), figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.model import Cell, RawTable
from parsers.numbers.conventions import ColumnConvention
from parsers.prose.meaning import Meaning, find_uom, read_meaning
from parsers.records import (
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
from parsers.tables.column_times import ColumnTime, column_kind, column_times, own_time
from parsers.tables.columns import read_columns
from parsers.tables.context import TableContext
from parsers.tables.equations import Place
from parsers.tables.figures import (
    CellValue,
    infer_column,
    kind_of_uom,
    read_cell,
    settle_conventions,
)
from parsers.tables.grid import Layout, lay_out
from parsers.tables.head_columns import HeadColumn
from parsers.tables.rows import read_rows
from parsers.text import squeeze
from parsers.units.gazetteer import Gazetteer
from parsers.units.names import names_village
from parsers.vocabulary import Vocabulary

PATH_SIGN = " > "
"""Stands between the levels of a head in a figure's label."""


@dataclass(frozen=True, slots=True)
class _Sense:
    """What the figures of a column, or of one cell of it, speak of."""

    meaning: Meaning
    time: ColumnTime
    kind: FigureKind
    label: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A table under work."""

    layout: Layout
    columns: tuple[HeadColumn, ...]
    senses: Mapping[int, _Sense]
    rows: tuple[TableRow, ...]

    @property
    def item_col(self) -> int | None:
        """The column whose labels name indicators, where rows are what is counted."""
        return next((c.col for c in self.columns if c.role == "item"), None)


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
    columns = read_columns(layout, context, vocabulary)
    senses = _column_senses(columns, context, vocabulary)
    rows = _read_rows(layout, columns, context, vocabulary)
    draft = _Draft(layout, columns, senses, rows)
    conventions = _conventions(draft)
    table = _make_table(raw, draft, conventions, context)
    figures, issues = _make_figures(
        table, draft, conventions, context, vocabulary, gazetteer
    )
    return table, figures, issues


def _column_senses(
    columns: Sequence[HeadColumn], context: TableContext, vocabulary: Vocabulary
) -> dict[int, _Sense]:
    times = column_times(columns, context, vocabulary)
    return {
        column.col: _Sense(
            column.meaning,
            times[column.col],
            column_kind(column, times[column.col], context, vocabulary),
            PATH_SIGN.join(column.path),
        )
        for column in columns
        if column.meaning is not None
    }


def _read_rows(
    layout: Layout,
    columns: Sequence[HeadColumn],
    context: TableContext,
    vocabulary: Vocabulary,
) -> tuple[TableRow, ...]:
    labels = [c.col for c in columns if c.role in ("label", "item")]
    ordinal = next((c.col for c in columns if c.role == "ordinal"), None)
    whole = context.issuing_unit.name if context.issuing_unit else None
    rows = read_rows(layout, labels, ordinal, vocabulary, whole)
    if any(c.role == "item" for c in columns):
        # Indicators one under the other add up to nothing.
        return tuple(
            replace(row, kind=RowKind.UNIT, parent_row_no=None) for row in rows
        )
    return rows


# --- conventions ----------------------------------------------------------------------


def _conventions(draft: _Draft) -> dict[int, ColumnConvention]:
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
    return settle_conventions(columns, draft.rows, texts, found)


# --- the table as kept ----------------------------------------------------------------


def _table_column(
    column: HeadColumn, draft: _Draft, convention: ColumnConvention | None
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
        rule=f"{sense.meaning.rule}; time from {sense.time.rule}",
    )


def _formula_text(column: HeadColumn, layout: Layout) -> str | None:
    if column.formula is None or layout.numbering is None:
        return None
    return layout.covering_text(layout.numbering, column.col)


def _make_table(
    raw: RawTable,
    draft: _Draft,
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
    draft: _Draft,
    conventions: Mapping[int, ColumnConvention],
    context: TableContext,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer | None,
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    units = _row_units(draft, context, gazetteer)
    figures: list[Figure] = []
    issues: list[Issue] = []
    for row, grid_row in zip(draft.rows, draft.layout.body, strict=True):
        for col in draft.senses:
            cell = draft.layout.grid.get((grid_row, col))
            if cell is None or (cell.row, cell.col) != (grid_row, col):
                continue
            sense = _cell_sense(draft, grid_row, col, context, vocabulary)
            convention = replace(
                conventions[col + 1], kind=kind_of_uom(sense.meaning.uom)
            )
            read = read_cell(cell, convention, sense.meaning.uom, vocabulary)
            for value in read:
                figure = _figure(table, row, cell, sense, value, units.get(row.row_no))
                if value.doubt is not None:
                    issues.append(_issue(figure, len(figures), value.doubt))
                figures.append(figure)
    return tuple(figures), tuple(issues)


def _cell_sense(
    draft: _Draft,
    grid_row: int,
    col: int,
    context: TableContext,
    vocabulary: Vocabulary,
) -> _Sense:
    """Return what a cell's figure speaks of; by its row where rows are indicators."""
    sense = draft.senses[col]
    if draft.item_col is None:
        return sense
    label = draft.layout.covering_text(grid_row, draft.item_col)
    unit_col = next((c.col for c in draft.columns if c.role == "unit"), None)
    unit = draft.layout.text(grid_row, unit_col) if unit_col is not None else ""
    uom = find_uom(unit, vocabulary) if unit else ""
    path = draft.columns[col].path
    meaning = read_meaning((*path, label), vocabulary, unit=uom or None)
    column = replace(draft.columns[col], meaning=meaning, path=(*path, label))
    time = own_time(column, context, vocabulary) or sense.time
    kind = column_kind(column, time, context, vocabulary)
    return _Sense(meaning, time, kind, PATH_SIGN.join((label, *path)))


def _figure(
    table: Table,
    row: TableRow,
    cell: Cell,
    sense: _Sense,
    value: CellValue,
    unit: Unit | None,
) -> Figure:
    label = f"{sense.label} ({value.note})" if value.note else sense.label
    is_target = sense.kind is FigureKind.TARGET
    return Figure(
        document=table.document,
        kind=sense.kind,
        origin=Origin.TABLE,
        source=_source(cell, f"{sense.meaning.rule}; time from {sense.time.rule}"),
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
    draft: _Draft, context: TableContext, gazetteer: Gazetteer | None
) -> dict[int, Unit]:
    """Return the official unit of each unit row, and that of the total row.

    Villages have no code: their unit is their printed name. The total is of the unit
    that all rows lie in; where these have no codes, of the issuing one.
    """
    if draft.item_col is not None:
        whole = context.issuing_unit
        return {row.row_no: whole for row in draft.rows} if whole else {}
    rows = [r for r in draft.rows if r.kind is RowKind.UNIT and r.label]
    found = _match_units(rows, _label_head(draft), context, gazetteer)
    totals = [r for r in draft.rows if r.kind is RowKind.TOTAL]
    whole = _whole_unit(found, context, gazetteer)
    if len(totals) == 1 and whole is not None:
        found[totals[0].row_no] = whole
    return found


def _whole_unit(
    found: Mapping[int, Unit], context: TableContext, gazetteer: Gazetteer | None
) -> Unit | None:
    coded = [unit for unit in found.values() if unit.code is not None]
    if gazetteer is None or not coded:
        return context.issuing_unit
    parents = {gazetteer.parent_of(unit) for unit in coded}
    return parents.pop() if len(parents) == 1 else None


def _label_head(draft: _Draft) -> str:
    labels = [c for c in draft.columns if c.role == "label"]
    return labels[-1].path[-1] if labels and labels[-1].path else ""


def _match_units(
    rows: Sequence[TableRow],
    head: str,
    context: TableContext,
    gazetteer: Gazetteer | None,
) -> dict[int, Unit]:
    units: dict[int, Unit] = {}
    if gazetteer is None:
        return units
    labels = [row.label for row in rows]
    within, on = context.issuing_unit, context.issued_on
    matches = gazetteer.match_rows(labels, kind=head or None, within=within, on=on)
    for row, match in zip(rows, matches, strict=True):
        if match.unit is not None:
            units[row.row_no] = match.unit
        elif match.way == "village" and names_village(head):
            units[row.row_no] = Unit(row.label, head)
    return units
