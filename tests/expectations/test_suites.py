"""Suites of families and kinds of tables: each can fail, and none passes unrun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from expectations import validate
from expectations.arithmetic import ARITHMETIC, check_tables, judge_table
from expectations.check import check
from expectations.families import Checked, checked_frames
from expectations.table_kinds import OF_FIGURES, PERSONS
from expectations.validate import run_suites
from extractors.errors import TerminalError
from flows.parse import parse_evidence
from parsers.records import (
    PERSON,
    Annex,
    AnnexMention,
    Assignment,
    Grade,
    LegalBasis,
    Quality,
    Recipient,
    Records,
    Role,
)
from tests.expectations.paper_makers import PLACE, make_records, records_of
from tests.golden.rendering import load_evidence

RESULTS = """TT | Xã | Số hộ | Hộ nghèo | Tỷ lệ (%)
1 | An Bình | 949 | 35 | 3,69
2 | Bình Minh | 1.296 | 30 | 2,31
 | Cộng | 2.245 | 65 | 2,90"""
MOVEMENT = """TT | Xã | Hộ nghèo đầu năm 2022 | Số hộ thoát nghèo năm 2022 | \
Hộ nghèo cuối năm 2022
1 | An Bình | 35 | 5 | 30
2 | Bình Minh | 30 | 4 | 26
3 | Cẩm Sơn | 40 | 8 | 32"""
TARGETS = """TT | Xã | Chỉ tiêu hộ nghèo cuối năm 2022
1 | An Bình | 30
2 | Bình Minh | 26
 | Cộng | 56"""
GROUPS = """TT | Xã | Hộ nghèo | Trong đó: hộ nghèo DTTS
1 | An Bình | 30 | 12
2 | Bình Minh | 26 | 26"""
NEEDS = """TT | Xã | Nhu cầu hỗ trợ nhà ở | Nhu cầu vay vốn
1 | An Bình | 3 | 12
2 | Bình Minh | 2 | 6
 | Cộng | 5 | 18"""
BUDGET = """TT | Nội dung | Kinh phí năm 2022 (triệu đồng)
1 | Hỗ trợ nhà ở | 300
2 | Hỗ trợ vay vốn | 250
 | Cộng | 550"""
FORMULAS = """TT | Xã | Số hộ | Hộ nghèo | Tỷ lệ (%)
A | B | 1 | 2 | 3=2/1*100
1 | An Bình | 949 | 35 | 3,69
2 | Bình Minh | 1.296 | 30 | 2,31"""
BY_KIND = {
    "table_results": RESULTS,
    "table_targets": TARGETS,
    "table_rates": RESULTS,
    "table_movements": MOVEMENT,
    "table_groups": GROUPS,
    "table_needs": NEEDS,
    "table_budgets": BUDGET,
    "table_formulas": FORMULAS,
}


def checked(records: Records) -> Iterator[Checked]:
    checks = [judge_table(table, records.figures) for table in records.tables]
    return checked_frames(records, checks)


def run(records: Records):
    checks = [judge_table(table, records.figures) for table in records.tables]
    return run_suites(records, checks)


def test_there_is_a_suite_for_each_kind_of_table():
    assert set(BY_KIND) == {kind.name for kind in OF_FIGURES}


@pytest.mark.parametrize("kind", BY_KIND)
def test_a_table_is_checked_as_what_it_is(kind, vocabulary):
    results, failures = run(records_of(vocabulary, BY_KIND[kind]))

    assert kind in {result.suite for result in results}
    assert failures == ()


def changed(records: Records, row: int, col: int, **changes) -> Records:
    figures = tuple(
        replace(f, **changes) if (f.row_no, f.col_no) == (row, col) else f
        for f in records.figures
    )
    return replace(records, figures=figures)


@pytest.mark.parametrize(
    ("drawn", "row", "col", "changes", "suite", "code"),
    [
        (RESULTS, 3, 4, {"value": Decimal(66)}, "table_results", "sum_mismatch"),
        (RESULTS, 1, 5, {"value": Decimal("4.00")}, "table_rates", "rate_mismatch"),
        (MOVEMENT, 1, 5, {"value": Decimal(31)}, "table_movements", "balance_mismatch"),
        (TARGETS, 3, 3, {"value": Decimal(57)}, "table_targets", "sum_mismatch"),
        (NEEDS, 3, 3, {"value": Decimal(6)}, "table_needs", "sum_mismatch"),
        (BUDGET, 3, 3, {"value": Decimal(560)}, "table_budgets", "sum_mismatch"),
        (FORMULAS, 2, 5, {"value": Decimal(9)}, "table_formulas", "rate_mismatch"),
        (GROUPS, 1, 4, {"value": Decimal(31)}, "table_groups", "implausible_value"),
        (TARGETS, 1, 3, {"year": None}, "table_targets", "implausible_value"),
        (BUDGET, 1, 3, {"uom": "household"}, "table_budgets", "implausible_value"),
        (RESULTS, 1, 3, {"value": Decimal("9.5")}, "table_results",
         "implausible_value"),
    ],
)  # fmt: skip
def test_what_fails_leads_to_the_figure_and_its_box(
    drawn, row, col, changes, suite, code, vocabulary
):
    records = changed(records_of(vocabulary, drawn), row, col, **changes)

    _, failures = run(records)

    index = next(
        n for n, f in enumerate(records.figures) if (f.row_no, f.col_no) == (row, col)
    )
    source = records.figures[index].source
    places = [
        place for f in failures if (f.suite, f.code) == (suite, code)
        for place in f.places
    ]  # fmt: skip
    assert [(p.figure, p.page_no, p.box) for p in places] == [
        (index, source.page_no, source.box)
    ]


def test_poor_households_without_an_equation_are_no_more_than_all(vocabulary):
    drawn = (
        "TT | Xã | Số hộ | Hộ nghèo\n1 | An Bình | 949 | 35\n2 | Bình Minh | 30 | 60"
    )

    verdict = check(records_of(vocabulary, drawn))

    assert [(i.check_code, i.printed) for i in verdict.issues] == [
        ("implausible_value", "60")
    ]


def test_what_an_equation_tells_is_told_once(vocabulary):
    records = changed(records_of(vocabulary, RESULTS), 1, 4, value=Decimal(3500))

    codes = {issue.check_code for issue in check(records).issues}

    assert codes == {"rate_mismatch", "sum_mismatch"}


def test_digits_under_a_head_of_figures_are_not_lost(vocabulary):
    whole = records_of(vocabulary, RESULTS)

    verdict = check(replace(whole, figures=whole.figures[:-1]))

    lost = [i for i in verdict.issues if i.check_code == "implausible_value"]
    assert [issue.printed for issue in lost] == ["2,90"]
    assert lost[0].box is not None


def test_a_figure_is_what_its_cell_prints(vocabulary):
    records = records_of(vocabulary, RESULTS)
    other = replace(records.figures[0].source, raw_text="950")

    verdict = check(changed(records, 1, 3, source=other))

    assert verdict.grade is Grade.QUARANTINED


def test_no_figure_is_made_of_a_person(vocabulary):
    records = records_of(vocabulary, RESULTS)
    table = records.tables[0]
    columns = tuple(
        replace(c, role=PERSON) if c.col_no == 4 else c for c in table.columns
    )
    listed = replace(records, tables=(replace(table, columns=columns),))

    results, failures = run(listed)

    assert PERSONS.name in {result.suite for result in results}
    assert {f.code for f in failures if f.suite == PERSONS.name} == {"structure"}


def test_every_equation_that_fails_is_seen_by_a_suite():
    for name in ("bim-son-2018", "cam-lo-2021", "di-su-2024"):
        records = parse_evidence(load_evidence(name))
        _, failures = run(records)
        seen = {
            (failure.code, place.figure)
            for failure in failures
            if failure.code in ARITHMETIC
            for place in failure.places
        }
        assert seen == {(i.check_code, i.figure) for i in check_tables(records)}


# --- what could not run ---------------------------------------------------------------


def every_family(vocabulary) -> Records:
    """Return a paper with all families and all kinds of tables."""
    records = records_of(vocabulary, *dict.fromkeys(BY_KIND.values()))
    table = records.tables[0]
    columns = (*table.columns, replace(table.columns[1], col_no=9, role=PERSON))
    return replace(
        records,
        tables=(replace(table, columns=columns), *records.tables[1:]),
        assignments=(
            Assignment(0, "I", 1, "Phòng Y tế", "", "", Role.LEAD, "Khám", PLACE),
        ),
        legal_bases=(LegalBasis(0, "66/KH-UBND", None, None, None, "", PLACE),),
        recipients=(Recipient(0, 1, "Lưu: VT", PLACE),),
        annexes=(Annex(0, 1, "PHỤ LỤC", None, (), (), PLACE),),
        annex_mentions=(AnnexMention(0, "Phụ lục", 1, PLACE),),
    )


def test_every_expectation_that_cannot_run_is_an_error(vocabulary, monkeypatch):
    records = every_family(vocabulary)
    every = list(checked(records))
    assert all(not each.frame.empty for each in every)
    for each in every:
        columns = {e.column for e in each.suite().expectations if hasattr(e, "column")}
        for column in columns:
            broken = replace(each, frame=each.frame.drop(columns=column))
            monkeypatch.setattr(validate, "checked_frames", lambda *_, b=broken: [b])
            with pytest.raises(TerminalError, match=f"of suite {each.name} could not"):
                run_suites(records)


def test_a_result_that_is_missing_is_an_error(vocabulary, monkeypatch):
    def forgetful(validated, suite):
        validated.results = validated.results[1:]
        return whole(validated, suite)

    whole = validate._results
    monkeypatch.setattr(validate, "_results", forgetful)

    with pytest.raises(TerminalError, match="gave 6 results for 7"):
        run_suites(make_records())


@pytest.mark.parametrize("kind", [*OF_FIGURES, PERSONS], ids=lambda kind: kind.name)
def test_an_empty_frame_passes_no_suite(kind, vocabulary, monkeypatch):
    family = next(c for c in checked(every_family(vocabulary)) if c.name == kind.name)
    empty = replace(family, frame=family.frame.iloc[:0], may_be_empty=False)
    monkeypatch.setattr(validate, "checked_frames", lambda *_: [empty])

    _, failures = run_suites(make_records())

    assert "There is no row to check." in {failure.message for failure in failures}


def test_a_record_without_a_page_leads_to_itself():
    lost = Recipient(0, 1, "", replace(PLACE, raw_text="- ;"))

    verdict = check(make_records(recipients=(lost,)))

    doubt = next(i for i in verdict.issues if i.check_code == "structure")
    assert (doubt.page_no, doubt.box, doubt.printed) == (1, PLACE.box, "- ;")
    assert verdict.grade is Grade.QUARANTINED


def test_repaired_figures_are_checked_as_they_are_loaded(vocabulary):
    records = changed(
        records_of(vocabulary, RESULTS),
        1, 4, value=Decimal(85), alternatives=("35",), quality=Quality.SUSPECT,
    )  # fmt: skip

    verdict = check(records)

    assert all(suite.success for suite in verdict.suites)
