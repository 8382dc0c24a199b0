"""Sentences: where they end and where a full stop ends nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.sentences import split_clauses, split_sentences

CASES = [
    "Giảm 3%.|Hỗ trợ 5 hộ.",
    "Xong trước ngày 05 tháng 12.|Trong kế hoạch cần xác định",
    "Tại TP. Tuyên Quang và P. Ba Đình có 3 hộ.",
    "Mức 30.000.000đ/hộ cho 1.458 hộ",
    "Phát triển sản xuất...|Kết hợp nông - lâm nghiệp",
    "Xây dựng “Quỹ vì người nghèo.”|Vận động nhân dân",
    "2. Phòng Y tế: Chủ trì",
    "III. TỔ CHỨC THỰC HIỆN",
]


@pytest.mark.parametrize("marked", CASES)
def test_splits_sentences(marked: str) -> None:
    text = marked.replace("|", " ")
    found = [text[a:b] for a, b in split_sentences(text)]
    assert found == marked.split("|")


def test_splits_a_sentence_into_clauses() -> None:
    text = "hỗ trợ 5 hộ; giảm 3%; "
    spans = split_clauses(text, (0, len(text)))
    assert [text[a:b] for a, b in spans] == ["hỗ trợ 5 hộ", "giảm 3%"]


@given(st.text(alphabet='aA. ;…()"1', max_size=80))
def test_loses_no_letter(text: str) -> None:
    kept = "".join(text[a:b] for a, b in split_sentences(text))
    assert "".join(kept.split()) == "".join(text.split())
