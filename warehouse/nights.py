"""One night at a time, for all machines that share a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from warehouse.faults import told_plainly

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
