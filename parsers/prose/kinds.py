"""Whether a figure of a sentence states what is or what is to be reached."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.dates.dates import find_dates
from parsers.dates.times import SURVEY_OPENS, TimeMention
from parsers.prose.meaning import find_groups
from parsers.prose.phrases import Phrase
from parsers.prose.sections import ASSIGNING, FUNDING, GOALS, SITUATION, TASKS
from parsers.prose.word_books import has_word
from parsers.records import AsOf, FigureKind
from parsers.vocabulary import Vocabulary

_DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_FUTURE = frozenset({TASKS, ASSIGNING, FUNDING})


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
    vocabulary: Vocabulary,
) -> tuple[FigureKind, str]:
    """Return whether a figure is a target, and by which rule of the contract."""
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
    is_aimed = has_word(opening, "striving", vocabulary) and not is_past
    if is_aimed or _aims(phrase, vocabulary):
        return target, "words of a target"
    if is_past or SITUATION in topics:
        return observed, "states what is"
    if _states(phrase, vocabulary) or has_word(opening, "done", vocabulary):
        return observed, "states what is"
    if plan.is_to_come(mention):
        return target, "a time that nobody could yet tell of"
    if topics & _FUTURE or phrase.quantity.change or is_money(phrase):
        return target, "what is to be done in the planned period"
    return observed, "states what is"


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
    return has_word(phrase.before, "observed", vocabulary)


def is_money(phrase: Phrase) -> bool:
    """Whether a figure is an amount of money."""
    return (phrase.quantity.unit or "").startswith("vnd")
