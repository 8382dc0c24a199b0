"""Words to lines in reading order, for a text layer and for OCR alike.

Nothing here depends on the size of a page: all distances are in parts of the height
of the words themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from extractors.model import BBox, Line, Word

_OVERLAP = 0.4
"""The part of the lower word's height that two words of one line share."""
_SHIFT = 0.5
_LAST_WORDS = 3
_STACKED = 0.25
"""A word that begins this little further right stands under the other, not behind."""
_SEED_GAP = 2.0
"""A gap this wide (in heights) inside a row may be a gutter between two columns."""
_GUTTER = 0.6
"""What must stay free between two columns, over all of their rows."""
_WIDER = 2.0
"""How much wider than the row's other gaps the one between its columns is."""
_MARGIN = 0.2
"""No gutter lies this near the page's edge; what looks so is a hanging number."""
_DEEPEST = 3
_SURE = 0.5
_FEW_LETTERS = 3
_LONGEST_MARK = 6
"""Signs of what counts a paragraph: 'VIII.', '10.11.'."""
_LONE_GAP = 5.0
"""A gap this wide parts a row in two lines even where no other row has it."""
_LOOSE = 2.2
"""Rows of one side only belong to the columns while they stand this close."""
_APART = 1.6
"""The same below the left column, where 'Kính gửi:' may follow."""
_TIGHT = 1.2
"""The same for what has hardly a letter, as a page number above the columns."""
_HOLE = 0.3
"""The part of its height that a word in a hole of a row shares with the row."""
_SPACE = 0.8
"""The most space that a word leaves free on either side in such a hole."""
_SIGNING = 9.0
"""The space left for a signature over the signer's name, at most."""


@dataclass(slots=True)
class _Row:
    """Words side by side, from left to right."""

    words: list[Word]

    @property
    def box(self) -> BBox:
        return BBox.around(w.box for w in self.words)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Rows ``first`` to ``last`` stand in two columns parted by ``left``-``right``."""

    first: int
    last: int
    left: float
    right: float


def arrange_lines(words: Sequence[Word], page_width: float) -> tuple[Line, ...]:
    """Return the words as lines, in the order in which a person reads them.

    Rows are read downwards. Where rows share a free strip between two columns (the head
    of a paper, 'Nơi nhận' beside the signature), the left column is read whole, then
    the right one. A row whose right side is only figures stays one line.

    Args:
        words: The words of one page (or of one part of it), in any order.
        page_width: Width of the page in the unit of the words' boxes.
    """
    kept = [w for w in words if w.text.strip()]
    if not kept:
        return ()
    height = _usual_height(kept)
    room = (_MARGIN * page_width, (1 - _MARGIN) * page_width)
    return tuple(_read(_rows(kept), height, room, 0))


def read_rows(words: Sequence[Word]) -> tuple[Line, ...]:
    """Return the words row by row, whatever gaps there are: the text of a cell."""
    return tuple(Line(tuple(r.words)) for r in _rows(words))


def _usual_height(words: Sequence[Word]) -> float:
    return median(w.box.height for w in words) or 1.0


def _read(
    rows: list[_Row], height: float, room: tuple[float, float], depth: int
) -> Iterator[Line]:
    columns = _find_columns(rows, height, room) if depth < _DEEPEST else None
    if columns is None or (depth and _has_notes(rows, columns)):
        for row in rows:
            # Inside a column a wide gap is one left to fill in: 'Số:      /KH-UBND'.
            yield from [Line(tuple(row.words))] if depth else _lines(row, height)
        return
    block = [w for r in rows[columns.first : columns.last + 1] for w in r.words]
    middle = (columns.left + columns.right) / 2
    left = _rows([w for w in block if w.box.center[0] < middle])
    right = _rows([w for w in block if w.box.center[0] >= middle])
    yield from _read(rows[: columns.first], height, room, depth)
    yield from _read(left, height, (-inf, inf), depth + 1)
    yield from _read(right, height, (-inf, inf), depth + 1)
    yield from _read(rows[columns.last + 1 :], height, room, depth)


def _has_notes(rows: list[_Row], columns: _Columns) -> bool:
    """Whether inside a column few rows have a right side: '(để b/c)' after some."""
    middle = (columns.left + columns.right) / 2
    sides = [_sides(r, middle) for r in rows[columns.first : columns.last + 1]]
    return sum(right for _, right in sides) * 2 <= sum(left for left, _ in sides)


def _lines(row: _Row, height: float) -> Iterator[Line]:
    part: list[Word] = []
    for word in row.words:
        gap = word.box.x0 - part[-1].box.x1 if part else 0.0
        if gap > _LONE_GAP * height and not _is_figures([word]):
            yield Line(tuple(part))
            part = []
        part.append(word)
    yield Line(tuple(part))


def _rows(words: Sequence[Word]) -> list[_Row]:
    """Return the words as rows, top to bottom; a slight slope or jitter is followed."""
    order = sorted(words, key=lambda w: (w.box.x0, w.box.y0))
    rows: list[_Row] = []
    spans: list[tuple[float, float]] = []  # top and bottom of each row
    for word in order:
        y0, y1 = word.box.y0, word.box.y1
        near = [n for n, (top, low) in enumerate(spans) if top <= y1 and y0 <= low]
        fits = [_fit(rows[n].words, word) for n in near]
        fit = max(fits, default=0.0)
        if fit >= _OVERLAP:
            n = near[fits.index(fit)]
            rows[n].words.append(word)
            spans[n] = min(y0, spans[n][0]), max(y1, spans[n][1])
        else:
            rows.append(_Row([word]))
            spans.append((y0, y1))
    rows.sort(key=_place)
    return sorted(_fill_holes(rows), key=_place)


def _place(row: _Row) -> tuple[float, float]:
    return _middle(row.words), row.words[0].box.x0


def _fill_holes(rows: list[_Row]) -> list[_Row]:
    """Put words that were read too high or too low into the hole that they left."""
    for one, two in pairwise(rows):
        small, large = sorted((one, two), key=lambda r: len(r.words))
        fitting = [w for w in small.words if _fits_hole(large.words, w)]
        small.words = [w for w in small.words if w not in fitting]
        large.words = sorted([*large.words, *fitting], key=lambda w: w.box.x0)
    return [row for row in rows if row.words]


def _fits_hole(row: Sequence[Word], word: Word) -> bool:
    """Whether the word is just as wide as a hole of the row, and nearly as high."""
    box = word.box
    return any(
        0 <= box.x0 - a.box.x1 <= _SPACE * box.height
        and 0 <= b.box.x0 - box.x1 <= _SPACE * box.height
        and min(_shared(box, a.box), _shared(box, b.box)) >= _HOLE
        for a, b in pairwise(row)
    )


def _shared(one: BBox, two: BBox) -> float:
    """Return the part of the lower height that two boxes share."""
    low = min(one.height, two.height)
    return (min(one.y1, two.y1) - max(one.y0, two.y0)) / (low or 1.0)


def _middle(words: Sequence[Word]) -> float:
    return sum(w.box.center[1] for w in words) / len(words)


def _fit(row: Sequence[Word], word: Word) -> float:
    """Return how well a word continues a row, 1 at best.

    The last few words count, because a dash and a quotation mark share no height.
    """
    last = row[-1].box
    if word.box.x0 < last.x0 + _STACKED * min(last.width, word.box.width):
        return 0.0
    return max(_level(w.box, word.box) for w in row[-_LAST_WORDS:])


def _level(one: BBox, two: BBox) -> float:
    """Return the shared part of the lower height, less what the middles differ by."""
    apart = abs(one.center[1] - two.center[1])
    return _shared(one, two) - _SHIFT * apart / (max(one.height, two.height) or 1.0)


def _find_columns(
    rows: list[_Row], height: float, room: tuple[float, float]
) -> _Columns | None:
    """Return the two columns for which most speaks."""
    found = [
        _grow(rows, seed, gap, height)
        for seed, row in enumerate(rows)
        for gap in _gaps(row, _SEED_GAP * height)
        if room[0] <= sum(gap) / 2 <= room[1]
    ]
    worth = [c for c in found if _is_worth(rows, c, height)]
    return max(worth, key=lambda c: _rate(rows, c), default=None)


def _rate(rows: list[_Row], columns: _Columns) -> tuple[int, float]:
    """Return how much speaks for the columns: rows, rows with both sides, the gutter.

    What OCR made of a stamp says nothing, nor does a note '(để b/c)' at the right.
    """
    middle = (columns.left + columns.right) / 2
    block = rows[columns.first : columns.last + 1]
    letters = [_letters(row, middle) for row in block]
    both = sum(
        min(pair) >= _FEW_LETTERS and not _is_note(row, middle)
        for row, pair in zip(block, letters, strict=True)
    )
    either = sum(max(pair) >= _FEW_LETTERS for pair in letters)
    return both + either, columns.right - columns.left


def _letters(row: _Row, middle: float) -> tuple[int, int]:
    """Return how many letters and digits were surely read left and right."""
    sides = [0, 0]
    for word in row.words:
        if word.confidence >= _SURE:
            side = int(word.box.center[0] >= middle)
            sides[side] += sum(c.isalnum() for c in word.text)
    return sides[0], sides[1]


def _is_note(row: _Row, middle: float) -> bool:
    """Whether the right side of a row stands in brackets."""
    right = [w.text for w in row.words if w.box.center[0] >= middle]
    return bool(right) and right[0].startswith("(") and right[-1].endswith(")")


def _gaps(row: _Row, least: float) -> list[tuple[float, float]]:
    """Return the row's gaps that are wide enough, from left to right."""
    return [
        (a.box.x1, b.box.x0)
        for a, b in pairwise(row.words)
        if b.box.x0 - a.box.x1 >= least
    ]


def _grow(
    rows: list[_Row],
    seed: int,
    gutter: tuple[float, float],
    height: float,
) -> _Columns:
    first = last = seed
    # Upwards first: below a head come a title and stamps, which narrow the gutter.
    while first > 0:
        narrowed = _narrow(rows[first - 1], gutter, height)
        if narrowed is None or not _is_above(rows, first, narrowed, height):
            break
        gutter, first = narrowed, first - 1
    while last + 1 < len(rows):
        narrowed = _narrow(rows[last + 1], gutter, height)
        if narrowed is None or not _is_near(rows, first, last + 1, narrowed, height):
            break
        gutter, last = narrowed, last + 1
    return _Columns(first, last, *gutter)


def _narrow(
    row: _Row, gutter: tuple[float, float], height: float
) -> tuple[float, float] | None:
    """Return the widest part of the gutter that the row leaves free, if wide enough."""
    left, right = gutter
    edges = [left]
    for word in row.words:
        if word.box.x1 > left and word.box.x0 < right:
            edges += [max(word.box.x0, left), min(word.box.x1, right)]
    edges.append(right)
    free = zip(edges[::2], edges[1::2], strict=True)
    a, b = max(free, key=lambda g: g[1] - g[0])
    if b - a < _GUTTER * height or not _is_parted(row, (a + b) / 2):
        return None
    return a, b


def _is_parted(row: _Row, middle: float) -> bool:
    """Whether what stands left and right of a place is no single run of words."""
    gaps = [(a.box.x1, b.box.x0) for a, b in pairwise(row.words)]
    here = [b - a for a, b in gaps if a <= middle <= b]
    others = [b - a for a, b in gaps if not a <= middle <= b]
    return not here or not others or here[0] >= _WIDER * max(median(others), 0.0)


def _sides(row: _Row, middle: float) -> tuple[bool, bool]:
    return (
        any(w.box.center[0] < middle for w in row.words),
        any(w.box.center[0] >= middle for w in row.words),
    )


def _is_near(
    rows: list[_Row],
    first: int,
    new: int,
    gutter: tuple[float, float],
    height: float,
) -> bool:
    """Whether a further row still belongs to the columns above it."""
    middle = sum(gutter) / 2
    left, right = _sides(rows[new], middle)
    if left and right:
        return True
    side = 1 if right else 0
    above = [r for r in rows[first:new] if _sides(r, middle)[side]]
    if not above:
        return False
    gap = rows[new].box.y0 - max(r.box.y1 for r in above)
    if right:
        return gap <= _SIGNING * height
    is_level = rows[new].box.y0 < max(r.box.y1 for r in rows[first:new])
    return is_level or gap <= _APART * height


def _is_above(
    rows: list[_Row], first: int, gutter: tuple[float, float], height: float
) -> bool:
    """Whether the row above belongs to the columns; a page number does not."""
    gap = rows[first].box.y0 - rows[first - 1].box.y1
    says = max(_letters(rows[first - 1], sum(gutter) / 2)) >= _FEW_LETTERS
    return gap <= (_LOOSE if says else _TIGHT) * height


def _is_worth(rows: list[_Row], columns: _Columns, height: float) -> bool:
    """Whether reading by columns differs from reading by rows, and makes sense."""
    middle = (columns.left + columns.right) / 2
    block = rows[columns.first : columns.last + 1]
    sides = [_sides(r, middle) for r in block]
    if sum(left for left, _ in sides) < 2 or sum(right for _, right in sides) < 2:
        return False
    if sum(_count_parts(r, _SEED_GAP * height) >= 3 for r in block) >= 3:
        return False  # Three columns and more: a table that nobody found.
    words = [w for r in block for w in r.words]
    if all(_is_mark(w) for w in words if w.box.center[0] < middle):
        return False  # '1.1.' with a wide space behind it begins its own line.
    return not _is_figures([w for w in words if w.box.center[0] >= middle])


def _is_mark(word: Word) -> bool:
    """Whether a word can be what counts a paragraph: '1.1.', 'IV.', 'a)', a dash."""
    ends = word.text[-1] in ".)"
    return not _has_sign(word) or (ends and len(word.text) <= _LONGEST_MARK)


def _count_parts(row: _Row, least: float) -> int:
    """Return how many parts with a surely read sign the row's wide gaps leave."""
    edges = [-inf, *(gap[1] for gap in _gaps(row, least)), inf]
    return sum(
        any(
            low <= w.box.x0 < high and w.confidence >= _SURE and _has_sign(w)
            for w in row.words
        )
        for low, high in pairwise(edges)
    )


def _has_sign(word: Word) -> bool:
    return any(c.isalnum() for c in word.text)


def _is_figures(words: Sequence[Word]) -> bool:
    """Whether the words are mostly digits: the right side of a list of figures."""
    text = "".join(w.text for w in words)
    return sum(c.isdigit() for c in text) * 2 > len(text)
