"""Figures of real tables made wrong one at a time, and what the checks say of each.

Whether a change can be seen at all is told by equations written down by hand from the
printed tables, with the contract's tolerances; nothing of the checks decides it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from expectations.arithmetic import file_doubts
from expectations.repairs import settle_readings
from flows.parse import parse_evidence
from parsers.records import Issue, Records
from tests.golden.rendering import load_evidence

Place = tuple[int, int]
Values = Mapping[Place, Decimal]

# Of columns, over all rows: '5=4/3' is a rate in percent, '6=4-7' a balance, '4=6+8' a
# split. Of rows, in the columns named: '9=1..8 in 3,4' adds up; an empty cell is zero.
PRINTED: Mapping[tuple[str, int], tuple[str, ...]] = {
    ("bim-son-2018", 1): ("5=4/3", "8=6/3", "6=4-7", "9=1..8 in 3,4,6,7"),
    ("bim-son-2018", 2): (
        "1=2,5 in 3,4,5,6,7,9,10,11,12",
        "2=3..4 in 3,4,5,6,7,9,10,11,12",
        "5=6..11 in 3,4,5,6,7,9,10,11,12",
    ),
    ("cam-lo-2021", 1): (
        "5=4/3", "7=6/3", "9=8/3", "11=10/3", "13=12/3", "12=4-10", "4=6+8",
        "9=1..8 in 3,4,6,8,10,12",
    ),
    ("di-su-2024", 1): ("5=4/3", "16=1,9 in 3,4", "1=2..8 in 3,4", "9=10..15 in 3,4"),
    ("di-su-2024", 2): ("5=4/3", "8=7/6", "10=1..9 in 3,4,6,7"),
}  # fmt: skip
_ROWS = re.compile(r"(\d+)=([\d.,]+) in ([\d,]+)")
_RATE = re.compile(r"(\d+)=(\d+)/(\d+)")
_SUM = re.compile(r"(\d+)=([\d+\-]+)")
_SIGNED = re.compile(r"([+-]?)(\d+)")


@dataclass(frozen=True, slots=True)
class Printed:
    """An equation of a table: a rate of two figures, or a sum of signed ones."""

    output: Place
    terms: tuple[tuple[int, Place], ...]
    is_rate: bool = False

    def names(self, place: Place) -> bool:
        """Whether a figure stands in it."""
        return place == self.output or any(place == term for _, term in self.terms)

    def fails(self, values: Values) -> bool:
        """Whether the figures break it, past the contract's tolerance."""
        said = values.get(self.output)
        if said is None:
            return False
        if not self.is_rate:
            return said != sum(n * values.get(term, 0) for n, term in self.terms)
        (_, top), (_, bottom) = self.terms
        if top not in values or not values.get(bottom):
            return False
        exponent = said.as_tuple().exponent
        place = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        return abs(said - 100 * values[top] / values[bottom]) > place


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many changes were made, could be seen, were reported and laid to a figure."""

    variants: int
    seen: int
    reported: int
    suspected: int


def try_mutations(name: str, table_no: int, variants: int, seed: int = 1) -> Outcome:
    """Change figures of a sample's table one at a time, and check it each time."""
    whole = parse_evidence(load_evidence(name))
    table = next(t for t in whole.tables if t.table_no == table_no)
    records = replace(whole, tables=(table,), issues=())
    indexes = {
        (f.row_no, f.col_no): n
        for n, f in enumerate(records.figures)
        if f.table_no == table_no and f.row_no and f.col_no and f.value is not None
    }
    values = {place: records.figures[n].value for place, n in indexes.items()}
    printed = list(printed_equations(name, table_no, values))
    as_printed = set(_told(records))
    draw = random.Random(seed)
    seen = reported = suspected = 0
    for _ in range(variants):
        place = draw.choice(list(indexes))
        value = misprint(values[place], draw)
        changed = {**values, place: value}
        if not any(e.names(place) and e.fails(changed) for e in printed):
            continue
        index = indexes[place]
        figures = list(records.figures)
        figures[index] = replace(figures[index], value=value)
        told = set(_told(replace(records, figures=tuple(figures)))) - as_printed
        seen += 1
        reported += bool(told)
        suspected += any(index in issue.suspects for issue in told)
    return Outcome(variants, seen, reported, suspected)


def printed_equations(name: str, table_no: int, values: Values) -> Iterator[Printed]:
    """Yield the equations that a sample's table prints."""
    rows = sorted({row for row, _ in values})
    for said in PRINTED[name, table_no]:
        if by_row := _ROWS.fullmatch(said):
            addends = tuple(_numbers(by_row[2]))
            for col in _numbers(by_row[3]):
                terms = tuple((1, (row, col)) for row in addends)
                yield Printed((int(by_row[1]), col), terms)
        elif rate := _RATE.fullmatch(said):
            output, top, bottom = map(int, rate.groups())
            for row in rows:
                yield Printed(
                    (row, output), ((1, (row, top)), (1, (row, bottom))), True
                )
        elif by_column := _SUM.fullmatch(said):
            signed = [
                (-1 if sign == "-" else 1, int(col))
                for sign, col in _SIGNED.findall(by_column[2])
            ]
            for row in rows:
                terms = tuple((n, (row, col)) for n, col in signed)
                yield Printed((row, int(by_column[1])), terms)


def _numbers(said: str) -> Iterator[int]:
    for piece in said.split(","):
        first, _, last = piece.partition("..")
        yield from range(int(first), int(last or first) + 1)


def _told(records: Records) -> tuple[Issue, ...]:
    read = settle_readings(records)
    return file_doubts(read.checks, read.records)


def misprint(value: Decimal, draw: random.Random) -> Decimal:
    """Return another value: a digit changed, exchanged with the next, or put in."""
    text = str(value)
    digits = [n for n, letter in enumerate(text) if letter.isdigit()]
    while True:
        place = draw.choice(digits)
        other = draw.choice("0123456789")
        ways = [
            text[:place] + other + text[place + 1 :],
            text[:place] + other + text[place:],
        ]
        if place + 1 in digits:
            pair = text[place + 1] + text[place]
            ways.append(text[:place] + pair + text[place + 2 :])
        changed = Decimal(draw.choice(ways))
        if changed != value:
            return changed
