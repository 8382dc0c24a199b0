"""Rows of a table: label, kind, and the row that each adds up into.

Totals may stand first or last, group rows before or after their units. Ranks come
from the ordinals (A, I, 1, 1.1), from group words ('Khu vực thành thị') and from total
words ('Cộng', 'Toàn huyện', 'Tổng cộng: I+II'), all of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.phrases import phrase_book
from parsers.records import RowKind, TableRow
from parsers.tables.grid import Layout
from parsers.text import fold, one_spelling
from parsers.vocabulary import Vocabulary

_ROMAN = re.compile(r"^[IVXL]+[.)]?$")
_LETTER = re.compile(r"^[A-HĐ][.)]?$")
_ARABIC = re.compile(r"^\d{1,3}[.)]?$")
_DOTTED = re.compile(r"^\d{1,3}(?:[.,]\d{1,3})+[.)]?$")
_SMALL = re.compile(r"^(?:[a-zđ][.)]?|[-+*•])$")
_LEADING = re.compile(
    r"^(?P<ordinal>[IVXL]{1,5}|[A-HĐ]|\d{1,3}(?:\.\d{1,3})*)\s*[.)/-]\s*(?P<rest>\D.*)$"
)
_ADDENDS = re.compile(r"^\W*[IVXLA-H]+(?:\s*\+\s*[IVXLA-H]+)+\W*$|\(\s*[IVX\d+\s]+\)")
_NOTE_LENGTH = 60

_TOTAL, _LETTERED, _GROUP, _HEADING, _NUMBERED, _SUB, _SUB_SUB, _PLAIN = range(8)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row before its place in the sums is known."""

    row_no: int
    ordinal: str
    label: str
    rank: int
    word: str | None
    """'total', 'subtotal' or None, by the words of its label."""


def read_rows(
    layout: Layout,
    label_cols: Sequence[int],
    ordinal_col: int | None,
    vocabulary: Vocabulary,
    whole: str | None = None,
) -> tuple[TableRow, ...]:
    """Return the body rows in order, each with its kind and parent.

    Args:
        layout: The table.
        label_cols: Grid columns (from 0) whose words name the row.
        ordinal_col: The grid column of ordinals, if there is one.
        vocabulary: Its 'row_words' tell totals and groups.
        whole: The unit that the paper is about; a row of its name is the total.
    """
    drafts = [
        _draft(n, layout, row, label_cols, ordinal_col, vocabulary)
        for n, row in enumerate(layout.body, start=1)
    ]
    ranked = _settle_ranks([_whole_as_total(draft, whole) for draft in drafts])
    return _with_parents(ranked)


def _whole_as_total(draft: _Draft, whole: str | None) -> _Draft:
    is_whole = whole is not None and one_spelling(draft.label) == one_spelling(whole)
    if is_whole and draft.rank == _PLAIN:
        return _Draft(draft.row_no, draft.ordinal, draft.label, _TOTAL, "total")
    return draft


def _draft(
    row_no: int,
    layout: Layout,
    row: int,
    label_cols: Sequence[int],
    ordinal_col: int | None,
    vocabulary: Vocabulary,
) -> _Draft:
    ordinal = layout.text(row, ordinal_col) if ordinal_col is not None else ""
    label = _label_text(layout, row, label_cols)
    if not label and ordinal and not _is_ordinal(ordinal):
        ordinal, label = "", ordinal
    shown_ordinal, bare = _take_ordinal(ordinal, label)
    word = _row_word(bare, vocabulary)
    return _Draft(row_no, ordinal, label, _rank(shown_ordinal, word), word)


def _label_text(layout: Layout, row: int, label_cols: Sequence[int]) -> str:
    """Return the row's label: the last filled label column, where there are several."""
    texts = [layout.text(row, col) for col in label_cols]
    filled = [text for text in texts if text]
    return filled[-1] if filled else ""


def _is_ordinal(text: str) -> bool:
    patterns = (_ROMAN, _LETTER, _ARABIC, _DOTTED, _SMALL)
    return any(pattern.match(text) for pattern in patterns)


def _take_ordinal(ordinal: str, label: str) -> tuple[str, str]:
    """Return the ordinal, also one that opens the label, and the rest."""
    if ordinal:
        return ordinal, label
    match = _LEADING.match(label)
    return (match["ordinal"], match["rest"]) if match else ("", label)


def _rank(ordinal: str, word: str | None) -> int:
    if word == "total":
        return _TOTAL
    if _ROMAN.match(ordinal):
        return _GROUP
    if _LETTER.match(ordinal):
        return _LETTERED
    if word == "subtotal":
        return _GROUP
    if _ARABIC.match(ordinal):
        return _NUMBERED
    if _DOTTED.match(ordinal):
        return _SUB
    if _SMALL.match(ordinal):
        return _SUB_SUB
    return _PLAIN


def _row_word(label: str, vocabulary: Vocabulary) -> str | None:
    """Return what the label's first words make the row: total, subtotal, neither."""
    if _ADDENDS.search(label):
        return "total"
    book = phrase_book(vocabulary, "row_words")
    hits = book.find(label) or book.find_lenient(label)
    # Signs and specks stand before it, no letter: '- Tổng cộng', "'Tổng cộng:".
    opens = (hit for hit in hits if not any(map(str.isalnum, label[: hit.start])))
    first = next(opens, None)
    if first is None and hits and _is_total(label[: hits[0].start], vocabulary):
        first = hits[0]  # 'TỐNG TOÀN THỊ XÃ': a slip in the first word hid it.
    if first is None or first.row["kind"] == "note":
        return None
    kind = first.row["kind"]
    if kind == "total" and any(hit.row["kind"] == "subtotal" for hit in hits):
        return "subtotal"
    if kind == "total" and not _ends_total(label[first.end :]):
        return "subtotal"
    return kind


def _is_total(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words are those of a total but for their marks."""
    rows = vocabulary.tables["row_words"]
    totals = {fold(row["phrase"]) for row in rows if row["kind"] == "total"}
    return fold(words).strip(" :.-'") in totals


def _ends_total(rest: str) -> bool:
    """Whether what follows 'Cộng' still speaks of the whole: nothing, a name, a sum."""
    plain = fold(rest).strip(" :.-()")
    return not re.match(r"^(?:muc|phan|nhom|[ivx]{1,4}$)\b", plain)


def _settle_ranks(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Give rows without ordinal the rank of those around them.

    One, or one with a bullet, right above a row '1' heads what is counted from there.
    """
    numbered = [d.rank for d in drafts if _NUMBERED <= d.rank < _PLAIN]
    if not numbered:
        return list(drafts)
    following: list[_Draft | None] = [*drafts[1:], None]
    settled = []
    for draft, after in zip(drafts, following, strict=True):
        heads = after is not None and _is_first(after.ordinal)
        if heads and draft.rank in (_PLAIN, _SUB_SUB):
            settled.append(_with_rank(draft, _HEADING))
        elif draft.rank == _PLAIN:
            settled.append(_with_rank(draft, min(numbered)))
        else:
            settled.append(draft)
    return settled


def _is_first(ordinal: str) -> bool:
    return ordinal.strip(" .)") in ("1", "01")


def _with_rank(draft: _Draft, rank: int) -> _Draft:
    return _Draft(draft.row_no, draft.ordinal, draft.label, rank, draft.word)


def _with_parents(drafts: Sequence[_Draft]) -> tuple[TableRow, ...]:
    parents = _find_parents(drafts)
    holders = set(parents.values())
    return tuple(
        TableRow(
            row_no=draft.row_no,
            ordinal=draft.ordinal,
            label=draft.label,
            kind=_kind(draft, draft.row_no in holders, draft.row_no in parents),
            parent_row_no=parents.get(draft.row_no),
        )
        for draft in drafts
    )


def _kind(draft: _Draft, has_children: bool, has_parent: bool) -> RowKind:
    if draft.rank == _TOTAL:
        return RowKind.SUBTOTAL if has_parent else RowKind.TOTAL
    if has_children or draft.word == "subtotal":
        return RowKind.SUBTOTAL
    return RowKind.UNIT


def _find_parents(drafts: Sequence[_Draft]) -> dict[int, int]:
    """Return for each row number that of the row that it adds up into."""
    counted = [d for d in drafts if d.label or d.ordinal]
    totals = [d for d in counted if d.rank == _TOTAL]
    body = [d for d in counted if d.rank != _TOTAL]
    parents = _nest_trailing(body) if _groups_trail(body) else _nest_leading(body)
    for block, total in _blocks_of_totals(counted, totals):
        for draft in block:
            if draft.row_no not in parents and draft.rank != _TOTAL:
                parents[draft.row_no] = total.row_no
    for total in totals:
        if len(totals) > 1 and total.row_no not in parents.values():
            parents |= {t.row_no: total.row_no for t in totals if t is not total}
            break
    return parents


def _groups_trail(body: Sequence[_Draft]) -> bool:
    """Whether group rows stand below their units: units come before any group does."""
    ranks = [d.rank for d in body]
    if not ranks or min(ranks) == max(ranks):
        return False
    return ranks[0] == max(ranks) and ranks[-1] == min(ranks)


def _nest_leading(body: Sequence[_Draft]) -> dict[int, int]:
    """Hang each row under the nearest row above it that outranks it."""
    parents: dict[int, int] = {}
    above: list[_Draft] = []
    for draft in body:
        while above and above[-1].rank >= draft.rank:
            above.pop()
        if above:
            parents[draft.row_no] = above[-1].row_no
        above.append(draft)
    return parents


def _nest_trailing(body: Sequence[_Draft]) -> dict[int, int]:
    turned = _nest_leading(list(reversed(body)))
    return dict(sorted(turned.items()))


def _blocks_of_totals(
    counted: Sequence[_Draft], totals: Sequence[_Draft]
) -> list[tuple[list[_Draft], _Draft]]:
    """Return the rows that each total row sums: all of them where there is one total.

    With several, a total sums the rows since the one before it (totals last), or
    those up to the next one (totals first).
    """
    if len(totals) <= 1:
        return [(list(counted), total) for total in totals]
    places = [counted.index(total) for total in totals]
    if places[0] == 0:
        ends = [*places[1:], len(counted)]
        spans = list(zip(places, ends, totals, strict=True))
    else:
        starts = [0, *places[:-1]]
        spans = list(zip(starts, places, totals, strict=True))
    return [(list(counted[a:b]), total) for a, b, total in spans]


def is_note(label: str, texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row is a remark that runs along the table's foot, not a row of it."""
    if any(texts):
        return False
    hits = phrase_book(vocabulary, "row_words").find(one_spelling(label))
    return len(label) > _NOTE_LENGTH or any(
        hit.row["kind"] == "note" and hit.start <= 2 for hit in hits
    )
