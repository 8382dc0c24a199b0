"""Reading: one page, and the evidence that all pages of a paper make together."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pypdfium2
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractors.join import join_fragments
from extractors.model import EVIDENCE_VERSION, Evidence, Method, Page, PageReading
from extractors.paper import FileKind, Paper, ReadOptions, file_kind, open_paper
from extractors.text_layer.digital import read_digital_page
from extractors.text_layer.hidden import is_text_hidden
from extractors.text_layer.pdf_text import TextLayer, read_text_layer
from extractors.text_layer.pictures import add_pictures, find_unread_pictures
from extractors.text_layer.trust import judge_layer

__all__ = ["ReadOptions", "join_readings", "open_paper", "read_page"]

log = logging.getLogger(__name__)

_SMALLEST = 16
"""Pixels: on a page that is no wider nothing can be read."""

# What pdfminer raises on files that viewers still show.
_UNREADABLE = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def read_page(path: Path, page_no: int, options: ReadOptions) -> PageReading:
    """Return what one page says: from its text layer if that can be believed.

    Args:
        path: The paper, a PDF or an image.
        page_no: The page, 1-based.
        options: Limits of reading.

    Raises:
        SohoaError: The page cannot be read; the error says why.
    """
    layer = _trusted_layer(path, page_no)
    if layer is None:
        return _read_scan(path, page_no, options)
    reading = read_digital_page(path, layer)
    pictures = find_unread_pictures(layer)
    if not pictures:
        return reading
    return add_pictures(reading, _read_scan(path, page_no, options), pictures)


def _trusted_layer(path: Path, page_no: int) -> TextLayer | None:
    if file_kind(path) is not FileKind.PDF:
        return None
    try:
        layer = read_text_layer(path, page_no)
        hidden = bool(layer.words and layer.pictures) and is_text_hidden(path, page_no)
    except (*_UNREADABLE, pypdfium2.PdfiumError) as error:
        log.info("page %d has no text layer: %r", page_no, error)
        return None
    if not (layer.width > 0 and layer.height > 0):
        return None
    trust = judge_layer(layer, hidden=hidden)
    log.debug("%s page %d: %s", path.name, page_no, trust.reason)
    return layer if trust.trusted else None


def _read_scan(path: Path, page_no: int, options: ReadOptions) -> PageReading:
    # OpenCV and the recogniser are loaded only where a page has to be looked at.
    from extractors import raster
    from extractors.scans import scan

    image = raster.load_page_image(
        path, page_no, max_pixels=options.max_pixels, dpi=options.dpi
    )
    if min(image.pixels.shape[:2]) < _SMALLEST:
        page = Page(page_no, image.width, image.height, Method.OCR, ())
        return PageReading(page, ())
    return scan.read_scanned_page(image, options)


def join_readings(paper: Paper, readings: Sequence[PageReading]) -> Evidence:
    """Return the evidence of a whole paper from the readings of all its pages."""
    ordered = sorted(readings, key=lambda r: r.page.page_no)
    return Evidence(
        EVIDENCE_VERSION,
        paper.path.name,
        paper.sha256,
        tuple(r.page for r in ordered),
        join_fragments(ordered),
        _readers({r.page.method for r in ordered}),
    )


def _readers(methods: set[Method]) -> str:
    """Return names and versions of the programs that took part."""
    names = [f"sohoa {version('sohoa')}", f"pdfplumber {version('pdfplumber')}"]
    names.append(f"camelot {version('camelot-py')}")
    if Method.OCR in methods:
        import pytesseract
        import tesserocr

        library, *_ = tesserocr.tesseract_version().splitlines()
        names.append(f"{library} (pages)")
        names.append(f"tesseract {pytesseract.get_tesseract_version()} (crops)")
    return "; ".join(names)
