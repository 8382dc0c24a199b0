"""Paragraphs: which line goes on with the one before, and which begins anew.

A line goes on with the one before when that one is full (the next word would not have
fitted) and nothing speaks against it; markers, indents, spacing and short lines speak
against it. All is relative to line height and to the margins of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from parsers.layout.page_flow import BODY, FlowLine
from parsers.letters import LOWER, UPPER

MARKER = re.compile(
    r"(?:"
    rf"(?P<dash>[-–—+*•●▪■◦○·✓➢o])(?=\s|[{UPPER}“\"(])"
    r"|(?P<roman>[IVXLC]{1,7})\s?[.)/:](?=\s|[^\W\d_])"
    r"|(?P<article>(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)\s+(?:\d{1,3}|[IVXLC]+)\b)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\s?"
    rf"(?:[.)/:](?=\s|[^\W\d_]|$)|\.?(?=\s+[{UPPER}]))"
    r"|(?P<letter>[a-zđ]\d?)\s?[.)](?=\s|[^\W\d_])"
    r")"
)
"""What an item of an outline begins with: I. 1. 1.1. 2.3.10 a) - + * • Điều 2."""

_ENDS = re.compile(r"[.;:!?…][”\"')\]]*$|/\.?$")
_FIGURE = re.compile(rf"\d{{1,2}}[.,/]\d+[.,/%\s]*[{LOWER}%(]")
_YEARS = re.compile(r"[-–]\s?\d{4}\b")
_NAME_GOES_ON = re.compile(
    r"[-–]\s?(?:Thương binh|TBXH|TB\s?&|TB và|Kế hoạch|Thông tin|Xã hội|Hạ tầng|"
    rf"Truyền hình|Du lịch|Thể thao|Giáo dục|Gia đình|Hành chính|[{LOWER}])"
)
"""The second half of a name that itself holds a dash, as it stands after a line end."""


@dataclass(frozen=True, slots=True)
class _Pitch:
    """The usual step from line to line, and from what share of it on it is a gap."""

    step: float
    gap: float


def join_lines(lines: Sequence[FlowLine]) -> list[list[FlowLine]]:
    """Group lines in reading order into paragraphs."""
    pitches = _pitches(lines)
    groups: list[list[FlowLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, pitches.get(line.page_no)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: list[FlowLine], line: FlowLine, pitch: _Pitch | None) -> bool:
    last = group[-1]
    if last.run != line.run:
        return False
    if last.page_no != line.page_no:
        return line.run == BODY and _goes_on_overleaf(group, line)
    if _same_row(last, line):
        return True
    gap = _gap(last, line, pitch)
    if gap > 1.8:
        return False
    if _YEARS.match(line.line.text) and last.line.text[-1:].isdigit():
        return True
    if is_centred(line) and is_centred(last):
        return _goes_on_centred(last, line, gap, pitch)
    if is_centred(line, clear=0.12) or is_centred(last, clear=0.12):
        return False
    spaced = pitch is not None and gap > pitch.gap
    if line.run != BODY:
        return not MARKER.match(line.line.text) and _column_goes_on(group, line, spaced)
    return _follows(group, line, spaced=spaced)


def _same_row(last: FlowLine, line: FlowLine) -> bool:
    overlap = min(last.box.y1, line.box.y1) - max(last.box.y0, line.box.y0)
    return overlap > 0.5 * min(last.height, line.height) and line.box.x0 >= last.box.x1


def _goes_on_overleaf(group: list[FlowLine], line: FlowLine) -> bool:
    last = group[-1]
    if is_centred(last, clear=0.12) or is_centred(line, clear=0.12):
        return False
    if _is_shouted(last):
        return False
    if _ends(last) and not _starts_low(line):
        return False
    return _follows(group, line, spaced=False)


def _goes_on_centred(
    last: FlowLine, line: FlowLine, gap: float, pitch: _Pitch | None
) -> bool:
    """Titles: lines set in the same case, close together, with the same middle."""
    if pitch is not None and gap > max(pitch.gap, 1.3):
        return False
    if MARKER.match(line.line.text) or line.line.text.startswith("("):
        return False
    if line.line.text.rstrip().endswith(":"):
        return False  # A title announces nothing: '… như sau:' only looks centred.
    width = line.right - line.left
    if line.box.width > 0.8 * width and last.box.width < 0.6 * width:
        return False
    if last.line.text.startswith("(") and not last.line.text.rstrip().endswith(")"):
        return True
    return _is_shouted(last) == _is_shouted(line) and not _ends(last)


def _column_goes_on(group: list[FlowLine], line: FlowLine, spaced: bool) -> bool:
    """In a narrow column only a wrapped bullet or a wrapped name goes on."""
    last = group[-1]
    if spaced or _ends(last) or _is_shouted(last) != _is_shouted(line):
        return False
    begins = MARKER.match(group[0].line.text)
    if begins is not None:
        return _is_full(last, line) or _starts_low(line)
    return _starts_low(line)


def _follows(group: list[FlowLine], line: FlowLine, *, spaced: bool) -> bool:
    last = group[-1]
    full = _is_full(last, line)
    indented = line.box.x0 - line.left > 0.7 * line.height
    if _is_marker(line.line.text):
        return _marker_goes_on(group, line, full=full, indented=indented, spaced=spaced)
    if full and not _ends(last) and (_starts_low(line) or _is_open(group)):
        return True
    if spaced or (indented and not _hangs(group, line)):
        return False
    if full:
        return not (_is_shouted(last) and not _is_shouted(line))
    return _starts_low(line) and not _ends(last)


def _is_open(group: Sequence[FlowLine]) -> bool:
    """Whether a bracket was opened in the last two lines and not closed."""
    text = " ".join(i.line.text for i in group[-2:])
    return text.rfind("(") > text.rfind(")")


def _is_marker(text: str) -> bool:
    return MARKER.match(text) is not None


def _marker_goes_on(
    group: list[FlowLine], line: FlowLine, *, full: bool, indented: bool, spaced: bool
) -> bool:
    """Whether a seeming marker only goes on: '2016 / - 2020', a name with a dash."""
    last, text = group[-1], line.line.text
    if spaced or indented or not full or _ends(last):
        return bool(full and _YEARS.match(text) and last.line.text[-1:].isdigit())
    found = MARKER.match(text)
    if found is not None and (found["roman"] or found["article"]):
        return False
    at_margin_only = len(group) > 1 or group[0].box.x0 - line.box.x0 > 0.7 * line.height
    begins_inside = group[0].box.x0 - group[0].left > 0.7 * line.height
    if begins_inside and at_margin_only:
        return True
    if found is not None and found["dash"]:
        return bool(_NAME_GOES_ON.match(text) or _YEARS.match(text))
    return found is not None and found["number"] is not None and _is_figure(text)


def _is_figure(text: str) -> bool:
    """A number with a decimal or a date at a line's begin is no outline number."""
    return _FIGURE.match(text) is not None


def _hangs(group: list[FlowLine], line: FlowLine) -> bool:
    """Whether an indented line stands under the text of a hanging item."""
    near = 0.5 * line.height
    if len(group) > 1 and group[-1].page_no == line.page_no:
        return abs(group[-1].box.x0 - line.box.x0) < near
    found = MARKER.match(group[0].line.text)
    words = group[0].line.words
    if found is None or len(words) < 2 or group[0].page_no != line.page_no:
        return False
    shift = group[0].box.x0 - words[0].box.x0
    return abs(words[1].box.x0 + shift - line.box.x0) < near


def _is_full(last: FlowLine, line: FlowLine) -> bool:
    """Whether the next line's first word would not have fitted on this one."""
    words = line.line.words
    first = words[0].box.width if words[0].box.height * 2 > words[0].box.width else 0
    width = max(first, _word_width(line))
    space = 0.25 * last.height
    return last.box.x1 + space + width > last.right - 0.4 * last.height


def _word_width(line: FlowLine) -> float:
    """Width of the first word, by its share of the line's letters (turned pages)."""
    letters = max(len(line.line.text), 1)
    return line.box.width * len(line.line.words[0].text) / letters


def _ends(line: FlowLine) -> bool:
    return _ENDS.search(line.line.text.rstrip()) is not None


def _starts_low(line: FlowLine) -> bool:
    text = line.line.text.lstrip("“\"'(")
    return text[:1].islower() or line.line.text[:1] in ",;.)%"


def _is_shouted(line: FlowLine) -> bool:
    """Whether nearly all letters are capitals."""
    letters = [c for c in line.line.text if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def is_centred(line: FlowLine, clear: float = 0.0) -> bool:
    """Whether a line stands in the middle of its run, clear of both margins.

    Args:
        line: The line.
        clear: The share of the width that must be free on either side, for being sure:
            an indented line that ends a little early only looks centred.
    """
    if line.run != BODY:
        return False
    before, after = line.box.x0 - line.left, line.right - line.box.x1
    if min(before, after) < max(1.2 * line.height, clear * (line.right - line.left)):
        return False
    return abs(before - after) < 0.15 * (before + after) + 0.6 * line.height


def _gap(last: FlowLine, line: FlowLine, pitch: _Pitch | None) -> float:
    """The step between two lines as a multiple of the usual one."""
    step = line.box.center[1] - last.box.center[1]
    usual = pitch.step if pitch is not None else 1.35 * min(last.height, line.height)
    if line.run != BODY:
        usual = min(usual, 1.5 * line.height)
    return step / max(usual, 1.0)


def _pitches(lines: Sequence[FlowLine]) -> dict[int, _Pitch]:
    """Measure each page's step between lines that surely belong together."""
    steps: dict[int, list[float]] = {}
    for last, line in pairwise(lines):
        if last.page_no != line.page_no or last.run != BODY or line.run != BODY:
            continue
        if _starts_low(line) and not _ends(last) and _is_full(last, line):
            step = line.box.center[1] - last.box.center[1]
            if 0 < step < 4 * line.height:
                steps.setdefault(line.page_no, []).append(step)
    every = [s for found in steps.values() for s in found]
    pages = {line.page_no for line in lines}
    return {
        page_no: _pitch(
            steps.get(page_no, []) if len(steps.get(page_no, [])) > 3 else every
        )
        for page_no in pages
        if every
    }


def _pitch(steps: Sequence[float]) -> _Pitch:
    step = median(steps)
    high = sorted(steps)[int(0.9 * (len(steps) - 1))] / step
    return _Pitch(step, min(max(1.15, high + 0.05), 1.5))
