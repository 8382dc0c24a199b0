from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from builders import (
    load,
    make_document,
    make_figure,
    make_verdict,
    make_version,
    view_rows,
)
from sqlalchemy import Engine

from parsers.records import DocumentKind, Verdict
from warehouse.query import run_query
from warehouse.views import VIEW_COLUMNS

FIGURE = """document_id file_name page table_no row_no col_no row_kind unit_raw
    unit_name unit_kind unit_code indicator indicator_label group_code year as_of
    value uom raw_text method confidence quality x0 y0 x1 y1"""

# Copied from the contract that analysts' SQL relies on.
CONTRACT = {
    "v_document": """document_id file_name file_sha256 source parent_document_id kind
        number symbol issued_on place issuer issuing_unit issuing_unit_code province
        province_code title period_start period_end signer signer_title page_count
        text_source status is_current""",
    "v_observation": FIGURE,
    "v_target": f"{FIGURE} comparator value_max per year_to source statement",
    "v_assignment": """document_id file_name page section ordinal agency agency_kind
        agency_raw role task partners units households amount_vnd deadlines
        deadline_text recurrence""",
    "v_legal_basis": """document_id file_name cited_number cited_kind cited_on
        cited_issuer text""",
    "v_recipient": "document_id file_name ordinal recipient",
    "v_quality_issue": """document_id file_name page check_code severity indicator
        group_code year as_of unit_raw printed computed suspects message status""",
}


@pytest.mark.parametrize("view", CONTRACT)
def test_the_views_have_the_columns_of_the_contract(engine: Engine, view: str) -> None:
    columns = run_query(engine, f"SELECT * FROM {view}").columns
    assert set(CONTRACT[view].split()) <= set(columns)
    assert list(columns) == VIEW_COLUMNS[view]


def test_both_databases_give_the_same_answers(
    sqlite_engine: Engine, postgres_engine: Engine
) -> None:
    both = (sqlite_engine, postgres_engine)
    papers = [
        make_verdict(),
        make_verdict(
            "other.pdf", figures=(make_figure(Decimal("1.10"), document=1),) * 3
        ),
        make_version("one.pdf"),
        make_version("two.pdf", issuer="UBND thị xã Bỉm Sơn"),
    ]
    for engine in both:
        for verdict in papers:
            load(engine, verdict)
    for view in VIEW_COLUMNS:
        sqlite, postgres = (without_times(view_rows(engine, view)) for engine in both)
        # Nobody is expected, and the current version of the plan has no target.
        assert sqlite or view in ("v_submission_gap", "v_plan_vs_actual")
        assert sqlite == postgres


def without_times(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k != "loaded_at"} for row in rows]


def test_a_figure_is_seen_with_its_place_and_meaning(engine: Engine) -> None:
    load(engine, make_verdict(), source="thanh-hoa")
    row = view_rows(engine, "v_observation", "WHERE col_no = 4")[0]
    wanted = {
        "file_name": "bim-son.pdf",
        "page": 1,
        "table_no": 1,
        "row_no": 1,
        "row_kind": "unit",
        "unit_raw": "P. Bắc Sơn",
        "unit_code": "14809",
        "as_of": "start",
        "value": Decimal("0.85"),
        "value_exact": "0.85",
        "quality": "ok",
        "x0": Decimal("10.5"),
        "y1": 40,
    }
    assert {name: row[name] for name in wanted} == wanted


def test_unreadable_is_a_row_without_value(engine: Engine) -> None:
    load(engine, make_verdict())
    (row,) = view_rows(engine, "v_observation", "WHERE value IS NULL")
    assert (row["quality"], row["value_exact"]) == ("suspect", None)


def test_a_target_keeps_its_range_and_sentence(engine: Engine) -> None:
    load(engine, make_verdict())
    (row,) = view_rows(engine, "v_target")
    assert (row["comparator"], row["value"], row["value_max"], row["per"]) == (
        *("range", Decimal("1.5"), Decimal("2.1"), "year"),
    )
    assert (row["source"], row["table_no"], row["year_to"]) == ("prose", None, 2020)
    assert row["value_max_exact"] == "2.10"
    assert row["statement"].startswith("Giảm tỷ lệ hộ nghèo")


def test_a_task_has_its_lists_as_json(engine: Engine) -> None:
    load(engine, make_verdict())
    (row,) = view_rows(engine, "v_assignment")
    assert json.loads(row["deadlines"]) == ["2018-11-30", "06-25"]
    assert json.loads(row["units"]) == ["Xã Hà Lan"]
    assert (row["households"], row["amount_vnd"]) == (47, 30_000_000)


def test_a_doubt_names_its_suspects(engine: Engine) -> None:
    load(engine, make_verdict())
    (row,) = view_rows(engine, "v_quality_issue", "WHERE check_code = 'rate_mismatch'")
    suspects = json.loads(row["suspects"])
    assert [suspect["value"] for suspect in suspects] == ["0.85", "1647"]
    figures = {r["figure_id"] for r in view_rows(engine, "v_observation")}
    assert {suspect["figure_id"] for suspect in suspects} <= figures
    assert (row["status"], row["unit_raw"], row["year"]) == ("open", "P. Bắc Sơn", 2018)


# --- which version is current ---------------------------------------------------


def current(engine: Engine) -> set[str]:
    return {
        row["file_name"]
        for row in view_rows(engine, "v_document", "WHERE is_current=1")
    }


def receive(engine: Engine, verdict: Verdict, month: int) -> None:
    load(engine, verdict, received_at=datetime(2026, month, 1, tzinfo=UTC))


def test_the_newest_received_is_current_and_the_earlier_stays(engine: Engine) -> None:
    receive(engine, make_version("new.pdf"), 5)
    receive(engine, make_version("old.pdf"), 3)
    assert current(engine) == {"new.pdf"}
    receive(engine, make_version("old.pdf"), 9)  # the same bytes again: nothing new
    assert current(engine) == {"new.pdf"}
    assert len(view_rows(engine, "v_observation")) == 2


@pytest.mark.parametrize("blank", ["number", "issuer", "issued_on"])
def test_a_blank_makes_no_two_papers_the_same(engine: Engine, blank: str) -> None:
    for month, name in enumerate(("a.pdf", "b.pdf"), 1):
        receive(engine, make_version(name, **{blank: None}), month)
    assert current(engine) == {"a.pdf", "b.pdf"}


def test_papers_of_other_issuers_live_side_by_side(engine: Engine) -> None:
    receive(engine, make_version("a.pdf"), 1)
    receive(engine, make_version("b.pdf", issuer="UBND huyện Cam Lộ"), 2)
    assert current(engine) == {"a.pdf", "b.pdf"}


def test_an_attached_plan_goes_with_its_decision(engine: Engine) -> None:
    for month, name in enumerate(("first.pdf", "second.pdf"), 1):
        receive(engine, make_verdict(name), month)
    rows = view_rows(engine, "v_document")
    assert {(row["file_name"], row["kind"], row["is_current"]) for row in rows} == {
        ("first.pdf", "decision", 0),
        ("first.pdf", "plan", 0),
        ("second.pdf", "decision", 1),
        ("second.pdf", "plan", 1),
    }


def test_two_documents_of_one_file_are_no_versions(engine: Engine) -> None:
    verdict = make_version("a.pdf")
    twins = (make_document(0), make_document(1, kind=DocumentKind.OTHER))
    load(engine, replace(verdict, records=replace(verdict.records, documents=twins)))
    assert [d["is_current"] for d in view_rows(engine, "v_document")] == [1, 1]
