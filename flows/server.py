"""Prefect's server: prepared, started and asked how it is, before a flow needs it."""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from extractors.errors import DependencyError
from flows.folders import make_private
from flows.settings import Settings, prefect_environment

START_SECONDS = 180.0
"""A cold start on a busy machine takes many times what a warm one takes."""
_STOP_SECONDS = 20.0
_PR_SET_PDEATHSIG = 1
# As Prefect starts its own temporary server: no pages, and no services but those that
# a flow needs. What it knows of kinds of blocks, nothing here uses.
_TEMPORARY = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "0",
}
_APP = "prefect.server.api.server:create_app"


def prepare_prefect(settings: Settings) -> None:
    """Tell Prefect and the flow what this run is set to, before they are imported.

    Raises:
        UsageError: Prefect's folder cannot be made.
    """
    for name, value in prefect_environment(settings).items():
        os.environ.setdefault(name, value)
    # The flow reads its settings itself, as it must where a Prefect worker runs it.
    # An address may hold a password, so it is no parameter that Prefect would keep.
    os.environ["SOHOA_WAREHOUSE"] = settings.warehouse_url
    make_private(settings.prefect_home)


@dataclass(frozen=True, slots=True)
class Server:
    """A server of Prefect: one that runs already, or a process of ours."""

    address: str
    process: subprocess.Popen[bytes] | None = None

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            DependencyError: It does not start or does not answer.
        """
        deadline = time.monotonic() + START_SECONDS
        while not is_answering(self.address):
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise DependencyError(
                    f"Prefect's server does not answer at {self.address}",
                    todo="See that nothing else uses its port (PREFECT_SERVER_API_PORT "
                    "names another), or, where PREFECT_API_URL is set, that its "
                    "server runs; 'make setup' installs versions that fit each other.",
                )
            time.sleep(0.1)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Wait until it answers, and say so if it is lost to a flow.

        Raises:
            DependencyError: It does not start, or it ended while it was needed.
        """
        self.wait()
        try:
            yield
        except httpx.TransportError as error:
            raise DependencyError(
                f"Prefect's server at {self.address} was lost during the run ({error})",
                todo="See whether the machine ran out of memory, and run the same "
                "again: what is done is kept, and the rest is completed.",
            ) from error


def launch_server() -> Server:
    """Let a server start, or take the one that PREFECT_API_URL names; do not wait.

    It starts beside the imports of this process, which take as long, and serves this
    process until it ends, however it ends.
    """
    named = os.environ.get("PREFECT_API_URL")
    if named:
        return Server(named)
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    command = ["uvicorn", "--factory", _APP, "--log-level", "error", "--lifespan", "on"]
    process = start_child([*command, "--port", str(port)], _TEMPORARY)
    atexit.register(stop_child, process)
    os.environ["PREFECT_API_URL"] = address  # read when Prefect is imported
    return Server(address, process)


def start_child(
    module: Sequence[str], environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    """Run a module of Python beside this process, and not beyond its end."""
    return subprocess.Popen(  # noqa: S603  # our own Python, and plain values
        [sys.executable, "-m", *module],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,  # a Ctrl-C is for this process, which then ends the child
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def stop_child(process: subprocess.Popen[bytes]) -> None:
    """End a child, at first with a word."""
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def is_answering(address: str) -> bool:
    """Whether a server answers there that it is well."""
    try:
        return httpx.get(f"{address}/health", timeout=5).is_success
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    """Ask the kernel for the end with the parent's: a killed one cannot stop it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
