"""Documents of one file, their parts, annexes, bases and recipients."""

from __future__ import annotations

from parsers.heads.annexes import find_annex_mentions, parse_annexes
from parsers.heads.head import parse_document
from parsers.heads.recipients import parse_recipients
from parsers.layout.blocks import Paragraph, TableBlock, arrange_blocks
from parsers.layout.documents import DocumentPart, split_documents
from parsers.records import DocumentKind
from parsers.units.gazetteer import Gazetteer
from parsers.vocabulary import Vocabulary
from tests.parsers.heads.test_head import MOTTO, PROSE
from tests.parsers.papers import Setter

TABLE = [["TT", "Đơn vị", "Hộ nghèo"], ["1", "Xã Cam Tuyền", "99"]]
ITEMS = (
    "1. Phòng Lao động - Thương binh và Xã hội tổng hợp kết quả thực hiện kế hoạch.",
    "2. Phòng Tài chính - Kế hoạch bố trí ngân sách để thực hiện các chính sách.",
    "3. UBND các xã, thị trấn tổ chức rà soát hộ nghèo, hộ cận nghèo hằng năm.",
)


def plan(setter: Setter, number: str = "12/KH-UBND", title: str = "") -> None:
    setter.head(
        ("ỦY BAN NHÂN DÂN", "HUYỆN TRIỆU SƠN", f"Số: {number}"),
        (*MOTTO, "Triệu Sơn, ngày 10 tháng 5 năm 2021"),
    )
    setter.centred("KẾ HOẠCH")
    setter.centred(title or "Giảm nghèo huyện Triệu Sơn năm 2021")
    for text in (*PROSE, *ITEMS):
        setter.paragraph(text)


def sign(setter: Setter) -> None:
    setter.end(
        ("Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn An"),
    )


def decision(setter: Setter) -> None:
    setter.head(
        ("ỦY BAN NHÂN DÂN", "HUYỆN TRIỆU SƠN", "Số: 432/QĐ-UBND"),
        (*MOTTO, "Triệu Sơn, ngày 08 tháng 02 năm 2017"),
    )
    setter.centred("QUYẾT ĐỊNH")
    setter.centred("Về việc phê duyệt Kế hoạch giảm nghèo giai đoạn 2016-2020")
    setter.centred("CHỦ TỊCH UBND HUYỆN TRIỆU SƠN")
    setter.paragraph(PROSE[0])
    setter.centred("QUYẾT ĐỊNH:")
    setter.paragraph("Điều 1. Phê duyệt Kế hoạch giảm nghèo giai đoạn 2016-2020.")
    setter.paragraph("Điều 2. Quyết định này có hiệu lực từ ngày ký.")
    sign(setter)


def split(setter: Setter, vocabulary: Vocabulary) -> tuple[DocumentPart, ...]:
    return split_documents(arrange_blocks(setter.evidence()), vocabulary)


def texts(blocks: tuple[object, ...]) -> list[str]:
    return [b.text for b in blocks if isinstance(b, Paragraph)]


def test_head_body_and_end(vocabulary: Vocabulary) -> None:
    setter = Setter()
    plan(setter)
    sign(setter)
    (part,) = split(setter, vocabulary)
    assert texts(part.head)[-2:] == ["KẾ HOẠCH", "Giảm nghèo huyện Triệu Sơn năm 2021"]
    assert texts(part.body) == [*PROSE, *ITEMS]
    assert texts(part.tail)[0] == "Nơi nhận:"
    assert texts(part.tail)[-1] == "Nguyễn Văn An"
    assert part.annexes == ()


def test_decision_and_the_plan_it_approves(
    vocabulary: Vocabulary, gazetteer: Gazetteer
) -> None:
    setter = Setter()
    decision(setter)
    setter.page()
    setter.centred("KẾ HOẠCH")
    setter.centred("Giảm nghèo huyện Triệu Sơn giai đoạn 2016-2020")
    setter.centred(
        "(Kèm theo Quyết định số 432/QĐ-UBND ngày 8 tháng 02 năm 2017",
        "của Chủ tịch UBND huyện Triệu Sơn)",
    )
    for text in (*PROSE, *ITEMS):
        setter.paragraph(text)
    parts = split(setter, vocabulary)
    assert [p.parent for p in parts] == [None, 0]
    first = parse_document(parts[0], vocabulary, gazetteer)
    second = parse_document(parts[1], vocabulary, gazetteer, first)
    assert (first.kind, second.kind) == (DocumentKind.DECISION, DocumentKind.PLAN)
    assert first.title == "phê duyệt Kế hoạch giảm nghèo giai đoạn 2016-2020"
    assert second.number is None
    assert second.symbol is None
    assert second.title == "Giảm nghèo huyện Triệu Sơn giai đoạn 2016-2020"
    assert second.issued_on == "2017-02-08"
    assert second.issuing_unit == first.issuing_unit
    assert second.signer is None
    assert (second.first_page, second.last_page) == (2, 2)


def test_attached_plan_that_repeats_the_motto(vocabulary: Vocabulary) -> None:
    setter = Setter()
    decision(setter)
    setter.page()
    setter.head(("ỦY BAN NHÂN DÂN", "HUYỆN TRIỆU SƠN"), MOTTO)
    setter.centred("KẾ HOẠCH")
    setter.centred("Giảm nghèo huyện Triệu Sơn giai đoạn 2016-2020")
    for text in (*PROSE, *ITEMS):
        setter.paragraph(text)
    sign(setter)
    parts = split(setter, vocabulary)
    assert [p.parent for p in parts] == [None, 0]
    assert texts(parts[1].head)[0] == "ỦY BAN NHÂN DÂN"


def test_two_papers_of_their_own(vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
    setter = Setter()
    plan(setter, "12/KH-UBND")
    sign(setter)
    setter.page()
    plan(setter, "13/KH-UBND", "Xóa nhà tạm, nhà dột nát năm 2021")
    sign(setter)
    parts = split(setter, vocabulary)
    assert [p.parent for p in parts] == [None, None]
    numbers = [parse_document(p, vocabulary, gazetteer).number for p in parts]
    assert numbers == ["12/KH-UBND", "13/KH-UBND"]


def test_annexes_belong_to_their_paper(vocabulary: Vocabulary) -> None:
    setter = Setter()
    plan(setter)
    setter.paragraph("(Chi tiết tại Phụ lục 01, 02 kèm theo)")
    sign(setter)
    setter.page()
    setter.centred("PHỤ LỤC 01", "DỰ KIẾN TỶ LỆ HỘ NGHÈO NĂM 2021")
    setter.centred("(Kèm theo Kế hoạch số 12/KH-UBND ngày 10/5/2021 của UBND huyện)")
    setter.table(TABLE)
    setter.page()
    setter.centred("PHỤ LỤC 02: NHU CẦU VỐN NĂM 2020")
    setter.centred(
        "(Kèm theo Kế hoạch số:     /KH-UBND ngày   /  /2020 của UBND huyện)"
    )
    setter.table(TABLE)
    (part,) = split(setter, vocabulary)
    annexes = parse_annexes(part)
    assert [(a.page_no, a.years, a.reference_years) for a in annexes] == [
        (2, (2021,), (2021,)),
        (3, (2020,), (2020,)),
    ]
    assert annexes[0].title == "PHỤ LỤC 01 DỰ KIẾN TỶ LỆ HỘ NGHÈO NĂM 2021"
    tables = [b for a in part.annexes for b in a.blocks if isinstance(b, TableBlock)]
    assert [b.table.table_no for b in tables] == [1, 2]
    (mention,) = find_annex_mentions(part)
    assert (mention.names, mention.count) == ("Phụ lục 01, 02", 2)


def test_an_annex_that_is_a_plan_of_money_is_no_document(
    vocabulary: Vocabulary,
) -> None:
    setter = Setter()
    plan(setter)
    sign(setter)
    setter.page()
    setter.centred("KẾ HOẠCH VỐN THỰC HIỆN CHƯƠNG TRÌNH NĂM 2021")
    setter.centred("(Kèm theo Kế hoạch số 12/KH-UBND ngày 10/5/2021 của UBND huyện)")
    setter.table(TABLE)
    (part,) = split(setter, vocabulary)
    assert len(part.annexes) == 1
    assert part.annexes[0].reference is not None


def test_the_list_of_recipients_runs_over_the_page(vocabulary: Vocabulary) -> None:
    setter = Setter()
    plan(setter)
    setter.end(
        ("Nơi nhận:", "- UBND tỉnh;", "- Phòng LĐ-TB&XH thị xã và các", "xã, phường;"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Quang Trung"),
    )
    setter.page()
    setter.line("- Chủ tịch, các PCT UBND huyện", 82, 60)
    setter.line("- Lưu: VT, LĐTBXH.", 82, 74)
    setter.y = 110
    (part,) = split(setter, vocabulary)
    recipients = parse_recipients(part, vocabulary)
    assert [(r.ordinal, r.recipient) for r in recipients] == [
        (1, "UBND tỉnh"),
        (2, "Phòng LĐ-TB&XH thị xã và các xã, phường"),
        (3, "Chủ tịch, các PCT UBND huyện"),
        (4, "Lưu: VT, LĐTBXH"),
    ]


def test_a_name_on_the_next_page_is_the_signer_not_a_recipient(
    vocabulary: Vocabulary, gazetteer: Gazetteer
) -> None:
    setter = Setter()
    plan(setter)
    top = setter.y
    setter.line("Noi nhận:", 82, top)
    setter.line("- UBND tỉnh (báo cáo);", 82, top + 14)
    setter.line("KT. CHỦ TỊCH", 385, top)
    setter.line("PHÓ CHỦ TỊCH", 383, top + 17)
    setter.page()
    setter.line("- Lưu: VT.", 82, 60)
    setter.line("Lê Quang Trung", 381, 93)
    (part,) = split(setter, vocabulary)
    document = parse_document(part, vocabulary, gazetteer)
    assert (document.signer, document.signer_title) == (
        "Lê Quang Trung",
        "Phó Chủ tịch",
    )
    found = [r.recipient for r in parse_recipients(part, vocabulary)]
    assert found == ["UBND tỉnh (báo cáo)", "Lưu: VT"]


def test_an_empty_file_is_one_empty_document(vocabulary: Vocabulary) -> None:
    (part,) = split_documents((), vocabulary)
    assert part.blocks == ()
    assert part.pages == (1, 1)


def test_a_speck_in_a_head_opens_no_document(
    vocabulary: Vocabulary, gazetteer: Gazetteer
) -> None:
    setter = Setter()
    setter.head(
        ("ỦY BAN NHÂN DÂN", "- XÃ CÁT VÂN", "Số: 14/KH-UBND"),
        (*MOTTO, "Cát Vân, ngày 12 tháng 02 năm 2019"),
    )
    setter.centred("KẾ HOẠCH")
    setter.centred("Giảm nghèo năm 2019")
    for text in (*PROSE, *ITEMS):
        setter.paragraph(text)
    sign(setter)
    (part,) = split(setter, vocabulary)
    found = parse_document(part, vocabulary, gazetteer)
    assert (found.number, found.issued_on) == ("14/KH-UBND", "2019-02-12")
