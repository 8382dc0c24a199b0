"""Slips of OCR and of typing: how far a printed name is from an official one.

One slip is one letter or mark changed, lost or added, or a space lost. A likely slip is
one that OCR makes: other marks on a letter, a letter of like shape, a letter lost or
printed twice, a space lost or added. Any other exchange of letters is possible, but
gives way where a likely slip explains the print too.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein

from parsers.text import fold
from parsers.units.names import name_key

_ALIKE = (
    *("ao", "ae", "ac", "bh", "bk", "ce", "co", "cd", "eo", "gq", "gy", "hn", "hk"),
    *("il", "it", "lt", "ft", "fl", "mn", "nr", "nu", "np", "ou", "pq", "rt", "uv"),
    *("ij", "jl", "rv", "dl", "cl", "vy"),
)
"""Letters of like shape, marks aside; as seen in OCR of Vietnamese print."""
_PAIRS = frozenset((*_ALIKE, *(pair[::-1] for pair in _ALIKE)))
_SPECKS = frozenset(" .,'’`-:;il")
"""What a speck of dirt or a stroke is read as."""
_FAR = 3


@lru_cache(maxsize=65536)
def count_slips(one: str, other: str) -> int:
    """Letters changed, lost or added, however the tones of oa, oe, uy are placed.

    What is more than 2 is told as 3.
    """
    return min(
        Levenshtein.distance(name_key(one), name_key(other), score_cutoff=_FAR - 1),
        Levenshtein.distance(
            one.casefold(), other.casefold(), score_cutoff=_FAR - 1
        ),
    )  # fmt: skip


def is_likely(printed: str, name: str) -> bool:
    """Whether one slip that OCR makes turns a name into the printed one."""
    return any(
        _is_likely(one, other)
        for one, other in (
            (name_key(printed), name_key(name)),
            (printed.casefold(), name.casefold()),
        )
    )


def _is_likely(printed: str, name: str) -> bool:
    start = 0
    while start < min(len(printed), len(name)) and printed[start] == name[start]:
        start += 1
    if len(printed) == len(name):
        if printed[start + 1 :] != name[start + 1 :]:
            return False
        return start == len(name) or _looks_like(printed[start], name[start])
    if len(printed) + 1 == len(name):
        return printed[start:] == name[start + 1 :]
    if len(printed) != len(name) + 1 or printed[start + 1 :] != name[start:]:
        return False
    beside = printed[max(start - 1, 0) : start] + printed[start + 1 : start + 2]
    return printed[start] in _SPECKS or fold(printed[start]) in fold(beside)


def _looks_like(one: str, other: str) -> bool:
    """Whether a letter is read for another: by its marks, or by its shape alone."""
    plain, meant = fold(one), fold(other)
    if plain == meant:
        return True
    marks, meant_marks = normalize("NFD", one)[1:], normalize("NFD", other)[1:]
    return plain + meant in _PAIRS and marks in ("", meant_marks)
