from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from extractors.errors import DependencyError, ExitCode
from flows import doctor, server
from flows.doctor import parse_languages
from tests.flows.home import Home


@pytest.fixture
def well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefect's server starts elsewhere in these tests."""
    started = SimpleNamespace(wait=lambda: None)
    monkeypatch.setattr(server, "launch_server", lambda: started)


@pytest.mark.usefixtures("well")
def test_all_is_well_here(home: Home) -> None:
    answer = home.run("doctor")
    assert answer.exit_code == ExitCode.OK
    found = [line.split()[1].rstrip(":") for line in answer.stdout.splitlines()]
    assert found[0] == "versions"
    assert {"tesseract", "home", "store", "warehouse", "Prefect"} <= set(found)


@pytest.mark.usefixtures("well")
def test_a_missing_tesseract_is_told_with_what_to_install(
    home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = home.run("doctor")
    assert answer.exit_code == ExitCode.DEPENDENCY
    assert "bad tesseract: not installed" in answer.stdout
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in answer.stdout


@pytest.mark.usefixtures("well")
def test_missing_data_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = 'List of available languages in "/usr/share" (1):\neng\n'
    monkeypatch.setattr(doctor, "_output_of", lambda *_words: listing)
    answer = home.run("doctor")
    assert answer.exit_code == ExitCode.DEPENDENCY
    assert "bad tesseract data 'vie': missing" in answer.stdout
    assert "ok  tesseract data 'eng'" in answer.stdout
    assert "apt-get install tesseract-ocr-vie" in answer.stdout


def test_a_server_that_does_not_start_is_told(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise DependencyError("it does not answer", todo="Run 'make setup'.")

    started = SimpleNamespace(wait=broken)
    monkeypatch.setattr(server, "launch_server", lambda: started)
    answer = home.run("doctor")
    assert answer.exit_code == ExitCode.DEPENDENCY
    assert "bad Prefect: it does not answer\n    Run 'make setup'." in answer.stdout


@pytest.mark.usefixtures("well")
def test_a_warehouse_that_cannot_be_opened_is_told(home: Home, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = home.run("doctor", "--warehouse", f"sqlite:///{tmp_path}/file/w.db")
    assert answer.exit_code == ExitCode.DEPENDENCY
    assert "bad warehouse" in answer.stdout


def test_languages_stand_below_the_headline() -> None:
    listing = "List of available languages (3):\neng\nosd\nvie\n"
    assert parse_languages(listing) == {"eng", "osd", "vie"}
    assert parse_languages("") == frozenset()
