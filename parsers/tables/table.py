"""A table as printed to a table as understood, with its figures.

The way: layout (which rows are head, which body), columns (what each head means),
rows (what adds up into what), conventions (how numbers are written), figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.model import Cell, RawTable
from parsers.numbers.conventions import ColumnConvention
from parsers.prose.meaning import (
    OTHER,
    Meaning,
    find_groups,
    find_uom,
    read_meaning,
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
from parsers.tables.column_times import ColumnTime, column_kind, column_times, own_time
from parsers.tables.columns import lists_persons, narrowed, read_columns
from parsers.tables.context import TableContext, with_captions
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
from parsers.tables.head_doubts import doubt_heads
from parsers.tables.persons import without_names
from parsers.tables.poor_shares import without_poor_shares
from parsers.tables.row_units import RowUnits, units_of_rows, unresolved_issues
from parsers.tables.rows import read_rows
from parsers.text import squeeze
from parsers.units.gazetteer import Gazetteer
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
    context = with_captions(context, layout.captions, vocabulary)
    columns = read_columns(layout, context, vocabulary)
    senses = _column_senses(columns, context, vocabulary)
    rows = _read_rows(layout, columns, context, vocabulary)
    draft = _Draft(layout, columns, senses, rows)
    conventions = _conventions(draft)
    table = _make_table(raw, draft, conventions, context)
    figures, issues = _make_figures(
        table, draft, conventions, context, vocabulary, gazetteer
    )
    table, figures = without_poor_shares(table, figures)
    figures, doubts = doubt_heads(table.columns, layout, figures, vocabulary)
    return table, figures, (*issues, *doubts)


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
    units = _row_units(draft, context, vocabulary, gazetteer)
    figures: list[Figure] = []
    issues: list[Issue] = []
    for row, grid_row in zip(draft.rows, draft.layout.body, strict=True):
        for col in draft.senses:
            cell = draft.layout.grid.get((grid_row, col))
            if cell is None or (cell.row, cell.col) != (grid_row, col):
                continue
            column_sense = _cell_sense(draft, grid_row, col, context, vocabulary)
            uom = column_sense.meaning.uom
            # A share of a plan, as other shares that have no name, may pass 100 %.
            is_open = column_sense.meaning.indicator == OTHER and uom == "percent"
            kind = "amount" if is_open else kind_of_uom(uom)
            convention = replace(conventions[col + 1], kind=kind)
            read = read_cell(cell, convention, uom, vocabulary)
            for value in read:
                sense = _value_sense(
                    column_sense, value, draft.columns[col], vocabulary
                )
                figure = _figure(
                    table, row, cell, sense, value, units.found.get(row.row_no)
                )
                if value.doubt is not None:
                    issues.append(_issue(figure, len(figures), value.doubt))
                figures.append(figure)
    issues += unresolved_issues(units, figures, table.table_no)
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
    if _is_money(sense.meaning):
        return replace(sense, label=PATH_SIGN.join((label, *draft.columns[col].path)))
    unit_col = next((c.col for c in draft.columns if c.role == "unit"), None)
    unit = draft.layout.text(grid_row, unit_col) if unit_col is not None else ""
    uom = find_uom(unit, vocabulary) if unit else ""
    path = draft.columns[col].path
    read = read_meaning((*path, label), vocabulary, unit=uom or None)
    meaning = _fitting(narrowed(read, (*path, label), vocabulary), unit, uom)
    column = replace(draft.columns[col], meaning=meaning, path=(*path, label))
    time = own_time(column, context, vocabulary) or sense.time
    kind = column_kind(column, time, context, vocabulary)
    return _Sense(meaning, time, kind, PATH_SIGN.join((label, *path)))


def _is_money(meaning: Meaning) -> bool:
    return meaning.indicator == "funding" or "vnd" in meaning.uom


def _fitting(meaning: Meaning, unit: str, uom: str) -> Meaning:
    """Call 'other' what an indicator of another unit would hold: '1.200 thẻ' BHYT."""
    if not unit or meaning.indicator in _OF_UNIT.get(uom, ()):
        return meaning
    is_fixed = meaning.indicator not in (OTHER, "funding")
    if uom and not (is_fixed and uom in _COUNTED):
        return meaning
    return replace(meaning, indicator=OTHER, uom=uom or "other")


_OF_UNIT = {
    "percent": (
        "poverty_rate", "near_poor_rate", "poverty_rate_reduction",
        "near_poor_rate_reduction", "health_insurance_coverage", "credit_access",
        "policy_coverage", "staff_trained", "hygienic_water_rural",
        "clean_water_town", "paved_road_communes", "model_household_income_growth",
        "model_household_exit_rate",
    ),
    "household": (
        "households", "poor_households", "near_poor_households",
        "poor_households_exiting", "near_poor_households_exiting",
        "poor_households_new", "poor_households_relapsed",
        "households_registered_to_exit", "support_needed_households",
    ),
    "person": ("population",),
}  # fmt: skip
"""What may stand in a row whose unit is printed."""
_COUNTED = ("percent", "household", "person")


def _value_sense(
    sense: _Sense, value: CellValue, column: HeadColumn, vocabulary: Vocabulary
) -> _Sense:
    """Return what one of a cell's figures speaks of, by what the cell says of it.

    '120 (30 hộ DTTS)' holds a count and one of its groups, '2,5%' under a count a rate.
    """
    meaning = sense.meaning
    groups = [
        h.row for h in find_groups(value.note, vocabulary) if not h.row["context"]
    ]
    if groups and meaning.group_code == "all":
        meaning = replace(meaning, group_code=groups[0]["group_code"])
    other_unit = value.uom in _COUNTED and value.uom != meaning.uom
    if other_unit and meaning.uom in _COUNTED:
        if value.is_aside:
            meaning = replace(meaning, indicator=OTHER)
        else:
            read = read_meaning(column.path, vocabulary, unit=value.uom)
            meaning = narrowed(read, column.path, vocabulary)
    return sense if meaning is sense.meaning else replace(sense, meaning=meaning)


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
    draft: _Draft,
    context: TableContext,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer | None,
) -> RowUnits:
    """Return the unit of each row: the issuing one where rows are indicators."""
    if lists_persons(draft.columns, vocabulary):
        return RowUnits()
    if draft.item_col is None:
        return units_of_rows(draft.rows, _label_head(draft), context, gazetteer)
    whole = context.issuing_unit
    return RowUnits({row.row_no: whole for row in draft.rows} if whole else {})


def _label_head(draft: _Draft) -> str:
    labels = [c for c in draft.columns if c.role == "label"]
    return labels[-1].path[-1] if labels and labels[-1].path else ""
