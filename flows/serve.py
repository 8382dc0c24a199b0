"""Serving: Prefect's server, and a night at its hour, on one machine."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import httpx

from extractors.errors import DependencyError
from flows.clock import Clock, hours_of
from flows.moments import ZONE
from flows.settings import Settings

log = logging.getLogger(__name__)

_NAME = "nightly"
_START_SECONDS = 180.0
_STOP_SECONDS = 20.0


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
    if _answers(address):
        yield address
        return
    command = [sys.executable, "-m", "prefect", "server", "start"]
    process = subprocess.Popen(  # noqa: S603  # our own Python, and two plain values
        [*command, "--host", host, "--port", port],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    try:
        _wait_for(address, process)
        yield address
    finally:
        _stop(process)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise DependencyError(
                f"Prefect's server does not start at {address}",
                todo="See that nothing else uses its port, or set "
                "PREFECT_SERVER_API_PORT to another.",
            )
        time.sleep(0.3)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=5).is_success
    except httpx.HTTPError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
