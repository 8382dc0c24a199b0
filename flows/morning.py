"""What an engineer reads in the morning: the last night, and how each paper stands."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime

from flows.moments import ZONE
from flows.show import plain_table, to_json, write
from warehouse.nights import Night
from warehouse.runs import RunStatus
from warehouse.status import PaperStatus, has_failed

_COLUMNS = (
    *("paper", "stage", "status", "attempts", "figures", "doubts"),
    *("why", "what to do"),
)


def show_status(
    rows: Sequence[PaperStatus], night: Night | None, *, as_json: bool
) -> None:
    """Write how each paper stands, those that failed last, where the eye ends up."""
    if as_json:
        sys.stdout.write(to_json(rows))
        return
    if rows:
        ordered = sorted(rows, key=has_failed)
        write(plain_table(_COLUMNS, [_line(row) for row in ordered]), "")
    write(*_sums(rows, night))


def _line(row: PaperStatus) -> tuple[object, ...]:
    return (
        *(row.path_name, row.stage, "withdrawn" if row.is_withdrawn else row.status),
        *(row.attempts, row.figures, row.issues, row.reason, row.todo),
    )


def _sums(rows: Sequence[PaperStatus], night: Night | None) -> Iterator[str]:
    """Yield what it comes to, and what to do next."""
    if night is not None:
        yield _told(night)
    if not rows:
        yield "Nothing yet." if night is None else "There is no such paper."
        return
    failed = sum(has_failed(row) for row in rows)
    yield f"{len(rows) - failed} of {len(rows)} papers are well, {failed} failed."
    if failed:
        yield "When their cause is put right: sohoa retry --failed"


def _told(night: Night) -> str:
    began = _clock(night.began)
    if night.ended is None:
        return (
            f"The last night began {began} and has not ended: it is at work, or was "
            "killed; the next one completes it."
        )
    how = "broke off" if night.status is RunStatus.FAILED else "ended"
    return f"The last night began {began} and {how} {_clock(night.ended)}."


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"
