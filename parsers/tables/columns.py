"""Columns of a table: head path, role, and what the path means.

The meaning comes from the whole path, never from the column's place. A column that
names no subject of its own ('Tỷ lệ', 'Số hộ') belongs to the count beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.numbers.conventions import CellMark, find_mark, readings
from parsers.phrases import phrase_book
from parsers.prose.meaning import OTHER, Meaning, find_uom, read_meaning
from parsers.records import PERSON
from parsers.tables.context import TableContext
from parsers.tables.formulas import Formula, parse_formula
from parsers.tables.grid import Layout
from parsers.tables.head_columns import HeadColumn, lend_subjects
from parsers.tables.head_paths import head_paths
from parsers.tables.head_subjects import sets_against_others, with_title_subject
from parsers.tables.persons import mark_persons
from parsers.tables.row_times import are_years
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary

_ORDINAL_CELL = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,5}|[A-ZĐa-zđ])?[.)]?$|^[-+*•]$"
)
_SLIP_LENGTH = 7
"""Letters of the longest ordinal ('2.3.10.')."""
_UNIT_JOINT = re.compile(r"[;,]\s|\s(?:và|-|–)\s")
_MONEY = ("vnd", "million_vnd", "billion_vnd", "thousand_vnd")
_FIXED = ("percent", "household", "person")
"""Units that an indicator of the list has whatever else its head says."""


def read_columns(
    layout: Layout, context: TableContext, vocabulary: Vocabulary
) -> tuple[HeadColumn, ...]:
    """Return every printed column with its role and, of figures, its meaning."""
    paths = head_paths(layout)
    roles = _find_roles(layout, paths, vocabulary)
    columns = [
        HeadColumn(col, path, role, *_numbering(layout, col), None)
        for col, (path, role) in enumerate(zip(paths, roles, strict=True))
    ]
    figures = [_with_meaning(c, context, vocabulary) for c in columns]
    lent = lend_subjects(with_title_subject(figures, context, vocabulary), vocabulary)
    narrow = [_without_narrowed(c, vocabulary) for c in lent]
    narrow = [_without_share(c, layout, context, vocabulary) for c in narrow]
    narrow = _with_shared_money([_as_compared(c, vocabulary) for c in narrow])
    settled = _settle_items(narrow, layout, vocabulary)
    if lists_persons(settled, vocabulary):
        settled = [_as_of_one_household(column) for column in settled]
    return tuple(mark_persons(settled, layout, vocabulary))


def lists_persons(columns: Sequence[HeadColumn], vocabulary: Vocabulary) -> bool:
    """Whether the rows are persons or their households ('Họ và tên chủ hộ')."""
    return any(
        c.role in ("label", PERSON) and _named_role(c.path, vocabulary) == PERSON
        for c in columns
    )


def _as_of_one_household(column: HeadColumn) -> HeadColumn:
    """Call what a household's row counts 'other': its members are no population."""
    meaning = column.meaning
    if meaning is None or meaning.indicator == "funding":
        return column
    why = f"{meaning.rule}; of one household"
    return replace(column, meaning=replace(meaning, indicator=OTHER, rule=why))


def _without_narrowed(column: HeadColumn, vocabulary: Vocabulary) -> HeadColumn:
    if column.meaning is None:
        return column
    meaning = narrowed(column.meaning, column.path, vocabulary)
    return replace(column, meaning=meaning)


def _as_compared(column: HeadColumn, vocabulary: Vocabulary) -> HeadColumn:
    """Call 'So sánh | Hộ nghèo' a difference and no number of poor households."""
    meaning = column.meaning
    if meaning is None or not sets_against_others(column.path, vocabulary):
        return column
    why = f"{meaning.rule}; set against another figure"
    told = replace(meaning, indicator=OTHER, is_stock=False, rule=why)
    return replace(column, meaning=told)


def _with_shared_money(columns: Sequence[HeadColumn]) -> list[HeadColumn]:
    """Give money without a unit the one that the other heads print: '(1.000 đồng)'."""
    units = {
        c.meaning.uom
        for c in columns
        if c.meaning is not None and c.meaning.uom in _MONEY
    }
    if len(units) != 1:
        return list(columns)
    shared = units.pop()
    return [
        replace(c, meaning=replace(c.meaning, uom=shared))
        if c.meaning is not None
        and c.meaning.indicator == "funding"
        and not c.meaning.uom
        else c
        for c in columns
    ]


def _without_share(
    column: HeadColumn, layout: Layout, context: TableContext, vocabulary: Vocabulary
) -> HeadColumn:
    """Take 'percent' from whole numbers that no head, title or cell calls a share.

    'Vay vốn' over 5, 12 and 3 counts households, though the indicator is a share.
    """
    meaning = column.meaning
    if meaning is None or meaning.uom != "percent" or "rate" in meaning.concepts:
        return column
    cells = [layout.text(row, column.col) for row in layout.body]
    around = (*column.path, context.title or "", context.unit_line or "")
    if _path_uom(around, vocabulary) or any("%" in text for text in (*around, *cells)):
        return column
    if "rate" in read_meaning(around, vocabulary).concepts:
        return column
    if not all(_is_whole(cell) for cell in cells):
        return column
    why = f"{meaning.rule}; whole numbers, and no share is said"
    return replace(column, meaning=replace(meaning, uom="", rule=why))


def _is_whole(text: str) -> bool:
    values = readings(text).values()
    return not values or any(v == v.to_integral_value() for v in values)


_WHOLES = frozenset(
    {
        "households", "population", "poor_households", "near_poor_households",
        "poverty_rate", "near_poor_rate",
    }
)  # fmt: skip
"""Indicators that in group 'all' speak of everyone; a part of them is something else.
"""


def narrowed(meaning: Meaning, path: Sequence[str], vocabulary: Vocabulary) -> Meaning:
    """Call a whole 'other' where its head narrows it down in a way of no group.

    'Số hộ được hỗ trợ' are not all households, 'Hộ nghèo không có khả năng lao động'
    not all poor ones. Such words are those of ``qualifiers.csv``.
    """
    if meaning.indicator not in _WHOLES or meaning.group_code != "all":
        return meaning
    book = phrase_book(vocabulary, "qualifiers")
    hits = (hit for level in path for hit in book.find(level))
    word = next((h.phrase for h in hits if h.row["effect"] == "narrows"), None)
    if word is None:
        return meaning
    why = f"{meaning.rule}; narrowed by '{word}'"
    is_stock = meaning.is_stock and "activity" not in meaning.concepts
    return replace(meaning, indicator=OTHER, is_stock=is_stock, rule=why)


def _settle_items(
    columns: Sequence[HeadColumn], layout: Layout, vocabulary: Vocabulary
) -> list[HeadColumn]:
    """Call the label column 'item' where rows, not columns, name what is counted.

    So it is in 'Chỉ tiêu | ĐVT | Thực hiện 2021 | Kế hoạch 2022': no column names a
    subject, and most rows do.
    """
    labels = [c for c in columns if c.role in ("label", "item")]
    figures = [c.meaning for c in columns if c.meaning is not None]
    mute = [m for m in figures if m.is_bare]
    texts = [layout.text(row, labels[-1].col) for row in layout.body] if labels else []
    named = [text for text in texts if text]
    telling = sum(_names_subject([text], vocabulary) for text in named)
    is_list = len(mute) * 2 > len(figures) and telling * 2 > len(named)
    has_units = bool(mute) and telling > 0 and any(c.role == "unit" for c in columns)
    is_item = bool(named) and (is_list or has_units)
    roles = {c.col: "label" for c in labels}
    if is_item:
        roles[labels[-1].col] = "item"
    return [replace(c, role=roles.get(c.col, c.role)) for c in columns]


def _numbering(layout: Layout, col: int) -> tuple[int | None, Formula | None]:
    if layout.numbering is None:
        return None, None
    text = layout.covering_text(layout.numbering, col)
    formula = parse_formula(text)
    if formula is not None:
        return formula.target, formula
    digits = text.strip("() ")
    # Longer ones are signs run together by a scan: '52' for '5=2'.
    is_number = digits.isdigit() and int(digits) <= layout.n_cols
    return (int(digits) if is_number else None), None


# --- roles ----------------------------------------------------------------------------


def _find_roles(
    layout: Layout, paths: Sequence[tuple[str, ...]], vocabulary: Vocabulary
) -> list[str]:
    """Return for each column 'ordinal', 'label', 'item', 'unit', 'text' or 'figure'.

    The head's word decides ('TT', 'Đơn vị', 'Ghi chú'), the cells where it says
    nothing. Columns right of the first figures are never labels.
    """
    named = [_named_role(path, vocabulary) for path in paths]
    roles: list[str] = []
    for col, name in enumerate(named):
        cells = [layout.text(row, col) for row in layout.body]
        speaks = name is None and _names_subject(paths[col], vocabulary)
        roles.append(_role_of(name, cells, roles, speaks, vocabulary))
    if "person" in roles:
        # Where rows are persons their village or commune names no row.
        roles = ["text" if role == "label" else role for role in roles]
        roles[roles.index("person")] = "label"
    if "label" not in roles and "item" not in roles and "text" in roles:
        roles[roles.index("text")] = "label"
    return roles


def _named_role(path: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """Return the role that a head's words name: the whole head must be such words."""
    if not path:
        return None
    head = one_spelling(path[-1]).strip(" .:")
    for row in vocabulary.rows("column_words"):
        if head == one_spelling(row["phrase"]):
            return row["role"]
    hits = phrase_book(vocabulary, "column_words").find(path[-1])
    opening = next((hit for hit in hits if hit.start == 0), None)
    is_label = opening is not None and opening.row["role"] in ("label", "text")
    return opening.row["role"] if is_label and opening is not None else None


def _role_of(
    named: str | None,
    cells: Sequence[str],
    before: Sequence[str],
    speaks: bool,
    vocabulary: Vocabulary,
) -> str:
    filled = [cell for cell in cells if cell]
    if named == "ordinal":
        return "ordinal"
    numbers = sum(_is_figure_cell(cell, speaks, vocabulary) for cell in filled)
    if not speaks and not set(before) - {"ordinal"} and are_years(filled):
        return "label"
    mostly_numbers = bool(filled) and numbers * 2 >= len(filled)
    if named in ("text", "unit"):
        return named
    if named == "person":
        return "text" if {"figure", "person"} & set(before) else "person"
    has_label = "label" in before or "item" in before
    if named == "label" and has_label and _mostly_units(filled, vocabulary):
        return "unit"
    if "figure" in before:
        return "figure" if mostly_numbers or not filled else "text"
    if named in ("label", "item") and not mostly_numbers:
        return named
    if not before and named is None and not speaks and _mostly_ordinals(filled):
        return "ordinal"
    if mostly_numbers or (not filled and bool(before)):
        return "figure"
    return "label"


def _mostly_units(filled: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether cells name units of measure, under 'Đơn vị' for 'Đơn vị tính'."""
    units = sum(bool(find_uom(cell, vocabulary)) for cell in filled)
    return units > 0 and units * 2 >= len(filled)


def _names_subject(path: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a head speaks of something that is counted."""
    return bool(path) and read_meaning(path, vocabulary).indicator != OTHER


def _is_figure_cell(text: str, speaks: bool, vocabulary: Vocabulary) -> bool:
    """Whether a cell holds a figure, or what stands for one; slips count as well.

    Under a head that counts something any digits do ('120 hộ (tỉnh giao)').
    """
    if readings(text) or find_mark(text, vocabulary) is CellMark.BLANK:
        return True
    digits = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    return digits > letters or (speaks and digits > 0)


def _mostly_ordinals(filled: Sequence[str]) -> bool:
    """Whether a first column counts its rows; a few short slips of OCR may be in it."""
    ordinals = [cell for cell in filled if _ORDINAL_CELL.match(cell)]
    if len(ordinals) * 10 < len(filled) * 7 or not ordinals:
        return False
    is_short = all(len(cell) <= _SLIP_LENGTH for cell in filled)
    return is_short and not all("." in cell.strip(".") for cell in ordinals)


# --- meanings -------------------------------------------------------------------------


def _with_meaning(
    column: HeadColumn, context: TableContext, vocabulary: Vocabulary
) -> HeadColumn:
    if column.role != "figure":
        return column
    meaning = read_meaning(column.path, vocabulary, context=context.title or "")
    uom = _path_uom(column.path, vocabulary) or meaning.uom
    if uom == PERSON and meaning.uom == "household":
        # 'Hộ nghèo > Người' counts the members and no households.
        meaning = read_meaning(column.path, vocabulary, unit=uom)
    money = _money_unit(context, vocabulary)
    is_shared = bool(money) and not _is_mixed(context.unit_line or "", vocabulary)
    if is_shared and _is_quantity(column, vocabulary):
        uom = _path_uom(column.path, vocabulary)
        meaning = replace(meaning, indicator=OTHER, is_stock=False, is_bare=False)
    elif is_shared and _is_money_column(column, meaning, uom, vocabulary):
        uom = uom if uom.startswith(_MONEY) else money
        # In money 'Nhu cầu vốn' is no need of credit that households have.
        meaning = read_meaning(column.path, vocabulary, unit=uom)
        meaning = replace(meaning, indicator="funding", is_stock=False, is_bare=False)
    elif meaning.indicator == "funding":
        uom = uom if uom.startswith(_MONEY) else (money or uom)
    elif uom.startswith(_MONEY):
        # Money of some other kind, as an income: whoever is named is not counted.
        meaning = replace(meaning, indicator=OTHER, is_stock=False, is_bare=False)
    return replace(column, meaning=replace(meaning, uom=_keep_uom(meaning, uom)))


def _path_uom(path: Sequence[str], vocabulary: Vocabulary) -> str:
    found = (find_uom(level, vocabulary) for level in reversed(path))
    return next((uom for uom in found if uom), "")


def _money_unit(context: TableContext, vocabulary: Vocabulary) -> str:
    """Return the money unit that stands above the table, '' if none does."""
    for text in (context.unit_line, context.title):
        uom = find_uom(text, vocabulary) if text else ""
        if uom.startswith(_MONEY):
            return uom
    return ""


def _is_mixed(unit_line: str, vocabulary: Vocabulary) -> bool:
    """Whether a unit line names several units, of which none is every column's.

    So does 'ĐVT: hộ; %; triệu đồng': it says which units the table has.
    """
    stated = unit_line.rpartition(":")[2]
    units = {find_uom(part, vocabulary) for part in _UNIT_JOINT.split(stated)}
    return len(units - {""}) > 1


def _is_quantity(column: HeadColumn, vocabulary: Vocabulary) -> bool:
    """Whether a head opens with how many or how dear: 'Số lượng', 'Đơn giá'."""
    words = phrase_book(vocabulary, "head_words").find((column.path or ("",))[-1])
    return any(hit.start == 0 and hit.row["effect"] == "quantity" for hit in words)


def _is_money_column(
    column: HeadColumn, meaning: Meaning, uom: str, vocabulary: Vocabulary
) -> bool:
    """Whether a column of a money table holds money: unless its head counts things."""
    if meaning.indicator == "funding":
        return True
    if uom and not uom.startswith(_MONEY) and _path_uom(column.path, vocabulary):
        return False
    last = column.path[-1] if column.path else ""
    hits = phrase_book(vocabulary, "concepts").find(last)
    counts = ("số hộ", "số người", "số khẩu", "tỷ lệ", "tỉ lệ", "tổng số hộ", "%")
    return not any(hit.phrase.startswith(counts) for hit in hits)


def _keep_uom(meaning: Meaning, uom: str) -> str:
    """Return the unit that stands for a column: its head's, else the indicator's."""
    is_fixed = meaning.indicator not in ("funding", OTHER)
    return meaning.uom if is_fixed and meaning.uom in _FIXED else uom
