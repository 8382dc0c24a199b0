"""What a figure of a sentence is: its indicator, its group, whether it is a stock.

``meaning`` reads the words; here stands what only sentences need: shares of those who
get something are no poverty rates, money is no count of households, a task's number of
households is no number of the poor. ``kinds`` tells targets from what is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.dates.times import TimeMention
from parsers.prose.areas import find_whole
from parsers.prose.kinds import PlanTime, is_money, read_kind
from parsers.prose.meaning import OTHER, find_groups, read_meaning
from parsers.prose.money import MONEY, group_of_money, of_money
from parsers.prose.nameless import COUNTS, is_nameless
from parsers.prose.rates import CHANGES_OF, STOCKS, SUBJECT, of_percent
from parsers.prose.sections import GOALS, SITUATION
from parsers.prose.sentence_figures import UNIT_HAS
from parsers.prose.speaking import Phrase
from parsers.prose.word_books import has_word
from parsers.records import Comparator, FigureKind
from parsers.text import one_spelling, squeeze
from parsers.units.places import find_places
from parsers.vocabulary import Vocabulary

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
_REGISTERED = "households_registered_to_exit"
_FLOWS = frozenset({*STOCKS, _REGISTERED, MONEY})
_WITH_PEOPLE = re.compile(
    r"[\d.,\s]+hộ(?:\s(?:dân|gia\sđình))?\s*(?:với|và|,|/|-|\()\s*(?:tổng\ssố\s|khoảng\s)?"
    r"\d[\d.,\s]*(?:(?:nhân\s)?khẩu|người)",
    re.IGNORECASE,
)
"""'18.420 hộ với 79.215 nhân khẩu' are all who live there."""
_GIVES_GOAL = re.compile(r"chỉ tiêu\s(?:giảm|thoát)", re.IGNORECASE)
_LIVE_IN = re.compile(
    r"\s(?:đang\s)?(?:sinh sống|sống|cư trú)\s(?:trong|tại|ở)\s(?:tổng số\s)?", re.I
)
"""'dân số 12.648 người sinh sống trong 3.274 hộ' are all who live there."""
_NO_HELP = re.compile(
    r"theo\s(?:tiêu\s)?chuẩn[^,;()]*|cho\s(?:thấy|biết)", re.IGNORECASE
)
"""'theo chuẩn nghèo áp dụng cho giai đoạn …', 'kết quả cho thấy …' help nobody."""
_LEFT = re.compile(
    r"(?<!\w)(?:còn|xuống)"
    r"(?:\s(?:lại|còn|dưới|trên|không quá|tối đa|khoảng|ở mức|là))*\s+$",
    re.IGNORECASE,
)
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
    so_far: str,
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
        so_far: Its sentence up to the figure.
        rest: The paragraph from the figure on.
        vocabulary: The words known.
    """
    if _counts_places(phrase, rest, vocabulary):
        return None
    kind, rule = read_kind(phrase, topics, mention, plan, opening, so_far, vocabulary)
    indicator = _indicator(phrase, topics, kind, rest, vocabulary)
    if indicator == _REGISTERED:
        kind, rule = FigureKind.OBSERVATION, "registered"
    is_level = phrase.quantity.base or phrase.reached or _is_left(phrase, indicator)
    if is_level:
        indicator = STOCKS.get(indicator, indicator)
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
    if phrase.quantity.unit == "household" and _LIVE_IN.fullmatch(phrase.nearby):
        return "households"
    if is_nameless(phrase, indicator, vocabulary):
        return OTHER
    if phrase.is_percent:
        return of_percent(phrase, indicator, vocabulary)
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
    if "households" in phrase.meaning.concepts and phrase.quantity.change is not None:
        return OTHER  # all who live there are fewer, not the poor
    if indicator in COUNTS and phrase.quantity.change is not None:
        return CHANGES_OF[indicator] if phrase.quantity.change == "down" else OTHER
    is_task = not topics & {GOALS, SITUATION} and not _sets_goal(phrase, vocabulary)
    if kind is FigureKind.TARGET and is_task:
        return _of_task(phrase, indicator, vocabulary)
    if kind is FigureKind.TARGET and _is_least(phrase, indicator):
        return OTHER
    return OTHER if _counts_others(phrase, indicator, vocabulary) else indicator


def _sets_goal(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether words outside the goals set one: 'Điều 1. Giao chỉ tiêu giảm nghèo …'."""
    before = phrase.before
    return bool(_GIVES_GOAL.search(before)) or has_word(before, "striving", vocabulary)


def _is_left(phrase: Phrase, indicator: str) -> bool:
    """Whether a number is what is left: 'giảm số hộ nghèo còn dưới 400 hộ'."""
    return indicator in _EXITS and _LEFT.search(phrase.before) is not None


def _is_least(phrase: Phrase, indicator: str) -> bool:
    """Whether a target asks for so many of the poor or more: it counts those helped."""
    is_low = phrase.quantity.comparator in (Comparator.GE, Comparator.GT)
    return is_low and indicator in ("poor_households", "near_poor_households")


def _counts_others(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> bool:
    """Whether a count is of those helped: 'hỗ trợ nhà ở cho 120 hộ nghèo'.

    A number whose noun stands before it ('số hộ nghèo còn 230 hộ') counts them all.
    """
    if indicator in _PERCENT_ONLY:
        return True
    if indicator == "population":
        is_whole = phrase.borrows and find_whole(phrase.wording) is not None
        said = one_spelling(phrase.own + phrase.quantity.text)
        return not is_whole and _PEOPLE.search(said) is None
    if indicator == "households" and phrase.meaning.is_bare:
        return not _counts_all(phrase, vocabulary)
    if indicator not in COUNTS:
        return False
    before = read_meaning((phrase.before,), vocabulary, unit=phrase.quantity.unit)
    if before.indicator == indicator and not before.is_bare:
        return False
    if has_word(_NO_HELP.sub("", phrase.nearby), "helping", vocabulary):
        return True
    if phrase.meaning.group_code.startswith("cause:"):
        return False  # 'có lao động nhưng không có việc làm' is why, and no help
    rest = SUBJECT.sub(" ", one_spelling(phrase.after))
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
    return is_total or bool(find_whole(wording) or UNIT_HAS.search(wording))


def _is_registered(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether the households have put themselves down, right before or after."""
    before, after = phrase.before[-_REGISTER_BEFORE:], phrase.after[:_REGISTER_AFTER]
    return has_word(before, "register", vocabulary) or has_word(
        after, "register", vocabulary
    )


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
