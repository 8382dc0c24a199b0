"""Draws the pictures of docs/scans.md: a page before and after each step.

A sample scan is damaged as copiers, phones and clerks damage pages; each picture shows
it read without the step and with it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.paper import ReadOptions
from extractors.raster import load_page_image
from extractors.scans.scan import set_upright
from extractors.scans.shading import drop_drawings
from extractors.scans.steps import Step
from extractors.scans.straighten import StraightPage, straighten

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "raw" / "samples" / "bim-son-2018.clean300.pdf"
FOLDER = ROOT / "docs" / "scans"
HEIGHT = 400
"""Pixels of a picture."""
QUALITY = 72

Pixels = NDArray[np.uint8]


def main(folder: Path = FOLDER) -> None:
    """Write one JPEG a step."""
    folder.mkdir(parents=True, exist_ok=True)
    table, prose = upper_half(2), upper_half(1)
    for step, damage in DAMAGE.items():
        damaged = damage(prose if step is Step.DRAWINGS else table)
        before, after = (make_ready(damaged, step, skip) for skip in (True, False))
        write_picture(folder / f"{step.value}.jpg", [damaged, before, after])


def upper_half(page_no: int) -> Pixels:
    """Return the upper part of a sample page at 150 dpi, as RGB."""
    page = load_page_image(SAMPLE, page_no, max_pixels=10**8).pixels
    half = page[: round(0.6 * page.shape[0])]
    return as_colour(
        cv2.resize(half, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    )


def make_ready(page: Pixels, step: Step, leave_out: bool) -> Pixels:
    """Return the page as it would be read, with or without the step."""
    skip = frozenset({step}) if leave_out else frozenset()
    options = ReadOptions(skip=skip)
    straight: StraightPage = straighten(page, skip)
    if step is Step.UPRIGHT:
        straight = set_upright(straight, options)
    if step is Step.DRAWINGS and not leave_out:
        return drop_drawings(straight.gray, straight.x_height)
    return straight.gray


def as_colour(page: NDArray[np.generic]) -> Pixels:
    """Return the page as RGB."""
    grey = np.asarray(page, np.uint8)
    return grey if grey.ndim == 3 else np.asarray(np.dstack([grey] * 3), np.uint8)


def write_picture(path: Path, pages: Sequence[Pixels]) -> None:
    """Write pages side by side, all of one height."""
    shown = []
    for page in pages:
        scale = HEIGHT / page.shape[0]
        size = (round(page.shape[1] * scale), HEIGHT)
        small = as_colour(cv2.resize(page, size, interpolation=cv2.INTER_AREA))
        framed = cv2.copyMakeBorder(small, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
        shown.append(cv2.copyMakeBorder(framed, 6, 6, 6, 6, 0, value=(255, 255, 255)))
    row = cv2.cvtColor(np.hstack(shown), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(path), row, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])


def add_seal(page: Pixels) -> Pixels:
    """Stamp a red seal on the table, and sign it in blue."""
    return sign(draw_seal(page, (205, 40, 50)), (35, 50, 165), 0.1)


def add_black_seal(page: Pixels) -> Pixels:
    """Stamp a seal that a copier has made black, beside a signature."""
    return sign(draw_seal(page, (30, 30, 30)), (30, 30, 30), 0.55)


def sign(page: Pixels, colour: tuple[int, int, int], left: float) -> Pixels:
    """Sign the page, from this part of its width on."""
    height, width = page.shape[:2]
    t = np.linspace(0, 1, 200)
    x = width * (left + 0.35 * t)
    y = height * (0.2 + 0.05 * np.sin(25 * t) * (1 - t))
    line = np.stack([x, y], axis=1).astype(np.int32)
    ink = cv2.polylines(np.full_like(page, 255), [line], False, colour, 4)
    return np.minimum(page, np.asarray(ink, np.uint8))


def draw_seal(page: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """Draw rings and a star, as ink that lets print show through."""
    ink = np.full_like(page, 255)
    height, width = page.shape[:2]
    middle, radius = (round(width * 0.6), round(height * 0.3)), round(width * 0.14)
    cv2.circle(ink, middle, radius, colour, 6)
    cv2.circle(ink, middle, round(radius * 0.75), colour, 3)
    angles = np.arange(5) * 4 * np.pi / 5 - np.pi / 2
    star = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radius / 2 + middle
    cv2.polylines(ink, [star.astype(np.int32)], True, colour, 5)
    return np.minimum(page, ink)


def shade(page: Pixels) -> Pixels:
    """Photograph it on a dark table, one edge deep in shadow."""
    height, width = page.shape[:2]
    across = np.clip(np.linspace(0.3, 3.8, width), 0, 1)[None, :]
    light = across * np.linspace(1, 0.8, height)[:, None]
    dim = page * light[:, :, None]
    pad = width // 14
    return np.asarray(
        cv2.copyMakeBorder(dim.astype(np.uint8), pad, pad, pad, pad, 0, value=(40,) * 3)
    )


def lay_askew(page: Pixels) -> Pixels:
    """Lay it on the glass three degrees askew."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 3, 1)
    white = (255, 255, 255)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=white))


def shrink(page: Pixels) -> Pixels:
    """Scan it at 100 dpi."""
    few = cv2.resize(page, None, fx=0.55, fy=0.55, interpolation=cv2.INTER_AREA)
    return np.asarray(few, np.uint8)


def bend(page: Pixels) -> Pixels:
    """Photograph a sheet that does not lie flat."""
    height, width = page.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    rise = np.float32(0.02 * height) * np.sin(np.pi * x / width)
    return np.asarray(
        cv2.remap(page, x, y + rise * (1 - 0.5 * y / height), cv2.INTER_LINEAR,
                  borderValue=(255, 255, 255))
    )  # fmt: skip


def lay_on_side(page: Pixels) -> Pixels:
    """Scan it sideways."""
    return np.asarray(cv2.rotate(page, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)


def lay_on_head(page: Pixels) -> Pixels:
    """Scan it the wrong way up and on its side, as a page of a sideways annex."""
    return np.asarray(cv2.rotate(page, cv2.ROTATE_90_CLOCKWISE), np.uint8)


DAMAGE: dict[Step, Callable[[Pixels], Pixels]] = {
    Step.COLOUR: add_seal,
    Step.LIGHT: shade,
    Step.SIDE: lay_on_side,
    Step.SKEW: lay_askew,
    Step.SIZE: shrink,
    Step.BEND: bend,
    Step.UPRIGHT: lay_on_head,
    Step.DRAWINGS: add_black_seal,
}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
