"""Whether a paper gave anything at all: one that did not is not plainly 'ok'."""

from __future__ import annotations

from parsers.records import Issue, Records, Severity

NOTHING_FOUND = "nothing_found"


def check_coverage(records: Records) -> tuple[Issue, ...]:
    """Return the doubt about a paper without any figure, target or task."""
    if records.figures or records.assignments:
        return ()
    return (
        Issue(
            document=min((d.ordinal for d in records.documents), default=0),
            check_code=NOTHING_FOUND,
            severity=Severity.WARNING,
            message="No figure, no target and no task could be read from this paper.",
            message_vi=(
                "Không đọc được số liệu, chỉ tiêu hay nhiệm vụ nào từ văn bản này."
            ),
        ),
    )
