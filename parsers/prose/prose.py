"""Figures and targets that sentences state (the contract, v_observation and v_target).

Every quantity of the body becomes a figure with the phrase, the time and the area that
it is said of. What a phrase means comes from ``meaning``; what is a target comes from
the section, the words around and the time. What fits nothing is 'other' with its label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.dates.times import TimeMention
from parsers.layout.outline import Item
from parsers.numbers.quantities import Quantity, find_quantities
from parsers.prose.areas import area_of, find_area, find_whole
from parsers.prose.context import (
    find_context_time,
    leading_items,
    list_words,
    nearest_title,
)
from parsers.prose.evidence import (
    is_surely_read,
    quality_of,
    source_of,
    statement_of,
    total_of,
)
from parsers.prose.kinds import PlanTime
from parsers.prose.meaning import OTHER
from parsers.prose.moments import Moment, SentenceTimes
from parsers.prose.phrases import ONLY_WHEN, phrase_label, read_phrases
from parsers.prose.reading import Settled, settle
from parsers.prose.sections import find_topics
from parsers.prose.shares import (
    Shares,
    find_joint,
    is_near,
    last_place,
    share_of,
    with_last,
)
from parsers.prose.speaking import Phrase
from parsers.prose.totals import as_part, join_totals
from parsers.prose.word_books import counts_something, has_word
from parsers.prose.zeros import find_zeros
from parsers.records import (
    AsOf,
    Figure,
    Issue,
    Origin,
    Quality,
    Severity,
)
from parsers.sentences import Span, split_sentences
from parsers.vocabulary import Vocabulary

_SURELY_READ = 0.9
"""From this on what is no number is surely printed so."""
_GOES_ON = re.compile(r"\s*(?:riêng|trong đó|còn|cụ thể)(?!\w)", re.IGNORECASE)
_A_YEAR = re.compile(r"\s?/\s?năm\b", re.IGNORECASE)
_NEAR = 120
"""Letters around a figure in which 'mỗi năm' can speak of it."""
_EVERY_YEAR = re.compile(r"(?:(?<!\w)(?:mỗi|một)\s|/\s?)năm\W*$", re.IGNORECASE)
_YEARLY = re.compile(r"(?<!\w)h[ằà]ng năm[^,;.]*$", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:trong (?:số )?(?:đó|này)|bao gồm)\b|\((?:do|gồm)\s", re.IGNORECASE
)
_UOMS = frozenset(
    {
        "household",
        "person",
        "percent",
        "vnd",
        "vnd_per_person",
        "vnd_per_household",
        "m2_per_person",
        "commune",
    }
)


@dataclass(frozen=True, slots=True)
class ProseContext:
    """What the document's head says: its ordinal and the years that it plans for.

    ``issued_on`` is the date of a paper that plans, None of one that reports.
    """

    document: int
    period_start: int | None
    period_end: int | None
    issued_on: str | None = None


def parse_prose(
    items: Sequence[Item], context: ProseContext, vocabulary: Vocabulary
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    """Return the figures that a document's sentences state, and doubts about them.

    Args:
        items: The outline of the document's body.
        context: What the document's head says.
        vocabulary: The words known.

    Returns:
        Figures in reading order, and issues whose ``figure`` is an index into them.
    """
    reader = _Reader(items, context, vocabulary)
    for item in items:
        reader.read(item)
    return tuple(reader.figures), tuple(reader.issues)


class _Reader:
    """Reads one item after the other into figures and issues."""

    def __init__(
        self, items: Sequence[Item], context: ProseContext, vocabulary: Vocabulary
    ) -> None:
        self.items = items
        self.context = context
        self.vocabulary = vocabulary
        self.figures: list[Figure] = []
        self.issues: list[Issue] = []
        self._last: tuple[int, TimeMention] | None = None
        self._said: tuple[int, tuple[Phrase, ...]] = (-1, ())
        self._shares = Shares()
        self._period = (context.period_start, context.period_end)
        self._plan = PlanTime(context.period_start, context.issued_on)
        self._topics = find_topics(items, vocabulary)

    def read(self, item: Item) -> None:
        """Add the figures of one item."""
        text = item.paragraph.text
        quantities = [
            q
            for q in self._quantities(text)
            if q.start >= item.start and counts_something(q, self.vocabulary)
        ]
        if not quantities:
            return
        for sentence in split_sentences(text, item.start):
            inside = [q for q in quantities if sentence[0] <= q.start < sentence[1]]
            if inside:
                self._read_sentence(item, sentence, inside)

    def _quantities(self, text: str) -> list[Quantity]:
        """Return the figures of a paragraph, zeros in words among them, in order."""
        said = map(as_part, find_quantities(text, self.vocabulary))
        found = join_totals(text, tuple(said))
        zeros = find_zeros(text, self.vocabulary)
        return sorted([*found, *zeros], key=lambda q: q.start)

    def _read_sentence(
        self, item: Item, sentence: Span, quantities: Sequence[Quantity]
    ) -> None:
        leads = tuple(leading_items(self.items, item))
        words, title = list_words(leads), nearest_title(leads)
        phrases = read_phrases(
            item.paragraph.text,
            sentence,
            quantities,
            words,
            title,
            self._carried_words(item, sentence, quantities[0]),
            self.vocabulary,
        )
        self._said = (item.index, phrases)
        topics = self._topics[item.index]
        above = find_context_time(leads, self._topics, self._period, self.vocabulary)
        times = SentenceTimes(item, sentence, above, self._period, self.vocabulary)
        times.carry(self._carried(item, sentence))
        settled: list[tuple[Phrase, Settled]] = []
        places: list[int] = []
        for n, phrase in enumerate(phrases):
            following = phrases[n + 1] if n + 1 < len(phrases) else None
            mention = times.of(phrase, following)
            known = settle(
                phrase,
                topics=topics,
                mention=mention,
                plan=self._plan,
                opening=item.paragraph.text[sentence[0] : quantities[0].start],
                so_far=item.paragraph.text[sentence[0] : phrase.quantity.start],
                rest=item.paragraph.text[phrase.quantity.start :],
                vocabulary=self.vocabulary,
            )
            if known is None:
                continue
            known = with_last(phrase, known, settled)
            is_part = self._is_part(item, sentence, phrase)
            known = self._shares.settle(
                phrase,
                known,
                settled,
                is_part=is_part,
                is_place=is_part and self._names_place(item, sentence, phrase),
            )
            last = self.figures[places[-1]] if places else None
            places.append(len(self.figures))
            is_yearly = phrase.quantity.per == "year"
            when = times.moment(mention, known, is_yearly=is_yearly)
            self._add(item, sentence, phrase, known, when, last)
            settled.append((phrase, known))
            self._check_share(settled, places)
        for n in find_joint(settled):
            figure = self.figures[places[n]]
            self.figures[places[n]] = replace(figure, indicator=OTHER)
        if times.last is not None:
            self._last = (item.index, times.last)

    def _carried_words(
        self, item: Item, sentence: Span, first: Quantity
    ) -> tuple[str, ...]:
        """Return what the sentence before spoke of, for one that goes on with a place.

        '… giảm còn 19,32%. Riêng huyện Lâm Bình giảm từ 60,79% xuống còn 39,34%', or
        with a time: '… 8,40% (năm 2014). Năm 2015 chỉ còn khoảng 6,2%'.
        """
        index, phrases = self._said
        text = item.paragraph.text
        goes_on = _GOES_ON.match(text, sentence[0]) or ONLY_WHEN.fullmatch(
            text, sentence[0], first.start
        )
        if index != item.index or goes_on is None:
            return ()
        named = [p for p in phrases if not p.borrows and not p.meaning.is_bare_flow]
        is_all = bool(named) and named[-1].meaning.group_code == "all"
        return named[-1].levels if is_all else ()

    def _carried(self, item: Item, sentence: Span) -> TimeMention | None:
        """Return the time that goes on from the sentence before.

        It does within a paragraph, and into a paragraph that opens with 'Trong đó'.
        """
        if self._last is None:
            return None
        index, mention = self._last
        if self._is_to_come(mention):
            return None
        text = item.paragraph.text[sentence[0] : sentence[1]]
        if has_word(text, "now", self.vocabulary):
            return None
        if index == item.index:
            return mention
        opens = _PART.match(item.paragraph.text, sentence[0]) is not None
        return mention if opens and index == item.index - 1 else None

    def _is_to_come(self, mention: TimeMention) -> bool:
        """Whether a time lies in the years planned for: what is told next is not."""
        start = self._plan.start
        if self._plan.issued_on is None or start is None or mention.year is None:
            return False
        return mention.year >= start and mention.as_of is not AsOf.START

    def _is_part(self, item: Item, sentence: Span, phrase: Phrase) -> bool:
        """Whether 'trong đó' before a figure makes it a part of an earlier one."""
        text = item.paragraph.text[sentence[0] : phrase.quantity.start]
        return _PART.search(text) is not None

    def _names_place(self, item: Item, sentence: Span, phrase: Phrase) -> bool:
        """Whether a part is that of a place, named since the last 'trong đó' or ';'.

        'trong đó huyện A có 610 hộ nghèo, hộ cận nghèo 288 hộ' is all of that place.
        """
        text, stop = item.paragraph.text, phrase.quantity.start
        opens = [m.start() for m in _PART.finditer(text, sentence[0], stop)]
        clause = text.rfind(";", sentence[0], stop) + 1
        starts = (phrase.start, *opens[-1:], *([clause] if clause and opens else []))
        areas = (find_area(text[at : phrase.end], self.vocabulary) for at in starts)
        return any(area and find_whole(area) is None for area in areas)

    def _add(
        self,
        item: Item,
        sentence: Span,
        phrase: Phrase,
        known: Settled,
        when: Moment,
        last: Figure | None,
    ) -> None:
        quantity = phrase.quantity
        figure = Figure(
            document=self.context.document,
            kind=known.kind,
            origin=Origin.PROSE,
            source=source_of(item, phrase, known, when),
            indicator=known.indicator,
            indicator_label=phrase_label(item.paragraph.text, phrase),
            group_code=known.group_code,
            year=when.year,
            as_of=when.as_of,
            value=quantity.value,
            uom=quantity.unit if quantity.unit in _UOMS else "other",
            unit_raw=area_of(self.items, item, sentence, phrase, last, self.vocabulary),
            quality=quality_of(quantity, is_surely_read(item, quantity)),
            comparator=quantity.comparator,
            value_max=quantity.value_max,
            per=self._per(item.paragraph.text, phrase, when),
            year_to=when.year_to,
            statement=statement_of(item.paragraph.text, sentence, quantity),
        )
        self.figures.append(figure)
        self._add_doubt(figure, quantity)
        if self._shares.is_new_total(quantity, known):
            self.figures.append(total_of(figure, quantity))

    def _add_doubt(self, figure: Figure, quantity: Quantity) -> None:
        if figure.quality is Quality.OK:
            return
        is_number = quantity.value is not None
        is_unsure = is_number or figure.source.confidence < _SURELY_READ
        share = f"{figure.source.confidence:.0%}"
        unsure = f"'{quantity.text}' was read with a confidence of only {share}"
        self.issues.append(
            Issue(
                document=self.context.document,
                check_code="low_confidence" if is_unsure else "not_a_number",
                severity=Severity.WARNING,
                message=quantity.doubt
                or (unsure if is_number else f"'{quantity.text}' is no number"),
                page_no=figure.source.page_no,
                box=figure.source.box,
                figure=len(self.figures) - 1,
                printed=quantity.text,
            )
        )

    def _per(self, text: str, phrase: Phrase, when: Moment) -> str | None:
        """Return for what time a target is: 'bình quân' of several years is a year."""
        if phrase.quantity.unit == "times":
            return None
        if phrase.quantity.per is not None and self._is_each_year(phrase, when):
            return phrase.quantity.per
        if _A_YEAR.match(text, phrase.quantity.end):
            return "year"
        is_flow = not phrase.meaning.is_stock and _YEARLY.search(phrase.before[-_NEAR:])
        if is_flow or _EVERY_YEAR.search(phrase.after[-_NEAR:]):
            return "year"
        is_average = has_word(phrase.before, "average", self.vocabulary)
        is_average &= not has_word(phrase.before, "overall", self.vocabulary)
        if is_average and phrase.quantity.change and when.year_to is not None:
            return "year"
        return None

    def _is_each_year(self, phrase: Phrase, when: Moment) -> bool:
        """Whether 'mỗi năm' still holds: not for 'trong đó năm 2023 giảm 0,25%'."""
        if when.year_to is not None or "/" in phrase.quantity.text:
            return True
        is_own = when.rule == "time of the sentence"
        return not is_own or has_word(phrase.before, "average", self.vocabulary)

    def _check_share(
        self, settled: Sequence[tuple[Phrase, Settled]], places: Sequence[int]
    ) -> None:
        """File an issue where '405/14.932 hộ, chiếm 2,71%' does not come out."""
        if len(settled) < 2:
            return
        (count, _), (rate, _) = settled[-2:]
        computed = share_of(count.quantity, rate)
        printed = rate.quantity.value
        if computed is None or printed is None:
            return
        if is_near(computed, printed):
            return
        rounded = computed.quantize(last_place(printed))
        figure = self.figures[places[-1]]
        self.issues.append(
            Issue(
                document=self.context.document,
                check_code="prose_mismatch",
                severity=Severity.WARNING,
                message=(
                    f"'{rate.quantity.text}' is printed, but '{count.quantity.text}' "
                    f"makes {rounded}%"
                ),
                page_no=figure.source.page_no,
                box=figure.source.box,
                figure=places[-1],
                printed=rate.quantity.text,
                computed=str(rounded),
                suspects=(places[-2],),
            )
        )
