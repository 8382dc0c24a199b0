"""The door to Tesseract: whole pages within this process, crops by the program.

A page is read through the library (tesserocr), which loads its data once a process and
not once a page. Crops, which are read a second time to check what was read first, go
to the program (pytesseract): another build of Tesseract, so its errors are its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract
import tesserocr
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
    """Return the words of one picture, as of a page.

    Raises:
        DependencyError: Tesseract or its language data is missing.
        TimeoutError: It took longer than the job allows.
    """
    engine = _open_engine(job.lang)
    height, width = gray.shape
    engine.SetPageSegMode(job.psm)
    engine.SetVariable("tessedit_char_whitelist", job.whitelist)
    engine.SetImageBytes(gray.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(job.dpi)
    try:
        if not engine.Recognize(max(round(1000 * job.timeout), 1)):
            raise _too_long(job)
        return list(_words(engine))
    finally:
        engine.Clear()


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


@cache
def _open_engine(lang: str) -> Any:
    """Return Tesseract with its data loaded, one for a process and language."""
    folder = find_language_data()
    try:
        return tesserocr.PyTessBaseAPI(path=folder, lang=lang)
    except RuntimeError as error:
        raise _no_data(lang, f"no data '{lang}' in {folder}") from error


@cache
def find_language_data() -> str:
    """Return the folder of Tesseract's language data: the program's own.

    Tesseract 5 names it. Tesseract 4 does not; it lies where Debian, Fedora and
    Homebrew put it, in the share folder beside the program.

    Raises:
        DependencyError: The program is missing.
    """
    program = pytesseract.pytesseract.tesseract_cmd
    command = [program, "--list-langs"]
    try:
        said = subprocess.run(  # noqa: S603  # the program that reads crops, no input
            command, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise _no_program() from error
    # 'List of available languages in "/usr/share/tesseract-ocr/5/tessdata/" (3):'
    named = said.stdout.partition('"')[2].partition('"')[0]
    named = named or os.environ.get("TESSDATA_PREFIX", "")
    if named:
        return named
    share = Path(shutil.which(program) or program).resolve().parent.parent / "share"
    places = ("tessdata", "tesseract/tessdata", "tesseract-ocr/*/tessdata")
    found = [f for place in places for f in sorted(share.glob(place))]
    return str(found[-1]) if found else ""


def _words(engine: Any) -> Iterator[OcrWord]:
    """Yield the words that the engine has just recognised."""
    level = tesserocr.RIL.WORD
    for place in tesserocr.iterate_level(engine.GetIterator(), level):
        if place.Empty(level):
            continue
        text = unicodedata.normalize("NFC", place.GetUTF8Text(level)).strip()
        if text:
            box = place.BoundingBox(level)
            yield OcrWord(text, box, place.Confidence(level) / 100)


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
        raise _no_program() from error
    except pytesseract.TesseractError as error:
        if error.status == -signal.SIGKILL:
            raise KilledError("tesseract was killed", todo="Run it again.") from error
        raise _no_data(job.lang, str(error)[:200]) from error
    except RuntimeError as error:
        raise _too_long(job) from error
    return found


def _no_program() -> DependencyError:
    return DependencyError(
        "tesseract is not installed",
        todo="Install the packages tesseract-ocr and tesseract-ocr-vie.",
    )


def _no_data(lang: str, what: str) -> DependencyError:
    return DependencyError(
        f"tesseract failed: {what}",
        todo=f"Install the package tesseract-ocr-{lang}, or run sohoa doctor.",
    )


def _too_long(job: OcrJob) -> TimeoutError:
    return TimeoutError(f"tesseract took over {job.timeout:g} s")


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
