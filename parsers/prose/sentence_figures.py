"""The figures of one sentence and the words between them, as places in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.numbers.quantities import Quantity
from parsers.prose.word_books import words_of
from parsers.sentences import Span
from parsers.vocabulary import Vocabulary

_TRAILING = re.compile(
    r"(?:[\s,:(\-–]|\bvà\b|\btrong đó\b|\bcó\b"
    r"|\b(?:với\s)?(?:tổng\s)?(?:trị giá|kinh phí|số tiền)(?:\slà)?\b)+$",
    re.IGNORECASE,
)
"""Words at the end of a figure's own that lead to the next one."""
SHARE_WHOLE = re.compile(
    r"\s*(?:trên\s|của\s|trong\s|so\svới\s|/)?(?:tổng\ssố\s|tổng\s|số\s)?hộ"
    r"(?:\s(?:dân\scư|dân|gia\sđình|toàn))?(?!\s(?:cận\s)?nghèo|\s\w+\sthiểu\ssố)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_THEIR = re.compile(r"\s*(?:,|/|-|\(|với|và|có)\s*(?:(?:tổng\s)?số\s|khoảng\s)?")
_WHEN = re.compile(
    r"(?<!\w)(?:(?:vào|đến|trong|cho|của)\s)?(?:(?:cuối|đầu|hết)\s)?năm\s\d{4}(?!\d)",
    re.IGNORECASE,
)
"""A time after a rate is not what it speaks of: 'và dưới 5% vào cuối năm 2025'."""
_REMAINS = re.compile(
    r"(?<!\w)còn(?:\slại)?(?:\s(?:là|có|khoảng|trên|dưới))?\s+$", re.IGNORECASE
)
DELIMITER = re.compile(r"[;()]|\.\s|:\s|,(?!\s(?:hộ\s)?(?:cận\snghèo|mới\sthoát\s))")
"""Ends a figure's words; the comma of 'hộ nghèo, cận nghèo được hỗ trợ' does not."""
_NEXT_SUBJECT = re.compile(
    r"(?:,|\svà)\s(?:số\s)?(?:hộ\s)?(?:cận\snghèo|mới\sthoát\s(?:cận\s)?nghèo)"
    r"(?:\s(?:là|có|còn|gồm|giảm|khoảng|trên|dưới|hiện))*\s*:?\s*$",
    re.IGNORECASE,
)
"""The comma of 'hộ nghèo 2.150 hộ, hộ cận nghèo 1.020 hộ' does end them, as 'và'."""


@dataclass(frozen=True, slots=True)
class SentenceFigures:
    """A sentence of ``text`` with its quantities; ``n`` counts them from 0."""

    text: str
    sentence: Span
    quantities: tuple[Quantity, ...]
    vocabulary: Vocabulary

    def between(self, n: int) -> str:
        """Return what stands between the figure before and this one."""
        start = self.quantities[n - 1].end if n else self.sentence[0]
        return self.text[start : self.quantities[n].start]

    def leaves_bracket(self, n: int) -> bool:
        """Whether the figure before stands in a bracket that is closed by now.

        The 2,3% of 'còn 345 hộ (giảm 105 hộ), tỷ lệ 2,3%' is the rate of the 345.
        """
        between = self.between(n)
        return between.count(")") > between.count("(")

    def tells_people(self, n: int) -> bool:
        """Whether a figure is of the people of the households right before it."""
        if not n or self.quantities[n].unit != "person":
            return False
        is_of = self.quantities[n - 1].unit == "household"
        return is_of and _THEIR.fullmatch(self.between(n)) is not None

    def remains(self, n: int) -> bool:
        """Whether 'còn' makes a figure what is left: '…, phát sinh 15, còn 345 hộ'."""
        quantity = self.quantities[n]
        near = self.text[max(self.sentence[0], quantity.start - 20) : quantity.start]
        return quantity.unit == "household" and _REMAINS.search(near) is not None

    def find_label(self) -> str:
        """Return the words before a colon that all figures stand under."""
        if not self.quantities:
            return ""
        before = self.text[self.sentence[0] : self.quantities[0].start]
        cut = before.find(":")
        if cut < 0 or before[:cut].count("(") > before[:cut].count(")"):
            return ""
        return before[:cut]

    def near_end(self, n: int) -> int:
        """Return the end of the words right after a figure."""
        quantity = self.quantities[n]
        stop = self.next_start(n)
        if self.names_next_whole(n):
            return quantity.end
        found = DELIMITER.search(self.text, quantity.end, stop)
        if found is None:
            found = _NEXT_SUBJECT.search(self.text[:stop], quantity.end)
        if found is None and self.shares_with_next(n):
            between = self.text[quantity.end : stop]
            hits = words_of("share", self.vocabulary).find(between)
            return self.trimmed(quantity.end, quantity.end + hits[-1].start)
        return self.trimmed(quantity.end, found.start() if found else stop)

    def names_next_whole(self, n: int) -> bool:
        """Whether the words after a share name the whole printed in brackets after it.

        'chiếm 10,12% tổng số hộ toàn tỉnh (199.345 hộ)'.
        """
        quantity = self.quantities[n]
        if n + 1 >= len(self.quantities) or quantity.unit != "percent":
            return False
        between = self.text[quantity.end : self.quantities[n + 1].start]
        if self.quantities[n + 1].unit != "household" or between.rstrip()[-1:] != "(":
            return False
        return SHARE_WHOLE.match(self.text, quantity.end) is not None

    def next_start(self, n: int) -> int:
        """Return where the next figure begins, or else where the sentence ends."""
        if n + 1 < len(self.quantities):
            return self.quantities[n + 1].start
        return self.sentence[1]

    def trimmed(self, start: int, end: int) -> int:
        """Return the end of a stretch without the joining words that it ends with."""
        piece = self.text[start:end]
        return start + len(_TRAILING.sub("", piece))

    def is_share(self, before: str) -> bool:
        """Whether the words before a percentage relate it to what comes after."""
        return bool(words_of("share", self.vocabulary).find(before))

    def opens(self, n: int, before: str, end: int) -> bool:
        """Whether a rate opens its clause and speaks of what follows it, not before."""
        quantity = self.quantities[n]
        if quantity.unit != "percent" or _LETTERS.search(before):
            return False
        return _LETTERS.search(_WHEN.sub("", self.text[quantity.end : end])) is not None

    def shares_with_next(self, n: int) -> bool:
        """Whether the next figure is the rate of this one: '112 hộ chiếm 33%'."""
        if n + 1 >= len(self.quantities) or self.quantities[n].unit == "percent":
            return False
        between = self.text[self.quantities[n].end : self.quantities[n + 1].start]
        return self.quantities[n + 1].unit == "percent" and self.is_share(between)
