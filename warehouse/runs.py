"""Run history: which run did what, and how far each file came in it.

Files that are no papers at all (missing, empty, encrypted) have their rows here too,
known by their path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

import msgspec
from sqlalchemy import Engine, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse.database import writing
from warehouse.faults import told_plainly
from warehouse.models import metadata, run, run_item
from warehouse.values import keep_text, now, plain

DRY_RUN = "retry --dry-run"
"""The command of a run that only looks at what would change."""


class Stage(StrEnum):
    """The stages of a paper's way, in their order."""

    REGISTER = "register"
    READ = "read"
    PARSE = "parse"
    CHECK = "check"
    LOAD = "load"


class ItemStatus(StrEnum):
    """How a stage stands for one file."""

    RUNNING = "running"
    DONE = "done"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"
    FAILED = "failed"


class RunStatus(StrEnum):
    """How a run stands. One that was killed stays 'running'."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunItem:
    """How one stage went for one file. ``attempts`` counts this stage's tries."""

    path_name: str
    stage: Stage
    status: ItemStatus
    reason: str | None = None
    todo: str | None = None
    attempts: int = 1
    seconds: float | None = None
    source: str | None = None
    file_sha256: str | None = None


def start_run(
    engine: Engine,
    run_id: str,
    command: str,
    code_version: str,
    options: Mapping[str, object] | None = None,
) -> None:
    """Note that a run begins. A run that goes on under the same id begins anew.

    Args:
        engine: The warehouse.
        run_id: Key of the run, the caller's choice.
        command: What was asked for, in words.
        code_version: Version of the code.
        options: What it runs with; JSON-able, no secrets.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    row = {
        "run_id": run_id,
        "command": keep_text(command),
        "options": msgspec.json.encode(dict(options or {})).decode(),
        "code_version": code_version,
        "status": RunStatus.RUNNING.value,
        "started_at": now(),
        "finished_at": None,
    }
    with writing(engine) as connection:
        statement = _upsert(engine, "run").values(row)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["run_id"], set_=_all_but(row, "run_id")
            )
        )


def finish_run(engine: Engine, run_id: str, status: RunStatus) -> None:
    """Note that a run ended, and how, and let the database count what it holds.

    Without fresh statistics PostgreSQL plans the first questions of the morning as if
    the tables were empty, and reads tables where their indexes would do.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    with writing(engine) as connection:
        connection.execute(
            update(run)
            .where(run.c.run_id == run_id)
            .values(status=RunStatus(status).value, finished_at=now())
        )
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
            connection.exec_driver_sql("ANALYZE")
    if engine.dialect.name == "postgresql":
        _vacuum(engine)


def _vacuum(engine: Engine) -> None:
    # Not in a transaction. What another process works on is left to that one.
    tables = ", ".join(metadata.tables)
    with told_plainly(engine.url), engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.exec_driver_sql(f"VACUUM (ANALYZE, SKIP_LOCKED) {tables}")


def record_item(engine: Engine, run_id: str, item: RunItem) -> None:
    """Note how a stage stands for a file, in place of what was noted of it before.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
        WarehouseError: There is no such run.
    """
    record_items(engine, run_id, (item,))


def record_items(engine: Engine, run_id: str, items: Iterable[RunItem]) -> None:
    """Note many of them in one transaction.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
        WarehouseError: There is no such run.
    """
    rows = [_row(run_id, item) for item in items]
    if not rows:
        return
    keys = ("run_id", "path_name", "stage")
    statement = _upsert(engine, "run_item")
    changes = {name: statement.excluded[name] for name in _all_but(rows[0], *keys)}
    with writing(engine) as connection:
        connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changes), rows
        )


def _row(run_id: str, item: RunItem) -> dict[str, object]:
    return {
        "run_id": run_id,
        "path_name": keep_text(item.path_name),
        "stage": item.stage.value,
        "file_name": keep_text(PurePath(item.path_name).name),
        "source": plain(item.source),
        "file_sha256": item.file_sha256,
        "status": item.status.value,
        "reason": plain(item.reason),
        "todo": plain(item.todo),
        "attempts": plain(item.attempts),
        "seconds": plain(item.seconds),
        "recorded_at": now(),
    }


def _upsert(engine: Engine, table: str) -> postgresql.Insert | sqlite.Insert:
    target = {"run": run, "run_item": run_item}[table]
    if engine.dialect.name == "postgresql":
        return postgresql.insert(target)
    return sqlite.insert(target)


def _all_but(row: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in keys}
