"""The build of a PDF, looked at before any reader takes it apart.

A file of a few kilobytes can hold a million objects, lists within lists without end,
or unpack to gigabytes. Counted here in the raw bytes, whatever its own index claims.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from extractors.errors import LimitExceededError
from extractors.paper import ReadOptions

_CHUNK = 1 << 16
# A stream with the dictionary before it, a string, or what opens and closes a level.
_TOKEN = re.compile(
    rb"(?P<stream>\bstream\r?\n)|(?P<object>\bobj\b)"
    rb"|\((?:[^()\\]|\\.){0,4000}\)|(?P<open><<|\[)|(?P<close>>>|\])",
    re.DOTALL,
)
_PACKED_OBJECTS = re.compile(rb"/N\s+(\d{1,9})")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_DICTIONARY_BYTES = 2000
_MAX_FILTERS = 8


def refuse_hostile_build(path: Path, options: ReadOptions) -> None:
    """Raise if a PDF has more objects, levels or packed bytes than a paper needs.

    Pictures are not unpacked here: they are refused by their pixels.

    Raises:
        LimitExceededError: It has; the error names the limit.
    """
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        _Build(path, options).walk(data)


class _Build:
    """What was counted so far."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self._path = path
        self._options = options
        self._objects = 0
        self._depth = 0
        self._unpacked = 0

    def walk(self, data: mmap.mmap) -> None:
        """Count from the first byte to the last, over streams in one step each."""
        place = 0
        while (token := _TOKEN.search(data, place)) is not None:
            place = token.end()
            if token["stream"]:
                place = self._take_stream(data, token.start(), place)
            elif token["object"]:
                self._depth = 0
                self._count_objects(1)
            elif token["open"]:
                self._go_down()
            elif token["close"]:
                self._depth = max(0, self._depth - 1)

    def _take_stream(self, data: mmap.mmap, head_end: int, start: int) -> int:
        end = data.find(b"endstream", start)
        if end < 0:
            end = len(data)
        head = data[max(0, head_end - _DICTIONARY_BYTES) : head_end]
        head = head[head.rfind(b" obj") + 1 :]
        if b"/ObjStm" in head and (packed := _PACKED_OBJECTS.search(head)):
            self._count_objects(int(packed[1]))
        filters = len(_FLATE.findall(head))
        if filters and b"/Image" not in head:
            for size in _unpack(data, start, end, min(filters, _MAX_FILTERS)):
                self._unpacked += size
                self._refuse(
                    self._unpacked >> 20,
                    self._options.max_unpacked_bytes >> 20,
                    "MB when unpacked",
                    "SOHOA_MAX_UNPACKED_MB",
                )
        return end

    def _count_objects(self, count: int) -> None:
        self._objects += count
        limit = self._options.max_objects
        self._refuse(self._objects, limit, "objects", "SOHOA_MAX_OBJECTS")

    def _go_down(self) -> None:
        self._depth += 1
        limit = self._options.max_nesting
        self._refuse(self._depth, limit, "levels within levels", "SOHOA_MAX_NESTING")

    def _refuse(self, found: int, limit: int, of_what: str, setting: str) -> None:
        if found > limit:
            raise LimitExceededError(
                f"the PDF has more than {limit} {of_what}",
                todo=f"Print it to a new PDF, or raise {setting} if it is a paper.",
                file=self._path,
            )


def _unpack(data: mmap.mmap, start: int, end: int, filters: int) -> Iterator[int]:
    """Yield how many bytes come out, piece by piece; nothing is kept."""
    pieces: Iterator[bytes] = (
        data[place : min(place + _CHUNK, end)] for place in range(start, end, _CHUNK)
    )
    for _ in range(filters):
        pieces = _inflate(pieces)
    yield from map(len, pieces)


def _inflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    machine = zlib.decompressobj()
    try:
        for piece in pieces:
            rest = piece
            while rest and not machine.eof:
                yield machine.decompress(rest, _CHUNK)
                rest = machine.unconsumed_tail
    except zlib.error:
        return  # damaged, or packed in another way: for the readers to say
