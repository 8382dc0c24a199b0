"""What an amount of money in a sentence is, and for which group."""

from __future__ import annotations

from parsers.prose.meaning import OTHER, read_meaning
from parsers.prose.sections import FUNDING
from parsers.prose.speaking import Phrase
from parsers.prose.word_books import has_word
from parsers.vocabulary import Vocabulary

MONEY = "funding"


def group_of_money(phrase: Phrase, vocabulary: Vocabulary) -> str:
    """Return the group that the money itself is for, by the words right at it.

    In 'Cấp thẻ cho người DTTS, tổng kinh phí 38,5 tỷ đồng' it is for everybody.
    """
    near = phrase.before.rpartition(",")[2]
    meaning = read_meaning((f"{near} {phrase.after}",), vocabulary)
    # What is needed ('nhu cầu vốn') counts households; money is of no such group.
    return "all" if meaning.group_code.startswith("need:") else meaning.group_code


def of_money(phrase: Phrase, topics: frozenset[str], vocabulary: Vocabulary) -> str:
    """Return funding for the money of a programme; an income is none."""
    if phrase.quantity.each not in (None, "household", "person"):
        return OTHER
    words = " ".join(phrase.levels)
    if has_word(words, "income", vocabulary):
        return OTHER
    if FUNDING in topics and phrase.quantity.unit == "vnd":
        return MONEY
    if phrase.meaning.indicator == MONEY or has_word(words, "money", vocabulary):
        return MONEY
    return OTHER
