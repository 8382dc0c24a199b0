"""Cells of a table to values: number, bound, range, what is none, what is no number.

How a column writes its numbers is inferred from all its cells; where these leave it
open the table's own equations decide, and where they do too the figure is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.model import Cell, Method
from parsers.numbers.conventions import (
    CellMark,
    ColumnConvention,
    Convention,
    Kind,
    doubt_of,
    find_mark,
    infer_convention,
    likely_readings,
    parse_number,
)
from parsers.numbers.quantities import Quantity, find_quantities
from parsers.records import Comparator
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

LOW_CONFIDENCE = 0.95
"""Below this a reading of an image is doubted: measured, none of those above it that
two readers agreed on was wrong, and most wrong readings lay below it."""

NOT_A_NUMBER = "not_a_number"
AMBIGUOUS = "ambiguous_number"
IMPLAUSIBLE = "implausible_value"
UNREADABLE = "low_confidence"

_KINDS: Mapping[str, Kind] = {
    "percent": "rate",
    "household": "count",
    "person": "count",
    "commune": "count",
    "vnd": "count",
}
"""Figures of other units, as money in millions, may have decimals; đồng have none."""
_BOUND_SIGNS = re.compile(r"[≥≤<>~/]|[\d%]\s?(?:-|–|—|÷)\s?\d|[^\W\d_]{2,}")
_BROKEN = re.compile(r"\d+[.,]\d* \d{1,3}|\d+ \d*[.,]\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_RATE = re.compile(r"\d{1,2}[.,]\d{2}")
_ASIDE = re.compile(r"(?P<lead>[^()]*\d[^()]*)\((?P<aside>[^()]*\d[^()]*)\)\W*")
_SPECKS = " .,;:'`´‘’\"“”|_~^*°·-–"
_LAST_DIGIT = re.compile(r"(?<=\d)(?=\D*$)")
_NOUNS = {"percent": "%", "household": " hộ", "person": " người"}


@dataclass(frozen=True, slots=True)
class CellValue:
    """A figure read from a cell.

    ``value`` None is printed but unreadable. ``doubt`` is a check code with the
    sentence that explains it. ``note`` is what the cell says about this figure ('tỉnh
    giao') where it holds several; ``uom`` the unit that the cell itself prints.
    ``is_aside``: it stands in brackets after another figure.
    """

    value: Decimal | None
    comparator: Comparator = Comparator.EQ
    value_max: Decimal | None = None
    per: str | None = None
    doubt: tuple[str, str] | None = None
    alternatives: tuple[str, ...] = ()
    note: str = ""
    uom: str = ""
    is_aside: bool = False


def kind_of_uom(uom: str | None) -> Kind:
    """Return how figures of a unit of measure are to be read."""
    return _KINDS.get(uom or "", "amount")


def infer_column(texts: Iterable[str], kind: Kind) -> ColumnConvention:
    """Return how a column's figures are written, by all of its cells."""
    return infer_convention([text for text in texts if text], kind)


def read_cell(
    cell: Cell, column: ColumnConvention, uom: str, vocabulary: Vocabulary
) -> tuple[CellValue, ...]:
    """Return the figures of a cell: none where it prints none, several at times.

    Args:
        cell: The cell, not empty for those who could not read it.
        column: How its column writes numbers.
        uom: The column's unit of measure, for figures with words ('dưới 3').
        vocabulary: Words for none, for bounds and for units.
    """
    text = squeeze(cell.text)
    mark = find_mark(text, vocabulary)
    if mark is CellMark.BLANK and not text:
        return (_unreadable(cell, column),) if _has_unread_ink(cell) else ()
    if mark is CellMark.NONE:
        return (CellValue(Decimal(0)),)
    if mark is not None:
        return ()
    value = parse_number(text, column)
    if value is not None:
        return (_with_doubts(cell, text, value, column),)
    if cell.method is Method.OCR and (bare := _without_specks(text, column)):
        return (_specked(cell, text, bare, column),)
    joined = _joined(text, column)
    if joined is not None:
        why = f"'{text}' is read as {joined}: its cell breaks the number."
        return (CellValue(joined, doubt=(AMBIGUOUS, why)),)
    open_readings = likely_readings(text, column.kind)
    if len(set(open_readings.values())) > 1:
        return (_ambiguous(text, open_readings),)
    return _read_words(cell, text, column, uom, vocabulary)


def _joined(text: str, column: ColumnConvention) -> Decimal | None:
    """Return the number that a narrow cell breaks in two: '1.20 0', '10,0 0'.

    Only where the pieces are no figures of their own: '35 3.690' are two.
    """
    if not _BROKEN.fullmatch(text) or any(map(_GROUPED.fullmatch, text.split())):
        return None
    whole = text.replace(" ", "")
    pattern = _RATE if column.kind == "rate" else _GROUPED
    return parse_number(whole, column) if pattern.fullmatch(whole) else None


def _without_specks(text: str, column: ColumnConvention) -> Decimal | None:
    """Return the number between specks of a scan at its edges: '1733.', '409-'."""
    bare = text.strip(_SPECKS)
    return parse_number(bare, column) if bare != text else None


def _specked(
    cell: Cell, text: str, value: Decimal, column: ColumnConvention
) -> CellValue:
    why = f"'{text}' was read with signs that belong to no number."
    others = _other_values(cell, value, column)
    return CellValue(value, doubt=(UNREADABLE, why), alternatives=others)


def _has_unread_ink(cell: Cell) -> bool:
    return cell.method is Method.OCR and bool(cell.readings) and cell.confidence == 0


def _unreadable(cell: Cell, column: ColumnConvention) -> CellValue:
    tried = ", ".join(f"'{r.text}'" for r in cell.readings if r.text) or "nothing"
    return CellValue(
        None,
        doubt=(UNREADABLE, f"The cell could not be read (seen: {tried})."),
        alternatives=_other_values(cell, None, column),
    )


def _with_doubts(
    cell: Cell, text: str, value: Decimal, column: ColumnConvention
) -> CellValue:
    others = _other_values(cell, value, column)
    doubt: tuple[str, str] | None = None
    why = doubt_of(text, value, column)
    if why is not None:
        doubt = (IMPLAUSIBLE, f"{why[:1].upper()}{why[1:]}.")
    if is_doubtful_reading(cell, others):
        share = f"{cell.confidence:.0%}"
        doubt = (UNREADABLE, f"'{text}' was read with a confidence of only {share}.")
    # '5%' in a column of counts is no count of five.
    uom = "percent" if "%" in text and column.kind != "rate" else ""
    return CellValue(value, doubt=doubt, alternatives=others, uom=uom)


def is_doubtful_reading(cell: Cell, others: Sequence[str]) -> bool:
    """Whether a reading of an image is not sure and not borne out by a second one."""
    if cell.method is not Method.OCR or cell.confidence >= LOW_CONFIDENCE:
        return False
    return bool(others) or len({r.reader for r in cell.readings}) < 2


def _other_values(
    cell: Cell, value: Decimal | None, column: ColumnConvention
) -> tuple[str, ...]:
    """Return the values that other readings of the cell's ink give."""
    found = []
    for reading in cell.readings:
        other = parse_number(squeeze(reading.text), column)
        if other is not None and other != value and str(other) not in found:
            found.append(str(other))
    return tuple(found)


def _ambiguous(text: str, found: Mapping[Convention, Decimal]) -> CellValue:
    """Return the reading by the official separators, marked, with the other kept.

    Decree 30/2020/NĐ-CP and TCVN write '1.234,5'.
    """
    value = found[Convention.COMMA_DECIMAL]
    other = found[Convention.DOT_DECIMAL]
    why = f"'{text}' can mean {value} or {other}; nothing in the table decides."
    return CellValue(value, doubt=(AMBIGUOUS, why))


def _read_words(
    cell: Cell, text: str, column: ColumnConvention, uom: str, vocabulary: Vocabulary
) -> tuple[CellValue, ...]:
    """Return figures printed with bounds, units or words; else say it is no number."""
    if not any(c.isdigit() for c in text):
        return (_unreadable(cell, column),) if cell.method is Method.OCR else ()
    aside = _ASIDE.fullmatch(text)
    if aside is not None:
        found = _with_aside(aside["lead"], aside["aside"], column, uom, vocabulary)
        if found:
            return found
    if _BOUND_SIGNS.search(text):
        found = _quantities(text, uom, vocabulary)
        if found:
            return found
    if cell.method is Method.OCR and cell.confidence < LOW_CONFIDENCE:
        return (_unreadable(cell, column),)
    return (CellValue(None, doubt=(NOT_A_NUMBER, f"'{text}' is no number.")),)


def _with_aside(
    lead: str, aside: str, column: ColumnConvention, uom: str, vocabulary: Vocabulary
) -> tuple[CellValue, ...]:
    """Return the figure before a bracket and those in it: '120 (30 hộ DTTS)'.

    A bare number in brackets does not say what it counts: then the first is doubted.
    """
    value = parse_number(squeeze(lead), column)
    if value is None:
        return ()
    said = [q for q in find_quantities(aside, vocabulary) if q.value is not None]
    if not said:
        why = f"The cell also prints '({aside})', which does not say what it counts."
        return (CellValue(value, doubt=(AMBIGUOUS, why)),)
    within = tuple(
        CellValue(
            q.value,
            q.comparator,
            q.value_max,
            q.per,
            _doubt(q),
            note=(aside[: q.start] + aside[q.end :]).strip(" ()/;,."),
            uom=_printed_uom(q, aside),
            is_aside=True,
        )
        for q in said
    )
    return (CellValue(value), *within)


def _quantities(text: str, uom: str, vocabulary: Vocabulary) -> tuple[CellValue, ...]:
    said = find_quantities(text, vocabulary)
    lacks_unit = uom in _NOUNS and all(q.unit is None for q in said)
    if lacks_unit:
        # A cell leaves to its head what is counted: 'dưới 3', '2,75 trở lên'.
        text = _LAST_DIGIT.sub(_NOUNS[uom], text)
        said = find_quantities(text, vocabulary)
    notes = _notes_of(text, said)
    doubt = _left_over(text, said)
    return tuple(
        CellValue(
            q.value,
            q.comparator,
            q.value_max,
            q.per,
            doubt or _doubt(q),
            note=note,
            uom="" if lacks_unit else _printed_uom(q, text),
        )
        for q, note in zip(said, notes, strict=True)
        if q.value is not None
    )


def _left_over(text: str, said: Sequence[Quantity]) -> tuple[str, str] | None:
    """Return the doubt of a cell that prints digits outside of what was read."""
    outside = list(text)
    for q in said:
        outside[q.start : q.end] = " " * (min(q.end, len(text)) - q.start)
    if not any(c.isdigit() for c in outside):
        return None
    return AMBIGUOUS, f"'{text}' holds more figures than could be read."


def _printed_uom(quantity: Quantity, text: str) -> str:
    """Return the unit that the cell prints after a figure, '' where it prints none."""
    printed = text[quantity.start : quantity.end]
    has_word = any(c.isalpha() or c == "%" for c in printed.lstrip("<>≥≤~ "))
    known = quantity.unit in (*_KINDS, "vnd", "vnd_per_person", "vnd_per_household")
    return quantity.unit or "" if has_word and known else ""


def _doubt(quantity: Quantity) -> tuple[str, str] | None:
    return (AMBIGUOUS, quantity.doubt) if quantity.doubt else None


def _notes_of(text: str, said: Sequence[Quantity]) -> list[str]:
    """Return what stands between the figures of a cell: '(tỉnh giao)'."""
    if len(said) < 2:
        return [""] * len(said)
    stops = [*(q.start for q in said[1:]), len(text)]
    between = [text[q.end : stop] for q, stop in zip(said, stops, strict=True)]
    return [part.strip(" ()/;,.") for part in between]
