"""Columns that count a part of the area: 'Toàn thị xã | Các phường | Các xã'."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.phrases import phrase_book
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary

_COUNTED = frozenset(
    {
        "households", "population", "poor_households", "near_poor_households",
        "poverty_rate", "near_poor_rate",
    }
)  # fmt: skip
"""Indicators that hold for any area: 'hygienic_water_rural' is of one kind already."""
_SUMS = ("cộng", "tổng", "tiểu")


def part_of_area(
    path: Sequence[str], indicator: str | None, vocabulary: Vocabulary
) -> str:
    """Return the level of a head that names a part of the area, '' where none does.

    It opens with a word of ``row_words.csv`` for groups of places.
    """
    if indicator not in _COUNTED:
        return ""
    book = phrase_book(vocabulary, "row_words")
    for level in path:
        for hit in book.find(level):
            is_group = hit.row["kind"] == "subtotal"
            if hit.start == 0 and is_group and not hit.phrase.startswith(_SUMS):
                return one_spelling(level)
    return ""
