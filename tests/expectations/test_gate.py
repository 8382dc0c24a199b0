"""The gate, and what becomes of a paper that people have corrected."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from expectations import suites
from expectations.check import check
from expectations.gate import TOO_MANY, Gate
from expectations.table_kinds import OF_FIGURES, PERSONS
from expectations.table_suites import table_suite
from expectations.vietnamese import in_vietnamese
from parsers.corrections import Correction
from parsers.records import Grade, IssueStatus, Quality
from tests.expectations.paper_makers import records_of

WRONG = """TT | Xã | Số hộ | Hộ nghèo | Tỷ lệ (%)
1 | An Bình | 949 | 53 | 3,69
2 | Bình Minh | 1.296 | 30 | 2,31
 | Cộng | 2.245 | 65 | 2,90"""


@pytest.fixture
def records(vocabulary):
    return records_of(vocabulary, WRONG)


def correction(records, value):
    index, figure = next(
        (n, f) for n, f in enumerate(records.figures) if (f.row_no, f.col_no) == (1, 4)
    )
    place = (figure.table_no, figure.row_no, figure.col_no)
    said = Correction(1, figure.source.box, "53", *place, Decimal(value), "Lan", "slip")
    return index, said


@pytest.mark.parametrize(
    ("gate", "grade"),
    [
        (Gate(), Grade.DOUBTFUL),
        (Gate(doubts_allowed=2), Grade.OK),
        (Gate(doubts_allowed=1), Grade.DOUBTFUL),
        (Gate(max_suspect_percent=5), Grade.QUARANTINED),
        (Gate(max_suspect_percent=50), Grade.DOUBTFUL),
    ],
)
def test_thresholds_decide_what_becomes_of_a_paper(records, gate, grade):
    verdict = check(records, gate)
    assert verdict.grade is grade
    told = [issue.check_code for issue in verdict.issues]
    assert (TOO_MANY in told) == (grade is Grade.QUARANTINED)


def test_a_right_correction_settles_its_doubts(records):
    index, said = correction(records, 35)
    verdict = check(records, corrections=[said])
    assert verdict.grade is Grade.OK
    assert verdict.records.figures[index].quality is Quality.CORRECTED
    assert {issue.status for issue in verdict.issues} == {IssueStatus.CORRECTED}
    before = check(records).issues
    assert [i.message for i in verdict.issues] == [i.message for i in before]


def test_a_wrong_correction_is_found_out(records):
    index, said = correction(records, 36)
    verdict = check(records, corrections=[said])
    still = [i for i in verdict.issues if i.status is IssueStatus.OPEN]
    assert verdict.grade is Grade.DOUBTFUL
    assert {i.check_code for i in still} == {"rate_mismatch", "sum_mismatch"}
    assert all(index in i.suspects for i in still)
    assert verdict.records.figures[index].quality is Quality.CORRECTED


def test_a_corrected_figure_is_not_called_printed(records):
    _, said = correction(records, 36)
    gone = replace(said, row_no=1, col_no=5, raw_text="3,69", value=Decimal("3.96"))
    index = next(
        n for n, f in enumerate(records.figures) if f.source.raw_text == "3,69"
    )
    gone = replace(gone, box=records.figures[index].source.box)

    issues = check(records, corrections=[gone]).issues

    told = next(i for i in issues if i.figure == index)
    assert "'Tỷ lệ (%)' was corrected to 3.96, but 53 of 949 is 5.58." in told.message
    assert "'Tỷ lệ (%)' đã hiệu chỉnh thành 3,96, nhưng" in told.message_vi


def test_no_other_reading_takes_the_place_of_a_correction(records):
    index, said = correction(records, 36)
    figures = list(records.figures)
    figures[index] = replace(figures[index], alternatives=("35",))
    verdict = check(replace(records, figures=tuple(figures)), corrections=[said])
    figure = verdict.records.figures[index]
    assert (figure.value, figure.quality) == (Decimal(36), Quality.CORRECTED)


def test_every_doubt_is_said_in_vietnamese_too(records):
    told = {i.check_code: i.message_vi for i in check(records).issues}
    assert told["rate_mismatch"].startswith(
        "Bảng 1, 'An Bình': 'Tỷ lệ (%)' ghi 3,69, nhưng 53 trên 949 là 5,58."
    )
    assert told["sum_mismatch"].startswith(
        "Bảng 1, 'Cộng': 'Hộ nghèo' ghi 65, nhưng 2 dòng thành phần cộng lại là 83."
    )
    assert all("'An Bình' 'Hộ nghèo' (53)" in text for text in told.values())


def test_every_sentence_of_the_suites_is_said_in_vietnamese_too():
    every = (
        suites.documents_suite(),
        suites.figures_suite("observations"),
        suites.assignments_suite(),
        suites.bases_suite(),
        suites.recipients_suite(),
        suites.tables_suite(),
        suites.cells_suite(),
        suites.annexes_suite(),
        suites.mentions_suite(),
        *(table_suite(kind) for kind in (*OF_FIGURES, PERSONS)),
    )
    said = {e.meta["message"] for suite in every for e in suite.expectations}
    assert {sentence for sentence in said if not in_vietnamese(sentence)} == set()
