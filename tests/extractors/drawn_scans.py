"""Pages drawn for tests: tables and text as a scanner would give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extractors.scans.steps import NONE, Steps

Gray = NDArray[np.uint8]

DIGIT = 30
"""Height in pixels of the digits that are drawn."""

X_HEIGHT = DIGIT / 1.48


@dataclass(frozen=True)
class Options:
    """The options that reading a scan needs."""

    psm: int = 4
    skip: Steps = NONE
    ocr_timeout: float = 60.0


@lru_cache(maxsize=4)
def load_font(digit: int = DIGIT) -> ImageFont.FreeTypeFont:
    """Return Pillow's own face with digits of this height."""
    font = ImageFont.load_default(100)
    box = font.getbbox("0")
    return ImageFont.load_default(round(100 * digit / (box[3] - box[1])))


def draw_text(page: Gray, text: str, x: int, y: int, digit: int = DIGIT) -> None:
    """Write black text, its line's top at ``y``."""
    image = Image.fromarray(page)
    ImageDraw.Draw(image).text((x, y), text, font=load_font(digit), fill=0)
    page[:] = np.asarray(image)


def draw_table(
    page: Gray,
    rows: Sequence[Sequence[str]],
    left: int,
    top: int,
    widths: Sequence[int],
    height: int = 80,
) -> None:
    """Draw a ruled table; None as text leaves a cell to the one at its left."""
    y = top
    cv2.line(page, (left, top), (left + sum(widths), top), 0, 3)
    for row in rows:
        x = left
        for col, width in enumerate(widths):
            text = row[col]
            if text != "<":
                cv2.line(page, (x, y), (x, y + height), 0, 3)
                draw_text(page, text, x + 20, y + (height - DIGIT) // 2 - DIGIT // 4)
            x += width
        cv2.line(page, (x, y), (x, y + height), 0, 3)
        y += height
        cv2.line(page, (left, y), (left + sum(widths), y), 0, 3)


def blank_page(height: int = 1400, width: int = 1000) -> Gray:
    """Return white paper."""
    return np.full((height, width), 255, np.uint8)


def prose_page(height: int = 1400, width: int = 1000) -> Gray:
    """Return a page of lines of text."""
    page = blank_page(height, width)
    for k, y in enumerate(range(100, height - 150, 70)):
        draw_text(page, f"Hung Yen thang {k % 12 + 1} nam 2021 co nhieu ho", 90, y, 24)
    return page


def rotate(page: Gray, degrees: float) -> Gray:
    """Turn the page on the glass, anticlockwise."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), borderValue=255), np.uint8
    )


Colour = tuple[int, int, int]


def draw_seal(
    page: NDArray[np.uint8], middle: tuple[int, int], radius: int, colour: Colour
) -> None:
    """Stamp a round seal with writing in it; print under it shows through."""
    stamp = np.full_like(page, 255)
    cv2.circle(stamp, middle, radius, colour, max(3, radius // 12))
    cv2.circle(stamp, middle, radius * 3 // 4, colour, 3)
    for k, text in enumerate(("UY BAN", "NHAN DAN")):
        place = (middle[0] - radius // 2, middle[1] + 30 * k)
        cv2.putText(stamp, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, colour, 2)
    _blend(page, stamp)


def draw_signature(
    page: NDArray[np.uint8], box: tuple[int, int, int, int], colour: Colour
) -> None:
    """Sign with a pen, in a box (x0, y0, x1, y1)."""
    x0, y0, x1, y1 = box
    t = np.linspace(0, 1, 300)
    x = x0 + (x1 - x0) * t
    y = y0 + (y1 - y0) * (0.5 + 0.5 * np.sin(17 * t) * np.cos(3 * t))
    path = np.stack([x, y], axis=1).astype(np.int32)
    stroke = np.full_like(page, 255)
    cv2.polylines(stroke, [path], False, colour, 4, cv2.LINE_AA)
    _blend(page, stroke)


def draw_colour_text(
    page: NDArray[np.uint8], text: str, x: int, y: int, colour: Colour
) -> None:
    """Print text in a colour."""
    black = blank_page(*page.shape[:2])
    draw_text(black, text, x, y)
    share = (255 - black[:, :, None].astype(float)) / 255
    stamp = 255 - share * (255 - np.array(colour, float))
    _blend(page, stamp.astype(np.uint8))


def _blend(page: NDArray[np.uint8], stamp: NDArray[np.uint8]) -> None:
    """Print one over the other: inks take light away."""
    page[:] = (page.astype(np.uint16) * stamp // 255).astype(np.uint8)
