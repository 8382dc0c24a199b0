"""Values as both databases take them: plain Python types, text in NFC.

A ``numpy.int64`` would go into SQLite as bytes, silently; a NUL ends a text on
PostgreSQL; half of a surrogate pair is no UTF-8. Nothing of that reaches a driver.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from numbers import Integral, Real
from types import NoneType
from typing import Any, NoReturn, TypeAlias

import msgspec

from extractors.errors import WarehouseError

Plain: TypeAlias = str | int | float | Decimal | None

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_EXPONENT = 300
"""SQLite's doubles end at 1E308; no figure of a paper comes near."""


@lru_cache(maxsize=4096)
def keep_text(text: str) -> str:
    """Return the text in NFC; what no database can hold becomes U+FFFD."""
    # Labels and names repeat from row to row; a table has a few hundred of them.
    if text.isascii() and "\x00" not in text:
        return str(text)
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("\ufffd", text))


def keep_texts(texts: Sequence[str]) -> Sequence[str]:
    """Return the texts as ``keep_text`` does; at once where all are plain ASCII."""
    together = "".join(texts)
    if together.isascii() and "\x00" not in together:
        return texts
    return list(map(keep_text, texts))


def plain(value: Any) -> Plain:
    """Return the value as a type that every driver knows; a tuple as JSON text.

    Raises:
        WarehouseError: It is not finite, or of a type that no column holds.
    """
    return way_of(type(value))(value)


def way_of(kind: type[Any]) -> Callable[[Any], Plain]:
    """Return what makes values of a type plain."""
    # Kept, for it is asked for each value; a type is hashable whatever mypy thinks.
    return _find_way(kind)  # type: ignore[arg-type]


@cache
def _find_way(kind: type[Any]) -> Callable[[Any], Plain]:
    if issubclass(kind, Enum):
        return {member: plain(member.value) for member in kind}.__getitem__
    known: tuple[tuple[type, Callable[[Any], Plain]], ...] = (
        (NoneType, _as_it_is),
        (str, keep_text),
        (Decimal, _finite_decimal),
        (Integral, int),
        (Real, _finite_float),
        (tuple, json_list),
    )
    return next((way for base, way in known if issubclass(kind, base)), _refuse)


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


def _as_it_is(value: None) -> None:
    return value


def _finite_float(value: Any) -> float:
    if math.isfinite(value):
        return float(value)
    return _refuse(value)


def _refuse(value: object) -> NoReturn:
    raise WarehouseError(
        f"{value!r} is nothing that the warehouse can hold", todo="Please report this"
    )


def _finite_decimal(value: Decimal) -> Decimal:
    if value.is_finite() and abs(value.adjusted()) <= _MAX_EXPONENT:
        return value
    raise WarehouseError(
        f"{value} is no figure that the warehouse can hold", todo="Please report this"
    )
