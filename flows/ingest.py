"""The Prefect flow that takes the papers named on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.arrivals import find_arrivals
from flows.settings import Settings, load_settings
from flows.shift import Outcome, Shift, run_shift


@flow(name="ingest", validate_parameters=False)
def ingest(paths: list[str]) -> list[Outcome]:
    """Take papers from files and folders into the warehouse of the settings."""
    settings = load_settings()
    arrivals = find_arrivals([Path(p) for p in paths], settings.inbox_dir)
    return run_shift(Shift("ingest", arrivals), settings)


def run_ingest(paths: list[str], settings: Settings) -> list[Outcome]:
    """Run the flow in this process, as many papers at once as keep the pool busy."""
    return ingest.with_options(task_runner=task_runner(settings))(paths)


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """Return what runs the papers of a flow side by side.

    One more than there are page workers: while those read, one paper is parsed.
    """
    return ThreadPoolTaskRunner(max_workers=settings.workers + 1)
