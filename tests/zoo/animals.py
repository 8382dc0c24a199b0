"""The zoo: files that are broken, or mean harm, each made here from nothing.

Each animal is a file's name and its bytes, how it must end, and what is said of it.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

FAILED, LOADED = "failed", "done"


@dataclass(frozen=True)
class Animal:
    """One file, the status that it must end in, and words of the reason."""

    name: str
    make: Callable[[], bytes]
    status: str
    said: str = ""

    @property
    def kind(self) -> str:
        """What it is, for the table in docs/night.md."""
        return (self.make.__doc__ or "").strip().rstrip(".")


ZOO: list[Animal] = []


def animal(
    name: str, status: str, said: str = ""
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        ZOO.append(Animal(name, make, status, said))
        return make

    return keep


# What they are made of.


def build(objects: Sequence[bytes], *, root: int = 1, extra: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1, with a sound index."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    place = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root %d 0 R %b >>\n" % (
        len(objects) + 1,
        root,
        extra,
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % place)


def stream(body: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(body), keys, body)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
SENTENCE = "Kế hoạch giảm nghèo năm 2021: tỷ lệ hộ nghèo là 4,25% (63/1.482 hộ)."
LETTERS = " " + "".join(sorted(set(SENTENCE) - {" "}))
FONT = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Times /FirstChar 32 /LastChar "
    f"{31 + len(LETTERS)} /Widths [{'500 ' * len(LETTERS)}] /Encoding << /Differences "
    f"[32 {' '.join(f'/uni{ord(letter):04X}' for letter in LETTERS)}] >> >>"
).encode()
RESOURCES = b"/Resources << /Font << /F 5 0 R >> >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CODES = bytes(32 + LETTERS.index(letter) for letter in SENTENCE).hex().encode()
LINES = b"\n".join(
    b"BT /F 12 Tf 60 %d Td <%b> Tj ET" % (780 - 18 * row, CODES) for row in range(12)
)


def plain(
    *,
    catalog: bytes = CATALOG,
    pages: bytes = PAGES,
    page: bytes = PAGE + RESOURCES + b" >>",
    content: bytes | None = None,
    font: bytes = FONT,
    more: Sequence[bytes] = (),
) -> bytes:
    """Return a page of text, with any part put in place of the sound one."""
    text = stream(LINES) if content is None else content
    return build([catalog, pages, page, text, font, *more])


def locked(password: str, **options: object) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption(password, **options))
    canvas.drawString(60, 700, "Ke hoach 2021")
    canvas.save()
    return target.getvalue()


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG that claims a size, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"\0" * 99))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + kind
        + body
        + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in [*parts, (b"IEND", b"")]
    )


def tiff(entries: Sequence[tuple[int, int, int]], next_place: int = 0) -> bytes:
    """Return a TIFF of one directory; ``next_place`` is where the next should be."""
    body = b"II*\0" + struct.pack("<IH", 8, len(entries))
    for tag, kind, value in entries:
        body += struct.pack("<HHII", tag, kind, 1, value)
    return body + struct.pack("<I", next_place) + b"\xff" * 64


TINY_TIFF = (
    *((256, 4, 8), (257, 4, 8), (258, 3, 8), (259, 3, 1), (262, 3, 1)),
    *((273, 4, 122), (277, 3, 1), (278, 4, 8), (279, 4, 64)),
)


# Files that are no papers.


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


# Broken or locked PDFs.


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


@animal("owner-locked.pdf", LOADED)
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


# Loops and depths.


@animal("pages-in-a-circle.pdf", LOADED)
def _page_loop() -> bytes:
    """A PDF whose page tree holds itself."""
    return plain(pages=b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>")


@animal("content-in-a-circle.pdf", LOADED)
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


# Many, large, packed.


@animal("many-objects.pdf", FAILED, "objects")
def _many_objects() -> bytes:
    """A PDF of 600,000 objects."""
    heap = b"".join(b"%d 0 obj 0 endobj\n" % n for n in range(9, 600_009))
    return plain().replace(b"xref\n", heap + b"xref\n", 1)


@animal("many-objects-packed.pdf", FAILED, "objects")
def _packed_objects() -> bytes:
    """A packed list that claims 900 million objects."""
    keys = b"/Type /ObjStm /N 900000000 /First 8 /Filter /FlateDecode"
    return plain(more=[stream(zlib.compress(b"9 0 0 0 "), keys)])


@animal("bomb.pdf", FAILED, "when unpacked")
def _bomb() -> bytes:
    """A page of half a megabyte that unpacks to 600 MB."""
    return plain(content=stream(_zeros_packed(600), b"/Filter /FlateDecode"))


@animal("bomb-in-bomb.pdf", FAILED, "when unpacked")
def _bomb_twice() -> bytes:
    """A page packed twice: 2 kB that unpack to 600 MB."""
    twice = zlib.compress(_zeros_packed(600), 9)
    return plain(content=stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))


@animal("large-page.pdf", LOADED)
def _large_page() -> bytes:
    """An empty page of 200 by 200 metres."""
    page = PAGE.replace(b"595 842", b"566929 566929") + b">>"
    return plain(page=page, content=stream(b""))


@animal("large-image.png", FAILED, "pixels")
def _large_image() -> bytes:
    """A PNG of 60,000 by 60,000 pixels, claimed in 200 bytes."""
    return png(60_000, 60_000)


@animal("large-image.pdf", FAILED, "million pixels")
def _large_image_inside() -> bytes:
    """A page that shows an image of 60,000 by 60,000 pixels."""
    image = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 "
    image += b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    page = PAGE + b"/Resources << /XObject << /X 6 0 R >> >> >>"
    content = stream(b"595 0 0 842 0 0 cm /X Do")
    body = stream(zlib.compress(b"\xc0" * 9_999), image)
    return plain(page=page, content=content, more=[body])


@animal("comment-bomb.png", FAILED, "damaged")
def _comment_bomb() -> bytes:
    """A PNG whose comment unpacks to 200 MB."""
    comment = b"Comment\0\0" + _zeros_packed(200)
    return png(100, 100, (b"zTXt", comment))


@animal("frames.tif", FAILED, "pages")
def _many_frames() -> bytes:
    """A TIFF of 600 pages."""
    frames = [Image.new("1", (8, 8), n % 2) for n in range(600)]
    return saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])


@animal("circle.tif", LOADED)
def _tiff_loop() -> bytes:
    """A TIFF whose next page is its first."""
    return tiff(TINY_TIFF, 8)


@animal("wide.tif", FAILED, "pixels")
def _wide_tiff() -> bytes:
    """A TIFF that claims 4 billion pixels a line."""
    return tiff([(256, 4, 0xFFFFFFF0), *TINY_TIFF[1:]])


@animal("cut.jpg", FAILED, "")
def _cut_image() -> bytes:
    """A JPEG cut off half way."""
    noise = np.random.default_rng(2).integers(0, 255, (300, 200), np.uint8)
    whole = saved(Image.fromarray(noise), "JPEG")
    return whole[: len(whole) // 2]


# What a paper may carry.


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


# Odd pages.


@animal("blank.pdf", LOADED)
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


@animal("no-font.pdf", LOADED)
def _no_font() -> bytes:
    """A page whose font is not there."""
    return plain(page=PAGE + b"/Resources << >> >>")


@animal("no-size.pdf", LOADED)
def _no_size() -> bytes:
    """A page that does not say how large it is."""
    page = PAGE.replace(b"/MediaBox [0 0 595 842]", b"") + RESOURCES + b" >>"
    return plain(page=page)


@animal("size-of-words.pdf", LOADED)
def _size_of_words() -> bytes:
    """A page whose size is given in words."""
    page = PAGE.replace(b"[0 0 595 842]", b"[(a) /b null true]")
    return plain(page=page + RESOURCES + b" >>")


@animal("no-width.pdf", LOADED)
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


@animal("noise.png", LOADED)
def _noise() -> bytes:
    """An image of pure noise."""
    noise = np.random.default_rng(3).integers(0, 255, (842, 595), np.uint8)
    return saved(Image.fromarray(noise), "PNG")


@animal("dot.png", LOADED)
def _dot() -> bytes:
    """An image of one pixel."""
    return saved(Image.new("L", (1, 1)), "PNG")


@animal("line.png", LOADED)
def _line() -> bytes:
    """An image of 20,000 by one pixel."""
    return saved(Image.new("L", (20_000, 1)), "PNG")


# Names.


@animal("ke\u0302\u0301 hoa\u0323ch.pdf", LOADED)
def _decomposed_name() -> bytes:
    """A name in another Unicode form."""
    return plain()


@animal("a\nb\x1b[31m\u202e.pdf", LOADED)
def _steering_name() -> bytes:
    """A name that breaks lines and steers the terminal."""
    return plain()


@animal(b"\xff\xfe\xe1.pdf".decode("utf-8", "surrogateescape"), LOADED)
def _bytes_name() -> bytes:
    """A name that is no text."""
    return plain()


@animal("..\\..\\..\\etc\\passwd.pdf", LOADED)
def _climbing_name() -> bytes:
    """A name that climbs out of its folder on other systems."""
    return plain()


@animal("$(touch zoo);`touch zoo`|&-rf *.pdf", LOADED)
def _shell_name() -> bytes:
    """A name that a shell would run."""
    return plain()


@animal("ế" * 83 + ".pdf", LOADED)
def _long_name() -> bytes:
    """A name as long as there can be."""
    return plain()


@animal("-rf.pdf", LOADED)
def _option_name() -> bytes:
    """A name like an option."""
    return plain()


def _zeros_packed(megabytes: int) -> bytes:
    """Return a stream that unpacks to zeros; made once, then repeated."""
    machine = zlib.compressobj(9)
    start = machine.compress(b"\0" * (1 << 20)) + machine.flush(zlib.Z_FULL_FLUSH)
    again = machine.compress(b"\0" * (1 << 20)) + machine.flush(zlib.Z_FULL_FLUSH)
    return start + again * (megabytes - 1) + machine.flush()
