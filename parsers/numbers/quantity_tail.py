"""What follows a figure: its scales, its unit or noun, and what it is per."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from parsers.numbers.conventions import Kind
from parsers.numbers.quantity_grammar import Grammar, Unit, key

_NOUN = re.compile(r"\s(?P<n>[^\W\d_]+)(?:\s(?P<m>[^\W\d_]+))?")
MONEY = Unit("vnd", "amount", Decimal(1))
_MONEY_SCALE = Decimal(1_000_000)
"""From a million up a scale without a unit is money ('15 triệu/hộ')."""


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a figure: scales, unit, what it is per, and where that ends."""

    factor: Decimal = Decimal(1)
    unit: Unit | None = None
    per: str | None = None
    each: str | None = None
    end: int = 0
    is_guess: bool = False
    """Whether a scale stands before a word that might be the unit ('2 triệu cây')."""

    @property
    def kind(self) -> Kind:
        """How the figure's separators are to be read."""
        if self.factor != 1 and (self.unit is None or self.unit.code != "percent"):
            return "amount"
        if self.unit is None or self.unit.kind == "count":
            return "count"
        return "rate" if self.unit.kind == "rate" else "amount"


def read_tail(shown: str, at: int, grammar: Grammar, comma: bool = False) -> Tail:
    """Read scales, unit and per after a figure; a comma before the unit is a slip."""
    match = grammar.tail.match(shown, at)
    if match is None:
        return Tail(end=at)
    factor = Decimal(1)
    for scale in re.findall(r"[^\W\d_]+", match["scales"]):
        factor *= grammar.scales[key(scale)]
    if match["comma"] and not comma:
        unit = MONEY if factor >= _MONEY_SCALE else None
        return Tail(factor, unit, end=match.end("scales"))
    pers, end = match["pers"], match.end()
    unit = grammar.units[key(match["unit"])] if match["unit"] else None
    is_guess = False
    if unit is None and factor >= _MONEY_SCALE:
        unit = MONEY
        word = None if pers else _NOUN.match(shown, end)
        is_guess = word is not None and _is_noun(word["n"], grammar)
    late = grammar.late_per.match(shown, end) if unit is not None and not pers else None
    if late is not None and unit is not None and unit.kind == "count":
        pers = late["pers"]
    per, each = _read_pers(pers, grammar)
    factor *= unit.factor if unit else 1
    return Tail(factor, unit, per, each, end, is_guess)


def _read_pers(pers: str, grammar: Grammar) -> tuple[str | None, str | None]:
    per: str | None = None
    each: str | None = None
    for piece in re.split(r"/|\s(?=mỗi|một|hằng|hàng)", pers):
        word = re.sub(r"^(?:0?1|một|mỗi|hằng|hàng)\s+", "", piece.strip(), flags=re.I)
        what, code = grammar.pers.get(key(word), ("", ""))
        if what == "time":
            per = code
        elif what:
            each = each or code
    return per, each


def with_noun(shown: str, tail: Tail, grammar: Grammar) -> Tail:
    """Take the printed noun as the unit where no known one follows."""
    if tail.unit is not None:
        return tail
    match = _NOUN.match(shown, tail.end)
    if match is None or not _is_noun(match["n"], grammar):
        if tail.factor == 1:
            return tail
        return replace(tail, unit=MONEY)
    second = match["m"]
    is_two = second is not None and _is_noun(second, grammar)
    noun = f"{match['n']} {second}" if is_two else match["n"]
    end = match.end("m") if is_two else match.end("n")
    return replace(tail, unit=Unit(noun, "count", Decimal(1)), end=end)


def _is_noun(word: str, grammar: Grammar) -> bool:
    return word.islower() and key(word) not in grammar.no_nouns
