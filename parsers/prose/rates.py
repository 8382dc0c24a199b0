"""What a percentage in a sentence is: a poverty rate, a change of one, or neither.

A share of a plan, of those who get something, or of a part of the poor only looks like
the rate of all.
"""

from __future__ import annotations

import re

from parsers.prose.meaning import OTHER, read_meaning
from parsers.prose.money import MONEY
from parsers.prose.nameless import PART_OF_POOR
from parsers.prose.sentence_figures import GROUP_WHOLE, SHARE_WHOLE
from parsers.prose.speaking import Phrase
from parsers.prose.word_books import has_word, words_of
from parsers.text import one_spelling, squeeze
from parsers.vocabulary import Vocabulary

_RATES = frozenset(
    {
        "poverty_rate",
        "near_poor_rate",
        "poverty_rate_reduction",
        "near_poor_rate_reduction",
    }
)
_COUNTERS = re.compile(r"^(?:tổng số|số|các|những)\s", re.IGNORECASE)
STOCKS = {
    "poverty_rate_reduction": "poverty_rate",
    "near_poor_rate_reduction": "near_poor_rate",
    "poor_households_exiting": "poor_households",
    "near_poor_households_exiting": "near_poor_households",
}
"""What a change starts from and comes to, by the change."""
CHANGES_OF = {
    "households": "poor_households_exiting",
    "poor_households": "poor_households_exiting",
    "near_poor_households": "near_poor_households_exiting",
    "poverty_rate": "poverty_rate_reduction",
    "near_poor_rate": "near_poor_rate_reduction",
}
"""What goes down, by the stock. The contract: 'hộ giảm' leave poverty."""
_NO_CHANGE = frozenset({"level", "down", "up"})
"""Concepts with which a figure's own words have told change and level apart."""
SUBJECT = re.compile(
    r"(?:số\s)?hộ(?:\s(?:gia đình|dân))?(?:\scận)?\snghèo|[\s,]"
    r"|không\s(?:có|còn)\skhả năng"
)
"""Whom a clause is about; 'không có khả năng lao động' gets them nothing."""
_MAKES_UP = re.compile(
    r"^(?!.*(?:tỷ|tỉ)\slệ\shộ).*(?<!\w)chiếm(?:\s[^\W\d_]+){0,3}\s+$", re.I | re.S
)
_AGAINST = re.compile(r"^so\s(?:với\s)?", re.IGNORECASE)
_OF_PEOPLE = frozenset(
    {"health_insurance_coverage", "credit_access", "policy_coverage"}
)
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
_OF_THE_POOR = re.compile(
    r"\s?(?:tổng\s)?(?:số\s)?hộ\s(?:cận\s)?nghèo"
    r"\s(?:là|thuộc|ở|do|có|bị|đã|cần|biết|sống|thiếu|không|chưa|đang)\s"
    r"|\s?(?:tổng\s)?(?:số\s)?hộ\s(?:mới\s)?(?:thoát|tái)\s(?:cận\s)?nghèo\s",
    re.IGNORECASE,
)
"""'Hơn 90% hộ nghèo là người DTTS' is a share of the poor."""
_WHOLE_SHARE = 50
"""No rate falls by so many points: 'giảm 100% hộ nghèo là người có công' is a share."""
_NEAR = 30
"""Letters around a percentage in which words say what it is of."""


def of_percent(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> str:
    """Return what a percentage is, other where it only looks like the rate of all."""
    clause = phrase.after[:_NEAR].strip(" .,")
    hits = words_of("achieved", vocabulary).find(_AGAINST.sub("", clause))
    if hits and hits[0].start == 0:
        return OTHER
    if has_word(phrase.nearby[-_NEAR:], "exceeds", vocabulary):
        return OTHER
    if indicator not in _RATES:
        return OTHER if _is_elsewhere(phrase, indicator, vocabulary) else indicator
    if phrase.meaning.group_code.startswith("cause:"):
        return OTHER
    if _is_no_rate(phrase, indicator, vocabulary):
        return OTHER
    if phrase.quantity.change == "down" and not phrase.meaning.concepts & _NO_CHANGE:
        return CHANGES_OF.get(indicator, indicator)
    return OTHER if _covers(phrase, vocabulary) else indicator


def _is_elsewhere(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> bool:
    """Whether a coverage is that of another area, or of buildings and no people."""
    elsewhere = _WATER_ELSEWHERE.get(indicator)
    if elsewhere is not None and elsewhere.search(phrase.own):
        return True
    if indicator in _OF_PEOPLE and _opens_with(phrase.after, "facility", vocabulary):
        return True
    return indicator == MONEY


def _is_no_rate(phrase: Phrase, indicator: str, vocabulary: Vocabulary) -> bool:
    """Whether a percentage is of things, of a plan, or of a part of the poor."""
    is_named = "lệ" in one_spelling(phrase.before) and not phrase.borrows
    clause = phrase.after[:_NEAR].strip(" .,")
    is_point = indicator in STOCKS and not phrase.quantity.base
    return (
        _is_share_of_things(phrase, vocabulary)
        or _is_given(phrase, vocabulary)
        or (not is_named and _opens_with(clause, "not_households", vocabulary))
        or _is_unsaid_share(phrase)
        or (is_point and (phrase.quantity.value or 0) >= _WHOLE_SHARE)
    )


def _is_share_of_things(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether a percentage is of what follows it and no household: '100% nhà tạm'.

    The poor are then named further on, as those that it is for.
    """
    if phrase.borrows or _HOUSEHOLDS_NEXT.match(phrase.after):
        return False
    before = read_meaning((phrase.before,), vocabulary, unit="percent")
    after = read_meaning((phrase.after,), vocabulary, unit="percent")
    return not _POOR & before.concepts and bool(_POOR & after.concepts)


def _is_unsaid_share(phrase: Phrase) -> bool:
    """Whether a part of the poor has a share of something not said.

    'hộ nghèo dân tộc thiểu số chiếm 92,3%', 'hộ nghèo về thu nhập chiếm 84,5%'.
    """
    if phrase.borrows or _MAKES_UP.search(phrase.before) is None:
        return False
    if SHARE_WHOLE.match(phrase.after) or GROUP_WHOLE.match(phrase.after):
        return False
    is_group = phrase.meaning.group_code != "all"
    return is_group or PART_OF_POOR.search(phrase.before) is not None


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
    rest = SUBJECT.sub(" ", one_spelling(phrase.after))
    return has_word(rest, "covering", vocabulary)
