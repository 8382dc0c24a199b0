"""Reading order: heads, signatures, prose, and what OCR does to words."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout import arrange_lines
from extractors.model import BBox, Word

WIDTH = 595.0


def row(x: float, y: float, text: str, height: float = 12.0) -> list[Word]:
    """Words side by side; letters are half as wide as high."""
    words = []
    for part in text.split(" "):
        width = len(part) * height / 2
        if part:
            words.append(Word(part, BBox(x, y, x + width, y + height)))
        x += width + height / 4
    return words


def texts(words: list[Word]) -> list[str]:
    return [line.text for line in arrange_lines(words, WIDTH)]


HEAD = [
    *row(60, 60, "ỦY BAN NHÂN DÂN"),
    *row(250, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    *row(70, 76, "HUYỆN CAM LỘ"),
    *row(300, 76, "Độc lập – Tự do – Hạnh phúc"),
    *row(80, 100, "Số:      /KH-UBND"),
    *row(290, 100, "Cam Lộ, ngày      tháng 3 năm 2020"),
    *row(270, 130, "KẾ HOẠCH"),
    *row(170, 150, "Thực hiện Chương trình giảm nghèo năm 2020"),
    *row(90, 180, "Thực hiện Kế hoạch số 66/KH-UBND ngày 29/7/2016 của tỉnh"),
    *row(60, 196, "về thực hiện Chương trình giảm nghèo, Ủy ban nhân dân huyện"),
]
HEAD_TEXTS = [
    "ỦY BAN NHÂN DÂN",
    "HUYỆN CAM LỘ",
    "Số: /KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập – Tự do – Hạnh phúc",
    "Cam Lộ, ngày tháng 3 năm 2020",
    "KẾ HOẠCH",
    "Thực hiện Chương trình giảm nghèo năm 2020",
    "Thực hiện Kế hoạch số 66/KH-UBND ngày 29/7/2016 của tỉnh",
    "về thực hiện Chương trình giảm nghèo, Ủy ban nhân dân huyện",
]


def test_head_is_read_left_column_then_right() -> None:
    assert texts(HEAD) == HEAD_TEXTS


def test_a_page_number_above_the_head_stays_first() -> None:
    assert texts([*row(296, 28, "3"), *HEAD]) == ["3", *HEAD_TEXTS]


@settings(max_examples=40, deadline=None)
@given(
    st.randoms(use_true_random=False),
    st.floats(-0.006, 0.006),
    st.floats(0.3, 4.0),
)
def test_head_survives_jitter_slope_and_scale(
    random: Random, slope: float, scale: float
) -> None:
    """0.006 is a third of a degree: what is left after a scan was straightened."""
    moved = []
    for word in HEAD:
        box = word.box
        shift = random.uniform(-1.2, 1.2) + slope * box.x0
        moved.append(
            Word(
                word.text,
                BBox(
                    box.x0 * scale,
                    (box.y0 + shift) * scale,
                    box.x1 * scale,
                    (box.y1 + shift) * scale,
                ),
            )
        )
    random.shuffle(moved)
    found = [line.text for line in arrange_lines(moved, WIDTH * scale)]
    assert found == HEAD_TEXTS


def test_signature_beside_recipients() -> None:
    words = [
        *row(60, 400, "kế hoạch này, định kỳ báo cáo Ban chỉ đạo./."),
        *row(350, 430, "TM. ỦY BAN NHÂN DÂN", 14),
        *row(60, 434, "Nơi nhận:", 11),
        *row(390, 447, "KT. CHỦ TỊCH", 14),
        *row(60, 447, "- Như trên;", 11),
        *row(60, 460, "- UBND tỉnh (báo cáo);", 11),
        *row(380, 464, "PHÓ CHỦ TỊCH", 14),
        *row(60, 473, "- Lưu: VT, LĐTBXH.", 11),
        *row(390, 550, "Mai Đình Lâm", 14),
    ]
    assert texts(words) == [
        "kế hoạch này, định kỳ báo cáo Ban chỉ đạo./.",
        "Nơi nhận:",
        "- Như trên;",
        "- UBND tỉnh (báo cáo);",
        "- Lưu: VT, LĐTBXH.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Mai Đình Lâm",
    ]


def test_signature_alone_on_the_right_stays_in_order() -> None:
    words = [
        *row(60, 100, "Kế hoạch này có hiệu lực từ ngày ký."),
        *row(350, 130, "TM. ỦY BAN NHÂN DÂN"),
        *row(390, 147, "CHỦ TỊCH"),
        *row(390, 230, "Lê Văn Hùng"),
    ]
    assert texts(words) == [
        "Kế hoạch này có hiệu lực từ ngày ký.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lê Văn Hùng",
    ]


def test_three_signatures_side_by_side() -> None:
    words = [
        *row(50, 100, "THƯ KÝ"),
        *row(250, 100, "KẾ TOÁN"),
        *row(450, 100, "CHỦ TỊCH"),
        *row(50, 160, "Nguyễn An"),
        *row(250, 160, "Trần Bình"),
        *row(450, 160, "Lê Cường"),
    ]
    assert texts(words) == [
        "THƯ KÝ",
        "Nguyễn An",
        "KẾ TOÁN",
        "Trần Bình",
        "CHỦ TỊCH",
        "Lê Cường",
    ]


def test_a_list_with_figures_on_the_right_is_read_in_rows() -> None:
    words = [
        *row(60, 100, "Hộ nghèo"),
        *row(400, 100, "1.234"),
        *row(60, 116, "Hộ cận nghèo"),
        *row(400, 116, "567"),
        *row(60, 132, "Tổng số hộ"),
        *row(395, 132, "14.932"),
    ]
    assert texts(words) == ["Hộ nghèo 1.234", "Hộ cận nghèo 567", "Tổng số hộ 14.932"]


def test_many_columns_that_nobody_took_for_a_table_are_read_in_rows() -> None:
    words = []
    for number in range(4):
        y = 100 + 16 * number
        words += row(60, y, f"Thôn {number}")
        words += row(200, y, f"bản{number}")
        words += row(400, y, f"ấp{number}")
    found = " ".join(texts(words))
    assert found == " ".join(f"Thôn {n} bản{n} ấp{n}" for n in range(4))


def test_justified_prose_with_wide_gaps_is_not_torn() -> None:
    first = [
        Word(w, BBox(60 + 70 * i, 100, 90 + 70 * i, 112))
        for i, w in enumerate(["Thực", "hiện", "tốt", "chính", "sách"])
    ]
    words = [*first, *row(60, 116, "giảm nghèo bền vững trên địa bàn tỉnh năm 2020")]
    assert texts(words)[0] == "Thực hiện tốt chính sách"


@pytest.mark.parametrize("words", [[], [Word(" ", BBox(0, 0, 1, 1))]])
def test_nothing_gives_no_line(words: list[Word]) -> None:
    assert arrange_lines(words, WIDTH) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 500), st.floats(0, 800), st.floats(1, 80), st.floats(1, 40)
        ),
        max_size=60,
    )
)
def test_no_word_is_lost_or_doubled(
    boxes: list[tuple[float, float, float, float]],
) -> None:
    words = [
        Word(f"w{i}", BBox(x, y, x + w, y + h)) for i, (x, y, w, h) in enumerate(boxes)
    ]
    found = [w.text for line in arrange_lines(words, WIDTH) for w in line.words]
    assert sorted(found) == sorted(w.text for w in words)


def test_notes_beside_the_recipients_are_no_column() -> None:
    """'(để b/c)' stands after a brace, between the recipients and the signature."""
    words = [
        *row(60, 600, "Nơi nhận:"),
        *row(350, 600, "TM. ỦY BAN NHÂN DÂN"),
        *row(60, 615, "- Bí thư Thành ủy;"),
        *row(380, 615, "KT. CHỦ TỊCH"),
        *row(60, 630, "- Thường trực Thành ủy;"),
        *row(225, 630, "(để b/c)"),
        *row(385, 638, "PHÓ CHỦ TỊCH"),
        *row(60, 645, "- Chủ tịch UBND Thành phố;"),
        *row(60, 660, "- Các Sở, ban, ngành;"),
        *row(225, 675, "(để th/h)"),
        *row(60, 675, "- UBND các phường, xã;"),
        *row(380, 720, "Trương Văn An"),
        *row(60, 690, "- Các đơn vị có liên quan;"),
        *row(60, 705, "- Lưu: VT, ĐT."),
    ]
    assert texts(words) == [
        "Nơi nhận:",
        "- Bí thư Thành ủy;",
        "- Thường trực Thành ủy; (để b/c)",
        "- Chủ tịch UBND Thành phố;",
        "- Các Sở, ban, ngành;",
        "- UBND các phường, xã; (để th/h)",
        "- Các đơn vị có liên quan;",
        "- Lưu: VT, ĐT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trương Văn An",
    ]


def test_whom_a_letter_is_to_stands_under_both_columns() -> None:
    words = [
        *row(60, 60, "UBND TỈNH ĐẮK LẮK"),
        *row(250, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *row(80, 82, "Số: 12/UBND-KT"),
        *row(290, 82, "Đắk Lắk, ngày 4 tháng 3 năm 2020"),
        *row(70, 98, "V/v rà soát hộ nghèo"),
        *row(150, 132, "Kính gửi:"),
        *row(210, 148, "- Các sở, ban, ngành;"),
    ]
    assert texts(words)[-2:] == ["Kính gửi:", "- Các sở, ban, ngành;"]


def test_columns_that_nearly_touch_in_one_row() -> None:
    words = [
        *row(60, 60, "THỦ TƯỚNG CHÍNH PHỦ"),
        *row(183, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *row(250, 76, "Độc lập - Tự do - Hạnh phúc"),
        *row(80, 110, "Số: 707/QĐ-TTg"),
        *row(250, 110, "Hà Nội, ngày 22 tháng 4 năm 2026"),
    ]
    assert texts(words)[:3] == [
        "THỦ TƯỚNG CHÍNH PHỦ",
        "Số: 707/QĐ-TTg",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_a_word_read_too_low_stands_in_its_hole() -> None:
    line = row(60, 100, "sửa đổi, bổ sung, bãi bỏ một số quy định")
    words = [
        Word(w.text, BBox(w.box.x0, w.box.y0 + 7, w.box.x1, w.box.y1 + 9))
        if w.text in {"sung,", "quy"}
        else w
        for w in line
    ]
    assert texts(words) == ["sửa đổi, bổ sung, bãi bỏ một số quy định"]


def test_numbers_with_a_wide_space_behind_them_are_no_column() -> None:
    words = []
    for k, (number, text) in enumerate(
        [
            ("V.", "TỔ CHỨC THỰC HIỆN"),
            ("1.", "Phòng Tài chính - Kế hoạch"),
            ("1.1.", "Chủ trì tham mưu phân bổ vốn các chương trình"),
        ]
    ):
        words += row(150, 60 + 20 * k, number) + row(215, 60 + 20 * k, text)
    assert texts(words) == [
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Tài chính - Kế hoạch",
        "1.1. Chủ trì tham mưu phân bổ vốn các chương trình",
    ]
