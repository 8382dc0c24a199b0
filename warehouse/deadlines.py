"""Deadlines of tasks as dates: 'by 10 November', in a plan for five years, is five.

Which of them a task has already as printed stays in ``assignment.deadlines``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NO_YEAR = re.compile(r"\d\d-\d\d")
_YEARS_AT_MOST = 30
"""No plan is for longer; more would be a misread year."""


def due_dates(
    deadlines: Sequence[str], first_year: int | None, last_year: int | None
) -> Iterator[dict[str, object]]:
    """Yield a row for each date that a task is due on.

    Args:
        deadlines: 'YYYY-MM-DD', or 'MM-DD' where no year is printed.
        first_year: First year planned for, if one is known.
        last_year: Last year planned for.
    """
    dated = (row for text in deadlines for row in _dated(text, first_year, last_year))
    for ordinal, (text, due_on, is_year_printed) in enumerate(dated, 1):
        yield {
            "ordinal": ordinal,
            "deadline": text,
            "due_on": due_on,
            "is_year_printed": int(is_year_printed),
        }


def _dated(
    text: str, first: int | None, last: int | None
) -> list[tuple[str, str | None, bool]]:
    if not _NO_YEAR.fullmatch(text):
        return [(text, text, True)]
    if first is None:
        return [(text, None, False)]
    end = min(max(last or first, first), first + _YEARS_AT_MOST)
    return [(text, f"{year}-{text}", False) for year in range(first, end + 1)]
