"""Nights: one at a time, for all machines that share a PostgreSQL server; the last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select, text

from warehouse.database import reading
from warehouse.faults import told_plainly
from warehouse.models import run
from warehouse.runs import RunStatus

_KEY = 0x50_48_4F_41
"""Any number will do that all nights of a database share."""


def has_server(engine: Engine) -> bool:
    """Whether a server holds the warehouse, which several machines can share."""
    return engine.dialect.name == "postgresql"


@contextmanager
def server_lock(engine: Engine) -> Iterator[bool]:
    """Hold the server's lock on nights; False where another night holds it.

    The server takes it back when the connection ends, however that comes about.

    Raises:
        WarehouseBusyError: A lost connection.
    """
    with told_plainly(engine.url):
        held = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        query = text("SELECT pg_try_advisory_lock(:key)")
        is_ours = bool(held.execute(query, {"key": _KEY}).scalar())
    try:
        yield is_ours
    finally:
        held.invalidate()  # not back into the pool, where the lock would live on
        held.close()


@dataclass(frozen=True, slots=True)
class Night:
    """A night that was. One that was killed has no end and stays 'running'."""

    began: datetime
    ended: datetime | None
    status: RunStatus


def last_night(engine: Engine) -> Night | None:
    """Return the night that began last, or None where there was none yet.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    query = (
        select(run.c.started_at, run.c.finished_at, run.c.status)
        .where(run.c.command == "night")
        .order_by(run.c.started_at.desc())
        .limit(1)
    )
    with reading(engine) as connection:
        found = connection.execute(query).first()
    if found is None:
        return None
    ended = datetime.fromisoformat(found[1]) if found[1] else None
    return Night(datetime.fromisoformat(found[0]), ended, RunStatus(found[2]))
