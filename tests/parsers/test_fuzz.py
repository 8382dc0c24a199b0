"""Any text, however odd, gives an answer or an error of the project's own, and soon.

The pieces are what such papers print and what patterns stumble over: long runs of one
letter, of marks that open and close, of digits and blanks.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.errors import SohoaError
from extractors.model import BBox, Evidence, Line, Method, Page, Word
from flows.parse import parse_evidence
from flows.vocabulary import load_vocabulary
from parsers.dates.dates import find_dates
from parsers.dates.deadlines import find_deadlines
from parsers.numbers.conventions import infer_convention, readings
from parsers.numbers.quantities import find_quantities
from parsers.numbers.words import parse_words

PIECES = st.sampled_from(
    [
        *("1.234", "5,67", "12/345", "%", "hộ", "(", ")", "-", "–", " ", "\n", "."),
        *("ngày 05 tháng 6 năm 2021", "Số: 44/KH-UBND", "ỦY BAN NHÂN DÂN", "I.", "a)"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH", "Điều 1.", "1.1.1.", "+"),
        *("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "triệu đồng", "một trăm linh năm", "từ"),
        *("Phòng Lao động", "chủ trì, phối hợp với", "và", ",", ";", ":", "…", "....."),
        *("\u0301", "\ufeff", "\x0c", "\ufffd", "𝟙", "٣", "①", "½", "−", "0" * 40),
    ]
)
ODD_TEXT = st.one_of(
    st.lists(PIECES, max_size=400).map("".join),
    st.tuples(PIECES, st.integers(1, 3000)).map(lambda p: (p[0] * p[1])[:10_000]),
    st.tuples(PIECES, PIECES, st.integers(1, 2000)).map(
        lambda p: ((p[0] + p[1]) * p[2])[:10_000]
    ),
    st.text(max_size=2000),
)
GIVEN = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def run_soon(work: Callable[[str], object], text: str) -> None:
    """Run it: a catastrophic pattern takes minutes, and pytest's limit ends it."""
    with suppress(SohoaError):
        work(text)


@pytest.mark.parametrize(
    "work",
    [
        readings,
        lambda text: find_quantities(text, load_vocabulary()),
        find_dates,
        lambda text: find_deadlines(text, load_vocabulary()),
        lambda text: parse_words(text, load_vocabulary()),
        lambda text: infer_convention(text.split(), "count"),
    ],
    ids=["numbers", "quantities", "dates", "deadlines", "words", "convention"],
)
@GIVEN
@given(text=ODD_TEXT)
def test_numbers_and_dates(work: Callable[[str], object], text: str) -> None:
    run_soon(work, text)


@GIVEN
@given(text=ODD_TEXT)
def test_heads_and_outlines(text: str) -> None:
    run_soon(lambda given: parse_evidence(as_evidence(given)), text)


def as_evidence(text: str) -> Evidence:
    """Return the text as pages of lines, as a reader would give it."""
    rows = [row for part in text.split("\n") for row in _rows(part)] or ["x"]
    pages = tuple(
        Page(number + 1, 595.0, 842.0, Method.TEXT_LAYER, tuple(_lines(rows[at:])))
        for number, at in enumerate(range(0, len(rows), 45))
    )
    return Evidence(1, "fuzz.pdf", "0" * 64, pages, (), "fuzz")


def _rows(part: str) -> list[str]:
    return [part[at : at + 90] for at in range(0, len(part), 90)]


def _lines(rows: list[str]) -> list[Line]:
    lines = []
    for row, text in enumerate(rows[:45]):
        top = 60.0 + 16 * row
        words = []
        for place, word in enumerate(text.split()):
            left = 60 + 5 * text.find(word)
            box = BBox(left, top, left + 5 * len(word) + 1, top + 12)
            words.append(Word(word, box, 1.0))
            if place > 90:
                break
        if words:
            lines.append(Line(tuple(sorted(words, key=lambda w: w.box.x0))))
    return lines
