"""A night among files that are broken or mean harm: each ends as documented."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from extractors.errors import SohoaError
from flows.inbox import look_into_inbox
from flows.ledger import Ledger
from flows.paper import take_paper
from flows.settings import Settings
from flows.show import to_json
from flows.store import Arrival
from flows.workbench import open_workbench
from tests.zoo.animals import LOADED, ZOO, Animal
from warehouse.models import document, paper, quality_issue
from warehouse.runs import start_run
from warehouse.status import PaperStatus, paper_status

MEGABYTE = 1 << 20
EMPTY = {"nothing_found", "page_unread"}
"""Doubts that say that nothing, or hardly anything, could be read."""
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "night.md"


@dataclass
class Night:
    """What came of the night, and the most memory that one process had."""

    folder: Path
    stati: dict[Path, PaperStatus]
    documents: int = 0
    papers: int = 0
    peaks: dict[int, int] = field(default_factory=dict)
    doubts: set[tuple[str, str]] = field(default_factory=set)
    """Which file, by its hash, has which doubt."""


def worker_peaks() -> Iterator[tuple[int, int]]:
    """Yield each process under this one with the most memory it ever had, in kB."""
    parents: dict[int, int] = {}
    peaks: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "status").read_text()
            except OSError:
                continue
            found = dict(re.findall(r"^(PPid|VmHWM):\s+(\d+)", told, re.M))
            parents[int(entry.name)] = int(found["PPid"])
            peaks[int(entry.name)] = int(found.get("VmHWM", 0))
    for pid, peak in peaks.items():
        above = parents.get(pid)
        while above and above != os.getpid():
            above = parents.get(above)
        if above == os.getpid():
            yield pid, peak


@contextmanager
def watching(peaks: dict[int, int]) -> Iterator[None]:
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            peaks.update(worker_peaks())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def take_all(arrivals: list[Arrival], settings: Settings) -> Night:
    """Take the papers as the flow does, without Prefect."""
    night = Night(settings.home, {})
    with open_workbench(settings, "run") as bench, watching(night.peaks):
        start_run(bench.engine, "run", "night", "1")
        steps = Ledger(bench.engine, "run").over(bench.steps())

        def take(arrival: Arrival) -> None:
            try:
                take_paper(arrival, steps)
            except SohoaError:
                return

        with ThreadPoolExecutor(3) as threads:
            list(threads.map(take, arrivals))
        rows = {row.path_name: row for row in paper_status(bench.engine)}
        night.stati = {a.path: rows[a.name] for a in arrivals if a.name in rows}
        with bench.engine.connect() as connection:
            count = select(func.count())
            night.documents = connection.execute(count.select_from(document)).scalar()
            night.papers = connection.execute(count.select_from(paper)).scalar()
            query = select(paper.c.file_sha256, quality_issue.c.check_code)
            query = query.join(document, document.c.paper_id == paper.c.paper_id)
            of_document = quality_issue.c.document_id == document.c.document_id
            rows_of = connection.execute(query.join(quality_issue, of_document))
            night.doubts = {(sha256, code) for sha256, code in rows_of}
    return night


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zoo") / "raw" / "inbox" / "zoo"
    folder.mkdir(parents=True)
    for one in ZOO:
        (folder / one.name).write_bytes(one.make())
    (folder / "link.pdf").symlink_to("/etc/passwd")
    (folder / "links").symlink_to("/etc")
    os.mkfifo(folder / "pipe.pdf")
    with (folder / "large.pdf").open("wb") as file:
        file.truncate(400 * MEGABYTE)
    return folder


@pytest.fixture(scope="module")
def night(zoo: Path) -> Night:
    settings = Settings(home=zoo.parents[2], workers=2, page_memory_mb=1024)
    found = look_into_inbox(settings.inbox_dir, {}, 0).new
    return take_all(list(found), settings)


@pytest.mark.parametrize("one", ZOO, ids=lambda one: ascii(one.name))
def test_each_ends_as_documented(night: Night, zoo: Path, one: Animal) -> None:
    row = night.stati[zoo / one.name]
    # Those that are whole have the same bytes, so all but the first are unchanged.
    status = LOADED if row.status == "unchanged" else row.status
    assert (status, row.reason) == (one.status, row.reason)
    if status == LOADED:
        doubts = {code for sha, code in night.doubts if sha == row.file_sha256}
        assert bool(doubts & EMPTY) == bool(one.said)
        assert one.said in {*doubts, ""}
    else:
        assert one.said in (row.reason or "")
    assert "defect" not in (row.reason or "")
    assert bool(row.todo) == (status != LOADED)


@pytest.mark.parametrize(
    ("name", "said"), [("link.pdf", "a link"), ("links", "a link"), ("pipe.pdf", "no")]
)
def test_what_is_no_file_is_not_opened(
    night: Night, zoo: Path, name: str, said: str
) -> None:
    row = night.stati[zoo / name]
    assert (row.stage, row.status) == ("register", "failed")
    assert said in (row.reason or "")


def test_a_large_file_is_not_copied(night: Night, zoo: Path) -> None:
    row = night.stati[zoo / "large.pdf"]
    assert (row.stage, row.status) == ("register", "failed")
    kept = [p for p in (night.folder / "raw" / "store").rglob("*") if p.is_file()]
    assert max(path.stat().st_size for path in kept) < 50 * MEGABYTE


def test_memory_stays_small(night: Night) -> None:
    assert night.peaks
    assert max(night.peaks.values()) < MEGABYTE  # kB: one gigabyte


def test_nothing_half_is_in_the_warehouse(night: Night) -> None:
    loaded = {s.file_sha256 for s in night.stati.values() if s.stage == "load"}
    assert night.papers == len(loaded)
    assert night.documents >= night.papers


def test_nothing_is_written_beside_store_and_warehouse(night: Night) -> None:
    beside = {p.name for p in night.folder.iterdir()} - {"raw"}
    assert beside <= {"sohoa.db", "sohoa.db-wal", "sohoa.db-shm"}
    assert {p.name for p in (night.folder / "raw").iterdir()} == {"inbox", "store"}
    assert not Path("/tmp/zoo").exists()
    names = {p.name for p in (night.folder / "raw" / "store").glob("*/*/*")}
    assert all(
        re.fullmatch(r"(paper|\w+-\w+)\.(pdf|image|json\.zst)", n) for n in names
    )


def test_no_two_names_are_one_and_all_can_be_shown(night: Night) -> None:
    names = [row.path_name for row in night.stati.values()]
    assert len(names) == len(set(names)) == len(ZOO) + 4
    assert all(name.isprintable() for name in names)
    assert json.loads(to_json(list(night.stati.values())))


def test_the_guide_tells_of_each() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert len(ZOO) >= 40
    for one in ZOO:
        word = "loaded" if one.status == LOADED else "failed"
        end = f"{word}: {one.said}".rstrip(": ")
        assert f"| {one.kind} | {end} |" in guide
