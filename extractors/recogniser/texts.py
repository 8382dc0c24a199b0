"""Random figures as Vietnamese tables print them, to train the reader on."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

UNKNOWN = "?"
"""Read for a run of anything that belongs to no figure."""

FIGURE_SIGNS = "0123456789.,-%()/ "
"""What figures are written with."""

ALPHABET = FIGURE_SIGNS + UNKNOWN + "IVX=+*"
"""What the reader can read; class 0 of the network is 'nothing'.

Beside figures it knows Roman numerals and the signs of formula rows ('10=8/1'), so as
not to take them for figures. A cell read with an ``UNKNOWN`` in it is text, and nothing
of it is taken from this reader.
"""

PHRASES = (
    "Xã Cam Thủy", "Hà Lan", "Phường Bắc Sơn", "Đông", "Huyện", "Tỉnh", "Thị trấn",
    "Thôn", "bản", "Tổ dân phố", "Khu vực", "nông thôn", "thành thị", "Tổng cộng",
    "Toàn", "Trung ương", "Miền núi", "Số hộ", "nghèo", "cận nghèo", "Tỷ lệ", "Đơn vị",
    "Quảng Nghĩa", "Ấp", "Buôn", "giảm", "đầu năm", "cuối", "Kế hoạch", "vốn", "triệu",
    "đồng", "người", "khẩu", "Ghi chú", "Có", "Không", "x", "KH", "HN", "CS GN", "BTXH",
    "DTTS", "TT", "STT", "A", "B", "C", "D", "Đ", "a", "b", "c", "d", "m2", "UBND",
    "thoát", "tái", "phát sinh", "Nguyễn Văn", "Minh Đức", "Ngọc Trạo", "Ba Đình",
    "Phú Hòa", "Kon Tum", "Gia Rai", "Lộc", "Lợi", "Ích", "ổi",
)  # fmt: skip
"""What stands in cells beside figures; the reader learns to know it for text."""

ROMAN_WORD = re.compile(r"[IVX]+([.,)/+][IVX0-9]*)*")
FOREIGN = re.compile(r"[^0-9.,\-%()/ =+*]+")
REPEATED = re.compile(r" ?\?[? ]*")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def draw_integer(rng: random.Random, most: int = 7) -> str:
    """Return digits without a leading zero, short ones more often."""
    length = min(rng.choice((1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7)), most)
    first = rng.choice("123456789") if length > 1 else rng.choice("0123456789")
    return first + "".join(rng.choice("0123456789") for _ in range(length - 1))


def group_digits(digits: str, mark: str) -> str:
    """Return the digits in threes with ``mark`` between."""
    head = len(digits) % 3 or 3
    parts = [digits[:head]]
    parts += [digits[k : k + 3] for k in range(head, len(digits), 3)]
    return mark.join(parts)


def draw_count(rng: random.Random) -> str:
    """Return a count, grouped in one of the ways seen, or not."""
    return group_digits(draw_integer(rng, 9), rng.choice(("", ".", ".", ",", " ")))


def draw_decimal(rng: random.Random) -> str:
    """Return a figure with decimals."""
    places = rng.choice((1, 2, 2, 2, 3))
    tail = "".join(rng.choice("0123456789") for _ in range(places))
    mark, group = rng.choice(((",", "."), (",", ""), (".", ","), (".", "")))
    head = draw_integer(rng, rng.choice((1, 1, 2, 3, 5)))
    return group_digits(head, group) + mark + tail


def draw_percent(rng: random.Random) -> str:
    """Return a rate with its sign."""
    return draw_decimal(rng) + rng.choice(("%", "%", " %"))


def draw_signed(rng: random.Random) -> str:
    """Return a negative figure, by a dash or by brackets."""
    figure = rng.choice((draw_count, draw_decimal))(rng)
    return rng.choice((f"-{figure}", f"({figure})", f"- {figure}"))


def draw_ratio(rng: random.Random) -> str:
    """Return a count over its total, or a fraction."""
    return draw_count(rng) + rng.choice(("/", "/", " / ")) + draw_count(rng)


def draw_range(rng: random.Random) -> str:
    """Return two bounds or two years with a dash."""
    if rng.random() < 0.5:
        start = rng.randint(2000, 2035)
        return f"{start}{rng.choice(('-', ' - '))}{start + rng.randint(1, 9)}"
    dash = rng.choice(("-", " - "))
    return draw_integer(rng, 3) + dash + draw_integer(rng, 3)


def draw_date(rng: random.Random) -> str:
    """Return a date or a part of one."""
    day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(2000, 2035)
    return rng.choice(
        (f"{day}/{month}", f"{month}/{year}", f"{day:02}/{month:02}/{year}")
    )


def draw_padded(rng: random.Random) -> str:
    """Return a count with a leading zero ('04')."""
    return "0" + rng.choice("123456789")


def draw_dash(rng: random.Random) -> str:
    """Return the dash that stands for none."""
    return rng.choice(("-", "-", "-", "--"))


def draw_nothing(_rng: random.Random) -> str:
    """Return no text: specks, stubs and seals alone are to be read as nothing."""
    return ""


def draw_jumble(rng: random.Random) -> str:
    """Return marks and digits in no order, so that no habit is learnt."""
    return "".join(
        rng.choice("0123456789012345678901234567.,-%/()")
        for _ in range(rng.randint(2, 9))
    )


def draw_words(rng: random.Random) -> str:
    """Return a label, a Roman numeral, or a figure with letters or signs to it."""
    words = " ".join(rng.choice(PHRASES) for _ in range(rng.choice((1, 1, 1, 2))))
    figure = rng.choice((draw_count, draw_decimal))(rng)
    form = rng.randrange(9)
    if form in {0, 8}:
        one, two = rng.choice(ROMAN), rng.choice(ROMAN)
        return rng.choice((one, one, one, f"{one}.{rng.randint(1, 9)}", f"{one}+{two}"))
    if form == 1:
        return f"{figure} {words}"
    if form == 2:
        return f"{words} {draw_integer(rng, 2)}"
    if form == 3:
        a, b, c = (rng.randint(1, 19) for _ in range(3))
        return rng.choice((f"{a}={b}/{c}", f"{a}={b}+{c}", f"({a})=({b})/({c})*100"))
    if form == 4:
        return rng.choice(
            (f"{figure}*", f"≥ {figure}", f"{figure}đ", f"> {figure}", "*")
        )
    if form == 5:
        return words.upper()
    return words


def mark_unknown(text: str) -> str:
    """Return the text as the reader should read it: runs of other signs as one '?'."""
    words = [
        word if ROMAN_WORD.fullmatch(word) else FOREIGN.sub(UNKNOWN, word)
        for word in text.split(" ")
    ]
    return REPEATED.sub(UNKNOWN, " ".join(words))


KINDS: tuple[tuple[float, Callable[[random.Random], str]], ...] = (
    (0.36, draw_count),
    (0.30, draw_decimal),
    (0.06, draw_percent),
    (0.06, draw_signed),
    (0.04, draw_ratio),
    (0.03, draw_range),
    (0.02, draw_date),
    (0.04, draw_padded),
    (0.03, draw_dash),
    (0.06, draw_jumble),
    (0.03, draw_nothing),
    (0.18, draw_words),
)


def draw_text(rng: random.Random) -> str:
    """Return one figure of any kind."""
    kinds = [kind for _, kind in KINDS]
    return rng.choices(kinds, [weight for weight, _ in KINDS])[0](rng)
