"""The clock of 'sohoa serve': asks Prefect for a night whenever its hour comes.

Prefect's own scheduler cannot do it here: in 3.8.8 it fails with SQLAlchemy 2.1 ("Can't
evaluate bulk DML statement"), which the warehouse is built on. Only the asking is ours;
the nights are Prefect's, each a run of the deployment that is served.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from cronsim import CronSim, CronSimError

from extractors.errors import UsageError
from flows.moments import ZONE

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

_LOOK_SECONDS = 20.0
"""A clock may be set, and stands still while a machine sleeps."""


def hours_of(cron: str, after: datetime) -> Iterator[datetime]:
    """Yield the moments that a cron line names, in the time of Vietnam.

    Raises:
        UsageError: It is no cron line.
    """
    try:
        return CronSim(cron, after.astimezone(ZONE))
    except CronSimError as error:
        raise UsageError(
            f"SOHOA_NIGHT_CRON is '{cron}', which is no cron line ({error})",
            todo="Write minute, hour, day, month and weekday, as '0 1 * * *'.",
        ) from error


class Clock:
    """Rings at the hours of a cron line, in a thread of its own."""

    def __init__(self, cron: str, ring: Callable[[], object]) -> None:
        self._hours = hours_of(cron, datetime.now(ZONE))
        self._ring = ring
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)

    def __enter__(self) -> Clock:
        """Start it."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        for hour in self._hours:
            while (left := (hour - datetime.now(ZONE)).total_seconds()) > 0:
                if self._stopped.wait(min(left, _LOOK_SECONDS)):
                    return
            try:
                self._ring()
            except Exception as error:  # the edge: tomorrow there is another night
                log.error("the night of %s did not begin: %s", hour, error)
