"""What a figure of a sentence is: its indicator, its group, whether it is a stock.

``meaning`` reads the words; here stands what only sentences need: shares of those who
get something are no poverty rates, money is no count of households, a task's number of
households is no number of the poor. ``kinds`` tells targets from what is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.dates.times import TimeMention
from parsers.prose.context import find_whole
from parsers.prose.kinds import PlanTime, is_money, read_kind
from parsers.prose.meaning import OTHER, find_groups, read_meaning
from parsers.prose.money import MONEY, group_of_money, of_money
from parsers.prose.nameless import COUNTS, is_nameless
from parsers.prose.phrases import Phrase
from parsers.prose.sections import GOALS, SITUATION
from parsers.prose.word_books import has_word, words_of
from parsers.records import Comparator, FigureKind
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
_EXITS = frozenset({"poor_households_exiting", "near_poor_households_exiting"})
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
_HOUSEHOLD_WORDS = re.compile(r"\b(?:dân|gia đình|với|và|có)\b|[\s,.:()=/]")
_COUNTERS = re.compile(r"^(?:tổng số|số|các|những)\s", re.IGNORECASE)
_UNIT_HAS = re.compile(
    r"(?:^|,\s)\W*(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|thôn|bản)\s"
    r"(?:[^\W\d_]+\s){0,4}?(?:gồm\s)?có\s",
    re.IGNORECASE,
)
"""'Huyện có 22 xã với 38.210 hộ' speaks of all its households."""
_STOCKS = {
    "poverty_rate_reduction": "poverty_rate",
    "near_poor_rate_reduction": "near_poor_rate",
    "poor_households_exiting": "poor_households",
    "near_poor_households_exiting": "near_poor_households",
}
"""What a change starts from and comes to, by the change."""
_REGISTERED = "households_registered_to_exit"
_FLOWS = frozenset({*_STOCKS, _REGISTERED, MONEY})
_CHANGES_OF = {
    "households": "poor_households_exiting",
    "poor_households": "poor_households_exiting",
    "near_poor_households": "near_poor_households_exiting",
    "poverty_rate": "poverty_rate_reduction",
    "near_poor_rate": "near_poor_rate_reduction",
}
"""What goes down, by the stock. The contract: 'hộ giảm' leave poverty."""
_NO_CHANGE = frozenset({"level", "down", "up"})
"""Concepts with which a figure's own words have told change and level apart."""
_SUBJECT = re.compile(r"(?:số\s)?hộ(?:\s(?:gia đình|dân))?(?:\scận)?\snghèo|[\s,]")
_WITH_PEOPLE = re.compile(
    r"[\d.,\s]+hộ(?:\s(?:dân|gia\sđình))?\s*(?:với|và|,|/|-|\()\s*(?:tổng\ssố\s|khoảng\s)?"
    r"\d[\d.,\s]*(?:nhân\s)?khẩu",
    re.IGNORECASE,
)
"""'18.420 hộ với 79.215 nhân khẩu' are all who live there."""
_AGAINST = re.compile(r"^so\s(?:với\s)?", re.IGNORECASE)
_WATER_ELSEWHERE = {
    "clean_water_town": re.compile(r"nông thôn", re.IGNORECASE),
    "hygienic_water_rural": re.compile(r"thành thị|đô thị|thị trấn", re.IGNORECASE),
}
"""Words with which a figure of water is of the other area."""
_POOR = frozenset({"poor", "near_poor"})
_HOUSEHOLDS_NEXT = re.compile(
    r"\W*(?:(?:tổng\s)?(?:số\s)?hộ|(?:tỷ|tỉ)\slệ|trở|HN|HCN|người|nhân khẩu)(?!\w)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?<!\w)(?:còn|xuống)"
    r"(?:\s(?:lại|còn|dưới|trên|không quá|tối đa|khoảng|ở mức|là))*\s+$",
    re.IGNORECASE,
)
_OF_THE_POOR = re.compile(
    r"\s?(?:tổng\s)?(?:số\s)?hộ\s(?:cận\s)?nghèo"
    r"\s(?:là|thuộc|ở|do|có|bị|đã|cần|biết|sống|thiếu|không|chưa|đang)\s"
    r"|\s?(?:tổng\s)?(?:số\s)?hộ\s(?:mới\s)?(?:thoát|tái)\s(?:cận\s)?nghèo\s",
    re.IGNORECASE,
)
"""'Hơn 90% hộ nghèo là người DTTS' is a share of the poor."""
_WHOLE_SHARE = 50
"""No rate falls by so many points: 'giảm 100% hộ nghèo là người có công' is a share."""
_PLACES_REACH = 120
_NAME_REACH = 30
"""Letters after '04' in which the first name must stand: '04 phường: Bắc Sơn'."""
_REGISTER_BEFORE = 60
_REGISTER_AFTER = 25
_POOR_NEXT = re.compile(r"\s?(?:cận\s)?nghèo\b", re.IGNORECASE)
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
    of_poor: bool = False
    """Whether its total is said to be of the poor: '326/405 hộ nghèo'."""


def settle(
    phrase: Phrase,
    *,
    topics: frozenset[str],
    mention: TimeMention | None,
    plan: PlanTime,
    opening: str,
    rest: str,
    vocabulary: Vocabulary,
) -> Settled | None:
    """Return what a figure is, None where it only counts the places named after it.

    Args:
        phrase: The figure with its words.
        topics: What the section is about.
        mention: The time that its sentence gives it.
        plan: What the paper plans for and when it was issued.
        opening: Its sentence up to the first figure.
        rest: The paragraph from the figure on.
        vocabulary: The words known.
    """
    if _counts_places(phrase, rest, vocabulary):
        return None
    kind, rule = read_kind(phrase, topics, mention, plan, opening, vocabulary)
    indicator = _indicator(phrase, topics, kind, rest, vocabulary)
    if indicator == _REGISTERED:
        kind, rule = FigureKind.OBSERVATION, "registered"
    is_level = phrase.quantity.base or phrase.reached or _is_left(phrase, indicator)
    if is_level:
        indicator = _STOCKS.get(indicator, indicator)
    is_stock = phrase.meaning.is_stock and indicator not in _FLOWS
    if indicator == OTHER and phrase.quantity.change is not None:
        is_stock = False
    is_stock = is_stock or is_level
    group = phrase.meaning.group_code
    if is_money(phrase):
        group = group_of_money(phrase, vocabulary)
    of_poor = phrase.quantity.total is not None and bool(
        _POOR_NEXT.match(phrase.after or rest[len(phrase.quantity.text) :])
    )
    return Settled(
        kind, indicator, group, is_stock, rule, phrase.quantity.base, of_poor
    )


def _counts_places(phrase: Phrase, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether a number only counts the places named right after it."""
    if phrase.quantity.unit != "commune":
        return False
    clause = re.split(r"[.;]\s", rest[:_PLACES_REACH])[0]
    names = find_places(clause, vocabulary)
    return bool(names) and clause.find(names[0].split(" ", 1)[-1]) < _NAME_REACH


# --- the indicator ------------------------------------------------------------------


def _indicator(
    phrase: Phrase,
    topics: frozenset[str],
    kind: FigureKind,
    rest: str,
    vocabulary: Vocabulary,
) -> str:
    indicator = phrase.meaning.indicator
    if is_money(phrase):
        return of_money(phrase, topics, vocabulary)
    if indicator == "households" and _WITH_PEOPLE.match(rest):
        return indicator
    if is_nameless(phrase, indicator, vocabulary):
        return OTHER
    if phrase.is_percent:
        return _of_percent(phrase, indicator, vocabulary)
    if phrase.quantity.unit not in ("household", "person", None):
        return indicator if indicator in _OTHER_UNITS else OTHER
    return _of_count(phrase, indicator, topics, kind, vocabulary)


def _of_count(
    phrase: Phrase,
    indicator: str,
    topics: frozenset[str],
    kind: FigureKind,
    vocabulary: Vocabulary,
) -> str:
    """Return what a number of households or persons is; 'Dân số: 1.987 hộ' are both."""
    if indicator == "population" and phrase.quantity.unit == "household":
        indicator = "households"
    if indicator in _EXITS and _is_registered(phrase, vocabulary):
        return _REGISTERED
    if indicator in COUNTS and phrase.quantity.change is not None:
        return _CHANGES_OF[indicator] if phrase.quantity.change == "down" else OTHER
    if kind is FigureKind.TARGET and not topics & {GOALS, SITUATION}:
        return _of_task(phrase, indicator, vocabulary)
    if kind is FigureKind.TARGET and _is_least(phrase, indicator):
        return OTHER
    return OTHER if _counts_others(phrase, indicator, vocabulary) else indicator


def _is_left(phrase: Phrase, indicator: str) -> bool:
    """Whether a number is what is left: 'giảm số hộ nghèo còn dưới 400 hộ'."""
    return indicator in _EXITS and _LEFT.search(phrase.before) is not None


def _is_least(phrase: Phrase, indicator: str) -> bool:
    """Whether a target asks for so many of the poor or more: it counts those helped."""
    is_low = phrase.quantity.comparator in (Comparator.GE, Comparator.GT)
    return is_low and indicator in ("poor_households", "near_poor_households")


def _of_percent(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> str:
    """Return what a percentage is, other where it only looks like the rate of all."""
    clause = phrase.after[:_NEAR].strip(" .,")
    hits = words_of("achieved", vocabulary).find(_AGAINST.sub("", clause))
    if hits and hits[0].start == 0:
        return OTHER
    if has_word(phrase.nearby[-_NEAR:], "exceeds", vocabulary):
        return OTHER
    if indicator not in _RATES:
        elsewhere = _WATER_ELSEWHERE.get(indicator)
        is_there = elsewhere is not None and elsewhere.search(phrase.own)
        return OTHER if is_there or indicator == MONEY else indicator
    if phrase.meaning.group_code.startswith("cause:"):
        return OTHER
    if _is_share_of_things(phrase, vocabulary):
        return OTHER
    if _is_given(phrase, vocabulary):
        return OTHER
    if _opens_with(clause, "not_households", vocabulary):
        return OTHER
    if indicator in _STOCKS and (phrase.quantity.value or 0) >= _WHOLE_SHARE:
        return OTHER
    if phrase.quantity.change == "down" and not phrase.meaning.concepts & _NO_CHANGE:
        return _CHANGES_OF.get(indicator, indicator)
    return OTHER if _covers(phrase, vocabulary) else indicator


def _is_share_of_things(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether a percentage is of what follows it and no household: '100% nhà tạm'.

    The poor are then named further on, as those that it is for.
    """
    if phrase.borrows or _HOUSEHOLDS_NEXT.match(phrase.after):
        return False
    before = read_meaning((phrase.before,), vocabulary, unit="percent")
    after = read_meaning((phrase.after,), vocabulary, unit="percent")
    return not _POOR & before.concepts and bool(_POOR & after.concepts)


def _is_given(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether somebody set a percentage for a count: 'giảm 120 hộ, tỉnh giao 95%'.

    After a rate it is the one that was set for that rate.
    """
    if not phrase.borrows or any("%" in level for level in phrase.levels[:-1]):
        return False
    near = squeeze(phrase.nearby)
    hits = words_of("achieved", vocabulary).find(near)
    return bool(hits) and hits[-1].end == len(near)


def _opens_with(clause: str, part: str, vocabulary: Vocabulary) -> bool:
    """Whether a clause begins with a phrase, leaving out 'số', 'các', 'tổng số'."""
    plain = _COUNTERS.sub("", squeeze(clause))
    hits = words_of(part, vocabulary).find(plain)
    return bool(hits) and hits[0].start == 0


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
    if indicator not in COUNTS:
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
    is_total = bool({"all_households", "population"} & phrase.meaning.concepts)
    wording = phrase.wording
    return is_total or bool(find_whole(wording) or _UNIT_HAS.search(wording))


def _is_registered(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether the households have put themselves down, right before or after."""
    before, after = phrase.before[-_REGISTER_BEFORE:], phrase.after[:_REGISTER_AFTER]
    return has_word(before, "register", vocabulary) or has_word(
        after, "register", vocabulary
    )


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
    if _OF_THE_POOR.match(phrase.after):
        return True
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
    if indicator in COUNTS | _PERCENT_ONLY | {"population"}:
        return OTHER
    return indicator
