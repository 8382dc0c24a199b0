"""Signatures: post and name, as Decree 30/2020/NĐ-CP and party papers set them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.model import BBox, Evidence, Line, Method, Page
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


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_signature_is_found_however_the_page_lies(
    vocabulary: Vocabulary, turn: int
) -> None:
    setter = Setter(method=Method.OCR)
    setter.end(
        ("Nơi nhận:", "- UBND Huyện Cam Lộ;", "- Lưu: VT."),
        ("CHỦ TỊCH", "Trần Anh Tuấn"),
    )
    lying = lay_page(setter.evidence(), turn)
    found = parse_signature(arrange_blocks(lying), paper_words(vocabulary))
    assert found.signer == "Trần Anh Tuấn"


def lay_page(evidence: Evidence, turn: int) -> Evidence:
    """Return the one page as a scanner gives it that has to be turned to be read."""
    (page,) = evidence.pages
    lines = tuple(
        Line(tuple(replace(w, box=_lay(w.box, page, turn)) for w in line.words))
        for line in page.lines
    )
    size = (page.height, page.width) if turn % 180 else (page.width, page.height)
    lying = replace(page, lines=lines, rotation=turn, width=size[0], height=size[1])
    return replace(evidence, pages=(lying,))


def _lay(box: BBox, page: Page, turn: int) -> BBox:
    if turn == 180:
        x, y = page.width, page.height
        return BBox(x - box.x1, y - box.y1, x - box.x0, y - box.y0)
    if turn == 90:
        return BBox(box.y0, page.width - box.x1, box.y1, page.width - box.x0)
    return BBox(page.height - box.y1, box.x0, page.height - box.y0, box.x1)
