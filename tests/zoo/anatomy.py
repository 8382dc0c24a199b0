"""What the animals are made of: PDFs and images, sound or not, byte by byte."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas


def build(objects: Sequence[bytes], *, root: int = 1, extra: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1, with a sound index."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    place = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root %d 0 R %b >>\n" % (
        len(objects) + 1,
        root,
        extra,
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % place)


def stream(body: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(body), keys, body)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
SENTENCE = "Kế hoạch giảm nghèo năm 2021: tỷ lệ hộ nghèo là 4,25% (63/1.482 hộ)."
LETTERS = " " + "".join(sorted(set(SENTENCE) - {" "}))
FONT = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Times /FirstChar 32 /LastChar "
    f"{31 + len(LETTERS)} /Widths [{'500 ' * len(LETTERS)}] /Encoding << /Differences "
    f"[32 {' '.join(f'/uni{ord(letter):04X}' for letter in LETTERS)}] >> >>"
).encode()
RESOURCES = b"/Resources << /Font << /F 5 0 R >> >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CODES = bytes(32 + LETTERS.index(letter) for letter in SENTENCE).hex().encode()
LINES = b"\n".join(
    b"BT /F 12 Tf 60 %d Td <%b> Tj ET" % (780 - 18 * row, CODES) for row in range(12)
)


def plain(
    *,
    catalog: bytes = CATALOG,
    pages: bytes = PAGES,
    page: bytes = PAGE + RESOURCES + b" >>",
    content: bytes | None = None,
    font: bytes = FONT,
    more: Sequence[bytes] = (),
) -> bytes:
    """Return a page of text, with any part put in place of the sound one."""
    text = stream(LINES) if content is None else content
    return build([catalog, pages, page, text, font, *more])


def locked(password: str, **options: object) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption(password, **options))
    canvas.drawString(60, 700, "Ke hoach 2021")
    canvas.save()
    return target.getvalue()


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG that claims a size, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"\0" * 99))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + kind
        + body
        + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in [*parts, (b"IEND", b"")]
    )


def tiff(entries: Sequence[tuple[int, int, int]], next_place: int = 0) -> bytes:
    """Return a TIFF of one directory; ``next_place`` is where the next should be."""
    body = b"II*\0" + struct.pack("<IH", 8, len(entries))
    for tag, kind, value in entries:
        body += struct.pack("<HHII", tag, kind, 1, value)
    return body + struct.pack("<I", next_place) + b"\xff" * 64


TINY_TIFF = (
    *((256, 4, 8), (257, 4, 8), (258, 3, 8), (259, 3, 1), (262, 3, 1)),
    *((273, 4, 122), (277, 3, 1), (278, 4, 8), (279, 4, 64)),
)


def zeros_packed(megabytes: int) -> bytes:
    """Return a stream that unpacks to zeros; made once, then repeated."""
    machine = zlib.compressobj(9)
    start = machine.compress(b"\0" * (1 << 20)) + machine.flush(zlib.Z_FULL_FLUSH)
    again = machine.compress(b"\0" * (1 << 20)) + machine.flush(zlib.Z_FULL_FLUSH)
    return start + again * (megabytes - 1) + machine.flush()
