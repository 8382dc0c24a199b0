"""Kept forms: any of our dataclasses as JSON, packed with zstd, and back."""

from __future__ import annotations

from typing import TypeVar

import msgspec
import zstandard

T = TypeVar("T")


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
    return msgspec.json.decode(plain, type=kind)
