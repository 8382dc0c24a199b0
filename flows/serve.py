"""Serving: Prefect's server, and a night at its hour, on one machine."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from flows.clock import Clock, hours_of
from flows.moments import ZONE
from flows.server import Server, is_answering, start_child, stop_child
from flows.settings import Settings

log = logging.getLogger(__name__)

_NAME = "nightly"


def serve_nights(settings: Settings) -> None:
    """Run a night at each hour that the settings name, until somebody stops it.

    Each night is a process of its own: one that is killed ends nothing else. Two at
    once are refused by the night itself, whatever started them.

    Raises:
        DependencyError: Prefect's server does not start.
        UsageError: The hour is no cron line.
    """
    hours_of(settings.night_cron, datetime.now(ZONE))
    with _server(os.environ) as address:
        os.environ["PREFECT_API_URL"] = address
        # Only now: Prefect reads the address when it is imported.
        from prefect.deployments import run_deployment
        from prefect.deployments.runner import (  # type: ignore[attr-defined]  # so there
            EntrypointType,
        )

        from flows.night import night

        def begin() -> object:
            return run_deployment(f"{night.name}/{_NAME}", timeout=0, as_subflow=False)

        page = address.removesuffix("/api")
        say = "a night begins at '%s' (%s); see %s"
        log.warning(say, settings.night_cron, ZONE, page)
        with Clock(settings.night_cron, begin):
            night.serve(
                name=_NAME,
                limit=1,
                pause_on_shutdown=False,
                print_starting_message=False,
                entrypoint_type=EntrypointType.MODULE_PATH,
            )


@contextmanager
def _server(environment: Mapping[str, str]) -> Iterator[str]:
    """Give the address of a server: one that is named, or runs, or is started."""
    named = environment.get("PREFECT_API_URL")
    if named:
        yield named
        return
    host = environment.get("PREFECT_SERVER_API_HOST", "127.0.0.1")
    port = environment.get("PREFECT_SERVER_API_PORT", "4200")
    address = f"http://{host}:{port}/api"
    if is_answering(address):
        yield address
        return
    command = ["prefect", "server", "start", "--host", host, "--port", port]
    process = start_child(command, {})
    try:
        Server(address, process).wait()
        yield address
    finally:
        stop_child(process)
