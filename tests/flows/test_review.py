"""Settling doubts from the command line: kept, checked again, lasting, withdrawable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.errors import ExitCode
from tests.flows.home import SAMPLES, Home

PAPER = "bim-son-2018.pdf"
# The paper itself prints 3 goats and no money for the countryside, where its two
# communes have it the other way round.
CELL = ("--table", "2", "--row", "2", "--col", "11")
LAN = ("--by", "Lan", "--why", "two columns are exchanged")


@pytest.fixture
def loaded(home: Home, prefect_server: None) -> Iterator[Home]:
    answer = home.run("ingest", str(SAMPLES / PAPER))
    assert answer.exit_code == ExitCode.OK, answer.stderr
    yield home


def doubts(home: Home, *words: str) -> list[dict[str, object]]:
    answer = home.run("review", "list", "--json", *words)
    assert answer.exit_code == ExitCode.OK, answer.stderr
    return json.loads(answer.stdout)


def values(home: Home) -> list[dict[str, object]]:
    query = (
        "SELECT value, quality, raw_text, first_reading FROM v_observation "
        "WHERE table_no = 2 AND row_no = 2 AND col_no = 11"
    )
    return json.loads(home.run("sql", query, "-f", "json").stdout)


def states(home: Home) -> dict[tuple[object, ...], object]:
    names = ("check_code", "table_no", "row_no", "col_no")
    return {
        tuple(d[name] for name in names): d["status"] for d in doubts(home, "--all")
    }


def test_a_correction_is_checked_lasts_and_can_be_withdrawn(loaded: Home) -> None:
    as_read, open_first = values(loaded), states(loaded)
    assert open_first["sum_mismatch", 2, 2, 11] == "open"

    answer = loaded.run("review", "correct", PAPER, *CELL, "--value", "0", *LAN)
    assert answer.exit_code == ExitCode.OK, answer.stderr
    # The sum of the countryside is right now, that of the whole town no more.
    assert "New doubt: Table 2, 'Toàn Thị xã'" in answer.stdout
    corrected = [
        {"value": 0, "quality": "corrected", "raw_text": "3", "first_reading": "3"}
    ]
    assert values(loaded) == corrected
    settled = states(loaded)
    assert settled["sum_mismatch", 2, 2, 11] == "corrected"
    assert settled["sum_mismatch", 2, 1, 11] == "open"

    # Read anew, without anything that was kept of it.
    for kept in (loaded.folder / "raw" / "store").glob("*/*/*.zst"):
        kept.unlink()
    assert loaded.run("ingest", str(SAMPLES / PAPER)).exit_code == ExitCode.OK
    assert (values(loaded), states(loaded)) == (corrected, settled)

    (decision,) = json.loads(
        loaded.run("review", "list", "--decisions", "--json").stdout
    )
    assert (decision["old_value"], decision["new_value"]) == ("3", "0")
    assert (decision["done_by"], decision["why"]) == (LAN[1], LAN[3])
    back = ("withdraw", decision["decision_id"], "--by", "Minh", "--why", "no slip")
    assert loaded.run("review", *back).exit_code == ExitCode.OK
    assert (values(loaded), states(loaded)) == (as_read, open_first)


def test_many_are_settled_from_a_file_or_none(loaded: Home, tmp_path: Path) -> None:
    accepted = next(d for d in doubts(loaded) if d["row_no"] == 5)
    file = tmp_path / "settled.csv"
    head = "document,table,row,col,value,by,why,issue\n"
    good = (
        f"{PAPER},2,2,11,0,Lan,exchanged,\n{PAPER},2,2,12,3,Lan,exchanged,\n"
        f",,,,,Lan,looked at,{accepted['issue_id']}\n"
    )
    for bad in ("other.pdf,1,1,1,5,Lan,why,\n", f"{PAPER},2,2,11,1.234,Lan,why,\n",
                ",,,,,Lan,why,nothing-q1\n", f"{PAPER},2,2,11,0,Lan,,\n"):  # fmt: skip
        file.write_text(head + good + bad, encoding="utf-8")
        assert loaded.run("review", "import", str(file)).exit_code == ExitCode.USAGE
        assert loaded.run("review", "list", "--decisions").stdout.startswith("Nothing")
    file.write_text(head + good, encoding="utf-8")
    answer = loaded.run("review", "import", str(file))
    assert answer.exit_code == ExitCode.OK, answer.stderr
    assert states(loaded)["sum_mismatch", 2, 5, 10] == "accepted"
    assert states(loaded)["sum_mismatch", 2, 2, 12] == "corrected"


def test_a_doubt_is_listed_in_vietnamese_and_accepted(loaded: Home) -> None:
    listed = loaded.run("review", "list", PAPER, "--vi")
    assert "Bảng 2, 'Khu vực Nông thôn'" in listed.stdout
    first = str(doubts(loaded, PAPER)[0]["issue_id"])
    answer = loaded.run("review", "accept", first, *LAN)
    assert answer.stdout.startswith("Accepted (decision ")
    assert first not in {d["issue_id"] for d in doubts(loaded)}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("correct", PAPER, *CELL, "--value", "1.234"), "may mean"),
        (("correct", PAPER, *CELL, "--value", "many"), "is no number"),
        (("correct", PAPER, "--table", "2", "--value", "1"), "not named"),
        (("accept", "nothing-q1"), "there is no doubt"),
        (("withdraw", "nothing"), "no decision"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    home: Home, words: tuple[str, ...], told: str
) -> None:
    answer = home.run("review", *words, *LAN)
    assert answer.exit_code == ExitCode.USAGE
    assert told in answer.errors[-1]


def test_the_report_shows_doubts_beside_their_place_and_names_no_address(
    loaded: Home, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    answer = loaded.run("report", "-o", str(target))
    assert answer.exit_code == ExitCode.OK, answer.stderr
    page = target.read_text(encoding="utf-8")
    for doubt in doubts(loaded):
        assert str(doubt["issue_id"]) in page
    assert page.count('<img src="data:image/png;base64,') == len(doubts(loaded))
    assert "Bảng 2, &#39;Khu vực Nông thôn&#39;" in page
    assert "<svg" in page
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert all(a.startswith(("data:image/png;base64,", "#p")) for a in addresses)
    assert "://" not in page
    assert "url(" not in page
    assert str(loaded.folder) not in page
    without = loaded.run("report", "-o", str(target), "--crops", "0")
    assert without.exit_code == ExitCode.OK
    assert "<img" not in target.read_text(encoding="utf-8")
