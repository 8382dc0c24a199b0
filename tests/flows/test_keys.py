from __future__ import annotations

from pathlib import Path

import pytest

from extractors.paper import ReadOptions
from flows import keys
from flows.keys import code_version, package_digest, stage_keys


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for package in ("extractors", "parsers/vocabulary", "expectations", "warehouse"):
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "words.csv").write_text("phrase\n")
    monkeypatch.setattr(keys, "_PROJECT", tmp_path)
    monkeypatch.setattr(keys, "package_digest", package_digest.__wrapped__)
    return tmp_path


def test_a_new_word_parses_anew_without_reading(project: Path) -> None:
    before = stage_keys("dpi=0")
    (project / "parsers/vocabulary/words.csv").write_text("phrase\nhộ nghèo\n")
    after = stage_keys("dpi=0")
    assert after.evidence == before.evidence
    assert after.records != before.records
    assert after.verdict != before.verdict


def test_a_new_check_checks_anew_without_parsing(project: Path) -> None:
    before = stage_keys("dpi=0")
    (project / "expectations/sums.py").touch()
    after = stage_keys("dpi=0")
    assert (after.evidence, after.records) == (before.evidence, before.records)
    assert after.verdict != before.verdict


def test_another_manner_reads_anew_and_another_limit_does_not() -> None:
    usual = stage_keys(ReadOptions().manner)
    assert stage_keys(ReadOptions(max_pixels=1).manner) == usual
    other = stage_keys(ReadOptions(psm=6).manner)
    assert usual.evidence != other.evidence
    assert usual.verdict != other.verdict


def test_compiled_files_change_nothing(project: Path) -> None:
    before = stage_keys("dpi=0")
    (project / "parsers/__pycache__").mkdir()
    (project / "parsers/__pycache__/x.pyc").touch()
    assert stage_keys("dpi=0") == before


def test_the_version_tells_states_of_the_code_apart(project: Path) -> None:
    before = code_version()
    (project / "warehouse/load.py").touch()
    assert before.split("+")[0] == code_version().split("+")[0]
    assert before != code_version()
