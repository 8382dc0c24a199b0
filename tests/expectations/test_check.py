"""The whole check: marks, grade, suites, repairs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from expectations.check import check
from expectations.validate import run_suites
from extractors.model import Method
from parsers.records import (
    Assignment,
    Comparator,
    DocumentKind,
    Grade,
    LegalBasis,
    Quality,
    Recipient,
    Role,
)
from tests.expectations.paper_makers import (
    PLACE,
    make_document,
    make_records,
    records_of,
)
from tests.parsers.table_makers import make_table, with_readings

SOUND = """TT | Xã | Số hộ | Hộ nghèo | Tỷ lệ (%)
1 | An Bình | 949 | 35 | 3,69
2 | Bình Minh | 1.296 | 30 | 2,31
 | Cộng | 2.245 | 65 | 2,90"""


def test_a_sound_paper_is_ok(vocabulary):
    verdict = check(records_of(vocabulary, SOUND))

    assert verdict.grade is Grade.OK
    assert verdict.issues == ()
    assert {s.suite for s in verdict.suites} == {
        "documents", "observations", "tables", "cells", "table_results", "table_rates",
    }  # fmt: skip
    assert all(suite.success for suite in verdict.suites)


def test_a_figure_in_doubt_is_marked_and_loaded(vocabulary):
    verdict = check(records_of(vocabulary, SOUND.replace("2,31", "3,21")))

    suspect = [f for f in verdict.records.figures if f.quality is Quality.SUSPECT]
    assert verdict.grade is Grade.DOUBTFUL
    assert [f.value for f in suspect] == [Decimal("3.21")]


def test_a_person_s_correction_is_not_doubted_again(vocabulary):
    records = records_of(vocabulary, SOUND.replace("2,31", "3,21"))
    figures = tuple(replace(f, quality=Quality.CORRECTED) for f in records.figures)

    verdict = check(replace(records, figures=figures))

    assert {f.quality for f in verdict.records.figures} == {Quality.CORRECTED}
    assert [i.check_code for i in verdict.issues] == ["rate_mismatch"]


def with_figure(records, **changes):
    figure = replace(records.figures[0], **changes)
    return replace(records, figures=(figure, *records.figures[1:]))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"document": 7}, "belongs to no document"),
        ({"row_no": 99}, "not in its table"),
        ({"indicator": ""}, "no indicator"),
        ({"uom": ""}, "no unit of measure"),
        ({"value": None}, "not marked as suspect"),
        ({"comparator": Comparator.RANGE}, "bounds of a range"),
        ({"value_max": Decimal(5)}, "bounds of a range"),
        ({"as_of": None}, "no moment"),
        ({"source": replace(PLACE, page_no=9)}, "on no page"),
        ({"source": replace(PLACE, confidence=1.5)}, "confidence"),
    ],
)
def test_a_broken_structure_keeps_the_paper_out(changes, message, vocabulary):
    verdict = check(with_figure(records_of(vocabulary, SOUND), **changes))

    assert verdict.grade is Grade.QUARANTINED
    errors = [i for i in verdict.issues if i.severity.value == "error"]
    assert any(message in issue.message and issue.figure == 0 for issue in errors)


@pytest.mark.parametrize(
    "changes",
    [
        {"value": Decimal(-4)},
        {"year": 1200},
        {"indicator": "poverty_rate", "value": Decimal(140), "uom": "percent"},
    ],
)
def test_what_cannot_be_is_doubted_and_not_kept_out(changes, vocabulary):
    verdict = check(with_figure(records_of(vocabulary, SOUND), **changes))

    assert verdict.grade is Grade.DOUBTFUL
    assert verdict.records.figures[0].quality is Quality.SUSPECT
    assert ("implausible_value", 0) in {
        (i.check_code, i.figure) for i in verdict.issues
    }


@pytest.mark.parametrize(
    "documents",
    [
        (make_document(), make_document()),
        (make_document(parent=5),),
        (make_document(last_page=9),),
        (make_document(issued_on="06/04/2018"),),
    ],
)
def test_broken_documents_keep_the_paper_out(documents):
    assert check(make_records(documents=documents)).grade is Grade.QUARANTINED


TASK = Assignment(0, "IV.1", 1, "Phòng Y tế", "", "", Role.LEAD, "Khám bệnh", PLACE)
BASIS = LegalBasis(0, "66/KH-UBND", None, "2016-07-29", None, "", PLACE)
LINE = Recipient(0, 1, "Lưu: VT", PLACE)


@pytest.mark.parametrize(
    ("changes", "is_sound"),
    [
        ({"assignments": (TASK,)}, True),
        ({"assignments": (replace(TASK, deadlines=("2022-06-25", "11-10")),)}, True),
        ({"assignments": (replace(TASK, agency=""),)}, False),
        ({"assignments": (replace(TASK, task=""),)}, False),
        ({"assignments": (replace(TASK, deadlines=("25/6",)),)}, False),
        ({"legal_bases": (BASIS,)}, True),
        ({"legal_bases": (BASIS, BASIS)}, False),
        ({"legal_bases": (replace(BASIS, cited_on=None),)}, True),
        ({"legal_bases": (replace(BASIS, cited_number=""),)}, False),
        ({"recipients": (LINE,)}, True),
        ({"recipients": (LINE, LINE)}, False),
        ({"recipients": (replace(LINE, recipient=""),)}, False),
    ],
)
def test_families(changes, is_sound):
    _, failures = run_suites(make_records(**changes))

    assert (not failures) is is_sound


def test_a_paper_without_documents_never_passes():
    _, failures = run_suites(make_records(documents=()))

    assert [failure.suite for failure in failures] == ["documents"]


def test_kinds_are_checked_by_value():
    _, failures = run_suites(
        make_records(documents=(make_document(kind=DocumentKind.OTHER),))
    )

    assert failures == ()


# --- readings -------------------------------------------------------------------------


def scanned(text, row, col, *readings, confidence=0.6):
    raw = make_table(text, method=Method.OCR, confidence=0.99)
    return with_readings(raw, row, col, confidence, *readings)


def test_the_reading_that_fits_the_table_is_taken(vocabulary):
    raw = scanned(SOUND, 1, 3, "85", "35")

    verdict = check(records_of(vocabulary, raw))

    figure = verdict.records.figures[1]
    assert figure.value == 35
    assert figure.quality is Quality.REPAIRED
    assert figure.first_reading == "85"
    assert [i.check_code for i in verdict.issues] == ["repaired_value"]
    assert verdict.grade is Grade.OK


def test_what_could_not_be_read_is_taken_from_the_reading_that_fits(vocabulary):
    raw = scanned(SOUND, 1, 3, "", "35", "53", confidence=0.0)

    figure = check(records_of(vocabulary, raw)).records.figures[1]

    assert (figure.value, figure.quality) == (35, Quality.REPAIRED)


def test_arithmetic_never_invents_a_reading(vocabulary):
    raw = scanned(SOUND, 1, 3, "85", "86")

    verdict = check(records_of(vocabulary, raw))

    figure = verdict.records.figures[1]
    assert (figure.value, figure.quality) == (85, Quality.SUSPECT)
    assert "repaired_value" not in {i.check_code for i in verdict.issues}


def test_what_all_readings_agree_on_is_the_paper_s_own_fault(vocabulary):
    raw = scanned(SOUND.replace("2,31", "3,21"), 2, 4, "3,21", "3,21")

    verdict = check(records_of(vocabulary, raw))

    figure = next(f for f in verdict.records.figures if (f.row_no, f.col_no) == (2, 5))
    assert (figure.value, figure.quality) == (Decimal("3.21"), Quality.SUSPECT)
    assert [i.check_code for i in verdict.issues] == ["rate_mismatch"]


def test_an_unsure_reading_that_the_table_bears_out_is_not_doubted(vocabulary):
    raw = scanned(SOUND, 1, 2, "949", "940")

    verdict = check(records_of(vocabulary, raw))

    assert verdict.records.figures[0].quality is Quality.OK
    assert verdict.issues == ()


def test_an_unsure_reading_without_an_equation_stays_doubted(vocabulary):
    raw = scanned("TT | Xã | Số hộ\n1 | An Bình | 949", 1, 2, "949", "940")

    verdict = check(records_of(vocabulary, raw))

    assert verdict.records.figures[0].quality is Quality.SUSPECT
    assert [i.check_code for i in verdict.issues] == ["low_confidence"]
