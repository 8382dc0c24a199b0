"""Values as both databases take them: plain Python types, text in NFC.

A ``numpy.int64`` would go into SQLite as bytes, silently; a NUL ends a text on
PostgreSQL; half of a surrogate pair is no UTF-8. Nothing of that reaches a driver.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from numbers import Integral, Real
from typing import Any, TypeAlias

import msgspec

from extractors.errors import WarehouseError

Plain: TypeAlias = str | int | float | Decimal | None

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_EXPONENT = 300
"""SQLite's doubles end at 1E308; no figure of a paper comes near."""


def keep_text(text: str) -> str:
    """Return the text in NFC; what no database can hold becomes U+FFFD."""
    if text.isascii() and "\x00" not in text:
        return text
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("\ufffd", text))


def plain(value: Any) -> Plain:
    """Return the value as a type that every driver knows.

    Raises:
        WarehouseError: It is not finite, or of a type that no column holds.
    """
    # By exact type first: this runs for each column of each row.
    kind = type(value)
    if value is None:
        return None
    if kind is str:
        is_plain = value.isascii() and "\x00" not in value
        return value if is_plain else keep_text(value)
    if isinstance(value, StrEnum):
        return keep_text(str(value))
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Decimal):
        return _finite_decimal(value)
    if kind is int or (kind is not float and isinstance(value, Integral)):
        return int(value)
    if isinstance(value, float | Real) and math.isfinite(value):
        return float(value)
    if isinstance(value, str):
        return keep_text(str(value))
    raise WarehouseError(
        f"{value!r} is nothing that the warehouse can hold", todo="Please report this"
    )


def exact_digits(value: Decimal | None) -> str | None:
    """Return all digits of a decimal, without an exponent."""
    return None if value is None else format(value, "f")


def json_list(values: Iterable[object]) -> str:
    """Return the values as JSON text, Vietnamese letters as they are."""
    rows = [_plain_item(value) for value in values]
    return msgspec.json.encode(rows).decode()


def iso_time(moment: datetime) -> str:
    """Return a moment as ISO text in UTC, of fixed width so that it sorts.

    Raises:
        ValueError: It has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def now() -> str:
    """Return this moment as ISO text in UTC."""
    return iso_time(datetime.now(UTC))


def _plain_item(value: object) -> Plain | dict[str, Plain]:
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    return plain(value)


def _finite_decimal(value: Decimal) -> Decimal:
    if value.is_finite() and abs(value.adjusted()) <= _MAX_EXPONENT:
        return value
    raise WarehouseError(
        f"{value} is no figure that the warehouse can hold", todo="Please report this"
    )
