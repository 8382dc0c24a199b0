"""Fragments of pages to the tables of a paper, those over page breaks made one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz

from extractors.model import BBox, Cell, Page, PageReading, RawTable
from extractors.turning import turn_box, turn_size

_EDGE_SHIFT = 0.025
"""How far a column's edge may move from page to page, in parts of the table's width."""
_ALIKE = 80.0
"""How alike (of 100) two readings of one head must be; OCR reads none twice alike."""
_RUNNING = 0.15
"""Running heads and feet stand in this part of the page, above or below."""
_LOW = 0.55
"""A table whose head comes again has filled its page at least this far down."""

_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:trang|page|tr\.?)\s*)?(?:\d{1,3}|[ivxlc]{1,6})(?:\s*/\s*\d{1,3})?\W*",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"\(?\s*(?:tiếp theo|tiếp|continued)\W*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def join_fragments(readings: Sequence[PageReading]) -> tuple[RawTable, ...]:
    """Return the tables of all pages, numbered from 1 through the file.

    The first table of a page continues the last one of the page before where nothing
    but page numbers and running heads stands between, the columns are the same, and no
    other head begins. A head or a title printed again is left out of the grid.
    """
    ordered = sorted(readings, key=lambda r: r.page.page_no)
    running = _running_texts([r.page for r in ordered])
    tables: list[RawTable] = []
    before: PageReading | None = None
    for reading in ordered:
        fragments = _downwards(reading)
        if before is not None and tables and before.fragments and fragments:
            joined = _continue(tables[-1], fragments[0], before, reading, running)
            if joined is not None:
                tables[-1] = joined
                fragments = fragments[1:]
        tables.extend(fragments)
        before = reading
    return tuple(replace(t, table_no=i) for i, t in enumerate(tables, 1))


def _downwards(reading: PageReading) -> list[RawTable]:
    return sorted(
        reading.fragments, key=lambda t: _as_read(t.parts[0].box, reading.page).y0
    )


def _as_read(box: BBox, page: Page) -> BBox:
    return turn_box(box, page.width, page.height, page.rotation // 90)


def _height(page: Page) -> float:
    return turn_size(page.width, page.height, page.rotation // 90)[1]


def _continue(
    table: RawTable,
    fragment: RawTable,
    before: PageReading,
    reading: PageReading,
    running: frozenset[str],
) -> RawTable | None:
    """Return the table with the fragment added, or None if it is another table."""
    if table.n_cols != fragment.n_cols or not _same_columns(
        table, fragment, before.page, reading.page
    ):
        return None
    last = _as_read(table.parts[-1].box, before.page)
    first = _as_read(fragment.parts[0].box, reading.page)
    if any(_texts(before.page, running, below=last.y1)):
        return None
    titles = set(_texts(before.page, running, above=last.y0))
    if any(t not in titles for t in _texts(reading.page, running, above=first.y0)):
        return None
    head = _head_rows(table)
    repeated = _count_repeated(table, fragment, head)
    if repeated and last.y1 < _LOW * _height(before.page):
        return None
    if not repeated and _has_own_head(table, fragment, head):
        return None
    return _append(table, fragment, repeated)


def _texts(
    page: Page,
    running: frozenset[str],
    *,
    above: float | None = None,
    below: float | None = None,
) -> Iterator[str]:
    """Yield what stands above or below a table, but page numbers and running heads."""
    for line in page.lines:
        y = _as_read(line.box, page).center[1]
        if (above is not None and y > above) or (below is not None and y < below):
            continue
        text = line.text
        if (
            any(c.isalnum() for c in text)
            and not _PAGE_NUMBER.fullmatch(text)
            and not _CONTINUED.search(text)
            and _without_digits(text) not in running
        ):
            yield _without_digits(text)


def _without_digits(text: str) -> str:
    return _DIGITS.sub("0", text.casefold())


def _running_texts(pages: Sequence[Page]) -> frozenset[str]:
    """Return the texts at the edge of pages that two pages in a row have alike."""
    edges = [set(_edge_texts(page)) for page in pages]
    found: set[str] = set()
    for one, two in pairwise(edges):
        found |= one & two
    return frozenset(found)


def _edge_texts(page: Page) -> Iterator[str]:
    height = _height(page)
    for line in page.lines:
        y = _as_read(line.box, page).center[1]
        # One line at the very edge: a title printed again stands further in.
        if y < _RUNNING / 2 * height or y > (1 - _RUNNING / 2) * height:
            yield _without_digits(line.text)


def _same_columns(
    table: RawTable, fragment: RawTable, page_1: Page, page_2: Page
) -> bool:
    last = [c for c in table.cells if c.page_no == page_1.page_no]
    edges_1 = _edges(last, page_1, table.n_cols)
    edges_2 = _edges(fragment.cells, page_2, table.n_cols)
    shared = edges_1.keys() & edges_2.keys()
    return all(abs(edges_1[k] - edges_2[k]) <= _EDGE_SHIFT for k in shared)


def _edges(cells: Iterable[Cell], page: Page, n_cols: int) -> Mapping[int, float]:
    """Return each column's right edge in parts of the table's width."""
    places: dict[int, list[float]] = {}
    for cell in cells:
        box = _as_read(cell.box, page)
        places.setdefault(cell.col, []).append(box.x0)
        places.setdefault(cell.col + cell.col_span, []).append(box.x1)
    if 0 not in places or n_cols not in places:
        return {}
    start, end = median(places[0]), median(places[n_cols])
    return {k: (median(v) - start) / ((end - start) or 1.0) for k, v in places.items()}


def _rows(table: RawTable) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=lambda c: (c.row, c.col)):
        rows[cell.row].append(cell)
    return rows


def _is_figure(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    return any(c.isdigit() for c in text) and letters == 0


def _head_rows(table: RawTable) -> int:
    """Return how many rows come before the first with a name and figures in it."""
    for number, row in enumerate(_rows(table)):
        texts = [c.text for c in row if c.text]
        figures = sum(_is_figure(t) for t in texts)
        words = sum(sum(c.isalpha() for c in t) >= 2 for t in texts)
        if words and figures >= max(1, len(texts) // 2):
            return number
    return 0


def _count_repeated(table: RawTable, fragment: RawTable, head: int) -> int:
    """Return how many of the fragment's first rows print rows of the head again."""
    heads = _rows(table)[:head]
    place = count = 0
    for row in _rows(fragment)[: head or 0]:
        match = next(
            (i for i in range(place, head) if _is_same_row(heads[i], row)), None
        )
        if match is None:
            break
        place, count = match + 1, count + 1
    return _whole_rows(fragment, count)


def _whole_rows(fragment: RawTable, count: int) -> int:
    """Return the count, raised until no cell hangs over its end."""
    for cell in sorted(fragment.cells, key=lambda c: c.row):
        if cell.row < count:
            count = max(count, cell.row + cell.row_span)
    return count


def _is_same_row(one: list[Cell], two: list[Cell]) -> bool:
    texts_1 = {c.col: c.text.casefold() for c in one if c.text}
    texts_2 = {c.col: c.text.casefold() for c in two if c.text}
    if not texts_1 or not texts_2:
        return False
    joined_1 = " ".join(texts_1.values())
    joined_2 = " ".join(texts_2.values())
    if not any(c.isalpha() for c in joined_1):
        return joined_1 == joined_2
    return fuzz.ratio(joined_1, joined_2) >= _ALIKE


def _has_own_head(table: RawTable, fragment: RawTable, head: int) -> bool:
    """Whether the fragment begins with words where the table has figures."""
    figures = _figure_columns(table, head)
    first = [c for c in _rows(fragment)[0] if c.text and c.col in figures]
    wordy = [c for c in first if sum(x.isalpha() for x in c.text) >= 2]
    return len(wordy) >= 2 and 2 * len(wordy) > len(first)


def _figure_columns(table: RawTable, head: int) -> frozenset[int]:
    texts: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.row >= head and cell.text and cell.col_span == 1:
            texts.setdefault(cell.col, []).append(cell.text)
    return frozenset(
        col
        for col, every in texts.items()
        if 2 * sum(map(_is_figure, every)) > len(every)
    )


def _append(table: RawTable, fragment: RawTable, dropped: int) -> RawTable:
    cells = list(table.cells)
    below = [c for c in fragment.cells if c.row >= dropped]
    shift = table.n_rows - dropped
    first = [c for c in below if c.row == dropped]
    last = [c for c in cells if c.row == table.n_rows - 1]
    if _is_rest_of_row(last, first):
        rests = {c.col: c for c in first}
        cells = [_with_rest(c, rests) if c in last else c for c in cells]
        below = [c for c in below if c.row > dropped]
        shift -= 1
    cells += [replace(c, row=c.row + shift) for c in below]
    return replace(
        table,
        n_rows=fragment.n_rows + shift,
        cells=tuple(cells),
        parts=table.parts + fragment.parts,
    )


def _is_rest_of_row(last: list[Cell], first: list[Cell]) -> bool:
    """Whether a page break cut a row: text goes on in small letters, and no figure."""
    rests = [c for c in first if c.text]
    above = {c.col: c for c in last}
    if not rests or len(rests) == len(first) or any(c.row_span > 1 for c in first):
        return False
    return all(
        c.text[0].islower()
        and not any(x.isdigit() for x in c.text)
        and c.col in above
        and above[c.col].text
        and above[c.col].col_span == c.col_span
        for c in rests
    )


def _with_rest(cell: Cell, rests: Mapping[int, Cell]) -> Cell:
    rest = rests.get(cell.col)
    if rest is None or not rest.text:
        return cell
    return replace(
        cell,
        text=f"{cell.text} {rest.text}",
        confidence=min(cell.confidence, rest.confidence),
        readings=cell.readings + rest.readings,
    )
