"""The text layer of one PDF page: words, rulings and pictures, on the page as shown.

pdfplumber gives characters in the frame of the MediaBox; here they are moved to the
CropBox (what a viewer shows), joined to words by their baseline and font size, and
spelled in NFC. ``/Rotate`` is already in pdfplumber's frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.utils.pdfinternals import resolve_all

from extractors.model import BBox
from extractors.tables.rulings import Ruling, find_rulings
from extractors.text_layer.chars import Glyph, join_glyphs
from extractors.text_layer.legacy import UNKNOWN, is_vni, spell
from extractors.turning import TurnedWord, turn_box

# Obj is what pdfplumber hands out: a plain dict of its own.
Obj = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TextLayer:
    """What the text layer of one page holds, boxes in points on the page as shown.

    ``pictures`` are the boxes of raster images. ``drawn`` counts vector paths that are
    no rulings. ``unmapped`` counts characters that the file gives no letter for,
    ``vni`` those in a font of the VNI encodings.
    """

    page_no: int
    width: float
    height: float
    words: tuple[TurnedWord, ...]
    rulings: tuple[Ruling, ...] = ()
    pictures: tuple[BBox, ...] = ()
    drawn: int = 0
    unmapped: int = 0
    vni: int = 0
    font_size: float = 12.0


def read_text_layer(path: Path, page_no: int) -> TextLayer:
    """Return the text layer of page ``page_no`` (1-based), pages closed again.

    Raises:
        pdfminer.pdfdocument.PDFException: The file is damaged; the caller says so.
    """
    with pdfplumber.open(path, pages=[page_no]) as pdf:
        page = pdf.pages[0]
        try:
            return _read(page, page_no)
        finally:
            page.close()


def _read(page: Any, page_no: int) -> TextLayer:
    shown = _shown_box(page)
    # pdfplumber's frame is that of the MediaBox, already turned by /Rotate.
    dx = -float(page.mediabox[0]) - shown.x0
    dy = -float(page.mediabox[1]) - shown.y0
    chars = page.chars
    found = (g for c in chars if (g := _glyph(c, dx, dy)) and _is_on(g, shown))
    # The same letter printed twice on one place is one letter: layers, false bold.
    glyphs = list(dict.fromkeys(found))
    size = _usual_size(glyphs)
    rulings, drawn = find_rulings(page, dx, dy, size)
    return TextLayer(
        page_no,
        shown.width,
        shown.height,
        join_glyphs(glyphs, rulings),
        rulings,
        tuple(_pictures(page.images, dx, dy, shown)),
        drawn,
        sum(1 for g in glyphs if UNKNOWN in g.text),
        sum(1 for c in chars if is_vni(str(c.get("fontname", "")))),
        size,
    )


def _shown_box(page: Any) -> BBox:
    """Return what a viewer shows, in the turned frame of the MediaBox."""
    media, crop = _raw_box(page, "MediaBox"), _raw_box(page, "CropBox")
    x0, y0 = max(media.x0, crop.x0), max(media.y0, crop.y0)
    x1, y1 = min(media.x1, crop.x1), min(media.y1, crop.y1)
    if x1 <= x0 or y1 <= y0:  # A CropBox off the page: viewers show the MediaBox.
        x0, y0, x1, y1 = media.x0, media.y0, media.x1, media.y1
    upright = BBox(x0 - media.x0, media.y1 - y1, x1 - media.x0, media.y1 - y0)
    return turn_box(upright, media.width, media.height, page.rotation // 90)


def _raw_box(page: Any, name: str) -> BBox:
    attrs = page.page_obj.attrs
    raw = resolve_all(attrs.get(name)) or resolve_all(attrs["MediaBox"])
    xa, ya, xb, yb = (float(v) for v in raw)
    return BBox(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _is_on(glyph: Glyph, shown: BBox) -> bool:
    x, y = glyph.box.center
    return 0 <= x <= shown.width and 0 <= y <= shown.height


def _glyph(char: Obj, dx: float, dy: float) -> Glyph | None:
    font = str(char.get("fontname", ""))
    text = spell(str(char["text"]), font)
    if not text:
        return None
    box = BBox(char["x0"] + dx, char["top"] + dy, char["x1"] + dx, char["bottom"] + dy)
    a, b, _, _, e, f = (float(v) for v in char["matrix"])
    # 'top' counts down from the page's upper edge, 'y1' and the matrix count up.
    return Glyph(
        text,
        box,
        _direction(a, b),
        float(char["size"]),
        e,
        box.y0 + char["y1"] - f,
    )


def _direction(a: float, b: float) -> int:
    """Return how the text runs, in degrees against the clock: 0 is left to right."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 180
    return 90 if b > 0 else 270


def _usual_size(glyphs: Sequence[Glyph]) -> float:
    sizes = sorted(g.size for g in glyphs if not g.text.isspace())
    return sizes[len(sizes) // 2] if sizes else 12.0


def _pictures(
    images: Iterable[Obj], dx: float, dy: float, shown: BBox
) -> Iterator[BBox]:
    for image in images:
        x0, x1 = sorted((image["x0"] + dx, image["x1"] + dx))
        y0, y1 = sorted((image["top"] + dy, image["bottom"] + dy))
        x0, x1 = max(x0, 0.0), min(x1, shown.width)
        y0, y1 = max(y0, 0.0), min(y1, shown.height)
        if x0 < x1 and y0 < y1:
            yield BBox(x0, y0, x1, y1)
