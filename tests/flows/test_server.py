"""Prefect's server beside a run: it answers, and it never outlives the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

from extractors.errors import DependencyError
from flows.server import Server, is_answering, launch_server
from tests.flows.home import SAMPLES, Home

RUN = """
import time
from flows.server import launch_server, prepare_prefect
from flows.settings import load_settings

prepare_prefect(load_settings())
server = launch_server()
server.wait()
print(server.address, server.process.pid, flush=True)
{then}
"""


def without_server() -> dict[str, str]:
    """Return the environment of a run that has to start a server of its own."""
    return {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"}


def start_run(home: Path, then: str) -> tuple[subprocess.Popen[str], str, int]:
    """Start a run with a server of its own; return its address and process number."""
    run = subprocess.Popen(
        [sys.executable, "-c", RUN.format(then=then)],
        env={**without_server(), "SOHOA_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout
    address, pid = run.stdout.readline().split()
    return run, address, int(pid)


def has_ended(pid: int) -> bool:
    deadline = time.monotonic() + 30
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not psutil.pid_exists(pid)


@pytest.mark.parametrize(
    ("then", "end"),
    [
        ("", lambda run: None),
        ("time.sleep(600)", lambda run: run.send_signal(signal.SIGKILL)),
    ],
    ids=["that ends", "that is killed"],
)
def test_the_server_ends_with_a_run(
    tmp_path: Path, then: str, end: Callable[[subprocess.Popen[str]], None]
) -> None:
    run, address, server = start_run(tmp_path, then)
    assert address.startswith("http://127.0.0.1:")
    end(run)
    run.communicate()
    assert has_ended(server)


def test_a_server_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    server = launch_server()
    assert server == Server("http://127.0.0.1:9/api")
    assert not is_answering(server.address)
    with pytest.raises(DependencyError, match="does not answer at http://127"):
        server.wait()


def test_a_server_that_ends_early_is_told() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    with pytest.raises(DependencyError, match="does not answer"):
        Server("http://127.0.0.1:9/api", process).wait()


def test_a_server_that_is_lost_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Server, "wait", lambda self: None)
    server = Server("http://127.0.0.1:9/api")
    lost = pytest.raises(DependencyError, match="was lost during the run")
    with lost as told, server.serving():
        httpx.get(server.address)
    assert "run the same again" in told.value.todo


def test_ctrl_c_ends_a_run_in_one_line_and_the_next_one_completes_it(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    papers = [str(paper) for paper in sorted(SAMPLES.glob("*.pdf"))]
    run = subprocess.Popen(
        [Path(sys.executable).with_name("sohoa"), "ingest", *papers],
        env={**without_server(), "SOHOA_HOME": str(home.folder), "SOHOA_WAREHOUSE": ""},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that runs the tests in the background lets them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    children = wait_for_readers(psutil.Process(run.pid))
    os.killpg(run.pid, signal.SIGINT)  # as a terminal sends it
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert said.splitlines()[-1].startswith("Stopped. What is done is kept")
    assert "Traceback" not in said
    assert all(has_ended(child.pid) for child in children)

    assert home.run("ingest", *papers).exit_code == 0


def command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def wait_for_readers(run: psutil.Process) -> list[psutil.Process]:
    """Wait until pages are read by processes of their own; return all that run."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and run.is_running():
        children = run.children(recursive=True)
        readers = [c for c in children if "forkserver" in " ".join(command_of(c))]
        if len(readers) > 1:  # the server of the workers, and the first of them
            return children
        time.sleep(0.02)
    raise AssertionError("no process that reads pages was started")
