"""The Prefect flow that takes papers again: those that failed, or those one names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from flows.engine import open_engine
from flows.inbox import look_into_inbox
from flows.ingest import task_runner
from flows.options import with_options
from flows.settings import Settings
from flows.shift import Outcome, Shift, run_shift
from flows.store import Arrival, Paper, Store
from warehouse.manifest import Sent, known_files, set_read_options
from warehouse.runs import DRY_RUN, Stage
from warehouse.status import Choice, PaperStatus, choose_papers


@dataclass(frozen=True, slots=True)
class Retry:
    """What to take again, from which stage on, read how."""

    choice: Choice
    stage: Stage | None = None
    """Done again though it is kept; None: what is not kept under today's keys."""
    read_options: str | None = None
    is_dry: bool = False


@dataclass(frozen=True, slots=True)
class Retried:
    """What came of it. ``run_id`` is what 'sohoa diff' knows it by."""

    run_id: str
    outcomes: list[Outcome]


def run_retry(retry: Retry, settings: Settings) -> Retried:
    """Take the chosen papers again, in this process.

    Raises:
        UsageError: The choice or the options cannot be.
    """
    with_options(settings.read_options, retry.read_options or "")

    @flow(name="retry", task_runner=task_runner(settings))
    def take_again() -> Retried:
        shift = _plan(retry, settings)
        return Retried(str(flow_run.id), run_shift(shift, settings))

    return take_again()


def _plan(retry: Retry, settings: Settings) -> Shift:
    engine = open_engine(settings)
    try:
        rows = choose_papers(engine, retry.choice)
        known = known_files(engine)
        if retry.read_options is not None and not retry.is_dry:
            shas = {row.file_sha256 for row in rows if row.file_sha256}
            set_read_options(engine, shas, retry.read_options)
    finally:
        engine.dispose()
    lying = _lying(known, settings)
    arrivals = [_arrival(row, known, lying, retry.read_options) for row in rows]
    store = Store(settings.store_dir)
    kept = {
        row.path_name: paper
        for row, arrival in zip(rows, arrivals, strict=True)
        if row.path_name not in lying
        and (paper := _kept(row, arrival, known, store)) is not None
    }
    stages = tuple(Stage)
    anew = frozenset(stages[stages.index(retry.stage) :] if retry.stage else ())
    command = DRY_RUN if retry.is_dry else "retry"
    return Shift(command, arrivals, kept, anew=anew, is_dry=retry.is_dry)


def _lying(known: dict[str, dict[str, Sent]], settings: Settings) -> dict[str, Arrival]:
    """Return the files of the inbox, by name, that no run has come to an end with."""
    found = look_into_inbox(settings.inbox_dir, {}, 0).new
    return {
        arrival.name: arrival
        for arrival in found
        if not (row := known.get(arrival.name, {}).get(arrival.mark))
        or row.file_sha256 is None
    }


def _arrival(
    row: PaperStatus,
    known: dict[str, dict[str, Sent]],
    lying: dict[str, Arrival],
    read_options: str | None,
) -> Arrival:
    sent = _last_sent(row, known)
    options = read_options
    if options is None:
        options = sent.read_options if sent else ""
    if row.path_name in lying:
        return replace(lying[row.path_name], read_options=options)
    received = sent.received_at if sent else datetime.fromisoformat(row.recorded_at)
    mark = sent.mark if sent else ""
    path = Path(row.path_name)
    return Arrival(
        path, row.path_name, row.source, received, mark, read_options=options
    )


def _kept(
    row: PaperStatus,
    arrival: Arrival,
    known: dict[str, dict[str, Sent]],
    store: Store,
) -> Paper | None:
    """Return the paper as it is in the store, or None where it is to be put there."""
    sent = _last_sent(row, known)
    stored = store.place_of(row.file_sha256) if row.file_sha256 else None
    if sent is None or stored is None or row.file_sha256 is None:
        return None
    modified = sent.modified_at or sent.received_at
    size = stored.stat().st_size
    return Paper(arrival, sent.file_name, row.file_sha256, size, modified, stored)


def _last_sent(row: PaperStatus, known: dict[str, dict[str, Sent]]) -> Sent | None:
    """Return the newest state of the file that was noted of these bytes."""
    states = [
        sent
        for sent in known.get(row.path_name, {}).values()
        if row.file_sha256 in (None, sent.file_sha256) or sent.file_sha256 is None
    ]
    return max(states, key=lambda sent: sent.received_at, default=None)
