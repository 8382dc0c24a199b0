"""Fields of a head that stand in a text of their own: number, date, place, period.

Forms follow Decree 30/2020/NĐ-CP (and 01/2011/TT-BNV before it), party papers
Guideline 36-HD/VPTW: '639/KH-UBND', '59-KH/TU', '47/2011/QĐ-UBND', 'Số:   /KH-UBND'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.letters import LOWER, UPPER
from parsers.text import fold, squeeze

_SYMBOL = (
    rf"[{UPPER}][&{UPPER}{LOWER}]{{0,9}}\d{{0,2}}"
    rf"(?:\s?[-–]\s?[{UPPER}][&.{UPPER}{LOWER}]{{0,14}}\d{{0,2}}){{0,3}}"
    rf"(?:\s?/\s?[{UPPER}][&{UPPER}{LOWER}]{{0,9}})?"
)
_OWN_NUMBER = re.compile(
    r"\bS[ốôỐÔóò6o]\s{0,9}[:;.]?\s{0,40}"
    r"(?P<digits>\d{1,5}[a-zA-Z]?|[-–.…_\s]{0,40}|\S{1,4}?)\s?"
    rf"(?:(?P<year>/\s?\d{{4}})\s?)?(?P<stroke>[/-])\s?(?P<symbol>{_SYMBOL})"
)
CITED_NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<digits>\d{{1,5}}[a-z]?)\s?(?:(?P<year>/\s?\d{{4}})\s?)?"
    rf"(?P<stroke>[/-])\s?(?P<symbol>{_SYMBOL})"
)
_DATE = re.compile(
    r"\bng[àaáạảã]y\s{0,20}(?P<day>[\w.…_/]{0,20})\s{0,20}"
    r"th[áaàạ]ng\s{0,20}(?P<month>[\w.…_/]{0,20})\s{0,20}"
    r"n[ăaâ]m\s{0,20}(?P<year>\d\s?\d\s?\d\s?\d)",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    r"(?:ngày\s*)?(?<!\d)(?P<day>\d{0,2})\s{0,3}[/.]\s{0,3}(?P<month>\d{0,2})\s{0,3}[/.]\s{0,3}"
    r"(?P<year>(?:19|20)\d\s?\d)(?!\d)",
)
_HOLLOW_DATE = re.compile(
    r"\bngày[\s.…_]{0,20}/\s{0,3}(?P<day>)(?P<month>)(?P<year>(?:19|20)\d\s?\d)(?!\d)"
)
"""A date left blank of which a scan lost one stroke: 'ngày  /2021'."""
_MONTH = re.compile(
    r"(?<=,)(?P<day>)\s{0,20}th[áa]ng\s{0,20}(?P<month>\d{1,2})\s{0,20}"
    r"n[ăa]m\s{0,20}(?P<year>(?:19|20)\d\d)\s*$",
    re.IGNORECASE,
)
"""A line of place and month alone: 'Trường Thi, tháng 5 năm 2024'."""
_OTHER_COLUMN = re.compile(
    rf"^(?:(?!T[PXT]\b)[{UPPER}]{{2,12}}\s+)+(?=[{UPPER}][{LOWER}]+\s+[{UPPER}]|T[PXT]\b)"
)
"""Capitals of the left column in one line with the place: 'PHƯỚC Bình Phước'.

Not so 'DỊ Sử', as a scan is read: a place of one word is rare, a mark misread is not.
"""
_YEAR = r"(?:19|20)\d\d"
_RANGE = re.compile(
    rf"(?<!\d)(?P<first>{_YEAR})\s*(?:[-–—]|đến(?: hết)?(?: năm)?|tới(?: năm)?)\s*"
    rf"(?:năm\s*)?(?P<last>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    rf"chuẩn\s(?:hộ\s)?nghèo[^,;]{{0,40}}?(?:giai đoạn|thời kỳ)\s*{_RANGE.pattern}",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(
    rf"(?:chương trình|nghị quyết|đề án|chiến lược)\b[^;]{{0,120}}?"
    rf"(?:giai đoạn|thời kỳ)\s*{_RANGE.pattern}",
    re.IGNORECASE,
)
_ITS_YEAR = re.compile(
    rf"(?P<and>(?:và|cả)\s+)?(?:trong\s+)?năm\s+(?P<year>{_YEAR})", re.IGNORECASE
)
_SINGLE = re.compile(rf"(?<!\d)(?P<year>{_YEAR})(?!\d)")
_UNTIL = re.compile(rf"đến(?: hết)? năm\s*(?P<year>{_YEAR})", re.IGNORECASE)
_KNOWN_PARTS = {
    fold(part): part
    for part in (
        "UBND",
        "HĐND",
        "QĐ",
        "NĐ",
        "CP",
        "TTg",
        "TTr",
        "CTr",
        "ĐU",
        "CĐ",
        "BLĐTBXH",
        "LĐTBXH",
        "SLĐTBXH",
        "BNĐ",
    )
}


_DIGIT_SLIPS = str.maketrans("OoÓÔQlIíÍ|", "00000" + "11111")


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """A paper's number and symbol; ``number`` is None where it is left blank."""

    number: str | None
    symbol: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HeadDate:
    """A date to the precision printed, and where its words stand."""

    iso: str
    start: int
    end: int


def find_own_number(text: str) -> PaperNumber | None:
    """Return the number that a paper bears itself, after the word 'Số'."""
    found = _OWN_NUMBER.search(text)
    return _number_of(found) if found is not None else None


def find_cited_numbers(text: str) -> tuple[PaperNumber, ...]:
    """Return every number of a paper that a text holds."""
    return tuple(
        _number_of(m) for m in CITED_NUMBER.finditer(text) if _is_symbol(m["symbol"])
    )


def _is_symbol(symbol: str) -> bool:
    """A unit of measure ('12/Hộ') or a range ('2016-Nay') is no symbol."""
    parts = re.split(r"[-–/]", symbol.strip())
    return any(sum(c.isupper() for c in part) >= 2 for part in parts)


def _number_of(found: re.Match[str]) -> PaperNumber:
    symbol = _clean_symbol(found["symbol"])
    digits = found["digits"].strip()
    if not digits[:1].isdigit():
        digits = ""  # left blank, or written by hand and not to be read
    year = re.sub(r"\s", "", found["year"] or "")
    number = f"{digits}{year}{found['stroke']}{symbol}" if digits else None
    return PaperNumber(number, symbol, found.start(), found.end())


def _clean_symbol(symbol: str) -> str:
    """Close the gaps; put back the stroke of Đ and U that a scan lost ('UBNĐ')."""
    closed = re.sub(r"\s*([-–/])\s*", r"\1", symbol.strip()).replace("–", "-")
    parts = re.split(r"([-/])", closed.replace("Ð", "Đ").rstrip("."))
    return "".join(map(_mend_part, parts))


def _mend_part(part: str) -> str:
    """Return a part of a symbol as it is known: 'UBNĐ', 'QĐĐ', 'TTIr' in scans."""
    slips = (part, re.sub(r"(.)\1+", r"\1", part), re.sub(r"[Il1|]", "", part))
    known = next((k for s in slips if (k := _KNOWN_PARTS.get(fold(s)))), None)
    return known if known is not None and known.lower() != part.lower() else part


def find_date(text: str) -> HeadDate | None:
    """Return the first date in words, or else in figures; blanks leave it shorter."""
    patterns = (_DATE, _SHORT_DATE, _HOLLOW_DATE, _MONTH)
    found = next((m for p in patterns if (m := p.search(text))), None)
    if found is None:
        return None
    year = re.sub(r"\s", "", found["year"])
    month = _figure(found["month"], 12)
    day = _figure(found["day"], 31) if month else None
    iso = "-".join(p for p in (year, month, day) if p)
    return HeadDate(iso, found.start(), found.end())


def _figure(text: str | None, highest: int) -> str | None:
    digits = (text or "").strip(" .…_/").translate(_DIGIT_SLIPS)
    if not digits.isdigit() or not 1 <= int(digits) <= highest:
        return None
    return f"{int(digits):02d}"


def place_before(text: str, date: HeadDate) -> str | None:
    """Return the place printed before 'ngày', without what stands left of it."""
    before = squeeze(text[: date.start]).rstrip(" ,.;:-–")
    number = _OWN_NUMBER.search(before)
    if number is not None:
        before = before[number.end() :].strip(" ,.;:-–")
    before = re.sub(r"^.*(?:Hạnh [Pp]húc|VIỆT NAM)\W*", "", before)
    before = _OTHER_COLUMN.sub("", before)
    if not before or len(before) > 60 or not any(c.isalpha() for c in before):
        return None
    return before


def _year_of_programme(title: str) -> int | None:
    """Return the one year that a title takes of a programme's period."""
    rest = _PROGRAMME.sub(" ", title, count=1)
    years = list(_ITS_YEAR.finditer(rest)) if rest != title else []
    if len(years) != 1 or years[0]["and"] or _RANGE.search(rest):
        return None
    return int(years[0]["year"])


def find_period(text: str) -> tuple[int, int] | None:
    """Return the first and last year planned for that a title names.

    '2016-2020', reversed '2025-2021', 'từ năm 2011 đến năm 2020', 'năm 2018'. A second
    year after 'định hướng' or 'tầm nhìn' is an outlook, no plan; nor is the period of a
    poverty standard, or that of a programme of which the title takes one year.
    """
    planned = re.split(
        r"(?:và\s+)?(?:định hướng|tầm nhìn)", text, maxsplit=1, flags=re.IGNORECASE
    )[0]
    planned = re.sub(r"\(.*?\)|\bsố\s+\S+|ngày\s+\S+\d{4}", " ", planned)
    planned = _STANDARD.sub(" ", planned)
    one = _year_of_programme(planned)
    if one is not None:
        return one, one
    span = _RANGE.search(planned)
    if span is not None:
        years = sorted((int(span["first"]), int(span["last"])))
        return years[0], years[1]
    every = sorted(int(m["year"]) for m in _SINGLE.finditer(planned))
    if not every:
        return None
    return every[0], every[-1]
