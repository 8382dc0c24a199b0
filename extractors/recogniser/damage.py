"""What printing, copying and scanning do to a figure, simulated.

Every function takes and returns a crop of dark ink on light paper; ``size`` is the
height of a digit in pixels.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Ink = NDArray[np.float32]


def change_weight(ink: Ink, rng: Generator) -> Ink:
    """Make strokes bolder or thinner."""
    step = rng.choice((0, 0, 0, 1, 1, 2))
    if step == 0:
        return ink
    kernel = np.ones((step + 1, step + 1), np.uint8)
    change = cv2.dilate if rng.random() < 0.5 else cv2.erode
    return np.asarray(change(ink, kernel), np.float32)


def bend(ink: Ink, scale: float, rng: Generator) -> Ink:
    """Scale to the scan's resolution with rotation, shear and a change of width."""
    angle, shear = np.deg2rad(rng.normal(0, 0.7)), rng.normal(0, 0.05)
    wide = scale * rng.uniform(0.8, 1.2)
    height, width = ink.shape
    matrix = np.array(
        [
            [wide * np.cos(angle), scale * (shear - np.sin(angle)), 0],
            [wide * np.sin(angle), scale * np.cos(angle), 0],
        ]
    )
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]])
    ends = corners @ matrix.T
    matrix[:, 2] = rng.uniform(0, 1, 2) - ends.min(axis=0)
    size = np.ceil(ends.max(axis=0) - ends.min(axis=0)).astype(int) + 1
    if scale < 0.9:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), 0.35 / scale), np.float32)
    return np.asarray(
        cv2.warpAffine(ink, matrix, (int(size[0]), int(size[1]))), np.float32
    )


def add_ruling_stubs(ink: Ink, size: float, rng: Generator) -> Ink:
    """Leave bits of ruling at the crop's edges, as careless removal does."""
    height, width = ink.shape
    thick = max(1, round(size * rng.uniform(0.03, 0.12)))
    for _ in range(rng.integers(1, 3)):
        level = float(rng.uniform(0.3, 1))
        length = size * rng.uniform(0.1, 1.5)
        if rng.random() < 0.5:
            x = int(rng.uniform(0, width))
            y = 0 if rng.random() < 0.5 else height - thick
            ink[y : y + thick, x : x + int(length)] = level
        else:
            y = int(rng.uniform(0, height))
            x = 0 if rng.random() < 0.5 else width - thick
            ink[y : y + int(length), x : x + thick] = level
    return ink


def add_seal_arc(ink: Ink, size: float, rng: Generator) -> Ink:
    """Draw what is left of a seal's rings and letters over the figure."""
    over = np.zeros_like(ink)
    height, width = ink.shape
    for _ in range(rng.integers(1, 4)):
        radius = int(size * rng.uniform(2, 12))
        center = (
            int(rng.uniform(-radius, width + radius)),
            int(rng.uniform(-radius, height + radius)),
        )
        cv2.circle(
            over, center, radius, 1.0, max(1, round(size * rng.uniform(0.03, 0.15)))
        )
    if rng.random() < 0.5:
        over *= rng.random(over.shape) < rng.uniform(0.3, 0.9)
    return np.asarray(
        np.maximum(ink, over * np.float32(rng.uniform(0.08, 0.45))), np.float32
    )


def add_bleed(ink: Ink, other: Ink, rng: Generator) -> Ink:
    """Let print of the other side shine through, mirrored and soft."""
    height, width = ink.shape
    ghost = cv2.resize(other[:, ::-1], (width, height))
    ghost = cv2.GaussianBlur(ghost, (0, 0), rng.uniform(0.8, 2.0))
    shift = int(rng.integers(-height, height))
    depth = np.float32(rng.uniform(0.08, 0.35))
    return np.asarray(np.maximum(ink, np.roll(ghost, shift, 0) * depth), np.float32)


def shade(ink: Ink, rng: Generator) -> Ink:
    """Return grey paper with uneven light and faded ink, as floats 0 to 255."""
    height, width = ink.shape
    paper = rng.uniform(205, 255)
    slope = rng.normal(0, 10, 2)
    light = np.linspace(-0.5, 0.5, width)[None, :] * slope[0]
    light = light + np.linspace(-0.5, 0.5, height)[:, None] * slope[1]
    depth = paper * rng.uniform(0.35, 1.0)
    return np.asarray(paper + light - ink * depth, np.float32)


def make_bilevel(gray: Ink, size: float, rng: Generator) -> Gray:
    """Copy in black and white: an uneven threshold, specks, ragged edges."""
    height, width = gray.shape
    gray = gray + rng.normal(0, rng.uniform(4, 22), gray.shape).astype(np.float32)
    low, high = float(gray.min()), float(np.percentile(gray, 80))
    level = low + (high - low) * rng.uniform(0.35, 0.82)
    field = cv2.resize(rng.normal(0, 1, (3, 5)).astype(np.float32), (width, height))
    bits = np.where(gray > level + field * rng.uniform(0, 0.06) * (high - low), 255, 0)
    bits = bits.astype(np.uint8)
    for _ in range(rng.poisson(rng.choice((0, 0.5, 2)))):
        x, y = int(rng.uniform(0, width)), int(rng.uniform(0, height))
        r = max(1, round(size * rng.uniform(0.02, 0.09)))
        bits[y : y + r, x : x + r] = 0 if rng.random() < 0.7 else 255
    if rng.random() < 0.3:
        share = rng.uniform(0.001, 0.02)
        bits[rng.random(bits.shape) < share] = 0
        bits[rng.random(bits.shape) < share] = 255
    if rng.random() < 0.6:
        move = np.array([[1, 0, rng.uniform(0, 1)], [0, 1, rng.uniform(0, 1)]])
        bits = np.asarray(
            cv2.warpAffine(bits, move, (width, height), borderValue=255), np.uint8
        )
    return bits


def make_gray(gray: Ink, size: float, rng: Generator) -> Gray:
    """Scan in grey: blur, noise and the blocks of JPEG."""
    sigma = size * rng.uniform(0.0, 0.09)
    if sigma > 0.3:
        gray = np.asarray(cv2.GaussianBlur(gray, (0, 0), sigma), np.float32)
    gray = gray + rng.normal(0, rng.uniform(0, 14), gray.shape).astype(np.float32)
    out = np.clip(gray, 0, 255).astype(np.uint8)
    if rng.random() < 0.55:
        quality = int(rng.uniform(25, 90))
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])
        out = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    return out


def damage(ink: Ink, other: Ink, drawn: float, size: float, rng: Generator) -> Gray:
    """Return a rendered figure as a scan of it might look.

    Args:
        ink: The figure, 0 paper to 1 ink, digits ``drawn`` pixels high.
        other: Another figure, for what shines through.
        drawn: Height of a digit as rendered.
        size: Height of a digit in the scan.
        rng: Source of chance.
    """
    ink = bend(change_weight(ink, rng), size / drawn, rng)
    if rng.random() < 0.2:
        ink = add_ruling_stubs(ink, size, rng)
    if rng.random() < 0.12:
        ink = add_seal_arc(ink, size, rng)
    if rng.random() < 0.12:
        ink = add_bleed(ink, other, rng)
    gray = shade(ink, rng)
    if rng.random() < 0.35:
        return make_bilevel(gray, size, rng)
    return make_gray(gray, size, rng)
