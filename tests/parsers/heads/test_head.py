"""Heads of real forms: left and right column, title, authority, signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from parsers.heads.head import parse_document
from parsers.layout.blocks import arrange_blocks
from parsers.layout.documents import split_documents
from parsers.records import Document
from parsers.units.gazetteer import Gazetteer
from parsers.vocabulary import Vocabulary
from tests.parsers.papers import Setter

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PROSE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Thực hiện mục tiêu giảm nghèo bền vững, hạn chế tái nghèo, góp phần thực hiện "
    "mục tiêu tăng trưởng kinh tế, đảm bảo an sinh xã hội, cải thiện đời sống.",
    "I. MỤC TIÊU",
    "1. Giảm tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều của địa phương.",
)


@dataclass(frozen=True)
class Head:
    """What is printed, and what it says (only what is listed is compared)."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    title: tuple[str, ...]
    says: dict[str, object]
    under: tuple[str, ...] = ()
    prose: tuple[str, ...] = PROSE
    signature: tuple[str, ...] = ("CHỦ TỊCH", "Nguyễn Văn An")
    recipients: tuple[str, ...] = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")
    name: str = field(default="")


HEADS = {
    "district plan": Head(
        ("ỦY BAN NHÂN DÂN", "HUYỆN CAM LỘ", "Số: 44/KH-UBND"),
        (*MOTTO, "Cam Lộ, ngày 18 tháng 3 năm 2020"),
        ("KẾ HOẠCH", "Thực hiện Chương trình giảm nghèo năm 2021"),
        {
            "kind": "plan",
            "number": "44/KH-UBND",
            "issued_on": "2020-03-18",
            "place": "Cam Lộ",
            "issuer": "UBND huyện Cam Lộ",
            "issuing_unit": "Huyện Cam Lộ",
            "province": "Quảng Trị",
            "title": "Thực hiện Chương trình giảm nghèo năm 2021",
            "period_start": 2021,
            "period_end": 2021,
            "signer": "Nguyễn Văn An",
            "signer_title": "Chủ tịch",
        },
    ),
    "number and day left blank": Head(
        ("UBND PHƯỜNG DỊ SỬ", "Số:       /KH-UBND"),
        (*MOTTO, "Dị Sử, ngày       tháng 3 năm 2024"),
        ("KẾ HOẠCH", "Giảm nghèo phường Dị Sử năm 2024"),
        {
            "number": None,
            "symbol": "KH-UBND",
            "issued_on": "2024-03",
            "place": "Dị Sử",
            "issuer": "UBND phường Dị Sử",
            "issuing_unit": "Phường Dị Sử",
            "province": "Hưng Yên",
        },
        signature=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Hà"),
    ),
    "decision of a chairman, superior above": Head(
        ("ỦY BAN NHÂN DÂN", "TỈNH BÌNH", "PHƯỚC", "Số: 47/2011/QĐ-UBND"),
        (*MOTTO, "Bình Phước, ngày 08 tháng 8 năm 2011"),
        (
            "QUYẾT ĐỊNH",
            "Về việc phê duyệt Chương trình giảm nghèo",
            "tỉnh Bình Phước giai đoạn 2011-2015",
        ),
        {
            "kind": "decision",
            "number": "47/2011/QĐ-UBND",
            "symbol": "QĐ-UBND",
            "issued_on": "2011-08-08",
            "issuer": "Chủ tịch UBND tỉnh Bình Phước",
            "issuing_unit": "Tỉnh Bình Phước",
            "province": "Bình Phước",
            "title": "phê duyệt Chương trình giảm nghèo tỉnh Bình Phước giai đoạn "
            "2011-2015",
            "period_start": 2011,
            "period_end": 2015,
        },
        under=("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC",),
    ),
    "district committee that decides": Head(
        ("ỦY BAN NHÂN DÂN", "HUYỆN CAM LỘ", "Số: 415/QĐ-UBND"),
        (*MOTTO, "Cam Lộ, ngày 02 tháng 4 năm 2019"),
        ("QUYẾT ĐỊNH", "Về việc giao chỉ tiêu giảm nghèo năm 2019"),
        {
            "number": "415/QĐ-UBND",
            "issuing_unit": "Huyện Cam Lộ",
            "province": "Quảng Trị",
            "title": "giao chỉ tiêu giảm nghèo năm 2019",
        },
        under=("ỦY BAN NHÂN DÂN HUYỆN", "QUYẾT ĐỊNH:"),
    ),
    "party committee": Head(
        ("HUYỆN ỦY TRIỆU SƠN", "*", "Số 59-KH/HU"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", "Triệu Sơn, ngày 12 tháng 5 năm 2021"),
        ("KẾ HOẠCH", "thực hiện Chỉ thị số 05-CT/TW về giảm nghèo bền vững"),
        {
            "kind": "plan",
            "number": "59-KH/HU",
            "symbol": "KH/HU",
            "issued_on": "2021-05-12",
            "issuer": "Huyện ủy Triệu Sơn",
            "issuing_unit": "Huyện Triệu Sơn",
            "province": "Thanh Hóa",
        },
        signature=("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Văn Bình"),
    ),
    "department of a district": Head(
        (
            "UBND HUYỆN TRIỆU SƠN",
            "PHÒNG LAO ĐỘNG - TBXH",
            "Số: 12/BC-LĐTBXH",
        ),
        (*MOTTO, "Triệu Sơn, ngày 5 tháng 12 năm 2022"),
        ("BÁO CÁO", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2022"),
        {
            "kind": "report",
            "number": "12/BC-LĐTBXH",
            "issuer": "Phòng lao động - TBXH huyện Triệu Sơn",
            "issuing_unit": "Huyện Triệu Sơn",
            "province": "Thanh Hóa",
            "signer_title": "Trưởng phòng",
        },
        signature=("TRƯỞNG PHÒNG", "Lê Thị Hoa"),
    ),
    "ministry, symbol without a kind": Head(
        (
            "BỘ NÔNG NGHIỆP",
            "VÀ PHÁT TRIỂN NÔNG THÔN",
            "Số: 4330/BNN-KTHT",
            "V/v báo cáo",
        ),
        (*MOTTO, "Hà Nội, ngày 28 tháng 6 năm 2022"),
        ("Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",),
        {
            "kind": "other",
            "number": "4330/BNN-KTHT",
            "symbol": "BNN-KTHT",
            "issued_on": "2022-06-28",
            "place": "Hà Nội",
            "issuer": "Bộ nông nghiệp và phát triển nông thôn",
        },
        signature=("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Trần Thanh Nam"),
    ),
    "council resolution": Head(
        ("HỘI ĐỒNG NHÂN DÂN", "TỈNH QUẢNG TRỊ", "Số: 16/2021/NQ-HĐND"),
        (*MOTTO, "Quảng Trị, ngày 30 tháng 8 năm 2021"),
        ("NGHỊ QUYẾT", "Về chương trình giảm nghèo giai đoạn 2021 - 2025"),
        {
            "kind": "resolution",
            "number": "16/2021/NQ-HĐND",
            "issuer": "HĐND tỉnh Quảng Trị",
            "issuing_unit": "Tỉnh Quảng Trị",
            "province": "Quảng Trị",
            "period_start": 2021,
            "period_end": 2025,
        },
        under=("HỘI ĐỒNG NHÂN DÂN TỈNH QUẢNG TRỊ", "KHÓA VIII, KỲ HỌP THỨ 2"),
    ),
    "no left column": Head(
        ("Số: 44/KH-UBND",),
        (" ", "Cam Lộ, ngày 18 tháng 3 năm 2020"),
        ("KẾ HOẠCH", "Thực hiện Chương trình giảm nghèo năm 2021"),
        {
            "issuer": "UBND huyện Cam Lộ",
            "issuing_unit": "Huyện Cam Lộ",
            "province": "Quảng Trị",
        },
        prose=(
            "Để làm tốt công tác giảm nghèo năm 2021, UBND huyện xây dựng kế hoạch "
            "thực hiện Chương trình giảm nghèo năm 2021 với những nội dung như sau:",
            "I. TÌNH HÌNH CHUNG",
            "- Báo cáo UBND huyện để tổng hợp báo cáo UBND tỉnh theo quy định.",
        ),
    ),
    "title in capitals, period with an outlook": Head(
        ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ TUYÊN QUANG", "Số: 132 /KH-UBND"),
        (*MOTTO, "TP. Tuyên Quang, ngày 21 tháng 01 năm 2022"),
        (
            "KẾ HOẠCH",
            "GIẢM NGHÈO BỀN VỮNG GIAI ĐOẠN 2021-2025",
            "VÀ ĐỊNH HƯỚNG ĐẾN NĂM 2030",
        ),
        {
            "number": "132/KH-UBND",
            "place": "TP. Tuyên Quang",
            "issuing_unit": "Thành phố Tuyên Quang",
            "title": "GIẢM NGHÈO BỀN VỮNG GIAI ĐOẠN 2021-2025 "
            "VÀ ĐỊNH HƯỚNG ĐẾN NĂM 2030",
            "period_start": 2021,
            "period_end": 2025,
        },
    ),
    "steering committee, signed by order": Head(
        (
            "UBND THỊ XÃ BỈM SƠN",
            "BAN CHỈ ĐẠO GIẢM NGHÈO",
            "Số: 03/KH-BCĐ",
        ),
        (*MOTTO, "Bỉm Sơn, ngày 02 tháng 2 năm 2019"),
        ("KẾ HOẠCH", "Hoạt động của Ban Chỉ đạo giảm nghèo năm 2019"),
        {
            "number": "03/KH-BCĐ",
            "issuer": "Ban chỉ đạo giảm nghèo thị xã Bỉm Sơn",
            "issuing_unit": "Thị xã Bỉm Sơn",
            "signer": "Hoàng Văn Thái",
            "signer_title": "Chánh Văn phòng",
        },
        signature=("TL. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG", "HOÀNG VĂN THÁI"),
    ),
    "province city": Head(
        ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI", "Số: 22/KH-UBND"),
        (*MOTTO, "Hà Nội, ngày 21 tháng 01 năm 2022"),
        ("KẾ HOẠCH", "Thực hiện mục tiêu giảm nghèo năm 2022"),
        {
            "issuer": "UBND thành phố Hà Nội",
            "issuing_unit": "Thành phố Hà Nội",
            "province": "Hà Nội",
        },
    ),
}


def set_head(head: Head, *, merged: bool = False) -> Setter:
    setter = Setter()
    if merged:
        rows = max(len(head.left), len(head.right))
        left = (*head.left, *("",) * (rows - len(head.left)))
        right = (*head.right, *("",) * (rows - len(head.right)))
        setter.merged_head(left, right)
    else:
        setter.head(head.left, head.right)
    if head.title[0].startswith("Kính gửi"):
        setter.paragraph(head.title[0])
    else:
        setter.centred(head.title[0])
        setter.centred(*head.title[1:])
    for text in head.under:
        setter.centred(text)
    for text in head.prose:
        setter.paragraph(text)
    setter.end(head.recipients, head.signature)
    return setter


@pytest.fixture
def read(
    vocabulary: Vocabulary, gazetteer: Gazetteer
) -> Callable[[Setter], list[Document]]:
    def read_all(setter: Setter) -> list[Document]:
        documents: list[Document] = []
        blocks = arrange_blocks(setter.evidence())
        for part in split_documents(blocks, vocabulary):
            parent = documents[part.parent] if part.parent is not None else None
            documents.append(parse_document(part, vocabulary, gazetteer, parent))
        return documents

    return read_all


def said(document: Document, names: dict[str, object]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name in names:
        value = getattr(document, name)
        if name in ("issuing_unit", "province"):
            value = value.name if value is not None else None
        values[name] = value
    return values


@pytest.mark.parametrize("name", HEADS)
def test_head(name: str, read: Callable[[Setter], list[Document]]) -> None:
    head = HEADS[name]
    documents = read(set_head(head))
    assert len(documents) == 1
    assert said(documents[0], head.says) == head.says


@pytest.mark.parametrize("name", HEADS)
def test_head_whose_columns_were_read_as_whole_lines(
    name: str, read: Callable[[Setter], list[Document]]
) -> None:
    head = HEADS[name]
    documents = read(set_head(head, merged=True))
    assert said(documents[0], head.says) == head.says


def test_a_motto_broken_over_lines_is_no_part_of_the_issuer(
    read: Callable[[Setter], list[Document]],
) -> None:
    setter = Setter()
    setter.head(
        ("ỦY BAN NHÂN DÂN", "XÃ TRÀ TẬP", "Số: 09/KH-UBND"),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT",
            "NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Trà Tập, ngày 20 tháng 3 năm 2020",
        ),
    )
    setter.centred("KẾ HOẠCH")
    setter.centred("Giảm nghèo năm 2020")
    for text in PROSE:
        setter.paragraph(text)
    assert read(setter)[0].issuer == "UBND xã Trà Tập"


def test_an_attached_plan_with_a_head_is_of_the_unit_that_its_decision_tells(
    read: Callable[[Setter], list[Document]],
) -> None:
    """Two districts bear the name; the decision alone names the province."""
    organs = ("ỦY BAN NHÂN DÂN", "HUYỆN VĨNH THẠNH")
    setter = Setter()
    dated = (*MOTTO, "Vĩnh Thạnh, ngày 28 tháng 01 năm 2015")
    setter.head((*organs, "Số: 128/QĐ-UBND"), dated)
    setter.centred("QUYẾT ĐỊNH")
    setter.centred("Về việc ban hành Kế hoạch giảm nghèo năm 2015")
    setter.paragraph(
        "Căn cứ Quyết định số 4219/QĐ-UBND ngày 16/12/2014 của UBND tỉnh Bình Định;"
    )
    setter.paragraph("Điều 1. Ban hành kèm theo Quyết định này Kế hoạch giảm nghèo.")
    setter.end(("Nơi nhận:", "- Lưu: VT."), ("CHỦ TỊCH", "Lê Văn Đẩu"))
    setter.page()
    setter.head(organs, MOTTO)
    setter.centred("KẾ HOẠCH")
    setter.centred("Giảm nghèo huyện Vĩnh Thạnh năm 2015")
    for text in PROSE:
        setter.paragraph(text)
    codes = [d.issuing_unit and d.issuing_unit.code for d in read(setter)]
    assert codes == ["546", "546"]
