"""What a figure of a sentence is: its indicator, and whether it is a target.

``meaning`` reads the words; here stands what only sentences need: shares of those who
get something are no poverty rates, money is no count of households, a task's number of
households is no number of the poor, and what is a target (the contract).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.dates.times import TimeMention
from parsers.prose.context import find_whole
from parsers.prose.meaning import OTHER, find_groups, read_meaning
from parsers.prose.phrases import Phrase, has_word, words_of
from parsers.prose.sections import ASSIGNING, FUNDING, GOALS, SITUATION, TASKS
from parsers.records import FigureKind
from parsers.text import one_spelling, squeeze
from parsers.units.places import find_places
from parsers.vocabulary import Vocabulary

_RATES = frozenset(
    {
        "poverty_rate",
        "near_poor_rate",
        "poverty_rate_reduction",
        "near_poor_rate_reduction",
    }
)
_COUNTS = frozenset({"poor_households", "near_poor_households", "households"})
_EXITS = frozenset({"poor_households_exiting", "near_poor_households_exiting"})
_MONEY = "funding"
_PERCENT_ONLY = frozenset(
    {
        "funding",
        "health_insurance_coverage",
        "credit_access",
        "policy_coverage",
        "paved_road_communes",
        "hygienic_water_rural",
        "clean_water_town",
        "model_household_income_growth",
        "model_household_exit_rate",
        "staff_trained",
    }
)
"""Indicators that a number of households or persons is none of."""
_OTHER_UNITS = frozenset({"housing_area_per_person"})
_PEOPLE = re.compile(r"(?<!xuất )(?<!nhập )khẩu|dân số")
_HOUSEHOLD_WORDS = re.compile(r"\b(?:dân|gia đình|với|và|có)\b|[\s,.:()=]")
_EACH = re.compile(r"\bmỗi\s(?!năm|quý|tháng|người|hộ)", re.IGNORECASE)
_STOCKS = {
    "poverty_rate_reduction": "poverty_rate",
    "near_poor_rate_reduction": "near_poor_rate",
    "poor_households_exiting": "poor_households",
    "near_poor_households_exiting": "near_poor_households",
}
"""What a change starts from and comes to, by the change."""
_REGISTERED = "households_registered_to_exit"
_FLOWS = frozenset({*_STOCKS, _REGISTERED, _MONEY})
_EXITS_OF = {
    "households": "poor_households_exiting",
    "poor_households": "poor_households_exiting",
    "near_poor_households": "near_poor_households_exiting",
}
"""What goes down, by the stock. The contract: 'hộ giảm' leave poverty."""
_FUTURE = frozenset({TASKS, ASSIGNING, FUNDING})
_SUBJECT = re.compile(r"(?:số\s)?hộ(?:\s(?:gia đình|dân))?(?:\scận)?\snghèo|[\s,]")
_PLACES_REACH = 120
_NAME_REACH = 30
"""Letters after '04' in which the first name must stand: '04 phường: Bắc Sơn'."""
_REGISTER_BEFORE = 60
_REGISTER_AFTER = 25
_NEAR = 30
"""Letters before a number in which a verb must stand that makes it a change."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a figure is; ``rule`` says why it is a target or an observation."""

    kind: FigureKind
    indicator: str
    group_code: str
    is_stock: bool
    rule: str
    is_base: bool = False
    """Whether it is what a change starts from."""


def settle(
    phrase: Phrase,
    *,
    topics: frozenset[str],
    mention: TimeMention | None,
    period_start: int | None,
    rest: str,
    vocabulary: Vocabulary,
) -> Settled | None:
    """Return what a figure is, None where it only counts the places named after it.

    Args:
        phrase: The figure with its words.
        topics: What the section is about.
        mention: The time that its sentence gives it.
        period_start: The first year planned for.
        rest: The paragraph from the figure on.
        vocabulary: The words known.
    """
    if _counts_places(phrase, rest, vocabulary):
        return None
    kind, rule = _kind(phrase, topics, mention, period_start, vocabulary)
    indicator = _indicator(phrase, topics, kind, vocabulary)
    if indicator == _REGISTERED:
        kind, rule = FigureKind.OBSERVATION, "registered"
    is_level = phrase.quantity.base or phrase.reached
    if is_level:
        indicator = _STOCKS.get(indicator, indicator)
    is_stock = phrase.meaning.is_stock and indicator not in _FLOWS
    is_stock = is_stock or is_level
    group = phrase.meaning.group_code
    return Settled(kind, indicator, group, is_stock, rule, phrase.quantity.base)


def _counts_places(phrase: Phrase, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether a number only counts the places named right after it."""
    if phrase.quantity.unit != "commune":
        return False
    clause = re.split(r"[.;]\s", rest[:_PLACES_REACH])[0]
    names = find_places(clause, vocabulary)
    return bool(names) and clause.find(names[0].split(" ", 1)[-1]) < _NAME_REACH


# --- target or observation ----------------------------------------------------------


def _kind(
    phrase: Phrase,
    topics: frozenset[str],
    mention: TimeMention | None,
    period_start: int | None,
    vocabulary: Vocabulary,
) -> tuple[FigureKind, str]:
    """Return whether a figure is a target, and by which rule of the contract."""
    target, observed = FigureKind.TARGET, FigureKind.OBSERVATION
    if phrase.quantity.base:
        return observed, "what a change starts from"
    if _counts_by_cause(phrase, vocabulary):
        return observed, "a cause and how many it has"
    is_past = _is_past(mention, period_start)
    if GOALS in topics:
        if is_past and not _aims(phrase, vocabulary):
            return observed, "a year before the planned period"
        return target, "under a goals heading"
    if _aims(phrase, vocabulary):
        return target, "words of a target"
    if is_past or SITUATION in topics:
        return observed, "states what is"
    if _states(phrase, vocabulary):
        return observed, "states what is"
    if topics & _FUTURE or phrase.quantity.change or _is_money(phrase):
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


def _is_money(phrase: Phrase) -> bool:
    return (phrase.quantity.unit or "").startswith("vnd")


# --- the indicator ------------------------------------------------------------------


def _indicator(
    phrase: Phrase,
    topics: frozenset[str],
    kind: FigureKind,
    vocabulary: Vocabulary,
) -> str:
    indicator = phrase.meaning.indicator
    if _is_money(phrase):
        return _of_money(phrase, vocabulary)
    if phrase.quantity.relative or _EACH.search(phrase.before):
        return OTHER
    if phrase.is_percent:
        return _of_percent(phrase, indicator, vocabulary)
    if phrase.quantity.unit not in ("household", "person", None):
        return indicator if indicator in _OTHER_UNITS else OTHER
    if indicator in _EXITS and _is_registered(phrase, vocabulary):
        return _REGISTERED
    if phrase.quantity.change == "down" and indicator in _EXITS_OF:
        return _EXITS_OF[indicator]
    if kind is FigureKind.TARGET and not topics & {GOALS, SITUATION}:
        return _of_task(phrase, indicator, vocabulary)
    return OTHER if _counts_others(phrase, indicator, vocabulary) else indicator


def _of_percent(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> str:
    """Return what a percentage is, other where it only looks like the rate of all."""
    clause = phrase.after[:_NEAR].strip(" .,")
    hits = words_of("achieved", vocabulary).find(clause)
    if hits and hits[0].start == 0:
        return OTHER
    if indicator in _RATES and phrase.meaning.group_code.startswith("cause:"):
        return OTHER
    return OTHER if _covers(phrase, vocabulary) else indicator


def _counts_others(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> bool:
    """Whether a count is of those helped: 'hỗ trợ nhà ở cho 120 hộ nghèo'.

    A number whose noun stands before it ('số hộ nghèo còn 230 hộ') counts them all.
    """
    if indicator in _PERCENT_ONLY:
        return True
    if indicator == "population":
        return not _PEOPLE.search(one_spelling(phrase.own + phrase.quantity.text))
    if indicator == "households" and phrase.meaning.is_bare:
        return not _counts_all(phrase, vocabulary)
    if indicator not in _COUNTS:
        return False
    before = read_meaning((phrase.before,), vocabulary, unit=phrase.quantity.unit)
    if before.indicator == indicator and not before.is_bare:
        return False
    if has_word(phrase.nearby, "helping", vocabulary):
        return True
    rest = _SUBJECT.sub(" ", one_spelling(phrase.after))
    return has_word(rest, "covering", vocabulary)


def _counts_all(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether a bare 'N hộ' is said of the whole: 'toàn xã có 1.876 hộ', 'tổng số hộ'.

    'all_households' is a total that no words above give to a group.
    """
    rest = squeeze(phrase.after)
    for hit in reversed(find_groups(rest, vocabulary)):
        rest = rest[: hit.start] + rest[hit.end :]
    if _HOUSEHOLD_WORDS.sub(" ", one_spelling(rest)).strip():
        return False
    is_total = "all_households" in phrase.meaning.concepts
    return is_total or find_whole(phrase.wording) is not None


def _is_registered(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether the households have put themselves down, right before or after."""
    before, after = phrase.before[-_REGISTER_BEFORE:], phrase.after[:_REGISTER_AFTER]
    return has_word(before, "register", vocabulary) or has_word(
        after, "register", vocabulary
    )


def _of_money(phrase: Phrase, vocabulary: Vocabulary) -> str:
    """Return funding for the money of a programme; an income is none."""
    if phrase.quantity.each not in (None, "household", "person"):
        return OTHER
    words = " ".join(phrase.levels)
    if has_word(words, "income", vocabulary):
        return OTHER
    if phrase.meaning.indicator == _MONEY or has_word(words, "money", vocabulary):
        return _MONEY
    return OTHER


def _covers(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether a percentage is a share of those who get something: '100% xã tổ chức …'.

    It then is no poverty rate, though households that are poor be named.
    """
    if phrase.meaning.indicator not in _RATES or phrase.borrows:
        return False
    if has_word(phrase.before, "leaving", vocabulary) or "lệ" in one_spelling(
        phrase.before
    ):
        return False
    rest = _SUBJECT.sub(" ", one_spelling(phrase.after))
    return has_word(rest, "covering", vocabulary)


def _of_task(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> str:
    """Return what a task's number of households is: no count of the poor.

    'giảm 102 hộ nghèo' is a change, 'cho 19 hộ có nhu cầu' a need; '04 hộ nghèo tại …'
    is how many the task is for.
    """
    if indicator in _EXITS:
        near = phrase.before[-_NEAR:]
        return indicator if has_word(near, "leaving", vocabulary) else OTHER
    if indicator in _COUNTS | _PERCENT_ONLY | {"population"}:
        return OTHER
    return indicator
