"""The pool: whole papers, and pages that hang, swell or die."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import forkserver
from pathlib import Path

import pytest
from pdfs import PdfMaker
from workers import read_badly

from extractors import pool
from extractors.codec import pack, unpack
from extractors.errors import (
    FileMissingError,
    KilledError,
    SohoaError,
    StoppedError,
    TerminalError,
)
from extractors.model import Evidence, TextSource
from extractors.pool import PageReader
from extractors.read import ReadOptions

BROKEN = BrokenProcessPool("all workers expired")


def write_paper(path: Path, pages: int = 3) -> Path:
    maker = PdfMaker()
    for number in range(pages):
        page = maker.page()
        for row in range(5):
            page.text(60, 100 + 18 * row, f"Kế hoạch giảm nghèo năm {2016 + number}")
    return maker.save(path)


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    with PageReader(ReadOptions(page_seconds=2.0), workers=2) as one:
        yield one


def test_a_paper(reader: PageReader, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    evidence = reader.read(
        write_paper(tmp_path / "plan.pdf"), lambda *state: seen.append(state)
    )
    assert [p.page_no for p in evidence.pages] == [1, 2, 3]
    assert evidence.pages[2].lines[0].text == "Kế hoạch giảm nghèo năm 2018"
    assert evidence.text_source is TextSource.TEXT_LAYER
    assert evidence.file_name == "plan.pdf"
    assert "pdfplumber" in evidence.reader
    assert seen == [("plan.pdf", 1, 3), ("plan.pdf", 2, 3), ("plan.pdf", 3, 3)]
    assert unpack(pack(evidence), Evidence) == evidence


def test_an_input_error_is_the_caller_s(reader: PageReader, tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        reader.read(tmp_path / "nothing.pdf")


@pytest.mark.parametrize(
    ("name", "what"),
    [("dies", "died"), ("hangs", "longer than 2 seconds"), ("swells", "memory")],
)
def test_a_bad_page_is_named_and_the_pool_goes_on(
    reader: PageReader,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    what: str,
) -> None:
    monkeypatch.setattr(pool, "read_page", read_badly)
    path = write_paper(tmp_path / f"{name}.pdf")
    with pytest.raises(TerminalError, match=what) as caught:
        reader.read(path)
    assert caught.value.page_no == 2
    assert caught.value.file == str(path)
    after = reader.read(write_paper(tmp_path / "after.pdf"))
    assert len(after.pages) == 3


def test_a_process_killed_from_outside_is_no_fault_of_the_paper(
    reader: PageReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "read_page", read_badly)
    with pytest.raises(KilledError) as caught:
        reader.read(write_paper(tmp_path / "killed.pdf"))
    assert caught.value.page_no == 2


@pytest.mark.parametrize(
    ("end", "error"),
    [
        (lambda reader: kill_fork_server(), KilledError),
        (
            lambda reader: reader._pool._pool_manager.handle_broken_pool(BROKEN),
            KilledError,
        ),
        (lambda reader: reader.close(at_once=True), StoppedError),
    ],
    ids=["their parent is killed", "they break down", "the reader is closed"],
)
def test_a_paper_whose_workers_end_is_tried_again_unless_that_was_wanted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[PageReader], None],
    error: type[SohoaError],
) -> None:
    monkeypatch.setattr(pool, "read_page", read_badly)
    path = write_paper(tmp_path / "hangs.pdf")
    with ThreadPoolExecutor(1) as thread, PageReader(workers=1) as reader:
        reading = thread.submit(reader.read, path)
        while not path.with_suffix(".child").exists():
            time.sleep(0.05)
        end(reader)
        with pytest.raises(error):
            reading.result()
    end_child(path)


def kill_fork_server() -> None:
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)


def end_child(path: Path) -> None:
    with suppress(ProcessLookupError):
        os.kill(int(path.with_suffix(".child").read_text()), signal.SIGKILL)


def test_what_a_stopped_page_started_ends_too(
    reader: PageReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "read_page", read_badly)
    path = write_paper(tmp_path / "hangs.pdf")
    with pytest.raises(TerminalError):
        reader.read(path)
    child = int(path.with_suffix(".child").read_text())
    deadline = time.monotonic() + 5
    while _is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(child)


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
