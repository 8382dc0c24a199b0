"""Figures as printed: what their digits can mean, and which of it a column means.

Vietnamese papers print '1.234,5' and '1,234.5' side by side. Nothing is guessed from
one cell: `readings` gives every value that the digits allow, `infer_convention` lets
the cells of a column vote, and `settle` lets arithmetic decide what votes cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary

Kind = Literal["count", "rate", "amount"]
"""What a figure is: a count of things, a share in percent, or money and measures."""


class Convention(StrEnum):
    """Which sign stands before decimals; the other one, or a space, groups."""

    COMMA_DECIMAL = "comma_decimal"
    DOT_DECIMAL = "dot_decimal"
    UNKNOWN = "unknown"


class CellMark(StrEnum):
    """What stands in a cell in place of a figure."""

    NONE = "none"
    """Words for none ('Không có'): the paper states zero, so the value is 0."""
    BLANK = "blank"
    """Nothing, or a dash. A dash may mean none or not applicable; formats put it
    beside the empty cell, so no figure is claimed and the text is kept."""
    UNKNOWN = "unknown"
    """'…', in official statistics: it exists, but its number is not known."""


@dataclass(frozen=True, slots=True)
class ColumnConvention:
    """How the numbers of one column are written, and why that is believed.

    ``convention`` UNKNOWN with ``ambiguous`` False means that every cell speaks for
    itself (no separators, or a mixed column). ``ambiguous`` True means that some cells
    have two values still, and that `parse_number` gives None for those.
    """

    convention: Convention
    ambiguous: bool
    evidence: str
    kind: Kind = "amount"


_WIDE_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\r\n]")
# A figure alone in its cell: brackets or a sign, digits, a percent sign, note marks.
# A note's digit is only believed after '%' or as a superscript: '24%1;'.
_CELL = re.compile(
    r"(?P<open>\()?\s?(?P<sign>[-\u2212\u2013+]\s?)?"
    r"(?P<body>[.,]?\d+(?:[., ]\d+)*)"
    r"\s?(?P<percent>%\s?\d?[.,]?)?(?P<close>\))?"
    r"(?:\s?(?:\*{1,3}|\(\*{1,3}\)|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,2}))?;?"
)
_BODY = {
    Convention.COMMA_DECIMAL: re.compile(
        r"(\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)?(?:,(\d+))?"
    ),
    Convention.DOT_DECIMAL: re.compile(
        r"(\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+)?(?:\.(\d+))?"
    ),
}
_MOST_DIGITS = 18
"""The state budget in đồng has 16 digits; what is longer is a code or an account."""
_WHOLE = Decimal(100)
_SEPARATORS = ".,"
_ENOUGH = 2
_SHARE = 20
"""One weak witness in so many undecided cells is no chance misreading any more."""


def readings(text: str) -> Mapping[Convention, Decimal]:
    """Return every value that a figure's text can mean, by convention.

    Empty means no number. Equal values under both conventions mean that there is
    nothing to decide. Figures in brackets are negative (Circular 200/2014/TT-BTC).

    Args:
        text: One cell, or one figure of a sentence without its unit.
    """
    shape = _CELL.fullmatch(_WIDE_SPACE.sub(" ", text).strip())
    if shape is None or bool(shape["open"]) != bool(shape["close"]):
        return {}
    body = shape["body"]
    if sum(c.isdigit() for c in body) > _MOST_DIGITS:
        return {}
    sign = -1 if shape["open"] or (shape["sign"] or "+")[0] != "+" else 1
    found = {c: _value(body, c) for c in _BODY}
    return {c: sign * v for c, v in found.items() if v is not None}


def _value(body: str, convention: Convention) -> Decimal | None:
    match = _BODY[convention].fullmatch(body)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match[1] or "0")
    return Decimal(f"{whole}.{match[2]}") if match[2] else Decimal(whole)


def likely_readings(text: str, kind: Kind) -> Mapping[Convention, Decimal]:
    """Return the readings that also suit what the figure is.

    A count has no decimals and a rate lies within 0 to 100, unless its digits allow
    nothing else ('10.98' households is 10.98).
    """
    found = readings(text)
    if kind == "count":
        fitting = {c: v for c, v in found.items() if not _has_decimals(v)}
    elif kind == "rate":
        fitting = {c: v for c, v in found.items() if abs(v) <= _WHOLE}
    else:
        fitting = dict(found)
    return fitting or found


def _has_decimals(value: Decimal) -> bool:
    """Whether decimals are printed, be they zeros: '2.000' is 2000 or 2.000."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent < 0


def infer_convention(texts: Sequence[str], kind: Kind) -> ColumnConvention:
    """Return how a column writes its numbers, judged from all of its cells.

    Args:
        texts: The column's body cells as printed; what is no number has no vote.
        kind: What the column's figures are.
    """
    votes: dict[Convention, list[str]] = {c: [] for c in _BODY}
    undecided: list[str] = []
    for text in texts:
        found = likely_readings(text, kind)
        if len(found) == 1:
            votes[next(iter(found))].append(text.strip())
        elif len(set(found.values())) > 1:
            undecided.append(text.strip())
    return _judge(votes, undecided, kind)


def _judge(
    votes: Mapping[Convention, Sequence[str]], undecided: Sequence[str], kind: Kind
) -> ColumnConvention:
    said = "; ".join(
        f"{len(cells)} can only be {c.value}, such as '{cells[0]}'"
        for c, cells in votes.items()
        if cells
    )
    voted = [c for c, cells in votes.items() if cells]
    certain = [c for c, cells in votes.items() if any(map(_is_certain, cells))]
    if len(certain) == 1 and len(votes[certain[0]]) * 2 > sum(map(len, votes.values())):
        return ColumnConvention(certain[0], False, said, kind)
    if len(voted) == 1 and _carries(votes[voted[0]], undecided):
        return ColumnConvention(voted[0], False, said, kind)
    if undecided:
        doubt = f"{len(undecided)} have two meanings, such as '{undecided[0]}'"
        evidence = f"{said}; {doubt}" if said else doubt
        return ColumnConvention(Convention.UNKNOWN, True, evidence, kind)
    evidence = f"mixed, each cell by itself: {said}" if said else "no separator decides"
    return ColumnConvention(Convention.UNKNOWN, False, evidence, kind)


def _is_certain(text: str) -> bool:
    """Whether one misread digit could not make it so: '1.234,5', '1.234.567'."""
    return sum(c in _SEPARATORS for c in text) > 1


def _carries(witnesses: Sequence[str], undecided: Sequence[str]) -> bool:
    """Whether cells that can only be one way speak for those that can be two.

    A misread digit makes '12.59' of '12.590'. Such a cell, with a single separator
    that is also the undecided cells' own, needs a second one, and one in twenty.
    """
    signs = {c for text in undecided for c in text if c in _SEPARATORS}
    same = [w for w in witnesses if not _is_certain(w) and signs & set(w)]
    if len(same) < len(witnesses):
        return True
    return len(same) >= _ENOUGH and len(same) * _SHARE >= len(undecided)


def parse_number(text: str, column: ColumnConvention) -> Decimal | None:
    """Return a cell's value, or None where it is no number or has two meanings still.

    A bracketed figure is a negative amount; of counts and rates it is not known what
    the brackets mean, so there it is no number.
    """
    if column.kind != "amount" and text.strip().startswith("("):
        return None
    found = likely_readings(text, column.kind)
    values = set(found.values())
    if len(values) == 1:
        return values.pop()
    return found.get(column.convention)


def doubt_of(text: str, value: Decimal, column: ColumnConvention) -> str | None:
    """Return why a value read from a cell should not be trusted as it is, or None."""
    if column.kind == "count" and value != value.to_integral_value():
        return f"'{text}' is a count with decimals"
    if column.kind == "count" and value < 0:
        return f"'{text}' is a count below zero"
    if column.kind == "rate" and abs(value) > _WHOLE:
        return f"'{text}' is a rate above 100"
    if column.kind == "amount" and column.convention not in (
        Convention.UNKNOWN,
        *readings(text),
    ):
        return f"'{text}' is not written as its column is"
    if text.strip()[:1] in (".", ","):
        return f"'{text}' may have lost its first digit"
    return None


def settle(
    column: ColumnConvention, satisfied: Callable[[Convention], int]
) -> ColumnConvention:
    """Let a table's equations decide an ambiguous column.

    Args:
        column: What `infer_convention` said.
        satisfied: How many of the table's equations (sums, rates) hold when the
            ambiguous columns are read in the given convention.

    Returns:
        The column with the convention under which more equations hold; unchanged where
        none does, or where both do equally well.
    """
    if not column.ambiguous:
        return column
    comma = satisfied(Convention.COMMA_DECIMAL)
    dot = satisfied(Convention.DOT_DECIMAL)
    if comma == dot:
        return column
    best = Convention.COMMA_DECIMAL if comma > dot else Convention.DOT_DECIMAL
    why = f"{max(comma, dot)} equations hold as {best.value}, {min(comma, dot)} else"
    return replace(
        column,
        convention=best,
        ambiguous=False,
        evidence=f"{column.evidence}; {why}",
    )


def settle_cell(
    text: str, kind: Kind, satisfied: Callable[[Decimal], int]
) -> Decimal | None:
    """Return the one of a cell's values under which most equations hold.

    For a single cell that breaks its column's custom ('290.934' beside '262,784').
    None where no value, or more than one, does best.
    """
    scores = {v: satisfied(v) for v in set(likely_readings(text, kind).values())}
    if not scores:
        return None
    top = max(scores.values())
    best = [v for v, score in scores.items() if score == top]
    return best[0] if top > 0 and len(best) == 1 else None


def find_mark(text: str, vocabulary: Vocabulary) -> CellMark | None:
    """Return what a cell without a figure says, or None where it says something else.

    Args:
        text: The cell as printed.
        vocabulary: Its 'cell_marks' give the words and signs.
    """
    said = one_spelling(_WIDE_SPACE.sub(" ", text)).strip(" ;.") or text.strip()
    if not said:
        return CellMark.BLANK
    for row in vocabulary.rows("cell_marks"):
        if said == one_spelling(row["text"]):
            return CellMark(row["meaning"])
    return None
