"""Numbers that count nothing: dates, papers' numbers, items, labels, telephones."""

from __future__ import annotations

import re

from parsers.dates.dates import find_date_doubts, find_dates, find_periods, find_years
from parsers.numbers.quantity_grammar import HIDDEN, Grammar

_WIDE_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_PAPER_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,5}[a-z]?\s?(?:/\s?\d{4}\s?)?"
    r"(?:/\s?(?=[A-ZĐ])[\wĐđƯư&.\-]{1,24}(?:/[A-ZĐ][\wĐđƯư]{0,11})?"
    r"|-\s?[A-ZĐ][A-Za-zĐđ]{1,5}\s?/\s?[A-ZĐ][\wĐđƯư]{0,11}|-[A-ZĐ]{2,6}-[\wĐđ]{1,9})"
)
# '2.3.10. Phòng …', '1) …', '3.1 Nhóm …': an item's own number.
_ITEM_NUMBER = re.compile(
    r"[^\w%+\-]{0,6}(?:\d{1,2}(?:\.\d{1,2}){0,5}[.)](?=\s)"
    r"|\d{1,2}(?:\.\d{1,2}){1,5}(?=\s{1,3}(?P<next>[^\W\d_])))"
)
_PHONE = re.compile(r"(?<![\w.,])0\d{2,4}[ .]?\d{3}[ .]?\d{3,4}(?![\w])")
_LISTED = re.compile(r"[,;]\s|và")
_NAME_NEXT = re.compile(r"\s(?P<word>[^\W\d_]+)")
_YEAR_WORD = re.compile(r"năm\s{0,3}$", re.IGNORECASE)


def hide_names(text: str, grammar: Grammar) -> str:
    """Return the text with every number hidden that counts or measures nothing.

    Dates, periods, years, papers' numbers, items' own numbers, telephone numbers, and
    numbers that are names ('Điều 2', 'biểu số 01, 02', 'công nghiệp 4.0'). Each letter
    keeps its place.
    """
    hidden = list(_WIDE_SPACE.sub(" ", text))
    _hide_times(hidden, text, grammar)
    _hide_papers(hidden, text)
    for match in grammar.labels.finditer("".join(hidden)):
        if match["list"]:
            _hide(hidden, *match.span("list"))
    shown = "".join(hidden)
    for match in grammar.bare_labels.finditer(shown):
        if not _counts_after_label(shown, match, grammar):
            _hide(hidden, *match.span("list"))
    return "".join(hidden)


def _counts_after_label(shown: str, label: re.Match[str], grammar: Grammar) -> bool:
    """Whether 'số 49 hộ' counts after all, and 'tổ 5 phường Bắc Sơn' does not.

    An abbreviation is no name of a place: 'cấp 3.210 thẻ BHYT' counts.
    """
    unit = grammar.known_unit.match(shown, label.end())
    if unit is None or _LISTED.search(label["list"]):
        return False
    place = _NAME_NEXT.match(shown, unit.end())
    if place is None or not place["word"][0].isupper():
        return True
    return len(place["word"]) > 1 and place["word"].isupper()


def _hide_times(hidden: list[str], text: str, grammar: Grammar) -> None:
    for finder in (find_dates, find_date_doubts, find_periods):
        for mention in finder(text):
            _hide(hidden, mention.start, mention.end)
    for year in find_years(text):
        before = text[max(0, year.start - 8) : year.start]
        counts = grammar.known_unit.match(text, year.end)
        if counts is None or _YEAR_WORD.search(before):
            _hide(hidden, year.start, year.end)


def _hide_papers(hidden: list[str], text: str) -> None:
    item = _ITEM_NUMBER.match(text)
    if item is not None and (item["next"] is None or item["next"].isupper()):
        _hide(hidden, *item.span())
    for pattern in (_PAPER_NUMBER, _PHONE):
        for match in pattern.finditer("".join(hidden)):
            _hide(hidden, *match.span())


def _hide(letters: list[str], start: int, end: int) -> None:
    letters[start:end] = HIDDEN * (end - start)
