"""Says in a sentence, in English and in Vietnamese, what a failing equation means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from expectations.suspects import Explanation
from expectations.suspects import Table as JudgedTable
from parsers.records import Figure, Quality, Table, TableColumn
from parsers.tables.equations import Equation, Judgement, Place, last_place
from parsers.tables.row_sums import SUM
from parsers.tables.table_equations import BALANCE, GROUP, RATE

_MOST_NAMED = 4
"""Suspects that a message names; the list holds them all."""


@dataclass(frozen=True)
class TableCheck:
    """A table with its figures by place and its equations judged."""

    table: Table
    indexes: Mapping[Place, int]
    """Indexes into ``Records.figures``."""
    equations: tuple[Equation, ...]
    judged: JudgedTable


@dataclass(frozen=True, slots=True)
class _Language:
    """The phrases of a sentence; the names in brackets are filled in."""

    where: str
    corrected: str
    """Stands for ``where`` if a person has said what stands there."""
    share: str
    sum: str
    other: str
    makes: Mapping[str, str]
    """What gives the result, by check code; '' for any other."""
    only: str
    swap: str
    one_of: str
    more: str
    row: str
    column: str
    nothing: str
    point: str
    """What stands before the fraction of a number."""

    def number(self, digits: object) -> str:
        """Return a number as the language writes it."""
        return str(digits).replace(".", self.point)


_ENGLISH = _Language(
    where="Table {table}, {row}: {column} is printed as {printed}, but ",
    corrected="Table {table}, {row}: {column} was corrected to {printed}, but ",
    share="{top} of {bottom} is {result}. ",
    sum="its {count} rows add up to {result}. ",
    other="{makes} {terms} = {result}. ",
    makes={
        GROUP: "the groups make",
        BALANCE: "the start less the exits makes",
        "": "the figures make",
    },
    only="Most likely wrong: {named}.",
    swap="The figures of two rows may have changed places: {named}{more}.",
    one_of="One of these may be wrong: {named}{more}.",
    more=" and {count} more",
    row="row {number}",
    column="column {number}",
    nothing="nothing",
    point=".",
)
_VIETNAMESE = _Language(
    where="Bảng {table}, {row}: {column} ghi {printed}, nhưng ",
    corrected="Bảng {table}, {row}: {column} đã hiệu chỉnh thành {printed}, nhưng ",
    share="{top} trên {bottom} là {result}. ",
    sum="{count} dòng thành phần cộng lại là {result}. ",
    other="{makes} {terms} = {result}. ",
    makes={
        GROUP: "các nhóm cộng lại là",
        BALANCE: "số đầu kỳ trừ số thoát là",
        "": "các số liệu cho kết quả",
    },
    only="Nhiều khả năng sai: {named}.",
    swap="Số liệu của hai dòng có thể đã bị đổi chỗ: {named}{more}.",
    one_of="Một trong các số sau có thể sai: {named}{more}.",
    more=" và {count} số khác",
    row="dòng {number}",
    column="cột {number}",
    nothing="trống",
    point=",",
)


def shown(judgement: Judgement) -> str:
    """Return the computed value with at least the places that are printed.

    A rate is shown to two places even where the paper rounds it more.
    """
    if judgement.equation.fraction is None:
        return str(judgement.computed)
    unit = min(last_place(judgement.printed), Decimal("0.01"))
    return str(judgement.computed.quantize(unit, ROUND_HALF_UP))


class Words:
    """Says in a sentence what a failing equation of one table means."""

    def __init__(self, check: TableCheck, figures: Sequence[Figure]) -> None:
        self._check = check
        self._figures = figures
        self._columns: Mapping[int, TableColumn] = {
            c.col_no: c for c in check.table.columns
        }

    def english(self, judgement: Judgement, suspects: Explanation) -> str:
        """Return the whole message in English."""
        return self._sentence(judgement, suspects, _ENGLISH)

    def vietnamese(self, judgement: Judgement, suspects: Explanation) -> str:
        """Return the whole message in Vietnamese."""
        return self._sentence(judgement, suspects, _VIETNAMESE)

    def _sentence(
        self, judgement: Judgement, suspects: Explanation, speech: _Language
    ) -> str:
        place = judgement.equation.output
        is_corrected = self._quality(place) is Quality.CORRECTED
        where = (speech.corrected if is_corrected else speech.where).format(
            table=self._check.table.table_no,
            row=self._row(place, speech),
            column=self._column(place, speech),
            printed=speech.number(judgement.printed),
        )
        blame = self._blame(suspects, speech)
        return f"{where}{self._claim(judgement, speech)}{blame}"

    def _claim(self, judgement: Judgement, speech: _Language) -> str:
        equation = judgement.equation
        result = speech.number(shown(judgement))
        if equation.check_code == RATE and equation.fraction is not None:
            top, bottom = (self._value(p, speech) for p in equation.fraction)
            return speech.share.format(top=top, bottom=bottom, result=result)
        if equation.check_code == SUM:
            return speech.sum.format(count=len(equation.adds), result=result)
        parts = " + ".join(self._value(p, speech) for p in equation.adds)
        taken = "".join(f" - {self._value(p, speech)}" for p in equation.takes)
        makes = speech.makes.get(equation.check_code, speech.makes[""])
        return speech.other.format(makes=makes, terms=parts + taken, result=result)

    def _blame(self, suspects: Explanation, speech: _Language) -> str:
        chosen = suspects.places[:_MOST_NAMED]
        named = ", ".join(self._figure(place, speech) for place in chosen)
        left = len(suspects.places) - len(chosen)
        more = speech.more.format(count=left) if left else ""
        if len(suspects.places) == 1:
            return speech.only.format(named=named)
        phrase = speech.swap if suspects.is_swap else speech.one_of
        return phrase.format(named=named, more=more)

    def _figure(self, place: Place, speech: _Language) -> str:
        row, column = self._row(place, speech), self._column(place, speech)
        return f"{row} {column} ({self._value(place, speech)})"

    def _value(self, place: Place, speech: _Language) -> str:
        index = self._check.indexes.get(place)
        if index is None:
            return speech.nothing
        return speech.number(self._figures[index].value)

    def _quality(self, place: Place) -> Quality | None:
        index = self._check.indexes.get(place)
        return None if index is None else self._figures[index].quality

    def _row(self, place: Place, speech: _Language) -> str:
        index = self._check.indexes.get(place)
        label = self._figures[index].unit_raw if index is not None else None
        return f"'{label or speech.row.format(number=place[0])}'"

    def _column(self, place: Place, speech: _Language) -> str:
        path = [*dict.fromkeys(self._columns[place[1]].path)]
        return f"'{' > '.join(path[-2:]) or speech.column.format(number=place[1])}'"
