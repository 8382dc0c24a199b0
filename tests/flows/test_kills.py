"""Killed at any moment, and the next run completes the work: nothing twice or lost.

A child process takes papers as a night does and kills itself (SIGKILL, as kill -9) just
before its n-th touch of the disk or the database. A night after it must then leave the
warehouse as one that was never disturbed.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytesseract
import pytest
from sqlalchemy import Engine, create_engine, event, text

import expectations.validate  # noqa: F401  # slow to import, so before any child
from extractors.codec import unpack
from extractors.errors import (
    ExitCode,
    KilledError,
    SohoaError,
    StoreError,
    WarehouseError,
)
from extractors.model import Evidence
from extractors.paper import ReadOptions
from extractors.scans.ocr import OcrJob, read_crops
from flows.inbox import look_into_inbox, sent_of
from flows.ledger import Ledger
from flows.paper import Reader, Workbench, take_paper
from flows.store import Store
from tests.flows.home import SAMPLE, SAMPLES
from tests.warehouse.conftest import (  # noqa: F401  # fixtures
    postgres_server,
    postgres_url,
)
from warehouse.database import open_warehouse
from warehouse.manifest import known_files, note_sent
from warehouse.runs import RunStatus, finish_run, start_run
from warehouse.status import has_failed, paper_status

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
FORK = multiprocessing.get_context("fork")
COMPARED = (
    *("paper", "submission", "document", "figure", "assignment", "quality_issue"),
    *("printed_table", "table_cell", "legal_basis", "recipient", "manifest"),
)
PARTS = 8
TIMES = {"loaded_at", "run_id", "received_at", "modified_at", "mark", "submission_id"}


class KeptReader:
    """Gives what was read of the samples before, so that no test waits for it."""

    def read(self, path: Path, *_: object) -> Evidence:
        kept = GOLDEN / f"{_names()[path.stat().st_size]}.evidence.json.zst"
        return unpack(kept.read_bytes(), Evidence)


class KilledReader(KeptReader):
    """Loses its worker, or the program that the worker runs, so many times."""

    def __init__(self, times: int) -> None:
        self._left = times

    def read(self, path: Path, *_: object) -> Evidence:
        self._left -= 1
        if self._left >= 0:
            raise KilledError("the process was killed", todo="Run it again.")
        return super().read(path)


def _names() -> dict[int, str]:
    return {p.stat().st_size: p.stem for p in SAMPLES.glob("*.pdf")}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    for sender in ("a", "b"):
        (inbox / sender).mkdir(parents=True)
        (inbox / sender / "plan.pdf").write_bytes(SAMPLE.read_bytes())
    return tmp_path


def take_night(
    home: Path, url: str, run_id: str, reader: Reader | None = None, tries: int = 1
) -> list[str]:
    """Take what is new in the inbox, each so often; return what failed."""
    engine = open_warehouse(url)
    problems = []
    try:
        new = look_into_inbox(home / "inbox", known_files(engine), 0).new
        bench = Workbench(
            Store(home / "store"),
            reader or KeptReader(),
            engine,
            ReadOptions(),
            "1",
            run_id,
        )
        start_run(engine, run_id, "night", "1")
        note_sent(engine, run_id, map(sent_of, new))
        steps = Ledger(engine, run_id).over(bench.steps())
        for arrival in (one for one in new for _ in range(tries)):
            try:
                take_paper(arrival, steps)
            except SohoaError as error:
                problems.append(str(error))
        finish_run(engine, run_id, RunStatus.DONE)
    finally:
        engine.dispose()
    return problems


@contextmanager
def counting(at_touch: Callable[[], None]) -> Iterator[None]:
    """Call back before each write that reaches the disk or the database."""
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        at_touch()
        real_fsync(handle)

    def replace(self: Path, target: Path) -> Path:
        at_touch()
        return real_replace(self, target)

    def statement(*_: object) -> None:
        at_touch()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        patch.setattr(Path, "replace", replace)
        event.listen(Engine, "before_cursor_execute", statement)
        event.listen(Engine, "commit", statement)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", statement)
            event.remove(Engine, "commit", statement)


def die_at(touch: int, home: Path, url: str) -> None:
    left = touch

    def at_touch() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with counting(at_touch):
        take_night(home, url, "killed")


def contents(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return all rows but for moments and the runs that wrote them."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = {
            table: sorted(
                (
                    {k: v for k, v in row.items() if k not in TIMES}
                    for row in connection.execute(
                        text(f"select * from {table}")
                    ).mappings()
                ),
                key=str,
            )
            for table in COMPARED
        }
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], int]:
    """What a night leaves that nobody killed, and how often it touches anything."""
    home = tmp_path_factory.mktemp("calm")
    for sender in ("a", "b"):
        (home / "inbox" / sender).mkdir(parents=True)
        (home / "inbox" / sender / "plan.pdf").write_bytes(SAMPLE.read_bytes())
    url = f"sqlite:///{home}/w.db"
    open_warehouse(url).dispose()
    touches = 0

    def count() -> None:
        nonlocal touches
        touches += 1

    with counting(count):
        assert take_night(home, url, "calm") == []
    return contents(url), touches


@pytest.mark.parametrize("part", range(PARTS))
def test_the_next_night_completes_what_a_kill_left(
    home: Path, undisturbed: tuple[dict[str, Any], int], part: int
) -> None:
    wanted, touches = undisturbed
    url = f"sqlite:///{home}/w.db"
    open_warehouse(url).dispose()
    child = FORK.Process(target=die_at, args=(touches * part // PARTS, home, url))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    assert half_documents(url) == 0
    assert take_night(home, url, "next") == []
    assert contents(url) == wanted
    assert take_night(home, url, "third") == []
    assert contents(url) == wanted


def test_a_worker_that_is_killed_settles_nothing(
    home: Path, undisturbed: tuple[dict[str, Any], int]
) -> None:
    url = f"sqlite:///{home}/w.db"
    (problem,) = take_night(home, url, "killed", KilledReader(1))
    assert "was killed" in problem
    assert take_night(home, url, "next") == []
    assert contents(url) == undisturbed[0]


def test_a_paper_that_kills_its_reader_again_and_again_is_given_up(home: Path) -> None:
    url = f"sqlite:///{home}/w.db"
    assert len(take_night(home, url, "killed", KilledReader(99), tries=4)) == 8
    assert len(take_night(home, url, "next", KilledReader(99), tries=5)) == 10
    assert take_night(home, url, "third", KilledReader(99)) == []
    engine = open_warehouse(url)
    assert all(has_failed(row) for row in paper_status(engine))
    engine.dispose()


def test_a_tesseract_that_is_killed_is_no_fault_of_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    lives = '[ "$1" = --version ] && echo tesseract 5.3.0 && exit'
    program.write_text(f"#!/bin/sh\n{lives}\nkill -9 $$\n")
    program.chmod(0o700)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
    with pytest.raises(KilledError):
        read_crops([np.full((40, 90), 255, np.uint8)], OcrJob("vie", 7))


def half_documents(url: str) -> int:
    """Return how many papers have a head but not their figures."""
    engine = create_engine(url)
    query = (
        "select count(*) from document d "
        "where not exists (select 1 from figure f where f.document_id = d.document_id)"
    )
    with engine.connect() as connection:
        found = int(connection.execute(text(query)).scalar_one())
    engine.dispose()
    return found


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        ("paper", errno.ENOSPC),
        ("evidence", errno.ENOSPC),
        ("records", errno.EROFS),
        ("verdict", errno.EIO),
    ],
)
def test_a_store_that_refuses_writes_settles_nothing(
    home: Path,
    undisturbed: tuple[dict[str, Any], int],
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    code: int,
) -> None:
    url = f"sqlite:///{home}/w.db"
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name.startswith(stage):
            raise OSError(code, os.strerror(code))
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        first, _ = take_night(home, url, "full")
    assert "cannot be written to" in first
    assert "SOHOA_STORE" in first
    assert not list((home / "store").rglob(".new-*"))
    assert take_night(home, url, "next") == []
    assert contents(url) == undisturbed[0]


def test_a_full_disk_under_the_warehouse_settles_nothing(
    home: Path, undisturbed: tuple[dict[str, Any], int]
) -> None:
    url = f"sqlite:///{home}/w.db"
    open_warehouse(url).dispose()

    def no_room(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 10}")

    event.listen(Engine, "connect", no_room)
    try:
        problems = take_night(home, url, "full")
    finally:
        event.remove(Engine, "connect", no_room)
    assert problems
    assert all("full" in problem for problem in problems)
    assert half_documents(url) == 0
    assert take_night(home, url, "next") == []
    assert contents(url) == undisturbed[0]


def test_a_connection_that_is_cut_settles_nothing(
    home: Path,
    postgres_url: str,  # noqa: F811  # the fixture of that name
    undisturbed: tuple[dict[str, Any], int],
) -> None:
    open_warehouse(postgres_url).dispose()
    cut = []

    def cut_once(connection: Any, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO paper ") and not cut:
            cut.append(True)
            pid = connection.connection.dbapi_connection.info.backend_pid
            with psycopg.connect(postgres_url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (pid,))

    event.listen(Engine, "before_cursor_execute", cut_once)
    try:
        problems = take_night(home, postgres_url, "cut")
    finally:
        event.remove(Engine, "before_cursor_execute", cut_once)
    assert cut
    assert "busy or out of reach" in problems[0]
    assert take_night(home, postgres_url, "next") == []
    found, wanted = contents(postgres_url), undisturbed[0]
    assert {t: len(r) for t, r in found.items()} == {
        t: len(r) for t, r in wanted.items()
    }


def test_status_tells_of_what_a_kill_left(
    home: Path, undisturbed: tuple[dict[str, Any], int]
) -> None:
    url = f"sqlite:///{home}/w.db"
    open_warehouse(url).dispose()
    child = FORK.Process(target=die_at, args=(undisturbed[1] // 2, home, url))
    child.start()
    child.join(60)
    engine = open_warehouse(url)
    assert any(has_failed(row) for row in paper_status(engine))
    engine.dispose()


@pytest.mark.parametrize("error", [StoreError, WarehouseError])
def test_trouble_of_the_house_has_its_own_name(error: type[SohoaError]) -> None:
    assert error("x", todo="y").exit_code in (ExitCode.FAILED, ExitCode.WAREHOUSE)
