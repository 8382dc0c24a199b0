"""One night at a time: a lock that ends with whoever holds it, even by kill -9."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import NightBusyError
from flows.folders import make_private
from warehouse.nights import has_server, server_lock

if TYPE_CHECKING:
    from sqlalchemy import Engine


@contextmanager
def one_night(engine: Engine, home: Path) -> Iterator[None]:
    """Hold the only night of this warehouse.

    On PostgreSQL the server holds the lock for all machines, on SQLite the system does
    for this one.

    Raises:
        NightBusyError: Another night is at work.
    """
    with server_lock(engine) if has_server(engine) else _file_lock(home) as is_ours:
        if not is_ours:
            raise NightBusyError(
                "another night is still at work",
                todo="Wait for its end: 'sohoa status' shows how far it is.",
            )
        yield


@contextmanager
def _file_lock(home: Path) -> Iterator[bool]:
    make_private(home)
    # Never inherited: a page worker that outlives its night must not hold the lock.
    held = os.open(home / ".night.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(held)
