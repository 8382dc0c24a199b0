"""What a paper may carry, and pages that are odd."""

from __future__ import annotations

import numpy as np
from PIL import Image

from tests.zoo.anatomy import (
    CATALOG,
    FONT,
    LINES,
    PAGE,
    RESOURCES,
    plain,
    saved,
    stream,
)
from tests.zoo.keeper import LOADED, animal


@animal("script.pdf", LOADED)
def _script() -> bytes:
    """A PDF that runs JavaScript when opened."""
    script = b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://x/')) >>"
    return plain(catalog=CATALOG.replace(b">>", script + b" >>"))


@animal("launch.pdf", LOADED)
def _launch() -> bytes:
    """A PDF that starts a program when opened."""
    launch = b"/OpenAction << /S /Launch /F (/bin/sh) /P (-c 'touch /tmp/zoo') >>"
    return plain(catalog=CATALOG.replace(b">>", launch + b" >>"))


@animal("embedded.pdf", LOADED)
def _embedded() -> bytes:
    """A PDF that carries another file, named '../../etc/passwd'."""
    names = b"/Names << /EmbeddedFiles << /Names [(x) 6 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (../../etc/passwd) /EF << /F 7 0 R >> >>"
    return plain(
        catalog=CATALOG.replace(b">>", names + b" >>"),
        more=[spec, stream(b"MZ", b"/Type /EmbeddedFile")],
    )


@animal("outside.pdf", LOADED)
def _outside() -> bytes:
    """A PDF whose content stands in a file of this machine, and on the net."""
    outside = b"<< /Length 0 /F (/etc/passwd) /FFilter /FlateDecode >>\nstream\n"
    link = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] "
    link += b"/A << /S /URI /URI (http://127.0.0.1:9/) >> >>]"
    page = PAGE.replace(b"4 0 R", b"[4 0 R 6 0 R]") + RESOURCES + link + b" >>"
    return plain(page=page, more=[outside + b"\nendstream"])


@animal("polyglot.pdf", LOADED)
def _polyglot() -> bytes:
    """A file that is a PDF and a web page and an archive at once."""
    return b"<html><!--PK\x03\x04\n" + plain() + b"--></html>PK\x05\x06" + b"\0" * 18


@animal("wrong-extension.jpg", LOADED)
def _wrong_extension() -> bytes:
    """A PDF named like a JPEG."""
    return plain()


@animal("no-extension", LOADED)
def _no_extension() -> bytes:
    """A PDF without an extension."""
    return plain()


@animal("blank.pdf", LOADED, "nothing_found")
def _blank() -> bytes:
    """A blank page."""
    return plain(content=stream(b""))


@animal("layers.pdf", LOADED)
def _layers() -> bytes:
    """A text printed in 300 layers, one over the other."""
    lines = b"\n".join(LINES.split(b"\n")[:4])
    return plain(content=stream(b"\n".join([lines] * 300)))


@animal("broken-map.pdf", LOADED)
def _broken_map() -> bytes:
    """A font whose letters are mapped to others."""
    table = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange "
    table += b"<00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <e020> "
    table += b"endbfrange endcmap"
    font = FONT.replace(b">>", b"/ToUnicode 6 0 R >>")
    return plain(font=font, more=[stream(table)])


@animal("no-font.pdf", LOADED, "nothing_found")
def _no_font() -> bytes:
    """A page whose font is not there."""
    return plain(page=PAGE + b"/Resources << >> >>")


@animal("no-size.pdf", LOADED, "page_unread")
def _no_size() -> bytes:
    """A page that does not say how large it is."""
    page = PAGE.replace(b"/MediaBox [0 0 595 842]", b"") + RESOURCES + b" >>"
    return plain(page=page)


@animal("size-of-words.pdf", LOADED, "page_unread")
def _size_of_words() -> bytes:
    """A page whose size is given in words."""
    page = PAGE.replace(b"[0 0 595 842]", b"[(a) /b null true]")
    return plain(page=page + RESOURCES + b" >>")


@animal("no-width.pdf", LOADED, "page_unread")
def _no_width() -> bytes:
    """A page without a width."""
    page = PAGE.replace(b"[0 0 595 842]", b"[0 0 0 842]") + RESOURCES + b" >>"
    return plain(page=page)


@animal("far-away.pdf", LOADED)
def _far_away() -> bytes:
    """Numbers as large as there are, where letters should stand."""
    far = b"BT /F 12 Tf 9e307 -9e307 Td (a) Tj ET 1e400 0 0 1e-400 0 0 cm\n"
    return plain(content=stream(far + LINES))


@animal("nonsense.pdf", LOADED)
def _nonsense() -> bytes:
    """Drawing commands in the wrong order, with the wrong things."""
    wild = b"ET ET Q Q Q (a) Do /F Tj [1 (a)] Tf >> ) ] BI ID \0\1 EI Tm\n"
    return plain(content=stream(LINES + b"\n" + wild))


@animal("noise.png", LOADED, "nothing_found")
def _noise() -> bytes:
    """An image of pure noise."""
    noise = np.random.default_rng(3).integers(0, 255, (842, 595), np.uint8)
    return saved(Image.fromarray(noise), "PNG")


@animal("dot.png", LOADED, "nothing_found")
def _dot() -> bytes:
    """An image of one pixel."""
    return saved(Image.new("L", (1, 1)), "PNG")


@animal("line.png", LOADED, "nothing_found")
def _line() -> bytes:
    """An image of 20,000 by one pixel."""
    return saved(Image.new("L", (20_000, 1)), "PNG")
