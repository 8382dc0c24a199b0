"""The time that a phrase states: its year, and which moment of it.

Rules are those of the contract: 'đầu năm' is the start, 'cuối năm' and a dated survey
are the end; the period of a standard or a programme, the date of a cited paper and a
base of comparison ('so với năm 2022') are no time of the figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.phrases import Hit, phrase_book
from parsers.records import AsOf
from parsers.text import one_spelling, squeeze
from parsers.vocabulary import Vocabulary

_YEAR = r"(?<!\d)((?:19|20)\d{2})(?!\d)"
# The digits of a paper's number ('07/2021/NĐ-CP') are no year.
_PAPER_NUMBER = re.compile(r"\d+\s?/\s?(?:19|20)\d{2}\s?/")
_PERIOD = re.compile(
    rf"{_YEAR}\s*(?:-|–|—|đến(?:\s+năm)?|tới(?:\s+năm)?)\s*{_YEAR}", re.IGNORECASE
)
_DATE = re.compile(
    rf"(?<!\d)(?:(\d{{1,2}})\s?[/.\-]\s?)?(\d{{1,2}})\s?[/.\-]\s?{_YEAR}"
    rf"|(?:ngày\s+(\d{{1,2}})\s+)?tháng\s+(\d{{1,2}})\s*(?:năm\s+|/\s?|-\s?){_YEAR}",
    re.IGNORECASE,
)
_BARE = re.compile(_YEAR)
_COMPARED = re.compile(r"\bso với(?:\s(?:cùng kỳ|thời điểm|số liệu|ngày))?\s$", re.I)
_ENDS = re.compile(r"[.;]\s|(?<!số):\s", re.IGNORECASE)
_FIGURE = re.compile(r"\d\s?(?:%|hộ\b)", re.IGNORECASE)
"""The year after a figure is the figure's: 'theo chuẩn mới từ 20,39% năm 2013'."""
_WHOLE = re.compile(r"\s(?:tổng\s)?số\s[^()\d]{1,60}\((?!so\s)", re.IGNORECASE)
"""'18% so với tổng số hộ (cuối năm 2021)' names a whole and no time to compare."""
_TRAP_REACH = 110
"""Letters between 'chương trình' or 'chuẩn nghèo' and its period."""
_MOMENT_OPENS = re.compile(r"(?<!\w)(?:cuối|đầu|hết)\s(?:năm\s)?$", re.IGNORECASE)
"""'Theo chuẩn nghèo đa chiều, cuối năm 2021 …' is no time of the standard."""
_FIGURES_OF = re.compile(r"\s?\(\s?\d")
"""'So với năm 2013 (1.577 hộ nghèo, tỷ lệ 16,44%)' has figures of that year."""
_IS = re.compile(r"\s(?:là|đạt|còn)\s", re.IGNORECASE)
_STATED = re.compile(
    r"\s?(?:(?:là|còn|có|chiếm|đạt|giảm|tăng)(?!\w)|:|\d|,\s)", re.IGNORECASE
)
"""After a year: 'tỷ lệ hộ nghèo theo chuẩn mới năm 2021 là 4,03%'."""


SURVEY_OPENS = "09-01"
"""The yearly survey of poor households runs from 1 September to 14 December (Circular
07/2021/TT-BLĐTBXH, article 3): a state of a year's end can be known from then on."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time printed at ``text[start:end]`` of the squeezed text.

    ``year`` is None where only the moment is said ('cuối năm'); ``as_of`` is None for
    a bare year; ``year_to`` is the last year of a period.
    """

    start: int
    end: int
    text: str
    year: int | None
    as_of: AsOf | None
    year_to: int | None = None


def find_times(text: str, vocabulary: Vocabulary) -> tuple[TimeMention, ...]:
    """Return every time that the text states of its own figures, in reading order."""
    plain = squeeze(text)
    years = _drop_trapped(plain, _year_mentions(plain), vocabulary)
    return _join_moments(plain, years, vocabulary)


def _year_mentions(text: str) -> list[TimeMention]:
    """Return periods, dates and years, none inside another."""
    found: list[TimeMention] = []
    taken = [m.span() for m in _PAPER_NUMBER.finditer(text)]
    for pattern, make in (
        (_PERIOD, _period_mention),
        (_DATE, _date_mention),
        (_BARE, _bare_mention),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            found.append(make(match))
    return sorted(found, key=lambda mention: mention.start)


def _period_mention(match: re.Match[str]) -> TimeMention:
    first, last = sorted((int(match[1]), int(match[2])))
    return TimeMention(*match.span(), match[0], first, None, last)


def _date_mention(match: re.Match[str]) -> TimeMention:
    """Return a dated moment: the end of its year, or the start if it is 1 January."""
    day = match[1] or match[4]
    month = int(match[2] or match[5])
    year = int(match[3] or match[6])
    is_start = month == 1 and day is not None and int(day) == 1
    moment = AsOf.START if is_start else AsOf.END
    return TimeMention(*match.span(), match[0], year, moment)


def _bare_mention(match: re.Match[str]) -> TimeMention:
    return TimeMention(*match.span(), match[0], int(match[1]), None)


def _drop_trapped(
    text: str, mentions: list[TimeMention], vocabulary: Vocabulary
) -> list[TimeMention]:
    """Leave out the first time after each word that gives it to something else."""
    left = list(mentions)
    for hit in phrase_book(vocabulary, "time_traps").find(text):
        after = [m for m in left if 0 <= m.start - hit.end <= _TRAP_REACH]
        between = text[hit.end : after[0].start] if after else ""
        if _WHOLE.match(between):
            continue
        if not after or _ENDS.search(between) or _FIGURE.search(between):
            continue
        if not _is_figures_own(text, hit, after[0]):
            left.remove(after[0])
    return left


def _is_figures_own(text: str, trap: Hit, mention: TimeMention) -> bool:
    """Whether a time after a trap is the figures' own all the same.

    A base of comparison has moments too ('so với cuối năm 2020'); a standard has none,
    and its period rather than a year: what a comma parts from it is said anew.
    """
    if trap.row["kind"] == "base":
        return _FIGURES_OF.match(text, mention.end) is not None
    if _MOMENT_OPENS.search(text[: mention.start]):
        return True
    is_bare = mention.year_to is None and mention.as_of is None
    if trap.row["kind"] != "standard" or mention.year_to is not None:
        # 'Kinh phí thực hiện chương trình giảm nghèo năm 2014 là 1.584 tỷ đồng'.
        return is_bare and _IS.match(text, mention.end) is not None
    parted = "," in text[trap.end : mention.start]
    return parted or _STATED.match(text, mention.end) is not None


def _join_moments(
    text: str, years: list[TimeMention], vocabulary: Vocabulary
) -> tuple[TimeMention, ...]:
    """Give each year the moment that the word before it names."""
    joined: list[TimeMention] = []
    rest = list(years)
    for hit in phrase_book(vocabulary, "times").find(text):
        moment = AsOf(hit.row["as_of"])
        year = next((m for m in rest if _stands_right_after(text, hit.end, m)), None)
        if year is not None:
            rest.remove(year)
            joined.append(_with_moment(text, hit.start, moment, year))
        elif _says_year_itself(hit.phrase) and not _is_compared(text, hit.start):
            joined.append(
                TimeMention(hit.start, hit.end, text[hit.start : hit.end], None, moment)
            )
    return tuple(sorted([*joined, *rest], key=lambda mention: mention.start))


def _is_compared(text: str, start: int) -> bool:
    """Whether a moment is only a base of comparison: 'so với đầu năm'."""
    return _COMPARED.search(text[max(0, start - 30) : start]) is not None


def _with_moment(text: str, start: int, moment: AsOf, year: TimeMention) -> TimeMention:
    if year.as_of is not None:
        moment = year.as_of
    return TimeMention(
        start, year.end, text[start : year.end], year.year, moment, year.year_to
    )


def _stands_right_after(text: str, end: int, mention: TimeMention) -> bool:
    between = one_spelling(text[end : mention.start])
    return mention.start >= end and between.strip(" ,.(") in ("", "năm", "ngày")


def _says_year_itself(phrase: str) -> bool:
    """Whether a moment means the planned year where no year is printed."""
    return phrase.endswith(("năm", "kỳ", "giai đoạn")) and phrase != "đến năm"
