"""Words that show how a paper is built: kinds of papers, signatures, annexes.

Built from ``vocabulary/document_kinds.csv`` (phrase, kind, symbol) and
``vocabulary/paper_words.csv`` (phrase, role). Compared without marks, since an OCR of
small or bold capitals loses them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from parsers.records import DocumentKind
from parsers.text import fold
from parsers.vocabulary import Row, Vocabulary

_MOTTO = "cong hoa xa hoi chu nghia viet nam"
_PARTY_MOTTO = "dang cong san viet nam"
_SLOGAN = "doc lap tu do hanh phuc"
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for a kind of paper: 'Kế hoạch' is a plan with the symbol 'KH'."""

    phrase: str
    kind: DocumentKind
    symbol: str
    words: tuple[str, ...]


class PaperWords:
    """The words of one vocabulary, ready for comparing."""

    def __init__(self, kinds: Iterable[Row], roles: Iterable[Row]) -> None:
        words = (
            KindWord(
                row["phrase"],
                DocumentKind(row["kind"]),
                row["symbol"],
                plain_words(row["phrase"]),
            )
            for row in kinds
        )
        self.kinds = tuple(sorted(words, key=lambda w: -len(w.phrase)))
        self._kinds_by_letter: dict[str, list[KindWord]] = {}
        for kind in self.kinds:
            self._kinds_by_letter.setdefault(kind.words[0][0], []).append(kind)
        self._roles: dict[str, list[tuple[str, ...]]] = {}
        self._spelling: dict[tuple[str, ...], str] = {}
        for row in roles:
            plain = plain_words(row["phrase"])
            self._roles.setdefault(row["role"], []).append(plain)
            self._spelling.setdefault(plain, row["phrase"])

    def opens(self, role: str, text: str) -> bool:
        """Whether a text begins with a phrase of that role."""
        words = plain_words(text)
        return any(words[: len(p)] == p for p in self._roles.get(role, ()))

    def is_whole(self, role: str, text: str) -> bool:
        """Whether a text is a phrase of that role and nothing else."""
        return plain_words(text) in self._roles.get(role, ())

    def with_marks(self, text: str) -> str:
        """Return a known phrase with its marks: 'PHO CHU TỊCH' is 'PHÓ CHỦ TỊCH'."""
        return self._spelling.get(plain_words(text), text)

    def kind_at_start(self, text: str) -> KindWord | None:
        """Return the kind of paper that a text begins with, the longest name first."""
        return self.kind_of_words(plain_words(text))

    def kind_of_words(self, words: tuple[str, ...]) -> KindWord | None:
        """Return the kind of paper that plain words begin with."""
        fitting = self._kinds_by_letter.get(words[0][0], ()) if words else ()
        return next(
            (k for k in fitting if _alike(words[: len(k.words)], k.words)), None
        )

    def kind_of_symbol(self, symbol: str) -> KindWord | None:
        """Return the kind that a symbol begins with: 'KH-UBND' is a plan."""
        first = re.split(r"[-/]", symbol, maxsplit=1)[0].strip().casefold()
        fitting = (k for k in self.kinds if k.symbol and k.symbol.casefold() == first)
        return min(fitting, key=lambda k: len(k.phrase), default=None)


@lru_cache(maxsize=8)
def paper_words(vocabulary: Vocabulary) -> PaperWords:
    """Return the words of a vocabulary, compiled once."""
    return PaperWords(vocabulary.rows("document_kinds"), vocabulary.rows("paper_words"))


@lru_cache(maxsize=16384)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without marks, case and punctuation."""
    return tuple(_WORDS.findall(fold(text)))


def _alike(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    if words == phrase:
        return True
    if len(words) != len(phrase) or len(phrase) < 2:
        return False
    pairs = zip(words, phrase, strict=True)
    if any(len(b) <= 2 and len(a) != len(b) for a, b in pairs):
        return False  # 'Phường Tân …' is a ward and no slip of 'Phương án'.
    return fuzz.ratio(" ".join(words), " ".join(phrase)) >= 88


def is_motto(text: str) -> bool:
    """Whether a line holds the motto of the state or of the party."""
    plain = " ".join(plain_words(text))
    return any(
        len(plain) >= len(motto) - 6 and fuzz.partial_ratio(motto, plain) >= 84
        for motto in (_MOTTO, _PARTY_MOTTO)
    )


def is_motto_part(text: str) -> bool:
    """Whether a line holds nothing but words of a motto that was broken over lines."""
    plain = " ".join(plain_words(text))
    return (
        bool(plain)
        and is_shouted(text)
        and (f" {plain} " in f" {_MOTTO} " or f" {plain} " in f" {_PARTY_MOTTO} ")
    )


def is_slogan(text: str) -> bool:
    """Whether a line holds 'Độc lập - Tự do - Hạnh phúc'."""
    plain = " ".join(plain_words(text))
    return len(plain) >= 15 and fuzz.partial_ratio(_SLOGAN, plain) >= 80


def is_shouted(text: str) -> bool:
    """Whether nearly all letters are capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def is_reference_line(text: str) -> bool:
    """Whether a text says which paper it is attached to: '(Kèm theo Kế hoạch số …'."""
    words = plain_words(text)[:6]
    return words[:2] == ("kem", "theo") or (
        words[:1] in (("ban",), ("dinh",), ("phe",)) and "kem" in words
    )
