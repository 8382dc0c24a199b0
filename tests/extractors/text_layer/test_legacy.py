"""TCVN3 text as it is printed (TCVN 5712:1993)."""

from __future__ import annotations

import pytest

from extractors.text_layer.legacy import UNKNOWN, is_vni, legacy_decoder, spell


@pytest.mark.parametrize(
    ("font", "codes", "printed"),
    [
        (".VnTime", "tØnh Qu¶ng TrÞ bÒn v÷ng 2,75%", "tỉnh Quảng Trị bền vững 2,75%"),
        ("ABCDEF+.VnTime,Bold", "Sè hé nghÌo ®Çu n¨m", "Số hộ nghèo đầu năm"),
        (".VnTimeH", "ñy ban nh©n d©n", "ỦY BAN NHÂN DÂN"),
    ],
)
def test_spelled_as_printed(font: str, codes: str, printed: str) -> None:
    decode = legacy_decoder(font)
    assert decode is not None
    assert decode(codes) == printed


@pytest.mark.parametrize("font", ["Times New Roman", "VNI-Times", "AvnTime"])
def test_other_fonts_are_left_alone(font: str) -> None:
    assert legacy_decoder(font) is None


def test_vni_is_recognised() -> None:
    assert is_vni("ABCDEF+VNI-Times")
    assert not is_vni("Times New Roman")


@pytest.mark.parametrize(
    ("text", "font", "printed"),
    [
        ("\uf0b3", "ABCDEF+Symbol", "≥"),
        ("\uf0b7", "SymbolMT", "•"),
        ("\uf0d8", "Wingdings-Regular", "•"),
        ("(cid:17)", "Times", UNKNOWN),
        ("\ue123", "Times", UNKNOWN),
        ("\x03", "Times", UNKNOWN),
        ("ệ", "Times", "ệ"),
        (" ", "Times", " "),
    ],
)
def test_signs(text: str, font: str, printed: str) -> None:
    assert spell(text, font) == printed
