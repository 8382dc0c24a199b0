"""Files that are no papers, and PDFs that are broken or locked."""

from __future__ import annotations

import numpy as np
from PIL import Image

from tests.zoo.anatomy import (
    CATALOG,
    LINES,
    PAGE,
    PAGES,
    build,
    locked,
    plain,
    saved,
    stream,
)
from tests.zoo.keeper import FAILED, LOADED, animal


@animal("empty.pdf", FAILED, "empty")
def _empty() -> bytes:
    """A file without a byte."""
    return b""


@animal("letter.pdf", FAILED, "neither a PDF")
def _text() -> bytes:
    """A text named like a PDF."""
    return "Kế hoạch giảm nghèo năm 2021".encode()


@animal("plan.docx", FAILED, "neither a PDF")
def _word() -> bytes:
    """A word processor's file."""
    return b"PK\x03\x04\x14\0\x06\0" + b"\0" * 500


@animal("setup.pdf", FAILED, "neither a PDF")
def _program() -> bytes:
    """A program named like a PDF."""
    return b"MZ\x90\0" + b"\0" * 500


@animal("page.pdf", FAILED, "neither a PDF")
def _web() -> bytes:
    """A web page named like a PDF."""
    return b"<!DOCTYPE html><script>location='http://127.0.0.1/'</script>"


@animal("picture.png", FAILED, "neither a PDF")
def _gif() -> bytes:
    """A GIF named like a PNG."""
    return saved(Image.new("L", (20, 20)), "GIF")


@animal("cut.pdf", FAILED, "damaged")
def _cut() -> bytes:
    """A PDF cut off in its first object."""
    return plain()[:60]


@animal("zeros.pdf", FAILED, "damaged")
def _zeros() -> bytes:
    """A PDF whose disk was full: zeros after its first line."""
    return b"%PDF-1.7\n" + b"\0" * 100_000


@animal("garbage.pdf", FAILED, "damaged")
def _garbage() -> bytes:
    """Random bytes after a PDF's first line."""
    return b"%PDF-1.4\n" + np.random.default_rng(1).bytes(50_000)


@animal("index-lost.pdf", LOADED)
def _index_lost() -> bytes:
    """A PDF whose index was cut off; it can be made anew."""
    whole = plain()
    return whole[: whole.index(b"xref\n")] + whole[whole.index(b"trailer") :]


@animal("index-wrong.pdf", LOADED)
def _index_wrong() -> bytes:
    """A PDF whose index points beside its objects."""
    return plain().replace(b"0000000", b"0000003")


@animal("after-the-end.pdf", LOADED)
def _after_the_end() -> bytes:
    """A PDF with a megabyte of zeros after its end."""
    return plain() + b"\0" * (1 << 20)


@animal("before-the-start.pdf", LOADED)
def _before_the_start() -> bytes:
    """A PDF with a mailer's lines before its start."""
    return b"Content-Type: application/pdf\r\n\r\n" + plain()


@animal("locked.pdf", FAILED, "password")
def _locked() -> bytes:
    """A PDF that wants a password."""
    return locked("secret")


@animal("owner-locked.pdf", LOADED, "nothing_found")
def _owner_locked() -> bytes:
    """A PDF that may be read but not printed."""
    return locked("", ownerPassword="owner", canPrint=0)


@animal("cipher-unknown.pdf", FAILED, "")
def _cipher_unknown() -> bytes:
    """A PDF locked in a way that nobody knows."""
    cipher = b"/Encrypt << /Filter /Nobody /V 99 /R 99 /P -4 >> /ID [<aa> <aa>]"
    return build([CATALOG, PAGES, PAGE + b">>", stream(LINES)], extra=cipher)


@animal("no-pages.pdf", FAILED, "damaged")
def _no_pages() -> bytes:
    """A PDF of zero pages."""
    return plain(pages=b"<< /Type /Pages /Kids [] /Count 0 >>")


@animal("no-catalog.pdf", FAILED, "damaged")
def _no_catalog() -> bytes:
    """A PDF without a root."""
    return build([b"<< /Type /Nothing >>"], root=99)


@animal("hundred-thousand-claimed.pdf", FAILED, "pages")
def _claims_pages() -> bytes:
    """A PDF that claims 100,000 pages."""
    return plain(pages=b"<< /Type /Pages /Kids [3 0 R] /Count 100000 >>")


@animal("one-page-many-times.pdf", FAILED, "pages")
def _same_page() -> bytes:
    """A PDF that shows one page 20,000 times."""
    kids = b"3 0 R " * 20_000
    return plain(pages=b"<< /Type /Pages /Kids [%b] /Count 20000 >>" % kids)
