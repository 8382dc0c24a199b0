"""The words that bodies are named with, ready to be looked up in a text.

A text is cut into syllables; the vocabulary's spellings are looked up by the letters
of several syllables in a row, so that hyphens, commas, '&' and 'và' inside a name
count for nothing: 'LĐ-TB&XH', 'LĐ – TBXH' and 'LĐTBXH' are one spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.text import fold, one_spelling
from parsers.vocabulary import Row, Vocabulary

_SYLLABLE = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_LINKS = frozenset({"và"})
_LENIENT_LENGTH = 9
"""Shorter spellings are not looked for without their marks: 'Sở' and 'số'."""
# What may stand between two syllables of one name; a bracket, a colon or a semicolon
# ends it.
_INNER_GAP = re.compile(r"[\s\-–—‑.,&/+“”\"]*")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A run of letters or digits at ``text[start:end]``."""

    start: int
    end: int
    text: str
    key: str
    folded: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Found:
    """A spelling found: its row, and the syllable after its last one."""

    row: Row
    stop: int


class WordBook:
    """The spellings of one part of a vocabulary file."""

    def __init__(self, rows: Sequence[Row], column: str) -> None:
        exact: dict[str, Row] = {}
        lenient: dict[str, Row] = {}
        for row in rows:
            key = "".join(s.key for s in syllables(row[column]) if s.key not in _LINKS)
            exact.setdefault(key, row)
            if len(key) >= _LENIENT_LENGTH:
                lenient.setdefault(fold(key), row)
        self._exact = _Spellings(exact)
        self._lenient = _Spellings(lenient)

    def longest(self, text: Text, at: int) -> Found | None:
        """Return the longest spelling that begins with the syllable ``at``."""
        if at >= len(text.syllables) or text.syllables[at].key in _LINKS:
            return None
        return self._exact.longest(text, at) or self._lenient.longest(
            text, at, lenient=True
        )


class _Spellings:
    """Rows by the letters of their spelling, and all begins of those letters."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows
        self._begins = frozenset(
            key[:end] for key in rows for end in range(1, len(key) + 1)
        )

    def longest(self, text: Text, at: int, *, lenient: bool = False) -> Found | None:
        """Return the longest spelling from a syllable on, None if there is none."""
        best: Found | None = None
        letters = ""
        for n in range(at, len(text.syllables)):
            syllable = text.syllables[n]
            if syllable.key in _LINKS:
                continue
            letters += syllable.folded if lenient else syllable.key
            if letters not in self._begins or (n > at and not text.is_run(at, n)):
                break
            row = self._rows.get(letters)
            if row is not None:
                best = Found(row, n + 1)
        return best


@dataclass(frozen=True)
class Text:
    """A text and its syllables."""

    raw: str
    syllables: tuple[Syllable, ...]

    def gap(self, n: int) -> str:
        """Return what stands between the syllable before ``n`` and that one."""
        end = self.syllables[n].start if n < len(self.syllables) else len(self.raw)
        return self.raw[self.syllables[n - 1].end if n else 0 : end]

    def is_run(self, first: int, last: int) -> bool:
        """Whether the syllables from ``first`` to ``last`` may be one name."""
        return all(self.is_one_name(n) for n in range(first + 1, last + 1))

    def is_one_name(self, n: int) -> bool:
        """Whether the syllable ``n`` may belong to a name with the one before it."""
        gap = self.gap(n)
        return _INNER_GAP.fullmatch(gap) is not None and ". " not in gap

    def at(self, offset: int) -> int:
        """Return the first syllable that does not begin before the offset."""
        for n, syllable in enumerate(self.syllables):
            if syllable.start >= offset:
                return n
        return len(self.syllables)


def syllables(text: str) -> tuple[Syllable, ...]:
    """Return the syllables of a text; '&' is no syllable."""
    return tuple(
        Syllable(*m.span(), m.group(), one_spelling(m.group()), fold(m.group()))
        for m in _SYLLABLE.finditer(text)
    )


@lru_cache(maxsize=512)
def cut(text: str) -> Text:
    """Return the text with its syllables."""
    return Text(text, syllables(text))


@dataclass(frozen=True)
class BodyWords:
    """All parts of ``agencies.csv`` and the words that may follow a body."""

    openers: WordBook
    fields: WordBook
    bodies: WordBook
    groups: WordBook
    tails: WordBook
    levels: WordBook
    titles: WordBook
    refused: WordBook
    predicates: WordBook
    requests: WordBook
    infixes: WordBook
    stops: WordBook
    compounds: WordBook
    short: Mapping[str, str]

    def expand(self, name: str) -> str:
        """Return a free name with its abbreviations written out: 'MTQG'."""
        return _WORD.sub(lambda m: self.short.get(m[0], m[0]), name)


@lru_cache(maxsize=8)
def body_words(vocabulary: Vocabulary) -> BodyWords:
    """Return the word books of a vocabulary."""
    agencies = vocabulary.rows("agencies")
    words = vocabulary.rows("task_words")

    def book(part: str) -> WordBook:
        return WordBook([r for r in agencies if r["part"] == part], "spelling")

    def word_book(part: str) -> WordBook:
        return WordBook([r for r in words if r["part"] == part], "phrase")

    return BodyWords(
        openers=book("opener"),
        fields=book("field"),
        bodies=book("body"),
        groups=book("group"),
        tails=book("tail"),
        levels=book("level"),
        titles=book("title"),
        refused=book("not"),
        predicates=word_book("predicate"),
        requests=word_book("request"),
        infixes=word_book("infix"),
        stops=word_book("stop"),
        compounds=word_book("compound"),
        short={r["spelling"]: r["name"] for r in agencies if r["part"] == "short"},
    )
