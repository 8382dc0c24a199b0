"""Page readers at work side by side, each in a process of its own, with limits."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future, as_completed
from multiprocessing import forkserver
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, TypeVar
from weakref import WeakSet

from pebble import ProcessExpired, ProcessPool

from extractors.errors import KilledError, SohoaError, StoppedError, TerminalError
from extractors.model import Evidence, PageReading
from extractors.paper import Paper, ReadOptions, open_paper
from extractors.read import join_readings, read_page

log = logging.getLogger(__name__)

T = TypeVar("T")
Prepare = Callable[[], None]
"""What a worker does when it starts, as to set up its log."""
Progress = Callable[[str, int, int], None]
"""Called with the file's name, how many pages are read, and how many there are."""

_OPENING_SECONDS = 60.0
_KILLED = frozenset({-signal.SIGKILL, 255})
"""How a worker ends that was killed; 255: its fork server was, which alone knows."""
_ONE_THREAD = (
    "OMP_THREAD_LIMIT",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "OPENCV_FOR_THREADS_NUM",
)


class PageReader:
    """Reads papers, page by page, in as many processes as there are cores.

    A page that takes too long, needs too much memory or kills its process fails by
    itself: the paper's reading ends in a TerminalError that names the page, and the
    other papers go on. One reader may serve several threads.
    """

    def __init__(
        self,
        options: ReadOptions | None = None,
        workers: int | None = None,
        prepare: Prepare | None = None,
    ) -> None:
        self._options = options or ReadOptions()
        self._workers = workers or len(os.sched_getaffinity(0))
        self._prepare = prepare
        self._renewing = threading.Lock()
        self._is_closed = False
        self._scheduled: WeakSet[Future[Any]] = WeakSet()
        self._pool = self._new_pool()

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
        self._is_closed = True
        if at_once:
            self._pool.stop()  # type: ignore[no-untyped-call]  # so in pebble
        else:
            self._pool.close()  # type: ignore[no-untyped-call]  # so in pebble
        self._pool.join()
        with self._renewing:
            # A pool that was stopped leaves those waiting who wait for its pages.
            for future in self._scheduled:
                if not future.done():
                    future.cancel()
                    future.set_running_or_notify_cancel()

    def _new_pool(self) -> ProcessPool:
        # Not fork: the caller has threads. The fork server has the libraries loaded.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["extractors.read"])
        return ProcessPool(
            max_workers=self._workers,
            initializer=_limit_worker,
            initargs=(self._options.memory_bytes, self._prepare),
            context=context,
        )

    def _schedule(
        self, work: Callable[..., T], arguments: tuple[object, ...], seconds: float
    ) -> Future[T]:
        """Give work to the pool; one that broke down is replaced."""
        with self._renewing:
            if not self._is_closed and not self._pool.active:
                log.warning("the page workers broke down and are replaced")
                self._pool.stop()  # type: ignore[no-untyped-call]  # so in pebble
                self._pool = self._new_pool()
            _start_fork_server()
            try:
                future: Future[T] = self._pool.schedule(
                    work, arguments, timeout=seconds
                )
            except RuntimeError as error:
                raise _stopped() from error
            self._scheduled.add(future)
        return future

    def read(
        self,
        path: Path,
        progress: Progress | None = None,
        options: ReadOptions | None = None,
    ) -> Evidence:
        """Return all that stands on the paper.

        Args:
            path: The file.
            progress: Told of each page that is read.
            options: How to read this one, where not as usual. The memory of the
                processes stays as it is.

        Raises:
            InputError: The file is no paper that can be read.
            TerminalError: A page could not be read; the error names it.
            KilledError: A process was killed from outside; it may be tried again.
            StoppedError: The reader was closed while it was at work.
        """
        chosen = options or self._options
        try:
            opening = self._schedule(open_paper, (path, chosen), _OPENING_SECONDS)
            paper = _result(opening, path, None, _OPENING_SECONDS)
            return join_readings(paper, self._read_pages(paper, chosen, progress))
        except StoppedError as error:
            if self._is_closed:
                raise
            # All workers were killed at once, and this paper was among theirs.
            broken = KilledError("the page workers broke down", todo="Run it again.")
            raise broken from error

    def _read_pages(
        self, paper: Paper, options: ReadOptions, progress: Progress | None
    ) -> list[PageReading]:
        seconds = options.page_seconds
        numbers: dict[Future[PageReading], int] = {
            self._schedule(read_page, (paper.path, page_no, options), seconds): page_no
            for page_no in range(1, paper.page_count + 1)
        }
        readings: list[PageReading] = []
        try:
            for future in as_completed(numbers):
                page = numbers[future]
                readings.append(_result(future, paper.path, page, seconds))
                log.debug("page %d is read", page, extra={"page": page})
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
    except (CancelledError, BrokenExecutor) as error:
        raise _stopped() from error
    except RuntimeError as error:
        if type(error) is RuntimeError and "Pool" in str(error):  # so in pebble
            raise _stopped() from error
        raise
    except TimeoutError as error:
        what = f"reading took longer than {seconds:g} seconds and was stopped"
        todo = "Look at the page; raise the time limit if it is only very large."
        cause: BaseException = error
    except MemoryError as error:
        what = "reading needed more memory than it may have"
        todo = "Scan the page anew at 300 dpi, or raise the memory limit."
        cause = error
    except KilledError as error:
        raise _at(error, path, page_no) from error
    except ProcessExpired as error:
        if error.exitcode in _KILLED:
            killed = KilledError(
                "the process that read it was killed",
                todo="See whether the machine ran out of memory, and run it again.",
            )
            raise _at(killed, path, page_no) from error
        what = f"the reading process died (exit code {error.exitcode})"
        todo = "Look at the page; if it looks sound, report it with the file."
        cause = error
    raise TerminalError(what, todo=todo, file=path, page_no=page_no) from cause


def _stopped() -> StoppedError:
    return StoppedError("the page workers were ended", todo="Run it again.")


def _at(error: SohoaError, path: Path, page_no: int | None) -> SohoaError:
    error.file, error.page_no = str(path), page_no
    return error


def _start_fork_server() -> None:
    """Start the server of page workers, if it does not run, out of Ctrl-C's reach.

    A Python that is interrupted while it starts prints a traceback; the end of the
    workers is this process's to bring about.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _limit_worker(memory_bytes: int, prepare: Prepare | None) -> None:
    """Prepare a worker: one thread each, a bound on memory, children that end too."""
    if prepare is not None:
        prepare()
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    # What it may write to; libraries reserve far more addresses than they ever use.
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, _end_with_children)


def _end_with_children(number: int, frame: FrameType | None) -> None:
    """End this worker's whole group: a tesseract must not outlive its reader."""
    os.killpg(0, signal.SIGKILL)
