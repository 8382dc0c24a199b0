"""Known phrases in a text: the longest first, spelling and OCR slips tolerated.

A phrase of the vocabulary stands as printed ('hộ cận nghèo', 'HN'). '…' inside it
lets a few words lie between. Space, hyphens and dots count for nothing ('Hộ CS-GN'
is 'hộ CSGN', and a syllable that was read in two pieces is found as well), but a
phrase begins and ends where a word does, and one in capitals stands in capitals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from parsers.text import fold, one_spelling, squeeze
from parsers.vocabulary import Row, Vocabulary

_GAP = "…"
_GAP_REACH = 90
"""Letters that '…' may stand for: a clause, not a page."""
_LENIENT_LENGTH = 7
"""A phrase with fewer letters is not looked for without its marks: 'CN' is everywhere.
"""
_OPENING = 4
"""Letters by which a phrase is found in a book; a shorter one by all that it has."""
_SKIPPED = frozenset(" -–—.‑")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at ``text[start:end]`` of the squeezed text."""

    start: int
    end: int
    row: Row

    @property
    def phrase(self) -> str:
        """The phrase as it stands in the vocabulary."""
        return self.row["phrase"]


@dataclass(frozen=True, slots=True)
class _Packed:
    """A text without what counts for nothing, and where each letter came from."""

    letters: str
    places: tuple[int, ...]
    opens: frozenset[int]
    closes: frozenset[int]
    openings: frozenset[str]
    """What a phrase in it can begin with: runs of a few letters at ``opens``."""


def _same_length(text: str, changed: str) -> str:
    """Return the changed text, or letter by letter where its length differs."""
    if len(changed) == len(text):
        return changed
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=8192)
def _pack(text: str, lenient: bool) -> _Packed:
    """Return the packed form of a squeezed text."""
    plain = _same_length(text, fold(text) if lenient else one_spelling(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(plain):
        if letter not in _SKIPPED:
            letters.append(letter)
            places.append(place)
    opens = {
        n
        for n, place in enumerate(places)
        if place == 0 or not (plain[place].isalnum() and plain[place - 1].isalnum())
    }
    closes = {
        n
        for n, place in enumerate(places)
        if place + 1 == len(plain)
        or not (plain[place].isalnum() and plain[place + 1].isalnum())
    }
    whole = "".join(letters)
    runs = {whole[n : n + size] for n in opens for size in range(1, _OPENING + 1)}
    return _Packed(
        whole, tuple(places), frozenset(opens), frozenset(closes), frozenset(runs)
    )


_Entry = tuple[int, tuple[str, ...], Row]
"""A phrase's rank (the longest first), its parts as packed letters, and its row."""


@dataclass(frozen=True)
class _Index:
    """Phrases by the letters that they begin with."""

    entries: Mapping[str, tuple[_Entry, ...]]

    @classmethod
    def of(cls, rows: Iterable[Row], *, lenient: bool) -> _Index:
        """Return the index of rows that stand in the order of their ranks."""
        found: dict[str, list[_Entry]] = {}
        for rank, row in enumerate(rows):
            needles = _needles(row["phrase"], lenient)
            found.setdefault(needles[0][:_OPENING], []).append((rank, needles, row))
        return cls({letters: tuple(entries) for letters, entries in found.items()})

    def candidates(self, packed: _Packed) -> list[_Entry]:
        """Return the phrases whose first letters the text has, in their order."""
        found: list[_Entry] = []
        for letters in packed.openings & self.entries.keys():
            found += self.entries[letters]
        return sorted(found, key=itemgetter(0))


@dataclass(frozen=True)
class PhraseBook:
    """Phrases ready to be looked for, the longest first."""

    exact: _Index
    lenient: _Index

    @classmethod
    def of(cls, rows: Iterable[Row]) -> PhraseBook:
        """Return the book of these rows, each with a column ``phrase``."""
        every = sorted(rows, key=lambda row: -len(row["phrase"]))
        long = [row for row in every if len(row["phrase"]) >= _LENIENT_LENGTH]
        return cls(_Index.of(every, lenient=False), _Index.of(long, lenient=True))

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return the phrases in the text, none over another, in reading order."""
        return self._find(squeeze(text), lenient=False)

    def find_lenient(self, text: str) -> tuple[Hit, ...]:
        """Return what is found when marks count for nothing; for a second look."""
        return self._find(squeeze(text), lenient=True)

    def _find(self, text: str, *, lenient: bool) -> tuple[Hit, ...]:
        packed = _pack(text, lenient)
        taken = bytearray(len(packed.letters))
        hits: list[Hit] = []
        index = self.lenient if lenient else self.exact
        for _, needles, row in index.candidates(packed):
            for start, end in _places_of(needles, packed):
                hit = Hit(packed.places[start], packed.places[end - 1] + 1, row)
                if any(taken[start:end]) or not _case_agrees(text, hit):
                    continue
                taken[start:end] = b"\x01" * (end - start)
                hits.append(hit)
        return tuple(sorted(hits, key=lambda hit: hit.start))


def _case_agrees(text: str, hit: Hit) -> bool:
    """An abbreviation in capitals stands in capitals: 'CN' is not every 'cn'."""
    return not hit.phrase.isupper() or text[hit.start : hit.end].isupper()


def _needles(phrase: str, lenient: bool) -> tuple[str, ...]:
    parts = [squeeze(part) for part in phrase.split(_GAP)]
    return tuple(_pack(part, lenient).letters for part in parts)


def _places_of(needles: tuple[str, ...], packed: _Packed) -> Iterable[tuple[int, int]]:
    """Yield start and end (packed) of each place where all parts stand in turn."""
    start = _next_place(needles[0], packed, 0, len(packed.letters))
    while start is not None:
        end = _end_of_rest(needles[1:], packed, start + len(needles[0]))
        if end is not None:
            yield start, end
        start = _next_place(needles[0], packed, start + 1, len(packed.letters))


def _end_of_rest(parts: tuple[str, ...], packed: _Packed, end: int) -> int | None:
    for part in parts:
        reach = min(len(packed.letters), end + _GAP_REACH + len(part))
        place = _next_place(part, packed, end, reach)
        if place is None:
            return None
        end = place + len(part)
    return end


def _next_place(needle: str, packed: _Packed, start: int, stop: int) -> int | None:
    """Return where the needle next stands as whole words."""
    place = packed.letters.find(needle, start, stop)
    while place >= 0:
        if place in packed.opens and place + len(needle) - 1 in packed.closes:
            return place
        place = packed.letters.find(needle, place + 1, stop)
    return None


@lru_cache(maxsize=64)
def phrase_book(vocabulary: Vocabulary, table: str) -> PhraseBook:
    """Return the book of one vocabulary file that has a column ``phrase``."""
    return PhraseBook.of(vocabulary.rows(table))
