"""What is read from the sample papers is what was read from them before."""

from __future__ import annotations

import pytest

from expectations.check import check
from extractors.model import Evidence, TextSource
from flows.parse import parse_evidence
from tests.golden.rendering import (
    GOLDEN,
    NAMES,
    load_evidence,
    read_samples,
    render_evidence,
    render_verdict,
)


@pytest.fixture(scope="module")
def fresh() -> dict[str, Evidence]:
    return read_samples()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_is_made_of_the_same_evidence(name: str) -> None:
    verdict = check(parse_evidence(load_evidence(name)))
    expected = (GOLDEN / f"{name}.lines.txt").read_text(encoding="utf-8")
    assert render_verdict(verdict).splitlines() == expected.splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_a_text_layer_is_read_as_ever(name: str, fresh: dict[str, Evidence]) -> None:
    evidence, expected = fresh[name], load_evidence(name)
    assert evidence.text_source == expected.text_source
    # Tesseract's versions differ; what its words come to, other tests measure.
    if expected.text_source is TextSource.TEXT_LAYER:
        assert render_evidence(evidence) == render_evidence(expected)


def test_every_sample_has_golden_files() -> None:
    kept = {path.name.split(".json")[0] for path in GOLDEN.glob("*.zst")}
    assert kept == {f"{name}.evidence" for name in NAMES}
    lines = {path.name for path in GOLDEN.glob("*.txt")}
    assert lines == {f"{name}.lines.txt" for name in NAMES}
