"""Papers cited and annexes named, in the forms that real plans print."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Line, Method, Word
from parsers.heads.annexes import find_annex_mentions, parse_annexes
from parsers.heads.head import parse_document
from parsers.heads.references import parse_legal_bases
from parsers.layout.blocks import Paragraph, PlacedLine, arrange_blocks
from parsers.layout.documents import DocumentPart, split_documents
from parsers.records import LegalBasis
from parsers.units.gazetteer import Gazetteer
from parsers.vocabulary import Vocabulary
from tests.parsers.layout.test_document import ITEMS, plan, sign
from tests.parsers.papers import Setter

CITED = [
    # Dị Sử 2024: a party number, and one cited inside the title of another.
    (
        "Kế hoạch số 32-KH/TU ngày 17/8/2021 của Tỉnh ủy Hưng Yên về thực hiện Chỉ thị "
        "số 05-CT/TW ngày 23/6/2021 của Ban Bí thư về tăng cường sự lãnh đạo",
        [
            ("32-KH/TU", "Kế hoạch", "2021-08-17", "Tỉnh ủy Hưng Yên"),
            ("05-CT/TW", "Chỉ thị", "2021-06-23", "Ban Bí thư"),
        ],
    ),
    (
        "Chương trình hành động số 19-Ctr/ThU ngày 28/9/2023 về giảm nghèo",
        [("19-Ctr/ThU", "Chương trình hành động", "2023-09-28", None)],
    ),
    # Cam Lộ 2021: the kind is wrong as printed, and is kept.
    (
        "theo Quyết định số: 07/2021/NĐ-CP ngày 27/01/2021 của Chính Phủ về Quy định "
        "chuẩn nghèo đa chiều giai đoạn 2021 - 2025",
        [("07/2021/NĐ-CP", "Quyết định", "2021-01-27", "Chính Phủ")],
    ),
    (
        "Căn cứ Công văn số 4330/BNN-KTHT ngày 08 tháng 7 năm 2021 của Bộ Nông nghiệp",
        [("4330/BNN-KTHT", "Công văn", "2021-07-08", "Bộ Nông nghiệp")],
    ),
    (
        "Căn cứ các Quyết định số 1722/QĐ-TTg ngày 02/9/2016, số 1723/QĐ-TTg ngày "
        "21.12.2021 của Thủ tướng Chính phủ;",
        [
            ("1722/QĐ-TTg", "Quyết định", "2016-09-02", None),
            ("1723/QĐ-TTg", "Quyết định", "2021-12-21", "Thủ tướng Chính phủ"),
        ],
    ),
    (
        "Thực hiện Nghị quyết 30a/2008/NQ-CP của Chính phủ về huyện nghèo",
        [("30a/2008/NQ-CP", "Nghị quyết", None, "Chính phủ")],
    ),
    (
        "Căn cứ Luật Ngân sách nhà nước và Luật số 76/2015/QH13 năm 2015 của Quốc hội",
        [("76/2015/QH13", "Luật", "2015", "Quốc hội")],
    ),
    (
        "Thực hiện Kế hoạch số 112 /KH- UBND ngày 19/12/2017 của UBND tỉnh về việc",
        [("112/KH-UBND", "Kế hoạch", "2017-12-19", "UBND tỉnh")],
    ),
    ("Tổng số hộ nghèo 405/14.932 hộ, 12/Hộ, 13/19 tiêu chí, giai đoạn 2016-2020", []),
    ("mức hỗ trợ 30.000.000đ/hộ, 8m²/người trở lên, 200 ngàn đồng/người/tháng", []),
]

MENTIONS = [
    ("(Có biểu số 01, 02 kèm theo)", [("biểu số 01, 02", 2)]),  # Tuyên Quang 2020
    ("(Phụ lục: Dự kiến tỷ lệ hộ nghèo phường năm 2024).", [("Phụ lục", 1)]),
    ("Chỉ tiêu cụ thể của từng xã (chi tiết tại phụ lục)", [("phụ lục", 1)]),
    ("(Chi tiết theo Phụ lục I, II, III đính kèm)", [("Phụ lục I, II, III", 3)]),
    ("(Có phụ biểu từ 01 kèm theo)", [("phụ biểu", 1)]),
    ("(có danh sách kèm theo)", [("danh sách", 1)]),
    (
        "Phân bổ chỉ tiêu như biểu số 01-05 kèm theo Kế hoạch này",
        [("biểu số 01-05", 5)],
    ),
    ("với những nội dung chủ yếu sau: (Kế hoạch chi tiết)", []),  # Triệu Sơn 2016
    ("theo Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP", []),
    ("xây dựng biểu mẫu điều tra, báo cáo Chủ tịch UBND huyện", []),
    ("lập danh sách hộ dự kiến thoát nghèo hằng năm", []),
]


@pytest.fixture
def bases(vocabulary: Vocabulary, gazetteer: Gazetteer):
    def of(*texts: str) -> list[LegalBasis]:
        part = _part(texts, vocabulary)
        document = parse_document(part, vocabulary, gazetteer)
        return list(parse_legal_bases(part, document, vocabulary))

    return of


def _part(texts: tuple[str, ...], vocabulary: Vocabulary) -> DocumentPart:
    setter = Setter()
    plan(setter)
    for text in (*texts, ITEMS[0]):
        setter.paragraph(text)
    setter.page()
    sign(setter)
    (part,) = split_documents(arrange_blocks(setter.evidence()), vocabulary)
    return part


@pytest.mark.parametrize(("text", "wanted"), CITED)
def test_cited_papers(bases, text: str, wanted: list[object]) -> None:
    found = bases(text)
    got = [(b.cited_number, b.cited_kind, b.cited_on, b.cited_issuer) for b in found]
    assert got == wanted


def test_a_paper_is_cited_once_with_the_fuller_date(bases) -> None:
    found = bases(
        "Thực hiện Kế hoạch số 66/KH-UBND của UBND tỉnh về giảm nghèo;",
        "Tiếp tục thực hiện Kế hoạch số 66/KH-UBND ngày 29/7/2016 của UBND tỉnh.",
        "Kế hoạch số 66/KH-UBND ngày 01/3/2020 của UBND huyện là một văn bản khác.",
    )
    assert [(b.cited_number, b.cited_on) for b in found] == [
        ("66/KH-UBND", "2016-07-29"),
        ("66/KH-UBND", "2020-03-01"),
    ]


def test_the_paper_does_not_cite_itself(bases) -> None:
    assert bases("Trên đây là Kế hoạch số 12/KH-UBND của UBND huyện.") == []


def test_a_cited_paper_is_placed_where_it_is_printed(bases) -> None:
    (basis,) = bases("Thực hiện Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng.")
    assert basis.source.page_no == 1
    assert basis.source.box is not None
    assert basis.text.startswith("Quyết định số 90/QĐ-TTg")


@pytest.mark.parametrize(("text", "wanted"), MENTIONS)
def test_annexes_named(
    vocabulary: Vocabulary, text: str, wanted: list[tuple[str, int]]
) -> None:
    found = find_annex_mentions(_part((text,), vocabulary))
    assert [(m.names, m.count) for m in found] == wanted


def test_an_annex_without_a_title_is_named_by_its_first_words(
    vocabulary: Vocabulary,
) -> None:
    setter = Setter()
    plan(setter)
    setter.paragraph(ITEMS[0])
    sign(setter)
    setter.page()
    setter.table([["TT", "Xã", "Hộ nghèo"], ["1", "Cam Tuyền", "35"]])
    (part,) = split_documents(arrange_blocks(setter.evidence()), vocabulary)
    (annex,) = parse_annexes(part)
    assert (annex.title, annex.years) == ("TT, Xã, Hộ nghèo", ())


@pytest.mark.parametrize(
    "piece",
    [
        "Số: 12/KH-UBND ngày 1/1/2020 của ",
        "của UBND tỉnh ",
        "phụ lục 1, 2 và 3 ",
        "Kế hoạch số ",
        "( kèm theo ",
        "huyện A’ - B ",
    ],
)
def test_a_long_paragraph_takes_no_long_time(
    vocabulary: Vocabulary, gazetteer: Gazetteer, piece: str
) -> None:
    words = (piece * (10_000 // len(piece))).split()
    line = Line(tuple(Word(w, BBox(80, 60, 90, 74)) for w in words))
    block = Paragraph.of((PlacedLine(1, Method.TEXT_LAYER, line, line.box),))
    part = DocumentPart(0, None, (), (block,), (), ())
    document = parse_document(part, vocabulary, gazetteer)
    parse_legal_bases(part, document, vocabulary)
    find_annex_mentions(part)
