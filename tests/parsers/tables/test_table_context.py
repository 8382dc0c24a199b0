"""What stands above a table: title, sentence, unit line."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Line, Method, Word
from parsers.layout.blocks import Paragraph, PlacedLine, TableBlock
from parsers.records import Document, DocumentKind, Source
from parsers.tables.context import find_unit_line, table_context
from tests.parsers.table_makers import make_table

PLAN = Document(
    ordinal=0,
    parent=None,
    kind=DocumentKind.PLAN,
    number=None,
    symbol="KH-UBND",
    issued_on="2021-03-18",
    place=None,
    issuer=None,
    issuing_unit=None,
    province=None,
    title=None,
    period_start=2021,
    period_end=2021,
    signer=None,
    signer_title=None,
    first_page=1,
    last_page=1,
    source=Source(1, None, "", Method.TEXT_LAYER, 1.0),
)


def paragraph(text):
    word = Word(text, BBox(0, 0, 10, 10))
    return Paragraph((PlacedLine(1, Method.TEXT_LAYER, Line((word,)), word.box),), text)


CASES = {
    "title in capitals over its reference": (
        [
            "- Lưu: VT.",
            "DỰ KIẾN",
            "TỶ LỆ HỘ NGHÈO NĂM 2024",
            "(Kèm theo Kế hoạch số 1/KH-UBND)",
        ],
        ("DỰ KIẾN TỶ LỆ HỘ NGHÈO NĂM 2024", None, None),
    ),
    "title that opens as one": (
        ["III. NHU CẦU", "Biểu tổng hợp các nhu cầu"],
        ("Biểu tổng hợp các nhu cầu", None, None),
    ),
    "unit line between title and table": (
        ["BIỂU KINH PHÍ", "Đơn vị tính: Triệu đồng"],
        ("BIỂU KINH PHÍ", None, "Triệu đồng"),
    ),
    "unit line in brackets": (
        ["BIỂU KINH PHÍ", "(Đvt: 1.000 đồng)"],
        ("BIỂU KINH PHÍ", None, "1.000 đồng"),
    ),
    "nothing above": ([], (None, None, None)),
}


@pytest.mark.parametrize("name", CASES)
def test_context(name, vocabulary):
    above, (title, sentence, unit) = CASES[name]

    context = table_context(PLAN, [paragraph(t) for t in above], vocabulary)

    assert (context.title, context.sentence) == (title, sentence)
    assert (unit is None) == (context.unit_line is None)
    assert unit is None or unit in (context.unit_line or "")


def test_the_sentence_above_what_leads_on(vocabulary):
    sentence = "Số hộ nghèo cuối năm 2018 trên địa bàn toàn huyện, như sau:"

    context = table_context(
        PLAN, [paragraph(sentence), paragraph("Cụ thể:")], vocabulary
    )

    assert context.sentence == sentence


def test_another_table_ends_what_is_above(vocabulary):
    above = [paragraph("BIỂU SỐ 1"), TableBlock(make_table("TT | Xã\n1 | An Bình"))]

    context = table_context(PLAN, above, vocabulary)

    assert context.title is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Đơn vị tính: triệu đồng", True),
        ("ĐVT: Triệu đồng", True),
        ("Đ.v.t: hộ", True),
        ("(Đơn vị: nghìn đồng)", True),
        ("Đơn vị: xã Hà Lan", False),
        ("Các đơn vị thực hiện: phòng, ban", False),
    ],
)
def test_unit_lines(line, is_one, vocabulary):
    assert (find_unit_line(line, vocabulary) is not None) is is_one
