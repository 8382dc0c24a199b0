"""What the files of the gazetteer hold, and that they agree with what is known."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

import pytest

from flows.vocabulary import VOCABULARY_DIR

Row = dict[str, str]
NEW = "2025-07-01"


def read(name: str) -> list[Row]:
    with (VOCABULARY_DIR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def states() -> list[Row]:
    return read("units.csv")


@pytest.fixture(scope="module")
def steps() -> list[Row]:
    return read("unit_successors.csv")


def test_how_many_units_there_are(states: list[Row]) -> None:
    counts = Counter(
        (row["level"], day)
        for row in states
        for day in ("2019-09-11", "2025-03-01", NEW)
        if row["first_seen"] <= day <= (row["last_seen"] or "9999")
    )
    assert counts == {
        ("province", "2019-09-11"): 63,
        ("district", "2019-09-11"): 713,
        ("commune", "2019-09-11"): 11161,
        ("province", "2025-03-01"): 63,
        ("district", "2025-03-01"): 696,
        # 10,035 by the resolutions: 12 are still listed that ended two months before.
        ("commune", "2025-03-01"): 10047,
        ("province", NEW): 34,
        ("commune", NEW): 3321,
    }


def test_no_two_rows_are_one_state(states: list[Row]) -> None:
    keys = Counter((row["code"], row["first_seen"]) for row in states)
    assert max(keys.values()) == 1


def test_every_step_is_between_states(states: list[Row], steps: list[Row]) -> None:
    known = {(row["code"], row["first_seen"]) for row in states}
    for step in steps:
        assert (step["code"], step["first_seen"]) in known
        assert (step["successor_code"], step["successor_first_seen"]) in known


def test_every_new_unit_has_parts_and_every_last_one_an_heir(
    states: list[Row], steps: list[Row]
) -> None:
    into_new = [s for s in steps if s["successor_first_seen"] == NEW]
    heirs = {(len(s["code"]), s["successor_code"]) for s in into_new}
    new = {r["code"] for r in states if r["first_seen"] == NEW and len(r["code"]) == 5}
    # Islands that were districts without communes came of the district alone.
    without = {code for code in new if (5, code) not in heirs}
    assert without == {"11948", "19742", "20333", "21548", "26732"}
    assert all((3, code) in heirs for code in without)
    gone = {s["code"] for s in into_new if len(s["code"]) == 5}
    assert len(gone) == 10035


def test_a_new_code_is_that_of_one_of_its_parts(
    states: list[Row], steps: list[Row]
) -> None:
    # The rule by which new codes were given, and no source of the mapping: that all
    # 3,316 keep to it says that the mapping is sound.
    parts = defaultdict(set)
    for step in steps:
        if step["successor_first_seen"] == NEW and len(step["code"]) == 5:
            parts[step["successor_code"]].add(step["code"])
    assert len(parts) == 3316
    assert [code for code, olds in parts.items() if code not in olds] == []


def test_shares_and_sources(steps: list[Row]) -> None:
    heirs = Counter(
        (s["code"], s["first_seen"])
        for s in steps
        if s["successor_first_seen"] == NEW and len(s["code"]) == 5
    )
    for step in steps:
        if step["successor_first_seen"] == NEW and len(step["code"]) == 5:
            several = heirs[step["code"], step["first_seen"]] > 1
            assert (step["share"] == "part") is several
    told_by_one = [
        s for s in steps if s["source"] == "package" and s["successor_first_seen"] < NEW
    ]
    assert {s["share"] for s in told_by_one} == {"unsure"}


def test_a_twin_is_no_heir_by_its_name_without_marks(steps: list[Row]) -> None:
    # The package, which ignores marks, knows one of Cam Thanh and Cam Thành.
    assert [s for s in steps if s["code"] == "19609"] == []


def test_the_licence_of_the_package_is_kept() -> None:
    licence = (VOCABULARY_DIR / "vietnamadminunits_LICENSE.txt").read_text()
    assert "MIT License" in licence
