"""Outlines: numbering, bullets, headings, slips of OCR."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.layout.outline import ancestors, parse_outline
from parsers.layout.outline_marks import Mark, roman_value
from tests.parsers.sheets import sheet

MARKS = [
    # text, kind of mark, section, words after the mark; forms of the contract
    ("I. MỤC TIÊU", Mark.ROMAN, "I", "MỤC TIÊU"),
    ("IV- TỔ CHỨC THỰC HIỆN", Mark.ROMAN, "IV", "TỔ CHỨC THỰC HIỆN"),
    ("II1. KINH PHÍ", Mark.ROMAN, "III", "KINH PHÍ"),
    ("lV. KINH PHÍ", Mark.ROMAN, "IV", "KINH PHÍ"),
    ("VIl. KINH PHÍ", Mark.ROMAN, "VII", "KINH PHÍ"),
    ("II MỤC TIÊU", Mark.ROMAN, "II", "MỤC TIÊU"),  # the point lost in a scan
    ("HI. CHỈ TIÊU GIẢM NGHÈO", Mark.ROMAN, "III", "CHỈ TIÊU GIẢM NGHÈO"),
    ("VH. KINH PHÍ", Mark.ROMAN, "VII", "KINH PHÍ"),
    ("- 1. Công chức Văn hóa", Mark.NUMBER, "1", "Công chức Văn hóa"),  # a speck
    ("1. Mục tiêu chung", Mark.NUMBER, "1", "Mục tiêu chung"),
    ("1) Mục tiêu chung", Mark.NUMBER, "1", "Mục tiêu chung"),
    ("1/ Mục tiêu chung", Mark.NUMBER, "1", "Mục tiêu chung"),
    ("1- Mục tiêu chung", Mark.NUMBER, "1", "Mục tiêu chung"),
    ("l. Mục tiêu chung", Mark.NUMBER, "1", "Mục tiêu chung"),
    ("2.3.10. Phòng giao dịch", Mark.NUMBER, "2.3.10", "Phòng giao dịch"),
    ("1.1 Phòng Y tế", Mark.NUMBER, "1.1", "Phòng Y tế"),
    ("a) Hỗ trợ vay vốn", Mark.LETTER, "a", "Hỗ trợ vay vốn"),
    ("a. Hỗ trợ vay vốn", Mark.LETTER, "a", "Hỗ trợ vay vốn"),
    ("đ) Hỗ trợ vay vốn", Mark.LETTER, "đ", "Hỗ trợ vay vốn"),
    ("- b) Kiện toàn Ban Chỉ đạo", Mark.LETTER, "b", "Kiện toàn Ban Chỉ đạo"),
    ("Điều 2. Giao nhiệm vụ", Mark.ARTICLE, "Điều 2", "Giao nhiệm vụ"),
    ("Điều l. Giao nhiệm vụ", Mark.ARTICLE, "Điều 1", "Giao nhiệm vụ"),
    ("Phần thứ hai NHIỆM VỤ", Mark.PART, "Phần 2", "NHIỆM VỤ"),
    ("PHẦN II. NHIỆM VỤ", Mark.PART, "Phần II", "NHIỆM VỤ"),
    ("Chương I: NHIỆM VỤ", Mark.PART, "Chương I", "NHIỆM VỤ"),
    ("A. ĐẶC ĐIỂM", Mark.CAPITAL, "A", "ĐẶC ĐIỂM"),
    ("- Hỗ trợ vay vốn", Mark.DASH, "", "Hỗ trợ vay vốn"),
    ("–Hỗ trợ vay vốn", Mark.DASH, "", "Hỗ trợ vay vốn"),
    ("+ Hỗ trợ vay vốn", Mark.PLUS, "", "Hỗ trợ vay vốn"),
    ("* Hỗ trợ vay vốn", Mark.STAR, "", "Hỗ trợ vay vốn"),
    ("• Hỗ trợ vay vốn", Mark.DOT, "", "Hỗ trợ vay vốn"),
    ("(1) Hỗ trợ vay vốn", Mark.PAREN, "", "Hỗ trợ vay vốn"),
]


@pytest.mark.parametrize(("text", "mark", "section", "words"), MARKS)
def test_reads_a_mark(text: str, mark: Mark, section: str, words: str) -> None:
    (item,) = parse_outline(sheet(text))
    assert (item.mark, item.section, item.text) == (mark, section, words)


@pytest.mark.parametrize(
    "text",
    [
        "01 - 02 mô hình điển hình về nhân rộng giảm nghèo",
        "30.000.000đ/hộ là mức hỗ trợ",
        "2020. Tỷ lệ hộ nghèo giảm",
        "1.5 % mỗi năm",
        "95% xã có đường ô tô",
        "Điều kiện sống của người nghèo",
        "Phần lớn hộ nghèo thiếu vốn",
        "C. Nguyên nhân của người viết",
        "XIX) về việc thực hiện Nghị quyết",
        "-5,2% so với năm trước",
    ],
)
def test_takes_no_figure_or_word_for_a_mark(text: str) -> None:
    (item,) = parse_outline(sheet(text))
    assert item.mark is Mark.PLAIN
    assert item.text == text


def test_gives_each_item_its_path() -> None:
    items = parse_outline(
        sheet(
            """
            I. MỤC TIÊU
            1. Chỉ tiêu
            - Giảm 90 hộ nghèo
            + Trong đó 10 hộ DTTS
            - Giảm 0,25%
            II. NHIỆM VỤ
            2. Xây dựng kế hoạch
            2.3. Các phòng, ban, ngành
            2.3.10. Phòng giao dịch:
            - Tạo lập đủ nguồn vốn
            3. Chỉ đạo
            a) Hỗ trợ
            III. TỔ CHỨC
            1. Phòng Y tế
            """
        )
    )
    assert [i.section for i in items] == [
        *("I", "I.1", "I.1", "I.1", "I.1"),
        *("II", "II.2", "II.2.3", "II.2.3.10", "II.2.3.10"),
        *("II.3", "II.3.a", "III", "III.1"),
    ]
    assert [i.parent for i in items] == [
        *(None, 0, 1, 2, 1, None, 5, 6, 7, 8, 5, 10, None, 12)
    ]


def test_numbering_under_an_article_restarts() -> None:
    items = parse_outline(
        sheet(
            """
            Điều 1. Phê duyệt Kế hoạch
            Điều 2. Tổ chức thực hiện
            1. Phòng Y tế chủ trì
            a) Lập danh sách
            Điều 3. Quyết định này có hiệu lực
            """
        )
    )
    assert [i.section for i in items][2:] == ["Điều 2.1", "Điều 2.1.a", "Điều 3"]


def test_reads_a_badly_read_one_below_a_roman_number_as_one() -> None:
    items = parse_outline(
        sheet(
            """
            I. TÌNH HÌNH
            II. TỔ CHỨC THỰC HIỆN
            I. Phòng Y tế: Chủ trì
            2. Phòng Tư pháp: Phối hợp
            """
        )
    )
    assert [i.section for i in items] == ["I", "II", "II.1", "II.2"]


def test_roman_numbers_restart_under_a_capital_letter() -> None:
    items = parse_outline(
        sheet(
            """
            A. KẾT QUẢ NĂM 2014
            I. Kết quả đạt được
            II. Tồn tại, hạn chế
            B. KẾ HOẠCH NĂM 2015
            I. Mục tiêu
            1. Giảm tỷ lệ hộ nghèo còn 29,5%.
            """
        )
    )
    assert [i.section for i in items][4:] == ["B.I", "B.I.1"]


def test_reads_digits_in_the_place_of_roman_numbers() -> None:
    items = parse_outline(
        sheet(
            """
            I. TÌNH HÌNH
            11. MỤC TIÊU GIẢM NGHÈO
            III. TỔ CHỨC THỰC HIỆN
            """
        )
    )
    assert [i.section for i in items] == ["I", "II", "III"]


def test_goes_on_where_a_number_is_missing_or_restarts() -> None:
    items = parse_outline(
        sheet(
            """
            I. TÌNH HÌNH
            1. Kết quả
            3. Hạn chế
            III. NHIỆM VỤ
            1. Tuyên truyền
            1. Hỗ trợ
            """
        )
    )
    assert [i.section for i in items] == ["I", "I.1", "I.3", "III", "III.1", "III.1"]


HEADINGS = [
    # text and what follows, heading, body
    ("5. Trạm Y tế: Tham mưu chính sách", "", "Trạm Y tế", "Tham mưu chính sách"),
    ("4. Phòng Kinh tế", "Hướng dẫn các xã.", "Phòng Kinh tế", ""),
    ("2. Phòng Y tế:", "- Hướng dẫn các xã.", "Phòng Y tế", ""),
    ("IV. TỔ CHỨC THỰC HIỆN.", "1. Phòng Y tế", "TỔ CHỨC THỰC HIỆN", ""),
    ("- Hỗ trợ vay vốn cho 20 hộ.", "- Mở lớp.", None, "Hỗ trợ vay vốn cho 20 hộ."),
    (
        "Hiện có 332 hộ (trong đó: thành thị 267 hộ).",
        "",
        None,
        "Hiện có 332 hộ (trong đó: thành thị 267 hộ).",
    ),
]


@pytest.mark.parametrize(("text", "below", "heading", "body"), HEADINGS)
def test_tells_a_heading_from_its_text(
    text: str, below: str, heading: str | None, body: str
) -> None:
    item = parse_outline(sheet(f"{text}\n{below}"))[0]
    assert (item.heading, item.body) == (heading, body)


def test_a_part_takes_its_heading_from_the_next_line() -> None:
    items = parse_outline(sheet("Phần thứ nhất\nKẾT QUẢ NĂM 2018\nI. Đặc điểm"))
    assert items[0].heading == "KẾT QUẢ NĂM 2018"


def test_joins_what_a_line_break_tore_apart() -> None:
    items = parse_outline(
        sheet(
            """
            - Thực hiện Kế hoạch số 59-KH/TU của Ban Thường vụ Thành ủy (khóa
            XIX) về việc lãnh đạo công tác
            giảm nghèo đến năm 2020.
            - Rà soát hộ nghèo.
            """
        )
    )
    assert [i.mark for i in items] == [Mark.DASH, Mark.DASH]
    assert items[0].text.endswith("công tác giảm nghèo đến năm 2020.")


def test_knows_ancestors() -> None:
    items = parse_outline(sheet("I. A\n1. B\n- c\n- d"))
    assert [i.index for i in ancestors(items, items[3])] == [1, 0]


@given(st.integers(min_value=1, max_value=39))
def test_roman_numbers_read_back(value: int) -> None:
    tens, ones = divmod(value, 10)
    letters = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    assert roman_value("X" * tens + letters[ones]) == value


@given(st.text(alphabet="IVX1l.)-+*abđ Điềuuthứ2:(\n", max_size=120))
def test_keeps_every_word_of_any_text(text: str) -> None:
    items = parse_outline(sheet(text))
    kept = " ".join(i.paragraph.text for i in items)
    assert kept.split() == text.split()
    assert all(i.parent is None or i.parent < i.index for i in items)
