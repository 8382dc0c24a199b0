from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from builders import (
    NOT_OF_A_PAPER,
    make_document,
    make_figure,
    make_issue,
    make_records,
    make_verdict,
    sha,
)

from extractors.errors import WarehouseError
from parsers import records as r
from parsers.records import Grade, Origin, Unit, Verdict
from warehouse.batch import Batch, by_column
from warehouse.keys import paper_key, version_key
from warehouse.models import metadata
from warehouse.rows import build_rows

TABLE_OF = {
    r.Document: "document",
    r.TableColumn: "table_column",
    r.TableRow: "table_row",
    r.TableCell: "table_cell",
    r.Table: "printed_table",
    r.Figure: "figure",
    r.Assignment: "assignment",
    r.LegalBasis: "legal_basis",
    r.Recipient: "recipient",
    r.AnnexMention: "annex_mention",
    r.Annex: "annex",
    r.Issue: "quality_issue",
    r.SuiteResult: "suite_result",
}
# Fields that go into columns of another name, or into rows of their own.
ELSEWHERE = {
    "document": "document_id",
    "source": "raw_text",
    "page_no": "page",
    "box": "x0",
    "unit": "unit_name",
    "parent": "parent_document_id",
    "count": "annex_count",
    "figure": "figure_id",
    "issuing_unit": "issuing_unit_code",
    "province": "province_code",
    "places": "unit_codes",
}


@pytest.mark.parametrize("record", TABLE_OF, ids=lambda kind: kind.__name__)
def test_every_field_of_a_record_has_a_column(record: type) -> None:
    columns = set(metadata.tables[TABLE_OF[record]].columns.keys())
    apart = {"columns", "rows", "cells"} if record is r.Table else set()
    names = {field.name for field in fields(record)} - apart
    wanted = {name if name in columns else ELSEWHERE.get(name, name) for name in names}
    assert wanted <= columns


def test_every_row_has_every_column_of_its_table() -> None:
    for table, rows in build_rows(make_verdict()).items():
        for row in rows:
            assert row.keys() == set(metadata.tables[table].columns.keys()), table


def test_every_table_of_contents_is_filled_by_a_full_paper() -> None:
    empty = {"paper", "submission", "warehouse_info", *NOT_OF_A_PAPER}
    empty |= {"unit", "unit_current", "unit_successor"}
    assert build_rows(make_verdict()).keys() == metadata.tables.keys() - empty


def test_keys_come_from_bytes_and_place() -> None:
    rows = build_rows(make_verdict())
    key = sha("bim-son.pdf")[:20]
    assert [row["document_id"] for row in rows["document"]] == [f"{key}-0", f"{key}-1"]
    assert rows["document"][1]["parent_document_id"] == f"{key}-0"
    assert rows["document"][1]["root_document_id"] == f"{key}-0"
    assert rows["figure"][0]["figure_id"] == f"{key}-f1"


def test_a_doubt_carries_what_its_figure_speaks_of() -> None:
    issue = build_rows(make_verdict())["quality_issue"][0]
    assert (issue["indicator"], issue["year"], issue["as_of"]) == (
        "households",
        2018,
        "start",
    )
    assert (issue["unit_raw"], issue["page"], issue["x0"]) == ("P. Bắc Sơn", 1, 10.5)
    assert '"value":"0.85"' in str(issue["suspects"])


def test_a_doubt_of_another_page_does_not_take_the_figures_box() -> None:
    issue = make_issue(page_no=2)
    row = build_rows(make_verdict(issues=(issue,)))["quality_issue"][0]
    assert (row["page"], row["x0"]) == (2, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {"title": "Khác"}, True),
        ({"issuer": "UBND xã Hoà An"}, {"issuer": "UBND xã Hòa An"}, True),
        ({"number": "432 /QĐ-UBND"}, {"number": "432/QĐ-UBND"}, True),
        ({"issuer": "UBND xã Cam Thanh"}, {"issuer": "UBND xã Cam Thành"}, False),
        ({"number": "1/KH-UBND"}, {"number": "2/KH-UBND"}, False),
        ({"issued_on": "2018-04-06"}, {"issued_on": "2019-04-06"}, False),
        ({"issuing_unit": Unit("X", None, "1")}, {"issuing_unit": None}, False),
        ({"number": None}, {"number": None}, False),
        ({"issuer": None}, {"issuer": None}, False),
        ({"issued_on": None}, {"issued_on": None}, False),
    ],
)
def test_versions_are_told_by_issuer_number_and_date(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    first, second = (version_key(make_document(**head)) for head in (one, other))
    assert (first is not None and first == second) is same


@pytest.mark.parametrize(
    "records",
    [
        make_records(figures=(make_figure(document=7),)),
        make_records(documents=(make_document(), make_document())),
        make_records(documents=()),
        make_records(file_sha256="../../etc/passwd"),
    ],
    ids=["unknown document", "twice one ordinal", "no document", "no hash"],
)
def test_broken_records_are_refused(records: r.Records) -> None:
    with pytest.raises(WarehouseError):
        build_rows(Verdict(records, Grade.OK, ()))


def test_a_doubt_on_a_figure_that_is_not_there_is_refused() -> None:
    with pytest.raises(WarehouseError, match="figure 99"):
        build_rows(make_verdict(issues=(make_issue(figure=99),)))


@pytest.mark.parametrize(
    "documents",
    [(), (make_document(), make_document()), (make_document(0, parent=0),)],
    ids=["none", "twice one ordinal", "its own parent"],
)
def test_quarantine_takes_broken_records(documents: tuple[r.Document, ...]) -> None:
    verdict = make_verdict(grade=Grade.QUARANTINED, documents=documents)
    rows = build_rows(verdict)
    assert rows.keys() == {"document", "quality_issue", "suite_result"}
    known = {row["document_id"] for row in rows["document"]}
    assert {row["document_id"] for row in rows["quality_issue"]} <= known
    assert rows["quality_issue"][0]["indicator"] == "households"


def test_units_give_name_kind_and_code() -> None:
    figure = replace(make_figure(), unit=Unit("Xã Hà Lan", "Xã", "14827"))
    (row,) = build_rows(
        make_verdict(issues=(), documents=(make_document(),), figures=(figure,), **NONE)
    )["figure"]
    assert (row["unit_name"], row["unit_kind"], row["unit_code"]) == (
        "Xã Hà Lan",
        "Xã",
        "14827",
    )


NONE: dict[str, tuple[()]] = {
    "tables": (),
    "assignments": (),
    "legal_bases": (),
    "recipients": (),
    "annexes": (),
    "annex_mentions": (),
}


CAM_LO = Unit("Huyện Cam Lộ", "Huyện", "468", "468@2019-09-11")
PROSE = {"origin": Origin.PROSE, "unit": None, "table_no": None}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        (
            {"unit": Unit("Thị trấn", None, "19597", "19597@2020-01-01")},
            "19597@3-level",
        ),
        ({"unit": Unit("Xã", None, "19597", "19597@2025-07-01")}, "19597@2-level"),
        (
            {"unit": Unit("Thôn 1", "Thôn", None, "19600@2019/thôn 1")},
            "19600@2019/thôn 1",
        ),
        ({"unit": Unit("Thôn 1", "Thôn")}, "468/Thôn 1"),
        ({"unit": None, "unit_raw": None}, None),
        (PROSE | {"unit_raw": None}, "468@3-level"),
        (PROSE | {"unit_raw": "toàn huyện"}, "468@3-level"),
        (PROSE | {"unit_raw": "vùng núi"}, None),
    ],
)
def test_a_figure_knows_its_unit(changes: dict[str, object], key: str | None) -> None:
    records = make_records(
        documents=(make_document(issuing_unit=CAM_LO),),
        figures=(make_figure(**changes),),
        **dict.fromkeys(("tables", "assignments", "legal_bases", "recipients"), ()),
        annexes=(),
        annex_mentions=(),
    )
    (row,) = build_rows(Verdict(records, Grade.OK, ()))["figure"]
    assert row["unit_key"] == key


def test_rows_of_one_table_have_the_same_columns() -> None:
    with pytest.raises(WarehouseError, match="not the same columns"):
        by_column([{"unit_id": "a", "code": "1"}, {"unit_id": "b"}])


def test_columns_of_one_table_have_the_same_length() -> None:
    with pytest.raises(WarehouseError, match="not the same columns"):
        Batch.of({"unit_id": ["a", "b"], "code": ["1"]})


def test_paper_key_is_the_start_of_the_hash() -> None:
    assert paper_key(sha("x")) == sha("x")[:20]
