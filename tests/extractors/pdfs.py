"""Small PDFs made letter by letter, so that tests need no font and no other paper.

Places are in points from the top left of the MediaBox, before any /Rotate. All letters
are half as wide as the font is high; each page may be turned or cropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from pathlib import Path

Span = tuple[int, int]


@dataclass
class Canvas:
    """One page being drawn."""

    owner: PdfMaker
    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    origin: tuple[float, float] = (0.0, 0.0)
    parts: list[str] = field(default_factory=list)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x + self.origin[0], self.height - y + self.origin[1]

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 12,
        *,
        angle: float = 0,
        font: str = "Times",
        hidden: bool = False,
    ) -> None:
        """Write with the baseline beginning at ``(x, y)``."""
        px, py = self._at(x, y)
        c, s = cos(radians(angle)), sin(radians(angle))
        name = self.owner.font_name(font)
        self.parts.append(
            f"BT /{name} {size} Tf {3 if hidden else 0} Tr "
            f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {px:.2f} {py:.2f} Tm "
            f"<{self.owner.encode(text).hex()}> Tj ET"
        )

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a ruling."""
        (ax, ay), (bx, by) = self._at(x0, y0), self._at(x1, y1)
        self.parts.append(f"0.5 w {ax:.2f} {ay:.2f} m {bx:.2f} {by:.2f} l S")

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float = 1) -> None:
        """Paint an area without a border."""
        (ax, ay), (bx, by) = self._at(x0, y1), self._at(x1, y0)
        self.parts.append(
            f"q {grey} g {ax:.2f} {ay:.2f} {bx - ax:.2f} {by - ay:.2f} re f Q"
        )

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Show a grey picture over the area."""
        (ax, ay), (bx, by) = self._at(x0, y1), self._at(x1, y0)
        self.parts.append(
            f"q {bx - ax:.2f} 0 0 {by - ay:.2f} {ax:.2f} {ay:.2f} cm /Grey Do Q"
        )

    def table(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        texts: Sequence[Sequence[str]],
        spans: Mapping[tuple[int, int], Span] | None = None,
        *,
        ruled: bool = True,
        size: float = 10,
    ) -> None:
        """Draw a table; ``spans`` gives (rows, columns) of cells larger than one."""
        covered: set[tuple[int, int]] = set()
        for r, row in enumerate(texts):
            for c, text in enumerate(row):
                if (r, c) in covered:
                    continue
                down, right = (spans or {}).get((r, c), (1, 1))
                covered |= {(r + i, c + j) for i in range(down) for j in range(right)}
                self._cell(
                    (xs[c], ys[r], xs[c + right], ys[r + down]), text, size, ruled
                )

    def _cell(
        self,
        box: tuple[float, float, float, float],
        text: str,
        size: float,
        ruled: bool,
    ) -> None:
        x0, y0, x1, y1 = box
        if ruled:
            self.line(x0, y0, x1, y0)
            self.line(x0, y1, x1, y1)
            self.line(x0, y0, x0, y1)
            self.line(x1, y0, x1, y1)
        for number, part in enumerate(text.split("\n")):
            if part:
                self.text(x0 + 3, y0 + (number + 1) * 1.15 * size, part, size)


class PdfMaker:
    """Collects pages and writes them as one PDF."""

    def __init__(self) -> None:
        self.pages: list[Canvas] = []
        self._codes: dict[str, int] = {" ": 32}
        self._fonts: list[str] = []

    def page(self, **options: object) -> Canvas:
        """Add a page; the options are the fields of Canvas."""
        canvas = Canvas(self, **options)  # type: ignore[arg-type]  # fields of Canvas
        self.pages.append(canvas)
        return canvas

    def font_name(self, base: str) -> str:
        """Return the resource name of a font, new or known."""
        if base not in self._fonts:
            self._fonts.append(base)
        return f"F{self._fonts.index(base)}"

    def encode(self, text: str) -> bytes:
        """Return the codes of the letters in all fonts of this file."""
        return bytes(self._codes.setdefault(c, 33 + len(self._codes) - 1) for c in text)

    def save(self, path: Path) -> Path:
        """Write the file and return its path."""
        objects = self._objects()
        out = bytearray(b"%PDF-1.7\n")
        offsets = []
        for number, body in enumerate(objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        xref = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{o:010} 00000 n \n".encode() for o in offsets)
        out += (
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
            f"startxref\n{xref}\n%%EOF\n"
        ).encode()
        path.write_bytes(bytes(out))
        return path

    def _objects(self) -> list[bytes]:
        n_fonts = len(self._fonts)
        first_page = 4 + n_fonts
        kids = " ".join(f"{first_page + 2 * i} 0 R" for i in range(len(self.pages)))
        fonts = " ".join(f"/F{i} {4 + i} 0 R" for i in range(n_fonts))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode(),
            _stream(
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 "
                "/ColorSpace /DeviceGray /BitsPerComponent 8",
                b"\xc0",
            ),
            *(self._font(name) for name in self._fonts),
        ]
        for number, page in enumerate(self.pages):
            objects.append(_page(page, fonts, first_page + 2 * number + 1))
            objects.append(_stream("", "\n".join(page.parts).encode()))
        return objects

    def _font(self, name: str) -> bytes:
        codes = sorted(self._codes.items(), key=lambda item: item[1])
        names = " ".join(
            "/space" if c == " " else f"/uni{ord(c):04X}" for c, _ in codes
        )
        widths = " ".join("500" for _ in codes)
        return (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /FirstChar 32 "
            f"/LastChar {31 + len(codes)} /Widths [{widths}] "
            f"/Encoding << /Type /Encoding /Differences [32 {names}] >> "
            f"/FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 32 "
            "/Ascent 750 /Descent -250 /CapHeight 700 /ItalicAngle 0 /StemV 80 "
            "/FontBBox [0 -250 500 750] >> >>"
        ).encode()


def _stream(keys: str, body: bytes) -> bytes:
    head = f"<< {keys} /Length {len(body)} >>\nstream\n".encode()
    return head + body + b"\nendstream"


def _page(page: Canvas, fonts: str, content: int) -> bytes:
    x, y = page.origin
    crop = ""
    if page.crop:
        crop = "/CropBox [{} {} {} {}]".format(*page.crop)
    return (
        f"<< /Type /Page /Parent 2 0 R /Rotate {page.rotate} "
        f"/MediaBox [{x} {y} {x + page.width} {y + page.height}] {crop} "
        f"/Resources << /Font << {fonts} >> /XObject << /Grey 3 0 R >> >> "
        f"/Contents {content} 0 R >>"
    ).encode()
