"""Whether a page's text is there to be seen, or lies behind a picture of the page."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

_LARGE = 0.5
_DEPTH = 5


def is_text_hidden(path: Path, page_no: int) -> bool:
    """Return whether most text is invisible or painted over by a large picture.

    Raises:
        pypdfium2.PdfiumError: The page cannot be opened.
    """
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[page_no - 1]
        width, height = page.get_size()
        shown = covered = invisible = 0
        for item in page.get_objects(max_depth=_DEPTH):
            if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
                mode = pdfium.FPDFTextObj_GetTextRenderMode(item.raw)
                if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                    invisible += 1
                else:
                    shown += 1
            elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE and _is_large(
                item, width * height
            ):
                covered, shown = covered + shown, 0
        return invisible + covered > shown
    finally:
        document.close()


def _is_large(item: pypdfium2.PdfObject, page_area: float) -> bool:
    left, bottom, right, top = item.get_bounds()
    return bool(abs((right - left) * (top - bottom)) >= _LARGE * page_area)
