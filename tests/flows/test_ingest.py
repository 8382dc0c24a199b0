"""The flow: good papers beside bad ones, twice, and with a busy warehouse."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from extractors.errors import ExitCode, WarehouseBusyError
from flows import shift as flow_module
from tests.flows.home import SAMPLE, Answer, Home

pytestmark = pytest.mark.usefixtures("prefect_server")

VIEWS = (
    "v_document", "v_observation", "v_target", "v_assignment", "v_legal_basis",
    "v_recipient", "v_quality_issue",
)  # fmt: skip


@pytest.fixture(scope="module")
def evening(
    tmp_path_factory: pytest.TempPathFactory,
    prefect_server: None,
    bad_papers: dict[str, Path],
) -> tuple[Home, Answer]:
    """One run over a good paper and one of each bad kind."""
    home = Home(tmp_path_factory.mktemp("evening"))
    answer = home.run("ingest", *map(str, bad_papers.values()), str(SAMPLE))
    return home, answer


def rows(home: Home, view: str) -> list[dict[str, object]]:
    answer = home.run("sql", f"select * from {view}", "--format", "json")
    return sorted(json.loads(answer.stdout), key=str)


def test_bad_papers_do_not_stop_the_good_one(evening: tuple[Home, Answer]) -> None:
    home, answer = evening
    assert {row["file_name"] for row in rows(home, "v_document")} == {SAMPLE.name}
    assert "1 of 6 papers" in answer.stdout


def test_every_bad_paper_is_one_line_that_names_it(
    evening: tuple[Home, Answer], bad_papers: dict[str, Path]
) -> None:
    errors = evening[1].errors
    assert len(errors) == len(bad_papers)
    for path in bad_papers.values():
        (line,) = [line for line in errors if str(path) in line]
        what, todo = line.split(". ", 1)
        assert what
        assert todo.endswith(".")
        assert "Traceback" not in line


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing", "no such file"),
        ("empty", "empty"),
        ("text", "neither a PDF nor"),
        ("encrypted", "password"),
        ("cut", "damaged"),
    ],
)
def test_every_bad_paper_has_a_row_in_status(
    evening: tuple[Home, Answer], bad_papers: dict[str, Path], name: str, said: str
) -> None:
    stati = json.loads(evening[0].run("status", "--json").stdout)
    (row,) = [r for r in stati if r["path_name"] == str(bad_papers[name])]
    assert row["status"] == "failed"
    assert said in row["reason"]
    assert row["todo"]


def test_the_good_paper_is_loaded(evening: tuple[Home, Answer]) -> None:
    stati = json.loads(evening[0].run("status", "--json").stdout)
    (row,) = [r for r in stati if r["path_name"] == str(SAMPLE)]
    assert (row["stage"], row["status"]) == ("load", "done")
    assert row["figures"] > 0


def test_failures_of_one_kind_give_its_exit_code(evening: tuple[Home, Answer]) -> None:
    assert evening[1].exit_code == ExitCode.INPUT


def test_the_same_paper_twice_gives_the_same_rows(evening: tuple[Home, Answer]) -> None:
    home, _ = evening
    before = {view: rows(home, view) for view in VIEWS}
    again = home.run("ingest", str(SAMPLE))
    assert again.exit_code == ExitCode.OK
    assert "unchanged" in again.stdout
    assert {view: rows(home, view) for view in VIEWS} == before


def test_nobody_else_may_look(evening: tuple[Home, Answer]) -> None:
    folder = evening[0].folder
    kept = [folder / "sohoa.db", *(folder / "raw" / "store").rglob("*")]
    open_to_others = [p for p in kept if stat.S_IMODE(p.stat().st_mode) & 0o077]
    assert not open_to_others


def test_a_busy_warehouse_is_tried_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []
    real = flow_module.Workbench.load

    def busy_twice(self: flow_module.Workbench, paper: object) -> object:
        tries.append("load")
        if len(tries) < 3:
            raise WarehouseBusyError("the warehouse is locked", todo="Wait.")
        return real(self, paper)

    monkeypatch.setattr(flow_module.Workbench, "load", busy_twice)
    monkeypatch.setattr(flow_module, "RETRY_DELAYS_S", [0.0, 0.0, 0.0])
    answer = home.run("ingest", str(SAMPLE))
    assert answer.exit_code == ExitCode.OK
    assert len(tries) == 3
    (row,) = json.loads(home.run("status", "--json").stdout)
    assert (row["status"], row["attempts"]) == ("done", 3)


def test_a_bad_paper_is_never_tried_again(
    home: Home, bad_papers: dict[str, Path]
) -> None:
    home.run("ingest", str(bad_papers["encrypted"]))
    (row,) = json.loads(home.run("status", "--json").stdout)
    assert (row["stage"], row["attempts"]) == ("read", 1)


def test_a_defect_is_one_line_and_stops_no_other_paper(
    home: Home, monkeypatch: pytest.MonkeyPatch, bad_papers: dict[str, Path]
) -> None:
    def broken(self: object, paper: object) -> None:
        raise KeyError("column")

    monkeypatch.setattr(flow_module.Workbench, "parse", broken)
    answer = home.run("ingest", str(SAMPLE), str(bad_papers["empty"]))
    assert answer.exit_code == ExitCode.FAILED
    (line,) = [line for line in answer.errors if SAMPLE.name in line]
    assert "KeyError" in line
    assert "Traceback" not in answer.stderr
    assert "0 of 2 papers" in answer.stdout
