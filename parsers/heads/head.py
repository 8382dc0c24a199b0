"""Head: what a document says of itself, from its first lines and its signature.

Reads the lines of the head whatever the order of its two columns. A decision's
authority ('CHỦ TỊCH UBND HUYỆN …') issues it; an attached plan has no number of its
own and takes date, issuer and province from what it is attached to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from extractors.model import BBox, Method
from parsers.heads.fields import (
    HeadDate,
    PaperNumber,
    find_date,
    find_own_number,
    find_period,
    place_before,
)
from parsers.heads.issuer import HeadTexts, find_issuer
from parsers.heads.paper_words import (
    PaperWords,
    is_motto,
    is_motto_part,
    is_reference_line,
    is_shouted,
    is_slogan,
    paper_words,
)
from parsers.heads.signature import parse_signature
from parsers.layout.blocks import Block, Paragraph, PlacedLine, TableBlock
from parsers.layout.documents import DocumentPart
from parsers.letters import LOWER, UPPER
from parsers.records import Document, DocumentKind, Source, Unit
from parsers.text import squeeze
from parsers.units.gazetteer import Gazetteer, date_of_units
from parsers.units.names import loose_key, name_key, split_name
from parsers.vocabulary import Vocabulary

_SUBJECT = re.compile(r"^\W*(?:V/v|Về việc|VỀ VIỆC|V/V|Vv)\s*:?\s*", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"^(?:CHỦ TỊCH|[UỦ][ỶY] BAN|UBND|HỘI ĐỒNG|HĐND|BAN (?:THƯỜNG VỤ|CHẤP HÀNH|CHỈ ĐẠO)|"
    r"GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|TRƯỞNG (?:BAN|PHÒNG)|CHÁNH|CỤC TRƯỞNG|"
    r"TỔNG GIÁM ĐỐC|QUỐC HỘI)\b"
)
_NO_ORGAN = re.compile(r"\W*(?:V/v|Về việc|S[ốô]\b)", re.IGNORECASE)
_SESSION = re.compile(
    r"[\s(,]*(?:KHÓA|KHOÁ|KỲ HỌP|NHIỆM KỲ|QUYẾT ĐỊNH\s*:|QUYẾT NGHỊ\s*:)"
)
"""What follows the body's name: its session, or what it does."""
_MOTTO_PART = re.compile(
    r"CỘNG\s+H[OÒ][AÀ]\s+XÃ.*?NAM|Độc\s+lập.{0,20}?Hạnh\s+phúc|ĐẢNG CỘNG SẢN VIỆT NAM"
)
_BEFORE_PLACE = re.compile(
    rf"((?:[{UPPER}]{{2,12}}\s)+)(?=[{UPPER}][{LOWER}]+\s+[{UPPER}])"
)
_NUMBER_GOES_ON = re.compile(r"\s*[-–/]\s*")
"""A line that ends inside its number: 'Số: 44/KH-' over 'UBND'."""
_BODY_LETTERS = 6000
"""Letters of the text that are looked through for the issuer and the province."""


@dataclass(frozen=True, slots=True)
class _Title:
    """The title's paragraphs, the kind they name and the authority under them."""

    kind: DocumentKind
    text: str | None
    authority: str | None
    places: tuple[Paragraph, ...]


def parse_document(
    part: DocumentPart,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    parent: Document | None = None,
) -> Document:
    """Read a document's head and end; what is not printed stays None."""
    words = paper_words(vocabulary)
    paragraphs = [b for b in part.head if isinstance(b, Paragraph)]
    cut = next((i for i, p in enumerate(paragraphs) if _names_kind(p, words)), None)
    above = paragraphs if cut is None else paragraphs[:cut]
    title = _read_title([] if cut is None else paragraphs[cut:], above, words)
    lines = [line for p in above for line in p.lines]
    number = _own_number(lines)
    date, place = _date_and_place(lines)
    signature = parse_signature(part.tail, words)
    texts = HeadTexts(
        organs=_organ_lines(lines),
        authority=title.authority,
        title=title.text,
        place=place,
        behalf=signature.body,
        body=_opening_text(part),
    )
    issued_on = date.iso if date is not None else (parent.issued_on if parent else None)
    period = find_period(title.text or "") or _period_in_text(part)
    issuer = find_issuer(texts, gazetteer, date_of_units(issued_on, period))
    attached = parent is not None and (number is None and not texts.organs)
    first_page, last_page = part.pages
    return Document(
        ordinal=part.ordinal,
        parent=part.parent,
        kind=_kind(title, number, words),
        number=number.number if number is not None else None,
        symbol=number.symbol if number is not None else None,
        issued_on=issued_on,
        place=_mend_place(place, lines, issuer.unit)
        or (parent.place if parent is not None else None),
        issuer=parent.issuer if attached and parent else issuer.text,
        issuing_unit=_unit_of(issuer.unit, parent, attached=attached),
        province=_short_province(issuer.province)
        or (parent.province if parent else None),
        title=title.text,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        signer=signature.signer,
        signer_title=signature.signer_title,
        first_page=first_page,
        last_page=last_page,
        source=_source(title.places or tuple(paragraphs[:1]), part, issuer.rule),
    )


def _unit_of(
    unit: Unit | None, parent: Document | None, *, attached: bool
) -> Unit | None:
    """Return the issuing unit: the parent's where no head says it, or says it in part.

    The head of an attached paper names a district alone where the decision's text has
    told which of its namesakes it is.
    """
    above = parent.issuing_unit if parent is not None else None
    if parent is not None and attached:
        return above
    if above is None or unit is None or unit.code is not None:
        return unit
    return above if name_key(unit.name) == name_key(above.name) else unit


# --- lines above the title ------------------------------------------------------------


def _own_number(lines: Sequence[PlacedLine]) -> PaperNumber | None:
    """Find the number, also where its line was broken or cut in two."""
    for line in lines:
        text = line.line.text
        found = find_own_number(text)
        if found is not None and not _NUMBER_GOES_ON.fullmatch(text, found.end):
            return found
    left = [t for i in lines if not find_date(t := i.line.text) and not is_motto(t)]
    return find_own_number(" ".join(left))


def _date_and_place(lines: Sequence[PlacedLine]) -> tuple[HeadDate | None, str | None]:
    texts = [i.line.text for i in lines]
    pairs = (f"{one} {two}" for one, two in pairwise(texts))
    for text in (*texts, *pairs):
        if "ngày" not in text.lower() and "tháng" not in text.lower():
            continue
        date = find_date(text)
        if date is not None:
            return date, place_before(text, date)
    return None, None


def _mend_place(
    place: str | None, lines: Sequence[PlacedLine], unit: Unit | None
) -> str | None:
    """Mend a scan's misread place where the issuing unit's name is one slip away."""
    if place is None or unit is None or all(i.method is not Method.OCR for i in lines):
        return place
    read, official = split_name(place).bare, split_name(unit.name).bare
    apart = Levenshtein.distance(name_key(read), name_key(official))
    if apart == 0:
        cased = read.casefold() == official.casefold() and not read.isupper()
        return place.replace(read, official) if cased else place
    if apart > 1 and loose_key(read) != loose_key(official):
        return place
    return place.replace(read, official)


def _organ_lines(lines: Sequence[PlacedLine]) -> list[str]:
    """Return the left column's lines above the number, without motto and date."""
    organs: list[tuple[float, str]] = []
    for line in lines:
        text = _MOTTO_PART.sub("", line.line.text)
        number = find_own_number(text)
        text = squeeze(text[: number.start] if number is not None else text)
        text = _left_of_date(text)
        if is_motto(text) or is_slogan(text) or _NO_ORGAN.match(text):
            continue
        if is_motto_part(text):
            continue  # 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA' over 'VIỆT NAM'
        if is_shouted(text) and len(text) > 2:
            organs.append((line.upright.y0, text))
    return [text for _, text in sorted(organs, key=lambda o: o[0])]


def _left_of_date(text: str) -> str:
    """Return the capitals before a place and date in the other column of one line.

    'PHƯỚC Bình Phước, ngày 08 tháng 8 …' ends the name of the body at the left.
    """
    found = _BEFORE_PLACE.match(text)
    return found[1] if found is not None and find_date(text) is not None else text


# --- the title ------------------------------------------------------------------------


def _names_kind(paragraph: Paragraph, words: PaperWords) -> bool:
    text = paragraph.text
    first = " ".join(text.split()[:2])
    return (
        is_shouted(first)
        and not text.rstrip().endswith(":")
        and words.kind_at_start(text) is not None
        and find_own_number(text) is None
    )


def _read_title(
    paragraphs: Sequence[Paragraph], above: Sequence[Paragraph], words: PaperWords
) -> _Title:
    if not paragraphs:
        return _subject_title(above)
    found = words.kind_at_start(paragraphs[0].text)
    kind = found.kind if found is not None else DocumentKind.OTHER
    length = len(found.words) if found is not None else 0
    pieces: list[str] = [" ".join(paragraphs[0].text.split()[length:])]
    used = [paragraphs[0]]
    authority: str | None = None
    for paragraph in paragraphs[1:]:
        text = paragraph.text
        if is_reference_line(text):
            break
        if is_shouted(text) and _AUTHORITY.match(text):
            authority = squeeze(_SESSION.split(text)[0])
            break
        pieces.append(text)
        used.append(paragraph)
    return _Title(kind, _clean_title(" ".join(pieces)), authority, tuple(used))


def _subject_title(above: Sequence[Paragraph]) -> _Title:
    """A letter has no kind over its title; its subject stands under the number."""
    for index, paragraph in enumerate(above):
        if _SUBJECT.match(paragraph.text):
            texts = [paragraph.text]
            for following in above[index + 1 : index + 4]:
                if is_shouted(following.text) or find_date(following.text):
                    break
                texts.append(following.text)
            return _Title(
                DocumentKind.OTHER, _clean_title(" ".join(texts)), None, (paragraph,)
            )
    return _Title(DocumentKind.OTHER, None, None, ())


def _clean_title(text: str) -> str | None:
    """Leave out 'Về việc' and what is no letter at the ends."""
    plain = squeeze(re.sub(r"[_–—-]{2,}", " ", text))
    plain = _SUBJECT.sub("", plain)
    plain = re.split(r"\s*\((?:Ban hành\s+)?[Kk]èm theo\b", plain)[0]
    return plain.strip(" .,:;*–—-") or None


def _kind(title: _Title, number: PaperNumber | None, words: PaperWords) -> DocumentKind:
    """Return the kind that the title names, else what the symbol stands for."""
    if title.kind is not DocumentKind.OTHER or number is None:
        return title.kind
    found = words.kind_of_symbol(number.symbol)
    return found.kind if found is not None else DocumentKind.OTHER


def _short_province(province: Unit | None) -> Unit | None:
    """Return a province as the contract names it: 'Thanh Hóa', 'Hà Nội'."""
    if province is None:
        return None
    return replace(province, name=split_name(province.name).bare)


# --- the text below -------------------------------------------------------------------


def _opening_text(part: DocumentPart) -> str:
    """Return the text that may name the issuer: title, opening, end, annex lines."""
    texts = [b.text for b in (*part.head, *part.body) if isinstance(b, Paragraph)]
    ends = [b.text for b in part.tail if isinstance(b, Paragraph)]
    lines = [a.reference.text for a in part.annexes if a.reference is not None]
    return " \n".join([" \n".join(texts)[:_BODY_LETTERS], *ends, *lines])


def _period_in_text(part: DocumentPart) -> tuple[int, int] | None:
    """Look for the period in the sentence that announces the plan."""
    for block in part.body[:20]:
        text = block.text if isinstance(block, Paragraph) else ""
        found = re.search(
            r"(?:ban hành|xây dựng|phê duyệt)\s+kế hoạch\b(.{0,300})",
            text,
            re.IGNORECASE,
        )
        if found is not None and (period := find_period(found[1])) is not None:
            return period
    return None


def _source(places: Sequence[Paragraph], part: DocumentPart, rule: str) -> Source:
    if places:
        place = places[0].place()
        same = [p.place() for p in places if p.page_no == place.page_no]
        return Source(
            place.page_no,
            BBox.around(p.box for p in same),
            " ".join(p.text for p in places),
            place.method,
            min(p.confidence for p in same),
            f"issuer from {rule}" if rule else "",
        )
    return _first_source(part.blocks)


def _first_source(blocks: Sequence[Block]) -> Source:
    for block in blocks:
        if isinstance(block, TableBlock):
            part = block.table.parts[0]
            return Source(part.page_no, part.box, "", Method.TEXT_LAYER, 1.0)
        place = block.place()
        return Source(
            place.page_no, place.box, block.text, place.method, place.confidence
        )
    return Source(1, None, "", Method.TEXT_LAYER, 0.0, "empty paper")
