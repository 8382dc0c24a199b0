"""The build of a PDF: what is counted, and what is not."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from pdfs import PdfMaker

from extractors.errors import LimitExceededError
from extractors.paper import ReadOptions
from extractors.structure import refuse_hostile_build


def paper(folder: Path, more: bytes = b"") -> Path:
    maker = PdfMaker()
    maker.page().text(60, 100, "Kế hoạch giảm nghèo năm 2021")
    path = maker.save(folder / "paper.pdf")
    path.write_bytes(path.read_bytes().replace(b"xref\n", more + b"\nxref\n", 1))
    return path


def stream(body: bytes, keys: bytes) -> bytes:
    head = b"90 0 obj\n<< /Length %d %b >>\nstream\n" % (len(body), keys)
    return head + body + b"\nendstream\nendobj"


@pytest.mark.parametrize(
    ("options", "limit"),
    [
        (ReadOptions(max_objects=3), "objects"),
        (ReadOptions(max_nesting=1), "levels"),
        (ReadOptions(max_unpacked_bytes=1 << 20), "MB when unpacked"),
    ],
)
def test_each_limit_is_named(tmp_path: Path, options: ReadOptions, limit: str) -> None:
    packed = stream(zlib.compress(bytes(3 << 20)), b"/Filter /FlateDecode")
    with pytest.raises(LimitExceededError, match=limit) as caught:
        refuse_hostile_build(paper(tmp_path, packed), options)
    assert "SOHOA_MAX_" in caught.value.todo


@pytest.mark.parametrize(
    "more",
    [
        stream(b"[" * 5000 + b"<<" * 5000, b""),
        b"90 0 obj (" + b"[" * 3000 + b") endobj",
        b"90 0 obj [[[] endobj " * 50,
        stream(zlib.compress(bytes(3 << 20)), b"/Subtype /Image /Filter /FlateDecode"),
        stream(b"not packed at all", b"/Filter /FlateDecode"),
    ],
    ids=["in a stream", "in a string", "never closed", "a picture", "damaged"],
)
def test_what_is_no_level_and_no_text_is_not_counted(
    tmp_path: Path, more: bytes
) -> None:
    strict = ReadOptions(max_nesting=10, max_unpacked_bytes=1 << 20)
    refuse_hostile_build(paper(tmp_path, more), strict)


def test_a_stream_packed_several_times_is_unpacked_as_often(tmp_path: Path) -> None:
    twice = zlib.compress(zlib.compress(bytes(3 << 20)))
    bomb = stream(twice, b"/Filter [/FlateDecode /FlateDecode]")
    with pytest.raises(LimitExceededError, match="unpacked"):
        refuse_hostile_build(paper(tmp_path, bomb), ReadOptions(max_unpacked_bytes=1))
