"""The hours of the night, and the clock that rings at them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from extractors.errors import UsageError
from flows import clock
from flows.clock import Clock, hours_of
from flows.settings import Settings


def test_the_night_begins_in_the_time_of_vietnam() -> None:
    hours = hours_of(Settings().night_cron, datetime(2026, 11, 20, 17, 30, tzinfo=UTC))
    first, second = next(hours), next(hours)
    assert first.astimezone(UTC) == datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert second.astimezone(UTC) == datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.mark.parametrize("cron", ["", "at night", "61 1 * * *", "1 2 3"])
def test_what_is_no_cron_line_is_said(cron: str) -> None:
    with pytest.raises(UsageError, match="SOHOA_NIGHT_CRON"):
        hours_of(cron, datetime.now(UTC))


def test_a_night_that_cannot_begin_does_not_stop_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rung: list[int] = []
    twice = threading.Event()

    def ring() -> None:
        rung.append(1)
        if len(rung) == 2:
            twice.set()
        raise ConnectionError("no server")

    past = datetime(2020, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "hours_of", lambda *_: iter([past, past]))
    with Clock("* * * * *", ring):
        assert twice.wait(10)
