"""Page flow: the lines of a page in reading order, upright and column by column.

Works on places alone, never on absolute sizes: everything is measured in line heights
and against the margins that the page itself shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extractors.model import BBox, Line, Method, Page

BODY = 0
"""The run of lines that take the whole width of the page."""

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SPECK = re.compile(r"['`´ˆ¨¬¦|^_°¡‹›«»†‡“”\"‘’]{1,3}")
"""A word of a scan that is only such signs was a speck, a fold or a seal's edge."""
_PAGE_NUMBER = re.compile(
    r"(?:trang|page)?\s*[-–—.|]*\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—.|]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_EDGE_SHARE = 0.11
_SEAL_GAP_LINES = 9.0
"""How many line heights a signature and a seal may take before the name follows."""


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line with its upright box and the margins of the run that it belongs to.

    ``box`` is turned and straightened, so it may differ from the line's own box.
    ``run`` is BODY, or the number of one column of a part set in two columns.
    """

    page_no: int
    method: Method
    line: Line
    box: BBox
    run: int = BODY
    left: float = 0.0
    right: float = 0.0

    @property
    def height(self) -> float:
        """Line height; never 0, so that it can be divided by."""
        return max(self.box.height, 1.0)


def flow_pages(pages: Sequence[Page]) -> tuple[tuple[FlowLine, ...], ...]:
    """Return for each page its lines, without page numbers and running heads."""
    upright = [_straighten(page) for page in pages]
    kept = _drop_running(upright, [_upright_height(p) for p in pages])
    run = BODY
    flows: list[tuple[FlowLine, ...]] = []
    for lines in kept:
        ordered, run = _order_columns(lines, run)
        flows.append(tuple(ordered))
    return tuple(_set_body_margins(flows))


def _upright_height(page: Page) -> float:
    return page.width if page.rotation % 180 else page.height


def upright_box(box: BBox, page: Page) -> BBox:
    """Return where the box lies once the page is turned to be read."""
    turn = page.rotation % 360
    if turn == 90:
        return BBox(page.height - box.y1, box.x0, page.height - box.y0, box.x1)
    if turn == 180:
        return BBox(
            page.width - box.x1,
            page.height - box.y1,
            page.width - box.x0,
            page.height - box.y0,
        )
    if turn == 270:
        return BBox(box.y0, page.width - box.x1, box.y1, page.width - box.x0)
    return box


def _straighten(page: Page) -> list[FlowLine]:
    """Turn the page upright and take out the slope that its lines share."""
    scanned = page.method is Method.OCR
    cleaned = map(_without_specks, page.lines) if scanned else iter(page.lines)
    lines = [line for line in cleaned if _LETTER_OR_DIGIT.search(line.text)]
    boxes = [[upright_box(w.box, page) for w in line.words] for line in lines]
    slope = _shared_slope(boxes)
    return [
        FlowLine(page.page_no, page.method, line, _level_box(words, slope))
        for line, words in zip(lines, boxes, strict=True)
    ]


def _without_specks(line: Line) -> Line:
    """Return a scanned line without the signs that specks were read as."""
    kept = tuple(w for w in line.words if not _SPECK.fullmatch(w.text))
    return replace(line, words=kept)


def _shared_slope(lines: Sequence[Sequence[BBox]]) -> float:
    slopes = []
    for words in lines:
        if len(words) < 6:
            continue
        (x0, y0), (x1, y1) = words[0].center, words[-1].center
        if x1 - x0 > 12 * max(words[0].height, 1.0):
            slopes.append((y1 - y0) / (x1 - x0))
    if len(slopes) < 3:
        return 0.0
    slope = median(slopes)
    return slope if abs(slope) > 0.002 else 0.0


def _level_box(words: Sequence[BBox], slope: float) -> BBox:
    """Return a line's box on the levelled page; a stray tall word does not count."""
    tops = [w.y0 - slope * w.center[0] for w in words]
    bottoms = [w.y1 - slope * w.center[0] for w in words]
    left = min(w.x0 + slope * w.center[1] for w in words)
    right = max(w.x1 + slope * w.center[1] for w in words)
    top = median(tops)
    return BBox(left, top, max(right, left), max(median(bottoms), top))


def _drop_running(
    pages: list[list[FlowLine]], heights: Sequence[float]
) -> list[list[FlowLine]]:
    """Leave out page numbers, and what stands at the edge of most pages alike."""
    repeated = _repeated_edges(pages, heights)
    kept = []
    for lines, height in zip(pages, heights, strict=True):
        edges = _edge_lines(lines, height)
        kept.append(
            [
                line
                for line in lines
                if id(line) not in edges
                or not (
                    _PAGE_NUMBER.fullmatch(line.line.text.strip())
                    or _masked(line) in repeated
                )
            ]
        )
    return kept


def _masked(line: FlowLine) -> str:
    return _DIGITS.sub("#", line.line.text.casefold())


def _edge_lines(lines: Sequence[FlowLine], height: float) -> set[int]:
    """Ids of the lines in the outermost band with nothing farther out beside them."""
    ordered = sorted(lines, key=lambda i: i.box.y0)
    top = [i for i in ordered[:2] if i.box.y1 < height * _EDGE_SHARE]
    foot = [i for i in ordered[-2:] if i.box.y0 > height * (1 - _EDGE_SHARE)]
    return {id(i) for i in (*top, *foot)}


def _repeated_edges(
    pages: Sequence[Sequence[FlowLine]], heights: Sequence[float]
) -> set[str]:
    seen: dict[str, int] = {}
    for lines, height in zip(pages, heights, strict=True):
        edges = _edge_lines(lines, height)
        for text in {_masked(i) for i in lines if id(i) in edges}:
            seen[text] = seen.get(text, 0) + 1
    needed = max(3, (len(pages) + 1) // 2)
    return {text for text, count in seen.items() if count >= needed}


# --- columns --------------------------------------------------------------------------


def _order_columns(lines: list[FlowLine], run: int) -> tuple[list[FlowLine], int]:
    """Put the lines in reading order: down the page, a two-column part left first."""
    rest = sorted(lines, key=lambda i: (i.box.center[1], i.box.x0))
    ordered: list[FlowLine] = []
    while rest:
        region = _columns_at_top(rest)
        if region is None:
            ordered.append(rest.pop(0))
            continue
        for side in region:
            run += 1
            ordered.extend(_as_column(side, run))
        taken = {id(i) for side in region for i in side}
        rest = [i for i in rest if id(i) not in taken]
    return ordered, run


def _as_column(side: list[FlowLine], run: int) -> list[FlowLine]:
    left = min(i.box.x0 for i in side)
    right = max(i.box.x1 for i in side)
    return [replace(i, run=run, left=left, right=right) for i in side]


def _columns_at_top(
    rest: Sequence[FlowLine],
) -> tuple[list[FlowLine], list[FlowLine]] | None:
    """Return both columns of the two-column part that the first line begins, if any."""
    first = rest[0]
    mate = next((i for i in rest[1:6] if _side_by_side(first, i)), None)
    if mate is None:
        return None
    one, other = sorted((first, mate), key=lambda i: i.box.x0)
    left, right = [one], [other]
    for line in rest[1:]:
        if line is mate:
            continue
        side = _side_of(line, left, right, rest)
        if side is None:
            break
        side.append(line)
    return _by_row(left), _by_row(right)


def _side_by_side(a: FlowLine, b: FlowLine) -> bool:
    """Whether two lines share a row with a clear space between."""
    overlap = min(a.box.y1, b.box.y1) - max(a.box.y0, b.box.y0)
    if overlap < 0.4 * min(a.height, b.height):
        return False
    gap = max(a.box.x0, b.box.x0) - min(a.box.x1, b.box.x1)
    return gap > 0.8 * min(a.height, b.height)


def _side_of(
    line: FlowLine,
    left: list[FlowLine],
    right: list[FlowLine],
    rest: Sequence[FlowLine],
) -> list[FlowLine] | None:
    """Return the column that a lower line belongs to, or None where columns end."""
    wall_left = max(i.box.x1 for i in left)
    wall_right = min(i.box.x0 for i in right)
    in_left = line.box.x1 < wall_right and line.box.center[0] < wall_right
    in_right = line.box.x0 > wall_left
    if in_left and in_right:
        in_left = line.box.center[0] - wall_left < wall_right - line.box.center[0]
        in_right = not in_left
    if not (in_left or in_right):
        return None
    side, other = (left, right) if in_left else (right, left)
    if any(_side_by_side(line, i) for i in rest if i is not line):
        return side
    bottom = max(i.box.y1 for i in (*left, *right))
    if line.box.y0 - bottom > _SEAL_GAP_LINES * line.height:
        return None
    between = line.box.center[1] < max(i.box.y1 for i in other)
    return side if between or _aligned(line, side) else None


def _aligned(line: FlowLine, side: Sequence[FlowLine]) -> bool:
    """Whether a line below goes on with the column: same left edge or same middle."""
    near = 0.8 * line.height
    if any(abs(line.box.x0 - i.box.x0) < near for i in side[-3:]):
        return True
    middle = median(i.box.center[0] for i in side)
    return abs(line.box.center[0] - middle) < 1.5 * near


def _by_row(side: list[FlowLine]) -> list[FlowLine]:
    """Order a column by rows, so that a row broken in two reads left to right."""
    rows: list[list[FlowLine]] = []
    for line in sorted(side, key=lambda i: i.box.center[1]):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [i for row in rows for i in sorted(row, key=lambda i: i.box.x0)]


def _same_row(a: FlowLine, b: FlowLine) -> bool:
    overlap = min(a.box.y1, b.box.y1) - max(a.box.y0, b.box.y0)
    return overlap > 0.5 * min(a.height, b.height)


# --- margins --------------------------------------------------------------------------


def _set_body_margins(
    flows: Sequence[tuple[FlowLine, ...]],
) -> Iterable[tuple[FlowLine, ...]]:
    """Give every body line its page's margins; a page of few lines borrows them."""
    own = [_margins(lines) for lines in flows]
    known = [m for m in own if m is not None]
    for lines, margins in zip(flows, own, strict=True):
        edges = margins or _borrowed(lines, known)
        yield tuple(
            replace(i, left=edges[0], right=edges[1]) if i.run == BODY else i
            for i in lines
        )


def _margins(lines: Sequence[FlowLine]) -> tuple[float, float] | None:
    body = [i for i in lines if i.run == BODY]
    if len(body) < 6:
        return None
    widest = max(i.box.width for i in body)
    wide = [i for i in body if i.box.width >= 0.6 * widest]
    near = 0.6 * median(i.height for i in body)
    left = _first_shared(sorted(i.box.x0 for i in wide), near)
    right = -_first_shared(sorted(-i.box.x1 for i in wide), near)
    return left, max(left, right)


def _first_shared(values: Sequence[float], near: float) -> float:
    """Return the first value that at least one more stands near to, else the first."""
    for value, following in pairwise(values):
        if following - value <= near:
            return value
    return values[0]


def _borrowed(
    lines: Sequence[FlowLine], known: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """Return margins of another page that the body fits into, else the page's own.

    These take in the head's two columns: of a title over a table alone the title would
    be the widest line, and so no centred one.
    """
    body = [i for i in lines if i.run == BODY]
    if not body:
        return 0.0, 0.0
    left, right = _extent(body)
    fitting = [m for m in known if m[0] - 20 <= left and right <= m[1] + 20]
    return fitting[0] if fitting else _extent(lines)


def _extent(lines: Sequence[FlowLine]) -> tuple[float, float]:
    return min(i.box.x0 for i in lines), max(i.box.x1 for i in lines)
