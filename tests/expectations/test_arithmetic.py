"""Rates, sums, splits and balances of tables; the contract's tolerances."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from expectations.arithmetic import check_tables
from tests.expectations.paper_makers import records_of


def found(records):
    """Return for each issue its code, row, column, printed and computed value."""
    figures = records.figures
    return [
        (
            issue.check_code,
            figures[issue.figure].unit_raw,
            figures[issue.figure].col_no,
            issue.printed,
            issue.computed,
        )
        for issue in check_tables(records)
    ]


def suspects(records, number=0):
    issue = check_tables(records)[number]
    figures = records.figures
    return [(figures[n].unit_raw, figures[n].col_no) for n in issue.suspects]


SOUND = """TT | Xã | Số hộ | Hộ nghèo | Tỷ lệ (%) | Chỉ tiêu số hộ thoát nghèo \
| Dự kiến HN cuối năm | Dự kiến tỷ lệ HN cuối năm
1 | An Bình | 949 | 35 | 3,69 | 7 | 28 | 2,95
2 | Bình Minh | 1.296 | 30 | 2,31 | 7 | 23 | 1,77
3 | Cao Sơn | 2.219 | 43 | 1,94 | 14 | 29 | 1,31
 | Cộng | 4.464 | 108 | 2,42 | 28 | 80 | 1,79"""


def test_a_table_that_agrees_has_no_issue(vocabulary):
    assert found(records_of(vocabulary, SOUND)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "expected", "wrong"),
    [
        # a rate alone
        (
            "1,94",
            "1,49",
            [("rate_mismatch", "Cao Sơn", 5, "1.49", "1.94")],
            ("Cao Sơn", 5),
        ),
        # a total alone
        (
            "| 108",
            "| 118",
            [
                ("rate_mismatch", "Cộng", 5, "2.42", "2.64"),
                ("balance_mismatch", "Cộng", 7, "80", "90"),
                ("sum_mismatch", "Cộng", 4, "118", "108"),
            ],
            ("Cộng", 4),
        ),
        # a unit's count: its rate, its balance and the sum all point to it
        (
            "| 35 |",
            "| 53 |",
            [
                ("rate_mismatch", "An Bình", 5, "3.69", "5.58"),
                ("balance_mismatch", "An Bình", 7, "28", "46"),
                ("sum_mismatch", "Cộng", 4, "108", "126"),
            ],
            ("An Bình", 4),
        ),
        # households, which no rate can hide
        (
            "2.219",
            "2.919",
            [
                ("rate_mismatch", "Cao Sơn", 5, "1.94", "1.47"),
                ("rate_mismatch", "Cao Sơn", 8, "1.31", "0.99"),
                ("sum_mismatch", "Cộng", 3, "4464", "5164"),
            ],
            ("Cao Sơn", 3),
        ),
    ],
)
def test_one_wrong_figure(was, becomes, expected, wrong, vocabulary):
    records = records_of(vocabulary, SOUND.replace(was, becomes, 1))

    assert sorted(found(records)) == sorted(expected)
    for number in range(len(expected)):
        assert suspects(records, number) == [wrong]


def test_messages_are_sentences_with_the_printed_terms(vocabulary):
    (issue,) = check_tables(records_of(vocabulary, SOUND.replace("1,94", "1,49")))

    assert issue.message == (
        "Table 1, 'Cao Sơn': 'Tỷ lệ (%)' is printed as 1.49, but 43 of 2219 is 1.94. "
        "Most likely wrong: 'Cao Sơn' 'Tỷ lệ (%)' (1.49)."
    )


@pytest.mark.parametrize(
    ("printed", "is_wrong"),
    [
        ("1,93", False),  # cut off
        ("1,94", False),  # rounded
        ("1,95", True),
        ("1,9", False),
        ("2", False),
        ("1,92", True),
        ("1,940", True),  # 1,93780 to the thousandth
        ("1,938", False),
    ],
)
def test_a_rate_may_be_off_by_one_unit_of_its_last_place(printed, is_wrong, vocabulary):
    records = records_of(vocabulary, SOUND.replace("1,94", printed))

    assert bool(found(records)) is is_wrong


TREE = """TT | Đơn vị | Số hộ | Hộ nghèo
 | Toàn huyện | 100 | 12
I | Khu vực thành thị | 60 | 5
1 | P. Một | 30 | 3
2 | P. Hai | 30 | 2
II | Khu vực nông thôn | 40 | 7
1 | X. Ba | 15 | 4
2 | X. Bốn | 25 | 3"""


def test_units_subtotals_and_a_total_first(vocabulary):
    assert found(records_of(vocabulary, TREE)) == []


def test_a_subtotal_that_is_off_is_filed_on_the_subtotal_alone(vocabulary):
    records = records_of(vocabulary, TREE.replace("thành thị | 60", "thành thị | 66"))

    assert found(records) == [
        ("sum_mismatch", "Toàn huyện", 3, "100", "106"),
        ("sum_mismatch", "Khu vực thành thị", 3, "66", "60"),
    ]
    assert suspects(records, 0) == [("Khu vực thành thị", 3)]


def test_groups_without_figures_pass_their_units_on(vocabulary):
    text = TREE.replace("| 60 | 5", "| | ").replace("| 40 | 7", "| | ")

    assert found(records_of(vocabulary, text)) == []
    wrong = found(records_of(vocabulary, text.replace("100", "110")))
    assert wrong == [("sum_mismatch", "Toàn huyện", 3, "110", "100")]


def test_an_empty_cell_adds_nothing(vocabulary):
    text = """TT | Đơn vị | Nhu cầu | <
    ^ | ^ | Nhà ở | Con giống
     | Khu vực nông thôn | 11 | 3
    1 | Xã Một | 6 |
    2 | Xã Hai | 5 |
     | Khu vực thành thị | 4 | 21
    1 | P. Ba | 4 | 21"""

    assert found(records_of(vocabulary, text)) == [
        ("sum_mismatch", "Khu vực nông thôn", 4, "3", "0")
    ]


def test_a_sum_with_an_unreadable_term_is_not_judged(vocabulary):
    text = TREE.replace("P. Một | 30 | 3", "P. Một | 3.0,0 | 3")

    assert found(records_of(vocabulary, text)) == []


def test_rates_are_never_summed(vocabulary):
    text = """TT | Xã | Tỷ lệ hộ nghèo (%)
    1 | An Bình | 3,69
    2 | Bình Minh | 2,31
     | Cộng | 2,90"""

    assert found(records_of(vocabulary, text)) == []


def test_totals_of_more_than_the_rows_are_not_sums(vocabulary):
    text = """TT | Xã | Số hộ | Hộ nghèo
    1 | An Bình | 949 | 35
    2 | Bình Minh | 1.296 | 30
     | Toàn huyện | 14.932 | 405"""

    assert found(records_of(vocabulary, text)) == []


GROUPS = """TT | Xã | Hộ nghèo | Trong đó | < | <
^ | ^ | ^ | Hộ nghèo CSGN | HN cứng | Hộ nghèo DTTS
1 | An Bình | 99 | 44 | 55 | 20
2 | Bình Minh | 43 | 7 | 36 | 0
3 | Cao Sơn | 38 | 1 | 37 | 3
 | Cộng | 180 | 52 | 128 | 23"""


def test_groups_that_split_the_poor_are_found_by_the_figures(vocabulary):
    assert found(records_of(vocabulary, GROUPS)) == []
    wrong = GROUPS.replace("Bình Minh | 43 | 7", "Bình Minh | 43 | 9")

    assert found(records_of(vocabulary, wrong)) == [
        ("group_sum_mismatch", "Bình Minh", 3, "43", "45"),
        ("sum_mismatch", "Cộng", 4, "52", "54"),
    ]
    assert suspects(records_of(vocabulary, wrong)) == [("Bình Minh", 4)]


def test_groups_that_overlap_are_never_summed(vocabulary):
    text = """TT | Xã | Hộ nghèo | Nguyên nhân nghèo | < | <
    ^ | ^ | ^ | Thiếu vốn | Thiếu đất | Ốm đau, bệnh nặng
    1 | An Bình | 50 | 20 | 15 | 30
    2 | Bình Minh | 40 | 25 | 8 | 12
    3 | Cao Sơn | 30 | 10 | 10 | 20
     | Cộng | 120 | 55 | 33 | 62"""

    assert found(records_of(vocabulary, text)) == []


def test_arrivals_belong_to_the_balance(vocabulary):
    text = """TT | Thôn | Hộ nghèo đầu năm | Hộ thoát nghèo | Hộ nghèo phát sinh \
    | Hộ nghèo cuối năm
    1 | Đoài | 10 | 3 | 1 | 8
    2 | Đông | 9 | 2 | 0 | 7
    3 | Hạ | 5 | 1 | 1 | 5
     | Cộng | 24 | 6 | 2 | 20"""

    assert found(records_of(vocabulary, text)) == []
    wrong = found(records_of(vocabulary, text.replace("| 1 | 8", "| 1 | 9")))
    assert ("balance_mismatch", "Đoài", 6, "9", "8") in wrong


def test_an_end_that_is_no_balance_is_not_judged(vocabulary):
    text = """TT | Thôn | Hộ nghèo đầu năm | Hộ thoát nghèo | Hộ nghèo cuối năm
    1 | Đoài | 10 | 3 | 9
    2 | Đông | 9 | 2 | 8
    3 | Hạ | 5 | 1 | 6"""

    assert found(records_of(vocabulary, text)) == []


def test_a_printed_formula_is_held_against_its_column(vocabulary):
    text = """TT | Xã | Đất lúa | Đất màu | Cộng đất
    A | B | 1 | 2 | 3=1+2
    1 | An Bình | 10 | 5 | 15
    2 | Bình Minh | 20 | 7 | 27
    3 | Cao Sơn | 30 | 9 | 40"""

    wrong = found(records_of(vocabulary, text))

    assert wrong == [("group_sum_mismatch", "Cao Sơn", 5, "40", "39")]


def test_a_formula_that_the_paper_misprints_is_not(vocabulary):
    text = """TT | Xã | Số hộ | Hộ nghèo | Hộ thoát nghèo | Hộ nghèo cuối năm
    A | B | 1 | 2 | 3 | 4=3/1
    1 | An Bình | 949 | 35 | 7 | 28
    2 | Bình Minh | 1.296 | 30 | 7 | 23"""

    assert found(records_of(vocabulary, text)) == []


def test_a_rate_of_another_year_is_measured_by_its_own(vocabulary):
    """As in a plan that repeats last year's rates beside this year's households."""
    text = """TT | Thôn | Năm 2021 | < | < | Dự kiến năm 2022 | < | <
    ^ | ^ | Số hộ | Hộ nghèo | Tỷ lệ (%) | Số hộ | Hộ nghèo | Tỷ lệ (%)
    1 | Phan Bôi | 794 | 6 | 0,75 | 796 | 6 | 0,75
    2 | Nhân Vinh | 506 | 6 | 1,19 | 508 | 6 | 1,19
    3 | Trại | 284 | 3 | 1,06 | 287 | 3 | 1,06
    4 | Thợ | 447 | 6 | 1,34 | 449 | 6 | 1,34"""

    assert found(records_of(vocabulary, text)) == [
        ("rate_mismatch", "Trại", 8, "1.06", "1.05")
    ]


def test_figures_that_changed_rows_are_both_named(vocabulary):
    text = """TT | Xã | Số hộ | Hộ nghèo | Tỷ lệ (%)
    1 | An Bình | 1.458 | 99 | 6,79
    2 | Bình Minh | 2.706 | 38 | 1,40
    3 | Cao Sơn | 1.472 | 43 | 2,92
     | Cộng | 5.636 | 180 | 3,19"""
    text = text.replace("| 38 |", "| x |").replace("| 43 |", "| 38 |")
    records = records_of(vocabulary, text.replace("| x |", "| 43 |"))

    assert found(records) == [
        ("rate_mismatch", "Bình Minh", 5, "1.40", "1.59"),
        ("rate_mismatch", "Cao Sơn", 5, "2.92", "2.58"),
    ]
    for number in (0, 1):
        changed = suspects(records, number)
        assert ("Bình Minh", 4) in changed or ("Bình Minh", 5) in changed
        assert {row for row, _ in changed} == {"Bình Minh", "Cao Sơn"}
    assert "changed places" in check_tables(records)[0].message


def test_issues_stand_on_the_figure_that_the_equation_gives(vocabulary):
    records = records_of(vocabulary, SOUND.replace("1,94", "1,49"))
    (issue,) = check_tables(records)

    figure = records.figures[issue.figure]
    assert issue.box == figure.source.box
    assert issue.page_no == figure.source.page_no


def test_every_change_that_an_equation_sees_is_reported(vocabulary):
    """Changes each figure in turn; whatever it was, it is among the suspects."""
    records = records_of(vocabulary, SOUND)
    missed = []
    for index, figure in enumerate(records.figures):
        changed = replace(figure, value=figure.value + Decimal(7))
        figures = (*records.figures[:index], changed, *records.figures[index + 1 :])
        issues = check_tables(replace(records, figures=figures))
        if not any(index in issue.suspects for issue in issues):
            missed.append((figure.unit_raw, figure.col_no))
    assert missed == []


def test_two_thousand_rows_are_checked_as_few_are(vocabulary):
    rows = [
        f"{n} | Xã số {n} | {100 + n} | {n % 50} | "
        f"{Decimal(100 * (n % 50)) / (100 + n):.2f}"
        for n in range(1, 2001)
    ]
    households = sum(100 + n for n in range(1, 2001))
    poor = sum(n % 50 for n in range(1, 2001))
    head = "TT | Xã | Số hộ | Hộ nghèo | Tỷ lệ (%)"
    total = f" | Cộng | {households} | {poor + 1} | {100 * poor / households:.2f}"
    records = records_of(vocabulary, "\n".join([head, *rows, total]))

    issues = check_tables(records)

    assert [issue.check_code for issue in issues] == ["sum_mismatch"]


MONEY = """TT | Nội dung | Tổng vốn | NSTW | NS tỉnh
1 | Hỗ trợ nhà ở | 13.172 | 12.268 | 904
2 | Dạy nghề | 51.360 | 46.709 | 4.651
3 | Nước sạch | 7.785 | 7.079 | 706
 | Cộng | 72.317 | 66.056 | 6.261"""


def test_money_adds_up_downwards_and_across(vocabulary):
    assert found(records_of(vocabulary, MONEY)) == []

    wrong = found(records_of(vocabulary, MONEY.replace("| 706", "| 776")))

    assert ("sum_mismatch", "Cộng", 5, "6261", "6331") in wrong
    assert ("funding_split_mismatch", "Nước sạch", 3, "7785", "7855") in wrong


def test_rounded_money_may_miss_by_its_rounding(vocabulary):
    text = """TT | Nội dung | Kinh phí (triệu đồng)
    1 | Hỗ trợ nhà ở | 1.250,3
    2 | Dạy nghề | 250,3
     | Cộng | 1.500,7"""

    assert found(records_of(vocabulary, text)) == []
    wrong = found(records_of(vocabulary, text.replace("1.500,7", "1.501,0")))
    assert wrong == [("sum_mismatch", "Cộng", 3, "1501.0", "1500.6")]
