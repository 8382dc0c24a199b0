"""How fast scans are read, beside what Tesseract alone needs for the same pages.

The floor is plain Tesseract with TSV output, two processes of one thread each, over the
straightened pages; it is measured in the same run, so that a busy machine slows both.
Where ocrmypdf is installed, it too takes the same files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

import cv2
import psutil
import pypdfium2

from extractors import raster
from extractors.paper import ReadOptions
from extractors.scans import scan
from extractors.scans.straighten import straighten

SAMPLES = Path(__file__).resolve().parent.parent / "raw" / "samples"
SOHOA = Path(sys.executable).with_name("sohoa")
OPTIONS = ReadOptions()
STEPS = {
    "straighten": "made straight",
    "find_page_tables": "ruled tables found",
    "read_prose": "prose read",
    "find_unruled": "other tables found",
    "build_table": "cells read",
    "arrange_words": "lines arranged",
}
"""Functions of ``extractors.scans.scan``, each a step."""
LOADED = "image loaded"
READ_BY, WITHIN = "prose read", "Tesseract on prose"
LONG = 200
"""Pages of the scan whose reading must not need more memory than a short one's."""
WATCH_SECONDS = 0.2

Page = tuple[Path, int]


def main(papers: Sequence[Path]) -> None:
    """Write pages a minute, the ratio to the floor, time by step, and memory."""
    os.environ.update(OMP_THREAD_LIMIT="1", OPENCV_FOR_THREADS_NUM="1")
    pages = list(_pages(papers))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor = seconds_of_floor(pages, folder)
        whole = seconds_of_ingest(papers, folder)
        _say(
            f"{len(pages)} scanned pages: {60 * len(pages) / whole:.0f} a minute, "
            f"{whole:.1f} s from file to warehouse; Tesseract alone {floor:.1f} s, "
            f"ratio {whole / floor:.2f}"
        )
        beside = seconds_of_ocrmypdf(papers, folder)
        if beside is None:
            _say("  ocrmypdf is not installed: not compared")
        else:
            _say(f"  ocrmypdf {beside:.1f} s, ratio {whole / beside:.2f}")
        for step, (own, tesseract) in times_by_step(pages).items():
            _say(f"  {step:20}{own:8.0f} ms a page, Tesseract {tesseract:6.0f} ms")
        for count in (LONG // 10, LONG):
            paper = write_long_scan(pages[0], count, folder)
            _say(f"  {count} pages: no process above {peak_memory(paper):.0f} MB")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _pages(papers: Sequence[Path]) -> Iterator[Page]:
    for paper in papers:
        for number in range(1, len(pypdfium2.PdfDocument(paper)) + 1):
            yield paper, number


def seconds_of_floor(pages: Sequence[Page], folder: Path) -> float:
    """Return how long Tesseract takes for the straightened pages, two at a time."""
    images = []
    for paper, number in pages:
        page = raster.load_page_image(paper, number, max_pixels=OPTIONS.max_pixels)
        images.append(folder / f"{len(images)}.pgm")
        cv2.imwrite(str(images[-1]), straighten(page.pixels).gray)
    started = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_run_tesseract, images))
    return time.monotonic() - started


def _run_tesseract(image: Path) -> None:
    command = ["tesseract", str(image), str(image), "-l", "vie", "tsv"]
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603


def seconds_of_ocrmypdf(papers: Sequence[Path], folder: Path) -> float | None:
    """Return how long ocrmypdf takes for the same files, None where it is not there."""
    program = shutil.which("ocrmypdf")
    if program is None:
        return None
    options = ["--deskew", "--rotate-pages", "--jobs", "2", "-l", "vie", "--quiet"]
    started = time.monotonic()
    for paper in papers:
        command = [program, *options, str(paper), str(folder / "searchable.pdf")]
        subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    return time.monotonic() - started


def seconds_of_ingest(papers: Sequence[Path], folder: Path) -> float:
    """Return how long 'sohoa ingest' takes into an empty warehouse."""
    environment = _home(folder)
    # As on every night but the first: Prefect's own database is there.
    ready = [str(SOHOA), "doctor"]
    subprocess.run(ready, env=environment, capture_output=True, check=True)  # noqa: S603
    command = [str(SOHOA), "ingest", *map(str, papers)]
    started = time.monotonic()
    subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603
    return time.monotonic() - started


def _home(folder: Path) -> dict[str, str]:
    return {**os.environ, "SOHOA_HOME": str(folder / "home"), "SOHOA_WORKERS": "2"}


def times_by_step(pages: Sequence[Page]) -> dict[str, tuple[float, float]]:
    """Return CPU milliseconds a page of each step, own and Tesseract's."""
    own: Counter[str] = Counter()
    tesseract: Counter[str] = Counter()

    def timed(function: Callable[..., Any], step: str) -> Callable[..., Any]:
        @wraps(function)
        def run(*args: Any, **named: Any) -> Any:
            before = os.times()
            try:
                return function(*args, **named)
            finally:
                after = os.times()
                spent = after.user + after.system - before.user - before.system
                called = after.children_user - before.children_user
                called += after.children_system - before.children_system
                own[step] += spent
                tesseract[step] += called
                if step == WITHIN:  # the library, called by this step
                    own[READ_BY] -= spent
                    tesseract[READ_BY] += spent

        return run

    with ExitStack() as stack:
        for name, step in [*STEPS.items(), ("read_picture", WITHIN)]:
            function = timed(getattr(scan, name), step)
            stack.enter_context(patch.object(scan, name, function))
        load = timed(raster.load_page_image, LOADED)
        for paper, number in pages:
            image = load(paper, number, max_pixels=OPTIONS.max_pixels)
            scan.read_scanned_page(image, OPTIONS)
    per_page = 1000 / len(pages)
    steps = [LOADED, *STEPS.values()]
    return {s: (own[s] * per_page, tesseract[s] * per_page) for s in steps}


def write_long_scan(page: Page, count: int, folder: Path) -> Path:
    """Write a PDF of one scanned page, many times over."""
    source = pypdfium2.PdfDocument(page[0])
    long = pypdfium2.PdfDocument.new()
    for _ in range(count):
        long.import_pages(source, [page[1] - 1])
    path = folder / f"long-{count}.pdf"
    long.save(path)
    return path


def peak_memory(paper: Path) -> float:
    """Return the most memory (MB) that a process had while the paper was taken in."""
    command = [str(SOHOA), "ingest", str(paper)]
    environment = _home(paper.parent)
    peak = 0.0
    with subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        while running.poll() is None:
            peak = max(peak, *_memories(running.pid))
            time.sleep(WATCH_SECONDS)
    return peak / 1e6


def _memories(pid: int) -> list[float]:
    found = [0.0]
    try:
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            found.append(float(process.memory_info().rss))
    except psutil.NoSuchProcess:  # it has just ended
        pass
    return found


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:]]
    main(given or sorted(SAMPLES.glob("*.*00.pdf")))
