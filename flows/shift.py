"""One run of the flow: many papers, each taken its whole way, none stopping another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import as_completed
from prefect.runtime import flow_run

# Great Expectations is imported here, before there are threads: two that import large
# libraries at once can find one of them half made.
import expectations.validate  # noqa: F401
from extractors.errors import ExitCode, QuarantineError, SohoaError, TransientError
from flows.inbox import sent_of
from flows.ledger import Ledger
from flows.paper import OnPage, Steps, Workbench, judge_paper, take_paper
from flows.progress import show_progress
from flows.settings import Settings
from flows.store import Arrival, Paper
from flows.workbench import open_workbench
from warehouse.load import LoadResult
from warehouse.load import Outcome as Loading
from warehouse.manifest import Sent, note_sent
from warehouse.runs import RunStatus, Stage, finish_run, start_run

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., Any])

RETRY_DELAYS_S = [1.0, 5.0, 20.0, 60.0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper: loaded (or kept out), or failed and why.

    One that was only looked at, in a dry run, has neither.
    """

    name: str
    loaded: LoadResult | None
    problem: str | None
    exit_code: ExitCode


@dataclass(frozen=True, slots=True)
class Shift:
    """What a run is to do.

    ``kept`` are arrivals, by name, whose bytes are in the store already. ``noted`` are
    rows of the manifest besides those of the arrivals. ``anew`` are stages done again
    though what they made is kept. A dry run changes nothing that the warehouse says.
    """

    command: str
    arrivals: Sequence[Arrival]
    kept: Mapping[str, Paper] = field(default_factory=dict)
    noted: Sequence[Sent] = ()
    anew: frozenset[Stage] = frozenset()
    is_dry: bool = False


def run_shift(shift: Shift, settings: Settings) -> list[Outcome]:
    """Take all papers of a shift, inside of a Prefect flow.

    Raises:
        SohoaError: Store or warehouse cannot be opened; what befalls a paper is told
            in its outcome.
    """
    with (
        show_progress(len(shift.arrivals)) as watcher,
        _open_run(shift, settings, watcher.page_done) as (bench, ledger),
    ):
        steps = _as_tasks(ledger.over(_steps_of(shift, bench)))
        take = _paper_task(steps, is_dry=shift.is_dry)
        futures = [take.submit(arrival) for arrival in shift.arrivals]
        for future in as_completed(futures):
            outcome = future.result()
            if outcome.problem:
                log.error("%s", outcome.problem, extra={"document": outcome.name})
            failed = outcome.exit_code is not ExitCode.OK
            watcher.paper_done(outcome.name, failed=failed)
        return [future.result() for future in futures]


@contextmanager
def _open_run(
    shift: Shift, settings: Settings, on_page: OnPage
) -> Iterator[tuple[Workbench, Ledger]]:
    run_id = str(flow_run.id)
    options = {"dry": shift.is_dry, "anew": sorted(shift.anew)}
    with open_workbench(settings, run_id, on_page, shift.anew) as bench:
        start_run(bench.engine, run_id, shift.command, bench.code_version, options)
        status = RunStatus.FAILED
        try:
            if not shift.is_dry:
                seen = [sent_of(a) for a in shift.arrivals if a.mark]
                note_sent(bench.engine, run_id, [*seen, *shift.noted])
            yield bench, Ledger(bench.engine, run_id, is_dry=shift.is_dry)
            status = RunStatus.DONE
        finally:
            finish_run(bench.engine, run_id, status)


def _steps_of(shift: Shift, bench: Workbench) -> Steps:
    """Return the steps; a paper that is in the store need not be copied there."""

    def register(arrival: Arrival) -> Paper:
        kept = shift.kept.get(arrival.name)
        return bench.register(arrival) if kept is None else kept

    return replace(bench.steps(), register=register)


def _paper_task(steps: Steps, *, is_dry: bool) -> Any:
    """Return the task that takes one paper its whole way and never fails."""

    @task(name="paper", task_run_name="{arrival.name}", cache_policy=NO_CACHE)
    def take(arrival: Arrival) -> Outcome:
        try:
            if is_dry:
                judge_paper(arrival, steps)
                return Outcome(arrival.name, None, None, ExitCode.OK)
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
        retries=len(RETRY_DELAYS_S),
        retry_delay_seconds=RETRY_DELAYS_S,
        retry_condition_fn=_passes_by_itself,
    )(step)


def _passes_by_itself(_task: object, _run: TaskRun, state: State[Any]) -> bool:
    """Whether it is worth while to try again: only for a lock or a lost connection."""
    return isinstance(state.result(raise_on_failure=False), TransientError)
