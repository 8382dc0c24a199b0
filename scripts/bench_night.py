"""How fast a night is, beside 'sohoa ingest' of the same scans and over known files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows.inbox import look_into_inbox, sent_of
from warehouse.database import open_warehouse
from warehouse.manifest import known_files, note_sent
from warehouse.runs import RunStatus, finish_run, start_run

SAMPLES = Path(__file__).resolve().parent.parent / "raw" / "samples"
SOHOA = Path(sys.executable).with_name("sohoa")
KNOWN = 10_000
TURNS = 2
"""Each is measured so often, in turn, and the faster counts."""


def main(papers: Sequence[Path], known: int = KNOWN, turns: int = TURNS) -> None:
    """Write seconds of ingest and night and their ratio, and of passing files over."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ingest, night = seconds_of_both(papers, folder, turns)
        _say(
            f"{len(papers)} scanned papers: night {night:.1f} s, "
            f"ingest {ingest:.1f} s, ratio {night / ingest:.2f}"
        )
        looking, whole = seconds_of_known(known, folder / "known")
        _say(
            f"{known} known files: passed over in {looking:.1f} s, "
            f"the whole night with its start {whole:.1f} s"
        )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def seconds_of_both(
    papers: Sequence[Path], folder: Path, turns: int
) -> tuple[float, float]:
    """Return how long ingest and a night take for the same papers, from nothing."""
    ingests, nights = [], []
    for turn in range(turns):
        first = folder / f"ingest-{turn}"
        ingests.append(_seconds(first, "ingest", *map(str, papers)))
        second = folder / f"night-{turn}"
        inbox = second / "raw" / "inbox" / "so"
        inbox.mkdir(parents=True)
        for paper in papers:
            shutil.copy(paper, inbox)
        nights.append(_seconds(second, "serve", "--once"))
    return min(ingests), min(nights)


def seconds_of_known(count: int, home: Path) -> tuple[float, float]:
    """Return how long it takes to pass over files that are known, alone and in all."""
    inbox = home / "raw" / "inbox"
    for number in range(count):
        path = inbox / f"so-{number % 50}" / f"plan-{number}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7\n")
    engine = open_warehouse(f"sqlite:///{home}/sohoa.db")
    start_run(engine, "before", "night", "1")
    seen = (sent_of(one) for one in look_into_inbox(inbox, {}, 0).new)
    note_sent(engine, "before", [replace(one, is_settled=True) for one in seen])
    finish_run(engine, "before", RunStatus.DONE)
    started = time.monotonic()
    delivery = look_into_inbox(inbox, known_files(engine), 0)
    looking = time.monotonic() - started
    engine.dispose()
    if delivery.known != count or delivery.new:
        raise SystemExit(f"{delivery.known} of {count} files are known")
    return looking, _seconds(home, "serve", "--once")


def _seconds(home: Path, *words: str) -> float:
    """Return how long a command takes in a home of its own."""
    environment = {
        **os.environ,
        "SOHOA_HOME": str(home),
        "SOHOA_WAREHOUSE": "",
        "SOHOA_QUIET_SECONDS": "0",
    }
    started = time.monotonic()
    subprocess.run(  # noqa: S603  # our own program
        [str(SOHOA), *words], env=environment, capture_output=True, check=True
    )
    return time.monotonic() - started


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:]]
    main(given or sorted(SAMPLES.glob("*.*00.pdf")))
