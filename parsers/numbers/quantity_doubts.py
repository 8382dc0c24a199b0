"""Why a quantity of a sentence may be another than it was read as, for people."""

from __future__ import annotations

import re

from parsers.numbers.quantity_tail import Tail
from parsers.numbers.quantity_text import QuantityText

_AFTER_PLAN = re.compile(
    r"(?:%|lần)\s(?:so với\s)?(?:kế hoạch|chỉ tiêu|nghị quyết|mục tiêu|KH|NQ)"
    r"[^\d,;.:()%]{0,40}\(\s?$",
    re.IGNORECASE,
)
_WHOLE_PART = re.compile(r"(?<![\w.,/])\d{1,2}[.,]\s$")


def cut_off(work: QuantityText, start: int, end: int, unit: str | None) -> str | None:
    """Return the doubt of a rate whose whole part may stand before it: '0. 57%'."""
    whole = _WHOLE_PART.search(work.shown, max(0, start - 8), start)
    if unit != "percent" or whole is None:
        return None
    return f"'{work.raw[whole.start() : end]}' may be one number with a space in it"


def open_on(
    work: QuantityText, start: int, end: int, places: bool | None
) -> str | None:
    """Return the doubt of 'Trên 7 xã …', which counts them or says where."""
    if places is not None:
        return None
    said = work.raw[start:end]
    return f"'trên {said}' may be more than {said}, or in {said}"


def set_or_reached(work: QuantityText, start: int, end: int) -> str | None:
    """Return the doubt of brackets after a plan: 'đạt 120% kế hoạch (486 hộ)'."""
    if _AFTER_PLAN.search(work.shown, max(0, start - 80), start) is None:
        return None
    return f"'{work.raw[start:end]}' may be what was set, or what was reached"


def guessed_unit(work: QuantityText, start: int, tail: Tail) -> str | None:
    """Return the doubt of an amount whose unit is not printed: '2 triệu cây'."""
    if not tail.is_guess:
        return None
    return f"'{work.raw[start : tail.end]}' has no unit and is taken for đồng"
