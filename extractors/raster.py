"""A page of a file as pixels: the scan's own image where the page is one image."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.errors import (
    DamagedPdfError,
    EncryptedPdfError,
    LimitExceededError,
    NotAPaperError,
)
from extractors.paper import FileKind, file_kind

Pixels = NDArray[np.uint8]

POINTS_PER_INCH = 72.0
RENDER_DPI = 300.0
UNEVEN = 1.1
"""Above this ratio of the resolutions across and down, letters are misshapen."""
MOST_UNEVEN = 4.0
"""Above this ratio, one of the resolutions is a mistake."""

A4_LONG_SIDE = 842.0
"""Points; what an image without a believable resolution is taken to be."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels: grey (rows, columns) or RGB (rows, columns, 3), 0 is black.

    ``width`` and ``height`` are points of the page as a viewer shows it.
    """

    pixels: Pixels
    page_no: int
    width: float
    height: float
    dpi: float


def count_image_pages(path: Path) -> int:
    """Return how many pages an image file holds (TIFF may hold several).

    Raises:
        NotAPaperError: The file is no image, whatever its name says.
    """
    with open_image(path) as image:
        return int(getattr(image, "n_frames", 1))


def load_page_image(
    path: Path, page_no: int, *, max_pixels: int, dpi: int = 0
) -> PageImage:
    """Return the pixels of a page (1-based) of a PDF or an image file.

    Args:
        path: The file; its bytes, not its name, say what it is.
        page_no: The page, from 1.
        max_pixels: Refuse a page with more.
        dpi: The resolution wanted; 0: what the page has.

    Raises:
        LimitExceededError: The page has more pixels than allowed.
        DamagedPdfError: The page cannot be drawn.
        EncryptedPdfError: The PDF wants a password.
        NotAPaperError: The image cannot be decoded.
    """
    if file_kind(path) is FileKind.PDF:
        return load_pdf_page(path, page_no, max_pixels, dpi)
    return load_image_file(path, page_no, max_pixels, dpi)


def refuse_size(path: Path, page_no: int, pixels: float, max_pixels: int) -> None:
    """Raise if the page has too many pixels."""
    if pixels > max_pixels:
        raise LimitExceededError(
            f"the page has {pixels / 1e6:.0f} million pixels, "
            f"{max_pixels / 1e6:.0f} million are allowed",
            todo="Scan it at 300 dpi, or raise the limit in the settings.",
            file=path,
            page_no=page_no,
        )


@contextmanager
def open_image(path: Path) -> Iterator[Image.Image]:
    """Open an image file, its own errors as ours."""
    try:
        with Image.open(path) as image:
            yield image
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise NotAPaperError(
            f"the image cannot be decoded ({error})",
            todo="Check that it opens in a viewer, and send it again.",
            file=path,
        ) from error


def load_image_file(
    path: Path, page_no: int, max_pixels: int, wanted: int = 0
) -> PageImage:
    """Return one page of an image file, turned as a viewer shows it."""
    with open_image(path) as image:
        image.seek(page_no - 1)
        width, height = square_size(image)
        dpi = believe_dpi(image, (width, height))
        scale = wanted / dpi if wanted else 1.0
        size = max(1, round(width * scale)), max(1, round(height * scale))
        pixels_asked = max(image.width * image.height, size[0] * size[1])
        refuse_size(path, page_no, pixels_asked, max_pixels)
        shown = resize(image, size)
        shown = ImageOps.exif_transpose(shown)
        if shown.mode in {"RGBA", "LA", "PA"}:
            paper = Image.new("RGBA", shown.size, "white")
            shown = Image.alpha_composite(paper, shown.convert("RGBA"))
        gray = shown.mode in {"1", "L", "I", "I;16", "LA"}
        pixels = np.asarray(shown.convert("L" if gray else "RGB"))
    return build_page_image(pixels, page_no, wanted or dpi)


def resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture in this size; black and white becomes grey for it."""
    if image.size == size:
        return image
    return (image.convert("L") if image.mode == "1" else image).resize(size)


def square_size(image: Image.Image) -> tuple[int, int]:
    """Return the size with as many pixels to the inch down as across."""
    across, down = (float(v or 0.0) for v in image.info.get("dpi", (0.0, 0.0)))
    if not (across > 0 and down > 0) or 1 / UNEVEN < across / down < UNEVEN:
        return image.size
    if across > down:
        return image.width, round(image.height * min(across / down, MOST_UNEVEN))
    return round(image.width * min(down / across, MOST_UNEVEN)), image.height


def believe_dpi(image: Image.Image, size: tuple[int, int]) -> float:
    """Return the stated resolution if it makes a believable paper, else that of A4."""
    stated = max(float(v or 0.0) for v in image.info.get("dpi", (0.0, 0.0)))
    long_side = max(size)
    if stated > 0:
        points = long_side * POINTS_PER_INCH / stated
        if A4_LONG_SIDE / 2 <= points <= A4_LONG_SIDE * 2.1:
            return stated
    return long_side * POINTS_PER_INCH / A4_LONG_SIDE


def build_page_image(pixels: Pixels, page_no: int, dpi: float) -> PageImage:
    """Return the page with its size in points from its resolution."""
    height, width = pixels.shape[:2]
    scale = POINTS_PER_INCH / dpi
    return PageImage(pixels, page_no, width * scale, height * scale, dpi)


@contextmanager
def open_pdf(path: Path) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF with pdfium, its own errors as ours."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD:
            raise EncryptedPdfError(
                "the PDF wants a password",
                todo="Save it without one, and send it again.",
                file=path,
            ) from error
        raise DamagedPdfError(
            f"the PDF cannot be opened ({error})",
            todo="Check that it opens in a viewer, and send it again.",
            file=path,
        ) from error
    try:
        yield document
    finally:
        document.close()


def load_pdf_page(
    path: Path, page_no: int, max_pixels: int, wanted: int = 0
) -> PageImage:
    """Return a page of a PDF: its only image as it is, else the page drawn."""
    with open_pdf(path) as document:
        try:
            page = document[page_no - 1]
            width, height = page.get_size()
            if not (width > 0 and height > 0):
                raise pdfium.PdfiumError("it has no size")
            images = list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]))
            refuse_images(images, path, page_no, max_pixels)
            own = None if wanted else read_only_image(page, images)
            if own is None:
                dpi = wanted or choose_dpi(page, images)
                pixels = width * height * (dpi / POINTS_PER_INCH) ** 2
                refuse_size(path, page_no, pixels, max_pixels)
                own = page.render(scale=dpi / POINTS_PER_INCH).to_numpy().copy()
        except pdfium.PdfiumError as error:
            raise DamagedPdfError(
                f"the page cannot be drawn ({error})",
                todo="Check that it opens in a viewer, and send it again.",
                file=path,
                page_no=page_no,
            ) from error
    plain = square_pixels(drop_alpha(own), width / height)
    return PageImage(
        plain, page_no, width, height, plain.shape[1] * POINTS_PER_INCH / width
    )


def drop_alpha(pixels: Pixels) -> Pixels:
    """Return grey or RGB from what pdfium gives (grey, BGR, BGRx)."""
    if pixels.ndim == 2:
        return pixels
    if pixels.shape[2] == 1:
        return np.ascontiguousarray(pixels[:, :, 0])
    return np.ascontiguousarray(pixels[:, :, 2::-1])


def square_pixels(pixels: Pixels, aspect: float) -> Pixels:
    """Return the page with as many pixels to the inch down as across.

    A fax may have half as many lines as columns to the inch.

    Args:
        pixels: The page.
        aspect: Its width as a part of its height, on paper.
    """
    height, width = pixels.shape[:2]
    stretch = width / height / aspect
    if 1 / UNEVEN < stretch < UNEVEN or not 1 / MOST_UNEVEN < stretch < MOST_UNEVEN:
        return pixels
    down, across = max(stretch, 1.0), max(1 / stretch, 1.0)
    size = (round(width * across), round(height * down))
    return np.asarray(Image.fromarray(pixels).resize(size), np.uint8)


def choose_dpi(page: pdfium.PdfPage, images: list[pdfium.PdfImage]) -> float:
    """Return the finest resolution of the page's large images, else 300."""
    width, height = page.get_size()
    best = 0.0
    for image in images:
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) < 0.2 * width * height:
            continue
        across = max(image.get_px_size())
        best = max(best, across * POINTS_PER_INCH / max(right - left, top - bottom))
    return min(max(best, 150.0), 400.0) if best else RENDER_DPI


def refuse_images(
    images: list[pdfium.PdfImage], path: Path, page_no: int, max_pixels: int
) -> None:
    """Raise if a picture on the page has too many pixels to be decoded."""
    for image in images:
        across, down = image.get_px_size()
        refuse_size(path, page_no, across * down, max_pixels)


def read_only_image(
    page: pdfium.PdfPage, images: list[pdfium.PdfImage]
) -> Pixels | None:
    """Return the image that is all the page shows, turned as shown, else None.

    An invisible text layer over the scan is no matter; anything else that is drawn is.
    """
    if len(images) != 1 or has_other_ink(page):
        return None
    image = images[0]
    if not fills_page(page, image):
        return None
    pixels: Pixels = image.get_bitmap(render=False).to_numpy().copy()
    turned = np.rot90(pixels, -page.get_rotation() // 90)
    if np.median(turned[::16, ::16]) < 128:
        return None  # a mask or an inverted palette: let the page be drawn
    return np.ascontiguousarray(turned)


def has_other_ink(page: pdfium.PdfPage) -> bool:
    """Whether anything but images and invisible text is drawn on the page."""
    if pdfium_c.FPDFPage_GetAnnotCount(page.raw) > 0:
        return True
    for thing in page.get_objects():
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            continue
        if thing.type != pdfium_c.FPDF_PAGEOBJ_TEXT:
            return True
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw)
        if mode != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
            return True
    return False


def fills_page(page: pdfium.PdfPage, image: pdfium.PdfImage) -> bool:
    """Whether the image is upright and covers the page, to one part in a hundred."""
    a, b, c, d, _, _ = image.get_matrix().get()
    if a <= 0 or d <= 0 or abs(b) > 0.01 * a or abs(c) > 0.01 * d:
        return False
    box, bounds = page.get_bbox(), image.get_bounds()
    slack = 0.01 * max(box[2] - box[0], box[3] - box[1])
    return all(abs(p - q) <= slack for p, q in zip(box, bounds, strict=True))
