"""Recipients: the lines of 'Nơi nhận', also where the list runs over a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model import BBox
from parsers.heads.paper_words import PaperWords, is_shouted, paper_words
from parsers.heads.signature import parse_signature
from parsers.layout.blocks import Paragraph, PlacedLine
from parsers.layout.documents import DocumentPart
from parsers.records import Recipient, Source
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

_BULLET = re.compile(r"^\s*(?:[-–—+*•~_»·=]|[oO](?=\s+[A-ZĐ]))\s*")
_OPENING = re.compile(r"^\W*n[ơớởoờ]i\s+nh[ậâạaặ]n\s*[:;.]*\s*", re.IGNORECASE)
_ENDED = re.compile(r"[;.]\W*$")


def parse_recipients(
    part: DocumentPart, vocabulary: Vocabulary
) -> tuple[Recipient, ...]:
    """Return one recipient for each bullet under 'Nơi nhận', wrapped lines joined."""
    words = paper_words(vocabulary)
    lines = _list_lines(part, words)
    groups: list[list[PlacedLine]] = []
    bulleted = sum(_BULLET.match(i.line.text) is not None for i in lines) >= 2
    for line in lines:
        if groups and _wraps(groups[-1], line, bulleted=bulleted):
            groups[-1].append(line)
        else:
            groups.append([line])
    found = ((_clean(g), g) for g in groups)
    return tuple(
        Recipient(part.ordinal, number, text, _source(group))
        for number, (text, group) in enumerate(((t, g) for t, g in found if t), start=1)
    )


def _list_lines(part: DocumentPart, words: PaperWords) -> list[PlacedLine]:
    """Return the lines after 'Nơi nhận' that do not belong to the signature."""
    signature = parse_signature(part.tail, words)
    signed = set(map(id, signature.lines))
    lines = [i for b in part.tail if isinstance(b, Paragraph) for i in b.lines]
    start = next((n for n, i in enumerate(lines) if _OPENING.match(i.line.text)), None)
    if start is None:
        return _bulleted(lines)
    opening = lines[start]
    found = [opening] if _OPENING.sub("", opening.line.text).strip() else []
    for line in lines[start + 1 :]:
        if id(line) not in signed and _in_column(line, opening, signature.lines):
            found.append(line)
    return [i for i in found if not (is_shouted(i.line.text) and _is_stray(i))]


def _bulleted(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Where 'Nơi nhận' could not be read, the bullets beside the signature are it."""
    found = [i for i in lines if _BULLET.match(i.line.text)]
    return found if len(found) > 1 else []


def _is_stray(line: PlacedLine) -> bool:
    return _BULLET.match(line.line.text) is None and len(line.line.words) > 1


def _in_column(
    line: PlacedLine, opening: PlacedLine, signed: Sequence[PlacedLine]
) -> bool:
    """Whether a line stands in the left column, which a bullet proves by itself."""
    if _BULLET.match(line.line.text) and line.line.text[:1] in "-–—+•*":
        return True
    box, start = line.upright, opening.upright
    walls = [i.upright.x0 for i in signed]
    wall = min(walls, default=start.x0 + 30 * max(start.height, 1.0))
    return box.x0 < start.x0 + 6 * max(start.height, 1.0) and box.center[0] < wall


def _wraps(group: Sequence[PlacedLine], line: PlacedLine, *, bulleted: bool) -> bool:
    """Whether a line goes on with the recipient before it."""
    text, last = line.line.text, group[-1].line.text
    if _BULLET.match(text):
        return False
    if text[:1].islower() or last.rstrip().endswith((",", "(")):
        return True
    return bulleted and _ENDED.search(last) is None


def _clean(group: Sequence[PlacedLine]) -> str:
    text = squeeze(" ".join(i.line.text for i in group))
    return _BULLET.sub("", _OPENING.sub("", text)).strip(" ;.,")


def _source(group: Sequence[PlacedLine]) -> Source:
    first = group[0]
    same = [i for i in group if i.page_no == first.page_no]
    return Source(
        first.page_no,
        BBox.around(i.line.box for i in same),
        " ".join(i.line.text for i in group),
        first.method,
        min(i.line.confidence for i in group),
        "line of 'Nơi nhận'",
    )
