"""The ledger of a run: how far each paper came and why no further."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from extractors.errors import (
    DependencyError,
    KilledError,
    SohoaError,
    StoppedError,
    StoreError,
    TransientError,
    UnfinishedFileError,
    UsageError,
    WarehouseError,
)
from flows.logs import about
from flows.paper import Steps
from flows.store import Arrival, Paper
from warehouse.load import LoadResult, Outcome
from warehouse.manifest import settle
from warehouse.runs import ItemStatus, RunItem, Stage, record_item

if TYPE_CHECKING:
    from sqlalchemy import Engine

log = logging.getLogger(__name__)

Given = TypeVar("Given", Arrival, Paper)
Made = TypeVar("Made", Paper, LoadResult)

# What a step meets when the page workers are ended under it, as by Ctrl-C.
_STOPPED = (BrokenExecutor, CancelledError)
# None of them is the paper's fault: the next night takes it again.
_NOT_THE_PAPER = (
    TransientError,
    StoppedError,
    DependencyError,
    WarehouseError,
    StoreError,
    UsageError,
    UnfinishedFileError,
)
_MANY_KILLS = 5
"""So often killed, it is the paper that does it."""
_STATUS_OF = {
    Outcome.LOADED: ItemStatus.DONE,
    Outcome.UNCHANGED: ItemStatus.UNCHANGED,
    Outcome.QUARANTINED: ItemStatus.QUARANTINED,
}


class Ledger:
    """Writes what becomes of each step of each paper into the run's rows.

    A paper that came to its end, good or bad, is settled: no later night takes it
    again. One that only a passing trouble stopped is not. A dry run settles nothing.
    """

    def __init__(self, engine: Engine, run_id: str, *, is_dry: bool = False) -> None:
        self._engine = engine
        self._run_id = run_id
        self._is_dry = is_dry
        self._attempts: Counter[tuple[str, Stage]] = Counter()

    def over(self, steps: Steps) -> Steps:
        """Return the same steps, each leaving a row when it ends."""
        return Steps(
            self._recorded(Stage.REGISTER, steps.register),
            self._recorded(Stage.READ, steps.read),
            self._recorded(Stage.PARSE, steps.parse),
            self._recorded(Stage.CHECK, steps.check),
            self._recorded(Stage.LOAD, steps.load),
        )

    def _recorded(
        self, stage: Stage, step: Callable[[Given], Made]
    ) -> Callable[[Given], Made]:
        @wraps(step)
        def run(given: Given) -> Made:
            started = time.monotonic()
            with about(document=_arrival_of(given).name, stage=stage.value):
                try:
                    made = step(given)
                except Exception as error:
                    told = as_told(error, given)
                    self._write(stage, given, ItemStatus.FAILED, started, told)
                    self._settle(stage, given, told)
                    raise told from error
                self._write(stage, made_of(given, made), _status(made), started)
                if isinstance(made, LoadResult):
                    self._settle(stage, given, None)
            return made

        return run

    def _settle(
        self, stage: Stage, given: Arrival | Paper, error: SohoaError | None
    ) -> None:
        arrival = _arrival_of(given)
        killed = isinstance(error, KilledError)
        often = self._attempts[arrival.name, stage] >= _MANY_KILLS
        if isinstance(error, _NOT_THE_PAPER) and not (killed and often):
            return
        if not self._is_dry:
            sha256 = given.sha256 if isinstance(given, Paper) else None
            settle(self._engine, arrival.name, arrival.mark, sha256)

    def _write(
        self,
        stage: Stage,
        given: Arrival | Paper,
        status: ItemStatus,
        started: float,
        error: SohoaError | None = None,
    ) -> None:
        arrival = _arrival_of(given)
        self._attempts[arrival.name, stage] += 1
        item = RunItem(
            path_name=arrival.name,
            stage=stage,
            status=status,
            reason=error.what if error else None,
            todo=error.todo if error else None,
            attempts=self._attempts[arrival.name, stage],
            seconds=round(time.monotonic() - started, 3),
            source=arrival.source,
            file_sha256=given.sha256 if isinstance(given, Paper) else None,
        )
        log.info(
            "%s: %s",
            stage.value,
            status.value,
            extra={"run": self._run_id, "seconds": item.seconds, "reason": item.reason},
        )
        record_item(self._engine, self._run_id, item)


def made_of(given: Arrival | Paper, made: Paper | LoadResult) -> Arrival | Paper:
    """Return the better known of the two: a registered paper has a hash."""
    return made if isinstance(made, Paper) else given


def as_told(error: Exception, given: Arrival | Paper) -> SohoaError:
    """Return the error as a person is told of it, naming the file as handed in.

    What is no error of sohoa's own is a defect: its traceback goes to the log at
    level debug.
    """
    arrival = _arrival_of(given)
    if isinstance(error, _STOPPED):
        error = StoppedError("the run was stopped", todo="Run it again.")
    elif not isinstance(error, SohoaError):
        log.debug("unexpected error at %s", arrival.name, exc_info=error)
        error = SohoaError(
            f"this is a defect of sohoa ({type(error).__name__}: {error})",
            todo="Run 'sohoa --verbose ingest' on the file and report what it prints.",
        )
    error.file = arrival.name
    return error


def _arrival_of(given: Arrival | Paper) -> Arrival:
    return given if isinstance(given, Arrival) else given.arrival


def _status(made: Paper | LoadResult) -> ItemStatus:
    return _STATUS_OF[made.outcome] if isinstance(made, LoadResult) else ItemStatus.DONE
