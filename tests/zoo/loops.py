"""PDFs that lead in circles, or too deep."""

from __future__ import annotations

from tests.zoo.anatomy import CATALOG, HELVETICA, LINES, PAGE, build, plain, stream
from tests.zoo.keeper import FAILED, LOADED, animal


@animal("pages-in-a-circle.pdf", LOADED)
def _page_loop() -> bytes:
    """A PDF whose page tree holds itself."""
    return plain(pages=b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>")


@animal("content-in-a-circle.pdf", LOADED, "nothing_found")
def _content_loop() -> bytes:
    """A page whose content is a list that holds itself."""
    return plain(content=b"[4 0 R 4 0 R]")


@animal("length-in-a-circle.pdf", LOADED)
def _length_loop() -> bytes:
    """A stream whose length is the stream itself."""
    return plain(
        content=b"<< /Length 4 0 R >>\nstream\n%b\nendstream" % LINES,
    )


@animal("form-in-itself.pdf", FAILED, "died")
def _form_loop() -> bytes:
    """A drawing that draws itself."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
    form += b"/Resources << /XObject << /X 6 0 R >> >>"
    page = PAGE + b"/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
    plainly = b"BT /F 12 Tf 60 700 Td (Ke hoach giam ngheo) Tj ET /X Do"
    form = stream(b"/X Do /X Do 0 0 99 99 re f", form)
    return plain(page=page, content=stream(plainly), font=HELVETICA, more=[form])


@animal("index-in-a-circle.pdf", LOADED)
def _index_loop() -> bytes:
    """An index whose earlier part is itself."""
    whole = plain()
    place = whole.index(b"xref\n")
    return whole.replace(b"/Root", b"/Prev %d /Root" % place)


@animal("deep-list.pdf", FAILED, "levels within levels")
def _deep_list() -> bytes:
    """Lists within lists, 50,000 deep."""
    return plain(more=[b"[" * 50_000 + b"]" * 50_000])


@animal("deep-dictionary.pdf", FAILED, "levels within levels")
def _deep_dictionary() -> bytes:
    """Dictionaries within dictionaries, 5,000 deep."""
    return plain(more=[b"<< /A " * 5_000 + b"0" + b" >>" * 5_000])


@animal("deep-pages.pdf", FAILED, "")
def _deep_pages() -> bytes:
    """A page tree 3,000 levels deep."""
    levels = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (n + 1, n - 1)
        for n in range(2, 3_002)
    ]
    last = PAGE.replace(b"2 0 R", b"3001 0 R").replace(b"4 0 R", b"3003 0 R")
    return build([CATALOG, *levels, last + b">>", stream(LINES)])


@animal("deep-states.pdf", LOADED)
def _deep_states() -> bytes:
    """A page that saves its state 100,000 times."""
    return plain(content=stream(b"q " * 100_000 + LINES))
