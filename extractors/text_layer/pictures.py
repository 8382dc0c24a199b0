"""Pictures on a page of text: a table pasted as an image is printed like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model import BBox, Line, PageReading
from extractors.text_layer.pdf_text import TextLayer

_LARGE = 0.05
"""The part of the page that a picture with text in it takes; seals take 0.02."""


def find_unread_pictures(layer: TextLayer) -> tuple[BBox, ...]:
    """Return the large pictures that no word of the text layer stands on."""
    least = _LARGE * layer.width * layer.height
    return tuple(
        picture
        for picture in layer.pictures
        if picture.width * picture.height >= least
        and not any(picture.contains(*w.word.box.center) for w in layer.words)
    )


def add_pictures(
    reading: PageReading, scanned: PageReading, pictures: Sequence[BBox]
) -> PageReading:
    """Return the reading with what another reading of the page saw in the pictures.

    Args:
        reading: The page as its text layer says.
        scanned: The same page, looked at.
        pictures: Where the text layer says nothing.
    """

    def is_seen(box: BBox) -> bool:
        return any(p.contains(*box.center) for p in pictures)

    lines = list(reading.page.lines)
    for line in scanned.page.lines:
        if is_seen(line.box):
            lines.insert(_place(lines, line), line)
    fragments = [f for f in scanned.fragments if is_seen(f.parts[0].box)]
    return PageReading(
        replace(reading.page, lines=tuple(lines)),
        (*reading.fragments, *fragments),
    )


def _place(lines: Sequence[Line], line: Line) -> int:
    """Return the place behind all lines that end above the given one."""
    above = [i for i, other in enumerate(lines) if other.box.y1 <= line.box.center[1]]
    return max(above, default=-1) + 1
