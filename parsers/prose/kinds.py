"""Whether a figure of a sentence states what is or what is to be reached."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.dates.dates import find_dates
from parsers.dates.times import SURVEY_OPENS, TimeMention
from parsers.prose.meaning import find_groups
from parsers.prose.sections import ASSIGNING, FUNDING, GOALS, SITUATION, TASKS
from parsers.prose.speaking import Phrase
from parsers.prose.word_books import has_word, words_of
from parsers.records import AsOf, FigureKind
from parsers.vocabulary import Vocabulary

_DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_FUTURE = frozenset({TASKS, ASSIGNING, FUNDING})
_NAMED_ONLY = re.compile(r"[^,;.:%()]{2,40}:?\s*")
_NEAR = 120
_PASSED = re.compile(
    r"(?<!\w)(?:vượt|so với|cao hơn|thấp hơn|bằng)\s[^\d,;.:()%]*\(\s?$", re.IGNORECASE
)
"""'…, vượt chỉ tiêu huyện giao (1,5%)'."""
UNTOLD = "states what is, for nothing says otherwise"
"""The rule of a figure that no word and no section tells a target from."""
SET_BEFORE = "what had been set for what was done"
"""The rule of a target that a report tells of: its time is that of the report."""


@dataclass(frozen=True, slots=True)
class PlanTime:
    """The first year that a paper plans for, and its date of issue where it plans.

    A report has no ``issued_on`` here: what it says of a time to come is a slip.
    """

    start: int | None
    issued_on: str | None = None

    def is_to_come(self, mention: TimeMention | None) -> bool:
        """Whether a day, or a year's end, lies after all that the paper could tell."""
        if mention is None or mention.year is None or self.issued_on is None:
            return False
        for date in find_dates(mention.text):
            shared = min(len(date.iso), len(self.issued_on))
            is_day_of_year = _DAY_OR_MONTH.fullmatch(date.iso) is not None
            if is_day_of_year and date.iso[:shared] > self.issued_on[:shared]:
                return True
        survey = f"{mention.year}-{SURVEY_OPENS}"
        return (
            mention.as_of is AsOf.END and self.issued_on < survey[: len(self.issued_on)]
        )


def read_kind(
    phrase: Phrase,
    topics: frozenset[str],
    mention: TimeMention | None,
    plan: PlanTime,
    opening: str,
    so_far: str,
    vocabulary: Vocabulary,
) -> tuple[FigureKind, str]:
    """Return whether a figure is a target, and by which rule of the contract.

    ``opening`` is its sentence up to the first figure, ``so_far`` up to this one.
    """
    target, observed = FigureKind.TARGET, FigureKind.OBSERVATION
    if phrase.quantity.base:
        return observed, "what a change starts from"
    if _counts_by_cause(phrase, vocabulary):
        return observed, "a cause and how many it has"
    is_past = _is_past(mention, plan.start)
    if GOALS in topics:
        if is_past and not _aims(phrase, vocabulary):
            return observed, "a year before the planned period"
        return target, "under a goals heading"
    if _is_set(phrase, vocabulary):
        return target, SET_BEFORE
    if SITUATION in topics and _is_allotted(phrase, vocabulary):
        return observed, "money that was given"
    is_aimed = has_word(so_far, "striving", vocabulary) and not is_past
    if is_aimed or _aims(phrase, vocabulary):
        return target, "words of a target"
    is_told = is_past or SITUATION in topics or _states(phrase, vocabulary)
    if is_told or has_word(opening, "done", vocabulary):
        return observed, "states what is"
    return _by_time(phrase, topics, mention, plan)


def _by_time(
    phrase: Phrase,
    topics: frozenset[str],
    mention: TimeMention | None,
    plan: PlanTime,
) -> tuple[FigureKind, str]:
    """Return what a figure is of which no word tells, by its time and its section."""
    if plan.is_to_come(mention):
        return FigureKind.TARGET, "a time that nobody could yet tell of"
    if topics & _FUTURE or phrase.quantity.change or is_money(phrase):
        return FigureKind.TARGET, "what is to be done in the planned period"
    return FigureKind.OBSERVATION, UNTOLD


def _counts_by_cause(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether a cause's name is followed by its number: 'Nhóm thiếu vốn: 312 hộ'.

    It says how many there are, under a goals heading too: nobody aims at a cause.
    """
    if phrase.quantity.unit != "household" or phrase.quantity.change is not None:
        return False
    if not phrase.meaning.group_code.startswith("cause:"):
        return False
    if not phrase.meaning.is_stock or _aims(phrase, vocabulary):
        return False
    named = find_groups(phrase.before, vocabulary)
    return bool(named) and not has_word(phrase.before, "helping", vocabulary)


def _is_set(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether brackets say what had been set: 'giảm được 1,9% (kế hoạch 1,5%)'."""
    passed = _PASSED.search(phrase.nearby[-_NEAR:])
    if passed is not None and words_of("achieved", vocabulary).find(passed[0]):
        return True
    _, bracket, said = phrase.nearby.rpartition("(")
    if not bracket or not _NAMED_ONLY.fullmatch(said):
        return False
    hits = words_of("achieved", vocabulary).find(said)
    return bool(hits) and hits[0].start == 0


def _is_allotted(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether money is told of by words that of anything else name a target."""
    if not is_money(phrase):
        return False
    named = words_of("target", vocabulary).find(phrase.before)
    given = {hit.start for hit in words_of("allotted", vocabulary).find(phrase.before)}
    return bool(named) and all(hit.start in given for hit in named)


def _is_past(mention: TimeMention | None, period_start: int | None) -> bool:
    if mention is None or mention.year is None or period_start is None:
        return False
    return (mention.year_to or mention.year) < period_start


def _aims(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether the words before a figure say that it is to be reached."""
    return has_word(phrase.before, "target", vocabulary) and not has_word(
        phrase.before, "done", vocabulary
    )


def _states(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    if has_word(phrase.before, "observed", vocabulary):
        return True
    return not is_money(phrase) and has_word(phrase.before, "summing", vocabulary)


def is_money(phrase: Phrase) -> bool:
    """Whether a figure is an amount of money."""
    return (phrase.quantity.unit or "").startswith("vnd")
