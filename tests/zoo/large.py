"""Files of too many parts, too large, or packed to burst."""

from __future__ import annotations

import zlib

import numpy as np
from PIL import Image

from tests.zoo.anatomy import (
    PAGE,
    TINY_TIFF,
    plain,
    png,
    saved,
    stream,
    tiff,
    zeros_packed,
)
from tests.zoo.keeper import FAILED, LOADED, animal


@animal("many-objects.pdf", FAILED, "objects")
def _many_objects() -> bytes:
    """A PDF of 600,000 objects."""
    heap = b"".join(b"%d 0 obj 0 endobj\n" % n for n in range(9, 600_009))
    return plain().replace(b"xref\n", heap + b"xref\n", 1)


@animal("many-objects-packed.pdf", FAILED, "objects")
def _packed_objects() -> bytes:
    """A packed list that claims 900 million objects."""
    keys = b"/Type /ObjStm /N 900000000 /First 8 /Filter /FlateDecode"
    return plain(more=[stream(zlib.compress(b"9 0 0 0 "), keys)])


@animal("bomb.pdf", FAILED, "when unpacked")
def _bomb() -> bytes:
    """A page of half a megabyte that unpacks to 600 MB."""
    return plain(content=stream(zeros_packed(600), b"/Filter /FlateDecode"))


@animal("bomb-in-bomb.pdf", FAILED, "when unpacked")
def _bomb_twice() -> bytes:
    """A page packed twice: 2 kB that unpack to 600 MB."""
    twice = zlib.compress(zeros_packed(600), 9)
    return plain(content=stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))


@animal("large-page.pdf", LOADED, "nothing_found")
def _large_page() -> bytes:
    """An empty page of 200 by 200 metres."""
    page = PAGE.replace(b"595 842", b"566929 566929") + b">>"
    return plain(page=page, content=stream(b""))


@animal("large-image.png", FAILED, "pixels")
def _large_image() -> bytes:
    """A PNG of 60,000 by 60,000 pixels, claimed in 200 bytes."""
    return png(60_000, 60_000)


@animal("large-image.pdf", FAILED, "million pixels")
def _large_image_inside() -> bytes:
    """A page that shows an image of 60,000 by 60,000 pixels."""
    image = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 "
    image += b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    page = PAGE + b"/Resources << /XObject << /X 6 0 R >> >> >>"
    content = stream(b"595 0 0 842 0 0 cm /X Do")
    body = stream(zlib.compress(b"\xc0" * 9_999), image)
    return plain(page=page, content=content, more=[body])


@animal("comment-bomb.png", FAILED, "damaged")
def _comment_bomb() -> bytes:
    """A PNG whose comment unpacks to 200 MB."""
    comment = b"Comment\0\0" + zeros_packed(200)
    return png(100, 100, (b"zTXt", comment))


@animal("frames.tif", FAILED, "pages")
def _many_frames() -> bytes:
    """A TIFF of 600 pages."""
    frames = [Image.new("1", (8, 8), n % 2) for n in range(600)]
    return saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])


@animal("circle.tif", LOADED, "nothing_found")
def _tiff_loop() -> bytes:
    """A TIFF whose next page is its first."""
    return tiff(TINY_TIFF, 8)


@animal("wide.tif", FAILED, "pixels")
def _wide_tiff() -> bytes:
    """A TIFF that claims 4 billion pixels a line."""
    return tiff([(256, 4, 0xFFFFFFF0), *TINY_TIFF[1:]])


@animal("cut.jpg", FAILED, "")
def _cut_image() -> bytes:
    """A JPEG cut off half way."""
    noise = np.random.default_rng(2).integers(0, 255, (300, 200), np.uint8)
    whole = saved(Image.fromarray(noise), "JPEG")
    return whole[: len(whole) // 2]
