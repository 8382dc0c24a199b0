"""What the terminal shows while papers are taken in; nothing where there is none."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

STDERR = Console(stderr=True, highlight=False)
"""The one door to the terminal for all that is not data."""


class TerminalHandler(logging.Handler):
    """Writes each record on one line, above the bar where there is one."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record, whatever is in it, without breaking or colouring it."""
        STDERR.print(self.format(record), markup=False, soft_wrap=True)


class Watcher:
    """Moves a bar on as pages and papers are done."""

    def __init__(self, bar: Progress, total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("Reading papers", total=total, note="")
        self._failures = 0

    def page_done(self, name: str, done: int, total: int) -> None:
        """Say how far the reading of a paper is."""
        self._bar.update(self._task, note=f"{name}, page {done} of {total}")

    def paper_done(self, name: str, *, failed: bool) -> None:
        """Count a paper."""
        self._failures += failed
        note = f"{name}, {self._failures} failed" if self._failures else name
        self._bar.update(self._task, advance=1, note=note)


@contextmanager
def show_progress(total: int) -> Iterator[Watcher]:
    """Show a bar on stderr while papers are taken in, if a person is looking."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", style="dim", markup=False),
        console=STDERR,
        disable=not STDERR.is_terminal,
    )
    with bar:
        yield Watcher(bar, total)
