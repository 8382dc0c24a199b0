"""The official units that the rows of a table stand for.

Villages have no code: their unit is their printed name. A row that is meant as a unit
of the official list and is not found there is said to be unresolved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parsers.records import Figure, Issue, RowKind, Severity, TableRow, Unit
from parsers.tables.context import TableContext
from parsers.units.gazetteer import Gazetteer, date_of_units
from parsers.units.match import SURE, UnitMatch, levels_of
from parsers.units.names import Level, kinds_named, split_name

UNRESOLVED = "unit_unresolved"
_OPEN = ("ambiguous", "unknown")
_MOST_NAMED = 5
"""Candidates that a message names."""
_TELLING = 3
"""Rows found for certain from which on they tell what all rows lie in."""


@dataclass(frozen=True, slots=True)
class RowUnits:
    """The units found by row_no, and the matches of rows that name none for sure."""

    found: Mapping[int, Unit] = field(default_factory=dict)
    unresolved: Mapping[int, UnitMatch] = field(default_factory=dict)


def units_of_rows(
    rows: Sequence[TableRow],
    head: str,
    context: TableContext,
    gazetteer: Gazetteer | None,
) -> RowUnits:
    """Return the unit of each unit row, and that of the total row.

    The total is of the unit that all rows lie in; where these have no codes, of the
    issuing one.

    Args:
        rows: The table's rows.
        head: The head of the label column, which may say the kind ('Xã, phường').
        context: The issuing unit and the date.
        gazetteer: The official units; without it only the total's is known.
    """
    named = [r for r in rows if r.kind is RowKind.UNIT and r.label]
    matches = _matches(named, head, context, gazetteer)
    found = {row_no: m.unit for row_no, m in matches.items() if m.unit is not None}
    for row in named:
        if row.row_no in matches and matches[row.row_no].way == "village":
            village = _village(row, rows, head, context, gazetteer)
            if village is not None:
                found[row.row_no] = village
    unresolved = _unresolved(named, head, matches, found)
    totals = [r for r in rows if r.kind is RowKind.TOTAL]
    whole = _whole_unit(found, context, gazetteer)
    if len(totals) == 1 and whole is not None:
        found[totals[0].row_no] = whole
    return RowUnits(found, unresolved)


def _village(
    row: TableRow,
    rows: Sequence[TableRow],
    head: str,
    context: TableContext,
    gazetteer: Gazetteer | None,
) -> Unit | None:
    """Return the village of a row: in the commune of a row above it, else the issuer.

    It is known again in other papers only where its commune is known.
    """
    if gazetteer is None:
        return None
    by_no = {r.row_no: r for r in rows}
    above = by_no.get(row.parent_row_no or 0)
    home = context.issuing_unit
    while above is not None:
        unit = gazetteer.find_unit(
            above.label, within=context.issuing_unit, on=_date(context)
        )
        if unit is not None and Level.COMMUNE in levels_of(unit):
            home = unit
            break
        above = by_no.get(above.parent_row_no or 0)
    return gazetteer.village(row.label, head, home)


def _date(context: TableContext) -> str | None:
    return date_of_units(context.issued_on, (context.period_start, None))


def _matches(
    rows: Sequence[TableRow],
    head: str,
    context: TableContext,
    gazetteer: Gazetteer | None,
) -> dict[int, UnitMatch]:
    if gazetteer is None:
        return {}
    labels = [row.label for row in rows]
    within, on = context.issuing_unit, _date(context)
    kind = head or None
    matches = gazetteer.match_rows(labels, kind=kind, within=within, on=on)
    if within is None or within.code is None:
        area = _area_told(matches, gazetteer)
        if area is not None:
            matches = gazetteer.match_rows(labels, kind=kind, within=area, on=on)
    return {row.row_no: m for row, m in zip(rows, matches, strict=True)}


def _area_told(matches: Sequence[UnitMatch], gazetteer: Gazetteer) -> Unit | None:
    """Return the unit that the rows lie in where their paper's own is not known.

    Most of them must be found for certain, and all of those in one.
    """
    sure = [m.unit for m in matches if m.unit is not None and m.confidence >= SURE]
    parents = {gazetteer.parent_of(unit) for unit in sure}
    is_told = len(sure) >= _TELLING and len(sure) * 2 > len(matches)
    return parents.pop() if is_told and len(parents) == 1 else None


def _unresolved(
    rows: Sequence[TableRow],
    head: str,
    matches: Mapping[int, UnitMatch],
    found: Mapping[int, Unit],
) -> dict[int, UnitMatch]:
    """Return the rows that must be official units and are none for sure.

    Their label or their head names a kind of unit, or most rows beside them are found.
    Sources of money, groups of households and villages are no such rows.
    """
    coded = sum(unit.code is not None for unit in found.values())
    is_meant = bool(kinds_named(head)) or coded * 2 > len(rows)
    return {
        row.row_no: matches[row.row_no]
        for row in rows
        if row.row_no in matches
        and matches[row.row_no].way in _OPEN
        and (is_meant or split_name(row.label).kind is not None)
    }


def _whole_unit(
    found: Mapping[int, Unit], context: TableContext, gazetteer: Gazetteer | None
) -> Unit | None:
    coded = [unit for unit in found.values() if unit.code is not None]
    if gazetteer is None or not coded:
        return context.issuing_unit
    parents = {gazetteer.parent_of(unit) for unit in coded}
    return parents.pop() if len(parents) == 1 else None


def unresolved_issues(
    units: RowUnits, figures: Sequence[Figure], table_no: int
) -> tuple[Issue, ...]:
    """Return a doubt for each row whose unit is open, on the row's first figure.

    It is a warning where several units bear the name and a person can choose; info
    where the official list knows none. The figures themselves are not in doubt.
    """
    issues: list[Issue] = []
    for row_no, match in units.unresolved.items():
        index = next((n for n, f in enumerate(figures) if f.row_no == row_no), None)
        if index is not None:
            issues.append(_issue(figures[index], index, match, table_no))
    return tuple(issues)


def _issue(figure: Figure, index: int, match: UnitMatch, table_no: int) -> Issue:
    names = [f"{u.name} ({u.code})" for u in match.candidates[:_MOST_NAMED]]
    if names:
        why = f"may be {' or '.join(names)}; which one is not sure."
        vi = f"có thể là {' hoặc '.join(names)}; chưa xác định được đơn vị nào."
    else:
        why = "is not in the official list at the paper's date; no code is given."
        vi = "không có trong danh mục hành chính vào ngày của văn bản."
    return Issue(
        document=figure.document,
        check_code=UNRESOLVED,
        severity=Severity.WARNING if names else Severity.INFO,
        message=f"Table {table_no}: '{figure.unit_raw}' {why}",
        page_no=figure.source.page_no,
        box=figure.source.box,
        figure=index,
        printed=figure.unit_raw,
        message_vi=f"Bảng {table_no}: '{figure.unit_raw}' {vi}",
    )
