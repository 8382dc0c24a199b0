"""Annexes: those that are in the file, and the phrases that name some.

'(Có biểu số 01, 02 kèm theo)' and '(Phụ lục: …)' name annexes of the paper itself;
'Phụ lục I ban hành kèm theo Nghị định số …' is one of another paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.model import BBox
from parsers.heads.fields import find_cited_numbers, find_date
from parsers.layout.blocks import Block, Paragraph, TableBlock
from parsers.layout.documents import AnnexPart, DocumentPart
from parsers.records import Annex, AnnexMention, Source
from parsers.text import squeeze

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ID = r"(?:\d{1,2}(?![\d.%/])|[IVX]{1,5}\b|[A-Z]\b)"
_IDS = rf"{_ID}(?:\s*(?:,|và|-|–|đến|;)\s*(?:(?:phụ lục|biểu|số)\s*){{0,2}}{_ID})*"
_THING = (
    r"(?:phụ\s+lục|phụ\s+biểu|bảng\s+biểu|biểu\s+mẫu|biểu\s+tổng\s+hợp|biểu|bảng|mẫu|"
    r"danh\s+sách|danh\s+mục|bản\s+tổng\s+hợp)"
)
_NAMED = re.compile(
    rf"(?P<names>\b(?P<thing>{_THING})(?:\s+số)?(?:\s*:?\s*(?P<ids>{_IDS}))?)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\b(?:kèm\s+theo|đính\s+kèm|gửi\s+kèm)\b", re.IGNORECASE)
_POINTED = re.compile(
    r"(?:chi\s+tiết|cụ\s+thể|có|xem|theo|tại|như|nêu\s+tại|các|\()\s*(?:tại|theo|như|ở)?\s*(?:các\s+)?$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:ban\s+hành\s+)?kèm\s+theo\s+(?:Thông\s+tư|Nghị\s+định|Quyết\s+định|Nghị\s+quyết|"
    r"Công\s+văn|Kế\s+hoạch\s+số|Hướng\s+dẫn)|(?:của|theo)\s+(?:Thông\s+tư|Nghị\s+định)",
    re.IGNORECASE,
)
_REACH = 60
_LEAD_IN = 2
"""Lines, such as a unit line, that may stand between a phrase and its table."""


def parse_annexes(part: DocumentPart) -> tuple[Annex, ...]:
    """Return the annexes that are in the file, with the years they print."""
    return tuple(_annex(part.ordinal, annex) for annex in part.annexes)


def _annex(document: int, annex: AnnexPart) -> Annex:
    title = squeeze(" ".join(p.text for p in annex.title)) or _first_words(annex)
    reference = annex.reference.text if annex.reference is not None else None
    return Annex(
        document=document,
        page_no=annex.blocks[0].page_no,
        title=title,
        reference=reference,
        years=tuple(sorted({int(y) for y in _YEAR.findall(title)}))
        if annex.title
        else (),
        reference_years=_reference_years(reference or ""),
        source=_annex_source(annex, title),
    )


def _first_words(annex: AnnexPart) -> str:
    """Return what an annex without a title prints first: its table's head row."""
    first = annex.blocks[0]
    if isinstance(first, Paragraph):
        return squeeze(first.text)
    cells = [cell for cell in first.table.cells if squeeze(cell.text)]
    top = min((cell.row for cell in cells), default=0)
    return squeeze(", ".join(cell.text for cell in cells if cell.row == top)) or "—"


def _reference_years(text: str) -> tuple[int, ...]:
    """Return the years of the date and of the number, not those of a title."""
    years = set()
    date = find_date(text)
    if date is not None:
        years.add(int(date.iso[:4]))
    for number in find_cited_numbers(text)[:1]:
        years.update(int(y) for y in _YEAR.findall(number.number or ""))
    return tuple(sorted(years))


def _annex_source(annex: AnnexPart, title: str) -> Source:
    shown = annex.reference or (annex.title[0] if annex.title else annex.blocks[0])
    if isinstance(shown, TableBlock):
        place = shown.table.parts[0]
        method = shown.table.cells[0].method
        return Source(place.page_no, place.box, title, method, 1.0, "annex table")
    found = shown.place()
    return Source(
        found.page_no, found.box, shown.text, found.method, found.confidence, "annex"
    )


def find_annex_mentions(part: DocumentPart) -> tuple[AnnexMention, ...]:
    """Return the phrases of the text that name annexes of this paper."""
    return tuple(
        AnnexMention(part.ordinal, names, count, source)
        for place, block in enumerate(part.body)
        if isinstance(block, Paragraph)
        for names, count, source in _mentions(block, _is_lead_in(part.body, place))
    )


def _is_lead_in(blocks: Sequence[Block], place: int) -> bool:
    """Whether a table stands right below: what is named without a number is that."""
    below = blocks[place + 1 : place + 2 + _LEAD_IN]
    return any(isinstance(block, TableBlock) for block in below)


def _mentions(block: Paragraph, is_lead_in: bool) -> Iterable[tuple[str, int, Source]]:
    text, last_end = block.text, -1
    for found in _NAMED.finditer(text):
        if found.start() < last_end or not _is_own(text, found):
            continue
        if is_lead_in and found["ids"] is None:
            continue
        last_end = _phrase_end(text, found.end())
        place = block.place(found.start(), found.end())
        yield (
            squeeze(found["names"]),
            _count(found["ids"]),
            Source(
                place.page_no,
                BBox(place.box.x0, place.box.y0, place.box.x1, place.box.y1),
                squeeze(text[found.start() : last_end]),
                place.method,
                place.confidence,
                "phrase that names annexes",
            ),
        )


def _is_own(text: str, found: re.Match[str]) -> bool:
    """Whether the phrase says that the annex comes with this paper."""
    after = text[found.end() : found.end() + _REACH]
    before = text[max(0, found.start() - 30) : found.start()]
    if _OTHERS.search(after):
        return False
    clause = re.split(r"[;.)]", after, maxsplit=1)[0]
    if _ATTACHED.search(clause) or re.search(r"(?:kèm\s+theo|đính\s+kèm)\W*$", before):
        return True
    if re.match(r"phụ\s+(?:lục|biểu)", found["thing"], re.IGNORECASE) is None:
        return False
    if find_cited_numbers(clause):
        return False
    return bool(before.rstrip().endswith("(") or _POINTED.search(before))


def _phrase_end(text: str, end: int) -> int:
    stop = re.search(r"[;.)]", text[end : end + 200])
    return end + (stop.start() if stop is not None else min(200, len(text) - end))


def _count(ids: str | None) -> int:
    """Count what is named: '01, 02' are two, '01 đến 05' five, no number one."""
    if ids is None:
        return 1
    span = re.fullmatch(r"(\d+)\s*(?:-|–|đến)\s*(\d+)", ids.strip())
    if span is not None and int(span[2]) >= int(span[1]):
        return int(span[2]) - int(span[1]) + 1
    return max(1, len(re.findall(_ID, ids)))
