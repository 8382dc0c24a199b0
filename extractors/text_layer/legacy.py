"""Text typed in the fonts of before Unicode: what their codes look like on paper.

In fonts named '.Vn…' (TCVN 5712:1993, 'TCVN3') the code of '¸' shows an 'á'. The name
of the font says so for sure, so such text can be spelled as it is printed; the fonts
whose name ends in 'H' show capitals for small letters too. Other old encodings (VNI)
are only recognised, see ``trust``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# TCVN 5712:1993, table VN3, as Latin-1 codes; the low half is ASCII.
_CODES = (
    "µà¸á¶ả·ã¹ạ¨ă»ằ¾ắ¼ẳ½ẵÆặ©âÇầÊấÈẩÉẫËậ®đÌèÐéÎẻÏẽÑẹªêÒềÕếÓểÔễÖệ×ìÝíØỉÜĩÞị"
    "ßòãóáỏâõäọ«ôåồèốæổçỗéộ¬ơêờíớëởìỡîợïùóúñủòũôụ\u00adưõừøứöửủử÷ữùựúỳýýûỷüỹþỵ"
    "¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư"
)
_LETTERS = dict(zip(_CODES[::2], _CODES[1::2], strict=True))
_TCVN3_FONT = re.compile(r"(?:^|\+)\.Vn\w*", re.IGNORECASE)
_VNI_FONT = re.compile(r"(?:^|\+)VNI[-_ ]", re.IGNORECASE)

UNKNOWN = "\ufffd"
"""Stands for a sign that the file gives no letter for, so that no figure closes up."""

_CID = re.compile(r"\(cid:\d+\)")
# Word processors keep signs of these fonts at U+F000 and their old code.
_SYMBOL = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0x2D: "-", 0xBB: "≈"}
_BULLET = "•"
_SIGN_FONT = re.compile(r"symbol|wingdings|webdings", re.IGNORECASE)


def spell(text: str, font_name: str) -> str:
    """Return a character of a PDF as it is printed; UNKNOWN where nobody can say.

    Args:
        text: What the file says that the sign is.
        font_name: The name of its font.
    """
    decode = legacy_decoder(font_name)
    if decode is not None:
        text = decode(text)
    if _CID.fullmatch(text):
        return UNKNOWN
    return "".join(_sign(c, font_name) for c in text)


def _sign(char: str, font_name: str) -> str:
    if "\uf000" <= char <= "\uf0ff" and _SIGN_FONT.search(font_name):
        is_symbol = "symbol" in font_name.lower()
        return _SYMBOL.get(ord(char) & 0xFF, _BULLET) if is_symbol else _BULLET
    if char == "\uf0b7":  # The bullet, also in fonts that were given another name.
        return _BULLET
    if char.isspace() or unicodedata.category(char) not in {"Cc", "Co", "Cn", "Cs"}:
        return char
    return UNKNOWN


@lru_cache(maxsize=256)
def legacy_decoder(font_name: str) -> Callable[[str], str] | None:
    """Return what spells this font's text as printed, or None for any other font."""
    match = _TCVN3_FONT.search(font_name)
    if match is None:
        return None
    family = re.split(r"[,\-]", match.group(0))[0]
    return _capitals if family.endswith("H") else _small


def is_vni(font_name: str) -> bool:
    """Whether the font's name says that its text is in one of the VNI encodings."""
    return _VNI_FONT.search(font_name) is not None


def _small(text: str) -> str:
    return "".join(_LETTERS.get(c, c) for c in text)


def _capitals(text: str) -> str:
    return _small(text).upper()
