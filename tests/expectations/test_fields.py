"""What heads and annexes lack or contradict."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from expectations.fields import check_fields
from expectations.vietnamese import with_vietnamese
from extractors.model import Method
from parsers.records import (
    Annex,
    AnnexMention,
    AsOf,
    Figure,
    FigureKind,
    Origin,
    Source,
)
from tests.expectations.paper_makers import PLACE, make_document, make_records

OCR = Source(1, None, "", Method.OCR, 0.9)


def codes(records):
    return [issue.check_code for issue in check_fields(records)]


def figure(year, as_of, rule="time from the head", **changes):
    plain = Figure(
        document=0,
        kind=FigureKind.OBSERVATION,
        origin=Origin.TABLE,
        source=replace(PLACE, rule=rule),
        indicator="poor_households",
        indicator_label="Hộ nghèo",
        group_code="all",
        year=year,
        as_of=as_of,
        value=Decimal(5),
        uom="household",
    )
    return replace(plain, **changes)


def test_a_sound_head_has_no_issue():
    assert codes(make_records()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"number": None}, ["number_missing"]),
        ({"number": None, "symbol": None}, ["number_missing"]),
        ({"number": None, "symbol": None, "place": None}, []),
        ({"number": None, "symbol": None, "source": OCR}, []),
        ({"issued_on": "2022-03"}, ["date_incomplete"]),
        ({"issued_on": "2022"}, ["date_incomplete"]),
        ({"issued_on": None}, ["date_incomplete"]),
        ({"issued_on": None, "place": None}, []),
        ({"issued_on": None, "source": OCR}, []),
    ],
)
def test_heads(changes, expected):
    assert codes(make_records(documents=(make_document(**changes),))) == expected


def test_an_attached_document_needs_no_number_or_date_of_its_own():
    plan = make_document(ordinal=1, parent=0, number=None, issued_on="2022-03")

    assert codes(make_records(documents=(make_document(), plan))) == []


@pytest.mark.parametrize(
    ("issued_on", "year", "as_of", "is_early"),
    [
        ("2020-03-18", 2021, AsOf.START, True),
        ("2020-03-18", 2020, AsOf.END, True),
        ("2020-12-20", 2020, AsOf.END, False),
        ("2020-12-20", 2021, AsOf.START, False),
        ("2022-03-01", 2021, AsOf.END, False),
        ("2022-03", 2022, AsOf.END, True),
        ("2022", 2022, AsOf.END, False),
        ("2022-03-01", 2022, AsOf.DURING, False),
        ("2022-03-01", None, AsOf.END, False),
    ],
)
def test_a_paper_older_than_what_it_reports(issued_on, year, as_of, is_early):
    records = make_records(
        documents=(make_document(issued_on=issued_on),), figures=(figure(year, as_of),)
    )

    assert ("date_inconsistent" in codes(records)) is is_early


@pytest.mark.parametrize(
    ("issued_on", "said", "is_early"),
    [
        ("2025-08-22", "Tính đến ngày 30/6/2025", False),
        ("2025-08", "Tính đến ngày 30/6/2025", False),
        ("2025-03-22", "Tính đến ngày 30/6/2025", True),
        ("2025-06-20", "tính đến tháng 6 năm 2025", False),
        ("2025-07-10", "6 tháng đầu năm 2025", False),
        ("2025-07-10", "9 tháng năm 2025", True),
        ("2025-07-10", "quý II/2025", False),
        ("2025-02-10", "quý II/2025", True),
        ("2025-07-10", "đến 31/12/2024, năm 2025", True),
        ("2025-07-10", "cuối năm 2025", True),
    ],
)
def test_a_moment_within_the_year_is_known_when_it_is_past(issued_on, said, is_early):
    rules = (
        f"phrase; time of the sentence '{said}'; concept",
        f"phrase; time from the table's title '{said}'",
    )
    for rule in rules:
        stated = figure(2025, AsOf.END, rule)
        records = make_records(
            documents=(make_document(issued_on=issued_on),), figures=(stated,)
        )
        assert ("date_inconsistent" in codes(records)) is is_early


def test_targets_and_unprinted_times_are_no_reports():
    target = figure(2022, AsOf.END, kind=FigureKind.TARGET)
    default = figure(2023, AsOf.START, rule="time from the planned period")

    assert codes(make_records(figures=(target, default))) == []


def test_dates_are_doubted_once_a_document():
    late = figure(2023, AsOf.END)

    assert codes(make_records(figures=(late, late))) == ["date_inconsistent"]


def test_dates_are_said_as_the_language_writes_them():
    records = make_records(figures=(figure(2023, AsOf.END),))

    told = with_vietnamese(check_fields(records)[0], records)

    assert told.message_vi.startswith("Văn bản đề ngày 01/03/2022 nhưng báo cáo")


def mention(names, count=1):
    return AnnexMention(0, names, count, PLACE)


def annex(title, years=(), reference_years=()):
    return Annex(0, 1, title, None, years, reference_years, PLACE)


@pytest.mark.parametrize(
    ("mentions", "annexes", "missing"),
    [
        ([mention("biểu số 01, 02", 2)], [], 1),
        ([mention("biểu số 01, 02", 2)], [annex("BIỂU SỐ 01"), annex("BIỂU 02")], 0),
        ([mention("biểu số 01, 02", 2)], [annex("BIỂU SỐ 01")], 1),
        ([mention("phụ lục I"), mention("phụ lục II")], [annex("PHỤ LỤC II")], 1),
        ([mention("Phụ lục")], [annex("DỰ KIẾN TỶ LỆ HỘ NGHÈO NĂM 2024")], 0),
        ([mention("Phụ lục")], [], 1),
        ([mention("02 phụ lục", 2)], [annex("DANH SÁCH")], 1),
        ([], [annex("DANH SÁCH")], 0),
    ],
)
def test_annexes_that_the_text_names(mentions, annexes, missing):
    records = make_records(annex_mentions=tuple(mentions), annexes=tuple(annexes))

    assert codes(records) == ["annex_missing"] * missing


@pytest.mark.parametrize(
    ("years", "reference_years", "is_other"),
    [
        ((2022,), (2022,), False),
        ((), (), False),
        ((2021,), (), False),  # a report of the year before
        ((2022,), (2021,), True),
        ((2019,), (), True),
        ((2019, 2022), (), False),
    ],
)
def test_annexes_of_another_year(years, reference_years, is_other):
    records = make_records(annexes=(annex("KẾT QUẢ", years, reference_years),))

    assert codes(records) == (["annex_year_mismatch"] if is_other else [])


def test_goals_are_of_the_year_planned_for_and_not_of_that_of_issue():
    plan = make_document(issued_on="2021-12-20", period_start=2022, period_end=2022)
    late = annex("CHỈ TIÊU GIẢM NGHÈO NĂM 2021", (2021,))
    right = annex("CHỈ TIÊU GIẢM NGHÈO NĂM 2022", (2022,))

    assert codes(make_records(documents=(plan,), annexes=(late, right))) == [
        "annex_year_mismatch"
    ]


@pytest.mark.parametrize(
    ("title", "year", "is_other"),
    [
        ("CHỈ TIÊU GIẢM NGHÈO", 2021, True),
        ("DỰ KIẾN TỶ LỆ HỘ NGHÈO", 2023, True),
        ("CHỈ TIÊU GIẢM NGHÈO", 2022, False),
        ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH", 2021, False),
        ("TỔNG HỢP HỘ NGHÈO", 2021, False),
    ],
)
def test_only_what_reports_may_be_of_the_year_before(title, year, is_other):
    records = make_records(annexes=(annex(title, (year,)),))

    assert codes(records) == (["annex_year_mismatch"] if is_other else [])
