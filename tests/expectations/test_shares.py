"""Shares in sentences after a correction: worked out again, right or wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from expectations.check import check
from flows.parse import parse_evidence
from parsers.corrections import Correction
from parsers.records import IssueStatus, Quality
from tests.parsers.papers import Setter

FITS = "Toàn xã có 405/14.932 hộ nghèo, chiếm 2,71%."
FAILS = "Toàn xã có 405/14.932 hộ nghèo, chiếm 2,91%."


def read(sentence):
    setter = Setter()
    setter.paragraph("I. TÌNH HÌNH CUỐI NĂM 2021")
    setter.paragraph(sentence)
    return parse_evidence(setter.evidence())


def correction(records, raw_text, value):
    figure = next(f for f in records.figures if raw_text in f.source.raw_text)
    source = figure.source
    return Correction(
        source.page_no, source.box, source.raw_text, None, None, None,
        Decimal(value), "Lan", "seen on paper",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "raw_text", "value", "is_open"),
    [
        (FITS, "2,71", "2.17", True),
        (FITS, "405", "450", True),
        (FITS, "2,71", "2.7", False),
        (FAILS, "2,91", "2.71", False),
        (FAILS, "2,91", "2.81", True),
        (FAILS, "405", "435", False),
        (FAILS, "405", "415", True),
    ],
)
def test_a_share_is_worked_out_with_what_was_corrected(
    sentence, raw_text, value, is_open
):
    records = read(sentence)

    verdict = check(records, corrections=[correction(records, raw_text, value)])

    told = [
        issue.status for issue in verdict.issues if issue.check_code == "prose_mismatch"
    ]
    assert (IssueStatus.OPEN in told) is is_open
    assert (IssueStatus.CORRECTED in told) is (sentence == FAILS and not is_open)
    corrected = [f for f in verdict.records.figures if f.quality is Quality.CORRECTED]
    assert [f.value for f in corrected] == [Decimal(value)]


def test_a_withdrawn_correction_leaves_the_doubt_as_it_was():
    records = read(FAILS)
    check(records, corrections=[correction(records, "2,91", "2.71")])

    told = [i.status for i in check(records).issues if i.check_code == "prose_mismatch"]

    assert told == [IssueStatus.OPEN]
