"""A page with what was read drawn on it, for people who look for what went wrong."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.model import BBox
from extractors.raster import load_page_image
from extractors.turning import turn_box, turn_size

_WIDE, _TALL = 2000, 2800
"""Pixels of the picture at most: an A4 page at some 240 dpi."""
_LEGEND = 44
"""Height in pixels of the strip above the page."""
_INK = 0.55
"""How dark the page's own ink is left, so that what is drawn on it stands out."""
_LETTERS = (11, 20)
"""Size in pixels of what is written, at least and at most."""
_FONTS = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "arial.ttf",
)
"""Faces with Vietnamese letters; without any, letters are written without marks."""

_WHITE = (255, 255, 255)
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Kind(Enum):
    """What a mark shows: its name in the legend, its colour, width of its line."""

    WORD = ("word", (25, 85, 200), 1)
    CELL = ("cell", (0, 135, 60), 2)
    VALUE = ("value", (135, 0, 150), 1)
    DOUBT = ("doubt", (215, 20, 20), 3)

    @property
    def colour(self) -> tuple[int, int, int]:
        """Red, green and blue, dark enough for white paper."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on the page as shown, in points, and what to write at it."""

    kind: Kind
    box: BBox
    text: str = ""


def draw_overlay(
    path: Path,
    page_no: int,
    marks: Sequence[Mark],
    *,
    rotation: int = 0,
    max_pixels: int,
) -> bytes:
    """Return the page as PNG, turned as it is read, with the marks drawn on it.

    Words are written over their boxes, cells inside at the upper left, values inside at
    the lower right, doubts on a label that stands on their box.

    Args:
        path: A PDF or an image.
        page_no: The page, from 1.
        marks: What to draw; the last ones lie on top.
        rotation: The clockwise turn (0, 90, 180, 270) that makes it upright.
        max_pixels: Refuse a page with more.

    Raises:
        InputError: The page cannot be drawn.
    """
    page = load_page_image(path, page_no, max_pixels=max_pixels)
    quarters = rotation // 90
    width, _ = turn_size(page.width, page.height, quarters)
    turned = np.rot90(page.pixels, -quarters)
    shown = _fade(Image.fromarray(np.ascontiguousarray(turned)))
    scale = shown.width / width
    canvas = Image.new("RGB", (shown.width, shown.height + _LEGEND), "white")
    canvas.paste(shown, (0, _LEGEND))
    draw = ImageDraw.Draw(canvas)
    _draw_legend(draw)
    for mark in marks:
        box = turn_box(mark.box, page.width, page.height, quarters)
        _draw_mark(draw, mark, box, scale)
    target = io.BytesIO()
    canvas.quantize(palette=_palette(), dither=Image.Dither.NONE).save(target, "PNG")
    return target.getvalue()


def _palette() -> Image.Image:
    """Return few greys for the page and the marks' colours, fading for soft edges."""
    tints = np.linspace(0, 1, 5)[1:, None]
    greys = np.linspace(0, 255, 20)[:, None].repeat(3, axis=1)
    marks = [255 - tints * (255 - np.array(kind.colour)) for kind in Kind]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.vstack([greys, *marks]).astype(np.uint8).tobytes())
    return palette


def _fade(page: Image.Image) -> Image.Image:
    """Return the page at a handy size, pale."""
    scale = min(_WIDE / min(page.size), _TALL / max(page.size))
    size = round(page.width * scale), round(page.height * scale)
    shown = page.convert("L").resize(size, Image.Resampling.LANCZOS).convert("RGB")
    return Image.blend(Image.new("RGB", size, "white"), shown, _INK)


def _draw_legend(draw: ImageDraw.ImageDraw) -> None:
    x, font = 16.0, _font(_LETTERS[1])
    for kind in Kind:
        draw.rectangle((x, 12, x + 28, 32), None, kind.colour, kind.value[2])
        draw.text((x + 38, 10), kind.value[0], kind.colour, font)
        x += 58 + draw.textlength(kind.value[0], font)


def _draw_mark(draw: ImageDraw.ImageDraw, mark: Mark, box: BBox, scale: float) -> None:
    x0, x1 = box.x0 * scale, box.x1 * scale
    y0, y1 = box.y0 * scale + _LEGEND, box.y1 * scale + _LEGEND
    colour, line = mark.kind.colour, mark.kind.value[2]
    draw.rectangle((x0, y0, x1, y1), None, colour, line)
    if not mark.text:
        return
    text = mark.text if _font_file() else _without_marks(mark.text)
    font = _fit(mark, text, x1 - x0, y1 - y0)
    place, anchor = {
        Kind.WORD: ((x0, y0 + 3), "lb"),
        Kind.CELL: ((x0 + line, y0 + line), "la"),
        Kind.VALUE: ((x1, y1), "rd"),
        Kind.DOUBT: ((x0 + line, y0), "ld"),
    }[mark.kind]
    if mark.kind is Kind.DOUBT:  # filled, so that it belongs to the box below it
        _, top, right, _ = draw.textbbox(place, text, font, anchor)
        draw.rectangle((x0, top - 1, right + line, y0), colour)
        colour = _WHITE
    draw.text(place, text, colour, font, anchor=anchor)


def _fit(mark: Mark, text: str, wide: float, tall: float) -> _Font:
    """Return the face in the largest size at which the text fits its box."""
    least, most = _LETTERS
    size = most if mark.kind is Kind.DOUBT else round(0.6 * tall)
    size = max(least, min(size, most))
    while size > least and _font(size).getlength(text) > wide:
        size -= 1
    return _font(size)


@lru_cache(maxsize=1)
def _font_file() -> str:
    """Return the file of a face with Vietnamese letters, '' if there is none."""
    for name in _FONTS:
        try:
            return str(ImageFont.truetype(name).path)
        except OSError:
            continue
    return ""


@lru_cache(maxsize=32)
def _font(size: int) -> _Font:
    path = _font_file()
    return ImageFont.truetype(path, size) if path else ImageFont.load_default(size)


def _without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))
