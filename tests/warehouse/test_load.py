from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from builders import (
    NOT_OF_A_PAPER,
    load,
    make_figure,
    make_large,
    make_records,
    make_target,
    make_verdict,
    make_version,
    sha,
    snapshot,
    view_rows,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event, select

from extractors.errors import WarehouseError
from parsers.records import Grade, Verdict
from warehouse import load as load_module
from warehouse.database import open_warehouse, reading
from warehouse.load import Outcome, find_paper
from warehouse.models import figure


class StoppedError(Exception):
    """Stands for whatever ends a load half way."""


def test_a_paper_goes_in_whole(engine: Engine) -> None:
    result = load(engine, make_verdict())
    assert result.outcome is Outcome.LOADED
    assert result.document_ids == (f"{result.paper_id}-0", f"{result.paper_id}-1")
    assert (result.figures, result.issues) == (4, 2)
    held = snapshot(engine)
    assert {name for name, rows in held.items() if not rows} == NOT_OF_A_PAPER
    assert [len(held[name]) for name in ("figure", "table_cell", "issue_suspect")] == [
        *(4, 5, 2),
    ]


def test_the_same_file_twice_gives_the_same_rows(engine: Engine) -> None:
    load(engine, make_verdict())
    before = snapshot(engine)
    assert load(engine, make_verdict()).outcome is Outcome.UNCHANGED
    assert snapshot(engine) == before


def test_the_order_of_loading_does_not_matter(engine: Engine) -> None:
    papers = [make_verdict(f"{name}.pdf") for name in "abc"]
    papers.append(make_version("d.pdf"))
    papers.append(make_version("e.pdf"))
    for verdict in papers:
        load(engine, verdict)
    views = {v: view_rows(engine, v) for v in ("v_document", "v_observation")}
    before = snapshot(engine)
    for verdict in reversed(papers):
        load(engine, replace(verdict, grade=Grade.QUARANTINED))
    for verdict in reversed(papers):
        load(engine, verdict)
    assert snapshot(engine) == before
    for view, rows in views.items():
        again = view_rows(engine, view)
        for row in (*rows, *again):
            row.pop("loaded_at", None)
        assert again == rows


def test_a_new_reading_takes_the_place_of_the_old(engine: Engine) -> None:
    load(engine, make_verdict())
    other = make_verdict(figures=(make_figure(Decimal("7"), document=1),), issues=())
    assert load(engine, other).outcome is Outcome.LOADED
    (row,) = view_rows(engine, "v_observation")
    assert row["value"] == 7
    assert view_rows(engine, "v_quality_issue") == []


def test_new_code_over_the_same_bytes_is_traced(engine: Engine) -> None:
    load(engine, make_verdict())
    assert load(engine, make_verdict(), code_version="0.2.0").outcome is Outcome.LOADED
    found = find_paper(engine, sha("bim-son.pdf"))
    assert found is not None
    assert found.code_version == "0.2.0"
    assert (found.status, found.grade) == ("loaded", "doubtful")
    assert find_paper(engine, sha("never seen")) is None


def test_a_quarantined_paper_holds_no_figure(engine: Engine) -> None:
    result = load(engine, make_verdict(grade=Grade.QUARANTINED))
    assert result.outcome is Outcome.QUARANTINED
    assert (result.figures, result.issues) == (0, 2)
    documents = view_rows(engine, "v_document")
    assert [(d["status"], d["is_current"]) for d in documents] == [
        ("quarantined", 0),
        ("quarantined", 0),
    ]
    assert len(view_rows(engine, "v_quality_issue")) == 2
    for view in ("v_observation", "v_target", "v_assignment", "v_legal_basis"):
        assert view_rows(engine, view) == []


def test_quarantine_leaves_the_earlier_version(engine: Engine) -> None:
    load(engine, make_version("first.pdf"))
    broken = replace(make_version("second.pdf"), grade=Grade.QUARANTINED)
    load(engine, broken, received_at=datetime(2026, 12, 1, tzinfo=UTC))
    (row,) = view_rows(engine, "v_document", "WHERE is_current = 1")
    assert row["file_name"] == "first.pdf"
    assert len(view_rows(engine, "v_observation")) == 1


def test_the_same_bytes_of_two_senders_are_one_paper(engine: Engine) -> None:
    for source, path in (("hue", "hue/b.pdf"), ("an-giang", "an-giang/a.pdf")):
        verdict = make_verdict()
        name = path.partition("/")[2]
        named = replace(verdict, records=replace(verdict.records, file_name=name))
        load(engine, named, source=source, path_name=path)
    papers = view_rows(engine, "v_document", "WHERE ordinal = 0")
    assert [(p["file_name"], p["source"]) for p in papers] == [("a.pdf", "an-giang")]
    sent = view_rows(engine, "v_submission")
    assert {(s["file_name"], s["source"]) for s in sent} == {
        ("a.pdf", "an-giang"),
        ("b.pdf", "hue"),
    }
    assert len(view_rows(engine, "v_observation")) == 3


def test_the_first_time_received_stays(engine: Engine) -> None:
    for month in (5, 3, 8):
        load(engine, make_verdict(), received_at=datetime(2026, month, 1, tzinfo=UTC))
    (sent,) = view_rows(engine, "v_submission")
    assert sent["received_at"] == "2026-03-01T00:00:00.000000Z"
    (paper,) = view_rows(engine, "v_document", "WHERE ordinal = 0")
    assert paper["received_at"] == sent["received_at"]


def test_text_is_kept_in_nfc(engine: Engine) -> None:
    apart = "Tuye\u0302n Quang\x00"
    load(
        engine,
        make_verdict(
            figures=(make_target(unit_raw=apart),),
            issues=(),
            documents=make_records().documents,
        ),
    )
    (row,) = view_rows(engine, "v_target")
    assert row["unit_raw"] == "Tuyên Quang\ufffd"


def test_what_has_no_place_is_refused_not_dropped(engine: Engine) -> None:
    wrong: Any = "chín"
    figures = (make_figure(document=1, year=wrong),)
    with pytest.raises(WarehouseError, match="year = 'chín'"):
        load(engine, make_verdict(figures=figures, issues=()))
    assert view_rows(engine, "v_document") == []


def test_a_figure_too_large_for_its_column_is_told(postgres_url: str) -> None:
    engine = open_warehouse(postgres_url)
    with pytest.raises(WarehouseError, match="out of range"):
        load(engine, make_verdict(figures=(make_figure(year=10**12),), issues=()))
    engine.dispose()


def test_an_unreadable_figure_cannot_be_ok(engine: Engine) -> None:
    silent = replace(make_figure(None), quality=make_figure().quality)
    with pytest.raises(WarehouseError, match=r"(?i)check"):
        load(engine, make_verdict(figures=(silent,), issues=()))


DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda d: abs(d.adjusted()) < 40
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(values=st.lists(DECIMALS, min_size=1, max_size=20))
def test_decimals_come_back_exact(engine: Engine, values: list[Decimal]) -> None:
    figures = tuple(make_figure(value, document=0) for value in values)
    load(engine, make_verdict(figures=figures, issues=()))
    query = select(figure.c.figure_id, figure.c.value_exact, figure.c.value)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    rows.sort(key=lambda row: int(row.figure_id.rpartition("f")[2]))
    assert [str(Decimal(row.value_exact)) for row in rows] == [
        str(Decimal(format(value, "f"))) for value in values
    ]
    for row, value in zip(rows, values, strict=True):
        if engine.dialect.name == "postgresql":
            assert row.value == value
        else:
            assert float(row.value) == float(value)


def test_figures_add_up_compare_and_divide_in_sql(engine: Engine) -> None:
    values = ("0.85", "38", "1647", "9", "10")
    figures = tuple(make_figure(Decimal(v), row_no=n) for n, v in enumerate(values))
    load(engine, make_verdict(figures=figures, issues=()))
    found = view_rows(engine, "v_observation", "WHERE value = 0.85 OR value > 9")
    assert sorted(row["value"] for row in found) == [Decimal("0.85"), 10, 38, 1647]
    (row,) = view_rows(
        engine,
        "(SELECT a.value / b.value AS share, a.value + b.value AS both_of"
        " FROM v_observation a, v_observation b",
        "WHERE a.value = 38 AND b.value = 1647) AS q",
    )
    assert round(row["share"], 6) == Decimal("0.023072")
    assert row["both_of"] == 1685


# --- stopped half way -----------------------------------------------------------


@contextmanager
def stopping_at(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, point: int, stop: Callable[[], Any]
) -> Iterator[list[int]]:
    """Stop at the point-th statement or batch of rows; count them."""
    seen = [0]

    def step(*_: object) -> None:
        seen[0] += 1
        if seen[0] == point:
            stop()

    def counted(connection: Connection, table: str, rows: Any) -> None:
        load_rows(connection, table, rows)
        step()

    load_rows = load_module.insert_rows
    monkeypatch.setattr(load_module, "insert_rows", counted)
    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", step)
        event.remove(engine, "commit", step)
        monkeypatch.undo()


def _raise() -> None:
    raise StoppedError


@pytest.mark.parametrize("before", [None, make_verdict(issues=())], ids=["new", "held"])
def test_stopped_anywhere_nothing_half_is_there(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, before: Verdict | None
) -> None:
    load(engine, make_version("another.pdf"))
    if before is not None:
        load(engine, before)
    held = snapshot(engine)
    point = 0
    while True:
        point += 1
        with stopping_at(engine, monkeypatch, point, _raise) as seen:
            try:
                load(engine, make_verdict())
            except StoppedError:
                pass
            else:
                break
        assert snapshot(engine) == held
    assert point > 20, "the points were not counted"
    assert seen[0] < point
    assert load(engine, make_verdict()).outcome is Outcome.UNCHANGED
    assert snapshot(engine) != held


def _load_and_die(url: str, point: int) -> None:
    engine = open_warehouse(url)
    patch = pytest.MonkeyPatch()
    with stopping_at(engine, patch, point, lambda: os._exit(9)):
        load(engine, make_large("large.pdf", 500))


def test_a_killed_process_leaves_nothing_half(url: str) -> None:
    engine = open_warehouse(url)
    load(engine, make_verdict())
    held = snapshot(engine)
    spawn = multiprocessing.get_context("spawn")
    for point in (8, 12):
        process = spawn.Process(target=_load_and_die, args=(url, point))
        process.start()
        process.join(60)
        assert process.exitcode == 9
        assert snapshot(engine) == held
    assert load(engine, make_large("large.pdf", 500)).figures == 500
    engine.dispose()


def _load_some(url: str, names: list[str]) -> None:
    engine = open_warehouse(url)
    for name in names:
        load(engine, make_verdict(name))
    engine.dispose()


def test_processes_at_once_leave_each_paper_once(url: str) -> None:
    names = [f"{number}.pdf" for number in range(12)]
    spawn = multiprocessing.get_context("spawn")
    processes = [
        spawn.Process(target=_load_some, args=(url, order))
        for order in (names, names[::-1], names[6:] + names[:6])
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    engine = open_warehouse(url)
    found = snapshot(engine)
    for name in names:
        assert load(engine, make_verdict(name)).outcome is Outcome.UNCHANGED
    assert snapshot(engine) == found
    assert len(found["paper"]) == len(found["submission"]) == 12
    assert len(found["figure"]) == 48
    engine.dispose()
