"""References: every paper that a document cites, once, with its number and date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.heads.fields import PaperNumber, find_cited_numbers, find_date
from parsers.heads.paper_words import (
    KindWord,
    PaperWords,
    is_reference_line,
    paper_words,
)
from parsers.layout.blocks import Paragraph, TableBlock
from parsers.layout.documents import DocumentPart
from parsers.letters import UPPER
from parsers.records import Document, LegalBasis, Source
from parsers.text import fold, squeeze
from parsers.vocabulary import Vocabulary

_DATE_NEAR = re.compile(
    r"^[\s,]*(?:ban hành\s+)?(?:(?:ngày|năm)\s.{0,45}?(?:19|20)\d\s?\d|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|"
    r"tháng\s.{1,12}(?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISSUER = re.compile(
    r"^[\s,]*của\s+(?P<name>.{2,120}?)"
    r"(?=\s*(?:[,;.:()“\"]|\bv/v\b|\bvề\b|\bphê duyệt\b|"
    r"\bquy định\b|\bban hành\b|\bhướng dẫn\b|\bsửa đổi\b|\btriển khai\b|\bthực hiện\b|"
    r"\bgiai đoạn\b|\btrên địa bàn\b|\bđã\b|\bkhóa\b|\bkhoá\b|\bngày\b|"
    r"\bthông qua\b|\bvà\s+(?:Quyết|Kế|Nghị|Chỉ|Thông|Công)|$))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_KIND_WORDS = 4
"""Words of the longest name of a kind of paper."""
_LOOK_BACK = 60
_LONGEST_TITLE = 600
"""Letters that the title of a cited paper may have."""
_SENTENCE_END = re.compile(rf";|\./|\.\s+(?=[{UPPER}])|\n|$")


def parse_legal_bases(
    part: DocumentPart, document: Document, vocabulary: Vocabulary
) -> tuple[LegalBasis, ...]:
    """Return the papers cited anywhere in a document, each once, in reading order.

    The document's own number, and the line that says what an annex or an attached
    plan belongs to, cite nothing.
    """
    words = paper_words(vocabulary)
    kept: dict[tuple[str, str], LegalBasis] = {}
    for text, place in _texts(part):
        for number in find_cited_numbers(text):
            basis = _basis(text, number, document, words, place)
            if basis is not None:
                _keep(kept, basis)
    return tuple(kept.values())


def _texts(part: DocumentPart) -> Iterable[tuple[str, Paragraph | TableBlock]]:
    for block in (*part.body, *(b for a in part.annexes for b in a.blocks)):
        if isinstance(block, TableBlock):
            for cell in block.table.cells:
                yield cell.text, block
        elif not is_reference_line(block.text):
            yield block.text, block


def _basis(
    text: str,
    number: PaperNumber,
    document: Document,
    words: PaperWords,
    place: Paragraph | TableBlock,
) -> LegalBasis | None:
    if number.number is None or number.number == document.number:
        return None
    kind, start = _kind_before(text, number, words)
    after = text[number.end : number.end + 2 * _LONGEST_TITLE]
    date, rest = _date_after(after)
    issuer = _ISSUER.match(rest)
    end = number.end + _end_of_phrase(after)
    return LegalBasis(
        document=document.ordinal,
        cited_number=number.number,
        cited_kind=kind.phrase if kind is not None else None,
        cited_on=date,
        cited_issuer=squeeze(issuer["name"]) if issuer is not None else None,
        text=squeeze(text[start:end]),
        source=_source(place, start, end, text),
    )


def _kind_before(
    text: str, number: PaperNumber, words: PaperWords
) -> tuple[KindWord | None, int]:
    """Return the kind named before a number (or before the first of a list of them)."""
    begin = max(0, number.start - _LOOK_BACK)
    before = text[begin : number.start]
    places = list(_WORD.finditer(before))
    plain = tuple(fold(m.group()) for m in places)
    found: tuple[int, KindWord] | None = None
    for index, place in enumerate(places):
        kind = words.kind_of_words(plain[index : index + _KIND_WORDS])
        if kind is not None and (found is None or not _covers(found, place.start())):
            found = (place.start(), kind)
    if found is not None:
        return found[1], begin + found[0]
    named = re.search(r"\bsố\s*:?\s*$", before)
    start = begin + named.start() if named is not None else number.start
    return words.kind_of_symbol(number.symbol), start


def _covers(found: tuple[int, KindWord], start: int) -> bool:
    return start < found[0] + len(found[1].phrase)


def _date_after(after: str) -> tuple[str | None, str]:
    """Return the date that follows a number, and the text behind it."""
    found = _DATE_NEAR.match(after)
    if found is None:
        return None, after
    date = find_date(found.group(0).replace("-", "/"))
    if date is not None:
        return date.iso, after[found.end() :]
    year = _YEAR.search(found.group(0))
    return (year.group(0) if year is not None else None), after[found.end() :]


def _end_of_phrase(after: str) -> int:
    found = _SENTENCE_END.search(after, 0, _LONGEST_TITLE)
    return found.start() if found is not None else min(len(after), _LONGEST_TITLE)


def _source(block: Paragraph | TableBlock, start: int, end: int, text: str) -> Source:
    if isinstance(block, Paragraph):
        place = block.place(start, end)
        return Source(
            place.page_no,
            place.box,
            squeeze(text[start:end]),
            place.method,
            place.confidence,
            "cited number",
        )
    cell = next(c for c in block.table.cells if c.text == text)
    return Source(
        cell.page_no,
        cell.box,
        squeeze(text[start:end]),
        cell.method,
        cell.confidence,
        "cited number",
    )


def _keep(kept: dict[tuple[str, str], LegalBasis], basis: LegalBasis) -> None:
    """Keep a paper once; the same number of another date is another paper."""
    number = basis.cited_number.casefold()
    date = basis.cited_on or ""
    same = [key for key in kept if key[0] == number and _agree(key[1], date)]
    if not same:
        kept[number, date] = basis
    elif len(date) > len(same[0][1]):
        place = list(kept).index(same[0])
        entries = list(kept.items())
        entries[place] = ((number, date), basis)
        kept.clear()
        kept.update(entries)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
