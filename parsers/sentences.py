"""Sentences and clauses of a paragraph, as places in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Start and end of a stretch of text."""

# A full stop ends a sentence where a capital (or a bracketed or quoted one) follows,
# but not after an abbreviation ('TP. Hà Nội', 'P. Ba Đình') nor inside a number.
_STOP = re.compile(
    r"(?:\.{3}|…|[.!?])[”\"’')\]]*(?=\s+[“\"‘'(\[]*[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ])"
)
_SHORT = re.compile(
    r"(?:^|[\s(/,;:“\"-])"
    r"(?:TP|Tp|TX|Tx|TT|Tt|[PXHQ]|ThS|TS|GS|PGS|BS|KS|Ths|CT|TTr|Đ/c|đ/c|VD|vd|tr|"
    r"số|Số)$"
)
_ONLY_MARK = re.compile(r"\s*(?:\d{1,2}|[IVX]{1,4}|[a-zđ])")


def split_sentences(text: str, start: int = 0) -> tuple[Span, ...]:
    """Return the sentences from ``start`` on, without the space around them."""
    spans: list[Span] = []
    begin = start
    for stop in _STOP.finditer(text, start):
        if stop.group(0).startswith(".") and not stop.group(0).startswith("..."):
            before = text[max(begin, stop.start() - 8) : stop.start()]
            if _SHORT.search(before) or _ONLY_MARK.fullmatch(text, begin, stop.start()):
                continue
        spans.append((begin, stop.end()))
        begin = stop.end()
    spans.append((begin, len(text)))
    return tuple(_trimmed(text, spans))


def split_clauses(text: str, span: Span) -> tuple[Span, ...]:
    """Return the stretches of a sentence between its semicolons."""
    start, end = span
    spans: list[Span] = []
    begin = start
    for match in re.finditer(";", text[start:end]):
        spans.append((begin, start + match.start()))
        begin = start + match.end()
    spans.append((begin, end))
    return tuple(_trimmed(text, spans))


def _trimmed(text: str, spans: list[Span]) -> Iterator[Span]:
    for start, end in spans:
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield left, right
