"""The Prefect flow: many papers, each taken its whole way, none stopping another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import as_completed
from prefect.runtime import flow_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

# Great Expectations is imported here, before there are threads: two that import large
# libraries at once can find one of them half made.
import expectations.validate  # noqa: F401
from extractors.errors import ExitCode, QuarantineError, SohoaError, TransientError
from flows.arrivals import find_arrivals
from flows.ledger import Ledger
from flows.paper import OnPage, Steps, Workbench, take_paper
from flows.progress import show_progress
from flows.settings import Settings, load_settings
from flows.store import Arrival
from flows.workbench import open_workbench
from warehouse.load import LoadResult
from warehouse.load import Outcome as Loading
from warehouse.runs import RunStatus, finish_run, start_run

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., Any])

_RETRY_DELAYS_S = [1.0, 5.0, 20.0, 60.0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper: loaded (or kept out), or failed and why."""

    name: str
    loaded: LoadResult | None
    problem: str | None
    exit_code: ExitCode


@flow(name="ingest", validate_parameters=False)
def ingest(paths: list[str]) -> list[Outcome]:
    """Take papers from files and folders into the warehouse of the settings."""
    settings = load_settings()
    arrivals = find_arrivals([Path(p) for p in paths], settings.inbox_dir)
    with (
        show_progress(len(arrivals)) as watcher,
        _open_run(settings, watcher.page_done) as (bench, ledger),
    ):
        take = _paper_task(_as_tasks(ledger.over(bench.steps())))
        futures = [take.submit(arrival) for arrival in arrivals]
        for future in as_completed(futures):
            outcome = future.result()
            if outcome.problem:
                log.error("%s", outcome.problem)
            failed = outcome.exit_code is not ExitCode.OK
            watcher.paper_done(outcome.name, failed=failed)
        return [future.result() for future in futures]


def run_ingest(paths: list[str], settings: Settings) -> list[Outcome]:
    """Run the flow in this process, as many papers at once as keep the pool busy.

    One more than there are page workers: while those read, one paper is parsed.
    """
    runner: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=settings.workers + 1)
    return ingest.with_options(task_runner=runner)(paths)


@contextmanager
def _open_run(
    settings: Settings, on_page: OnPage
) -> Iterator[tuple[Workbench, Ledger]]:
    run_id = str(flow_run.id)
    with open_workbench(settings, run_id, on_page) as bench:
        start_run(bench.engine, run_id, "ingest", bench.code_version)
        status = RunStatus.FAILED
        try:
            yield bench, Ledger(bench.engine, run_id)
            status = RunStatus.DONE
        finally:
            finish_run(bench.engine, run_id, status)


def _paper_task(steps: Steps) -> Any:
    """Return the task that takes one paper its whole way and never fails."""

    @task(name="paper", task_run_name="{arrival.name}", cache_policy=NO_CACHE)
    def take(arrival: Arrival) -> Outcome:
        try:
            loaded = take_paper(arrival, steps)
        except SohoaError as error:
            return Outcome(arrival.name, None, str(error), error.exit_code)
        if loaded.outcome is Loading.QUARANTINED:
            problem = QuarantineError(
                "The paper breaks a rule of structure, so nothing of it was loaded",
                todo="'sohoa read' shows the rule and the place.",
                file=arrival.name,
            )
            return Outcome(arrival.name, loaded, str(problem), problem.exit_code)
        return Outcome(arrival.name, loaded, None, ExitCode.OK)

    return take


def _as_tasks(steps: Steps) -> Steps:
    """Return the same steps as Prefect tasks, seen on its page and retried."""
    return Steps(
        _as_task("register", "{arrival.name}", steps.register),
        _as_task("read", "{paper.file_name}", steps.read),
        _as_task("parse", "{paper.file_name}", steps.parse),
        _as_task("check", "{paper.file_name}", steps.check),
        _as_task("load", "{paper.file_name}", steps.load),
    )


def _as_task(name: str, subject: str, step: F) -> F:
    return task(  # type: ignore[return-value]  # called like its function
        name=name,
        task_run_name=f"{name} {subject}",
        cache_policy=NO_CACHE,
        retries=len(_RETRY_DELAYS_S),
        retry_delay_seconds=_RETRY_DELAYS_S,
        retry_condition_fn=_passes_by_itself,
    )(step)


def _passes_by_itself(_task: object, _run: TaskRun, state: State[Any]) -> bool:
    """Whether it is worth while to try again: only for a lock or a lost connection."""
    return isinstance(state.result(raise_on_failure=False), TransientError)
