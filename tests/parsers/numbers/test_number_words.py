"""Numbers in words. F = formats seen on real plans."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numbers.words import parse_words
from parsers.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hai mươi mốt", "21"),  # F
        ("Hai tỷ hai trăm năm mươi triệu", "2250000000"),  # F
        ("mười lăm", "15"),
        ("mười nhăm", "15"),
        ("hai mươi tư", "24"),
        ("ba lăm", "35"),
        ("tư", "4"),
        ("một trăm linh năm", "105"),
        ("ba trăm lẻ bẩy", "307"),
        ("hai nghìn không trăm linh năm", "2005"),
        ("hai ngàn không trăm linh năm", "2005"),
        ("ba chục", "30"),
        ("trăm rưỡi", "150"),
        ("hai triệu rưỡi", "2500000"),
        ("một tỉ rưỡi", "1500000000"),
        ("hai nghìn ba trăm tỷ", "2300000000000"),
        ("ba vạn", "30000"),
        ("hai phẩy năm", "2.5"),
        ("không phẩy bảy lăm", "0.75"),
        ("một phẩy hai mươi lăm", "1.25"),
        ("hai phẩy năm tỷ", "2500000000"),
        ("2 tỷ 250 triệu", "2250000000"),
        ("Mười hai tỷ, ba trăm bốn mươi lăm triệu", "12345000000"),
        ("âm năm", "-5"),
        ("không", "0"),
    ],
)
def test_words_say(text: str, value: str, vocabulary: Vocabulary) -> None:
    assert parse_words(text, vocabulary) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hộ",
        "một trăm hai",  # 102 or 120
        "hai triệu năm trăm",  # 2000500 or 2500000
        "mười năm",  # ten years: fifteen is 'mười lăm'
        "hai mươi năm",
        "mười mươi",
        "ba hai",
        "hai rưỡi",
        "triệu tỷ nghìn mươi",
        "hai phẩy",
        "phẩy hai mươi rưỡi tỷ hai",
        " ".join(["một"] * 60),
    ],
)
def test_words_say_no_one_number(text: str, vocabulary: Vocabulary) -> None:
    assert parse_words(text, vocabulary) is None


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spell_thousands(number: int, full: bool) -> list[str]:
    """Spell 0 to 999; with ``full`` the hundreds are said even where they are 0."""
    hundreds, rest = divmod(number, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, units = divmod(rest, 10)
    if tens > 1:
        last = {1: "mốt", 5: "lăm"}.get(units, DIGITS[units])
        return [*words, DIGITS[tens], "mươi", *([last] if units else [])]
    if tens == 1:
        last = {5: "lăm"}.get(units, DIGITS[units])
        return [*words, "mười", *([last] if units else [])]
    if units:
        return [*words, *(["linh"] if words else []), DIGITS[units]]
    return words


def spell(number: int) -> str:
    """Spell a number as official papers do."""
    words: list[str] = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        part, number = divmod(number, scale)
        if part:
            words += [*spell_thousands(part, bool(words)), name]
    return " ".join(w for w in words if w) or "không"


@given(st.integers(0, 999_999_999_999))
def test_any_number_spelled_reads_back(vocabulary: Vocabulary, number: int) -> None:
    value = parse_words(spell(number), vocabulary)
    # A rest below a thousand after millions is 'không trăm …' in full, or no number.
    assert value in (number, None)
    if number % 1_000_000 >= 1000 or number < 1_000_000:
        assert value == number


@given(st.text(max_size=80))
def test_any_text_is_survived(vocabulary: Vocabulary, text: str) -> None:
    value = parse_words(text, vocabulary)
    assert value is None or value.is_finite()
