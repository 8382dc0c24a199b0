"""Other ways of reading a paper, as an engineer writes them: 'dpi=400,psm=6'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from extractors.errors import UsageError
from extractors.paper import ReadOptions

_ALLOWED: Mapping[str, range] = {"dpi": range(72, 1201), "psm": range(3, 14)}


@lru_cache(maxsize=256)
def with_options(usual: ReadOptions, written: str) -> ReadOptions:
    """Return the usual options with those written in place of theirs.

    Raises:
        UsageError: There is no such option, or it cannot have this value.
    """
    if not written:
        return usual
    given: dict[str, Any] = dict(_parse(part) for part in written.split(","))
    return replace(usual, **given)


def _parse(part: str) -> tuple[str, int]:
    name, _, value = part.strip().partition("=")
    allowed = _ALLOWED.get(name)
    if allowed and value.isascii() and value.isdigit() and int(value) in allowed:
        return name, int(value)
    can = ", ".join(f"{n} from {r.start} to {r.stop - 1}" for n, r in _ALLOWED.items())
    raise UsageError(
        f"'{part.strip()}' is no way of reading", todo=f"There are: {can}."
    )
