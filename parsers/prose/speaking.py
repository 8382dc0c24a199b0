"""A figure of a sentence with its words, and what the sentence speaks of so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.numbers.quantities import Quantity
from parsers.prose.meaning import NAMED, Meaning

_ENDS_CHANGE = re.compile(r";|(?<!\.)\.\s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A figure with the words that speak of it, as places in the paragraph.

    ``start`` and ``end`` hold the phrase with the figure in it. ``levels`` are the
    wordings from the widest to its own, and ``meaning`` what they say.
    """

    quantity: Quantity
    start: int
    end: int
    before: str
    after: str
    nearby: str
    """All that stands between the figure before and this one."""
    levels: tuple[str, ...]
    meaning: Meaning
    borrows: bool
    """Whether its own words name nothing, so that others had to be taken."""
    wording: str
    """All printed words from those that it borrows to its own."""
    label_start: int
    """Where the words begin that name it, those that it borrows included."""
    bare_change: bool = False
    """Whether its own words tell a change and not whose: 'giảm 747 hộ'."""
    reached: bool = False
    """Whether a change comes to it: the 4% of 'giảm từ 12,62% xuống còn dưới 4%'."""

    @property
    def is_percent(self) -> bool:
        """Whether the figure is a rate."""
        return self.quantity.unit == "percent"

    @property
    def own(self) -> str:
        """Its own words."""
        return self.levels[-1]


class Speaking:
    """What a sentence speaks of so far: the wordings that a bare figure borrows.

    A change without a subject ('giảm 105 hộ') speaks for what follows it directly; past
    a bracket or a semicolon it is again what the sentence was about.
    """

    def __init__(self, carried: tuple[str, ...]) -> None:
        self.pairs: dict[int, tuple[str, ...]] = {}
        self._subject = carried
        self._change: tuple[str, ...] = ()
        self._stock: Phrase | None = None
        self._outside: list[tuple[str, ...]] = []

    def of(self, n: int) -> tuple[str, ...]:
        """Return the wordings that the figure ``n`` may borrow, the widest first."""
        return self.pairs.get(n) or self._change or self._subject

    def pair(self, n: int, before: Sequence[Phrase]) -> None:
        """Let figures from ``n`` on speak of those before, one of each: 'lần lượt'."""
        self.pairs = {n + i: phrase.levels for i, phrase in enumerate(before)}

    def cross(self, between: str) -> None:
        """Note the brackets and the semicolon before the next figure."""
        for sign in re.findall(r"[()]", between):
            if sign == "(":
                self._outside.append(self._subject)
            elif self._outside:
                self._subject = self._outside.pop() or self._subject
                self._change = ()
        if _ENDS_CHANGE.search(between):
            self._change = ()

    def return_to_stock(self, last: Phrase | None) -> None:
        """Speak again of those counted before: '…, phát sinh 15, còn 345 hộ'.

        In '57 hộ nghèo; hộ cận nghèo giảm 17 hộ, còn 200 hộ' they are others by now.
        """
        if self._stock is None or last is None:
            return
        others = last.meaning.concepts & NAMED - self._stock.meaning.concepts
        if last.borrows or not others:
            self._subject, self._change = self._stock.levels, ()

    def hear(self, phrase: Phrase, *, is_whole: bool) -> None:
        """Take in what a figure's own words speak of.

        ``is_whole`` says that it only counts what a share is of.
        """
        if phrase.bare_change:
            self._change = phrase.levels
        elif not phrase.borrows and not is_whole:
            self._subject, self._change = phrase.levels, ()
        if phrase.meaning.is_stock and phrase.quantity.unit == "household":
            self._stock = phrase
