"""Files that are no papers say what is wrong with them."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest
from pdfs import PdfMaker
from PIL import Image

from extractors.errors import (
    DamagedPdfError,
    EmptyFileError,
    EncryptedPdfError,
    FileMissingError,
    InputError,
    LimitExceededError,
    NotAPaperError,
)
from extractors.paper import FileKind, ReadOptions, open_paper

# Encrypted with the user password 'x' (RC4, 40 bit), an empty page.
ENCRYPTED = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>
endobj
4 0 obj
<< /Filter /Standard /V 1 /R 2 /P -4
/O <2055c756c72e1ad702608e8196acad447ad32d17cff583235f6dd15fed7dab67>
/U <00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff> >>
endobj
trailer << /Root 1 0 R /Encrypt 4 0 R /Size 5 /ID [<aa> <aa>] >>
%%EOF
"""


def three_pages(folder: Path) -> Path:
    maker = PdfMaker()
    for _ in range(3):
        maker.page().text(60, 100, "Kế hoạch")
    return maker.save(folder / "paper.pdf")


def test_a_pdf(tmp_path: Path) -> None:
    path = three_pages(tmp_path)
    paper = open_paper(path, ReadOptions())
    assert paper.kind is FileKind.PDF
    assert paper.page_count == 3
    assert paper.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.pdf"])
def test_an_image_is_a_paper_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        Image.new("L", (20, 30)).save(stream, "PNG")
    paper = open_paper(path, ReadOptions())
    assert (paper.kind, paper.page_count) == (FileKind.IMAGE, 1)


def test_a_tiff_may_hold_several_pages(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    frames = [Image.new("L", (20, 30), shade) for shade in (0, 99, 200)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert open_paper(path, ReadOptions()).page_count == 3


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, FileMissingError),
        (b"", EmptyFileError),
        ("Kế hoạch giảm nghèo năm 2021".encode(), NotAPaperError),
        (b"PK\x03\x04 a word file", NotAPaperError),
        (b"%PDF-1.7\n" + b"\x00" * 2000, DamagedPdfError),
        (b"\x89PNG\r\n\x1a\n cut off", NotAPaperError),
        (ENCRYPTED, EncryptedPdfError),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, content: bytes | None, error: type[InputError]
) -> None:
    path = tmp_path / "paper.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error) as caught:
        open_paper(path, ReadOptions())
    assert str(path) in str(caught.value)
    assert caught.value.todo


@pytest.mark.parametrize(
    "options", [ReadOptions(max_pages=2), ReadOptions(max_bytes=9)]
)
def test_limits(tmp_path: Path, options: ReadOptions) -> None:
    with pytest.raises(LimitExceededError):
        open_paper(three_pages(tmp_path), options)


def test_errors_travel_between_processes() -> None:
    error = LimitExceededError("too large", todo="Split it.", file="a.pdf", page_no=3)
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is LimitExceededError
    assert str(back) == str(error)
    assert (back.file, back.page_no) == ("a.pdf", 3)
