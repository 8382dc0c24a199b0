"""Commands that keep, take back and hand out: on a home with one paper loaded."""

from __future__ import annotations

import asyncio
import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.errors import ExitCode
from flows.engine import open_engine
from flows.explore import make_datasette
from flows.settings import Settings
from flows.store import Arrival, Store
from tests.flows.home import Home
from tests.warehouse.builders import make_trace, make_verdict
from warehouse.load import load_verdict

BY = ("--by", "Lan", "--why", "sent twice")
NAME = "Nguyễn Văn An"


@pytest.fixture
def loaded(home: Home, tmp_path: Path) -> Home:
    """A home whose store and warehouse hold one paper that lists a person."""
    settings = Settings(home=home.folder)
    paper = tmp_path / "bim-son.pdf"
    paper.write_bytes(b"%PDF-1.4 made up")
    stored = Store(settings.store_dir).put(
        Arrival(paper, "bim-son.pdf", None, datetime.now(UTC)), max_bytes=1 << 20
    )
    verdict = make_verdict()
    records = replace(verdict.records, file_sha256=stored.sha256)
    verdict = replace(verdict, records=records)
    engine = open_engine(settings)
    load_verdict(engine, verdict, make_trace(verdict))
    engine.dispose()
    return home


def count(home: Home, table: str) -> int:
    answer = home.run("sql", f"select count(*) as n from {table}", "-f", "json")
    return json.loads(answer.stdout)[0]["n"]


def test_withdrawing_and_taking_it_back(loaded: Home) -> None:
    assert loaded.run("withdraw", "bim-son.pdf", *BY).exit_code == ExitCode.OK
    assert count(loaded, "v_document") == 0
    answer = loaded.run("withdraw", "bim-son.pdf", *BY, "--undo")
    assert "back in view" in answer.stdout
    assert count(loaded, "v_document") == 2
    assert count(loaded, "withdrawal") == 2


def test_a_name_and_a_reason_are_needed(loaded: Home) -> None:
    assert loaded.run("withdraw", "bim-son.pdf").exit_code == ExitCode.USAGE
    answer = loaded.run("withdraw", "other.pdf", *BY)
    assert (answer.exit_code, len(answer.errors)) == (ExitCode.USAGE, 1)


def test_people_are_asked_for_by_saying_so(loaded: Home) -> None:
    query = "select text from person_cell"
    refused = loaded.run("sql", query)
    assert refused.exit_code == ExitCode.USAGE
    assert NAME not in refused.stdout + refused.stderr
    assert NAME in loaded.run("sql", query, "--people").stdout


@pytest.mark.parametrize(("more", "kept"), [((), True), (("--file",), False)])
def test_people_are_purged(loaded: Home, more: tuple[str, ...], kept: bool) -> None:
    answer = loaded.run("purge-people", "bim-son.pdf", *BY, *more)
    assert "1 cells purged" in answer.stdout
    assert ("--file" in answer.stderr) == kept
    assert NAME not in loaded.run("sql", "select * from person_cell", "--people").stdout
    store = loaded.folder / "raw" / "store"
    assert any(store.rglob("paper.pdf")) == kept


def test_a_restored_home_is_the_same(loaded: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    assert loaded.run("backup", str(folder)).exit_code == ExitCode.OK
    again = loaded.run("backup", str(folder))
    assert (again.exit_code, len(again.errors)) == (ExitCode.USAGE, 1)
    other = Home(tmp_path / "other")
    assert other.run("restore", str(folder)).exit_code == ExitCode.OK
    for table in ("v_document", "v_observation", "table_cell"):
        query = ("sql", f"select * from {table}", "-f", "csv")
        assert other.run(*query).stdout == loaded.run(*query).stdout
    assert stored(other) == stored(loaded)
    refused = other.run("restore", str(folder))
    assert (refused.exit_code, len(refused.errors)) == (ExitCode.USAGE, 1)


def stored(home: Home) -> dict[str, bytes]:
    store = home.folder / "raw" / "store"
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in store.rglob("*")
        if path.is_file()
    }


def test_a_backup_that_changed_is_not_restored(loaded: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    loaded.run("backup", str(folder))
    (paper,) = folder.rglob("paper.pdf")
    paper.write_bytes(b"other bytes")
    other = Home(tmp_path / "other")
    answer = other.run("restore", str(folder))
    assert (answer.exit_code, len(answer.errors)) == (ExitCode.USAGE, 1)
    assert not (other.folder / "raw" / "store").exists()
    (folder / "manifest.json").unlink()
    assert "no backup" in other.run("restore", str(folder)).stderr


def test_every_view_is_exported(loaded: Home, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = loaded.run("export", "--to", str(out), "-f", "csv")
    assert answer.exit_code == ExitCode.OK, answer.stderr
    assert (out / "v_unit_year.csv").exists()
    assert not list(out.glob("person*"))
    every = "".join(path.read_text(encoding="utf-8-sig") for path in out.iterdir())
    assert NAME not in every


def test_an_answer_is_exported(loaded: Home, tmp_path: Path) -> None:
    out = tmp_path / "out"
    loaded.run("export", "-q", "select 1 as one", "-f", "csv", "--to", str(out))
    with (out / "query.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["one"], ["1"]]


@pytest.mark.parametrize(
    "words",
    [("nothing",), ("-f", "doc"), ("v_target", "-q", "select 1"), ("person_cell",)],
)
def test_what_cannot_be_exported_is_a_line(
    loaded: Home, words: tuple[str, ...]
) -> None:
    answer = loaded.run("export", *words)
    assert answer.exit_code == ExitCode.USAGE
    assert not answer.stdout


def test_the_gap_is_shown(loaded: Home, tmp_path: Path) -> None:
    path = tmp_path / "expected.csv"
    path.write_text("unit_code,unit_name,year\n381,Thị xã Bỉm Sơn,2018-2019\n")
    first = json.loads(loaded.run("expect", str(path), "--json").stdout)
    assert [row["year"] for row in first] == [2019]
    assert json.loads(loaded.run("expect", "--json").stdout) == first


def test_roles_are_of_postgres(loaded: Home) -> None:
    answer = loaded.run("grant-readonly", "analyst")
    assert (answer.exit_code, len(answer.errors)) == (ExitCode.USAGE, 1)


def test_the_browser_shows_recipes_and_no_person(loaded: Home) -> None:
    datasette = make_datasette(loaded.folder / "sohoa.db")

    async def get(path: str) -> tuple[int, str]:
        response = await datasette.client.get(path)
        return response.status_code, response.text

    async def look() -> None:
        status, page = await get("/sohoa")
        assert status == 200
        assert "Who owes what by when?" in page
        status, page = await get("/sohoa/calendar.json?_shape=array")
        assert status == 200
        assert "2018-11-30" in page
        for path in (
            "/sohoa/person_cell",
            "/sohoa/person_cell.json",
            "/sohoa.json?sql=select+text+from+person_cell",
            "/sohoa.db",
        ):
            status, page = await get(path)
            assert status >= 400
            assert NAME not in page

    asyncio.run(look())
