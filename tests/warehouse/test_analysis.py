"""The views made for questions, on papers made up for one point each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from builders import (
    load,
    make_assignment,
    make_document,
    make_figure,
    make_target,
    make_verdict,
    make_version,
    sha,
    view_rows,
)
from sqlalchemy import Engine

from extractors.errors import UsageError
from extractors.model import TextSource
from parsers.records import (
    AsOf,
    Comparator,
    DocumentKind,
    Figure,
    FigureKind,
    Grade,
    Quality,
    Records,
    RowKind,
    Unit,
    Verdict,
)
from warehouse.expected import keep_expected, read_expected


def count(
    value: int | str, indicator: str = "poor_households", **changes: Any
) -> Figure:
    uom = "percent" if "rate" in indicator else "household"
    return make_figure(Decimal(value), indicator=indicator, uom=uom, **changes)


def planned(
    value: int | str, indicator: str = "poor_households", **changes: Any
) -> Figure:
    more = {"kind": FigureKind.TARGET, "as_of": AsOf.END} | changes
    return count(value, indicator, **more)


def paper(name: str, *figures: Figure, **head: Any) -> Verdict:
    document = make_document(**{"number": f"{name}/KH-UBND"} | head)
    return Verdict(
        Records(
            version=1,
            file_name=f"{name}.pdf",
            file_sha256=sha(name),
            page_count=1,
            text_source=TextSource.TEXT_LAYER,
            documents=(document,),
            figures=tuple(figures),
        ),
        Grade.OK,
        (),
    )


def unit_years(engine: Engine) -> list[dict[str, Any]]:
    return view_rows(engine, "v_unit_year")


def test_a_unit_and_year_is_one_row(engine: Engine) -> None:
    load(
        engine,
        paper(
            "1",
            count(1647, "households"),
            count(38),
            count("2.31", "poverty_rate"),
            planned(30),
            planned("1.8", "poverty_rate"),
            count(9, "near_poor_households"),
            count(5, group_code="ethnic_minority"),
            count(412, row_kind=RowKind.SUBTOTAL),
        ),
    )
    (row,) = unit_years(engine)
    assert (row["unit_code"], row["unit_name"], row["year"]) == (
        *("14809", "Phường Bắc Sơn", 2018),
    )
    assert (row["households_start"], row["poor_start"]) == (1647, 38)
    assert (row["poverty_rate_start"], row["poverty_rate_end"]) == (
        *(Decimal("2.31"), None),
    )
    assert (row["poor_end_planned"], row["poverty_rate_end_planned"]) == (
        *(30, Decimal("1.8")),
    )
    assert (row["near_poor_start"], row["suspects"], row["conflicts"]) == (9, 0, 0)


def test_what_is_doubted_is_left_out_and_counted(engine: Engine) -> None:
    doubted = count(38, quality=Quality.SUSPECT)
    load(engine, paper("1", doubted, count(40, as_of=AsOf.END)))
    (row,) = unit_years(engine)
    assert (row["poor_start"], row["poor_end"], row["suspects"]) == (None, 40, 1)


def test_of_two_papers_the_newer_by_date_stands(engine: Engine) -> None:
    load(engine, paper("new", count(36), issued_on="2019-01-02"))
    older = (count(38), count(50, as_of=AsOf.END))
    load(engine, paper("old", *older, issued_on="2018-12"))
    (row,) = unit_years(engine)
    assert (row["poor_start"], row["poor_end"]) == (36, 50)
    assert (row["documents"], row["conflicts"]) == (2, 1)


def test_a_paper_that_contradicts_itself_says_nothing(engine: Engine) -> None:
    load(engine, paper("1", count(38), count(39, table_no=2)))
    (row,) = unit_years(engine)
    assert (row["poor_start"], row["conflicts"]) == (None, 1)


def test_villages_without_code_are_told_apart_by_who_reports(engine: Engine) -> None:
    village = Unit("Thôn 1", "Thôn")
    for name, code in (("a", "14812"), ("b", "14815")):
        issuer = Unit(f"Xã {name}", "Xã", code)
        load(engine, paper(name, count(3, unit=village), issuing_unit=issuer))
    assert [row["unit_name"] for row in unit_years(engine)] == ["Thôn 1", "Thôn 1"]


def test_a_village_is_one_unit_whoever_reports_it(engine: Engine) -> None:
    key = "14809@2019-09-11/tổ dân phố 1"
    for name, printed in (("a", "TDP số 1"), ("b", "Tổ dân phố 1")):
        village = Unit(printed, "Tổ dân phố", None, key)
        issuer = Unit(f"Nơi {name}", "Phường", None)
        load(engine, paper(name, count(3, unit=village), issuing_unit=issuer))
    (row,) = unit_years(engine)
    assert (row["unit_id"], row["documents"], row["poor_start"]) == (key, 2, 3)


# One code, two units: the town of before 2025 and the commune of today.
OLD = Unit("Thị trấn Cam Lộ", "Thị trấn", "19597", "19597@2019-09-11")
NEW = Unit("Xã Cam Lộ", "Xã", "19597", "19597@2025-07-01")


def test_a_code_that_was_given_anew_is_another_unit(engine: Engine) -> None:
    load(engine, paper("old", count(29, unit=OLD, year=2026), planned(20, unit=OLD)))
    later = {"unit": NEW, "year": 2026}
    new = (count(95, **later), count(90, as_of=AsOf.END, **(later | {"year": 2018})))
    load(engine, paper("new", *new, issued_on="2026-03-01"))
    rows = {r["unit_system"]: r for r in unit_years(engine) if r["year"] == 2026}
    assert {s: (r["unit_name"], r["poor_start"]) for s, r in rows.items()} == {
        "3-level": ("Thị trấn Cam Lộ", 29),
        "2-level": ("Xã Cam Lộ", 95),
    }
    assert {r["conflicts"] for r in rows.values()} == {0}
    (target,) = view_rows(engine, "v_plan_vs_actual")
    assert (target["unit_id"], target["actual"]) == (OLD.unit_id, None)


def test_only_current_versions_count(engine: Engine) -> None:
    load(engine, make_version("first.pdf"))
    again = make_version("second.pdf")
    load(engine, again, received_at=None)
    (row,) = unit_years(engine)
    assert row["documents"] == 1
    assert row["document_id"].startswith(sha("second.pdf")[:20])


def test_a_target_meets_the_next_paper(engine: Engine) -> None:
    prose = make_target(
        Decimal(2),
        document=0,
        as_of=AsOf.END,
        comparator=Comparator.LT,
        value_max=None,
        per=None,
        year_to=None,
    )
    load(engine, paper("2018", planned(30), prose))
    whole = Unit("Thị xã Bỉm Sơn", "Thị xã", "381")
    start = {"year": 2019, "row_kind": RowKind.TOTAL, "unit": whole}
    report = (count(33, year=2019), count("1.9", "poverty_rate", **start))
    load(engine, paper("2019", *report, issued_on="2019-03-01"))
    later = count(31, year=2018, as_of=AsOf.END)
    load(engine, paper("2020", later, issued_on="2020-03-01"))
    rows = {row["indicator"]: row for row in view_rows(engine, "v_plan_vs_actual")}
    poor, rate = rows["poor_households"], rows["poverty_rate"]
    assert (poor["planned"], poor["actual"], poor["difference"]) == (30, 33, 3)
    assert (poor["year"], poor["is_met"]) == (2018, None)
    assert poor["actual_file_name"] == "2019.pdf"
    assert (rate["unit_code"], rate["is_met"]) == ("381", 1)
    assert rate["actual"] == Decimal("1.9")


def test_a_target_nobody_reported_on_is_there(engine: Engine) -> None:
    load(engine, paper("1", planned(30), count(29, as_of=AsOf.END)))
    (row,) = view_rows(engine, "v_plan_vs_actual")
    assert (row["planned"], row["actual"], row["is_met"]) == (30, None, None)


def test_a_yearly_target_meets_each_year(engine: Engine) -> None:
    yearly = planned(
        "1.5",
        "poverty_rate_reduction",
        as_of=AsOf.DURING,
        per="year",
        year_to=2019,
        comparator=Comparator.GE,
    )
    done = [
        count(value, "poverty_rate_reduction", as_of=AsOf.DURING, year=year)
        for value, year in (("1.6", 2018), ("1.4", 2019))
    ]
    load(engine, paper("1", yearly))
    load(engine, paper("2", *done, issued_on="2020-01-05"))
    rows = view_rows(engine, "v_plan_vs_actual")
    assert {(row["year"], row["is_met"]) for row in rows} == {(2018, 1), (2019, 0)}


def test_deadlines_of_a_plan_for_years_fall_in_each(engine: Engine) -> None:
    plan = make_document(0, period_start=2018, period_end=2020)
    tasks = (
        make_assignment(document=0, deadlines=("2018-11-30", "06-25")),
        make_assignment(document=0, ordinal=2, deadlines=(), recurrence="monthly"),
        make_assignment(
            document=0, ordinal=3, deadlines=(), recurrence=None, deadline_text=None
        ),
    )
    load(
        engine,
        make_verdict(
            documents=(plan,), tables=(), figures=(), assignments=tasks,
            legal_bases=(), recipients=(), annexes=(), annex_mentions=(), issues=(),
        ),
    )  # fmt: skip
    rows = view_rows(engine, "v_task_calendar")
    due = sorted((row["due_on"] or "", row["is_year_printed"]) for row in rows)
    assert due == [
        *(("", None), ("2018-06-25", 0), ("2018-11-30", 1)),
        *(("2019-06-25", 0), ("2020-06-25", 0)),
    ]


GAP = """source,unit_code,unit_name,kind,year
,381,Thị xã Bỉm Sơn,,2018
,381,Thị xã Bỉm Sơn,,2019-2020
bim-son,,,plan,2018
,,Huyện Xa,report,2018
"""


def test_who_has_not_sent(engine: Engine, tmp_path: Any) -> None:
    path = tmp_path / "expected.csv"
    path.write_text(GAP, encoding="utf-8")
    keep_expected(engine, read_expected(path))
    load(engine, paper("1"), source="bim-son")
    far = Unit("Huyện Xa", "Huyện")
    broken = paper("2", issuing_unit=far, kind=DocumentKind.REPORT)
    load(engine, Verdict(broken.records, Grade.QUARANTINED, ()))
    rows = sorted(view_rows(engine, "v_submission_gap"), key=lambda r: r["expected_no"])
    assert [(row["year"], row["state"]) for row in rows] == [
        *((2018, "received"), (2019, "missing"), (2020, "missing")),
        *((2018, "received"), (2018, "quarantined")),
    ]


def test_a_code_is_of_the_unit_that_bears_it_in_that_year(
    engine: Engine, tmp_path: Any
) -> None:
    path = tmp_path / "expected.csv"
    codes = [f"19597{system},2024-2026\n" for system in ("", "@3-level", "@2-level")]
    path.write_text(f"unit_code,year\n{''.join(codes)}", encoding="utf-8")
    keep_expected(engine, read_expected(path))
    ward = Unit("Phường Nam Đông Hà", "Phường", "19597", "19597@2025-07-01")
    period = {"period_start": 2021, "period_end": 2025}
    load(engine, paper("1", issuing_unit=ward, **period))
    rows = sorted(view_rows(engine, "v_submission_gap"), key=lambda r: r["expected_no"])
    assert [row["received"] for row in rows] == [0, 1, 0, 0, 0, 0, 1, 1, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,year\nx,2018\n", "needs the columns"),
        ("unit_code,year\n381,soon\n", "line 2"),
        ("unit_code,year\n,2018\n", "neither source"),
        ("unit_code,kind,year\n381,letter,2018\n", "no kind of paper"),
    ],
)
def test_a_list_that_cannot_be_understood_is_told(
    tmp_path: Any, text: str, said: str
) -> None:
    path = tmp_path / "expected.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_expected(path)
