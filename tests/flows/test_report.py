"""The page of the report, whatever the warehouse holds."""

from __future__ import annotations

import re

from flows.report import render_report
from warehouse.report import (
    DoubtRow,
    PaperRow,
    ReportRows,
    SuiteFailure,
    SuiteRow,
)


def paper(paper_id="p", source="Thanh Hóa", **changes):
    made = {
        "paper_id": paper_id, "file_sha256": paper_id * 64,
        "file_name": f"{paper_id}.pdf", "source": source, "status": "loaded",
        "grade": "doubtful", "page_count": 2, "loaded_at": "2026-11-20",
        "number": None, "issued_on": None, "issuer": None, "title": None,
        "figures": 9, "suspect": 1, "repaired": 0, "corrected": 0, "doubts": 1,
    }  # fmt: skip
    return PaperRow(**{**made, **changes})


def doubt(paper_id="p", issue="p-q1", **changes):
    made = {
        "paper_id": paper_id, "issue_id": issue, "check_code": "rate_mismatch",
        "severity": "warning", "status": "open", "page": 1, "x0": 1.0, "y0": 1.0,
        "x1": 9.0, "y1": 9.0, "unit_raw": "Xã A", "table_no": 1, "row_no": 1,
        "col_no": 4, "printed": "1,75", "computed": "2,31",
        "message": "the rate is wrong", "message_vi": "tỷ lệ sai", "is_of_people": 0,
    }  # fmt: skip
    return DoubtRow(**{**made, **changes})


def test_an_empty_warehouse_has_a_page():
    page = render_report(ReportRows((), (), (), ()), {})
    assert "No papers yet" in page


def test_what_papers_print_is_text_and_never_markup():
    rows = ReportRows(
        (paper(title="<script>alert(1)</script>"),),
        (doubt(message='<b onclick="x">', message_vi=""),),
        (),
        (),
    )
    page = render_report(rows, {})
    assert "<script" not in page
    assert "<b onclick" not in page


def test_charts_count_open_doubts_by_kind_and_sender():
    rows = ReportRows(
        (paper("p"), paper("r", "Quảng Trị"), paper("s", None)),
        (
            doubt("p"),
            doubt("p", "p-q2", severity="info"),
            doubt("r", "r-q1", check_code="sum_mismatch"),
            doubt("s", "s-q1", status="accepted"),
        ),
        (),
        (),
    )
    kinds, senders = re.findall(r"<svg.*?</svg>", render_report(rows, {}), re.S)
    shown = [re.findall(r">([^<\s][^<]*)</text>", chart) for chart in (kinds, senders)]
    assert shown[0] == [
        "Tỷ lệ không khớp", "rate_mismatch", "2",
        "Cộng dòng không khớp", "sum_mismatch", "1",
    ]  # fmt: skip
    assert shown[1] == ["Thanh Hóa", "2", "Quảng Trị", "1"]


def test_suites_tell_what_was_not_met_and_where():
    rows = ReportRows(
        (paper(),),
        (),
        (SuiteRow("observations", 3, 2, 51), SuiteRow("tables", 3, 3, 15)),
        (
            SuiteFailure(
                "observations", "p.pdf", '["A rate is not within 0 and 100 %."]'
            ),
        ),
    )
    page = render_report(rows, {})
    assert "p.pdf: Tỷ lệ không nằm giữa 0 và 100 %." in page
    assert "A rate is not within 0 and 100 %." in page
    assert "Số liệu thực tế" in page
