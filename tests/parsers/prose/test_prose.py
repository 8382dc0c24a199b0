"""Figures and targets in sentences: what they say, of whom, when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Line, Method
from flows.vocabulary import load_vocabulary
from parsers.layout.outline import parse_outline
from parsers.numbers.quantities import find_quantities
from parsers.prose.prose import ProseContext, parse_prose
from parsers.records import AsOf, Comparator, Figure, FigureKind, Issue, Quality
from parsers.vocabulary import Vocabulary
from tests.parsers.sheets import sheet

GOALS = "II. MỤC TIÊU NĂM 2021"
FACTS = "I. TÌNH HÌNH CHUNG"
TASKS = "III. NHIỆM VỤ VÀ GIẢI PHÁP"
MONEY = "IV. KINH PHÍ THỰC HIỆN"


def read(
    text: str, vocabulary: Vocabulary, first: int = 2021, last: int | None = None
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    context = ProseContext(0, first, last or first)
    return parse_prose(parse_outline(sheet(text)), context, vocabulary)


def figures(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return 'kind indicator/group value' of each figure."""
    return [
        f"{f.kind.value[0]} {f.indicator}/{f.group_code} {f.value}"
        for f in read(text, vocabulary)[0]
    ]


FORMS = [
    # section, sentence, figures as 'o(bservation) or t(arget) indicator/group value'
    (FACTS, "Tổng số hộ toàn huyện: 14.932 hộ.", ["o households/all 14932"]),
    (
        FACTS,
        "Tổng số hộ: 14.932 hộ (trong đó có 99 hộ DTTS chiếm 0,66%).",
        [
            "o households/all 14932",
            "o households/ethnic_minority 99",
            "o other/ethnic_minority 0.66",
        ],
    ),
    (
        FACTS,
        "Tổng số hộ cận nghèo 663/14.932 hộ, chiếm tỷ lệ 4,44%.",
        [
            "o near_poor_households/all 663",
            "o households/all 14932",
            "o near_poor_rate/all 4.44",
        ],
    ),
    (
        FACTS,
        "Hộ cận nghèo đồng bào DTTS: 44/14.932, hộ chiếm 0,29%.",
        [
            "o near_poor_households/ethnic_minority 44",
            "o households/all 14932",
            "o near_poor_rate/ethnic_minority 0.29",
        ],
    ),
    (
        FACTS,
        "Toàn thành phố có 1.012 hộ nghèo/85.430 hộ, tỷ lệ 1,18% (giảm 0,35% so với "
        "năm 2019, tương ứng giảm 298 hộ).",
        [
            "o poor_households/all 1012",
            "o households/all 85430",
            "o poverty_rate/all 1.18",
            "o poverty_rate_reduction/all 0.35",
            "o poor_households_exiting/all 298",
        ],
    ),
    (
        FACTS,
        "Hiện nay toàn Thị xã có 332 hộ nghèo, chiếm 2.09% tổng số hộ (trong đó: khu "
        "vực thành thị là 1.96%; khu vực nông thôn là 2.90%); hộ cận nghèo là 372 hộ.",
        [
            "o poor_households/all 332",
            "o poverty_rate/all 2.09",
            "o poverty_rate/all 1.96",
            "o poverty_rate/all 2.90",
            "o near_poor_households/all 372",
        ],
    ),
    (
        FACTS,
        "Có 112 hộ chiếm 33.71% hộ nghèo thuộc đối tượng chính sách bảo trợ xã hội.",
        ["o poor_households/social_protection 112", "o other/social_protection 33.71"],
    ),
    (
        FACTS,
        "Đăng ký của các xã, phường có 114 hộ phấn đấu thoát nghèo trong năm 2021.",
        ["o households_registered_to_exit/all 114"],
    ),
    (
        FACTS,
        "Số hộ thoát nghèo: 350 hộ; hộ tái nghèo: 03 hộ; hộ nghèo phát sinh: 49 hộ.",
        [
            "o poor_households_exiting/all 350",
            "o poor_households_relapsed/all 3",
            "o poor_households_new/all 49",
        ],
    ),
    (
        FACTS,
        "Đã hỗ trợ nhà ở cho 120 hộ nghèo; 85 hộ nghèo được vay vốn.",
        ["o other/all 120", "o other/all 85"],
    ),
    (FACTS, "Thu ngân sách đạt 118% Nghị quyết.", ["o other/all 118"]),
    (
        FACTS,
        "Tổng kinh phí đã thực hiện là 1.234,5 tỷ đồng.",
        ["o funding/all 1234500000000"],
    ),
    (
        "II. NGUYÊN NHÂN NGHÈO",
        "Do ốm đau: 402 hộ (39,72%).",
        [
            "o poor_households/cause:illness_disability_old_age 402",
            "o other/cause:illness_disability_old_age 39.72",
        ],
    ),
    (GOALS, "Giảm tỷ lệ hộ nghèo 0,64%,", ["t poverty_rate_reduction/all 0.64"]),
    (
        GOALS,
        "Giảm 90 hộ nghèo, tỷ lệ hộ nghèo toàn thành phố giảm 0,25%/năm.",
        ["t poor_households_exiting/all 90", "t poverty_rate_reduction/all 0.25"],
    ),
    (
        GOALS,
        "Năm 2020 tỷ lệ hộ nghèo là 0.44%, phấn đấu năm 2021 tỷ lệ hộ nghèo giảm xuống "
        "còn 0.31%.",
        ["o poverty_rate/all 0.44", "t poverty_rate/all 0.31"],
    ),
    (
        GOALS,
        "Giảm tỷ lệ hộ nghèo từ 12,45% (đầu năm 2021) xuống còn 9,95%.",
        ["o poverty_rate/all 12.45", "t poverty_rate/all 9.95"],
    ),
    (
        GOALS,
        "Giảm 20% số hộ nghèo so với đầu năm (tương đương giảm 723 hộ nghèo).",
        ["t other/all 20", "t poor_households_exiting/all 723"],
    ),
    (
        GOALS,
        "100% hộ nghèo được thụ hưởng đầy đủ các chính sách.",
        ["t policy_coverage/all 100"],
    ),
    (
        GOALS,
        "100% hộ nghèo, hộ cận nghèo có nhu cầu và đủ điều kiện được vay vốn.",
        ["t credit_access/all 100"],
    ),
    (
        GOALS,
        "100% người nghèo được cấp thẻ bảo hiểm y tế.",
        ["t health_insurance_coverage/all 100"],
    ),
    (
        GOALS,
        "85% dân cư nông thôn được dùng nước sinh hoạt hợp vệ sinh và 100% dân cư thị "
        "trấn được cấp nước sạch.",
        ["t hygienic_water_rural/all 85", "t clean_water_town/all 100"],
    ),
    (
        GOALS,
        "90% hộ dân được sử dụng nước hợp vệ sinh; 95% trẻ em đi học đúng độ tuổi.",
        ["t hygienic_water_rural/all 90", "t other/all 95"],
    ),
    (GOALS, "Tối thiểu 1.250 hộ nghèo được hỗ trợ nhà ở.", ["t other/all 1250"]),
    (GOALS, "Số hộ cận nghèo còn 1.230 hộ.", ["t near_poor_households/all 1230"]),
    (GOALS, "Mỗi thôn giảm ít nhất 04 hộ.", ["t other/all 4"]),
    (GOALS, "Hạn chế phát sinh, 05 hộ nghèo mới.", ["t poor_households_new/all 5"]),
    (
        GOALS,
        "Thu nhập bình quân đạt 38 triệu đồng/người/năm.",
        ["t other/all 38000000"],
    ),
    (GOALS, "Xuất khẩu lao động 120 người.", ["t other/all 120"]),
    (
        TASKS,
        "Nhóm nguyên nhân thiếu vốn: Tổng số 49 hộ, phấn đấu thoát nghèo 08 hộ.",
        [
            "o poor_households/cause:lack_of_capital 49",
            "t poor_households_exiting/cause:lack_of_capital 8",
        ],
    ),
    (
        TASKS,
        "Để thực hiện mục tiêu giảm 102 hộ nghèo, các xã cần rà soát.",
        ["t poor_households_exiting/all 102"],
    ),
    (TASKS, "Hội Phụ nữ sửa nhà cho 04 hộ nghèo.", ["t other/all 4"]),
    (TASKS, "Hỗ trợ tại 04 phường: Bắc Sơn, Lam Sơn.", []),
    (
        TASKS,
        "Đảm bảo 100% xã, thị trấn tổ chức kiểm tra kế hoạch giảm nghèo.",
        ["t other/all 100"],
    ),
    (
        TASKS,
        "Điều tra theo 11 nguyên nhân nghèo và 10 tiêu chí trong 3 tháng.",
        [],
    ),
    (
        TASKS,
        "Diện tích nhà ở tối thiểu từ 8m²/ người trở lên.",
        ["t housing_area_per_person/all 8"],
    ),
    (TASKS, "Mức hỗ trợ 44 triệu đồng/nhà.", ["t other/all 44000000"]),
    (MONEY, "Tổng kinh phí: 2.534,00 triệu đồng.", ["t funding/all 2534000000"]),
]


@pytest.mark.parametrize(("section", "sentence", "expected"), FORMS)
def test_reads_the_forms_of_real_plans(
    section: str, sentence: str, expected: list[str], vocabulary: Vocabulary
) -> None:
    assert figures(f"{section}\n- {sentence}", vocabulary) == expected


@dataclass(frozen=True)
class Time:
    """The time that a figure must have."""

    year: int | None
    as_of: AsOf
    year_to: int | None = None
    per: str | None = None


TIMES = [
    # heading, sentence, the time of its last figure in a plan for 2021-2025
    (GOALS, "Tỷ lệ hộ nghèo còn dưới 5% cuối năm 2025.", Time(2025, AsOf.END)),
    (GOALS, "Tỷ lệ hộ nghèo còn dưới 5%.", Time(2021, AsOf.END, 2025)),
    (
        GOALS,
        "Tỷ lệ hộ nghèo giảm bình quân 2,75% trở lên theo chuẩn nghèo quốc gia giai "
        "đoạn 2016-2020.",
        Time(2021, AsOf.DURING, 2025, "year"),
    ),
    (GOALS, "Giảm tỷ lệ hộ nghèo 1%/năm.", Time(2021, AsOf.DURING, 2025, "year")),
    (
        GOALS,
        "Mỗi năm giảm 0,25% hộ nghèo, trong đó năm 2023 giảm 0,3%.",
        Time(2023, AsOf.DURING),
    ),
    (GOALS, "Giảm 90 hộ nghèo so với năm 2020.", Time(2021, AsOf.DURING, 2025)),
    (FACTS, "Toàn huyện có 405 hộ nghèo.", Time(2021, AsOf.START)),
    (FACTS, "Cuối năm 2020 có 405 hộ nghèo.", Time(2020, AsOf.END)),
    (FACTS, "Năm 2020, toàn huyện có 405 hộ nghèo.", Time(2020, AsOf.END)),
    (FACTS, "Đầu năm 2020 có 405 hộ nghèo.", Time(2020, AsOf.START)),
    (FACTS, "Năm 2020 có 37 hộ thoát nghèo.", Time(2020, AsOf.DURING)),
    (
        FACTS,
        "Cuối năm 2020 có 14.932 hộ. Trong đó có 405 hộ nghèo.",
        Time(2020, AsOf.END),
    ),
    (
        "I. KẾT QUẢ GIẢM NGHÈO NĂM 2019",
        "Toàn huyện có 405 hộ nghèo.",
        Time(2019, AsOf.END),
    ),
]


@pytest.mark.parametrize(("section", "sentence", "expected"), TIMES)
def test_finds_the_time(
    section: str, sentence: str, expected: Time, vocabulary: Vocabulary
) -> None:
    figure = read(f"{section}\n- {sentence}", vocabulary, 2021, 2025)[0][-1]
    found = Time(figure.year, figure.as_of or AsOf.DURING, figure.year_to, figure.per)
    assert found == expected


def test_a_list_takes_time_and_area_from_the_words_above_it(
    vocabulary: Vocabulary,
) -> None:
    text = """
    I. TÌNH HÌNH CHUNG
    Theo kết quả rà soát hộ nghèo cuối năm 2020 toàn huyện có:
    - Tổng số hộ nghèo: 405 hộ.
    II. CHỈ TIÊU
    - Phấn đấu đến năm 2025 cụ thể như sau:
    + 95% xã có đường ô tô được nhựa hóa.
    """
    poor, roads = read(text, vocabulary, 2021, 2025)[0]
    assert (poor.year, poor.as_of, poor.unit_raw) == (2020, AsOf.END, "toàn huyện")
    assert (roads.year, roads.year_to) == (2025, None)


def test_a_figure_of_a_part_keeps_its_area(vocabulary: Vocabulary) -> None:
    text = """
    I. TÌNH HÌNH CHUNG
    Toàn tỉnh có 900 hộ nghèo; xã Cam Tuyền có 99 hộ nghèo, chiếm 6,79%.
    II. MỤC TIÊU
    - Tỷ lệ hộ nghèo giảm 1%; các huyện nghèo giảm 4 - 5%.
    """
    areas = [f.unit_raw for f in read(text, vocabulary)[0]]
    assert areas == [
        "Toàn tỉnh",
        "xã Cam Tuyền",
        "xã Cam Tuyền",
        None,
        "các huyện nghèo",
    ]


def test_a_district_of_a_province_is_its_own_area(vocabulary: Vocabulary) -> None:
    text = (
        "Cuối năm 2021, tỷ lệ hộ nghèo toàn tỉnh là 12,1%, cao nhất là huyện Bắc Hà "
        "28,13% (giảm 5,67%), Bát Xát 25,07% (giảm 5,23%)."
    )
    areas = [f.unit_raw for f in read(text, vocabulary)[0]]
    assert areas == ["toàn tỉnh", *["huyện Bắc Hà"] * 2, *["Bát Xát"] * 2]


COMPARED = [
    ("Tỷ lệ hộ nghèo dưới 3%.", Comparator.LT, "3", None),
    ("Tỷ lệ hộ nghèo giảm 2,75% trở lên.", Comparator.GE, "2.75", None),
    ("Tỷ lệ hộ nghèo giảm trên 3%.", Comparator.GT, "3", None),
    ("Tỷ lệ hộ nghèo giảm 1 - 1,5% trở lên.", Comparator.RANGE, "1", "1.5"),
    ("Giảm ít nhất 60 hộ nghèo.", Comparator.GE, "60", None),
    ("Giảm khoảng 60 hộ nghèo.", Comparator.ABOUT, "60", None),
    ("Mức hỗ trợ không quá 15 triệu đồng/hộ.", Comparator.LE, "15000000", None),
]


@pytest.mark.parametrize(("sentence", "comparator", "value", "top"), COMPARED)
def test_keeps_bounds_and_ranges(
    sentence: str,
    comparator: Comparator,
    value: str,
    top: str | None,
    vocabulary: Vocabulary,
) -> None:
    (figure,) = read(f"{GOALS}\n- {sentence}", vocabulary)[0]
    assert (figure.comparator, figure.value) == (comparator, Decimal(value))
    assert figure.value_max == (Decimal(top) if top else None)


def test_says_where_a_figure_stands_and_why(vocabulary: Vocabulary) -> None:
    text = f"{FACTS}\n- Tổng số hộ nghèo: 405/14.932 hộ, chiếm tỷ lệ 2,71%."
    poor, _, rate = read(text, vocabulary)[0]
    assert poor.source.raw_text == "405/14.932 hộ"
    assert poor.source.box is not None
    assert poor.source.box.x0 == len("- Tổng số hộ nghèo: ")
    assert poor.indicator_label == "Tổng số hộ nghèo: 405/14.932 hộ"
    assert "Tổng số hộ nghèo" in rate.indicator_label
    assert rate.statement == "Tổng số hộ nghèo: 405/14.932 hộ, chiếm tỷ lệ 2,71%."
    assert "indicators.csv" in rate.source.rule


def test_a_statement_stays_short_enough_to_read(vocabulary: Vocabulary) -> None:
    clause = "tiếp tục thực hiện có hiệu quả các chính sách giảm nghèo; "
    text = f"{GOALS}\n- Trong năm {clause * 30}giảm 90 hộ nghèo; {clause * 5}"
    (figure,) = read(text, vocabulary)[0]
    assert figure.statement == "giảm 90 hộ nghèo"


def test_a_rate_that_does_not_come_out_is_said_to_be_so(
    vocabulary: Vocabulary,
) -> None:
    text = f"{FACTS}\n- Tổng số hộ nghèo: 38/1.647 hộ, chiếm tỷ lệ 1,75%."
    found, issues = read(text, vocabulary)
    (issue,) = issues
    assert (issue.check_code, issue.printed, issue.computed) == (
        "prose_mismatch",
        "1,75%",
        "2.31",
    )
    assert issue.figure is not None
    assert found[issue.figure].indicator == "poverty_rate"
    assert [found[n].value for n in issue.suspects] == [Decimal(38)]


@pytest.mark.parametrize("rate", ["2,71", "2,72", "2,7", "2.71"])
def test_a_rate_cut_off_or_rounded_is_right(rate: str, vocabulary: Vocabulary) -> None:
    text = f"{FACTS}\n- Tổng số hộ nghèo: 405/14.932 hộ, chiếm tỷ lệ {rate}%."
    assert read(text, vocabulary)[1] == ()


def test_what_is_no_number_is_kept_and_marked(vocabulary: Vocabulary) -> None:
    text = f"{FACTS}\n- Tỷ lệ hộ nghèo là 0.36,6%."
    found, issues = read(text, vocabulary)
    assert [(f.value, f.quality) for f in found] == [(None, Quality.SUSPECT)]
    assert [i.check_code for i in issues] == ["not_a_number"]


def test_a_share_of_a_group_is_a_poverty_rate_only_where_it_comes_out(
    vocabulary: Vocabulary,
) -> None:
    text = """
    I. TÌNH HÌNH CHUNG
    - Tổng số hộ: 14.932 hộ.
    - Tổng số hộ nghèo: 405 hộ.
    - Hộ nghèo DTTS: 40 hộ, chiếm 0,27%.
    - Hộ nghèo thuộc đối tượng BTXH: 326 hộ, chiếm 80,49%.
    """
    found = figures(text, vocabulary)
    assert found[3:] == [
        "o poverty_rate/ethnic_minority 0.27",
        "o poor_households/social_protection 326",
        "o other/social_protection 80.49",
    ]


def test_a_part_of_no_known_group_is_no_second_total(vocabulary: Vocabulary) -> None:
    text = """
    I. TÌNH HÌNH CHUNG
    - Tổng số hộ nghèo: 405 hộ.
    - Trong đó: hộ nghèo của nhóm chưa rõ: 120 hộ.
    """
    assert figures(text, vocabulary) == ["o poor_households/all 405", "o other/all 120"]


def test_nothing_is_a_figure_outside_what_is_counted(vocabulary: Vocabulary) -> None:
    text = """
    Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ;
    III. NHIỆM VỤ VÀ GIẢI PHÁP
    1. Rà soát vào quý IV/2021, báo cáo trước ngày 25/6, định kỳ 6 tháng.
    2. Thực hiện Nghị định số 136/2013/NĐ-CP trong cách mạng công nghiệp 4.0.
    3. Tập trung đầu tư đồng bộ theo tiêu chí nông thôn mới.
    """
    assert figures(text, vocabulary) == []


def test_a_heading_does_not_make_every_household_a_poor_one(
    vocabulary: Vocabulary,
) -> None:
    text = """
    I. TÌNH HÌNH HỘ NGHÈO
    Toàn xã có 12 thôn, 1.876 hộ với 7.654 khẩu.
    """
    assert figures(text, vocabulary)[1:] == [
        "o households/all 1876",
        "o population/all 7654",
    ]


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(min_value=1, max_value=999_999),
    noun=st.sampled_from(["hộ nghèo", "hộ cận nghèo"]),
    verb=st.sampled_from(["Giảm", "Phấn đấu giảm", "Giảm được"]),
)
def test_any_count_of_a_goal_reads_back(count: int, noun: str, verb: str) -> None:
    printed = f"{count:,}".replace(",", ".")
    text = f"{GOALS}\n- {verb} {printed} {noun}."
    (figure,) = read(text, load_vocabulary())[0]
    assert figure.value == count
    assert figure.kind is FigureKind.TARGET
    assert figure.indicator.endswith("households_exiting")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="hộ nghèo 0123,.%;:()-/năm2020 chiếmgiảm", max_size=160))
def test_any_text_is_read(text: str) -> None:
    found, issues = read(f"{FACTS}\n- {text}", load_vocabulary())
    assert all(i.figure is None or i.figure < len(found) for i in issues)
    assert all(f.source.raw_text in text for f in found)


def test_long_texts_are_read_in_time(vocabulary: Vocabulary) -> None:
    text = f"{FACTS}\n- " + "có 5 hộ nghèo, chiếm 2%; " * 400
    read(text, vocabulary)


@pytest.mark.parametrize(("confidence", "quality"), [(0.4, "suspect"), (0.9, "ok")])
def test_a_badly_read_figure_is_doubted(
    confidence: float, quality: str, vocabulary: Vocabulary
) -> None:
    (item,) = parse_outline(sheet("Tổng số hộ toàn huyện: 14.932 hộ."))
    (placed,) = item.paragraph.lines
    words = tuple(
        replace(w, confidence=confidence if w.text == "14.932" else 0.9)
        for w in placed.line.words
    )
    line = replace(placed, line=Line(words), method=Method.OCR)
    scanned = replace(item, paragraph=replace(item.paragraph, lines=(line,)))
    found, issues = parse_prose([scanned], ProseContext(0, 2021, 2021), vocabulary)
    assert [f.quality.value for f in found] == [quality]
    assert [i.check_code for i in issues] == ["low_confidence"] * (quality != "ok")


def test_a_rate_parted_by_a_space_is_doubted(vocabulary: Vocabulary) -> None:
    found, issues = read(f"{GOALS}\n- Tỷ lệ hộ nghèo còn 0. 57%.", vocabulary)
    assert [f.quality for f in found] == [Quality.SUSPECT]
    assert "one number with a space" in issues[0].message


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("giảm bình quân 4 - 5⁄/năm", "percent"),
        ("diện tích nhà ở từ 8m”/ người trở lên", "m2_per_person"),
    ],
)
def test_small_signs_that_a_scan_reads_wrongly(
    text: str, unit: str, vocabulary: Vocabulary
) -> None:
    assert [q.unit for q in find_quantities(text, vocabulary)] == [unit]


@pytest.mark.parametrize(("method", "kind"), [("ocr", "target"), ("text_layer", None)])
def test_a_heading_misread_by_a_mark_is_known_in_a_scan(
    method: str, kind: str | None, vocabulary: Vocabulary
) -> None:
    lines = [
        replace(p, lines=tuple(replace(i, method=Method(method)) for i in p.lines))
        for p in sheet("II. MỤC TIỂU\n+ Hỗ trợ xây dựng 02 mô hình sinh kế.")
    ]
    context = ProseContext(0, 2021, 2021)
    (found,), _ = parse_prose(parse_outline(lines), context, vocabulary)
    assert (found.kind.value == "target") is (kind == "target")
