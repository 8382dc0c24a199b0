"""The night that began last, and how it ended."""

from __future__ import annotations

from sqlalchemy import Engine

from warehouse.nights import last_night
from warehouse.runs import RunStatus, finish_run, start_run


def test_the_last_night_is_told_and_no_other_run(engine: Engine) -> None:
    assert last_night(engine) is None
    start_run(engine, "first", "night", "1")
    finish_run(engine, "first", RunStatus.DONE)
    start_run(engine, "by hand", "ingest", "1")
    ended = last_night(engine)
    assert ended is not None
    assert ended.status is RunStatus.DONE
    assert ended.ended is not None
    assert ended.began <= ended.ended


def test_a_night_that_was_killed_has_no_end(engine: Engine) -> None:
    start_run(engine, "killed", "night", "1")
    night = last_night(engine)
    assert night is not None
    assert (night.ended, night.status) == (None, RunStatus.RUNNING)
