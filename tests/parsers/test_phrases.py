"""Phrases in texts: longest first, OCR slips and tone placement tolerated."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.phrases import PhraseBook

BOOK = PhraseBook.of(
    {"phrase": phrase}
    for phrase in (
        "hộ nghèo",
        "hộ cận nghèo",
        "cận nghèo",
        "CN",
        "hoà bình",
        "hướng dẫn cách làm ăn",
        "CSGN",
        "cán bộ … tập huấn",
    )
)


def found(text: str) -> list[str]:
    return [hit.phrase for hit in BOOK.find(text)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Hộ cận nghèo", ["hộ cận nghèo"]),
        ("hộ nghèo, cận nghèo", ["hộ nghèo", "cận nghèo"]),
        ("HỘ NGHÈO", ["hộ nghèo"]),
        ("h ộ ngh èo", ["hộ nghèo"]),
        ("Hòa Bình", ["hoà bình"]),
        ("hộ CS GN", ["CSGN"]),
        ("hộ CS-GN", ["CSGN"]),
        ("KCN Bỉm Sơn", []),
        ("cn", []),
        ("hộ nghèonàn", []),
        ("cán bộ thôn, bản được tập huấn", ["cán bộ … tập huấn"]),
        ("cán bộ " + "xa " * 80 + "tập huấn", []),
        ("", []),
    ],
)
def test_find(text, phrases):
    assert found(text) == phrases


def test_marks_lost_by_ocr_are_found_only_leniently():
    text = "Huốn g dấn cách làm ăn"

    assert found(text) == []
    assert [hit.phrase for hit in BOOK.find_lenient(text)] == ["hướng dẫn cách làm ăn"]


def test_short_phrases_are_never_lenient():
    assert BOOK.find_lenient("hò bình CN") == ()


@given(st.text(alphabet="hộ cận nghèo.-CN…\n ăâ", max_size=60))
@settings(deadline=None)
def test_hits_are_in_order_and_apart(text):
    hits = BOOK.find(text)

    assert all(a.end <= b.start for a, b in pairwise(hits))
    assert all(hit.start < hit.end for hit in hits)


def test_places_are_those_of_the_squeezed_text():
    (hit,) = BOOK.find("  Tổng   số hộ  nghèo ")

    assert "Tổng số hộ nghèo"[hit.start : hit.end] == "hộ nghèo"
