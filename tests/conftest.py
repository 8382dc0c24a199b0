"""What tests of several packages share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.vocabulary import load_gazetteer, load_vocabulary
from parsers.units.gazetteer import Gazetteer
from parsers.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """Prefect's server, once for all tests that run the flow."""
    # Only these tests have to wait for the import.
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with (
        prefect_test_harness(server_startup_timeout=180),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("PREFECT_API_URL", str(PREFECT_API_URL.value()))
        yield


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()
