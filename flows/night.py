"""The Prefect flow of the night: what is new in the inbox goes into the warehouse."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect import flow
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from extractors.errors import NightBusyError, UsageError
from flows.engine import open_engine
from flows.inbox import Delivery, look_into_inbox
from flows.ingest import task_runner
from flows.lock import one_night
from flows.logs import PACKAGES, set_up_logs
from flows.notify import send_summary
from flows.settings import Settings, load_settings
from flows.shift import Outcome, Shift, run_shift
from warehouse.manifest import known_files

log = logging.getLogger(__name__)

# In a process of Prefect's; on the command line the settings say how many.
_RUNNER: TaskRunner[Any] = ThreadPoolTaskRunner(
    max_workers=len(os.sched_getaffinity(0)) + 1
)


@flow(
    name="night",
    validate_parameters=False,
    task_runner=_RUNNER,
)
def night(*, shared: bool = False) -> list[Outcome]:
    """Take what is new in the inbox into the warehouse of the settings.

    Args:
        shared: Whether several machines may run this flow, as in a work pool.

    Raises:
        NightBusyError: Another night is at work; this one does nothing.
        UsageError: Several machines cannot share this warehouse.
    """
    settings = load_settings()
    _see_to_logs(settings)
    if shared:
        _refuse_unshared(settings)
    try:
        with _one_delivery(settings) as delivery:
            shift = Shift("night", delivery.new, noted=delivery.moved)
            outcomes = run_shift(shift, settings)
    except NightBusyError as error:
        log.error("%s", error)
        raise
    _tell(delivery, outcomes)
    send_summary(outcomes, settings)
    return outcomes


def run_night(settings: Settings) -> list[Outcome]:
    """Run the flow once, now, in this process."""
    return night.with_options(task_runner=task_runner(settings))()


def _refuse_unshared(settings: Settings) -> None:
    if settings.warehouse_url.startswith("sqlite"):
        raise UsageError(
            "Several machines cannot share a SQLite file",
            todo="Set SOHOA_WAREHOUSE to a PostgreSQL database and SOHOA_STORE to a "
            "folder that all of them see, or run 'sohoa serve' on one machine.",
        )


@contextmanager
def _one_delivery(settings: Settings) -> Iterator[Delivery]:
    """Look into the inbox, as the only night that does."""
    engine = open_engine(settings)
    try:
        with one_night(engine, settings.home):
            known = known_files(engine)
            yield look_into_inbox(settings.inbox_dir, known, settings.quiet_seconds)
    finally:
        engine.dispose()


def _see_to_logs(settings: Settings) -> None:
    """Set logs up where no command line has done so: in a process of Prefect's."""
    if not any(logging.getLogger(name).handlers for name in PACKAGES):
        set_up_logs(as_json=settings.log_json)


def _tell(delivery: Delivery, outcomes: list[Outcome]) -> None:
    failed = sum(outcome.problem is not None for outcome in outcomes)
    log.info(
        "the night is over: %d new, %d failed, %d known before, %d still arriving",
        len(outcomes),
        failed,
        delivery.known + len(delivery.moved),
        delivery.waiting,
    )
