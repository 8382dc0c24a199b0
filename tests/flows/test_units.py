"""sohoa units find: units by name, for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.errors import ExitCode
from tests.flows.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def find(home: Home, *words: str) -> str:
    answer = home.run("units", "find", *words)
    assert answer.exit_code == ExitCode.OK, answer.stderr
    return answer.stdout


def test_a_unit_is_found_with_its_code(home: Home) -> None:
    words = ("TT Cam Lộ", "--within", "Huyện Cam Lộ", "--on", "2020-03-18")
    said = find(home, *words).splitlines()
    assert said[1].split()[0] == "19597"
    assert said[-1] == "abbreviation, confidence 1"


def test_twins_are_told_and_none_is_chosen(home: Home) -> None:
    words = ("Xã Cam Thánh", "--within", "Cam Lộ, Quảng Trị", "--on", "2019-10-01")
    said = json.loads(find(home, *words, "--json"))
    assert said["unit"] is None
    assert [unit["code"] for unit in said["candidates"]] == ["19609", "19612"]


def test_the_date_tells_the_system(home: Home) -> None:
    said = json.loads(find(home, "Tỉnh Quảng Trị", "--on", "2025-08", "--json"))
    assert (said["unit"]["code"], said["unit"]["system"]) == ("44", "2-level")


@pytest.mark.parametrize(
    "words",
    [
        ("Xã Cam Lộ", "--on", "hôm nay"),
        ("Xã Tân Lập", "--within", "Huyện Không Có"),
        ("Xã Tân Lập", "--within", "Huyện Châu Thành"),
    ],
)
def test_what_cannot_be_asked_is_said(home: Home, words: tuple[str, ...]) -> None:
    assert home.run("units", "find", *words).exit_code == ExitCode.USAGE
