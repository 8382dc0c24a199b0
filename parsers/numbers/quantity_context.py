"""What the words before and after a figure say of it: bounds, change, per, base."""

from __future__ import annotations

import re
from decimal import Decimal
from math import gcd

from parsers.numbers.quantity_grammar import Grammar, key
from parsers.records import Comparator

_CLAUSE = 90
"""Letters before a figure that can still speak of it."""
_CLAUSE_END = re.compile(r"[;()\n]|[.:]\s")
_REACH = 250
"""Letters before a change in which the rate that falls is told, brackets and all."""
_ASIDE = re.compile(r"\([^()]*\)")
_SENTENCE_END = re.compile(r"[;\n]|\.\s")
_AND_BEFORE = re.compile(r"[^\d,;.()]{0,25}\svà\s+$", re.IGNORECASE)
_LISTED_NEXT = re.compile(r"\s?,\s+$")
_NOUN_ONLY = re.compile(
    r"\s?(?:tỷ\slệ\s)?(?:số\s)?(?:hộ\s)?(?:cận\s)?nghèo"
    r"(?:\s(?:dân tộc thiểu số|DTTS))?(?:\stheo\schuẩn[^\d,;.()]*)?"
    r"\s*(?:[,;.()]|$|\svà\s)",
    re.IGNORECASE,
)
_NOT_OVER = re.compile(
    r"(?<!\w)(?:không|chưa)\s(?:[^\W\d_]+\s){0,6}quá\s+$", re.IGNORECASE
)
_FOR_EACH = re.compile(
    r"(?<!\w)mỗi\s(?P<what>hộ(?:\sgia\sđình)?|người|khẩu|nhân\skhẩu|nhà|căn|mô hình|xã"
    r"|phường|lao động)\s(?:[^\W\d_]+\s){0,5}$",
    re.IGNORECASE,
)
_COLON = re.compile(r"[:=]\s*$")
_FROM = re.compile(
    r"(?<!\w)từ\s+(?:(?:mức|trên|hơn|gần|khoảng|dưới)\s+){0,2}$", re.IGNORECASE
)
_TO = re.compile(
    r"(?:\([^()]{0,40}\)|(?!\.\s|\strở\s)[^;()]){0,60}?(?<!\w)"
    r"(?:xuống|lên|còn(?!\slại))(?!\w)",
    re.IGNORECASE,
)
_FOLD = re.compile(r"(?<!\w)gấp\s", re.IGNORECASE)
_MINUS = re.compile(r"[(:=]\s?[-\u2212]$")
_SHARE_OF = re.compile(r"\s?(?:tổng\s)?số\s", re.IGNORECASE)
_COMPARED = re.compile(r"[^\d.;()]{0,40}?so với(?!\w)", re.IGNORECASE)
_DIFFERS = re.compile(
    r"(?<!\w)(?:cao|thấp|nhiều|ít|lớn|nhỏ|kém|nhanh|chậm)\shơn\s+$", re.IGNORECASE
)
_LOWER = re.compile(r"(?<!\w)(?:thấp|ít)\shơn\s+$", re.IGNORECASE)
_THAN_BEFORE = re.compile(
    r"[^\d.;()]{0,20}?so\s(?:với\s)?(?:(?:cuối|đầu)\s)?(?:năm|cùng kỳ|kỳ trước)(?!\w)",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\sđiểm\s", re.IGNORECASE)
_RATE_WORD = re.compile(r"(?:tỷ|tỉ)\s(?:lệ|trọng)", re.IGNORECASE)

_UNIT_ABOVE = re.compile(r"\(\s?(?P<unit>[^()]{1,20}?)\s?\)\s?[:=]\s?$")
_UNIT_REACH = 30
_COUNTED_ABOVE = re.compile(
    r"(?<!\w)số\s(?P<unit>hộ|nhân khẩu|khẩu|người)(?:\s[^\W\d_]+){0,4}"
    r"(?:\s?[:=]|\s(?:là|còn))\s?$",
    re.IGNORECASE,
)
_COUNTED_REACH = 60
"""'số hộ nghèo: 4.417; số hộ cận nghèo: 1.906' are households."""
_SMALL_SHARE = re.compile(r"[1-9]\s?/\s?(?:[1-9]|10)")
_NUMBER_OF = re.compile(r"\s(?:tổng\s)?số\s", re.IGNORECASE)
PLACES = frozenset(
    {
        "commune", "huyện", "tỉnh", "thôn", "bản", "ấp", "buôn", "làng", "xóm",
        "khu phố", "khối phố", "tổ dân phố",
    }
)  # fmt: skip
"""Units of what something happens in: 'trên 7 xã' is in seven communes."""
_ON = re.compile(r"(?<!\w)trên\s+$", re.IGNORECASE)
_ROUND = Decimal(10)


def clause_before(shown: str, start: int) -> str:
    """Return what stands before a place within its own clause."""
    window = shown[max(0, start - _CLAUSE) : start]
    ends = [m.end() for m in _CLAUSE_END.finditer(window)]
    return window[ends[-1] :] if ends else window


def _since_last_digit(clause: str) -> str:
    digits = [i for i, letter in enumerate(clause) if letter.isdigit()]
    return clause[digits[-1] + 1 :] if digits else clause


def find_comparator(
    shown: str, start: int, end: int, grammar: Grammar
) -> tuple[Comparator, int]:
    """Return how a figure is bounded, and where it ends with a 'trở lên' after it."""
    after = grammar.after.match(shown, end)
    if after is not None:
        stop = after.end() if after.start("word") - end <= 1 else end
        return grammar.comparators[key(after["word"])], stop
    near = shown[max(0, start - 40) : start]
    before = grammar.before.search(near)
    if before is None:
        is_bound = _NOT_OVER.search(near) is not None
        return Comparator.LE if is_bound else Comparator.EQ, end
    return grammar.comparators[key(before["word"])], end


def find_change(shown: str, start: int, grammar: Grammar) -> str | None:
    """Return 'down' or 'up' where the figure says by how much something changes.

    'giảm xuống còn 3%' is a level, and 'giảm nghèo' is no change of a figure.
    """
    near = _since_last_digit(clause_before(shown, start))
    words = list(grammar.change_words.finditer(near))
    if not words:
        return None
    role = grammar.changes[key(words[-1]["word"])]
    return role if role in ("down", "up") else None


def find_per(
    shown: str, start: int, change: str | None, grammar: Grammar
) -> str | None:
    """Return the time that a figure is for, from words before it: 'mỗi năm …'."""
    clause = clause_before(shown, start)
    near = _since_last_digit(clause)
    for match in grammar.average_words.finditer(clause):
        per, needs = grammar.averages[key(match["word"])]
        if not per:
            return None  # 'bình quân chung toàn huyện' is of places, not of years
        is_near = match.start() >= len(clause) - len(near)
        if needs == "clause" or (change is not None and is_near):
            return per
    return None


def find_each(shown: str, start: int, grammar: Grammar) -> str | None:
    """Return what an amount is for one of, from words before it: 'mỗi hộ 10 triệu'."""
    match = _FOR_EACH.search(shown[max(0, start - 60) : start])
    if match is None:
        return None
    what, code = grammar.pers.get(key(match["what"]), ("", ""))
    return code if what == "each" else None


def continues(shown: str, last_end: int, start: int, end: int) -> bool:
    """Whether a figure only goes on: 'giảm 90 hộ nghèo và 20 hộ …'.

    After a comma it does where nothing but the noun follows: 'giảm 90 hộ nghèo, 20 hộ
    cận nghèo', for 'giảm 90 hộ nghèo, 20 hộ được vay vốn' is about two things.
    """
    if start - last_end > 30:
        return False
    if _AND_BEFORE.fullmatch(shown, last_end, start):
        return True
    comma = _LISTED_NEXT.search(shown[last_end:start])
    if comma is None or any(
        c in ",;.()" for c in shown[last_end : last_end + comma.start()]
    ):
        return False
    return _NOUN_ONLY.match(shown, end) is not None


def is_lower_than_before(shown: str, start: int, end: int) -> bool:
    """Whether a figure is lower than at another time: 'thấp hơn 1,9% so với năm 2021'.

    That is a fall, where 'thấp hơn … so với bình quân' tells two places apart.
    """
    lower = _LOWER.search(shown[max(0, start - 20) : start]) is not None
    return lower and _THAN_BEFORE.match(shown, end) is not None


def is_difference(shown: str, start: int, end: int) -> bool:
    """Whether a figure tells two others apart: 'cao hơn 3,2% so với bình quân'.

    Points ('cao hơn 3,2 điểm phần trăm') need nothing beside them to do so.
    """
    if _DIFFERS.search(shown[max(0, start - 20) : start]) is None:
        return False
    in_points = _POINTS.search(shown, start, end) is not None
    return in_points or _COMPARED.match(shown, end) is not None


def has_cue(shown: str, start: int, grammar: Grammar) -> bool:
    """Whether the words before say that a bare number is a figure."""
    before = shown[max(0, start - 40) : start]
    if _COLON.search(before) or grammar.before.search(before):
        return True
    words = list(grammar.change_words.finditer(before))
    return bool(words) and not before[words[-1].end() :].strip()


def unit_before(shown: str, start: int) -> re.Match[str] | None:
    """Find the unit that the words before a bare number name, in its group 'unit'."""
    above = _UNIT_ABOVE.search(shown, max(0, start - _UNIT_REACH), start)
    reach = max(0, start - _COUNTED_REACH)
    return above or _COUNTED_ABOVE.search(shown, reach, start)


def is_base(shown: str, start: int, end: int) -> bool:
    """Whether a change starts from this figure: 'từ 48,14% … xuống …'."""
    before = shown[max(0, start - 24) : start]
    return _FROM.search(before) is not None and _TO.match(shown, end) is not None


def is_negative(shown: str, start: int) -> bool:
    """Whether a minus is printed: '(-0,25%)'.

    Before other figures a dash joins or opens an item.
    """
    return _MINUS.search(shown[max(0, start - 4) : start]) is not None


def is_fold(shown: str, start: int) -> bool:
    """Whether 'lần' multiplies ('gấp 2 lần'), and does not only count ('2 lần/năm')."""
    return _FOLD.search(_since_last_digit(clause_before(shown, start))) is not None


def is_relative(shown: str, start: int, end: int) -> bool:
    """Whether a percentage of change is a share of the earlier value.

    'giảm 20% số hộ nghèo' is; of a rate ('tỷ lệ … giảm 1,2% so với …', 'giảm 0,5% tỷ
    lệ …') the figure is in points.
    """
    if _SHARE_OF.match(shown, end):
        return True
    if _RATE_WORD.match(shown[end:].lstrip()):
        return False
    if _COMPARED.match(shown, end) is None:
        return False
    # 'chiếm 1,32%, giảm 0,53% so với năm 2019': what falls is the rate before it.
    before = _SENTENCE_END.split(_ASIDE.sub("", shown[max(0, start - _REACH) : start]))[
        -1
    ]
    return "%" not in before and _RATE_WORD.search(before) is None


def is_of_before(
    shown: str, start: int, end: int, unit: str | None, change: str | None
) -> bool:
    """Whether a figure tells of the earlier value: times of it, or a share of it."""
    if unit == "times":
        return change is not None or is_fold(shown, start)
    return unit == "percent" and change is not None and is_relative(shown, start, end)


def reads_on(
    shown: str, start: int, unit: str | None, value: Decimal | None, grammar: Grammar
) -> bool | None:
    """Whether 'trên' before a number of places says where: 'triển khai trên 7 xã'.

    False: it says 'more than', as before all else, after a word that counts ('có trên
    7 xã') and before a round number. None: it may be either.
    """
    near = shown[max(0, start - 80) : start]
    if unit not in PLACES or _ON.search(near) is None or value is None:
        return False
    if grammar.counts_over.search(near) or value % _ROUND == 0:
        return False
    return True if grammar.happens_on.search(near) else None


def judge_share(
    said: str, after: str, value: Decimal | None, whole: Decimal | None
) -> tuple[bool, str | None]:
    """Tell '1/3 số hộ', a fraction, from '13/19 tiêu chí'; '2/3 hộ' may be either.

    Args:
        said: Both figures as printed: '1/3'.
        after: What stands after them.
        value: The first figure.
        whole: The second one.

    Returns:
        Whether they are a fraction, and why that is not sure.
    """
    if value is None or whole is None:
        return False, None
    if value > whole:
        return False, f"'{said}' is more than its whole"
    if not _SMALL_SHARE.fullmatch(said) or value in (0, whole):
        return False, None
    if _NUMBER_OF.match(after):
        return True, None
    if gcd(int(value), int(whole)) > 1:
        return False, None
    return True, f"'{said}' may be a fraction, or {value} of {whole}"
