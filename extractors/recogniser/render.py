"""Crops of figures with their texts, rendered as training goes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extractors.recogniser.damage import Gray, Ink, damage
from extractors.recogniser.shape import fit_figure
from extractors.recogniser.texts import draw_text, mark_unknown

DRAWN = 48.0
"""Height in pixels that a digit is rendered with before any damage."""


@lru_cache(maxsize=256)
def load_font(path: Path) -> ImageFont.FreeTypeFont:
    """Return the face at the size where a digit is ``DRAWN`` pixels high."""
    font = ImageFont.truetype(str(path), 100)
    _, top, _, bottom = font.getbbox("0")
    return ImageFont.truetype(str(path), round(100 * DRAWN / (bottom - top)))


def draw_ink(text: str, path: Path, rng: random.Random) -> Ink:
    """Return the text in the face, 0 paper to 1 ink, with room around."""
    font = load_font(path)
    shown = text
    if "-" in text and rng.random() < 0.3:
        shown = text.replace("-", "\u2013")
    _, top, right, bottom = font.getbbox(shown or "0")
    pad = [int(DRAWN * rng.uniform(0.1, 0.7)) for _ in range(4)]
    size = (int(right) + pad[0] + pad[2], int(bottom - top) + pad[1] + pad[3])
    image = Image.new("L", size, 0)
    ImageDraw.Draw(image).text((pad[0], pad[1] - top), shown, font=font, fill=255)
    return np.asarray(image, np.float32) / np.float32(255)


def render_crop(
    text: str, path: Path, chance: random.Random, rng: np.random.Generator
) -> NDArray[np.uint8] | None:
    """Return one damaged crop as the network sees it, or None if nothing is left."""
    ink = draw_ink(text, path, chance)
    other = draw_ink(draw_text(chance), path, chance)
    size = float(np.exp(rng.uniform(np.log(9), np.log(40))))
    gray: Gray = damage(ink, other, DRAWN, size, rng)
    return fit_figure(gray, size * rng.uniform(0.8, 1.5))


def draw_sample(
    fonts: Sequence[Path], weights: Sequence[float], seed: int
) -> tuple[NDArray[np.uint8], str]:
    """Return a crop and its text; the same seed gives the same."""
    chance, rng = random.Random(seed), np.random.default_rng(seed)  # noqa: S311
    while True:
        text = draw_text(chance)
        crop = render_crop(text, chance.choices(fonts, weights)[0], chance, rng)
        if crop is not None and crop.shape[1] <= 640:
            return crop, mark_unknown(text)
