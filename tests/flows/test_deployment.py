"""The night in a work pool: prefect.yaml is deployed, and a worker's run is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule

from extractors.errors import UsageError
from flows.night import night
from flows.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def prefect(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Prefect's own program in the project, as on each machine."""
    return subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", *words],
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def deployed(prefect_server: None) -> DeploymentResponse:
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name="sohoa", type="process"))
        done = prefect("deploy", "--all")
        assert done.returncode == 0, done.stdout + done.stderr
        return client.read_deployment_by_name("night/nightly")


def test_the_work_pool_gets_the_same_flow_at_the_same_hour(
    deployed: DeploymentResponse,
) -> None:
    assert deployed.work_pool_name == "sohoa"
    assert deployed.entrypoint == "flows/night.py:night"
    assert deployed.parameters == {"shared": True}
    (schedule,) = (one.schedule for one in deployed.schedules)
    assert isinstance(schedule, CronSchedule)
    assert schedule.cron == Settings().night_cron
    assert schedule.timezone == "Asia/Ho_Chi_Minh"


def test_a_worker_refuses_a_warehouse_that_machines_cannot_share(
    deployed: DeploymentResponse, tmp_path: Path
) -> None:
    home = {"SOHOA_HOME": str(tmp_path), "SOHOA_WAREHOUSE": ""}
    with get_client(sync_client=True) as client:
        run = client.create_flow_run_from_deployment(deployed.id)
        # As a worker of a process pool executes a run that it takes.
        prefect("flow-run", "execute", str(run.id), **home)
        state = client.read_flow_run(run.id).state
    assert state is not None
    assert state.is_failed()
    assert "Several machines cannot share a SQLite file" in str(state.message)
    assert list(tmp_path.iterdir()) == []


def test_the_refusal_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOHOA_HOME", str(tmp_path))
    monkeypatch.setenv("SOHOA_WAREHOUSE", "")
    with pytest.raises(UsageError, match=r"SOHOA_WAREHOUSE.*SOHOA_STORE"):
        night.fn(shared=True)
