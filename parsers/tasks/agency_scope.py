"""The level or the place that a body's name ends with: 'huyện', 'các xã, phường'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.tasks.body_words import BodyWords, Text
from parsers.text import squeeze

_PLACE_SYLLABLES = 5
"""Syllables of the longest place name."""
_COUNT = re.compile(r"\d{1,3}")
_EACH = frozenset({"các", "từng", "mỗi", "những"})
_AFTER_OTHER_WORD = frozenset({"tác", "nông", "cơ", "văn", "hợp"})
_BEFORE_OTHER_WORD = frozenset({"hội", "thân", "tin", "sắc", "trấn"})
_JOINED = (",", "/", "-", "–")


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope read: its one spelling, and where it ends.

    ``stop`` is the syllable after it and ``end`` the place in the text. ``bare`` is
    the level alone ('huyện') where nothing else was said, else ''.
    """

    stop: int
    end: int
    name: str = ""
    bare: str = ""


def read_scope(text: Text, at: int, words: BodyWords) -> Scope:
    """Return the scope that begins with the syllable ``at``, empty if there is none."""
    end = text.syllables[at - 1].end if at else 0
    nothing = Scope(at, end)
    if at >= len(text.syllables) or text.gap(at).strip(" \t(,"):
        return nothing
    if "," in text.gap(at):
        return nothing
    first = _after_each(text, at)
    levels = _levels(text, first, words, is_plural=first > at)
    if not levels:
        return nothing
    if first == at:
        levels = _bare_list(text, first, words) or levels
    stop = levels[-1][0]
    names = [name for _, name in levels if name]
    is_plural = first > at
    place = _places(text, stop, words) if is_plural else _place(text, stop, words)
    if not names:
        # 'Việt Nam' says nothing by itself; the level may follow it.
        deeper = read_scope(text, stop, words)
        return deeper if deeper.stop > stop else Scope(stop, _end(text, stop))
    each = squeeze(text.raw[text.syllables[at].start : _start(text, first)])
    words_of = " ".join([*([each] if each else []), ", ".join(names)])
    if place > stop:
        spot = squeeze(text.raw[text.syllables[stop].start : _end(text, place)])
        return Scope(place, _end(text, place), f"{words_of} {spot}")
    bare = names[0] if len(names) == 1 and first == at else ""
    return Scope(stop, _end(text, stop), words_of, bare)


def read_home(text: Text, at: int, words: BodyWords) -> Scope:
    """Return the place named right after a body: 'Thị đoàn Hoài Nhơn phối hợp …'.

    It is one only before a verb, a colon or the end; else the name goes on.
    """
    stop = _place(text, at, words)
    nothing = Scope(at, _end(text, at))
    if stop == at or text.gap(at).strip():
        return nothing
    is_end = stop >= len(text.syllables) or text.gap(stop).strip()[:1] in (":", ".")
    if not is_end and words.predicates.longest(text, stop) is None:
        return nothing
    return Scope(
        stop, _end(text, stop), squeeze(text.raw[_start(text, at) : _end(text, stop)])
    )


def _after_each(text: Text, at: int) -> int:
    """Return the syllable after 'các', 'từng' or a count ('02 xã')."""
    while at + 1 < len(text.syllables) and (
        text.syllables[at].key in _EACH or _COUNT.fullmatch(text.syllables[at].text)
    ):
        if text.gap(at + 1).strip(" ,"):
            return at
        at += 1
    return at


def _levels(
    text: Text, at: int, words: BodyWords, *, is_plural: bool
) -> list[tuple[int, str]]:
    """Return the levels from here on, each with the syllable after it."""
    found: list[tuple[int, str]] = []
    while at < len(text.syllables):
        level = words.levels.longest(text, at)
        if level is None or _is_part_of_word(text, at, level.stop):
            break
        found.append((level.stop, level.row["name"]))
        if not is_plural or level.stop >= len(text.syllables):
            break
        gap = text.gap(level.stop).strip()
        if gap in _JOINED:
            at = level.stop
        elif not gap and text.syllables[level.stop].key == "và":
            at = level.stop + 1
        else:
            break
    return found


def _bare_list(text: Text, at: int, words: BodyWords) -> list[tuple[int, str]]:
    """Return two or more levels with nothing else: 'UBND huyện, thị xã, thành phố:'."""
    levels = _levels(text, at, words, is_plural=True)
    if len(levels) < 2:
        return []
    stop = levels[-1][0]
    if stop >= len(text.syllables) or text.gap(stop).strip():
        return levels
    return levels if words.predicates.longest(text, stop) else []


def _is_part_of_word(text: Text, at: int, stop: int) -> bool:
    """Whether the level is part of another word: 'hợp tác xã', 'xã hội'."""
    if stop > at + 1:
        return False
    if at and not text.gap(at).strip():
        before = text.syllables[at - 1].key
        if before in _AFTER_OTHER_WORD:
            return True
    if stop >= len(text.syllables) or text.gap(stop).strip():
        return False
    return text.syllables[stop].key in _BEFORE_OTHER_WORD


def _place(text: Text, at: int, words: BodyWords, *, is_first: bool = False) -> int:
    """Return the syllable after the place's own name ('Mường Lát', '3').

    ``is_first``: whatever stands between it and what is before it.
    """
    stop = at
    while stop < len(text.syllables) and stop - at < _PLACE_SYLLABLES:
        syllable = text.syllables[stop]
        gap = text.gap(stop)
        if is_first and stop == at:
            gap = ""
        if gap.strip(" .'’-") or (stop > at and "." in gap):
            break
        if not syllable.is_capital and not syllable.text.isdigit():
            break
        if words.predicates.longest(text, stop) and not _is_name_pair(text, stop):
            break
        if words.openers.longest(text, stop) and stop > at:
            break
        stop += 1
    return stop


def _places(text: Text, at: int, words: BodyWords) -> int:
    """Return the syllable after the places' names: 'các xã Ka Đơn, Tu Tra và Lạc Xuân'.

    After a colon two or more before a verb are names, else the task begins there.
    """
    if at >= len(text.syllables):
        return at
    is_colon = text.gap(at).strip() == ":"
    first = stop = _place(text, at, words, is_first=is_colon)
    while stop > at and stop < len(text.syllables):
        following = stop + (text.syllables[stop].key == "và")
        if following == stop and text.gap(stop).strip() != ",":
            break
        end = _place(text, following, words, is_first=True)
        if end == following:
            break
        stop = end
    is_list = stop > first and words.predicates.longest(text, stop) is not None
    return stop if is_list or not is_colon else at


def _is_name_pair(text: Text, at: int) -> bool:
    """Whether two capitals follow each other, as in names and not in verbs."""
    return at + 1 < len(text.syllables) and text.syllables[at + 1].is_capital


def _start(text: Text, at: int) -> int:
    return text.syllables[at].start if at < len(text.syllables) else len(text.raw)


def _end(text: Text, stop: int) -> int:
    return text.syllables[stop - 1].end
