from __future__ import annotations

from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.errors import EncryptedPdfError, SohoaError
from flows.ledger import as_told
from flows.store import Arrival, Paper

NOW = datetime(2024, 1, 2, tzinfo=UTC)
ARRIVAL = Arrival(Path("/in/so/a.pdf"), "so/a.pdf", "so", NOW)
STORED = Path("/store/ab/abc/paper.pdf")
PAPER = Paper(ARRIVAL, "a.pdf", "abc", 1, NOW, STORED)


@pytest.mark.parametrize("given", [ARRIVAL, PAPER])
def test_an_error_names_the_file_as_handed_in(given: Arrival | Paper) -> None:
    error = EncryptedPdfError("it wants a password", todo="Save it.", file=STORED)
    assert str(as_told(error, given)) == "so/a.pdf: it wants a password. Save it."


@pytest.mark.parametrize("error", [BrokenProcessPool(""), CancelledError()])
def test_a_run_that_was_stopped_is_no_defect(error: Exception) -> None:
    assert str(as_told(error, PAPER)) == "so/a.pdf: the run was stopped. Run it again."


def test_a_defect_becomes_an_error_of_the_project() -> None:
    told = as_told(ZeroDivisionError("division\nby zero"), PAPER)
    assert type(told) is SohoaError
    assert "so/a.pdf: this is a defect" in str(told)
    assert "\n" not in str(told)
