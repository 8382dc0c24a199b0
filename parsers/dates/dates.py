"""Dates, periods and years, to the precision that is printed.

A date that cannot be (31/02) is no date; `find_date_doubts` says so. Deadlines and
recurrences stand in `parsers.dates.deadlines`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from parsers.dates.patterns import (
    BARE_YEAR,
    COUNTED,
    DAY_MONTH,
    HOLLOW,
    LOOKALIKES,
    MONTH,
    MONTH_OF,
    MONTH_YEAR,
    MONTHS,
    NEXT_DATE,
    NUMERIC,
    PERIOD,
    QUARTER,
    QUARTER_OF,
    QUARTERS,
    WRITTEN,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text, ``text`` as printed.

    ``iso`` holds what is printed and no more: '2018-04-06', '2020-03', '2020',
    '2021-Q4', or '11-25' (month and day) where no year is said.
    """

    start: int
    end: int
    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class DateDoubt:
    """What looks like a date and is none, and why."""

    start: int
    end: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Period:
    """A range of years, ``first <= last``; ``doubt`` says what is odd about it."""

    start: int
    end: int
    text: str
    first: int
    last: int
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year that is neither part of a date nor of a period."""

    start: int
    end: int
    year: int


_NEW_CENTURY = 50
_LONGEST_GAP = 30
"""Letters between two dates that share a year."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    text: str
    iso: str | None
    why: str | None = None


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Return the dates of a text (NFC) in order, to the precision printed.

    Of 'ngày   tháng 3 năm 2020' that is '2020-03'. A year printed after the last of
    several dates joined by 'đến', 'và' or a comma belongs to all of them. Two digits
    are a year from 1950 to 2049.
    """
    return tuple(
        DateMention(f.start, f.end, f.text, f.iso)
        for f in _find_all(text)
        if f.iso is not None
    )


def find_date_doubts(text: str) -> tuple[DateDoubt, ...]:
    """Return what has the form of a date and cannot be one, or is left all blank."""
    return tuple(
        DateDoubt(f.start, f.end, f.text, f.why)
        for f in _find_all(text)
        if f.why is not None
    )


def find_periods(text: str) -> tuple[Period, ...]:
    """Return the ranges of years, such as '2016-2020' or 'từ năm 2011 đến năm 2020'.

    A range that runs backwards is given the right way round, with a doubt.
    """
    found = []
    for match in PERIOD.finditer(text):
        first = int(match["a"])
        last = int(match["b"])
        if last < 100:
            last += first // 100 * 100
            if last <= first or not match["named"]:
                continue
        doubt = None
        if last < first:
            doubt = f"'{match['body']}' runs backwards"
        low, high = sorted((first, last))
        start, end = match.span("body")
        found.append(Period(start, end, text[start:end], low, high, doubt))
    return tuple(found)


def find_years(text: str) -> tuple[YearMention, ...]:
    """Return the years that stand alone: not in a date, a period or a paper's number.

    Four digits are a year after 'năm', and elsewhere where nothing counted follows.
    """
    taken = [(f.start, f.end) for f in _find_all(text)]
    taken += [(p.start, p.end) for p in find_periods(text)]
    free = _blot(text, taken)
    return tuple(
        YearMention(m.start("y"), m.end("y"), int(m["y"]))
        for m in BARE_YEAR.finditer(free)
        if _is_year(free, m)
    )


def _is_year(text: str, match: re.Match[str]) -> bool:
    if re.search(r"năm\s{0,3}$", text[max(0, match.start() - 8) : match.start()], re.I):
        return True
    return _NOT_COUNTED.match(text, match.end()) is not None


_NOT_COUNTED = re.compile(COUNTED, re.IGNORECASE)


def _blot(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with the spans hidden, every other letter in its place."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "\ufffc" * (end - start)
    return "".join(letters)


@lru_cache(maxsize=1024)
def _find_all(text: str) -> tuple[_Found, ...]:
    found = [
        f
        for scan in (_scan_written, _scan_numeric, _scan_lists, _scan_quarters)
        for f in scan(text)
    ]
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[_Found] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(_share_years(text, kept))


def _scan_written(text: str) -> Iterator[_Found]:
    for match in WRITTEN.finditer(text):
        year = match["y"] or match["y2"]
        if not match["cue"] and not (match["d"] and match["m"]):
            continue
        if not match["cue"] and not year and match.start() == match.start("body"):
            continue
        if match["cue"] and not match["d"] and match["m"] and not year:
            continue
        yield _build(match, match["d"], match["m"], year)


def _scan_numeric(text: str) -> Iterator[_Found]:
    for match in NUMERIC.finditer(text):
        yield _build(match, match["d"], match["m"], match["y"])
    for match in HOLLOW.finditer(text):
        yield _build(match, None, match["m"], match["y"])
    for match in DAY_MONTH.finditer(text):
        if match["cue"] or match["y"] or _stands_alone(text, match):
            yield _build(match, match["d"], match["m"], match["y"])


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether 'đến 15/12' is a date: '2/3 hộ' is a share, and more of less is none."""
    if int(match["m"]) > 12 or not 1 <= int(match["d"]) <= 31:
        return False
    if match.group(0)[0] in ",vV" and not re.match(r"v[àÀ]o", match.group(0), re.I):
        return False
    after = re.match(
        r"\s*(?:$|[.,;:)]|hằng|hàng|năm)", text[match.end() :][:20], re.IGNORECASE
    )
    return int(match["d"]) > int(match["m"]) or after is not None


def _scan_lists(text: str) -> Iterator[_Found]:
    for pattern in (MONTHS, MONTH_YEAR):
        for match in pattern.finditer(text):
            year = re.sub(r"\s", "", match["y"])
            for piece in re.finditer(MONTH, match["list"], re.IGNORECASE):
                month = _month(piece.group(0))
                yield _piece(text, match, piece, f"{year}-{month:02d}", month <= 12)


def _scan_quarters(text: str) -> Iterator[_Found]:
    for match in QUARTERS.finditer(text):
        year = re.sub(r"\s", "", match["y"])
        for piece in re.finditer(QUARTER, match["list"], re.IGNORECASE):
            quarter = QUARTER_OF[_lower(piece.group(0))]
            yield _piece(text, match, piece, f"{year}-Q{quarter}", True)


def _piece(
    text: str, match: re.Match[str], piece: re.Match[str], iso: str, possible: bool
) -> _Found:
    """One of several months or quarters: the first and last reach to the ends."""
    listed = match.start("list")
    start = match.start("body") if piece.start() == 0 else listed + piece.start()
    is_last = piece.end() == len(match["list"])
    end = match.end("body") if is_last else listed + piece.end()
    why = None if possible else f"'{text[start:end]}' has no such month"
    return _Found(start, end, text[start:end], iso if possible else None, why)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTH_OF[_lower(text)]


def _lower(text: str) -> str:
    return text.translate(LOOKALIKES).lower()


def _build(
    match: re.Match[str], day: str | None, month: str | None, year: str | None
) -> _Found:
    start = match.start("cue") if match["cue"] else match.start("body")
    end = match.end()
    raw = match.string[start:end]
    end -= len(raw) - len(raw.rstrip(" \t\n.,…_"))
    raw = match.string[start:end]
    y = _year(year) if year else None
    m = _month(month) if month else None
    d = int(day) if day else None
    if y is None and (m is None or d is None):
        return _Found(start, end, raw, None, f"'{raw}' is left blank")
    if (m is not None and not 1 <= m <= 12) or not _is_day(y, m, d):
        return _Found(start, end, raw, None, f"'{raw}' is a day that does not exist")
    return _Found(start, end, raw, _iso(y, m, d))


def _is_day(year: int | None, month: int | None, day: int | None) -> bool:
    if day is None or month is None:
        return day is None or 1 <= day <= 31
    return 1 <= day <= monthrange(year or 2000, month)[1]


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    if year is None:
        return f"{month:02d}-{day:02d}"
    if month is None:
        return f"{year}"
    return f"{year}-{month:02d}" if day is None else f"{year}-{month:02d}-{day:02d}"


def _year(text: str) -> int:
    year = int(re.sub(r"\s", "", text))
    if year >= 100:
        return year
    return year + (2000 if year < _NEW_CENTURY else 1900)


def _share_years(text: str, found: Sequence[_Found]) -> Iterator[_Found]:
    """Give 'từ ngày 01/9 đến ngày 14/12/2021' its year twice."""
    done: list[_Found] = []
    after: _Found | None = None
    for item in reversed(found):
        if after is not None and _joined(text, item, after):
            item = replace(item, iso=_iso_before(item.iso or "", after.iso or ""))
        done.append(item)
        after = item
    yield from reversed(done)


def _joined(text: str, item: _Found, after: _Found) -> bool:
    """Whether a day without a year stands right before one with a year."""
    if item.iso is None or after.iso is None:
        return False
    gap = text[item.end : after.start]
    return (
        len(item.iso) == len("MM-DD")
        and len(after.iso) == len("YYYY-MM-DD")
        and len(gap) <= _LONGEST_GAP
        and NEXT_DATE.fullmatch(gap) is not None
    )


def _iso_before(day: str, later: str) -> str:
    """Return the last 'MM-DD' up to a later date as a date with its year."""
    year = int(later[:4]) - (day > later[5:])
    month_no, day_no = int(day[:2]), int(day[3:])
    return f"{year}-{day}" if _is_day(year, month_no, day_no) else day
