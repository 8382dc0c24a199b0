"""Moments as an engineer writes them: a day, a time, or 'last-night'."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from extractors.errors import UsageError

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_EVENING_HOUR = 18


def parse_moment(written: str, now: datetime | None = None) -> datetime:
    """Return the moment; a day begins, and a time without a zone is, in Vietnam.

    Args:
        written: 'YYYY-MM-DD', an ISO time, or 'last-night': yesterday at 18:00.
        now: The present, for tests.

    Raises:
        UsageError: It is none of them.
    """
    if written == "last-night":
        today = (now or datetime.now(ZONE)).astimezone(ZONE)
        yesterday = today - timedelta(days=1)
        return yesterday.replace(hour=_EVENING_HOUR, minute=0, second=0, microsecond=0)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"'{written}' is no moment",
            todo="Write 2026-11-20, 2026-11-20T18:00, or last-night.",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
