"""The marks that items of an outline open with: I. 1. 1.1. 2.3.10 a) - + * Điều 2."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from parsers.letters import UPPER
from parsers.text import fold


class Mark(IntEnum):
    """The kinds of marks, outermost first; a dotted number counts by its length."""

    PART = 0
    CAPITAL = 2
    ROMAN = 3
    ARTICLE = 4
    NUMBER = 10
    LETTER = 20
    PAREN = 21
    STAR = 30
    DASH = 31
    PLUS = 32
    DOT = 33
    PLAIN = 40


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A mark at the head of a paragraph: what it is and where the words begin."""

    mark: Mark
    level: int
    key: str
    marker: str
    start: int


_BULLETS = {
    "*": Mark.STAR,
    "★": Mark.STAR,
    "-": Mark.DASH,
    "–": Mark.DASH,
    "—": Mark.DASH,
    "−": Mark.DASH,
    "+": Mark.PLUS,
    "•": Mark.DOT,
    "●": Mark.DOT,
    "▪": Mark.DOT,
    "■": Mark.DOT,
    "◦": Mark.DOT,
    "·": Mark.DOT,
    "○": Mark.DOT,
    "➢": Mark.DOT,
    "►": Mark.DOT,
    "✓": Mark.DOT,
    "\uf0b7": Mark.DOT,
    "\uf02d": Mark.DASH,
    "\uf02b": Mark.PLUS,
}
_BULLET = re.compile(rf"\s*([{re.escape(''.join(_BULLETS))}])\s*(?=\S)")
# The separator may be missing only after a dotted number ('1.1 Phòng …'). A letter,
# a quote or a bracket must follow: '01 - 02 mô hình' and '1.5 %' are no items.
_AFTER = r"(?=[^\W\d_]|[“\"‘'(\[«*])"
_ARTICLE = re.compile(r"\s*(Điều|ĐIỀU|Ðiều|Điêu|Diều)\s+(\d{1,3}|l|I)\s*[.:/]?\s*")
_PART = re.compile(
    r"\s*(?:(PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:(thứ|THỨ)\s+)?"
    r"(\d{1,2}|[IVXl]{1,5}|[^\W\d_]{2,5})(?=\s|[.:]|$))\s*[.:/-]?\s*"
)
_DOTTED = re.compile(rf"\s*(\d{{1,2}}(?:\.\d{{1,2}}){{1,5}})\s?[.)/:-]?\s+{_AFTER}")
_NUMBER = re.compile(rf"\s*(\d{{1,2}})\s?[.)/:]\s*{_AFTER}|\s*(\d{{1,2}})-\s+{_AFTER}")
_ROMAN_LIKE = re.compile(rf"\s*([IVXl1|!]{{1,6}})\s?[.)/:-]\s*{_AFTER}")
# On a scan the point may be lost, and II looks like H: 'II MỤC TIÊU', 'HI. CHỈ TIÊU'.
_ROMAN_TITLE = re.compile(
    rf"\s*([IVX]{{1,5}}(?=\s)|[IVXH]{{0,3}}H[IVXH]{{0,3}}(?=[.)]))[.)]?\s+"
    rf"(?=[{UPPER}]{{2,}}\s+[{UPPER}]{{2,}}(?:\W|$))"
)
_LETTER = re.compile(
    rf"\s*([a-zđ](?:\.?[1-9]\d?)?)\s?[.)/]\s*{_AFTER}|\s*([a-zđ])-\s+{_AFTER}"
)
_NUMBERED_INSIDE = re.compile(rf"(?:\d{{1,2}}|[IVX]{{1,5}})[.)]\s+[{UPPER}]")
_CAPITAL = re.compile(rf"\s*([A-HKĐ])\s?[.)/]\s*{_AFTER}|\s*([A-HKĐ])-\s+{_AFTER}")
_PAREN = re.compile(r"\s*\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ORDINAL_WORDS = {
    "nhat": "1",
    "mot": "1",
    "hai": "2",
    "ba": "3",
    "tu": "4",
    "bon": "4",
    "nam": "5",
    "sau": "6",
    "bay": "7",
    "tam": "8",
}


def read_mark(text: str) -> FoundMark:
    """Return the mark that a paragraph opens with."""
    bullet = _BULLET.match(text)
    if bullet:
        # '- b) Kiện toàn …': OCR and some writers put a dash before a letter.
        inner = _LETTER.match(text, bullet.end())
        if inner:
            return _letter(inner, text)
        if _NUMBERED_INSIDE.match(text, bullet.end()):
            inside = _read_numbered(text[bullet.end() :])
            return replace(inside, start=inside.start + bullet.end())
        mark = _BULLETS[bullet.group(1)]
        if _is_figure_sign(text, bullet):
            return plain_mark(text)
        return FoundMark(mark, mark, "", bullet.group(1), bullet.end())
    return _read_numbered(text)


def _is_figure_sign(text: str, bullet: re.Match[str]) -> bool:
    """Whether the dash belongs to a number: '-5,2 %' is no bullet."""
    return text[bullet.end(1) : bullet.end(1) + 1].isdigit() and bullet.group(1) in "-−"


def _read_numbered(text: str) -> FoundMark:
    article = _ARTICLE.match(text)
    if article:
        number = article.group(2).replace("l", "1").replace("I", "1")
        key = f"Điều {number}"
        return FoundMark(Mark.ARTICLE, Mark.ARTICLE, key, key, article.end())
    part = _PART.match(text)
    if part and (key := _part_key(part)):
        return FoundMark(Mark.PART, Mark.PART, key, part.group(0).strip(), part.end())
    roman = _ROMAN_LIKE.match(text)
    if roman and _is_title(text, roman) and (key := _roman_key(roman.group(1))):
        marker = roman.group(0).strip()
        return FoundMark(Mark.ROMAN, Mark.ROMAN, key, marker, roman.end())
    return _read_roman_title(text) or _read_small_mark(text)


def _read_roman_title(text: str) -> FoundMark | None:
    """Return the badly read Roman numeral before a title in capitals."""
    found = _ROMAN_TITLE.match(text)
    if found is None or found[1] == "H":
        return None  # 'H.' may as well be the item after 'G.'.
    numeral = found[1].replace("H", "II")
    if not roman_value(numeral):
        return None
    marker = found.group(0).strip()
    return FoundMark(Mark.ROMAN, Mark.ROMAN, numeral, marker, found.end())


def _is_title(text: str, roman: re.Match[str]) -> bool:
    """Whether what looks like a Roman number has letters and a title after it."""
    after = text[roman.end() : roman.end() + 2].lstrip("“\"'(*[")
    return not roman.group(1).isdigit() and after[:1].isupper()


def _read_small_mark(text: str) -> FoundMark:
    dotted = _DOTTED.match(text)
    if dotted:
        key = ".".join(str(int(n)) for n in dotted.group(1).split("."))
        level = Mark.NUMBER + key.count(".")
        return FoundMark(Mark.NUMBER, level, key, dotted.group(0).strip(), dotted.end())
    number = _NUMBER.match(text)
    if number:
        key = str(int(number.group(1) or number.group(2)))
        marker = number.group(0).strip()
        return FoundMark(Mark.NUMBER, Mark.NUMBER, key, marker, number.end())
    capital = _CAPITAL.match(text)
    if capital:
        key = capital.group(1) or capital.group(2)
        marker = capital.group(0).strip()
        return FoundMark(Mark.CAPITAL, Mark.CAPITAL, key, marker, capital.end())
    letter = _LETTER.match(text)
    if letter:
        return _letter(letter, text)
    paren = _PAREN.match(text)
    if paren:
        return FoundMark(
            Mark.PAREN, Mark.PAREN, paren.group(1), paren.group(0).strip(), paren.end()
        )
    return plain_mark(text)


def _letter(match: re.Match[str], text: str) -> FoundMark:
    key = match.group(1) or match.group(2)
    if key == "l":
        # No list of these papers reaches the letter l; it is a badly read '1'.
        return FoundMark(Mark.NUMBER, Mark.NUMBER, "1", "1.", match.end())
    marker = text[match.start() : match.end()].strip()
    return FoundMark(Mark.LETTER, Mark.LETTER, key, marker, match.end())


def plain_mark(text: str) -> FoundMark:
    """Return the mark of a paragraph that has none."""
    start = len(text) - len(text.lstrip())
    return FoundMark(Mark.PLAIN, Mark.PLAIN, "", "", start)


def _part_key(match: re.Match[str]) -> str:
    word, ordinal, number = match.group(1).capitalize(), match.group(2), match.group(3)
    folded = fold(number)
    if ordinal and folded in _ORDINAL_WORDS:
        return f"{word} {_ORDINAL_WORDS[folded]}"
    if number.isdigit():
        return f"{word} {int(number)}"
    roman = _roman_key(number)
    return f"{word} {roman}" if roman else ""


def _roman_key(token: str) -> str:
    """Return the Roman numeral that the token is, OCR slips mended, or ''."""
    numeral = re.sub(r"[l1|!]", "I", token)
    return numeral if roman_value(numeral) else ""


def roman_value(numeral: str) -> int | None:
    """Return what a Roman numeral up to XXXIX means, None if it is none."""
    if not numeral or not _ROMAN.fullmatch(numeral):
        return None
    values = {"I": 1, "V": 5, "X": 10}
    digits = [values[c] for c in numeral]
    return sum(-d if d < max(digits[n:]) else d for n, d in enumerate(digits))
