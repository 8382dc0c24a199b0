"""Whether the text layer of a page can be believed, and why.

Measured on real papers: of the letters of Vietnamese text, 0.23 to 0.30 bear an accent;
of the junk that scanners leave behind a page, 0.00 to 0.07.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from extractors.text_layer.pdf_text import TextLayer

_ACCENTED = 0.12
"""The least share of accented letters in real text; halfway, on the safe side."""
_ACCENTED_FEW = 0.08
_SYLLABLES = 0.6
_FEW_LETTERS = 120
_SHORT_LAYER = 400
"""Letters of the longest signature stamps together; a page of text has more."""
_COVERED = 0.5
_FOREIGN = 0.02
_UNMAPPED = 0.02

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_OTHERS = set("ăâêôơưđ")
# Every syllable of Vietnamese, tone taken off: an initial, a nucleus, a final.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:iêu|yêu|oai|oay|oao|oeo|uây|uôi|uyê|uya|uyu|ươi|ươu|uơi"
    r"|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy"
    r"|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Trust:
    """The decision on one page's text layer, with its reason in words."""

    trusted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Letters:
    """What the letters of a layer look like."""

    count: int
    digits: int
    accented: float
    foreign: float
    syllables: float


def judge_layer(layer: TextLayer, *, hidden: bool) -> Trust:
    """Return whether the page's words can be taken from its text layer.

    Args:
        layer: What the text layer holds.
        hidden: Whether the text is invisible or lies under a picture: then somebody's
            OCR wrote it, and it is no better than our own, only less known.
    """
    letters = _look_at(" ".join(w.word.text for w in layer.words))
    covered = _covered_share(layer)
    if not letters.count and not letters.digits:
        return _judge_no_text(layer, covered)
    if covered >= _COVERED and hidden:
        return Trust(False, "the text lies unseen behind a picture of the page")
    if covered >= _COVERED and letters.count < _SHORT_LAYER:
        return Trust(False, "a short text, such as a stamp, over a picture of the page")
    if layer.vni:
        return Trust(False, "text in a VNI encoding")
    total = letters.count + letters.digits
    if layer.unmapped > _UNMAPPED * total:
        return Trust(False, "the file does not say which letters its signs are")
    if letters.foreign > _FOREIGN:
        return Trust(False, "letters that Vietnamese does not have: an old encoding")
    return _judge_letters(letters)


def _judge_no_text(layer: TextLayer, covered: float) -> Trust:
    if layer.unmapped or covered or layer.drawn or layer.rulings:
        return Trust(False, "no text layer")
    return Trust(True, "an empty page")


def _judge_letters(letters: _Letters) -> Trust:
    share = f"{letters.accented:.2f} of {letters.count} letters bear an accent"
    if letters.count < _FEW_LETTERS:
        if letters.digits > letters.count or letters.accented >= _ACCENTED_FEW:
            return Trust(True, f"few letters, mostly figures or real words: {share}")
        return Trust(False, f"too little to be believed: {share}")
    if letters.accented < _ACCENTED:
        return Trust(False, f"junk: {share}")
    if letters.syllables < _SYLLABLES:
        return Trust(False, f"junk: {letters.syllables:.2f} of its words are possible")
    return Trust(True, share)


def _look_at(text: str) -> _Letters:
    letters = [c for c in text if c.isalpha()]
    count = len(letters)
    accented = sum(_is_vietnamese(c) and not c.isascii() for c in letters)
    foreign = sum(_is_foreign(c) for c in text)
    # Abbreviations ('LĐTBXH', 'HĐND') speak neither for nor against.
    words = [w for w in _WORD.findall(text) if is_syllable(w) or not w.isupper()]
    possible = sum(map(is_syllable, words))
    return _Letters(
        count,
        sum(c.isdigit() for c in text),
        accented / count if count else 0.0,
        foreign / count if count else float(bool(foreign)),
        possible / len(words) if words else 1.0,
    )


def is_syllable(word: str) -> bool:
    """Whether the word could be one syllable of Vietnamese, by its spelling."""
    apart = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", apart)) is not None


def _is_vietnamese(letter: str) -> bool:
    apart = unicodedata.normalize("NFD", letter.lower()).translate(_TONES)
    plain = unicodedata.normalize("NFC", apart)
    return plain in _OTHERS or (len(plain) == 1 and plain.isascii())


def _is_foreign(sign: str) -> bool:
    """Whether the sign is one that only an old encoding puts into such a paper."""
    if sign.isalpha():
        return not _is_vietnamese(sign) and not "\u0370" <= sign <= "\u03ff"
    return "\u0080" <= sign <= "\u00bf" and sign not in "\u00a0§«»°±²³·µ¹º¼½¾"


def _covered_share(layer: TextLayer) -> float:
    area = layer.width * layer.height
    return min(1.0, sum(p.width * p.height for p in layer.pictures) / area)
