"""Blocks: lines to paragraphs and tables, whatever the layout."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import BBox, Evidence, Line, Method, Page, Word
from parsers.layout.blocks import Paragraph, TableBlock, arrange_blocks
from tests.parsers.papers import GAP, INDENT, STEP, Setter, words_at

LONG = (
    "Thực hiện mục tiêu giảm nghèo bền vững, hạn chế tái nghèo, góp phần thực hiện mục "
    "tiêu tăng trưởng kinh tế, đảm bảo an sinh xã hội, cải thiện đời sống của người "
    "dân, tạo điều kiện cho hộ nghèo tiếp cận các dịch vụ xã hội cơ bản."
)
OTHER = (
    "Nâng cao vai trò trách nhiệm của các cấp ủy, chính quyền trong việc thực hiện "
    "chính sách giảm nghèo bền vững trên địa bàn toàn huyện."
)


def texts(setter: Setter) -> list[str]:
    return [
        b.text if isinstance(b, Paragraph) else f"<table {b.table.table_no}>"
        for b in arrange_blocks(setter.evidence())
    ]


@pytest.mark.parametrize(
    "marker",
    ["I.", "1.", "1.1.", "2.3.10.", "a)", "đ)", "-", "+", "*", "•", "Điều 2.", "12."],
)
def test_a_marker_begins_a_paragraph(marker: str) -> None:
    setter = Setter()
    setter.paragraph(LONG)
    setter.paragraph(f"{marker} {OTHER}")
    assert texts(setter) == [LONG, f"{marker} {OTHER}"]


def test_indented_paragraphs_without_space_between() -> None:
    setter = Setter()
    for text in (LONG, OTHER, LONG):
        setter.paragraph(text, gap=STEP)
    assert texts(setter) == [LONG, OTHER, LONG]


def test_unindented_paragraphs_with_space_between() -> None:
    setter = Setter()
    for text in (LONG, OTHER, LONG):
        setter.paragraph(text, indent=0.0, gap=STEP + 8)
    assert texts(setter) == [LONG, OTHER, LONG]


def test_hanging_bullets() -> None:
    setter = Setter()
    for text in (f"- {LONG}", f"- {OTHER}"):
        setter.paragraph(text, indent=-9.8, left=80 + INDENT + 9.8, gap=STEP)
    assert texts(setter) == [f"- {LONG}", f"- {OTHER}"]


def test_short_lines_are_paragraphs_of_their_own() -> None:
    setter = Setter()
    lines = ["- UBND tỉnh", "- Thường trực Thành ủy", "- Các phòng, ban, đơn vị"]
    for text in lines:
        setter.paragraph(text, gap=STEP)
    assert texts(setter) == lines


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    setter = Setter()
    setter.paragraph(OTHER)
    head = "Tổ chức ký kết giao chỉ tiêu giảm nghèo giữa các hội đoàn thể cấp tỉnh, cấp"
    setter.line(head, 80 + INDENT)
    setter.page()
    setter.line("huyện và cấp xã trong toàn tỉnh theo đúng quy định đã ban hành.", 80)
    setter.y += GAP
    setter.paragraph(LONG)
    assert texts(setter) == [
        OTHER,
        f"{head} huyện và cấp xã trong toàn tỉnh theo đúng quy định đã ban hành.",
        LONG,
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Cam Lộ 2021, page 1: the dash belongs to a period cut by the line end.
        (
            "- Duy trì tỷ lệ hộ nghèo toàn huyện theo chuẩn đa chiều giai đoạn 2016",
            "- 2020) dưới 3%",
        ),
        (
            "2. Giao các đơn vị phối hợp cùng với cán bộ của Phòng Lao động xã hội",
            "- Thương binh và Xã hội tổ chức thực hiện.",
        ),
        (
            "Các huyện, thị xã, thành phố còn tỷ lệ hộ nghèo cao bình quân chung là",
            "2.5 % theo kết quả rà soát.",
        ),
    ],
)
def test_what_only_looks_like_a_marker_goes_on(first: str, second: str) -> None:
    setter = Setter()
    setter.paragraph(LONG)
    setter.paragraph(OTHER)
    setter.pages[-1].append(Line(_stretched(first, 108, 538, setter.y)))
    setter.line(second, 80, setter.y + STEP)
    assert texts(setter) == [LONG, OTHER, f"{first} {second}"]


def _stretched(text: str, x0: float, x1: float, y: float) -> tuple[Word, ...]:
    """Set a justified line from margin to margin."""
    words = text.split()
    letter = (x1 - x0) / (sum(map(len, words)) + 0.6 * (len(words) - 1))
    return words_at(text, x0, y, letter)


def test_columns_of_head_and_signature_are_not_mixed() -> None:
    setter = Setter()
    setter.head(
        ("ỦY BAN NHÂN DÂN", "HUYỆN CAM LỘ", "Số: 44/KH-UBND"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập", "Cam Lộ, ngày 18 tháng 3"),
    )
    setter.paragraph(LONG)
    setter.end(
        ("Nơi nhận:", "- UBND tỉnh;", "- Phòng Lao động - Thương binh và", "Xã hội;"),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Anh Tuấn"),
    )
    assert texts(setter) == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN CAM LỘ",
        "Số: 44/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập",
        "Cam Lộ, ngày 18 tháng 3",
        LONG,
        "Nơi nhận:",
        "- UBND tỉnh;",
        "- Phòng Lao động - Thương binh và Xã hội;",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Anh Tuấn",
    ]


def test_page_numbers_running_heads_and_rules_are_left_out() -> None:
    setter = Setter()
    for number in range(4):
        if number:
            setter.page()
        setter.line(f"Trang {number + 1}/4", 250, 800)
        setter.line("UBND huyện Cam Lộ - Kế hoạch giảm nghèo", 80, 36)
        setter.line("———", 150)
        setter.paragraph(LONG)
    assert texts(setter) == [LONG] * 4


def test_a_table_stands_between_its_paragraphs_and_stops_joining() -> None:
    setter = Setter()
    setter.paragraph("2. Chỉ tiêu cụ thể:")
    setter.table([["TT", "Đơn vị"], ["1", "Xã Cam Tuyền"]])
    setter.paragraph(OTHER)
    assert texts(setter) == ["2. Chỉ tiêu cụ thể:", "<table 1>", OTHER]


def test_a_table_right_above_the_signature_stands_before_it() -> None:
    setter = Setter()
    setter.paragraph("Chỉ tiêu giao cho các xã như sau:")
    setter.table([["TT", "Xã", "Hộ nghèo"], ["1", "Cam Tuyền", "35"]])
    setter.end(("Nơi nhận:", "- Lưu: VT."), ("CHỦ TỊCH", "Nguyễn Văn An"))
    kinds = [type(b).__name__ for b in arrange_blocks(setter.evidence())]
    assert kinds.index("TableBlock") == 1


def test_a_continued_table_is_one_block() -> None:
    setter = Setter()
    setter.paragraph(OTHER)
    setter.table([["TT", "Đơn vị"], ["1", "Xã Cam Tuyền"]])
    blocks = arrange_blocks(setter.evidence())
    assert [b for b in blocks if isinstance(b, TableBlock)] == [blocks[1]]


def test_a_long_title_is_one_paragraph_and_not_the_word_above() -> None:
    setter = Setter()
    setter.centred(
        "BIỂU TỔNG HỢP CÁC NHU CẦU ĐĂNG KÝ HỖ TRỢ", "ĐỂ THOÁT NGHÈO NĂM 2018"
    )
    setter.centred("(Kèm theo Kế hoạch số 12 ngày 10/5/2021", "của UBND phường)")
    setter.paragraph(LONG)
    setter.paragraph(OTHER)
    assert texts(setter)[:2] == [
        "BIỂU TỔNG HỢP CÁC NHU CẦU ĐĂNG KÝ HỖ TRỢ ĐỂ THOÁT NGHÈO NĂM 2018",
        "(Kèm theo Kế hoạch số 12 ngày 10/5/2021 của UBND phường)",
    ]


def test_a_sentence_that_only_looks_centred_is_no_part_of_the_title() -> None:
    setter = Setter()
    setter.centred("Giảm nghèo năm 2021", "Kết quả rà soát đầu năm 2021 như sau:")
    setter.paragraph(LONG)
    assert texts(setter)[:2] == [
        "Giảm nghèo năm 2021",
        "Kết quả rà soát đầu năm 2021 như sau:",
    ]


def test_a_title_over_a_table_alone_is_no_full_line() -> None:
    setter = Setter()
    setter.head(
        ("ỦY BAN NHÂN DÂN", "HUYỆN QUAN HÓA", "Số: 31/KH-UBND"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quan Hóa, ngày 11 tháng 3 năm 2021"),
    )
    setter.centred("KẾ HOẠCH", "Giảm nghèo năm 2021 của huyện Quan Hóa")
    setter.paragraph("Kết quả rà soát như sau")
    setter.table([["TT", "Xã", "Hộ nghèo"], ["1", "Phú Lệ", "35"]])
    assert texts(setter)[-3:] == [
        "Giảm nghèo năm 2021 của huyện Quan Hóa",
        "Kết quả rà soát như sau",
        "<table 1>",
    ]


def test_jitter_of_a_scan_changes_nothing() -> None:
    setter = Setter(method=Method.OCR)
    wanted = []
    for number in range(4):
        for text in (f"{number + 1}. {LONG}", f"- {OTHER}"):
            setter.paragraph(text)
            wanted.append(text)
    chance = random.Random(5)  # noise, no secret
    page = [_shaken(line, chance) for line in setter.pages[0]]
    setter.pages[0] = page
    assert texts(setter) == wanted


def _shaken(line: Line, chance: random.Random) -> Line:
    def moved(word: Word) -> Word:
        up, down = chance.uniform(-1.2, 1.2), chance.uniform(-1.2, 1.2)
        box = word.box
        slope = 0.01 * box.x0
        return Word(
            word.text,
            BBox(
                box.x0 + chance.uniform(-1, 1),
                box.y0 + up + slope,
                box.x1 + chance.uniform(1.1, 2),
                box.y1 + down + slope,
            ),
            0.9,
        )

    return Line(tuple(moved(w) for w in line.words))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_sideways_page_reads_as_an_upright_one(turn: int) -> None:
    setter = Setter()
    for text in (LONG, f"- {OTHER}", LONG):
        setter.paragraph(text)
    page = setter.evidence().pages[0]
    turned = Page(
        1, page.height if turn % 180 else page.width,
        page.width if turn % 180 else page.height,
        Method.OCR, tuple(_turned(i, page, turn) for i in page.lines), turn,
    )  # fmt: skip
    evidence = Evidence(1, "p.pdf", "0", (turned,), (), "test")
    assert [b.text for b in arrange_blocks(evidence) if isinstance(b, Paragraph)] == [
        LONG,
        f"- {OTHER}",
        LONG,
    ]


def _turned(line: Line, page: Page, turn: int) -> Line:
    """Put an upright line where it stands on the page that must be turned to read."""

    def put(box: BBox) -> BBox:
        if turn == 90:
            return BBox(box.y0, page.width - box.x1, box.y1, page.width - box.x0)
        if turn == 270:
            return BBox(page.height - box.y1, box.x0, page.height - box.y0, box.x1)
        return BBox(
            page.width - box.x1,
            page.height - box.y1,
            page.width - box.x0,
            page.height - box.y0,
        )

    return Line(tuple(Word(w.text, put(w.box)) for w in line.words))


def test_place_finds_the_letters_of_a_paragraph() -> None:
    setter = Setter()
    setter.paragraph(LONG)
    (block,) = arrange_blocks(setter.evidence())
    assert isinstance(block, Paragraph)
    start = block.text.index("hộ nghèo")
    place = block.place(start, start + len("hộ nghèo"))
    words = [
        w
        for i in block.lines
        for w in i.line.words
        if place.box.contains(*w.box.center)
    ]
    assert [w.text for w in words] == ["hộ", "nghèo"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(
                alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy-1.;", min_size=1, max_size=9
            ),
            min_size=1,
            max_size=60,
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([0.0, 28.0]),
)
def test_no_word_is_lost_or_changed(paragraphs: list[list[str]], indent: float) -> None:
    setter = Setter()
    setter.y = 120.0
    for words in paragraphs:
        setter.paragraph("Từ " + " ".join(words), indent=indent)
        if setter.y > 600:
            setter.page()
            setter.y = 120.0
    printed = sorted(w.text for page in setter.pages for i in page for w in i.words)
    for number in range(2, len(setter.pages) + 1):
        printed.remove(str(number))
    blocks = arrange_blocks(setter.evidence())
    read = sorted(w for b in blocks if isinstance(b, Paragraph) for w in b.text.split())
    assert read == printed
