"""Words of ``prose_words.csv`` by what they tell of a figure near them."""

from __future__ import annotations

from functools import lru_cache

from parsers.numbers.quantities import DURATIONS, Quantity
from parsers.phrases import PhraseBook
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary


@lru_cache(maxsize=64)
def words_of(part: str, vocabulary: Vocabulary) -> PhraseBook:
    """Return the phrases of one part of ``prose_words.csv``."""
    rows = vocabulary.rows("prose_words")
    return PhraseBook.of(row for row in rows if row["part"] == part)


@lru_cache(maxsize=8)
def _uncounted(vocabulary: Vocabulary) -> frozenset[str]:
    rows = vocabulary.rows("prose_words")
    return frozenset(
        one_spelling(row["phrase"]) for row in rows if row["part"] == "uncounted"
    )


def has_word(text: str, part: str, vocabulary: Vocabulary) -> bool:
    """Whether the text holds a phrase of one part of ``prose_words.csv``."""
    return bool(words_of(part, vocabulary).find(text))


def counts_something(quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Whether a quantity is a figure of the paper, and no duration or criterion."""
    if quantity.unit is None or quantity.unit in DURATIONS:
        return False
    if quantity.total is not None or quantity.each is not None:
        return True  # '13/19 tiêu chí', '17,2 tiêu chí/xã': how far communes have come
    return one_spelling(quantity.unit) not in _uncounted(vocabulary)
