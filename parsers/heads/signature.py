"""Signature: who signs a paper, and as what.

'TM. ỦY BAN NHÂN DÂN' / 'KT. CHỦ TỊCH' / 'PHÓ CHỦ TỊCH' / name (Decree 30/2020/NĐ-CP,
Appendix I): the post is that of the last line in capitals, the name stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.model import Method
from parsers.heads.paper_words import PaperWords, is_shouted, plain_words
from parsers.layout.blocks import Block, Paragraph, PlacedLine
from parsers.text import fold, one_spelling, squeeze

_ON_BEHALF = re.compile(
    r"^\W*(?:T\s?[./]?\s?M|K\s?[./]?\s?T|T\s?[./]?\s?L|T\s?[./]?\s?U\s?[./]?\s?Q|Q)\b\s*[./:]?\s*",
)
_NAME_WORD = re.compile(r"[^\W\d_]['’]?[^\W\d_]*(?:['’][^\W\d_]+)?")
_DEGREE = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|Ths|BS|KS|CN|CKI|CKII|Đại tá|Thượng tá|Trung tá|Thiếu tá)"
    r"\s?[.,]?\s+)+"
)
_BULLET = re.compile(r"[-–—+~*•]")
_SPECKS = ".,;:'`´\"|_~^*°·-"
_STAMP = re.compile(r"ky boi|nguoi ky|thoi gian ky|da ky|email|co quan", re.IGNORECASE)
_NO_NAME = (
    "ủy ban", "nhân dân", "chủ tịch", "phó chủ", "trưởng phòng", "phó phòng",
    "giám đốc", "bí thư", "nơi nhận", "hội đồng", "thị trấn", "thị xã", "thành phố",
    "kế hoạch", "quyết định", "huyện ủy", "tỉnh ủy", "phòng ban", "nhân huyện",
    "lưu vt", "thường trực",
)  # fmt: skip
"""Words of bodies and posts, by which a line is no name ('Trần Thị Mỹ' is one)."""
_NAME_LENGTH = range(2, 6)
_DEPUTIES = (("pho",), ("thu",))
"""How deputies' posts begin: 'PHÓ CHỦ TỊCH', 'THỨ TRƯỞNG' of a ministry."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, as what, and the lines that say so."""

    signer: str | None
    signer_title: str | None
    body: str | None
    """On whose behalf: 'ỦY BAN NHÂN DÂN', as printed."""
    lines: tuple[PlacedLine, ...]


def parse_signature(tail: Sequence[Block], words: PaperWords) -> Signature:
    """Read the signature from the blocks of a document's end."""
    lines = [
        line
        for block in tail
        if isinstance(block, Paragraph)
        for line in block.lines
        if not _STAMP.search(fold(line.line.text))
    ]
    posts = [i for i in lines if _is_post_line(i.line.text, words)]
    name = _find_name(lines, posts)
    body = next((t for i in posts if (t := _on_behalf_of(i.line.text))), None)
    kept = (*posts, name) if name is not None else tuple(posts)
    return Signature(
        _clean_name(_name_text(name)) if name is not None else None,
        _post_of([i.line.text for i in posts], words),
        body,
        kept,
    )


def _is_post_line(text: str, words: PaperWords) -> bool:
    if text.startswith(("-", "–", "+")) or not is_shouted(text):
        return False
    return words.opens("signature", text) or _find_post(text, words) is not None


def _on_behalf_of(text: str) -> str | None:
    found = re.match(r"\W*T\s?[./]?\s?M\b\s*[./:]?\s*(.+)", text)
    return squeeze(found[1]) if found is not None else None


def _find_post(text: str, words: PaperWords) -> str | None:
    """Return the post that a line in capitals names, an abbreviation before it left."""
    plain = _ON_BEHALF.sub("", text)
    if words.opens("post", plain) or words.opens("post", text):
        return squeeze(plain if words.opens("post", plain) else text)
    return None


def _post_of(texts: Sequence[str], words: PaperWords) -> str | None:
    """Return the signer's own post: the last one; after 'KT.' it is a deputy's."""
    posts = [(t, p) for t in texts if (p := _find_post(t, words)) is not None]
    if not posts:
        return None
    post = words.with_marks(posts[-1][1])
    for_chief = any(re.match(r"\W*K\s?[./]?\s?T\b", t) for t in texts)
    if for_chief and plain_words(post)[:1] not in _DEPUTIES:
        # 'KT. CHỦ TỊCH' alone names whom he stands in for, not what he is; a second
        # line that does not say 'PHÓ' was misread.
        return _sentence_case("PHÓ " + post) if len(posts) > 1 else None
    return _sentence_case(post)


def _sentence_case(text: str) -> str:
    """'PHÓ CHỦ TỊCH' is 'Phó Chủ tịch', 'PHÓ TRƯỞNG PHÒNG' 'Phó Trưởng phòng'."""
    words = squeeze(text).rstrip(" .,:").lower().split()
    if not words:
        return ""
    cased = [words[0].capitalize(), *words[1:]]
    if words[0] in ("phó", "quyền") and len(words) > 1:
        cased[1] = words[1].capitalize()
    elif words[:2] == ["chánh", "văn"]:
        cased[1] = "Văn"
    if words[:3] == ["phó", "chánh", "văn"] and len(words) > 2:
        cased[2] = "Văn"
    return " ".join(cased)


def _find_name(
    lines: Sequence[PlacedLine], posts: Sequence[PlacedLine]
) -> PlacedLine | None:
    """Return the name: the last line like a name that stands under the post."""
    names = [i for i in lines if _is_name(_name_text(i)) and i not in posts]
    below = [i for i in names if not posts or _stands_under(i, posts)]
    return below[-1] if below else None


def _stands_under(name: PlacedLine, posts: Iterable[PlacedLine]) -> bool:
    """Whether a name stands below the posts, roughly in their middle."""
    same_page = [p for p in posts if p.page_no == name.page_no]
    if not same_page:
        return all(p.page_no < name.page_no for p in posts)
    last, here = same_page[-1].upright, name.upright
    reach = max(last.width, here.width, 6 * here.height)
    is_near = abs(here.center[0] - last.center[0]) < reach
    return is_near and here.center[1] > last.y0


def _name_text(line: PlacedLine) -> str:
    """Return a line's words; of a scan those that a seal or a pen stroke made left."""
    text = line.line.text
    if line.method is not Method.OCR or _BULLET.match(text):
        return text
    words = [w.strip(_SPECKS) for w in text.split()]
    kept = [
        w for w in words if len(w) > 1 and _NAME_WORD.fullmatch(w) and w[0].isupper()
    ]
    return " ".join(kept) if 2 * len(kept) >= len(words) else text


def _is_name(text: str) -> bool:
    plain = _DEGREE.sub("", squeeze(text)).strip(" .,*")
    words = plain.split()
    # Names of the Highlands may be one word: K'Bring, Y'Thắng.
    is_single = len(words) == 1 and re.search(r"\w['’]\w", plain) is not None
    if not (is_single or len(words) in _NAME_LENGTH) or any(map(str.isdigit, plain)):
        return False
    if not all(_NAME_WORD.fullmatch(w) and w[0].isupper() for w in words):
        return False
    return not _names_office(plain)


def _names_office(text: str) -> bool:
    """Whether a text names a body or a post; without its marks where it has none."""
    has_marks = fold(text) != text.lower()
    spelled = f" {one_spelling(text) if has_marks else fold(text)} "
    words = _NO_NAME if has_marks else tuple(map(fold, _NO_NAME))
    return any(f" {word} " in spelled for word in words)


def _clean_name(text: str) -> str:
    plain = _DEGREE.sub("", squeeze(text)).strip(" .,*")
    return " ".join(w.capitalize() if w.isupper() else w for w in plain.split())
