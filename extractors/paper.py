"""Opening a paper: what kind of file it is, whether it may be read, its pages."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pypdfium2
from PIL import Image, UnidentifiedImageError

from extractors.errors import (
    DamagedPdfError,
    EmptyFileError,
    EncryptedPdfError,
    FileMissingError,
    LimitExceededError,
    NotAPaperError,
)
from extractors.scans import steps

HEAD_BYTES = 1024
"""Some mailers put a few bytes before '%PDF'; readers allow it."""

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


class FileKind(StrEnum):
    """The two kinds of file that hold a paper."""

    PDF = "pdf"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read, and limits that keep one bad file from stopping a night.

    ``dpi`` is the resolution at which a page is looked at, 0 the scan's own. ``psm`` is
    how Tesseract takes a page apart, ``skip`` are the steps of making a scan ready that
    are left out. ``max_pixels`` is of one page; ``page_seconds``
    and ``memory_bytes`` are of the process that reads one page, ``ocr_timeout``
    (seconds) of one run of Tesseract. ``max_objects``, ``max_nesting`` and
    ``max_unpacked_bytes`` are of the whole file; pictures have their pixels instead.
    """

    dpi: int = 0
    psm: int = 4
    skip: steps.Steps = steps.NONE
    max_bytes: int = 300 * 1024**2
    max_pages: int = 500
    max_objects: int = 500_000
    max_nesting: int = 100
    max_unpacked_bytes: int = 512 * 1024**2
    max_pixels: int = 150_000_000
    page_seconds: float = 180.0
    ocr_timeout: float = 120.0
    memory_bytes: int = 6 * 1024**3

    @property
    def manner(self) -> str:
        """What the reading of a paper depends on: no limit that it keeps."""
        left_out = "+".join(sorted(self.skip))
        return f"dpi={self.dpi},psm={self.psm},skip={left_out}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that can be read."""

    path: Path
    kind: FileKind
    sha256: str
    page_count: int


def open_paper(path: Path, options: ReadOptions) -> Paper:
    """Return the paper that the file holds.

    Raises:
        InputError: One of its kinds, which says what is wrong with the file.
    """
    kind = _kind(path, options)
    count = _count_pdf(path, options) if kind is FileKind.PDF else _count_frames(path)
    if count > options.max_pages:
        raise LimitExceededError(
            f"the file has {count} pages, the limit is {options.max_pages}",
            todo="Split the file, or raise the limit of pages in the settings.",
            file=path,
        )
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Paper(path, kind, digest, count)


def file_kind(path: Path) -> FileKind:
    """Return what the file is by its first bytes, whatever its name says.

    Raises:
        NotAPaperError: It is neither a PDF nor an image.
    """
    with path.open("rb") as stream:
        return kind_of(stream.read(HEAD_BYTES), path)


def kind_of(head: bytes, path: Path) -> FileKind:
    """Return what a file is by its first bytes.

    Raises:
        NotAPaperError: It is neither a PDF nor an image.
    """
    if b"%PDF-" in head:
        return FileKind.PDF
    if head.startswith(_IMAGES):
        return FileKind.IMAGE
    raise NotAPaperError(
        "the file is neither a PDF nor a PNG, JPEG or TIFF image",
        todo="Save the paper as PDF and send it again.",
        file=path,
    )


def _kind(path: Path, options: ReadOptions) -> FileKind:
    if not path.is_file():
        raise FileMissingError(
            "there is no such file", todo="Check the path.", file=path
        )
    size = path.stat().st_size
    if not size:
        raise EmptyFileError(
            "the file is empty", todo="Ask the sender for it again.", file=path
        )
    if size > options.max_bytes:
        raise LimitExceededError(
            f"the file has {size} bytes, the limit is {options.max_bytes}",
            todo="Scan it anew at 300 dpi, or raise the limit of bytes.",
            file=path,
        )
    return file_kind(path)


def _count_pdf(path: Path, options: ReadOptions) -> int:
    # Here, because that module needs the options of this one.
    from extractors.structure import refuse_hostile_build

    refuse_hostile_build(path, options)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _pdf_error(path, error) from error
    try:
        count = len(document)
        if not count:
            raise DamagedPdfError(
                "the PDF has no pages", todo="Ask the sender for it again.", file=path
            )
        return count
    finally:
        document.close()


def _pdf_error(
    path: Path, error: pypdfium2.PdfiumError
) -> EncryptedPdfError | DamagedPdfError:
    if "password" in str(error).lower():
        return EncryptedPdfError(
            "the PDF wants a password",
            todo="Save it without one and send it again.",
            file=path,
        )
    return DamagedPdfError(
        "the PDF cannot be opened, it is damaged or cut off",
        todo="Ask the sender for it again.",
        file=path,
    )


def _count_frames(path: Path) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                return int(getattr(image, "n_frames", 1))
    except Image.DecompressionBombError as error:
        raise LimitExceededError(
            "the image has far more pixels than a scanned page",
            todo="Scan it anew at 300 dpi.",
            file=path,
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAPaperError(
            "the image cannot be opened, it is damaged or cut off",
            todo="Ask the sender for it again.",
            file=path,
        ) from error
