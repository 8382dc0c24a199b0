"""Characters of a text layer to words, by baseline and font size."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.model import BBox, Word
from extractors.tables.rulings import Ruling
from extractors.text_layer.legacy import UNKNOWN
from extractors.turning import TurnedWord

# All in parts of the font size, so that nothing depends on how large a page is.
_SAME_BASELINE = 0.2
_WORD_GAP = 0.15
_WORD_GAP_WITH_SPACES = 0.25  # Where spaces are written, letters may stand apart.
_DOUBLE_STRIKE = 0.1
_RAISED = (0.15, 0.75)
_RAISED_SIZE = 0.8

_UNKNOWN_SIGN = 0.3
"""The confidence of a word with a sign that the file gives no letter for."""

_SHOWN_AS = {"\u00ad": "-", "\u200b": "", "\ufeff": "", "\u2060": ""}
_SUPERSCRIPT = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its box, the way it runs, its size and its origin ``(x, y)``.

    The origin is the left end of the baseline.
    """

    text: str
    box: BBox
    direction: int
    size: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Set:
    """A glyph along its own line of text: ``u`` onwards, ``v`` downwards."""

    glyph: Glyph
    u0: float
    u1: float
    v: float


def join_glyphs(
    glyphs: Sequence[Glyph], rulings: Sequence[Ruling] = ()
) -> tuple[TurnedWord, ...]:
    """Return the words that the characters make, from top to bottom of each line.

    A gap or a ruling between two characters ends a word, whatever the order in which
    the file draws them. Raised small digits become superscript signs ('24%¹', 'm²'), so
    that a footnote mark is never read as the last digit of a figure.
    """
    every = _with_marks(glyphs)
    words: list[TurnedWord] = []
    for direction in sorted({g.direction for g in every}):
        sets = [_set(g) for g in every if g.direction == direction]
        walls = [r for r in rulings if r.horizontal == (direction in (90, 270))]
        for row in _raise_marks(_baselines(sets)):
            for run in _runs(_struck_once(row), walls):
                words.append(_word(run, direction))
    return tuple(words)


def _with_marks(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Put combining marks that are drawn by themselves onto the letter before them."""
    every: list[Glyph] = []
    for glyph in glyphs:
        text = "".join(_SHOWN_AS.get(c, c) for c in glyph.text)
        if text and every and all(unicodedata.combining(c) for c in text):
            every[-1] = replace(every[-1], text=every[-1].text + text)
        elif text and (text.isspace() or text.isprintable()):
            every.append(replace(glyph, text=text))
    return every


def _set(glyph: Glyph) -> _Set:
    box = glyph.box
    match glyph.direction:
        case 90:
            return _Set(glyph, -box.y1, -box.y0, glyph.x)
        case 180:
            return _Set(glyph, -box.x1, -box.x0, -glyph.y)
        case 270:
            return _Set(glyph, box.y0, box.y1, -glyph.x)
    return _Set(glyph, box.x0, box.x1, glyph.y)


def _baselines(sets: list[_Set]) -> list[list[_Set]]:
    rows: list[list[_Set]] = []
    for item in sorted(sets, key=lambda s: s.v):
        if rows and item.v - rows[-1][-1].v <= _SAME_BASELINE * item.glyph.size:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _raise_marks(rows: list[list[_Set]]) -> list[list[_Set]]:
    """Move small raised characters into the row whose text they stand behind."""
    for above, row in pairwise(rows):
        for item in [s for s in above if not s.glyph.text.isspace()]:
            if _stands_behind(item, row):
                above.remove(item)
                text = item.glyph.text.translate(_SUPERSCRIPT)
                row.append(replace(item, glyph=replace(item.glyph, text=text)))
    return [row for row in rows if row]


def _stands_behind(mark: _Set, row: list[_Set]) -> bool:
    for item in row:
        size = item.glyph.size
        if (
            mark.glyph.size <= _RAISED_SIZE * size
            and _RAISED[0] * size <= item.v - mark.v <= _RAISED[1] * size
            and -_WORD_GAP * size <= mark.u0 - item.u1 <= size
        ):
            return True
    return False


def _struck_once(row: list[_Set]) -> list[_Set]:
    """Return the row from left to right, without letters struck twice to be bold."""
    kept: list[_Set] = []
    for item in sorted(row, key=lambda s: (s.u0, s.u1)):
        near = _DOUBLE_STRIKE * item.glyph.size
        if not any(
            k.glyph.text == item.glyph.text
            and not item.glyph.text.isspace()
            and abs(k.u0 - item.u0) <= near
            for k in kept[-3:]
        ):
            kept.append(item)
    return kept


def _runs(row: list[_Set], walls: Sequence[Ruling]) -> Iterator[list[_Set]]:
    spaced = any(s.glyph.text.isspace() for s in row)
    limit = _WORD_GAP_WITH_SPACES if spaced else _WORD_GAP
    run: list[_Set] = []
    for item in row:
        if item.glyph.text.isspace():
            if run:
                yield run
            run = []
            continue
        if run and (
            item.u0 - run[-1].u1 > limit * item.glyph.size
            or _is_walled(run[-1].glyph, item.glyph, walls)
        ):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _is_walled(first: Glyph, second: Glyph, walls: Sequence[Ruling]) -> bool:
    (xa, ya), (xb, yb) = first.box.center, second.box.center
    for wall in walls:
        low, high, along = (ya, yb, xa) if wall.horizontal else (xa, xb, ya)
        if (
            min(low, high) < wall.at < max(low, high)
            and wall.start <= along <= wall.end
        ):
            return True
    return False


def _word(run: list[_Set], direction: int) -> TurnedWord:
    text = unicodedata.normalize("NFC", "".join(s.glyph.text for s in run))
    box = BBox.around(s.glyph.box for s in run)
    confidence = _UNKNOWN_SIGN if UNKNOWN in text else 1.0
    return TurnedWord(Word(text, box, confidence), direction)
