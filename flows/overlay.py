"""Each page as a picture with what was read drawn on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from extractors.model import Page
from extractors.overlay import Kind, Mark, draw_overlay
from flows.look import Look
from parsers.records import Figure, Issue


def write_overlays(
    seen: Look,
    file: Path,
    folder: Path,
    *,
    max_pixels: int,
    without: Collection[int] = (),
) -> None:
    """Write each page as NAME.page-N.png: words, cells, values and doubts.

    Args:
        seen: What was read.
        file: The paper.
        folder: Where the pictures go.
        max_pixels: Most pixels of a picture.
        without: Pages that are not to be shown.

    Raises:
        InputError: A page cannot be drawn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for page in seen.evidence.pages:
        if page.page_no in without:
            continue
        picture = draw_overlay(
            file,
            page.page_no,
            list(_marks(seen, page)),
            rotation=page.rotation,
            max_pixels=max_pixels,
        )
        (folder / f"{file.stem}.page-{page.page_no}.png").write_bytes(picture)


def _marks(seen: Look, page: Page) -> Iterator[Mark]:
    """Yield what to draw on a page, doubts last."""
    for line in page.lines:
        yield from (Mark(Kind.WORD, word.box, word.text) for word in line.words)
    for table in seen.evidence.tables:
        for cell in table.cells:
            if cell.page_no == page.page_no:
                yield Mark(Kind.CELL, cell.box, cell.text)
    figures = seen.verdict.records.figures
    for figure in figures:
        if figure.source.page_no == page.page_no and figure.source.box is not None:
            yield Mark(Kind.VALUE, figure.source.box, _value(figure))
    for issue in seen.verdict.issues:
        yield from _doubt(issue, figures, page.page_no)


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "?"
    last = f" - {figure.value_max}" if figure.value_max is not None else ""
    return f"{figure.value}{last}"


def _doubt(issue: Issue, figures: tuple[Figure, ...], page_no: int) -> Iterator[Mark]:
    """Yield a doubt's marks: its code at its own place, a frame at its suspects."""
    box, page = issue.box, issue.page_no
    if box is None and issue.figure is not None:
        source = figures[issue.figure].source
        box, page = source.box, source.page_no
    if box is not None and page == page_no:
        yield Mark(Kind.DOUBT, box, issue.check_code)
    for number in issue.suspects:
        source = figures[number].source
        if number != issue.figure and source.page_no == page_no and source.box:
            yield Mark(Kind.DOUBT, source.box)
