"""When a task is due and how often: 'trước ngày 25/6', 'định kỳ 6 tháng'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from parsers.dates.dates import DateMention, find_dates
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What a task's text says about when it is due.

    ``dates`` are 'YYYY-MM-DD', or 'MM-DD' where no year is printed. ``text`` holds
    every deadline as printed, joined by '; ', also those that are no date (a quarter,
    a month); None if there is none. ``spans`` are their places in the text.
    """

    dates: tuple[str, ...]
    text: str | None
    spans: tuple[tuple[int, int], ...] = ()


_MOST_BEFORE = 60
"""Letters before a date in which its cue is looked for."""
_SOFT = (
    # The 25th of each month, or of a quarter's last month: no date, yet a deadline.
    r"ngày\s(?:\d{1,2}|cuối cùng)\s(?:của\s)?(?:(?:hằng|hàng|mỗi)\stháng"
    r"|tháng\s(?:cuối|đầu)(?:\s(?:của|mỗi|hằng|hàng))*\squý"
    r"|tháng\s(?:sau|kế tiếp|tiếp theo|báo cáo))",
    r"quý\s(?:IV|I{1,3}|[1-4])(?!\w)(?:\s(?:hằng|hàng)\snăm)?",
    r"tháng\s(?:1[0-2]|0?[1-9])(?![\d/])(?:\s(?:hằng|hàng)\snăm)?",
    # 'hằng tháng báo cáo trước ngày 20': the month is each one.
    r"(?<=trước\s)ngày\s(?:[12]?\d|3[01])(?![\d/]|\.\d|\s*(?:tháng|/|đến|làm))",
)
_SOFT_TIME = re.compile("|".join(_SOFT), re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|và|hoặc)\s*", re.IGNORECASE)
_YEARLY = re.compile(r"\s+(?:hằng|hàng|mỗi)\s+năm", re.IGNORECASE)
_DATED = re.compile(r"(?:\d{4}-)?\d\d-\d\d")
_RANK = ("monthly", "quarterly", "semiannual", "annual")


def find_deadlines(text: str, vocabulary: Vocabulary) -> Deadlines:
    """Return when a task is due, from one task's text (NFC).

    A date is a deadline after a cue ('trước', 'chậm nhất', 'xong' …), or after
    another deadline joined by 'và' or a comma.

    Args:
        text: The task.
        vocabulary: Its 'deadline_cues' and 'deadline_fillers'.
    """
    dates: list[str] = []
    spans: list[tuple[int, int]] = []
    for time in _times(text):
        start = _cue_start(text, time, spans, vocabulary)
        if start is None:
            continue
        yearly = _YEARLY.match(text, time.end)
        spans.append((start, yearly.end() if yearly else time.end))
        if _DATED.fullmatch(time.iso) and time.iso not in dates:
            dates.append(time.iso)
    said = "; ".join(text[a:b] for a, b in spans)
    return Deadlines(tuple(dates), said or None, tuple(spans))


def _times(text: str) -> Iterator[DateMention]:
    """Dates, and what is no date but tells when, without overlaps and in order."""
    found = list(find_dates(text))
    taken = [(d.start, d.end) for d in found]
    for match in _SOFT_TIME.finditer(text):
        start, end = match.span()
        inside = any(start < b and a < end for a, b in taken)
        if not inside:
            found.append(DateMention(start, end, match.group(0), ""))
        elif "tháng" in match.group(0) and match.group(0).lower().startswith("ngày"):
            found = [d for d in found if d.end <= start or d.start >= end]
            found.append(DateMention(start, end, match.group(0), ""))
    return iter(sorted(found, key=lambda d: d.start))


def _cue_start(
    text: str,
    time: DateMention,
    spans: list[tuple[int, int]],
    vocabulary: Vocabulary,
) -> int | None:
    """Return where the deadline's words begin, or None if the time is no deadline."""
    if spans and _AND.fullmatch(text, spans[-1][1], time.start):
        return time.start
    low = max(0, time.start - _MOST_BEFORE)
    match = _cues(vocabulary).search(text[low : time.start])
    return None if match is None else low + match.start("cue")


@lru_cache(maxsize=8)
def _cues(vocabulary: Vocabulary) -> re.Pattern[str]:
    cues = _any_of(vocabulary, "deadline_cues")
    fillers = _any_of(vocabulary, "deadline_fillers")
    return re.compile(
        rf"(?<!\w)(?P<cue>{cues})(?:\s+(?:{fillers})(?!\w)|\s*[:(])*\s*$",
        re.IGNORECASE,
    )


def _any_of(vocabulary: Vocabulary, name: str) -> str:
    phrases = sorted((r["phrase"] for r in vocabulary.rows(name)), key=len)
    spaced = (r"\s+".join(map(re.escape, p.split())) for p in reversed(phrases))
    return "|".join(spaced)


def find_recurrence(text: str, vocabulary: Vocabulary) -> str | None:
    """Return how often a task comes back: monthly, quarterly, semiannual, annual.

    Of several the shortest stands (the contract). A duration ('trong 6 tháng') is no
    recurrence.

    Args:
        text: One task's text.
        vocabulary: Its 'recurrences' are phrases without punctuation.
    """
    words = re.sub(r"[^\w]+", " ", one_spelling(text))
    phrases, pattern = _recurrences(vocabulary)
    hits = [(m.start(1), m.end(1), m.group(1)) for m in pattern.finditer(words)]
    said = {
        phrases[phrase]
        for start, end, phrase in hits
        # 'Tháng một lần' is only a part of '6 tháng một lần'.
        if not any(a < start and end <= b for a, b, _ in hits)
    }
    return next((r for r in _RANK if r in said), None)


@lru_cache(maxsize=8)
def _recurrences(vocabulary: Vocabulary) -> tuple[Mapping[str, str], re.Pattern[str]]:
    phrases = {
        one_spelling(row["phrase"]): row["recurrence"]
        for row in vocabulary.rows("recurrences")
    }
    longest_first = sorted(phrases, key=len, reverse=True)
    # Looking ahead lets phrases overlap: 'định kỳ quý, 6 tháng' holds two.
    either = "|".join(map(re.escape, longest_first))
    return phrases, re.compile(rf"(?<!\w)(?=({either})(?!\w))")
