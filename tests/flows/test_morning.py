"""What the morning shows: failures last, sums, and what became of the night."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from flows.morning import show_status
from warehouse.nights import Night
from warehouse.runs import RunStatus
from warehouse.status import PaperStatus

ONE = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)
"""01:00 of the twentieth in Vietnam."""
TWO = datetime(2026, 11, 19, 18, 12, tzinfo=UTC)


def paper(name: str, stage: str, status: str, **more: object) -> PaperStatus:
    row = dict.fromkeys(PaperStatus.__dataclass_fields__)
    row |= {"path_name": name, "stage": stage, "status": status, "attempts": 1}
    return PaperStatus(**{**row, **more})  # type: ignore[arg-type]


BAD = paper("so/a.pdf", "read", "failed", reason="it is locked", todo="Save it.")
KILLED = paper("so/b.pdf", "parse", "done")
GOOD = paper("so/c.pdf", "load", "done", figures=16, issues=0)


def shown(
    capsys: pytest.CaptureFixture[str], rows: list[PaperStatus], night: Night | None
) -> list[str]:
    show_status(rows, night, as_json=False)
    return capsys.readouterr().out.splitlines()


def test_what_failed_stands_last_above_the_sums(
    capsys: pytest.CaptureFixture[str],
) -> None:
    night = Night(ONE, TWO, RunStatus.DONE)
    lines = shown(capsys, [BAD, KILLED, GOOD], night)
    assert [line.split(" ")[0] for line in lines[1:4]] == [
        "so/c.pdf",
        "so/a.pdf",
        "so/b.pdf",
    ]
    assert lines[5:] == [
        "The last night began 2026-11-20 01:00 and ended 2026-11-20 01:12.",
        "1 of 3 papers are well, 2 failed.",
        "When their cause is put right: sohoa retry --failed",
    ]


def test_nothing_is_to_be_done_where_all_is_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shown(capsys, [GOOD], None)[-1] == "1 of 1 papers are well, 0 failed."


@pytest.mark.parametrize(
    ("night", "said"),
    [
        (Night(ONE, None, RunStatus.RUNNING), "has not ended"),
        (Night(ONE, TWO, RunStatus.FAILED), "broke off 2026-11-20 01:12"),
    ],
)
def test_a_night_that_came_to_no_good_end_is_told(
    capsys: pytest.CaptureFixture[str], night: Night, said: str
) -> None:
    first, *_ = shown(capsys, [], night)
    assert said in first


def test_programs_get_the_papers_alone(capsys: pytest.CaptureFixture[str]) -> None:
    show_status([BAD], None, as_json=True)
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["path_name"], row["todo"]) == ("so/a.pdf", "Save it.")
