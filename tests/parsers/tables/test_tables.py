"""Whole tables: meaning, time, targets, values and units, in any column order.

The layouts are those of real plans (formats.md 'Tables'); places and figures are made
up, but for the Cam Lộ and Bỉm Sơn heads, which stand in the plans of 2021 and 2018.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.records import Quality, Unit
from parsers.tables.context import TableContext
from parsers.tables.open_separators import custom_of
from parsers.tables.table import parse_table
from tests.parsers.table_makers import make_table, with_readings

PLAN_2022 = TableContext(period_start=2022, period_end=2022, issued_on="2022-03-01")


def sense(figure):
    moment = figure.as_of.value if figure.as_of else None
    return (
        figure.kind.value,
        figure.indicator,
        figure.group_code,
        figure.year,
        moment,
        figure.uom,
    )


def senses(text, vocabulary, context=PLAN_2022):
    """Return what each figure of the first body row speaks of, by column."""
    table, figures, _ = parse_table(make_table(text), context, vocabulary)
    return {f.col_no: sense(f) for f in figures if f.row_no == table.rows[0].row_no}


def values(text, vocabulary, context=PLAN_2022):
    _, figures, _ = parse_table(make_table(text), context, vocabulary)
    return [f.value for f in figures]


OBS, TGT = "observation", "target"

TABLES = {
    "stock, exits and end on one line (Bỉm Sơn)": (
        """TT | Đơn vị | Số hộ | Hộ nghèo đầu năm 2018 | Tỷ lệ \
        | Dự kiến HN cuối năm 2018 | Chỉ tiêu số hộ thoát nghèo \
        | Dự kiến tỷ lệ HN cuối năm 2018
        1 | X. A | 949 | 35 | 3.69 | 28 | 7 | 2.95""",
        {"period_start": 2018, "period_end": 2018},
        {
            3: (OBS, "households", "all", 2018, "start", "household"),
            4: (OBS, "poor_households", "all", 2018, "start", "household"),
            5: (OBS, "poverty_rate", "all", 2018, "start", "percent"),
            6: (TGT, "poor_households", "all", 2018, "end", "household"),
            7: (TGT, "poor_households_exiting", "all", 2018, "during", "household"),
            8: (TGT, "poverty_rate", "all", 2018, "end", "percent"),
        },
    ),
    "groups between the stock and its end (Cam Lộ)": (
        """TT | Đơn vị | Hộ nghèo đầu 2021 | < | < | Hộ nghèo theo nhóm đối tượng \
        | < | < | < | Chỉ tiêu GN 2021 | < | Hộ nghèo cuối năm 2021 | <
        ^ | ^ | Dân số (hộ) | Hộ nghèo | Tỷ lệ (%) | Tổng HN CSGN | < | Tổng HN cứng \
        | < | Hộ giảm | Tỷ lệ giảm | Hộ nghèo | Tỷ lệ (%)
        ^ | ^ | ^ | ^ | ^ | Hộ CS GN | Tỷ lệ (%) | HN cứng | Tỷ lệ (%) | ^ | ^ | ^ | ^
        A | B | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10=8/1 | 11=10/1
        1 | Xã A | 1.458 | 99 | 6,79 | 44 | 3,02 | 55 | 3,77 | 17 | 1,17 | 82 | 5,62""",
        {"period_start": 2021, "period_end": 2021},
        {
            3: (OBS, "households", "all", 2021, "start", "household"),
            4: (OBS, "poor_households", "all", 2021, "start", "household"),
            5: (OBS, "poverty_rate", "all", 2021, "start", "percent"),
            6: (OBS, "poor_households", "policy", 2021, "start", "household"),
            7: (OBS, "poverty_rate", "policy", 2021, "start", "percent"),
            8: (OBS, "poor_households", "hardcore", 2021, "start", "household"),
            9: (OBS, "poverty_rate", "hardcore", 2021, "start", "percent"),
            10: (TGT, "poor_households_exiting", "all", 2021, "during", "household"),
            11: (TGT, "poverty_rate_reduction", "all", 2021, "during", "percent"),
            12: (TGT, "poor_households", "all", 2021, "end", "household"),
            13: (TGT, "poverty_rate", "all", 2021, "end", "percent"),
        },
    ),
    "groups of two levels, rates beside them": (
        """TT | Đơn vị | Hộ nghèo đầu năm | < | Trong đó | < | < | <
        ^ | ^ | Tổng số hộ nghèo | Tỷ lệ (%) | Hộ DTTS | Tỷ lệ (%) | Hộ BTXH | Tỷ lệ (%)
        1 | Xã A | 99 | 6,79 | 44 | 3,02 | 55 | 3,77""",
        {},
        {
            3: (OBS, "poor_households", "all", 2022, "start", "household"),
            4: (OBS, "poverty_rate", "all", 2022, "start", "percent"),
            5: (OBS, "poor_households", "ethnic_minority", 2022, "start", "household"),
            6: (OBS, "poverty_rate", "ethnic_minority", 2022, "start", "percent"),
            7: (
                OBS,
                "poor_households",
                "social_protection",
                2022,
                "start",
                "household",
            ),
            8: (OBS, "poverty_rate", "social_protection", 2022, "start", "percent"),
        },
    ),
    "three levels, near poor too, plan by class": (
        """TT | Tên xã | Tổng số hộ | Kết quả rà soát cuối năm 2021 | < | < | < \
        | Kế hoạch giảm năm 2022 | < | Ghi chú
        ^ | ^ | ^ | Hộ nghèo | < | Hộ cận nghèo | < | Hộ nghèo | Hộ cận nghèo | ^
        ^ | ^ | ^ | Số hộ | Tỷ lệ (%) | Số hộ | Tỷ lệ (%) | ^ | ^ | ^
        1 | Sơn Hà | 1.000 | 100 | 10,00 | 50 | 5,00 | 10 | 5 | Xã ĐBKK""",
        {},
        {
            3: (OBS, "households", "all", 2022, "start", "household"),
            4: (OBS, "poor_households", "all", 2021, "end", "household"),
            5: (OBS, "poverty_rate", "all", 2021, "end", "percent"),
            6: (OBS, "near_poor_households", "all", 2021, "end", "household"),
            7: (OBS, "near_poor_rate", "all", 2021, "end", "percent"),
            8: (TGT, "poor_households_exiting", "all", 2022, "during", "household"),
            9: (
                TGT,
                "near_poor_households_exiting",
                "all",
                2022,
                "during",
                "household",
            ),
        },
    ),
    "rates first, the target before the state": (
        """Tổ dân phố | Phấn đấu năm 2022 | < | Năm 2021 | < | <
        ^ | Tỷ lệ hộ nghèo (%) | Số hộ nghèo | Tỷ lệ hộ nghèo (%) | Số hộ nghèo | Số hộ
        Số 1 | 0,9 | 5 | 1,3 | 7 | 540""",
        {},
        {
            2: (TGT, "poverty_rate", "all", 2022, "end", "percent"),
            3: (TGT, "poor_households", "all", 2022, "end", "household"),
            4: (OBS, "poverty_rate", "all", 2021, "end", "percent"),
            5: (OBS, "poor_households", "all", 2021, "end", "household"),
            6: (OBS, "households", "all", 2021, "end", "household"),
        },
    ),
    "heads whose spans were lost": (
        """TT | Đơn vị | Năm 2021 | | Kế hoạch năm 2022 |
         | | Hộ nghèo | Tỷ lệ (%) | Hộ nghèo | Tỷ lệ (%)
        1 | Xã A | 35 | 3,69 | 28 | 2,95""",
        {},
        {
            3: (OBS, "poor_households", "all", 2021, "end", "household"),
            4: (OBS, "poverty_rate", "all", 2021, "end", "percent"),
            5: (TGT, "poor_households", "all", 2022, "end", "household"),
            6: (TGT, "poverty_rate", "all", 2022, "end", "percent"),
        },
    ),
    "a year above, moments below": (
        """TT | Đơn vị | Năm 2021 | < | <
        ^ | ^ | Hộ nghèo đầu năm | Số hộ thoát nghèo | Hộ nghèo cuối năm
        1 | Xã A | 35 | 7 | 28""",
        {},
        {
            3: (OBS, "poor_households", "all", 2021, "start", "household"),
            4: (OBS, "poor_households_exiting", "all", 2021, "during", "household"),
            5: (OBS, "poor_households", "all", 2021, "end", "household"),
        },
    ),
    "moments without a year mean the planned one": (
        """TT | Thôn | Hộ nghèo đầu năm | Hộ nghèo cuối năm
        1 | Đoài | 35 | 28""",
        {},
        {
            3: (OBS, "poor_households", "all", 2022, "start", "household"),
            4: (TGT, "poor_households", "all", 2022, "end", "household"),
        },
    ),
    "time of the title": (
        """TT | Đơn vị | Số hộ nghèo | Tỷ lệ
        1 | Xã A | 35 | 3,69""",
        {"title": "BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO CUỐI NĂM 2020"},
        {
            3: (OBS, "poor_households", "all", 2020, "end", "household"),
            4: (OBS, "poverty_rate", "all", 2020, "end", "percent"),
        },
    ),
    "a title that names the goal is no time": (
        """TT | Đơn vị | Số hộ nghèo
        1 | Xã A | 35""",
        {"title": "CHỈ TIÊU GIẢM NGHÈO NĂM 2021"},
        {3: (OBS, "poor_households", "all", 2022, "start", "household")},
    ),
    "time of the sentence above": (
        """TT | Đơn vị | Số hộ nghèo
        1 | Xã A | 35""",
        {"sentence": "Kết quả rà soát cuối năm 2021 trên địa bàn, như sau:"},
        {3: (OBS, "poor_households", "all", 2021, "end", "household")},
    ),
    "needs, told by the title alone": (
        """TT | Đơn vị | Số hộ nghèo | Nhà ở | Vay vốn | Việc làm | Con giống
        1 | Xã A | 35 | 1 | 2 | 3 | 4""",
        {"title": "BIỂU TỔNG HỢP NHU CẦU HỖ TRỢ"},
        {
            3: (OBS, "poor_households", "all", 2022, "start", "household"),
            4: (
                OBS,
                "support_needed_households",
                "need:housing",
                2022,
                "during",
                "household",
            ),
            5: (
                OBS,
                "support_needed_households",
                "need:credit",
                2022,
                "during",
                "household",
            ),
            6: (
                OBS,
                "support_needed_households",
                "need:employment",
                2022,
                "during",
                "household",
            ),
            7: (
                OBS,
                "support_needed_households",
                "need:livestock",
                2022,
                "during",
                "household",
            ),
        },
    ),
    "money with a unit line": (
        """TT | Nội dung | Tổng số | Trong đó | < | Số hộ
        ^ | ^ | ^ | Ngân sách huyện | Nguồn khác | ^
        1 | Hỗ trợ nhà ở | 1.250,5 | 1.000,5 | 250 | 25""",
        {"unit_line": "triệu đồng"},
        {
            3: (TGT, "funding", "all", 2022, "during", "million_vnd"),
            4: (TGT, "funding", "all", 2022, "during", "million_vnd"),
            5: (TGT, "funding", "all", 2022, "during", "million_vnd"),
            6: (OBS, "households", "all", 2022, "start", "household"),
        },
    ),
    "money with the unit in the head, of a past year": (
        """TT | Xã | Kinh phí năm 2020 (tỷ đồng) | Dự kiến năm 2022 (tỷ đồng)
        1 | A | 1,5 | 2,5""",
        {"title": "KINH PHÍ THỰC HIỆN"},
        {
            3: (OBS, "funding", "all", 2020, "during", "billion_vnd"),
        },
    ),
    "heads that the vocabulary does not know": (
        """TT | Xã | Số hộ nghèo | Sào ruộng
        1 | A | 35 | 120""",
        {},
        {
            3: (OBS, "poor_households", "all", 2022, "start", "household"),
            4: (OBS, "other", "all", 2022, "start", "other"),
        },
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_what_columns_mean(name, vocabulary):
    text, context, expected = TABLES[name]
    plan = {"period_start": 2022, "period_end": 2022, "issued_on": "2022-03-01"}

    found = senses(text, vocabulary, TableContext(**{**plan, **context}))

    assert {col: found.get(col) for col in expected} == expected


def test_an_unknown_head_keeps_its_label(vocabulary):
    text = "TT | Xã | Số hộ | Đất | <\n^ | ^ | ^ | Lúa | Sào ruộng\n1 | A | 5 | 9 | 120"

    _, figures, _ = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert figures[-1].indicator == "other"
    assert figures[-1].indicator_label == "Đất > Sào ruộng"


def test_rows_that_name_the_indicators(vocabulary):
    text = """TT | Chỉ tiêu | ĐVT | Thực hiện năm 2021 | Kế hoạch năm 2022
    1 | Tổng số hộ dân | Hộ | 15.420 | 15.500
    2 | Tỷ lệ hộ nghèo | % | 4,02 | 3,48
    3 | Số hộ thoát nghèo | hộ | 95 | 80
    4 | Tỷ lệ tham gia BHYT | % | 91,5 | trên 93
    5 | Kinh phí thực hiện | triệu đồng | 1.250,5 | 2.300"""

    table, figures, _ = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert [sense(f) for f in figures] == [
        (OBS, "households", "all", 2021, "end", "household"),
        (TGT, "households", "all", 2022, "end", "household"),
        (OBS, "poverty_rate", "all", 2021, "end", "percent"),
        (TGT, "poverty_rate", "all", 2022, "end", "percent"),
        (OBS, "poor_households_exiting", "all", 2021, "during", "household"),
        (TGT, "poor_households_exiting", "all", 2022, "during", "household"),
        (OBS, "health_insurance_coverage", "all", 2021, "during", "percent"),
        (TGT, "health_insurance_coverage", "all", 2022, "during", "percent"),
        (OBS, "funding", "all", 2021, "during", "million_vnd"),
        (TGT, "funding", "all", 2022, "during", "million_vnd"),
    ]
    assert figures[7].comparator.value == ">"
    assert figures[9].value == 2300
    assert all(row.parent_row_no is None for row in table.rows)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("949 | 1296 | 15,883", ["949", "1296", "15883"]),
        ("1.458 | 99 | 14.932", ["1458", "99", "14932"]),
        ("5724 | 5.724 | 04", ["5724", "5724", "4"]),
        ("12 345 | 08 | 0", ["12345", "8", "0"]),
        ("- |  | Không có", ["0"]),
    ],
)
def test_counts(cells, expected, vocabulary):
    rows = "\n".join(f"Xã {n} | {cell}" for n, cell in enumerate(cells.split("|")))

    found = values(f"Tên xã | Số hộ\n{rows}", vocabulary)

    assert found == [Decimal(value) for value in expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("3.69 | 2.31 | 1.30", ["3.69", "2.31", "1.30"]),
        ("0.75 | 1,19 | 1", ["0.75", "1.19", "1"]),
        ("34.8 | 30.0 | 7,72 %", ["34.8", "30.0", "7.72"]),
    ],
)
def test_rates(cells, expected, vocabulary):
    rows = "\n".join(f"Xã {n} | {cell}" for n, cell in enumerate(cells.split("|")))

    found = values(f"Tên xã | Tỷ lệ hộ nghèo (%)\n{rows}", vocabulary)

    assert found == [Decimal(value) for value in expected]
    assert [str(v) for v in found] == expected


def test_what_is_no_number_has_no_value_and_says_so(vocabulary):
    text = "Phường | Tỷ lệ hộ nghèo (%)\nDị Sử | 0.36,6\nMinh Đức | 0.90"

    _, figures, issues = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert figures[0].value is None
    assert figures[0].quality is Quality.SUSPECT
    assert figures[0].source.raw_text == "0.36,6"
    assert [(i.check_code, i.figure) for i in issues] == [("not_a_number", 0)]
    assert "0.36,6" in issues[0].message


def test_a_count_with_decimals_is_doubted(vocabulary):
    text = "Xã | Số hộ\nA | 10.98\nB | 120"

    _, figures, issues = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert figures[0].quality is Quality.SUSPECT
    assert [issue.figure for issue in issues] == [0]


def test_bounds_ranges_and_totals_in_cells(vocabulary):
    text = """Xã | Mục tiêu tỷ lệ hộ nghèo (%) | Hộ nghèo
    A | dưới 3 | 405/14.932
    B | 9-10% | 12
    C | 2,75% trở lên | 15"""

    _, figures, _ = parse_table(make_table(text), PLAN_2022, vocabulary)

    told = [(f.comparator.value, str(f.value), str(f.value_max)) for f in figures]
    assert told == [
        ("<", "3", "None"),
        ("=", "405", "None"),
        ("range", "9", "10"),
        ("=", "12", "None"),
        (">=", "2.75", "None"),
        ("=", "15", "None"),
    ]


def test_two_figures_in_a_cell_are_two_figures(vocabulary):
    text = """Xã | Chỉ tiêu BHYT
    A | 30.287 người (tỉnh giao) / 30.278 người (huyện giao)"""

    _, figures, _ = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert [(f.value, f.uom) for f in figures] == [(30287, "person"), (30278, "person")]
    assert "tỉnh giao" in figures[0].indicator_label
    assert "huyện giao" in figures[1].indicator_label


def test_remarks_are_kept_as_cells_and_are_no_figures(vocabulary):
    text = "Xã | Số hộ nghèo | Ghi chú\nA | 5 | 2 hộ mới\nB | 7 | "

    table, figures, _ = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert [f.col_no for f in figures] == [2, 2]
    assert [(c.row_no, c.text) for c in table.cells if c.col_no == 3] == [
        (None, "Ghi chú"),
        (1, "2 hộ mới"),
    ]


def test_places_count_from_one_without_heads_and_numbers(vocabulary):
    text = "TT | Xã | Số hộ\nA | B | 1\n1 | X | 5\n | Cộng | 5"

    _, figures, _ = parse_table(make_table(text, table_no=3), PLAN_2022, vocabulary)

    assert [(f.table_no, f.row_no, f.col_no) for f in figures] == [(3, 1, 3), (3, 2, 3)]
    assert figures[0].source.box is not None


def test_sums_decide_separators_that_cells_leave_open(vocabulary):
    text = """TT | Xã | Kinh phí
    1 | A | 12.268
    2 | B | 904
    | Cộng | 13.172"""

    found = values(text, vocabulary)

    assert found == [12268, 904, 13172]


def test_separators_that_nothing_decides_are_said_to_be_open(vocabulary):
    text = "Xã | Kinh phí\nA | 12.268\nB | 13.172"

    _, figures, issues = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert {f.quality for f in figures} == {Quality.SUSPECT}
    assert {i.check_code for i in issues} == {"ambiguous_number"}


DECIMALS = [
    # The paper's other cells, each often enough, and whether '12.268' is sure then.
    (("2,56", "33,69"), Quality.OK),
    (("2,56", "2.56"), Quality.SUSPECT),
    (("2.56", "33.69"), Quality.SUSPECT),
    (("12.268", "3"), Quality.SUSPECT),
]


@pytest.mark.parametrize(("cells", "quality"), DECIMALS)
def test_commas_before_all_decimals_of_a_paper_say_that_dots_group(
    cells, quality, vocabulary
):
    money = make_table("Xã | Kinh phí\nA | 12.268\nB | 13.172")
    rates = make_table("Xã | Tỷ lệ\n" + "\n".join(f"1.1 | {c}" for c in cells * 8))
    context = replace(PLAN_2022, custom=custom_of([money, rates]))

    _, figures, _ = parse_table(money, context, vocabulary)

    assert (figures[0].value, figures[0].quality) == (12268, quality)


def test_a_doubtful_reading_is_marked_and_its_alternative_kept(vocabulary):
    raw = make_table("Xã | Số hộ\nA | 1458\nB | 1472")
    raw = with_readings(raw, 1, 1, 0.7, "1458", "1453")

    _, figures, issues = parse_table(raw, PLAN_2022, vocabulary)

    assert figures[0].alternatives == ("1453",)
    assert figures[0].quality is Quality.SUSPECT
    assert [i.check_code for i in issues] == ["low_confidence"]
    assert figures[1].quality is Quality.OK


def test_readers_that_agree_are_believed(vocabulary):
    raw = make_table("Xã | Số hộ\nA | 1458\nB | 1472")
    raw = with_readings(raw, 1, 1, 0.7, "1458", "1.458")

    _, figures, issues = parse_table(raw, PLAN_2022, vocabulary)

    assert figures[0].quality is Quality.OK
    assert issues == ()


@pytest.mark.parametrize(
    ("text", "value"), [("1733.", "1733"), ("409-", "409"), ("'1 733", "1733")]
)
def test_specks_beside_a_scanned_number_leave_it_a_number_in_doubt(
    text, value, vocabulary
):
    raw = with_readings(make_table("Xã | Số hộ\nA | 5\nB | 7"), 1, 1, 0.97, text)
    _, figures, issues = parse_table(raw, PLAN_2022, vocabulary)
    assert figures[0].value == Decimal(value)
    assert figures[0].quality is Quality.SUSPECT
    assert [i.check_code for i in issues] == ["low_confidence"]


def test_ink_that_nobody_could_read_is_a_figure_without_value(vocabulary):
    raw = with_readings(make_table("Xã | Số hộ\nA | 5\nB | 7"), 1, 1, 0.0, "", "Ì")

    _, figures, issues = parse_table(raw, PLAN_2022, vocabulary)

    assert figures[0].value is None
    assert figures[0].quality is Quality.SUSPECT
    assert [i.check_code for i in issues] == ["low_confidence"]


def test_rows_are_found_in_the_gazetteer(vocabulary, gazetteer):
    context = TableContext(
        period_start=2021,
        period_end=2021,
        issued_on="2021-03-18",
        issuing_unit=gazetteer.find_unit("Huyện Cam Lộ"),
    )
    text = """TT | Đơn vị | Số hộ
    1 | Xã Cam Tuyền | 1.458
    2 | TT Cam Lộ | 2.169
    | Tổng cộng | 3.627"""

    _, figures, _ = parse_table(make_table(text), context, vocabulary, gazetteer)

    assert [f.unit for f in figures] == [
        Unit("Xã Cam Tuyền", "Xã", "19600"),
        Unit("Thị trấn Cam Lộ", "Thị trấn", "19597"),
        context.issuing_unit,
    ]


def test_rows_tell_where_they_lie_when_the_paper_does_not(vocabulary, gazetteer):
    rows = "1 | Xã Hồ Bốn | 1\n2 | Xã Khao Mang | 2\n3 | Xã Chế Cu Nha | 3"
    text = f"TT | Đơn vị | Số hộ\n{rows}\n4 | Xã Dế Xu Phình | 4"
    context = TableContext(period_start=2014, issued_on="2014-02-24")

    _, figures, issues = parse_table(make_table(text), context, vocabulary, gazetteer)

    assert [f.unit.name for f in figures][-1] == "Xã Dế Su Phình"
    assert not issues
    two = f"TT | Đơn vị | Số hộ\n{rows[:15]}\n2 | Xã Tân Lập | 2\n3 | Xã X | 4"
    _, figures, _ = parse_table(make_table(two), context, vocabulary, gazetteer)
    assert figures[1].unit is None


def test_villages_have_a_name_and_no_code(vocabulary, gazetteer):
    text = "TT | Tổ dân phố | Số hộ\n1 | Phan Bôi | 794\n2 | Rừng | 313"

    _, figures, _ = parse_table(make_table(text), PLAN_2022, vocabulary, gazetteer)

    assert [f.unit.code for f in figures] == [None, None]


def test_a_table_without_head_keeps_its_figures(vocabulary):
    text = "1 | Xã A | 949 | 35\n2 | Xã B | 950 | 36"

    _, figures, _ = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert [f.value for f in figures] == [949, 35, 950, 36]
    assert {f.indicator for f in figures} == {"other"}


def test_ordinals_are_no_figures_even_under_a_misread_head(vocabulary):
    text = """St | Xã, phường | Số hộ
    ? | Khu vực thành thị | 3
    1 | Phường Một | 1
    2 | Phường Hai | 2
    " | Khu vực nông thôn | 4
    1 | Xã Ba | 4
    2 | Xã Bốn | 0
    3 | Xã Năm | 0"""

    table, figures, _ = parse_table(make_table(text), PLAN_2022, vocabulary)

    assert table.columns[0].role == "ordinal"
    assert {f.col_no for f in figures} == {3}
    assert [row.parent_row_no for row in table.rows] == [None, 1, 1, None, 4, 4, 4]


CELLS = st.sampled_from(
    [
        *["", "<", "^", "1", "I", "-", "TT", "Đơn vị", "Số hộ", "Hộ nghèo"],
        *["Tỷ lệ (%)", "Năm 2021", "35", "3,69", "0.36,6", "1.250", "Cộng"],
        *["3=2/1", "dưới 3", "Ghi chú"],
    ]
)


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=7))
@settings(max_examples=150, deadline=None)
def test_whatever_a_table_holds_nothing_breaks_and_nothing_is_lost(vocabulary, grid):
    raw = make_table("\n".join(" | ".join(row) for row in grid))

    table, figures, issues = parse_table(raw, PLAN_2022, vocabulary)

    assert len(table.cells) == sum(bool(cell.text) for cell in raw.cells)
    assert all(f.value is not None or f.quality is Quality.SUSPECT for f in figures)
    assert all(0 <= i.figure < len(figures) for i in issues)
    assert all(1 <= f.row_no <= len(table.rows) for f in figures)
