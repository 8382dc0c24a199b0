"""Vietnamese text: one spelling for keeping, another for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# 'hoà' and 'hòa', 'thuỷ' and 'thủy' are one word: the tone of an open oa, oe, uy may
# stand on either vowel (Quyết định 240/QĐ of 1984 and later spellers disagree).
_OPEN_PAIR = re.compile(
    rf"([oOuU])([{_TONES}]?)([aAeEyY])([{_TONES}]?)(?![\w\u0300-\u036f])"
)


def nfc(text: str) -> str:
    """Return the text in NFC, the only form that is kept."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Return the text in NFC with each run of white space as one space."""
    return _SPACE.sub(" ", nfc(text)).strip()


@lru_cache(maxsize=65536)
def one_spelling(text: str) -> str:
    """Return a form for comparing: lower case, tones of oa, oe, uy on the first vowel.

    Marks stay: 'Cam Thanh' and 'Cam Thành' remain two names.
    """
    apart = unicodedata.normalize("NFD", squeeze(text).lower())
    moved = _OPEN_PAIR.sub(_tone_first, apart)
    return unicodedata.normalize("NFC", moved)


def _tone_first(match: re.Match[str]) -> str:
    first, tone_1, second, tone_2 = match.groups()
    before = match.string[match.start() - 1 : match.start()]
    if first in "uU" and before in ("q", "Q"):
        return match.group(0)
    if (first in "uU") != (second in "yY"):
        return match.group(0)
    return first + (tone_1 or tone_2) + second


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a form for lenient matching only: lower case without any mark.

    Never keep what this returns: it makes 'Cam Thanh' and 'Cam Thành' one.
    """
    apart = unicodedata.normalize("NFD", squeeze(text).lower().replace("đ", "d"))
    return "".join(c for c in apart if not unicodedata.combining(c))
