"""Heads of scans that were read unsurely cast doubt on the figures under them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.model import Method
from parsers.records import Quality
from parsers.tables.context import TableContext
from parsers.tables.table import parse_table
from tests.parsers.table_makers import make_table, with_readings

PLAN = TableContext(period_start=2018, period_end=2018, issued_on="2018-03-01")
SCAN = """TT | Đơn vị | Số hộ | Hộ nghèo đầu năm 2018 | Tỷ lệ
1 | X. A | 949 | 35 | 3,69
2 | X. B | 500 | 20 | 4,00"""


def read(raw, vocabulary):
    _, figures, issues = parse_table(raw, PLAN, vocabulary)
    heads = [issue for issue in issues if issue.check_code == "unsure_head"]
    suspect = {f.col_no for f in figures if f.quality is Quality.SUSPECT}
    return suspect, heads


HEADS = [
    # What the readers saw, how sure they were, whether the column is doubted.
    (("Hộ nghèo đầu năm 2018",), 0.9, False),
    (("Hộ nghèo đầu năm 2018",), 0.4, True),  # The year may be misread.
    (("Hộ nghèo đầu năm",), 0.4, False),  # Known words alone are believed.
    (("Hộ ngheo dau nãn",), 0.4, True),
    (("",), 0.0, True),
]


@pytest.mark.parametrize(("texts", "confidence", "is_doubted"), HEADS)
def test_an_unsure_head_makes_its_figures_suspect(
    texts, confidence, is_doubted, vocabulary
):
    raw = make_table(SCAN, method=Method.OCR)
    suspect, issues = read(with_readings(raw, 0, 3, confidence, *texts), vocabulary)

    assert suspect == ({4} if is_doubted else set())
    assert len(issues) == is_doubted
    if is_doubted:
        assert len(issues[0].suspects) == 2


def test_heads_of_a_text_layer_are_never_doubted(vocabulary):
    suspect, issues = read(make_table(SCAN, confidence=0.1), vocabulary)

    assert not suspect
    assert not issues


def test_parts_of_the_area_are_told_apart_and_are_no_figures_of_the_whole(
    vocabulary, gazetteer
):
    town = gazetteer.find_unit("Thị xã Bỉm Sơn", on="2018-03-01")
    text = """TT | Đối tượng | Hộ nghèo cuối năm 2017 | < | <
    ^ | ^ | Toàn thị xã | Các phường | Các xã
    | Tổng số | 604 | 186 | 418"""
    context = replace(PLAN, issuing_unit=town)

    _, figures, issues = parse_table(make_table(text), context, vocabulary, gazetteer)

    assert not issues
    assert [(f.unit, f.row_kind.value) for f in figures] == [
        (town, "total"),
        (None, "subtotal"),
        (None, "subtotal"),
    ]
