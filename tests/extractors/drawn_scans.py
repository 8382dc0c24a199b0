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
