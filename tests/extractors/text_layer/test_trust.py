"""Which text layers are believed."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Word
from extractors.text_layer.pdf_text import TextLayer
from extractors.text_layer.trust import is_syllable, judge_layer
from extractors.turning import TurnedWord

PROSE = (
    "Thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững huyện Triệu Sơn giai "
    "đoạn 2016-2020, căn cứ Quyết định số 2251/QĐ-UBND ngày 19/8/2015 của Chủ tịch "
    "UBND huyện về việc kiện toàn Ban Chỉ đạo giảm nghèo, tỷ lệ hộ nghèo còn dưới 5%. "
)
# What a scanner left behind a page of a real paper.
JUNK = (
    "riNnr,Awrodxc UyeANr{nANuAN CONG HoA xA ugr cHU Ncnia vIET NAM DOc Qp - Tu do " * 4
)
# The same prose typed in a font of TCVN3, read without its table.
TCVN3 = (
    "Thùc hiÖn Ch\u00ad¬ng tr×nh môc tiªu quèc gia gi¶m nghÌo bÒn v÷ng huyÖn TriÖu S¬n "
    "giai ®o¹n 2016-2020, c¨n cø QuyÕt ®Þnh sè 2251/Q§-UBND ngµy 19/8/2015 "
) * 2
STAMP = "Ký bởi: ỦY BAN NHÂN DÂN HUYỆN Ngày ký: 12/05/2021 08:15:33 +07:00"
FIGURES = (
    "TT 1 2 3 949 35 3.69 28 7 2.95 1296 30 2.31 23 7 1.77 2219 43 1.94 29 14 1.31"
)

FULL = (BBox(0, 0, 595, 842),)


def layer(text: str, pictures: tuple[BBox, ...] = (), **more: int) -> TextLayer:
    words = tuple(TurnedWord(Word(t, BBox(0, 0, 9, 9))) for t in text.split())
    return TextLayer(1, 595, 842, words, pictures=pictures, **more)


@pytest.mark.parametrize(
    ("given", "hidden", "trusted"),
    [
        (layer(PROSE), False, True),
        (layer(PROSE.upper()), False, True),
        (layer(JUNK), False, False),
        (layer(JUNK, FULL), True, False),
        (layer(TCVN3), False, False),
        (layer(STAMP, FULL), False, False),  # a signature stamp over a scan
        (layer(PROSE * 3, FULL), True, False),  # somebody's OCR behind a scan
        (layer(PROSE * 3, FULL), False, True),  # real text on a letterhead picture
        (layer(PROSE, (BBox(0, 0, 90, 90),)), False, True),  # a logo
        (layer(FIGURES), False, True),
        (layer(FIGURES, FULL), False, False),
        (layer("kqz wxr 12"), False, False),
        (layer(""), False, True),  # an empty page
        (layer("", FULL), False, False),
        (layer("", drawn=40), False, False),  # letters drawn as curves
        (layer(PROSE, unmapped=60), False, False),
        (layer(PROSE, vni=200), False, False),
    ],
)
def test_judgement(given: TextLayer, hidden: bool, trusted: bool) -> None:
    trust = judge_layer(given, hidden=hidden)
    assert trust.trusted is trusted, trust.reason
    assert trust.reason


@pytest.mark.parametrize(
    "word", ["nghèo", "Triệu", "quyết", "giữa", "khuyến", "UỶ", "thuỷ", "yêu", "gì"]
)
def test_real_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["riNnr", "Awrodxc", "cHUNcnia", "nghjo", "Ch¬ng"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
