"""Kept forms: any of our dataclasses as JSON, packed with zstd, and back."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any, TypeVar

import msgspec
import zstandard

T = TypeVar("T")
_MAKING = threading.Lock()


def pack(value: object) -> bytes:
    """Return the JSON of a (nested, frozen) dataclass, zstd-compressed.

    Decimals are kept as text, so no digit is lost.
    """
    return zstandard.ZstdCompressor(level=6).compress(msgspec.json.encode(value))


def unpack(data: bytes, kind: type[T]) -> T:
    """Return the value that :func:`pack` was given.

    Raises:
        msgspec.ValidationError: The bytes hold another kind of value.
        zstandard.ZstdError: The bytes are not a kept form at all.
    """
    plain = zstandard.ZstdDecompressor().decompress(data)
    # msgspec leaves what it knows of a class half made on it for a moment, and a second
    # thread that finds it so ends the whole process: decoders are made one at a time.
    with _MAKING:
        decoder = _decoder(kind)  # type: ignore[arg-type]  # a class has a hash
    value: T = decoder.decode(plain)
    return value


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
