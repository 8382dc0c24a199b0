"""The gate: what becomes of a paper, by the doubts about it.

A failure of structure keeps a paper out whatever the thresholds: the records are then
none that the warehouse could hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parsers.records import Grade, Issue, Quality, Records, Severity

TOO_MANY = "too_many_suspects"


@dataclass(frozen=True, slots=True)
class Gate:
    """Thresholds: how much doubt makes a paper doubtful, and how much keeps it out."""

    doubts_allowed: int = 0
    """Warnings that a paper may have and still be graded ok."""
    max_suspect_percent: float = 100
    """A paper with a larger share of suspect figures is kept out."""


def suspect_issues(records: Records, gate: Gate) -> tuple[Issue, ...]:
    """Return the error that keeps a paper out whose figures are too often suspect."""
    count = len(records.figures)
    suspect = sum(f.quality is Quality.SUSPECT for f in records.figures)
    if count == 0 or suspect * 100 <= gate.max_suspect_percent * count:
        return ()
    limit = f"{gate.max_suspect_percent:g}"
    return (
        Issue(
            document=min((d.ordinal for d in records.documents), default=0),
            check_code=TOO_MANY,
            severity=Severity.ERROR,
            message=f"{suspect} of {count} figures are suspect; {limit} % are allowed.",
            message_vi=(
                f"{suspect} trên {count} số liệu đáng ngờ; mức cho phép là {limit} %."
            ),
            printed=str(suspect),
        ),
    )


def grade(issues: Iterable[Issue], gate: Gate) -> Grade:
    """Return what becomes of a paper with these doubts."""
    severities = [issue.severity for issue in issues]
    if Severity.ERROR in severities:
        return Grade.QUARANTINED
    doubts = severities.count(Severity.WARNING)
    return Grade.DOUBTFUL if doubts > gate.doubts_allowed else Grade.OK
