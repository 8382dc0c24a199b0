"""Signatures: post and name, as Decree 30/2020/NĐ-CP and party papers set them."""

from __future__ import annotations

import pytest

from extractors.model import Method
from parsers.heads.paper_words import paper_words
from parsers.heads.signature import parse_signature
from parsers.layout.blocks import arrange_blocks
from parsers.vocabulary import Vocabulary
from tests.parsers.papers import Setter

SIGNED = [
    (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Anh Tuấn"), "Chủ tịch", "Trần Anh Tuấn"),
    (
        ("TM. UBND HUYỆN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Mai Đình Lâm"),
        "Phó Chủ tịch",
        "Mai Đình Lâm",
    ),
    # Triệu Sơn 2017 as a scan: the second line is misread, the deputy is sure.
    (("KT. CHỦ TỊCH", "ĐHQ CHỦ TỊCH", "Lê Quang Trung"), None, "Lê Quang Trung"),
    (("Q. CHỦ TỊCH", "Lò Văn Giàng"), "Chủ tịch", "Lò Văn Giàng"),
    (("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG", "H'Yim Kđoh"), "Trưởng phòng", "H'Yim Kđoh"),
    (
        ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "NGUYỄN THỊ LAN"),
        "Phó Bí thư",
        "Nguyễn Thị Lan",
    ),
    (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "TS. Vũ Đức Đam"), "Phó Giám đốc", "Vũ Đức Đam"),
    (("CHỦ TỊCH", "(Đã ký)", "Giàng A Páo"), "Chủ tịch", "Giàng A Páo"),
]


def signature(lines: tuple[str, ...], vocabulary: Vocabulary, method: Method):
    setter = Setter(method=method)
    setter.end(("Nơi nhận:", "- UBND Huyện Cam Lộ;", "- Lưu: VT."), lines)
    return parse_signature(arrange_blocks(setter.evidence()), paper_words(vocabulary))


@pytest.mark.parametrize(("lines", "post", "name"), SIGNED)
def test_signature(
    vocabulary: Vocabulary, lines: tuple[str, ...], post: str | None, name: str
) -> None:
    found = signature(lines, vocabulary, Method.TEXT_LAYER)
    assert found.signer == name
    if post is not None:
        assert found.signer_title == post


def test_strokes_of_a_pen_are_no_part_of_a_scanned_name(vocabulary: Vocabulary) -> None:
    lines = ("CHỦ TỊCH", "Nguyễn H3 Xuân ˆ Hùng “A")
    assert signature(lines, vocabulary, Method.OCR).signer == "Nguyễn Xuân Hùng"


@pytest.mark.parametrize(
    ("post", "name"),
    [
        ("_ CHỦ TỊCH", "Đặng Ngọc Anh."),
        ("CHU TỊCH", "'Đặng Ngọc Anh -"),
    ],
)
def test_specks_of_a_scan_change_no_signature(
    vocabulary: Vocabulary, post: str, name: str
) -> None:
    found = signature(("TM. ỦY BAN NHÂN DÂN", post, name), vocabulary, Method.OCR)
    assert (found.signer, found.signer_title) == ("Đặng Ngọc Anh", "Chủ tịch")


def test_no_name_is_none(vocabulary: Vocabulary) -> None:
    found = signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), vocabulary, Method.OCR)
    assert (found.signer, found.signer_title) == (None, "Chủ tịch")
