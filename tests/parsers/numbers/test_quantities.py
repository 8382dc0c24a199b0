"""Quantities in sentences: one case at least for every form that papers print.

Sources: F = formats seen on real plans; the corpus' five papers by name; D = made up in
the manner of other plans.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numbers.conventions import readings
from parsers.numbers.quantities import Quantity, find_quantities
from parsers.vocabulary import Vocabulary


def said(quantity: Quantity) -> dict[str, Any]:
    """What a quantity says beyond the defaults, for comparing."""
    plain = Quantity(0, 0, "", None)
    names = (
        "value value_max comparator unit per each total change relative fraction base"
    )
    return {
        name: getattr(quantity, name)
        for name in names.split()
        if getattr(quantity, name) != getattr(plain, name)
    }


def q(value: str | None, unit: str | None, **more: Any) -> dict[str, Any]:
    """What a quantity should say."""
    numbers = {"value": value, "value_max": None, "total": None} | more
    return ({"unit": unit} if unit else {}) | {
        name: Decimal(v) if name in ("value", "value_max", "total") else v
        for name, v in numbers.items()
        if v is not None
    }


PERCENT = "percent"
HH = "household"

FORMS = [
    # Labels that count after all; what an amount is for one of (D).
    ("cấp 3.210 thẻ BHYT", [q("3210", "thẻ")], "D"),
    ("Hướng dẫn 45 hộ làm nhà", [q("45", HH)], "D"),
    (
        "hỗ trợ mỗi hộ 10 triệu đồng",
        [q("10000000", "vnd_per_household", each="household")],
        "D",
    ),
    (
        "không để phát sinh quá 05 hộ",
        [q("5", HH, comparator="<=")],
        "D",
    ),
    (
        "Giảm 1.112 hộ nghèo, 640 hộ cận nghèo",
        [q("1112", HH, change="down"), q("640", HH, change="down")],
        "D",
    ),
    (
        "Giảm 102 hộ nghèo, 40 hộ được vay vốn",
        [q("102", HH, change="down"), q("40", HH)],
        "D",
    ),
    # Bounds (F).
    ("dưới 3%", [q("3", PERCENT, comparator="<")], "F, Cam Lộ"),
    ("trên 98%", [q("98", PERCENT, comparator=">")], "F"),
    ("hơn 1.250 hộ", [q("1250", HH, comparator=">")], "D"),
    ("từ 4% trở lên", [q("4", PERCENT, comparator=">=")], "F"),
    ("từ 4% trở xuống", [q("4", PERCENT, comparator="<=")], "D"),
    (
        "giảm bình quân 2,75% trở lên theo chuẩn nghèo",
        [q("2.75", PERCENT, comparator=">=", per="year", change="down")],
        "Triệu Sơn",
    ),
    (
        "không quá 15 triệu đồng/hộ",
        [q("15000000", "vnd_per_household", each=HH, comparator="<=")],
        "Bỉm Sơn",
    ),
    ("tối đa 5 hộ", [q("5", HH, comparator="<=")], "D"),
    ("tối thiểu 1.250 hộ", [q("1250", HH, comparator=">=")], "F"),
    ("ít nhất 85%", [q("85", PERCENT, comparator=">=")], "F"),
    ("không dưới 85%", [q("85", PERCENT, comparator=">=")], "D"),
    ("≥ 97%", [q("97", PERCENT, comparator=">=")], "F"),
    ("≤97%", [q("97", PERCENT, comparator="<=")], "D"),
    ("> 5%", [q("5", PERCENT, comparator=">")], "D"),
    ("< 5%", [q("5", PERCENT, comparator="<")], "D"),
    ("khoảng 5%", [q("5", PERCENT, comparator="~")], "F"),
    ("ước đạt 5%", [q("5", PERCENT, comparator="~")], "F"),
    ("còn 5%, đạt 95%", [q("5", PERCENT), q("95", PERCENT)], "F"),
    ("giảm xuống còn 0.31%", [q("0.31", PERCENT)], "Dị Sử"),
    (
        "từ 48,14% năm 2015 xuống dưới 33% năm 2020 (bình quân giảm trên 3%/năm)",
        [
            q("48.14", PERCENT, base=True),
            q("33", PERCENT, comparator="<"),
            q("3", PERCENT, comparator=">", per="year", change="down"),
        ],
        "F",
    ),
    (
        "từ 9,15% (đầu năm 2016) xuống còn 2,5%",
        [q("9.15", PERCENT, base=True), q("2.5", PERCENT)],
        "D",
    ),
    (
        "giảm từ 405 xuống 368 hộ",
        [q("405", HH, base=True), q("368", HH)],
        "D",
    ),
    (
        "Giảm tỷ lệ hộ nghèo từ 5,2% năm 2020 còn 3%",
        [q("5.2", PERCENT, base=True), q("3", PERCENT)],
        "D",
    ),
    ("giảm tỷ lệ hộ nghèo dưới 3%", [q("3", PERCENT, comparator="<")], "D: a level"),
    (
        "từ 4% trở lên, còn lại 5%",
        [q("4", PERCENT, comparator=">="), q("5", PERCENT)],
        "D",
    ),
    ("giảm bình quân 5 hộ/xã", [q("5", HH, each="commune", change="down")], "D"),
    # Ranges (F).
    (
        "tăng 15-20%/năm",
        [
            q(
                "15",
                PERCENT,
                value_max="20",
                comparator="range",
                per="year",
                change="up",
            )
        ],
        "Triệu Sơn",
    ),
    (
        "bình quân mỗi năm có 9-10% hộ tham gia mô hình thoát nghèo",
        [q("9", PERCENT, value_max="10", comparator="range", per="year")],
        "Triệu Sơn",
    ),
    (
        "6% - 7%/năm",
        [q("6", PERCENT, value_max="7", comparator="range", per="year")],
        "F",
    ),
    (
        "từ 5 đến 6%",
        [q("5", PERCENT, value_max="6", comparator="range")],
        "F",
    ),
    (
        "từ 1 - 1,5% trở lên",
        [q("1", PERCENT, value_max="1.5", comparator="range")],
        "F",
    ),
    (
        "01 - 02 mô hình điển hình/xã, thị trấn",
        [q("1", "mô hình", value_max="2", comparator="range", each="commune")],
        "Cam Lộ",
    ),
    (
        "từ 500 nghìn đồng đến 1 triệu đồng",
        [q("500000", "vnd", value_max="1000000", comparator="range")],
        "D",
    ),
    # Counts over a whole, fractions, multiples, relative change (F).
    ("405/14.932 hộ", [q("405", HH, total="14932")], "Cam Lộ"),
    ("44/14.932, hộ chiếm", [q("44", HH, total="14932")], "Cam Lộ"),
    ("13/19 tiêu chí", [q("13", "tiêu chí", total="19")], "F"),
    ("47/47 hộ nghèo", [q("47", HH, total="47")], "F"),
    ("03/04 xã", [q("3", "commune", total="4")], "D"),
    (
        "2/3 hộ cận nghèo",
        [q("2", HH, total="3", fraction=True)],
        "F",
    ),
    ("1/3 số hộ nghèo", [q("1", HH, total="3", fraction=True)], "D"),
    ("tăng gấp 2 lần", [q("2", "times", change="up", relative=True)], "F"),
    ("ít nhất 02 lần/năm", [q("2", "times", comparator=">=", per="year")], "D"),
    (
        "giảm 20% số hộ nghèo so với đầu năm (tương đương giảm 723 hộ nghèo)",
        [
            q("20", PERCENT, change="down", relative=True),
            q("723", HH, change="down"),
        ],
        "F",
    ),
    (
        "tỷ lệ hộ nghèo giảm 1,2% so với năm 2022",
        [q("1.2", PERCENT, change="down")],
        "D",
    ),
    # Spaces and glue (F).
    ("7,72 %", [q("7.72", PERCENT)], "F"),
    ("dưới 24%1;", [q("24", PERCENT, comparator="<")], "F"),
    ("Giảm tỷ lệ hộ nghèo 0,64%,", [q("0.64", PERCENT, change="down")], "Bỉm Sơn"),
    (
        "tối thiểu từ 8m²/ người trở lên",
        [q("8", "m2_per_person", each="person", comparator=">=")],
        "Triệu Sơn",
    ),
    ("12 345 hộ", [q("12345", HH)], "F"),
    ("12\u00a0345 hộ", [q("12345", HH)], "F"),
    ("hộ nghèo,30 hộ", [q("30", HH)], "D"),
    # Money (F).
    ("30.000.000đ/hộ", [q("30000000", "vnd_per_household", each=HH)], "Bỉm Sơn"),
    ("1.234,5 tỷ đồng", [q("1234500000000", "vnd")], "F"),
    ("134.500 triệu đồng", [q("134500000000", "vnd")], "F"),
    (
        "2.534,00 triệu đồng = 2,534 tỷ đồng",
        [q("2534000000", "vnd"), q("2534000000", "vnd")],
        "F",
    ),
    (
        "200 ngàn đồng/người/tháng",
        [q("200000", "vnd_per_person", per="month", each="person")],
        "F",
    ),
    (
        "2.250.000.000 đồng (Hai tỷ hai trăm năm mươi triệu đồng)",
        [q("2250000000", "vnd")],
        "F",
    ),
    ("1 tỷ 200 triệu đồng", [q("1200000000", "vnd")], "D"),
    ("1,5 nghìn tỷ đồng", [q("1500000000000", "vnd")], "D"),
    ("kinh phí 50 trđ", [q("50000000", "vnd")], "D"),
    ("15 triệu/hộ", [q("15000000", "vnd_per_household", each=HH)], "D"),
    # A % that is no poverty rate; two figures of two givers (F).
    (
        "đạt 118% Nghị quyết, tỉnh giao 95%",
        [q("118", PERCENT), q("95", PERCENT)],
        "F",
    ),
    (
        "30.287 người (tỉnh giao) / 30.278 người (huyện giao)",
        [q("30287", "person"), q("30278", "person")],
        "F",
    ),
    # Either separator, by what is counted.
    ("2.09% tổng số hộ", [q("2.09", PERCENT)], "Bỉm Sơn"),
    ("15,883 hộ", [q("15883", HH)], "Bỉm Sơn"),
    ("14.932 hộ", [q("14932", HH)], "Cam Lộ"),
    ("1,2 triệu người", [q("1200000", "person")], "D"),
    ("04 hộ nghèo tại 04 phường: Bắc Sơn", [q("4", HH), q("4", "commune")], "Bỉm Sơn"),
    # Words.
    ("hỗ trợ hai mươi mốt hộ", [q("21", HH)], "F"),
    ("bảy ngàn đồng", [q("7000", "vnd")], "D"),
    ("tại ba xã", [q("3", "commune")], "D"),
    ("đầu tư hai mươi mốt công trình", [q("21", "công trình")], "D"),
    ("03 (ba) xã", [q("3", "commune")], "D"),
    # Other nouns.
    (
        "theo 11 nguyên nhân nghèo và 10 tiêu chí",
        [q("11", "nguyên nhân"), q("10", "tiêu chí")],
        "Triệu Sơn",
    ),
    ("mua 7 máy bơm nước", [q("7", "máy bơm")], "D"),
    ("tổng số hộ nghèo: 1.458", [q("1458", "household")], "D"),
    ("dưới 03 tháng", [q("3", "month", comparator="<")], "F"),
    # Signs and shared verbs.
    ("(-0,25%)", [q("-0.25", PERCENT)], "D"),
    ("- 100% hộ nghèo", [q("100", PERCENT)], "Cam Lộ"),
    (
        "giảm 90 hộ nghèo và 20 hộ cận nghèo",
        [q("90", HH, change="down"), q("20", HH, change="down")],
        "D",
    ),
    (
        "Giảm 90 hộ nghèo, tỷ lệ hộ nghèo toàn thành phố giảm 0,25%/năm.",
        [
            q("90", HH, change="down"),
            q("0.25", PERCENT, change="down", per="year"),
        ],
        "Tuyên Quang",
    ),
    ("Tổng số 49 hộ, phấn đấu 08 hộ", [q("49", HH), q("8", HH)], "Tuyên Quang"),
    ("công tác giảm nghèo: 332 hộ", [q("332", HH)], "D"),
]


@pytest.mark.parametrize(("text", "expected", "source"), FORMS)
def test_form_is_read(
    text: str, expected: list[dict[str, Any]], source: str, vocabulary: Vocabulary
) -> None:
    assert [said(f) for f in find_quantities(text, vocabulary)] == expected, source


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 07/2021/NĐ-CP ngày 27/01/2021 (khóa XIX)",
        "Kế hoạch số 59-KH/TU ngày 08/01/2018",
        "Quyết định số 432 /QĐ-UBND ngày 8 tháng 02 năm 2017",
        "công văn 4330/BNN-KTHT; Luật số 64/2025/QH15",
        "giai đoạn 2016-2020, từ năm 2011 đến năm 2020, năm 2018",
        "các năm 2016, 2017 và 2018",
        "Điều 2, điểm a khoản 1, 2 và 3 Điều 5",
        "(Có biểu số 01, 02 kèm theo)",
        "cách mạng công nghiệp 4.0; gắn đào tạo",
        "2.3.10. Phòng giao dịch",
        "3.1 Nhóm nguyên nhân",
        "1) Phòng Tài chính",
        "điện thoại 0237.3824.123",
        "quý IV/2021, quý 3, tháng 4, 5/2010",
        "Chương trình 135, Nghị quyết 30a",
        "tổ dân phố 1, 2, 3 và 5 phường Bắc Sơn; thôn 3 xã Hà Lan",
        "kỳ họp thứ 29",
        "ngày 31/02/2020",
        "Quốc lộ 1A",
        "dịch Covid-19 gây thiệt hại, lúc 10:45",
        "nhà số 15 ngõ 3 đường Lê Lợi",
        "2016",
        "có tỷ lệ cao",
        "năm hộ nghèo",
        "đầu tư công trình, dự án; vật tư",
        "hàng chục hộ, một số xã, hàng trăm người",
        "thứ ba xã nghèo",
    ],
)
def test_this_is_no_quantity(text: str, vocabulary: Vocabulary) -> None:
    assert find_quantities(text, vocabulary) == ()


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("0.36,6%", None, "no number"),  # Dị Sử
        ("10.98 hộ", "10.98", "decimals"),  # F
        (
            "2.250.000.000 đồng (Hai tỷ hai trăm triệu đồng)",
            "2250000000",
            "2200000000 in words",
        ),
        ("26 (hai mươi lăm) hộ", "26", "25 in words"),
        ("50/47 hộ", "50", "more than its whole"),
        ("2/3 hộ cận nghèo", "2", "fraction"),  # F
        ("20-15%", "20", "backwards"),
        ("2 triệu cây giống", "2000000", "no unit"),
    ],
)
def test_doubt_is_told(
    text: str, value: str | None, doubt: str, vocabulary: Vocabulary
) -> None:
    (quantity,) = find_quantities(text, vocabulary)
    assert quantity.value == (None if value is None else Decimal(value))
    assert quantity.doubt is not None
    assert doubt in quantity.doubt


@pytest.mark.parametrize(
    "text",
    [
        "405/14.932 hộ",
        "2.250.000.000 đồng (Hai tỷ hai trăm năm mươi triệu đồng)",
        "3 (ba) xã",
        "1/3 số hộ",
        "15-20%",
        "134.500 triệu đồng",
        "2 triệu đồng",
    ],
)
def test_sound_figures_are_not_doubted(text: str, vocabulary: Vocabulary) -> None:
    (quantity,) = find_quantities(text, vocabulary)
    assert quantity.doubt is None


def test_the_sentences_own_sum_settles_a_misprinted_separator(
    vocabulary: Vocabulary,
) -> None:
    # F: a submission that prints 290.934 tỷ for 290,934.
    whole, *parts = find_quantities(
        "vốn là 290.934 tỷ đồng, gồm: Trung ương 262,784 tỷ đồng, tỉnh 28,150 tỷ đồng",
        vocabulary,
    )
    assert whole.value == Decimal(290_934_000_000)
    assert whole.other == Decimal(290_934_000_000_000)
    assert whole.doubt is not None
    assert [p.value for p in parts] == [
        Decimal(262_784_000_000),
        Decimal(28_150_000_000),
    ]


def test_a_sum_that_holds_as_printed_takes_doubts_away(vocabulary: Vocabulary) -> None:
    found = find_quantities(
        "tổng 3.219 triệu đồng, gồm 2.925 triệu đồng và 294 triệu đồng; 1,234 tỷ đồng",
        vocabulary,
    )
    assert [f.doubt is None for f in found[:3]] == [True, True, True]
    assert found[0].value == Decimal(3_219_000_000)


def test_places_and_text_are_those_of_the_sentence(vocabulary: Vocabulary) -> None:
    text = (
        "Tỷ lệ hộ nghèo giảm bình quân\u00a02,75% trở lên, còn dưới 5% cuối năm 2020."
    )
    for quantity in find_quantities(text, vocabulary):
        assert text[quantity.start : quantity.end] == quantity.text
    assert [f.text for f in find_quantities(text, vocabulary)] == [
        "2,75% trở lên",
        "5%",
    ]


@st.composite
def grouped(draw: st.DrawFn) -> tuple[int, str]:
    value = draw(st.integers(1, 99_999_999))
    return value, f"{value:,}".replace(",", draw(st.sampled_from([".", ",", ""])))


@given(grouped(), st.sampled_from(["hộ", "người", "xã"]))
def test_any_count_reads_back(
    vocabulary: Vocabulary, case: tuple[int, str], noun: str
) -> None:
    value, text = case
    (quantity,) = find_quantities(f"toàn huyện có {text} {noun} nghèo", vocabulary)
    assert (quantity.value, quantity.doubt) == (value, None)


@given(
    st.decimals(0, 100, places=2),
    st.sampled_from([".", ","]),
    st.sampled_from(["dưới", "trên", "ít nhất", "không quá", "còn", ""]),
)
def test_any_rate_reads_back(
    vocabulary: Vocabulary, value: Decimal, point: str, bound: str
) -> None:
    text = f"tỷ lệ hộ nghèo {bound} {value}%".replace(".", point)
    (quantity,) = find_quantities(text, vocabulary)
    assert quantity.value == value


@given(st.integers(1, 10**7), st.sampled_from([("triệu", 10**6), ("tỷ", 10**9)]))
def test_any_money_reads_back(
    vocabulary: Vocabulary, value: int, scale: tuple[str, int]
) -> None:
    text = f"kinh phí {value:,} {scale[0]} đồng".replace(",", ".")
    (quantity,) = find_quantities(text, vocabulary)
    assert quantity.value == value * scale[1]


PIECES = st.sampled_from(
    [
        *("1", "12", "1.234", "0,5", "2020", "/", "-", "–", "%", "(", ")", ";", ","),
        *(".", "hộ", "đồng", "tỷ", "triệu", "năm", "tháng", "ngày", "quý", "từ", "đến"),
        *("giảm", "còn", "dưới", "trở", "lên", "số", "biểu", "hai", "trăm", "mươi"),
        *("/năm", "và", "IV", "Điều", "giữa", "²", "đ"),
    ]
)


@given(st.lists(PIECES, max_size=25), st.sampled_from([" ", ""]))
def test_no_value_has_digits_that_are_not_printed(
    vocabulary: Vocabulary, pieces: list[str], joint: str
) -> None:
    text = joint.join(pieces)
    for quantity in find_quantities(text, vocabulary):
        assert text[quantity.start : quantity.end] == quantity.text
        if quantity.value is None or not quantity.text[0].isdigit():
            continue
        significant = str(quantity.value.normalize()).split("E")[0]
        wanted = significant.replace(".", "").replace("-", "").strip("0")
        printed = "".join(c for c in quantity.text if c.isdigit())
        assert wanted in printed or readings(quantity.text) == {}


@given(st.text(max_size=200))
def test_any_text_is_survived(vocabulary: Vocabulary, text: str) -> None:
    for quantity in find_quantities(text, vocabulary):
        assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    "text", ["5 \u017fuất", "\u017fáu xã", "5 tr\u0130ệu", "5 \u212am"]
)
def test_letters_that_only_look_alike_are_survived(
    text: str, vocabulary: Vocabulary
) -> None:
    for quantity in find_quantities(text, vocabulary):
        assert quantity.text in text


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1.",
        "1/",
        "1 234 ",
        "ngày ",
        "biểu số 1, ",
        " ",
        "(hai ",
        "hai trăm ",
        "từ 1 đến ",
        "giảm ",
        "%",
        "2020-",
        "_",
    ],
)
def test_long_texts_are_read_in_linear_time(piece: str, vocabulary: Vocabulary) -> None:
    find_quantities("1 hộ", vocabulary)
    find_quantities((piece * 10_000)[:10_000], vocabulary)
