"""Heads whose words mislead: what is a part, a share, a list, or a report.

The heads are those of plans, survey reports (form 'Tổng hợp kết quả rà soát') and
decisions of 2009 to 2024; places and figures are made up.
"""

from __future__ import annotations

import pytest

from parsers.records import Quality, RowKind
from parsers.tables.context import TableContext
from parsers.tables.table import parse_table
from tests.parsers.table_makers import make_table

PLAN = {"period_start": 2022, "period_end": 2022, "issued_on": "2022-03-01"}
REPORT = PLAN | {"issued_on": "2022-12-15", "report_title": "Kết quả rà soát năm 2022"}
OBS, TGT = "observation", "target"


def read(text, vocabulary, **context):
    return parse_table(make_table(text), TableContext(**(context or PLAN)), vocabulary)


def sense(f):
    moment = f.as_of.value if f.as_of else None
    return (f.kind.value, f.indicator, f.group_code, f.year, moment)


HEADS = [
    # A column's head (levels from the top) beside 'Tổng số hộ', and what it counts.
    ("Số hộ được hỗ trợ", "other", "all"),
    ("Hộ nghèo không có khả năng lao động", "other", "all"),
    ("Hộ nghèo do phụ nữ làm chủ hộ", "other", "all"),
    ("Tổng số hộ > Nông thôn", "other", "all"),
    ("Lao động trong độ tuổi > Tổng số", "other", "all"),
    ("Diễn biến hộ nghèo trong năm > Số hộ chuyển đi", "other", "all"),
    ("Diễn biến hộ nghèo > Số hộ thoát nghèo", "poor_households_exiting", "all"),
    ("Tăng (+), giảm (-) > Số hộ", "other", "all"),
    ("Nguyên nhân nghèo > Không có công cụ/phương tiện sản xuất", "poor_households",
     "cause:lack_of_capital"),
    ("Nguyên nhân nghèo > Không có công ăn việc làm", "poor_households",
     "cause:lack_of_jobs"),
    ("Hộ có công với cách mạng", "households", "merit"),
    ("Số hộ nghèo có nhu cầu", "support_needed_households", "all"),
    ("Số hộ cận nghèo đăng ký thoát cận nghèo", "other", "all"),
    ("Thu nhập bình quân hộ nghèo (triệu đồng/người)", "other", "all"),
    ("Định mức hỗ trợ hộ nghèo (triệu đồng/hộ)", "funding", "all"),
    ("Tổng số hộ nghèo", "poor_households", "all"),
    ("Hộ không nghèo", "other", "all"),
    ("Số hộ cận nghèo đăng ký", "other", "all"),
    ("Số hộ thoát mức cận nghèo", "near_poor_households_exiting", "all"),
    ("Hộ nghèo theo chuẩn tiếp cận đa chiều", "poor_households", "all"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "indicator", "group"), HEADS)
def test_a_part_is_never_taken_for_the_whole(head, indicator, group, vocabulary):
    levels = head.split(" > ")
    sides = ["TT | Xã | Tổng số hộ", *["^ | ^ | ^"] * (len(levels) - 1)]
    rows = [f"{side} | {level}" for side, level in zip(sides, levels, strict=True)]
    _, figures, _ = read("\n".join([*rows, "1 | A | 900 | 12"]), vocabulary)

    found = [f for f in figures if f.col_no == 4]
    assert [(f.indicator, f.group_code) for f in found] == [(indicator, group)]


REPORTED = [
    # The surroundings, the head, and what a figure of the year's end is there.
    (PLAN, "Hộ nghèo cuối năm 2022", (TGT, "poor_households", "all", 2022, "end")),
    (REPORT, "Hộ nghèo cuối năm 2022", (OBS, "poor_households", "all", 2022, "end")),
    (REPORT, "Kế hoạch 2023 > Hộ nghèo", (TGT, "poor_households", "all", 2023, "end")),
    (REPORT, "Hộ nghèo cuối năm 2023", (TGT, "poor_households", "all", 2023, "end")),
    (PLAN, "Ước thực hiện đến 31/12/2022 > Hộ nghèo",
     (TGT, "poor_households", "all", 2022, "end")),
    (PLAN | {"issued_on": "2022-11-20", "period_start": 2023, "period_end": 2023},
     "Ước thực hiện đến 31/12/2022 > Hộ nghèo",
     (OBS, "poor_households", "all", 2022, "end")),
    (PLAN | {"title": "KẾT QUẢ RÀ SOÁT CUỐI NĂM 2022"}, "Hộ nghèo",
     (OBS, "poor_households", "all", 2022, "end")),
    (PLAN | {"title": "KẾT QUẢ GIẢM NGHÈO NĂM 2021"}, "Hộ nghèo cuối kỳ",
     (OBS, "poor_households", "all", 2021, "end")),
    (PLAN | {"title": "KINH PHÍ THỰC HIỆN NĂM 2022"}, "Kinh phí (triệu đồng)",
     (TGT, "funding", "all", 2022, "during")),
]  # fmt: skip


@pytest.mark.parametrize(("context", "head", "expected"), REPORTED)
def test_a_report_states_what_is_and_a_plan_what_is_to_be(
    context, head, expected, vocabulary
):
    levels = head.split(" > ")
    rows = [f"{'^' if n else 'Xã'} | {level}" for n, level in enumerate(levels)]
    _, figures, _ = read("\n".join([*rows, "A | 12"]), vocabulary, **context)

    assert [sense(f) for f in figures] == [expected]


def test_a_title_inside_the_grid_is_no_level_of_the_heads(vocabulary):
    table, figures, _ = read(
        """KẾ HOẠCH GIẢM NGHÈO NĂM 2022 | < | <
        Đơn vị tính: hộ | < | <
        TT | Xã | Hộ nghèo đầu năm 2022
        1 | A | 12""",
        vocabulary,
    )

    assert table.title == "KẾ HOẠCH GIẢM NGHÈO NĂM 2022"
    assert table.columns[2].path == ("Hộ nghèo đầu năm 2022",)
    assert [f.kind.value for f in figures] == [OBS]


def test_the_title_says_whom_bare_counts_count(vocabulary):
    text = """TT | Xã | 2020 | < | 2021 | <
    ^ | ^ | Hộ | % | Hộ | %
    1 | A | 100 | 10,0 | 80 | 8,0"""
    one, two = "SỐ HỘ NGHÈO QUA CÁC NĂM", "SỐ HỘ NGHÈO VÀ HỘ CẬN NGHÈO CỦA CÁC XÃ"

    _, figures, _ = read(text, vocabulary, **PLAN, title=one)
    assert [f.indicator for f in figures] == ["poor_households", "poverty_rate"] * 2
    _, figures, _ = read(text, vocabulary, **PLAN, title=two)
    assert {f.indicator for f in figures} == {"other"}


def test_a_share_of_the_poor_is_no_poverty_rate(vocabulary):
    text = """TT | Xã | Tổng số hộ | Hộ nghèo | Tỷ lệ | Trong đó: hộ DTTS | Tỷ lệ
    1 | A | 1.000 | 100 | 10,00 | 60 | {0}
    2 | B | 500 | 50 | 10,00 | 30 | {1}"""

    share, _, _ = read(text.format("60,00", "60,00"), vocabulary)
    rate, _, _ = read(text.format("6,00", "6,00"), vocabulary)

    assert share.columns[6].indicator == "other"
    assert rate.columns[6].indicator == "poverty_rate"


CELLS = [
    # A cell of 'Hộ nghèo', and its figures: value, indicator, group, quality.
    ("120 (30 hộ DTTS)", [(120, "poor_households", "all", "ok"),
                          (30, "poor_households", "ethnic_minority", "ok")]),
    ("120 (30)", [(120, "poor_households", "all", "suspect")]),
    ("5%", [(5, "poverty_rate", "all", "ok")]),
    ("1.20 0", [(1200, "poor_households", "all", "suspect")]),
    ("35 3.690", [(None, "poor_households", "all", "suspect")]),
    ("x", []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_cells_that_hold_more_or_less_than_a_figure(cell, expected, vocabulary):
    text = f"TT | Xã | Hộ nghèo\n1 | A | {cell}\n2 | B | 1.250\n3 | C | 980"
    _, figures, _ = read(text, vocabulary)

    found = [f for f in figures if f.row_no == 1]
    assert [
        (f.value, f.indicator, f.group_code, f.quality.value) for f in found
    ] == expected


def test_columns_that_cannot_be_told_apart_are_doubted(vocabulary):
    _, figures, issues = read(
        """TT | Xã | Hộ nghèo theo chuẩn 2016-2020 | Hộ nghèo theo chuẩn 2022-2025
        1 | A | 12 | 20""",
        vocabulary,
    )

    assert {f.quality for f in figures} == {Quality.SUSPECT}
    assert [i.check_code for i in issues] == ["unsure_head"] * 2


def test_two_bare_heads_under_one_heading_are_both_of_its_subject(vocabulary):
    table, _, issues = read(
        "TT | Xã | Tổng số hộ | Hộ nghèo | < | <\n"
        "^ | ^ | ^ | Số hộ | Hộ DTTS | Hộ khác\n"
        "1 | An Bình | 812 | 161 | 150 | 11\n2 | Bảo Lạc | 640 | 144 | 140 | 4",
        vocabulary,
    )
    told = [(c.indicator, c.group_code) for c in table.columns if c.role == "figure"]
    assert told == [
        ("households", "all"),
        ("poor_households", "all"),
        ("poor_households", "ethnic_minority"),
        ("other", "all"),
    ]
    assert issues == ()


def test_rows_with_their_own_units_are_indicators(vocabulary):
    table, figures, _ = read(
        """TT | Chỉ tiêu | Đơn vị | 2021 | 2022
        1 | Tỷ lệ hộ nghèo | % | 9,1 | 8,0
        2 | Số lao động được đào tạo nghề | người | 300 | 320
        3 | Cấp thẻ BHYT cho người nghèo | thẻ | 400 | 410""",
        vocabulary,
    )

    assert [c.role for c in table.columns[:3]] == ["ordinal", "item", "unit"]
    assert {r.kind for r in table.rows} == {RowKind.UNIT}
    found = {(f.unit_raw, f.indicator, f.uom) for f in figures}
    assert found == {
        ("Tỷ lệ hộ nghèo", "poverty_rate", "percent"),
        ("Số lao động được đào tạo nghề", "other", "person"),
        ("Cấp thẻ BHYT cho người nghèo", "other", "other"),
    }


def test_units_that_are_not_found_are_said_to_be_open(vocabulary, gazetteer):
    context = TableContext(**PLAN, issuing_unit=gazetteer.find_unit("Huyện Cam Lộ"))
    text = """TT | {0} | Số hộ
    1 | {1} | 1.458
    2 | TT Cam Lộ | 2.169
    | Tổng cộng | 3.627"""

    def doubts(head, label):
        raw = make_table(text.format(head, label))
        _, figures, issues = parse_table(raw, context, vocabulary, gazetteer)
        assert all(f.quality is Quality.OK for f in figures)
        return [i.printed for i in issues if i.check_code == "unit_unresolved"]

    assert doubts("Xã, thị trấn", "Xã Không Đâu Có") == ["Xã Không Đâu Có"]
    assert doubts("Xã, thị trấn", "Xã Cam Tuyền") == []
    assert doubts("Nguồn vốn", "Ngân sách trung ương") == []


def test_a_unit_line_of_several_units_makes_no_row_money(vocabulary):
    context = PLAN | {"unit_line": "ĐVT: hộ; %; triệu đồng"}
    _, figures, _ = read(
        """TT | Nội dung | Đơn vị | Thực hiện năm 2021 | Kế hoạch năm 2022
        1 | Số hộ nghèo cuối năm | hộ | 2.145 | 1.620
        2 | Tỷ lệ hộ nghèo cuối năm | % | 8,41 | 6,30
        3 | Kinh phí thực hiện | triệu đồng | 45.210,5 | 51.300,0""",
        vocabulary,
        **context,
    )
    assert [(f.indicator, f.uom) for f in figures if f.col_no == 5] == [
        ("poor_households", "household"),
        ("poverty_rate", "percent"),
        ("funding", "million_vnd"),
    ]


def test_quantities_and_prices_in_a_table_of_money_are_no_funding(vocabulary):
    context = PLAN | {"unit_line": "ĐVT: 1.000 đồng", "title": "DỰ TOÁN KINH PHÍ"}
    _, figures, _ = read(
        """TT | Nội dung | Số lượng | Đơn giá | Thành tiền
        1 | Hỗ trợ bò giống | 10 | 15.000 | 150.000""",
        vocabulary,
        **context,
    )
    told = [(f.indicator, f.uom) for f in figures]
    assert told == [("other", "other"), ("other", "other"), ("funding", "thousand_vnd")]


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Vốn tín dụng cho vay hộ nghèo", "tỷ đồng"),
        ("Dư nợ cho vay hộ nghèo", "tỷ đồng"),
        ("Thu nhập bình quân hộ nghèo", "triệu đồng"),
    ],
)
def test_money_in_a_row_counts_nobody_and_is_no_share(label, unit, vocabulary):
    _, figures, _ = read(
        f"""TT | Chỉ tiêu | ĐVT | Thực hiện 2021 | Kế hoạch 2022
        1 | {label} | {unit} | 85,5 | 90,0
        2 | Số hộ nghèo | hộ | 300 | 250""",
        vocabulary,
    )
    assert {f.indicator for f in figures if f.row_no == 1} == {"other"}


def test_rows_that_are_classes_of_the_poor_are_not_all_of_them(vocabulary):
    _, figures, _ = read(
        """TT | Dân tộc | Số hộ | Hộ nghèo
        1 | Kinh | 100 | 12
        2 | Thái | 50 | 10
        | Cộng | 150 | 22""",
        vocabulary,
    )
    told = {f.unit_raw: f.indicator for f in figures if f.col_no == 4}
    assert told == {"Kinh": "other", "Thái": "other", "Cộng": "poor_households"}


YEARS = [
    # Issued, a bare year over a state and over a change, and whether each is a target.
    ("2022-07-14", 2021, (OBS, OBS)),
    ("2022-07-14", 2022, (TGT, OBS)),
    ("2022-07-14", 2023, (TGT, TGT)),
    ("2022-12-14", 2022, (OBS, OBS)),
    ("2025-12-20", 2025, (TGT, OBS)),
]


@pytest.mark.parametrize(("issued", "year", "kinds"), YEARS)
def test_a_year_to_come_states_nothing_that_is(issued, year, kinds, vocabulary):
    _, figures, _ = read(
        f"""TT | Chỉ tiêu | ĐVT | Năm {year}
        1 | Tỷ lệ hộ nghèo cuối năm | % | 20,1
        2 | Số hộ nghèo giảm trong năm | hộ | 215""",
        vocabulary,
        period_start=2021,
        period_end=2025,
        issued_on=issued,
    )
    assert tuple(f.kind.value for f in figures) == kinds
