"""Sentences in the manner of real plans, reports and resolutions of 2007 to 2025.

Each was invented after a wording that such papers print; what it must give follows the
contract. Most of them once gave a figure that looked right and was wrong.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.layout.outline import parse_outline
from parsers.prose.prose import ProseContext, parse_prose
from parsers.records import AsOf, Comparator, Figure
from parsers.vocabulary import Vocabulary
from tests.parsers.sheets import sheet

GOALS = "II. MỤC TIÊU"
FACTS = "I. THỰC TRẠNG"
CAUSES = "II. NGUYÊN NHÂN NGHÈO"


def read(
    text: str, vocabulary: Vocabulary, first: int = 2016, last: int = 2020
) -> tuple[Figure, ...]:
    context = ProseContext(0, first, last)
    return parse_prose(parse_outline(sheet(text)), context, vocabulary)[0]


MEANINGS = [
    # section, sentence, kind indicator/group value of each figure
    (
        GOALS,
        "Giảm tỷ lệ hộ nghèo từ 12,62% đầu năm 2016 xuống còn dưới 4% vào cuối năm "
        "2020 (bình quân giảm trên 1,7%/năm).",
        "o poverty_rate/all 12.62; t poverty_rate/all 4; "
        "t poverty_rate_reduction/all 1.7",
    ),
    (
        GOALS,
        "Giảm tỷ lệ hộ cận nghèo từ 4,2% xuống 3,5%.",
        "o near_poor_rate/all 4.2; t near_poor_rate/all 3.5",
    ),
    (
        GOALS,
        "Giảm 1.112 hộ nghèo, 640 hộ cận nghèo.",
        "t poor_households_exiting/all 1112; t near_poor_households_exiting/all 640",
    ),
    (
        GOALS,
        "Giảm 102 hộ nghèo, 40 hộ cận nghèo được vay vốn.",
        "t poor_households_exiting/all 102; t other/all 40",
    ),
    (
        GOALS,
        "Giảm 0,35% tỷ lệ hộ nghèo và 0,2% tỷ lệ hộ cận nghèo.",
        "t poverty_rate_reduction/all 0.35; t near_poor_rate_reduction/all 0.2",
    ),
    (
        GOALS,
        "Giảm 2% tổng số hộ nghèo và 3% số hộ nghèo dân tộc thiểu số.",
        "t other/all 2; t other/ethnic_minority 3",
    ),
    (GOALS, "Giảm từ 1 - 1,5% trở lên số hộ nghèo.", "t other/all 1"),
    (
        GOALS,
        "Giảm tỷ lệ hộ nghèo 0,5%, tương ứng 52 hộ.",
        "t poverty_rate_reduction/all 0.5; t poor_households_exiting/all 52",
    ),
    (
        GOALS,
        "Nhóm nguyên nhân thiếu đất sản xuất: 312 hộ, phấn đấu thoát nghèo 40 hộ.",
        "o poor_households/cause:lack_of_land 312; "
        "t poor_households_exiting/cause:lack_of_land 40",
    ),
    (GOALS, "30% huyện nghèo thoát khỏi tình trạng nghèo.", "t other/all 30"),
    (GOALS, "Có 100% xã nghèo đủ công trình hạ tầng.", "t other/all 100"),
    (
        GOALS,
        "Tỷ lệ người nghèo tham gia BHYT đạt 100%, người cận nghèo từ 95% trở lên.",
        "t health_insurance_coverage/all 100; t other/all 95",
    ),
    (
        GOALS,
        "Tối thiểu 1.250 hộ nghèo, cận nghèo được hỗ trợ sinh kế.",
        "t other/all 1250",
    ),
    (
        FACTS,
        "Số hộ nghèo đầu năm là 450 hộ (tỷ lệ 3,1%), trong năm thoát nghèo 120 hộ, "
        "phát sinh 15 hộ, cuối năm còn 345 hộ (tỷ lệ 2,37%).",
        "o poor_households/all 450; o poverty_rate/all 3.1; "
        "o poor_households_exiting/all 120; o poor_households_new/all 15; "
        "o poor_households/all 345; o poverty_rate/all 2.37",
    ),
    (
        FACTS,
        "Số hộ nghèo còn 345 hộ (giảm 105 hộ so với cuối năm 2022), tỷ lệ 2,3%.",
        "o poor_households/all 345; o poor_households_exiting/all 105; "
        "o poverty_rate/all 2.3",
    ),
    (
        FACTS,
        "Toàn tỉnh có 24.320 hộ nghèo, chiếm 12,20% và 20.175 hộ cận nghèo, chiếm "
        "10,12% tổng số hộ dân cư trên địa bàn tỉnh (199.345 hộ).",
        "o poor_households/all 24320; o poverty_rate/all 12.20; "
        "o near_poor_households/all 20175; o near_poor_rate/all 10.12; "
        "o households/all 199345",
    ),
    (
        FACTS,
        "Hộ nghèo có 689 hộ (tăng 37 hộ so với đầu năm), trong đó 73 hộ nghèo DTTS.",
        "o poor_households/all 689; o other/all 37; "
        "o poor_households/ethnic_minority 73",
    ),
    (
        FACTS,
        "Trong tổng số 345 hộ nghèo có 120 hộ thuộc chính sách bảo trợ xã hội.",
        "o poor_households/all 345; o poor_households/social_protection 120",
    ),
    (
        GOALS,
        "Giảm tỷ lệ hộ nghèo theo chuẩn nghèo mới từ 20,39% năm 2016 xuống còn 06 - "
        "08% năm 2020 (bình quân mỗi năm giảm 04 - 05%).",
        "o poverty_rate/all 20.39; t poverty_rate/all 6; "
        "t poverty_rate_reduction/all 4",
    ),
    (
        FACTS,
        "Toàn tỉnh có 11.990 hộ nghèo. Dân số 1.624.100 người, trong đó 9.701 hộ "
        "nghèo (chiếm 2,17%).",
        "o poor_households/all 11990; o population/all 1624100; "
        "o poor_households/all 9701; o poverty_rate/all 2.17",
    ),
    (
        FACTS,
        "Hộ nghèo neo đơn: 89 hộ/345 hộ nghèo, chiếm 25,8%.",
        "o other/all 89; o other/all 25.8",
    ),
    (
        FACTS,
        "Tổng số hộ toàn xã: 1.412 hộ/6.980 khẩu.",
        "o households/all 1412; o population/all 6980",
    ),
    (
        FACTS,
        "Huyện có 22 xã, thị trấn với 38.210 hộ, 171.500 nhân khẩu.",
        "o other/all 22; o households/all 38210; o population/all 171500",
    ),
    (
        FACTS,
        "Tỷ lệ hộ nghèo giảm 3,61%, vượt 0,61% so với mục tiêu đề ra.",
        "o poverty_rate_reduction/all 3.61; o other/all 0.61",
    ),
    (
        FACTS,
        "Cấp 45.120 thẻ BHYT cho người dân tộc thiểu số, tổng kinh phí 38,5 tỷ đồng.",
        "o other/ethnic_minority 45120; o funding/all 38500000000",
    ),
    (
        CAUSES,
        "Do thiếu vốn sản xuất 180 hộ; đông người ăn theo 60 hộ; ốm đau, tàn tật 45 "
        "hộ; nguyên nhân khác 41 hộ.",
        "o poor_households/cause:lack_of_capital 180; "
        "o poor_households/cause:many_dependants 60; "
        "o poor_households/cause:illness_disability_old_age 45; "
        "o poor_households/cause:other 41",
    ),
]


@pytest.mark.parametrize(("section", "sentence", "expected"), MEANINGS)
def test_says_what_each_figure_is(
    section: str, sentence: str, expected: str, vocabulary: Vocabulary
) -> None:
    found = "; ".join(
        f"{f.kind.value[0]} {f.indicator}/{f.group_code} {f.value}"
        for f in read(f"{section}\n- {sentence}", vocabulary)
    )
    assert found == expected


Time = tuple[int | None, int | None, AsOf | None, str | None]
END, DURING = AsOf.END, AsOf.DURING
TIMES: list[tuple[str, str, Time]] = [
    # section, sentence, year, year_to, as_of and per of its last figure
    (
        GOALS,
        "Giảm tỷ lệ hộ nghèo từ 12,62% đầu năm 2016 xuống dưới 4% năm 2020 (bình quân "
        "giảm trên 1,7%/năm); riêng các xã nghèo giảm bình quân 4 - 5%/năm.",
        (2016, 2020, DURING, "year"),
    ),
    (
        GOALS,
        "Giảm tỷ lệ hộ nghèo từ 48,14% năm 2015 xuống dưới 33% năm 2020 (bình quân "
        "giảm trên 3%/năm).",
        (2016, 2020, DURING, "year"),
    ),
    (
        GOALS,
        "Giảm tỷ lệ hộ nghèo từ 48,14% năm 2015 xuống dưới 33% năm 2020.",
        (2020, None, END, None),
    ),
    (
        "I. KẾT QUẢ THỰC HIỆN NĂM 2015",
        "Trong năm có 1.038 hộ thoát nghèo.",
        (2015, None, DURING, None),
    ),
    (
        FACTS,
        "Đầu năm 2015 có 450 hộ nghèo, cuối năm còn 345 hộ.",
        (2015, None, END, None),
    ),
    (
        FACTS,
        "Năm 2015 có 450 hộ nghèo. Đến nay còn 345 hộ nghèo.",
        (2016, None, AsOf.START, None),
    ),
    (
        GOALS,
        "Giảm tỷ lệ hộ nghèo 5,5% so với đầu năm, tương ứng giảm khoảng 950 hộ.",
        (2016, 2020, DURING, None),
    ),
    (
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2017",
        "Giảm 90 hộ nghèo.",
        (2017, None, DURING, None),
    ),
    (
        GOALS,
        "Phấn đấu giảm hộ nghèo trong năm 2017 là 52 hộ, đưa tỷ lệ hộ nghèo xuống "
        "còn 60,29%.",
        (2017, None, END, None),
    ),
]


@pytest.mark.parametrize(("section", "sentence", "expected"), TIMES)
def test_says_when_each_figure_is(
    section: str, sentence: str, expected: Time, vocabulary: Vocabulary
) -> None:
    figure = read(f"{section}\n- {sentence}", vocabulary)[-1]
    assert (figure.year, figure.year_to, figure.as_of, figure.per) == expected


def test_a_goals_heading_gives_no_year_to_a_cause_below_it(
    vocabulary: Vocabulary,
) -> None:
    text = "II. MỤC TIÊU NĂM 2023\n3. Nguyên nhân ốm đau: 45 hộ, thoát nghèo 5 hộ."
    count = read(text, vocabulary, 2023, 2023)[0]
    assert (count.indicator, count.as_of) == ("poor_households", AsOf.START)


def test_an_upper_bound_in_a_negation(vocabulary: Vocabulary) -> None:
    (figure,) = read(f"{GOALS}\n- Không để phát sinh quá 05 hộ nghèo mới.", vocabulary)
    assert figure.comparator is Comparator.LE
    assert (figure.indicator, figure.value) == ("poor_households_new", Decimal(5))


def test_names_in_brackets_are_the_places_of_the_parts(vocabulary: Vocabulary) -> None:
    text = f"{FACTS}\n- Số hộ thoát nghèo: 102 hộ (Bắc Sơn 20 hộ, còn lại 82 hộ)."
    whole, part, rest = read(text, vocabulary)
    assert (whole.unit_raw, part.unit_raw) == (None, "Bắc Sơn")
    assert (part.indicator, rest.indicator) == ("poor_households_exiting", "other")


ZEROS = [
    # section, sentence, kind indicator/group of the zero, '' where none is stated
    (FACTS, "Năm 2015 không có hộ tái nghèo.", "o poor_households_relapsed/all"),
    (FACTS, "Năm 2015 không phát sinh hộ nghèo mới.", "o poor_households_new/all"),
    (
        FACTS,
        "Cuối năm 2015, không còn hộ nghèo thuộc chính sách người có công.",
        "o poor_households/merit",
    ),
    (GOALS, "Cuối năm 2020 toàn xã không còn hộ nghèo.", "t poor_households/all"),
    (FACTS, "Không có hộ nghèo nào bị bỏ sót.", ""),
    (FACTS, "Không có hộ nghèo được hỗ trợ sai đối tượng.", ""),
    (FACTS, "Hộ nghèo không có hộ khẩu, không có đất sản xuất.", ""),
    (GOALS, "Không còn hộ nghèo có khả năng lao động.", ""),
]


@pytest.mark.parametrize(("section", "sentence", "expected"), ZEROS)
def test_reads_a_zero_in_words_only_where_it_is_clear(
    section: str, sentence: str, expected: str, vocabulary: Vocabulary
) -> None:
    found = read(f"{section}\n- {sentence}", vocabulary)
    said = [f"{f.kind.value[0]} {f.indicator}/{f.group_code}" for f in found]
    assert said == ([expected] if expected else [])
    assert all(f.value == 0 for f in found)
