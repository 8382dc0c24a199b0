"""The time of each figure of a sentence (the contract, the rules on prose).

The sentence's own time stands first, then that of its list or section, then the period
that the paper plans for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.dates.times import TimeMention, find_times
from parsers.layout.outline import Item
from parsers.prose.kinds import SET_BEFORE
from parsers.prose.reading import Settled
from parsers.prose.speaking import Phrase
from parsers.prose.word_books import has_word
from parsers.records import AsOf, FigureKind
from parsers.sentences import Span
from parsers.vocabulary import Vocabulary

_ASIDE = re.compile(r"\s*\([^()]{0,40}\)")
_OPENING = re.compile(r"\((?:năm)?$", re.IGNORECASE)
_NEAR = 80
_SOURCE = re.compile(
    r"\((?:theo|số liệu|kết quả|thời điểm|tính đến)(?:\s[^\W\d_]+){0,6}$", re.IGNORECASE
)
"""'(số liệu cuối năm 2021)' is said of all the sentence, whatever its clauses."""
_SO_FAR = re.compile(r"(?:tính\s)?đến\s|thời điểm\s", re.IGNORECASE)
_CLOSING = re.compile(r"\W*")
_FIGURE = re.compile(r"\d\s?(?:%|hộ)$")
_A_FIGURE = re.compile(r"\d\s?(?:%|hộ)")
_AT_LAST = re.compile(r"(?<!\w)(?:vào|tại|tính)(?:\sthời\sđiểm)?$", re.IGNORECASE)
"""'2.900 hộ nghèo, tỷ lệ 8,65%, … vào cuối năm 2023.' is one time for all."""
_ASIDE_CLOSES = re.compile(r"\)(?!\s?(?:là|còn|có|:))")
_AFTER_FIGURE = re.compile(
    r"\d\s?(?:%|hộ)(?:\s(?:cận\s)?nghèo)?\s?\((?:năm\s)?$", re.IGNORECASE
)
_EQUALS = re.compile(r"\W*(?:tương đương|tương ứng|tức)(?!\w)", re.IGNORECASE)
_OTHER_NEXT = re.compile(r"(?<!\w)và(?!\w)", re.IGNORECASE)
_ADJACENT = 8
"""Letters between a figure and a time right after it: '9,95% (cuối năm 2022)'."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The time of a figure; ``year_to`` is the last year of a period."""

    year: int | None
    as_of: AsOf | None
    year_to: int | None
    rule: str
    said: str = ""
    """The words that state it."""

    @property
    def why(self) -> str:
        """The rule with the words that it found."""
        return f"{self.rule} '{self.said}'" if self.said else self.rule


def _as_of(said: TimeMention, known: Settled) -> AsOf:
    """Return the moment of its year: a change is during, a stock rather its end."""
    if not known.is_stock:
        return AsOf.DURING
    return AsOf.START if said.as_of is AsOf.START else AsOf.END


def _is_same(following: Phrase) -> bool:
    """Whether the next figure is the same one in other words: 'tương đương 17 hộ'."""
    return following.borrows or _EQUALS.match(following.before) is not None


class SentenceTimes:
    """Finds the time of each figure of a sentence."""

    def __init__(
        self,
        item: Item,
        sentence: Span,
        above: TimeMention | None,
        period: tuple[int | None, int | None],
        vocabulary: Vocabulary,
    ) -> None:
        self._text = item.paragraph.text
        self._sentence = sentence
        self._period = period
        self._vocabulary = vocabulary
        self._above = above
        self._carried: TimeMention | None = None
        self._of_bases: list[TimeMention] = []
        start = sentence[0]
        self._mentions = [
            replace(m, start=m.start + start, end=m.end + start)
            for m in find_times(self._text[start : sentence[1]], vocabulary)
        ]

    def carry(self, mention: TimeMention | None) -> None:
        """Take the time of the sentence before, for what is said to be so."""
        self._carried = mention

    @property
    def last(self) -> TimeMention | None:
        """The last dated time of the sentence, else the one carried into it."""
        dated = [m for m in self._mentions if m.year is not None]
        return dated[-1] if dated else self._carried

    def of(self, phrase: Phrase, following: Phrase | None) -> TimeMention | None:
        """Return the time said of a figure in its sentence, the nearest that fits.

        'từ 48,14% năm 2015 xuống dưới 33% năm 2020': right after it comes first; then
        what stands before it, then what the sentence says later.
        """
        quantity = phrase.quantity
        after = self._after(phrase, following)
        if quantity.base:
            self._of_bases += after[:1]
            return after[0] if after else None
        if after and self._is_adjacent(quantity.end, after[0].start):
            return after[0]
        before = self._before(phrase)
        own = [m for m in before if m.start >= phrase.start]
        if own:
            return own[-1]
        if after:
            return after[0]
        if before:
            is_apart = ";" in self._text[before[-1].end : quantity.start]
            return None if quantity.per and is_apart else before[-1]
        return self._later(phrase, following)

    def _after(self, phrase: Phrase, following: Phrase | None) -> list[TimeMention]:
        """Return the times among a figure's words after it, or in brackets there."""
        start = phrase.quantity.end
        stop = following.start if following is not None else self._sentence[1]
        asides = (_ASIDE.match(self._text, at) for at in (start, phrase.end))
        closed = [aside.end() for aside in asides if aside]
        end = max([min(max(phrase.end, start), max(stop, start)), *closed])
        found = [m for m in self._mentions if start <= m.start < end]
        return [m for m in found if not self._opens_bracket(start, m)]

    def _before(self, phrase: Phrase) -> list[TimeMention]:
        """Return the times before a figure that may be its own."""
        start = phrase.quantity.start
        found = [m for m in self._mentions if self._still_holds(m, start)]
        # 'từ 30% năm 2023 xuống còn 26%' says when it was 30%.
        return [m for m in found if m not in self._of_bases]

    def _later(self, phrase: Phrase, following: Phrase | None) -> TimeMention | None:
        """Return a time further on, of the whole sentence or of the same statement."""
        quantity = phrase.quantity
        if has_word(phrase.before, "now", self._vocabulary):
            return None
        later = [m for m in self._mentions if m.start >= quantity.end]
        if len(self._mentions) == 1 and later and self._closes(later[0]):
            return later[0]
        if not later or (following is not None and not _is_same(following)):
            return None
        if quantity.per is not None and following is not None:
            return None  # 'hằng năm giảm 0,5%, đến năm 2025 còn 1%'
        return None if ";" in self._text[quantity.end : later[0].start] else later[0]

    def _opens_bracket(self, end: int, mention: TimeMention) -> bool:
        """Whether a bracket after a figure is of another time: '(năm 2014 là 6%)'."""
        opens = "(" in self._text[end : mention.start]
        return opens and self._is_brackets(mention)

    def _still_holds(self, mention: TimeMention, start: int) -> bool:
        """Whether a time before a figure is not that of a bracket closed by now.

        '(năm 2014 là 6,63%)' is; '(đầu năm 2016) là 15,2%' is said of what follows.
        """
        is_closed = ")" in self._text[mention.end : start]
        is_other = self._is_brackets(mention) or self._is_aside(mention)
        return mention.start < start and not (is_closed and is_other)

    def _is_aside(self, mention: TimeMention) -> bool:
        """Whether a time alone in brackets is of the figure before: '5 hộ (2022)'."""
        before = self._text[max(0, mention.start - _NEAR) : mention.start]
        closed = _ASIDE_CLOSES.match(self._text, mention.end) is not None
        return closed and _AFTER_FIGURE.search(before) is not None

    def _is_brackets(self, mention: TimeMention) -> bool:
        """Whether a time is that of figures in its own bracket."""
        inside, closed, _ = self._text[mention.end :].partition(")")
        opened = self._text[: mention.start].rpartition("(")[2]
        is_inside = bool(closed) and "(" not in inside and ")" not in opened
        return is_inside and _A_FIGURE.search(inside) is not None

    def _is_adjacent(self, end: int, start: int) -> bool:
        """Whether a time stands right after a figure and opens no other statement."""
        between = self._text[end:start]
        return len(between) <= _ADJACENT and _OTHER_NEXT.search(between) is None

    def _closes(self, mention: TimeMention) -> bool:
        """Whether a time ends the sentence that it is of: '…, 31% (cuối năm 2021).'."""
        before = self._text[self._sentence[0] : mention.start].rstrip()
        after = self._text[mention.end : self._sentence[1]]
        if _CLOSING.fullmatch(after) is None:
            return False
        is_moment = _SO_FAR.match(mention.text) is not None
        if _SOURCE.search(before[-_NEAR:]) or (is_moment and before.endswith("(")):
            return True
        so_far = is_moment and before.endswith(",")
        opens = _OPENING.search(before) or _AT_LAST.search(before)
        opens = opens or _FIGURE.search(before)
        return ";" not in before and (so_far or opens is not None)

    def moment(
        self, mention: TimeMention | None, known: Settled, *, is_yearly: bool
    ) -> Moment:
        """Return a figure's time: its own, that of its list, or the planned one.

        ``is_yearly`` says that the figure is for each of several years.
        """
        moment = self._moment(mention, known)
        return self._each_year(moment) if is_yearly else moment

    def _moment(self, mention: TimeMention | None, known: Settled) -> Moment:
        said, rule = self._dated(mention, known), "time of the sentence"
        if known.is_base and said is None:
            return self._start_of_change(known)
        if said is None and known.kind is FigureKind.OBSERVATION:
            said, rule = self._carried, "time of the sentence before"
        if said is None and self._fits(self._above, known):
            said, rule = self._above, "time of the list or section"
        if said is None or (said.year is None and said.as_of is None):
            return self._planned(known, None)
        if said.year is None:
            return self._planned(known, said.as_of)
        as_of = _as_of(said, known)
        if known.is_stock and known.kind is FigureKind.OBSERVATION:
            # What is at the end of a period is of its last year.
            return Moment(said.year_to or said.year, as_of, None, rule, said.text)
        return Moment(said.year, as_of, said.year_to, rule, said.text)

    def _start_of_change(self, known: Settled) -> Moment:
        """Return the start of the one year that the sentence names, or the planned.

        Where it names none, that of its list or section stands.
        """
        years = {m.year for m in self._mentions if m.year is not None}
        if not years and self._above is not None and self._above.year is not None:
            years = {self._above.year_to or self._above.year}
        if len(years) != 1:
            return self._planned(known, None)
        return Moment(years.pop(), AsOf.START, None, "start of the sentence's year")

    def _dated(self, mention: TimeMention | None, known: Settled) -> TimeMention | None:
        """Give 'trong năm' the year that its heading or the sentence before names."""
        if mention is None or mention.year is not None or mention.as_of is None:
            return mention
        if known.kind is FigureKind.TARGET:
            return mention
        before = [m for m in self._mentions if m.start < mention.start]
        for other in (*reversed(before), self._carried, self._above):
            if other is not None and other.year is not None:
                return replace(mention, year=other.year_to or other.year)
        return mention

    def _each_year(self, moment: Moment) -> Moment:
        """Return the years that a yearly average of the sentence covers.

        'từ 12,62% đầu năm 2016 xuống 4% cuối năm 2020 (bình quân 1,7%/năm)' is of
        2016 to 2020; 'từ … năm 2015' of the years after it.
        """
        if moment.year is None or moment.year_to is not None:
            return moment
        dated = [m for m in self._mentions if m.year is not None and m.year_to is None]
        if not dated or dated[0].year is None or dated[0].year >= moment.year:
            return moment
        first = dated[0].year + (dated[0].as_of is not AsOf.START)
        if first >= moment.year:
            return moment
        rule = "the years between those of the sentence"
        return replace(moment, year=first, year_to=moment.year, rule=rule)

    def _fits(self, above: TimeMention | None, known: Settled) -> bool:
        """Whether a time above may be the figure's: no target lies in the past."""
        if above is None or above.year is None:
            return False
        start = self._period[0]
        if known.kind is not FigureKind.TARGET or start is None:
            return True
        if known.rule.startswith(SET_BEFORE):
            return True
        return (above.year_to or above.year) >= start

    def _planned(self, known: Settled, as_of: AsOf | None) -> Moment:
        first, last = self._period
        is_target = known.kind is FigureKind.TARGET
        if as_of in (None, AsOf.DURING) or not known.is_stock:
            stock = AsOf.END if is_target else AsOf.START
            as_of = stock if known.is_stock else AsOf.DURING
        year_to = last if is_target and last != first else None
        return Moment(first, as_of, year_to, "planned period")
