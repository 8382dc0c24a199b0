"""The door to Tesseract: whole pages and batches of crops, one process for each."""

from __future__ import annotations

import os
import signal
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

from extractors.errors import DependencyError, KilledError

Gray = NDArray[np.uint8]

DIGITS = "0123456789.,-%"
"""What the digit reader may answer."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word as Tesseract reads it, its box (x0, y0, x1, y1) in pixels."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float


@dataclass(frozen=True, slots=True)
class OcrJob:
    """How Tesseract is asked: language data, page segmentation mode, limits."""

    lang: str
    psm: int
    whitelist: str = ""
    dpi: int = 300
    timeout: float = 120.0

    @property
    def config(self) -> str:
        """Return the options in Tesseract's own words."""
        parts = [f"--psm {self.psm}", f"--dpi {self.dpi}"]
        if self.whitelist:
            parts.append(f"-c tessedit_char_whitelist={self.whitelist}")
        return " ".join(parts)


def read_picture(gray: Gray, job: OcrJob) -> list[OcrWord]:
    """Return the words of one picture.

    Raises:
        DependencyError: Tesseract or its language data is missing.
        TimeoutError: It took longer than the job allows.
    """
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        path = Path(folder) / "page.pgm"
        cv2.imwrite(str(path), gray)
        return _group(_run(path, job), 1)[0]


def read_crops(crops: Sequence[Gray], job: OcrJob) -> list[list[OcrWord]]:
    """Return the words of each crop, all read by one process.

    Raises:
        DependencyError: Tesseract or its language data is missing.
        TimeoutError: It took longer than the job allows.
    """
    if not crops:
        return []
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        names = []
        for k, crop in enumerate(crops):
            path = Path(folder) / f"{k}.pgm"
            cv2.imwrite(str(path), crop)
            names.append(str(path))
        listing = Path(folder) / "crops.txt"
        listing.write_text("\n".join(names) + "\n")
        return _group(_run(listing, job), len(crops))


def _run(path: Path, job: OcrJob) -> dict[str, list[Any]]:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        found: dict[str, list[Any]] = pytesseract.image_to_data(
            str(path),
            lang=job.lang,
            config=job.config,
            output_type=pytesseract.Output.DICT,
            timeout=job.timeout,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise DependencyError(
            "tesseract is not installed",
            todo="Install the packages tesseract-ocr and tesseract-ocr-vie.",
        ) from error
    except pytesseract.TesseractError as error:
        if error.status == -signal.SIGKILL:
            raise KilledError("tesseract was killed", todo="Run it again.") from error
        raise DependencyError(
            f"tesseract failed: {str(error)[:200]}",
            todo=f"Install the package tesseract-ocr-{job.lang}, or run sohoa doctor.",
        ) from error
    except RuntimeError as error:
        raise TimeoutError(f"tesseract took over {job.timeout:.0f} s") from error
    return found


def _group(found: dict[str, list[Any]], count: int) -> list[list[OcrWord]]:
    """Return the words of each picture of a batch."""
    groups: list[list[OcrWord]] = [[] for _ in range(count)]
    columns = ("page_num", "text", "conf", "left", "top", "width", "height")
    for page, text, conf, x, y, w, h in zip(*(found[c] for c in columns), strict=True):
        kept = unicodedata.normalize("NFC", str(text)).strip()
        if not kept or float(conf) < 0 or not 1 <= int(page) <= count:
            continue
        box = (int(x), int(y), int(x) + int(w), int(y) + int(h))
        groups[int(page) - 1].append(OcrWord(kept, box, float(conf) / 100))
    return groups
