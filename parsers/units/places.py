"""Places that a sentence names: 'tại 04 phường: Bắc Sơn, Lam Sơn', 'xã Quang Trung'."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.tasks.body_words import BodyWords, Text, body_words, cut
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

_LONGEST = 5
_ABOVE_COMMUNE = frozenset({"tỉnh", "thành phố", "thị xã", "huyện", "quận"})
_NO_PLACE = frozenset({"cơ sở", "các cấp", "Trung ương", "khu vực", "chi nhánh", ""})
_NUMBERED = frozenset({"thôn", "xóm", "ấp", "khu phố", "tổ dân phố", "phường", "bản"})
_LISTED = 2
"""Names after 'các xã:' from which on they are believed to be a list."""
_COUNT = re.compile(r"(?:\d{1,3}|các|những|hai|ba|bốn)")
_INSIDE = re.compile(r"[ '’.]*")
_SEPARATOR = re.compile(r"\s*[,;]?\s*")
_OTHER_BEFORE = frozenset({"tác", "nông", "cơ", "văn"})
_OTHER_AFTER = frozenset({"hội", "thân", "sắc"})


def find_places(
    text: str, vocabulary: Vocabulary, taken: Iterable[tuple[int, int]] = ()
) -> tuple[str, ...]:
    """Return the places named, each with its type where one alone is said.

    Args:
        text: One task.
        vocabulary: The words known; the types of places are those of ``agencies.csv``.
        taken: Stretches that name bodies; 'UBND xã Cam Tuyền' is no place.

    Returns:
        Names in their order, none twice. A place above the commune counts only in a
        list or after a count, since else it is mostly the paper's own.
    """
    whole = cut(text)
    words = body_words(vocabulary)
    spans = tuple(taken)
    found: list[str] = []
    at = 0
    while at < len(whole.syllables):
        start = whole.syllables[at].start
        if any(a <= start < b for a, b in spans):
            at += 1
            continue
        names, stop = _read_places(whole, at, words)
        found += [name for name in names if name not in found]
        at = max(stop, at + 1)
    return tuple(found)


def _read_places(text: Text, at: int, words: BodyWords) -> tuple[list[str], int]:
    kinds, stop = _read_kinds(text, at, words)
    if not kinds:
        return [], at
    is_listed = len(kinds) > 1 or (
        at > 0 and _COUNT.fullmatch(text.syllables[at - 1].key) is not None
    )
    if set(kinds) <= _ABOVE_COMMUNE and not is_listed:
        return [], stop
    is_counted = at > 0 and text.syllables[at - 1].text.isdigit()
    is_apart = ":" in text.gap(stop) and not is_counted
    names, stop = _read_names(text, stop, words, kinds)
    if is_apart and len(names) < _LISTED:
        return [], stop
    kind = kinds[0] if len(kinds) == 1 else ""
    return [f"{kind} {name}".strip() for name in names], stop


def _read_kinds(text: Text, at: int, words: BodyWords) -> tuple[list[str], int]:
    """Return the types of places that stand here, joined by commas or 'và'."""
    kinds: list[str] = []
    while at < len(text.syllables):
        found = words.levels.longest(text, at)
        if found is None or found.row["name"] in _NO_PLACE or _is_other(text, at):
            break
        kinds.append(found.row["name"])
        at = found.stop
        if at >= len(text.syllables):
            break
        gap = text.gap(at).strip()
        if gap in (",", "/", "-") and words.levels.longest(text, at):
            continue
        if not gap and text.syllables[at].key == "và":
            if words.levels.longest(text, at + 1) is None:
                break
            at += 1
        elif gap or not words.levels.longest(text, at) or _opens_name(text, at):
            break
    return kinds, at


def _opens_name(text: Text, at: int) -> bool:
    """Whether a word for a place begins a name: 'xã Bản Mù', 'xã Làng Nhì'."""
    return text.syllables[at].is_capital and not text.syllables[at - 1].is_capital


def _is_other(text: Text, at: int) -> bool:
    """Whether the syllable is part of another word: 'hợp tác xã', 'xã hội'."""
    before = text.syllables[at - 1].key if at and not text.gap(at).strip() else ""
    after = ""
    if at + 1 < len(text.syllables) and not text.gap(at + 1).strip():
        after = text.syllables[at + 1].key
    return before in _OTHER_BEFORE or after in _OTHER_AFTER


def _read_names(
    text: Text, at: int, words: BodyWords, kinds: list[str]
) -> tuple[list[str], int]:
    """Return the names that follow the types, joined by commas or 'và'."""
    names: list[str] = []
    is_numbered = kinds[-1] in _NUMBERED
    while at < len(text.syllables):
        gap = text.gap(at).strip()
        if gap and gap != ":" and not (names and _SEPARATOR.fullmatch(gap)):
            break
        start = at
        if names and not gap:
            if text.syllables[at].key != "và":
                break
            start = at + 1
        stop = _name_stop(text, start, words, is_numbered=is_numbered)
        if stop == start:
            break
        first, last = text.syllables[start], text.syllables[stop - 1]
        names.append(squeeze(text.raw[first.start : last.end]))
        at = stop
    return names, at


def _name_stop(text: Text, at: int, words: BodyWords, *, is_numbered: bool) -> int:
    """Return the syllable after one name; ``at`` itself where none stands here."""
    stop = at
    while stop < len(text.syllables) and stop - at < _LONGEST:
        syllable = text.syllables[stop]
        if stop > at and not _INSIDE.fullmatch(text.gap(stop)):
            break
        if stop > at and ". " in text.gap(stop):
            break
        if syllable.text.isdigit():
            if not is_numbered or len(syllable.text) > 2:
                break
        elif not syllable.is_capital or _names_body(text, stop, words):
            break
        stop += 1
    return stop


def _names_body(text: Text, at: int, words: BodyWords) -> bool:
    """Whether a body's name begins here: 'phường Bắc Sơn, Hội Phụ nữ'."""
    if words.bodies.longest(text, at) is not None:
        return True
    after_gap = bool(text.gap(at).strip()) if at else True
    return after_gap and words.openers.longest(text, at) is not None
