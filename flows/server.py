"""Prefect's server: prepared, started and asked how it is, before a flow needs it."""

from __future__ import annotations

import os

from extractors.errors import DependencyError
from flows.folders import make_private
from flows.settings import Settings, prefect_environment


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


def start_server() -> None:
    """Start Prefect's server, or find the one that PREFECT_API_URL names, and ask it.

    The server that is started serves this process until it ends.

    Raises:
        DependencyError: It does not start or does not answer.
    """
    from prefect.client.orchestration import get_client

    try:
        with get_client(sync_client=True) as client:
            problem = client.api_healthcheck()
    except RuntimeError as error:  # what Prefect raises when its server ends early
        problem = error
    if problem is not None:
        raise DependencyError(
            f"Prefect's server does not answer ({problem})",
            todo="'make setup' installs versions that fit each other; where "
            "PREFECT_API_URL is set, see that its server runs.",
        ) from problem
