"""The figures of one sentence and the words between them, as places in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.numbers.quantities import Quantity
from parsers.prose.meaning import Meaning, find_concepts
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
    r"\s*(?:trên\s|của\s|trong\s|so\s(?:với\s)?|/)?(?:tổng\ssố\s|tổng\s|số\s)?hộ"
    r"(?:\s(?:dân\scư|dân|gia\sđình|toàn))?(?!\s(?:cận\s)?nghèo|\s\w+\sthiểu\ssố)",
    re.IGNORECASE,
)
GROUP_WHOLE = re.compile(
    r"\s*(?:trên|của|trong|so\svới|so|/)?\s?(?:tổng\s)?(?:số\s)?hộ(?:\sdân)?\s"
    r"(?!(?:cận\s)?nghèo|dân\scư|toàn|gia\sđình|trên)",
    re.IGNORECASE,
)
"""All households of a group: 'tổng số hộ dân tộc thiểu số'."""
_AT_ONCE = re.compile(r"\s?,")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_THEIR = re.compile(r"\s*(?:,|/|-|\(|với|và|có)\s*(?:(?:tổng\s)?số\s|khoảng\s)?")
_WHEN = re.compile(
    r"(?<!\w)(?:(?:vào|đến|trong|cho|của)\s)?(?:(?:cuối|đầu|hết)\s)?năm\s\d{4}(?!\d)",
    re.IGNORECASE,
)
"""A time after a rate is not what it speaks of: 'và dưới 5% vào cuối năm 2025'."""
UNIT_HAS = re.compile(
    r"(?:^|,\s|\btrên\sđịa\sbàn\s)\W*"
    r"(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|thôn|bản)\s"
    r"(?:[^\W\d_]+\s){0,4}?(?:(?:(?:cuối|đầu|hết)\s)?năm\s\d{4}\s)?"
    r"(?:gồm\s|hiện\s)?có\s",
    re.IGNORECASE,
)
"""'Huyện có 22 xã với 38.210 hộ' speaks of all its households."""
_RESPECTIVELY = re.compile(r"(?<!\w)lần lượt(?:\s(?:là|đạt|còn|chiếm))*\s+$", re.I)
_JOINS = re.compile(
    r"\s(?:và|nhưng|song|đồng thời|nhưng đồng thời|cùng với)\s", re.IGNORECASE
)
_COORDINATED = re.compile(
    r"\s?(?:số\s)?(?:hộ\s)?(?:cận\s)?nghèo(?:\s(?:dân tộc thiểu số|DTTS))?\s?"
    r"(?:và|cùng)\s(?:(?:từ|trên|hơn|gần|khoảng|ít nhất|tối thiểu)\s)*",
    re.IGNORECASE,
)
_POOR_NOUN = re.compile(
    r"\s?(?:số\s)?(?:hộ\s)?(?:cận\s)?nghèo(?:\s(?:dân tộc thiểu số|DTTS))?\s",
    re.IGNORECASE,
)
_NAME_AND_FIGURE = re.compile(r";[^;:\d]*:\s*\d")
_WHOSE_ONLY = re.compile(
    r"(?:\s(?:hộ\s)?nghèo)?\s*[,;]?\s*(?:và\s)?(?:(?:tỷ|tỉ)\slệ\s)?"
    r"(?:(?:số\s)?hộ\scận\snghèo\s)?"
    r"(?:(?:từ|trên|hơn|khoảng|ít nhất|tối thiểu)\s)*",
    re.IGNORECASE,
)
_ENDS_SHARE = re.compile(r"[;)]|\.\s")
_WHOLE_BEFORE = re.compile(
    r"so\svới\s(?:tổng\s(?:số\s)?)?$|(?:trên|trong)\stổng\s(?:số\s)?$", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
THE_REST = re.compile(r"\bcòn lại\b", re.IGNORECASE)
"""'còn lại 220 hộ' are none of those told before them."""
_AND = re.compile(r"\s*(?:,|và|,\s*và)\s*", re.IGNORECASE)
_REMAINS = re.compile(
    r"(?<!\w)còn(?:\slại)?(?:\s(?:là|có|khoảng|trên|dưới))?\s+$"
    r"|(?<!\w)(?:cuối|đầu|hết)\snăm(?:\s\d{4})?\s(?:[^\W\d_]+\s){0,3}?(?:có|là)\s+$",
    re.IGNORECASE,
)
DELIMITER = re.compile(
    r"[;()]|\.\s|:\s|,(?!\s(?:hộ\s)?(?:cận\snghèo|mới\sthoát\s))"
    r"|\sthì\s(?=(?:đến|tới|hết|cuối|năm|sang)\s)"
)
"""Ends a figure's words; the comma of 'hộ nghèo, cận nghèo được hỗ trợ' does not.

'Nếu năm 2021 có … thì đến năm 2024 …' are two clauses.
"""
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

    def counts_unit(self, n: int, before: str) -> bool:
        """Whether a clause counts a unit's households: 'Huyện A có 3.416 hộ, gồm …'."""
        is_bare = self.quantities[n].text.endswith("hộ") and self.ends_at_once(n)
        return is_bare and UNIT_HAS.search(before) is not None

    def respective(self, n: int) -> int:
        """Return how many figures 'lần lượt' pairs with those before, 0 for none.

        'A hộ nghèo và B hộ cận nghèo, tỷ lệ lần lượt là 1,85% và 3,69%'.
        """
        if _RESPECTIVELY.search(self.between(n)) is None:
            return 0
        run = 1
        while n + run < len(self.quantities) and _AND.fullmatch(self.between(n + run)):
            run += 1
        return run if run > 1 else 0

    def goes_on_falling(self, n: int, own: Meaning, last: Meaning) -> bool:
        """Whether a change goes on: 'giảm tỷ lệ hộ nghèo 6%; hộ cận nghèo 1,3%'.

        Nothing but whose rate it is stands before the figure.
        """
        quantity, before = self.quantities[n], self.quantities[:n]
        same = [q for q in before if q.unit == quantity.unit and not q.base]
        if not same or same[-1].change != "down":
            return False
        if "poor" not in last.concepts or "near_poor" not in own.concepts:
            return False
        between = _ASIDE.sub("", self.text[same[-1].end : quantity.start])
        return _WHOSE_ONLY.fullmatch(between) is not None

    def is_whole_of_share(self, n: int) -> bool:
        """Whether a share is of a count: 'chiếm 6,74% so với 176.822 hộ dân'."""
        follows_rate = n > 0 and self.quantities[n - 1].unit == "percent"
        return follows_rate and _WHOLE_BEFORE.search(self.between(n)) is not None

    def shared_tail(self, n: int) -> str:
        """Return the words after the next figure that are said of this one as well.

        '6 hộ nghèo và 23 hộ cận nghèo phát sinh mới'.
        """
        if n + 1 >= len(self.quantities):
            return ""
        following = self.quantities[n + 1]
        same = following.unit == self.quantities[n].unit
        if not same or _COORDINATED.fullmatch(self.between(n + 1)) is None:
            return ""
        tail = self.text[following.end : self.next_start(n + 1)]
        noun = _POOR_NOUN.match(tail)
        return DELIMITER.split(tail[noun.end() :])[0].rstrip(" .") if noun else ""

    def remains(self, n: int) -> bool:
        """Whether a figure is what is left or stands: '…, phát sinh 15, còn 345 hộ'."""
        quantity = self.quantities[n]
        near = self.text[max(self.sentence[0], quantity.start - 60) : quantity.start]
        return quantity.unit == "household" and _REMAINS.search(near) is not None

    def find_label(self) -> str:
        """Return the words before a colon that all figures stand under."""
        if not self.quantities:
            return ""
        before = self.text[self.sentence[0] : self.quantities[0].start]
        cut = before.find(":")
        if cut < 0 or before[:cut].count("(") > before[:cut].count(")"):
            return ""
        rest = self.text[self.quantities[0].end : self.sentence[1]]
        if not before[cut + 1 :].strip() and _NAME_AND_FIGURE.search(rest):
            return ""  # 'tổng số hộ: 19.051 hộ; hộ nghèo: 726 hộ' are names and figures
        return _ASIDE.sub("", before[:cut])

    def near_end(self, n: int) -> int:
        """Return the end of the words right after a figure."""
        quantity = self.quantities[n]
        stop = self.next_start(n)
        if self.names_next_whole(n) or self.ends_at_once(n):
            return quantity.end
        found = DELIMITER.search(self.text, quantity.end, stop)
        if found is None:
            found = _NEXT_SUBJECT.search(self.text[:stop], quantity.end)
        if found is None and self.shares_with_next(n):
            between = self.text[quantity.end : stop]
            hits = words_of("share", self.vocabulary).find(between)
            return self.trimmed(quantity.end, quantity.end + hits[-1].start)
        if found is None and stop < self.sentence[1]:
            stop = self._joined(quantity.end, stop)
        return self.trimmed(quantity.end, found.start() if found else stop)

    def _joined(self, start: int, stop: int) -> int:
        """Return where 'và' opens the words of the next figure, else ``stop``.

        '278 hộ thoát nghèo và phát sinh mới 20 hộ nghèo' are two statements.
        """
        opens = [match.start() for match in _JOINS.finditer(self.text, start, stop)]
        for at in reversed(opens):
            words = self.text[at:stop]
            hits = find_concepts(words, self.vocabulary)
            if any(hit.row["concepts"] for hit in hits) or self.is_share(words):
                return at
        return stop

    def ends_at_once(self, n: int) -> bool:
        """Whether a comma stands right after a figure: what follows is not its own."""
        return _AT_ONCE.match(self.text, self.quantities[n].end) is not None

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
        between = self.between(n + 1)
        if _ENDS_SHARE.search(between):
            return False
        return self.quantities[n + 1].unit == "percent" and self.is_share(between)
