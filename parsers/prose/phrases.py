"""Which words of a sentence speak of which of its figures.

A figure's words stand before it ('Tổng số hộ nghèo: 405'), after it ('100% hộ nghèo
được vay vốn') or are those of the figure before it ('405 hộ, chiếm 2,71%').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.numbers.quantities import Quantity
from parsers.prose.clauses import nearest_clause
from parsers.prose.meaning import FLOWS, NAMED, OTHER, Meaning, has_cause, read_meaning
from parsers.prose.sentence_figures import (
    DELIMITER,
    SHARE_WHOLE,
    THE_REST,
    SentenceFigures,
)
from parsers.prose.speaking import Phrase, Speaking
from parsers.sentences import Span
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

_HARD = re.compile(r";|(?<!\.)\.\s")
_ASIDE = re.compile(r"\([^()]*\)")
_FALLS = "giảm"
ONLY_WHEN = re.compile(
    r"\W*(?:(?:và|thì|đến|tới|vào|tính|hết|cuối|đầu|giữa|năm|tháng|giảm|tăng|xuống|lên|còn"
    r"|chỉ|lại|là|có|khoảng|trên|dưới|gần|hơn|dự kiến|ước|phấn đấu|[\d/]+)[\s,]+)*",
    re.IGNORECASE,
)
"""'…; đến cuối năm 2018 giảm còn' goes on with the same group at another time."""
_CLASSES = frozenset({"able", "unable", "newly_exited"})
"""Concepts of classes within the poor, or of those who were."""
_CAUSE = "nguyên nhân"
_OF_POOR = "so với hộ nghèo"
"""A share of the poor, in words that ``concepts.csv`` knows."""
_SHARE_TOTAL = re.compile(
    r"\s*(?:trên\s|của\s|trong\s)?(?:tổng\s)?(?:số\s)?hộ\s(?:cận\s)?nghèo"
)
_LEADING = re.compile(r"(?:[\s,:]|và\s)*", re.IGNORECASE)
_LABEL_LENGTH = 150


def read_phrases(
    text: str,
    sentence: Span,
    quantities: Sequence[Quantity],
    context: Sequence[str],
    title: str,
    carried: tuple[str, ...],
    vocabulary: Vocabulary,
) -> tuple[Phrase, ...]:
    """Return the figures of one sentence with their words.

    Args:
        text: The paragraph.
        sentence: Where the sentence stands in it.
        quantities: The quantities inside the sentence, in order.
        context: Leading words of the list, the widest first, for figures whose own
            words name nothing.
        title: The heading above, whose need or cause holds for the figures below.
        carried: The wordings of the sentence before that this one goes on with.
        vocabulary: The words known.
    """
    reader = _Reader(text, sentence, tuple(quantities), vocabulary)
    reader.context, reader.title = tuple(context), title
    reader.carried = carried
    return tuple(reader.read())


class _Reader:
    """Gives each quantity of one sentence its words."""

    def __init__(
        self,
        text: str,
        sentence: Span,
        quantities: tuple[Quantity, ...],
        vocabulary: Vocabulary,
    ) -> None:
        self.text = text
        self.start, self.end = sentence
        self.quantities = quantities
        self.figures = SentenceFigures(text, sentence, quantities, vocabulary)
        self.context: tuple[str, ...] = ()
        self.carried: tuple[str, ...] = ()
        self.title = ""
        self.vocabulary = vocabulary
        self.label = self.figures.find_label()

    def read(self) -> Iterator[Phrase]:
        """Yield one phrase for each quantity."""
        speaks = Speaking(self.carried)
        done: list[Phrase] = []
        for n in range(len(self.quantities)):
            run = self.figures.respective(n)
            if 0 < run <= len(done):
                speaks.pair(n, done[-run:])
            speaks.cross(self.figures.between(n))
            if self.figures.remains(n):
                speaks.return_to_stock(done[-1] if done else None)
            last = done[-1] if done else None
            phrase = self._phrase(n, speaks.of(n), last, is_paired=n in speaks.pairs)
            speaks.hear(phrase, is_whole=self.figures.is_whole_of_share(n))
            done.append(phrase)
            yield phrase

    def _phrase(
        self, n: int, chain: tuple[str, ...], last: Phrase | None, *, is_paired: bool
    ) -> Phrase:
        quantity = self.quantities[n]
        begin = self._begin(n, last)
        before = self.text[begin : quantity.start]
        end, levels, meaning = self._own_meaning(n, before)
        own = levels[-1]
        is_bare_flow = meaning.is_bare_flow
        reached = last is not None and self._comes_to(last, quantity)
        opens = not reached and self.figures.opens(n, before, end)
        borrows = meaning.is_bare and not opens
        borrows = borrows and not self.figures.counts_unit(n, before)
        if borrows:
            if last is not None and self.figures.tells_people(n):
                chain = last.levels
            is_share = not is_paired and self.figures.is_share(before)
            if is_share and last is not None and not self.figures.leaves_bracket(n):
                chain = last.levels
            is_rest = THE_REST.search(before) is not None
            levels = (own,) if is_rest else self._levels_above(chain, own)
            meaning = self._borrowed(levels, own, n, begin)
        elif self.label and (not meaning.is_stock or self._lists_causes()):
            levels = (self.label, own)
            meaning = self._mean(levels, quantity)
        elif meaning.is_bare_flow and self._names_whom(chain):
            levels = (*chain[:1], own)
            group = self._group_in_force(meaning, last, begin)
            meaning = replace(self._mean(levels, quantity), group_code=group)
        elif last is not None and self.figures.goes_on_falling(
            n, meaning, last.meaning
        ):
            meaning = self._mean((_FALLS, own), quantity)
        label_start = self._label_start(begin, last) if borrows else begin
        return Phrase(
            quantity=quantity,
            start=begin,
            end=end,
            before=before,
            after=self._after(n, end),
            nearby=self.text[self._lowest(n, last) : quantity.start],
            levels=levels,
            meaning=meaning,
            borrows=borrows,
            wording=self.text[label_start:end],
            label_start=label_start,
            bare_change=is_bare_flow,
            reached=reached,
        )

    def _after(self, n: int, end: int) -> str:
        own = self.text[self.quantities[n].end : end]
        return f"{own} {self.figures.shared_tail(n)}".rstrip()

    def _comes_to(self, last: Phrase, quantity: Quantity) -> bool:
        """Whether a change comes to a figure, or goes on to it: '… và 2,9% (2019)'."""
        if last.quantity.unit != quantity.unit or quantity.base:
            return False
        between = _ASIDE.sub("", self.text[last.quantity.end : quantity.start])
        is_level = last.reached and quantity.change is None
        goes_on = is_level and ONLY_WHEN.fullmatch(f"{between} ") is not None
        return last.quantity.base or goes_on

    def _names_whom(self, chain: tuple[str, ...]) -> bool:
        """Whether wordings say whose a bare change is, and not that of some class."""
        said = read_meaning(chain[:1], self.vocabulary).concepts
        return bool(said & NAMED) and not said & _CLASSES

    def _group_in_force(self, own: Meaning, last: Phrase | None, begin: int) -> str:
        """Return the group of a bare change: its own, or that of the figure before."""
        if last is None or own.group_code != "all":
            return own.group_code
        if _HARD.search(self.text, last.quantity.end, begin):
            return own.group_code
        return last.meaning.group_code

    def _lists_causes(self) -> bool:
        return has_cause(self.label, self.vocabulary)

    def _lowest(self, n: int, last: Phrase | None) -> int:
        """Return where the clause of a figure, or the figure before it, ends."""
        lowest = self.start if last is None else last.quantity.end
        stop = self.quantities[n].start
        hard = [m.end() for m in _HARD.finditer(self.text, lowest, stop)]
        return hard[-1] if hard else lowest

    def _label_start(self, begin: int, last: Phrase | None) -> int:
        """Return where the words that a figure borrows begin."""
        if last is None:
            return self.start
        return begin if _HARD.search(self.text, last.end, begin) else last.label_start

    def _begin(self, n: int, last: Phrase | None) -> int:
        """Return where the words before a figure begin."""
        quantity = self.quantities[n]
        lowest = self._lowest(n, last)
        if last is not None and self.figures.names_next_whole(n - 1):
            return last.quantity.end
        if last is None or lowest > last.quantity.end:
            return lowest
        if last.end > last.quantity.end:
            begin = min(last.end, quantity.start)
            return begin + _leading(self.text[begin : quantity.start])
        soft = DELIMITER.search(self.text, lowest, quantity.start)
        return soft.end() if soft else lowest

    def _own_meaning(self, n: int, before: str) -> tuple[int, tuple[str, ...], Meaning]:
        """Return where a figure's own words end, the words and what they mean."""
        noun = self._own(n, "", self.figures.near_end(n))
        groups, clause = nearest_clause(before, noun, self.vocabulary)
        end, own, meaning = self._own_words(n, clause)
        if not groups:
            return end, (own,), meaning
        return end, (groups, own), self._mean((groups, own), self.quantities[n])

    def _own_words(self, n: int, before: str) -> tuple[int, str, Meaning]:
        end, own, meaning = self._words_alone(n, before)
        tail = self.figures.shared_tail(n)
        if tail and not meaning.concepts & FLOWS:
            own = squeeze(f"{own} {tail}")
            meaning = self._mean((own,), self.quantities[n])
        return end, own, meaning

    def _words_alone(self, n: int, before: str) -> tuple[int, str, Meaning]:
        near = self.figures.near_end(n)
        own = self._own(n, before, near)
        meaning = self._mean((own,), self.quantities[n])
        is_rate = self.quantities[n].unit == "percent"
        if self._needs_more(n, before):
            return self._widened(n, before, near)
        if not meaning.is_bare or self.figures.tells_people(n):
            return near, own, meaning
        if self.figures.ends_at_once(n):
            return near, own, meaning
        if is_rate and self.figures.is_share(before):
            return near, own, meaning
        wide = self._widened(n, before, near)
        return (near, own, meaning) if wide[2].is_bare else wide

    def _borrowed(
        self, levels: tuple[str, ...], own: str, n: int, begin: int
    ) -> Meaning:
        """Return the meaning by borrowed words; a group ends with a semicolon."""
        quantity = self.quantities[n]
        meaning = read_meaning(
            levels, self.vocabulary, unit=quantity.unit, context=self.title
        )
        by_cause = self._by_cause(own, quantity, begin)
        if by_cause is not None:
            return by_cause
        group = self._mean((own,), quantity).group_code
        if group == "all" and self._lists_causes_before(begin):
            rule = f"{meaning.rule}; a cause that no row names"
            return replace(meaning, indicator=OTHER, group_code="all", rule=rule)
        if n == 0 or self.label:
            return meaning
        if not _HARD.search(self.text, self.quantities[n - 1].end, begin):
            return meaning
        if ONLY_WHEN.fullmatch(self.text, begin, quantity.start):
            return meaning
        return replace(meaning, group_code=group)

    def _lists_causes_before(self, begin: int) -> bool:
        """Whether a list of causes was opened: '…, theo nguyên nhân: ốm đau 4 hộ'."""
        said, colon, _ = self.text[self.start : begin].rpartition(":")
        return bool(colon) and has_cause(said, self.vocabulary)

    def _by_cause(self, own: str, quantity: Quantity, begin: int) -> Meaning | None:
        """Return the meaning where own words name a cause only under a title of causes.

        'Nguyên nhân: … ; ốm đau 45 hộ': 'ốm đau' alone could be anything.
        """
        lead = self.label or self.title
        is_led = bool(lead) and has_cause(lead, self.vocabulary)
        if not is_led and not self._lists_causes_before(begin):
            return None
        meaning = self._mean((_CAUSE, own), quantity)
        return meaning if meaning.group_code.startswith("cause:") else None

    def _own(self, n: int, before: str, end: int) -> str:
        """Return a figure's own words, with its noun where the figure stood."""
        quantity = self.quantities[n]
        after = self.text[quantity.end : end]
        if quantity.unit == "percent":
            share = _SHARE_TOTAL.match(self.text, quantity.end)
            if share is not None and self.figures.is_share(before):
                return squeeze(f"{before} {_OF_POOR}")
            whole = SHARE_WHOLE.match(self.text, quantity.end)
            if whole is not None and self.figures.is_share(before):
                return squeeze(f"{before} %")
            return squeeze(f"{before} % {after}")
        noun = re.sub(r"^[\d.,/\s–-]+", "", quantity.text)
        return squeeze(f"{before} {noun} {after}")

    def _needs_more(self, n: int, before: str) -> bool:
        """Whether a rate that opens its clause is told by all that follows it.

        '100% hộ nghèo, hộ cận nghèo có nhu cầu được vay vốn' is about loans.
        """
        if self.quantities[n].unit != "percent" or self.figures.is_share(before):
            return False
        return self._mean((squeeze(before),), self.quantities[n]).is_bare

    def _widened(self, n: int, before: str, near: int) -> tuple[int, str, Meaning]:
        """Take in more of what follows: to the clause's end, then the next figure's."""
        quantity = self.quantities[n]
        stop = self.figures.next_start(n)
        hard = _HARD.search(self.text, quantity.end, stop)
        wide = hard.start() if hard else stop
        if n + 1 < len(self.quantities) and hard is None:
            comma = max(self.text.rfind(c, quantity.end, stop) for c in (",", " và "))
            wide = comma if comma > near else near
        wide = max(self.figures.trimmed(quantity.end, wide), near)
        own = self._own(n, before, wide)
        meaning = self._mean((own,), quantity)
        if meaning.is_bare and self.figures.shares_with_next(n):
            return self._with_next(n, before, near)
        return wide, own, meaning

    def _with_next(self, n: int, before: str, near: int) -> tuple[int, str, Meaning]:
        """Let the words after a rate speak of the count before it as well."""
        quantity, rate = self.quantities[n], self.quantities[n + 1]
        if self.figures.ends_at_once(n + 1):
            own = self._own(n, before, near)
            return near, own, self._mean((own,), quantity)
        hard = _HARD.search(self.text, rate.end, self.end)
        wide = hard.start() if hard else self.end
        closes = self.text.find(")", rate.end, wide)
        if closes >= 0 and "(" not in self.text[rate.end : closes]:
            wide = closes
        for end in (self.figures.near_end(n + 1), wide):
            after = self.text[rate.end : end]
            own = squeeze(f"{self._own(n, before, near)} {after}")
            meaning = self._mean((own,), quantity)
            if not meaning.is_bare:
                break
        return near, own, meaning

    def _levels_above(self, chain: tuple[str, ...], own: str) -> tuple[str, ...]:
        """Return the wordings that a figure without a subject borrows one from."""
        if chain:
            return (*chain, own)
        label = (self.label,) if self.label and self.label not in own else ()
        return (*self.context, *label, own)

    def _mean(self, levels: tuple[str, ...], quantity: Quantity) -> Meaning:
        return read_meaning(levels, self.vocabulary, unit=quantity.unit)


def _leading(text: str) -> int:
    """Return how many letters of joining words a text begins with."""
    found = _LEADING.match(text)
    return found.end() if found else 0


def phrase_label(text: str, phrase: Phrase) -> str:
    """Return the printed words of a figure, at most a line or two around it."""
    start, end = phrase.label_start, phrase.end
    start = max(start, phrase.quantity.start - _LABEL_LENGTH)
    if start > phrase.label_start:
        start = text.find(" ", start) + 1
    return (
        squeeze(text[start : min(end, start + 2 * _LABEL_LENGTH)])
        .strip(" -+*,;:")
        .lstrip(" ),.;:")
    )
