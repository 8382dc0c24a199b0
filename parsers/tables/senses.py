"""What the figures of a column speak of, and where a cell says it otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.phrases import phrase_book
from parsers.prose.meaning import (
    OTHER,
    Meaning,
    find_groups,
    find_uom,
    read_meaning,
)
from parsers.records import AsOf, FigureKind, RowKind, TableRow
from parsers.tables.column_times import (
    ColumnTime,
    column_kind,
    column_times,
    own_time,
    settle_time,
)
from parsers.tables.columns import narrowed
from parsers.tables.context import TableContext
from parsers.tables.figures import CellValue
from parsers.tables.grid import Layout
from parsers.tables.head_columns import HeadColumn
from parsers.tables.head_subjects import sets_against_others
from parsers.tables.row_times import row_time
from parsers.tables.year_series import years_added_up
from parsers.vocabulary import Vocabulary

PATH_SIGN = " > "
"""Stands between the levels of a head in a figure's label."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What the figures of a column, or of one cell of it, speak of."""

    meaning: Meaning
    time: ColumnTime
    kind: FigureKind
    label: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A table under work."""

    layout: Layout
    columns: tuple[HeadColumn, ...]
    senses: Mapping[int, Sense]
    rows: tuple[TableRow, ...]

    @property
    def item_col(self) -> int | None:
        """The column whose labels name indicators, where rows are what is counted."""
        return next((c.col for c in self.columns if c.role == "item"), None)


def column_senses(
    columns: Sequence[HeadColumn], context: TableContext, vocabulary: Vocabulary
) -> dict[int, Sense]:
    """Return what each figure column speaks of, by grid column."""
    times = column_times(columns, context, vocabulary)
    return {
        column.col: _of_one_year(
            Sense(
                column.meaning,
                times[column.col],
                column_kind(column, times[column.col], context, vocabulary),
                PATH_SIGN.join(column.path),
            )
        )
        for column in columns
        if column.meaning is not None
    }


def _of_one_year(sense: Sense) -> Sense:
    """Call 'other' what was observed over several years: it is no figure of one."""
    if sense.time.year_to is None or sense.kind is FigureKind.TARGET:
        return sense
    why = f"{sense.meaning.rule}; of several years together"
    return replace(sense, meaning=replace(sense.meaning, indicator=OTHER, rule=why))


def cell_sense(
    draft: Draft,
    grid_row: int,
    col: int,
    context: TableContext,
    vocabulary: Vocabulary,
) -> Sense:
    """Return what a cell's figure speaks of; by its row where rows are indicators."""
    sense = draft.senses[col]
    if draft.item_col is None:
        column = draft.columns[col]
        year = draft.rows[draft.layout.body.index(grid_row)].label
        time = row_time(column, year, context, vocabulary)
        if time is not None:
            kind = column_kind(column, time, context, vocabulary)
            sense = replace(sense, time=time, kind=kind)
        return _of_class(sense, draft, grid_row, vocabulary)
    label = draft.layout.covering_text(grid_row, draft.item_col)
    if _is_money(sense.meaning):
        return replace(sense, label=PATH_SIGN.join((label, *draft.columns[col].path)))
    if sets_against_others(draft.columns[col].path, vocabulary):
        return _compared(sense, label, draft.columns[col].path)
    unit_col = next((c.col for c in draft.columns if c.role == "unit"), None)
    unit = draft.layout.text(grid_row, unit_col) if unit_col is not None else ""
    uom = find_uom(unit, vocabulary) if unit else ""
    path = draft.columns[col].path
    read = read_meaning((*path, label), vocabulary, unit=uom or None)
    meaning = _fitting(narrowed(read, (*path, label), vocabulary), unit, uom)
    column = replace(draft.columns[col], meaning=meaning, path=(*path, label))
    years = years_added_up(draft.columns[col], draft.columns, vocabulary)
    time = own_time(column, context, vocabulary) or sense.time
    if years is not None and meaning.is_stock:
        # States of several years have no sum.
        meaning = replace(meaning, indicator=OTHER)
    elif years is not None:
        time = settle_time(years, False, context, "the heads of the years it adds up")
    kind = column_kind(column, time, context, vocabulary)
    said = PATH_SIGN.join((label, *path))
    return _of_one_year(Sense(meaning, time, kind, said))


def _of_class(
    sense: Sense, draft: Draft, grid_row: int, vocabulary: Vocabulary
) -> Sense:
    """Return a whole as the class that its row is: 'Nguyên nhân | Số hộ nghèo'.

    A class that is no known group makes it 'other'; the total of all stays the whole.
    """
    heads = [c for c in draft.columns if c.role == "label" and c.path]
    if not heads or sense.meaning.group_code != "all":
        return sense
    head = heads[-1].path[-1]
    if not _heads_classes(head, vocabulary):
        return sense
    row = draft.rows[draft.layout.body.index(grid_row)]
    is_class, is_rate = row.kind is RowKind.UNIT, sense.meaning.uom == "percent"
    if not is_class and not is_rate:
        return sense
    group = (
        read_meaning((head, row.label), vocabulary).group_code if is_class else "all"
    )
    # A class's rate is rather its share of the poor than a poverty rate.
    is_known = group != "all" and not is_rate
    meaning = replace(
        sense.meaning,
        indicator=sense.meaning.indicator if is_known else OTHER,
        group_code=group,
        rule=f"{sense.meaning.rule}; the class of its row",
    )
    return replace(sense, meaning=meaning)


def _heads_classes(head: str, vocabulary: Vocabulary) -> bool:
    """Whether the rows under a label head are classes of the same households."""
    known = phrase_book(vocabulary, "qualifiers").find(head)
    words = phrase_book(vocabulary, "head_words").find(head)
    effects = {hit.row["effect"] for hit in (*known, *words)}
    return bool(effects & {"classifies", "divides"})


def _compared(sense: Sense, label: str, path: Sequence[str]) -> Sense:
    """Return what 'So sánh (%) | TH/KH' tells of an indicator: a share with no name."""
    why = f"{sense.meaning.rule}; set against another figure"
    is_share = any("%" in level for level in path)
    meaning = replace(
        sense.meaning,
        indicator=OTHER,
        uom="percent" if is_share else "other",
        is_stock=False,
        rule=why,
    )
    time = replace(sense.time, as_of=AsOf.DURING)
    said = PATH_SIGN.join((label, *path))
    return Sense(meaning, time, FigureKind.OBSERVATION, said)


def _is_money(meaning: Meaning) -> bool:
    return meaning.indicator == "funding" or "vnd" in meaning.uom


def _fitting(meaning: Meaning, unit: str, uom: str) -> Meaning:
    """Call 'other' what an indicator of another unit would hold: '1.200 thẻ' BHYT."""
    if not unit or meaning.indicator in _OF_UNIT.get(uom, ()):
        return meaning
    if "vnd" in uom and meaning.indicator != "funding":
        # Loans or an income in money: whoever is named is not counted.
        return replace(meaning, indicator=OTHER, uom=uom, is_stock=False)
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


def value_sense(
    sense: Sense, value: CellValue, column: HeadColumn, vocabulary: Vocabulary
) -> Sense:
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
