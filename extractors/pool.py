"""Page readers at work side by side, each in a process of its own, with limits."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import Future, as_completed
from pathlib import Path
from types import FrameType, TracebackType
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from extractors.errors import TerminalError
from extractors.model import Evidence, PageReading
from extractors.paper import Paper, ReadOptions, open_paper
from extractors.read import join_readings, read_page

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Called with the file's name, how many pages are read, and how many there are."""

_OPENING_SECONDS = 60.0
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class PageReader:
    """Reads papers, page by page, in as many processes as there are cores.

    A page that takes too long, needs too much memory or kills its process fails by
    itself: the paper's reading ends in a TerminalError that names the page, and the
    other papers go on. One reader may serve several threads.
    """

    def __init__(
        self, options: ReadOptions | None = None, workers: int | None = None
    ) -> None:
        self._options = options or ReadOptions()
        # Not fork: the caller has threads. The fork server has the libraries loaded.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["extractors.read"])
        self._pool = ProcessPool(
            max_workers=workers or len(os.sched_getaffinity(0)),
            initializer=_limit_worker,
            initargs=(self._options.memory_bytes,),
            context=context,
        )

    def __enter__(self) -> PageReader:
        """Return the reader; its processes start with the first paper."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all processes, at once where an error is on its way out."""
        self.close(at_once=kind is not None)

    def close(self, *, at_once: bool = False) -> None:
        """End the processes, after their present pages or at once."""
        if at_once:
            self._pool.stop()  # type: ignore[no-untyped-call]  # so in pebble
        else:
            self._pool.close()  # type: ignore[no-untyped-call]  # so in pebble
        self._pool.join()

    def read(self, path: Path, progress: Progress | None = None) -> Evidence:
        """Return all that stands on the paper.

        Raises:
            InputError: The file is no paper that can be read.
            TerminalError: A page could not be read; the error names it.
        """
        opening = self._pool.schedule(
            open_paper, (path, self._options), timeout=_OPENING_SECONDS
        )
        paper = _result(opening, path, None, _OPENING_SECONDS)
        return join_readings(paper, self._read_pages(paper, progress))

    def _read_pages(self, paper: Paper, progress: Progress | None) -> list[PageReading]:
        seconds = self._options.page_seconds
        numbers: dict[Future[PageReading], int] = {
            self._pool.schedule(
                read_page, (paper.path, page_no, self._options), timeout=seconds
            ): page_no
            for page_no in range(1, paper.page_count + 1)
        }
        readings: list[PageReading] = []
        try:
            for future in as_completed(numbers):
                page = numbers[future]
                readings.append(_result(future, paper.path, page, seconds))
                if progress is not None:
                    progress(paper.path.name, len(readings), paper.page_count)
        finally:
            for future in numbers:
                future.cancel()
        return readings


def _result(future: Future[T], path: Path, page_no: int | None, seconds: float) -> T:
    """Return what a worker gave, or say which page it failed on and why."""
    try:
        return future.result()
    except TimeoutError as error:
        what = f"reading took longer than {seconds:g} seconds and was stopped"
        todo = "Look at the page; raise the time limit if it is only very large."
        cause: BaseException = error
    except MemoryError as error:
        what = "reading needed more memory than it may have"
        todo = "Scan the page anew at 300 dpi, or raise the memory limit."
        cause = error
    except ProcessExpired as error:
        what = f"the reading process died (exit code {error.exitcode})"
        todo = "Look at the page; if it looks sound, report it with the file."
        cause = error
    raise TerminalError(what, todo=todo, file=path, page_no=page_no) from cause


def _limit_worker(memory_bytes: int) -> None:
    """Prepare a worker: one thread each, a bound on memory, children that end too."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, _end_with_children)


def _end_with_children(number: int, frame: FrameType | None) -> None:
    """End this worker's whole group: a tesseract must not outlive its reader."""
    os.killpg(0, signal.SIGKILL)
