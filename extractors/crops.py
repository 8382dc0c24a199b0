"""Strips of a page as small images, for people who look at a figure where it stands."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from extractors.model import BBox
from extractors.raster import PageImage, load_page_image

_MARGIN = 24.0
"""Points of the page shown above and below a figure: about a row of a table."""
_WIDTH = 900
"""Pixels; wide enough to read a landscape table."""
_MARK = (200, 30, 30)
_GREYS = [round(255 * step / 14) for step in range(15)]
"""With the mark's red 16 colours: half a byte a pixel."""


def cut_strips(
    path: Path, page_no: int, boxes: Sequence[BBox], *, max_pixels: int
) -> list[bytes]:
    """Return for each box the strip of the page that it stands in, as PNG.

    A strip is as wide as the page, so that the row's label is seen, and the box is
    framed in red.

    Args:
        path: A PDF or an image.
        page_no: The page, from 1.
        boxes: Places on the page as a viewer shows it, in points.
        max_pixels: Refuse a page with more.

    Raises:
        InputError: The page cannot be drawn.
    """
    page = load_page_image(path, page_no, max_pixels=max_pixels)
    return [_strip(page, box) for box in boxes]


def _strip(page: PageImage, box: BBox) -> bytes:
    scale = page.pixels.shape[1] / page.width
    rows = page.pixels.shape[0]
    top = max(0, min(int((box.y0 - _MARGIN) * scale), rows - 1))
    bottom = max(top + 1, min(int((box.y1 + _MARGIN) * scale), rows))
    image = Image.fromarray(np.ascontiguousarray(page.pixels[top:bottom]))
    shrink = min(1.0, _WIDTH / image.width)
    size = (round(image.width * shrink), max(1, round(image.height * shrink)))
    shown = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    frame = [box.x0, box.y0 - top / scale, box.x1, box.y1 - top / scale]
    x0, y0, x1, y1 = (edge * scale * shrink for edge in frame)
    ImageDraw.Draw(shown).rectangle((x0 - 3, y0 - 3, x1 + 3, y1 + 3), None, _MARK, 2)
    target = io.BytesIO()
    few = shown.quantize(palette=_palette(), dither=Image.Dither.NONE)
    few.save(target, "PNG", optimize=True, bits=4)
    return target.getvalue()


def _palette() -> Image.Image:
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(grey for level in _GREYS for grey in (level,) * 3), *_MARK])
    return palette
