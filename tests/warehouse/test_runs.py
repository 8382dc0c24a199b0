from __future__ import annotations

from decimal import Decimal

import pytest
from builders import load, make_figure, make_verdict, make_version, sha, view_rows
from sqlalchemy import Engine, text

from extractors.errors import WarehouseError
from warehouse.database import reading
from warehouse.runs import (
    ItemStatus,
    RunItem,
    RunStatus,
    Stage,
    finish_run,
    record_item,
    record_items,
    start_run,
)
from warehouse.status import paper_status, unknown_labels
from warehouse.withdraw import withdraw_paper


def test_a_run_is_kept_from_start_to_end(engine: Engine) -> None:
    start_run(engine, "r1", "ingest a.pdf", "0.1.0", {"dpi": 300})
    (row,) = view_rows(engine, "run")
    assert (row["status"], row["finished_at"]) == ("running", None)
    assert row["options"] == '{"dpi":300}'
    finish_run(engine, "r1", RunStatus.DONE)
    (row,) = view_rows(engine, "run")
    assert row["status"] == "done"
    assert row["started_at"] <= row["finished_at"]
    start_run(engine, "r1", "ingest a.pdf", "0.1.0")
    assert [r["status"] for r in view_rows(engine, "run")] == ["running"]


def test_items_need_a_run(engine: Engine) -> None:
    with pytest.raises(WarehouseError):
        record_item(engine, "never", RunItem("a.pdf", Stage.READ, ItemStatus.DONE))


def test_a_stage_recorded_again_is_one_row(engine: Engine) -> None:
    start_run(engine, "r1", "ingest", "0.1.0")
    for attempts, status in ((1, ItemStatus.RUNNING), (2, ItemStatus.DONE)):
        record_item(
            engine, "r1", RunItem("a.pdf", Stage.READ, status, attempts=attempts)
        )
    (row,) = view_rows(engine, "run_item")
    assert (row["status"], row["attempts"]) == ("done", 2)


def test_status_tells_papers_and_files_that_are_none(engine: Engine) -> None:
    start_run(engine, "r1", "ingest", "0.1.0")
    load(engine, make_verdict(), run_id="r1")
    record_items(
        engine,
        "r1",
        [
            RunItem("in/bim-son.pdf", stage, ItemStatus.DONE, seconds=1.5,
                    file_sha256=sha("bim-son.pdf"))
            for stage in Stage
        ],
    )  # fmt: skip
    missing = RunItem(
        "in/không có.pdf",
        Stage.REGISTER,
        ItemStatus.FAILED,
        reason="there is no such file",
        todo="See that the path is right",
    )
    record_item(engine, "r1", missing)
    found, none = paper_status(engine)
    assert (found.path_name, found.stage, found.status) == (
        *("in/bim-son.pdf", "load", "done"),
    )
    assert (found.grade, found.documents, found.figures, found.issues) == (
        *("doubtful", 2, 4, 2),
    )
    assert (none.file_name, none.reason, none.grade, none.figures) == (
        *("không có.pdf", "there is no such file", None, None),
    )


def test_status_and_unknown_labels_know_withdrawn_papers(engine: Engine) -> None:
    start_run(engine, "r1", "ingest", "0.1.0")
    other = make_figure(indicator="other", indicator_label="Số hộ có bò", document=1)
    load(engine, make_verdict(figures=(other,), issues=()), run_id="r1")
    item = RunItem("a.pdf", Stage.LOAD, ItemStatus.DONE, file_sha256=sha("bim-son.pdf"))
    record_item(engine, "r1", item)
    (before,) = paper_status(engine)
    assert unknown_labels(engine) != ()
    withdraw_paper(engine, "bim-son.pdf", done_by="Lan", why="wrong office")
    (after,) = paper_status(engine)
    assert (before.is_withdrawn, after.is_withdrawn) == (0, 1)
    assert unknown_labels(engine) == ()


def test_status_is_the_latest_word_on_each_file(engine: Engine) -> None:
    for run_id, status in (("r1", ItemStatus.FAILED), ("r2", ItemStatus.DONE)):
        start_run(engine, run_id, "ingest", "0.1.0")
        record_item(engine, run_id, RunItem("a.pdf", Stage.READ, status))
    record_item(engine, "r1", RunItem("b.pdf", Stage.READ, ItemStatus.DONE))
    assert [(s.path_name, s.status, s.run_id) for s in paper_status(engine)] == [
        ("a.pdf", "done", "r2"),
        ("b.pdf", "done", "r1"),
    ]
    assert [s.status for s in paper_status(engine, "r1")] == ["failed", "done"]


def test_unknown_labels_come_by_frequency(engine: Engine) -> None:
    def other(label: str, times: int, **changes: object) -> list[object]:
        figure = make_figure(
            Decimal(1), indicator="other", indicator_label=label, **changes
        )
        return [figure] * times

    figures = (*other("Số bò cái", 1), *other("Số lớp học", 3), make_figure())
    verdict = make_version("a.pdf")
    load(engine, make_verdict("b.pdf", figures=figures, issues=()))
    load(engine, verdict)
    found = unknown_labels(engine)
    assert [(u.label, u.times, u.file_name, u.page) for u in found] == [
        ("Số lớp học", 3, "b.pdf", 1),
        ("Số bò cái", 1, "b.pdf", 1),
    ]


def test_what_a_run_loaded_leads_back_to_it(engine: Engine) -> None:
    start_run(engine, "r1", "ingest", "0.1.0")
    load(engine, make_verdict(), run_id="r1")
    row = view_rows(engine, "v_document")[0]
    assert (row["run_id"], row["code_version"], row["reader"]) == (
        *("r1", "0.1.0", "pdfplumber 0.11"),
    )
    with pytest.raises(WarehouseError):
        load(engine, make_verdict("other.pdf"), run_id="never started")


def test_the_end_of_a_run_counts_what_there_is(engine: Engine) -> None:
    start_run(engine, "r1", "ingest", "0.1.0")
    load(engine, make_verdict(), run_id="r1")
    finish_run(engine, "r1", RunStatus.DONE)
    if engine.dialect.name == "postgresql":
        query = "SELECT reltuples FROM pg_class WHERE relname = 'figure'"
    else:
        query = "SELECT max(stat) FROM sqlite_stat1 WHERE tbl = 'figure'"
    with reading(engine) as connection:
        counted = connection.execute(text(query)).scalar()
    assert int(str(counted).split()[0].split(".")[0]) == 4
