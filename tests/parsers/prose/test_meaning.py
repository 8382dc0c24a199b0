"""What heads and sentences speak of; heads as real papers print them."""

from __future__ import annotations

import pytest

from parsers.prose.meaning import (
    find_uom,
    has_target_word,
    is_goal_heading,
    read_meaning,
    states_result,
)
from parsers.vocabulary import Vocabulary

HEADS = [
    # head path, indicator, group, uom
    ("Số hộ", "households", "all", "household"),
    ("Tổng số hộ dân cư", "households", "all", "household"),
    ("Dân số (hộ)", "households", "all", "household"),
    ("Hộ nghèo đầu 2021 > Dân số (hộ)", "households", "all", "household"),
    ("Dự kiến tỷ lệ hộ nghèo > Tổng số hộ dân cư", "households", "all", "household"),
    ("Dân số > Số khẩu", "population", "all", "person"),
    ("Nhân khẩu", "population", "all", "person"),
    ("Tổng dân số (người)", "population", "all", "person"),
    ("Hộ nghèo", "poor_households", "all", "household"),
    ("HN", "poor_households", "all", "household"),
    ("Hộ nghèo > Số hộ", "poor_households", "all", "household"),
    ("Dự kiến HN cuối năm 2018", "poor_households", "all", "household"),
    ("Hộ CN", "near_poor_households", "all", "household"),
    ("HCN", "near_poor_households", "all", "household"),
    ("Hộ cận nghèo > SL", "near_poor_households", "all", "household"),
    ("Hộ nghèo > Tỷ lệ (%)", "poverty_rate", "all", "percent"),
    ("Dự kiến tỷ lệ HN cuối năm 2018", "poverty_rate", "all", "percent"),
    ("Tỉ lệ hộ cận nghèo", "near_poor_rate", "all", "percent"),
    ("Hộ cận nghèo > TL", "near_poor_rate", "all", "percent"),
    ("Chỉ tiêu số hộ thoát nghèo", "poor_households_exiting", "all", "household"),
    ("Chỉ tiêu GN 2021 > Hộ giảm", "poor_households_exiting", "all", "household"),
    ("KH giảm", "poor_households_exiting", "all", "household"),
    ("Giảm trong năm > Hộ nghèo", "poor_households_exiting", "all", "household"),
    ("Hộ cận nghèo > KH giảm", "near_poor_households_exiting", "all", "household"),
    ("Số hộ thoát cận nghèo", "near_poor_households_exiting", "all", "household"),
    ("Chỉ tiêu GN > Tỷ lệ giảm", "poverty_rate_reduction", "all", "percent"),
    ("Hộ cận nghèo > Tỷ lệ giảm", "near_poor_rate_reduction", "all", "percent"),
    ("Hộ nghèo phát sinh", "poor_households_new", "all", "household"),
    ("Số hộ tái nghèo", "poor_households_relapsed", "all", "household"),
    ("Số hộ đăng ký thoát nghèo", "households_registered_to_exit", "all", "household"),
    ("Nhu cầu > Nhà ở", "support_needed_households", "need:housing", "household"),
    ("Nhu cầu > Vay vốn", "support_needed_households", "need:credit", "household"),
    (
        "Nhu cầu > Huốn g dấn cách làm ăn",
        "support_needed_households",
        "need:know_how",
        "household",
    ),
    (
        "Nhu cầu > Hỗ trợ kinh phí",
        "support_needed_households",
        "need:funding",
        "household",
    ),
    ("Tổng HN CSGN > Hộ CS GN", "poor_households", "policy", "household"),
    ("Tổng HN cứng > Tỷ lệ (%)", "poverty_rate", "hardcore", "percent"),
    ("Hộ nghèo > DTTS", "poor_households", "ethnic_minority", "household"),
    ("Hộ nghèo BTXH", "poor_households", "social_protection", "household"),
    ("Hộ nghèo có NCC", "poor_households", "merit", "household"),
    ("Nguyên nhân > Thiếu đất", "poor_households", "cause:lack_of_land", "household"),
    ("Kinh phí (triệu đồng)", "funding", "all", "million_vnd"),
    ("Tổng vốn", "funding", "all", ""),
    # what fits nothing keeps its label under 'other'
    ("Ngày công", "other", "all", ""),
    ("Hộ nghèo và hộ cận nghèo", "other", "all", "household"),
    ("Tỷ lệ so với tổng số hộ nghèo", "other", "all", "percent"),
    ("Thiếu hụt dịch vụ xã hội cơ bản > BHYT", "other", "all", "household"),
    ("Tỷ lệ nghèo đa chiều", "other", "all", ""),
    ("Hộ nghèo > Số khẩu", "other", "all", "person"),
]


@pytest.mark.parametrize(("path", "indicator", "group", "uom"), HEADS)
def test_heads(path, indicator, group, uom, vocabulary):
    meaning = read_meaning(path.split(" > "), vocabulary)

    assert (meaning.indicator, meaning.group_code, meaning.uom) == (
        indicator,
        group,
        uom,
    )


@pytest.mark.parametrize(
    ("sentence", "unit", "indicator", "group"),
    [
        ("Giảm tỷ lệ hộ nghèo", "percent", "poverty_rate_reduction", "all"),
        ("giảm hộ nghèo", "household", "poor_households_exiting", "all"),
        ("tỷ lệ hộ nghèo giảm xuống còn", "percent", "poverty_rate", "all"),
        ("Tỷ lệ hộ nghèo toàn huyện còn dưới", "percent", "poverty_rate", "all"),
        (
            "Tỷ lệ hộ nghèo giảm bình quân",
            "percent",
            "poverty_rate_reduction",
            "all",
        ),
        (
            "hộ nghèo, hộ cận nghèo có nhu cầu được vay vốn",
            "percent",
            "credit_access",
            "all",
        ),
        (
            "người nghèo được cấp thẻ bảo hiểm y tế",
            "percent",
            "health_insurance_coverage",
            "all",
        ),
        (
            "Nhóm nguyên nhân thiếu vốn, phương tiện phát triển sản xuất: Tổng số",
            "household",
            "poor_households",
            "cause:lack_of_capital",
        ),
        (
            "Hộ nghèo thuộc đối tượng BTXH, chiếm tỷ lệ",
            "percent",
            "poverty_rate",
            "social_protection",
        ),
        (
            "Hộ cận nghèo đồng bào DTTS",
            "household",
            "near_poor_households",
            "ethnic_minority",
        ),
        (
            "xã có đường ô tô đến trung tâm xã được nhựa hóa",
            "percent",
            "paved_road_communes",
            "all",
        ),
        ("giám sát hộ nghèo", "household", "poor_households", "all"),
    ],
)
def test_sentences(sentence, unit, indicator, group, vocabulary):
    meaning = read_meaning([sentence], vocabulary, unit=unit)

    assert (meaning.indicator, meaning.group_code) == (indicator, group)


@pytest.mark.parametrize("bare", ["Tỷ lệ", "Tỷ lệ (%)", "Số hộ", "Năm 2020"])
def test_a_head_without_subject_is_bare(bare, vocabulary):
    assert read_meaning([bare], vocabulary).is_bare


def test_the_title_tells_needs_only_to_what_names_nothing(vocabulary):
    title = "Biểu tổng hợp các nhu cầu đăng ký hỗ trợ để thoát nghèo"

    need = read_meaning(["Nhà ở"], vocabulary, context=title)
    poor = read_meaning(["Số hộ nghèo"], vocabulary, context=title)

    assert need.group_code == "need:housing"
    assert (poor.indicator, poor.group_code) == ("poor_households", "all")


@pytest.mark.parametrize(
    ("text", "uom"),
    [
        ("Đơn vị tính: triệu đồng", "million_vnd"),
        ("Tỷ lệ (%)", "percent"),
        ("Dân số (hộ)", "household"),
        ("ĐVT: hộ", "household"),
        ("Kinh phí (1.000 đồng)", "thousand_vnd"),
        ("Hộ nghèo", ""),
        ("Tên xã", ""),
    ],
)
def test_find_uom(text, uom, vocabulary):
    assert find_uom(text, vocabulary) == uom


@pytest.mark.parametrize(
    ("head", "is_target"),
    [
        ("Dự kiến HN cuối năm 2018", True),
        ("KH giảm", True),
        ("Mục tiêu", True),
        ("Phấn đấu thoát nghèo", True),
        ("Hộ nghèo cuối năm", False),
        ("Đạt % so với kế hoạch", False),
        ("Chương trình mục tiêu quốc gia", False),
    ],
)
def test_target_words(head, is_target, vocabulary):
    assert has_target_word(head, vocabulary) is is_target


def test_headings_of_goals_and_of_results(vocabulary):
    assert is_goal_heading("Chỉ tiêu giảm nghèo năm 2018", vocabulary)
    assert not is_goal_heading("DỰ KIẾN TỶ LỆ HỘ NGHÈO NĂM 2024", vocabulary)
    assert states_result("Kết quả rà soát cuối năm 2018 như sau:", vocabulary)


def test_a_new_wording_is_a_row(vocabulary):
    assert read_meaning(["Gia đình túng thiếu"], vocabulary).indicator == "other"
    row = {"phrase": "gia đình túng thiếu", "concepts": "poor", "note": ""}
    concepts = (*vocabulary.rows("concepts"), row)
    richer = Vocabulary({**vocabulary.tables, "concepts": concepts})

    assert read_meaning(["Gia đình túng thiếu"], richer).indicator == "poor_households"
