"""Groups of bodies: 'Các phòng, ban, ngành liên quan', 'các phòng: Y tế, Tư pháp'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from parsers.tasks.agency_body import Body, capital, make_body, next_in_list, tidy_name
from parsers.tasks.agency_scope import read_scope
from parsers.tasks.body_words import BodyWords, Found, Text
from parsers.text import squeeze
from parsers.vocabulary import Row

PLURAL = frozenset({"các", "những", "mọi", "toàn", "tất"})
_LISTED = frozenset({"department", "ministry", "commune_officer"})
"""Kinds that a list of fields of work follows: 'các phòng: Y tế, Tư pháp'."""


class GroupReader:
    """Reads groups out of one text.

    ``read_single`` reads the one body at a syllable; a group of members needs it.
    """

    def __init__(
        self, text: Text, words: BodyWords, read_single: Callable[[int], Body | None]
    ) -> None:
        self.text = text
        self.words = words
        self._read_single = read_single

    def read(self, at: int) -> tuple[tuple[Body, ...], int]:
        """Read the group at a syllable; no bodies where none stands there."""
        plural = self._after_plural(at)
        nouns = list(self._nouns(plural, is_plural=plural > at))
        if not nouns or (plural == at and not self._is_noun_list(at, nouns)):
            return (), at
        stop, last = nouns[-1]
        opener = self.words.openers.longest(self.text, plural)
        listed: tuple[tuple[Body, ...], int] = ((), stop)
        if opener is not None and opener.row["kind"] in _LISTED:
            listed = self.read_listed(opener.row, stop)
        if listed[0]:
            return listed
        if nouns[0][1]["kind"] == "steering_committee":
            member = self._read_single(stop)
            if member is not None:
                return (self._member(at, member),), self.text.at(member.end)
        end = self._after_tails(stop)
        start = self.text.syllables[at].start
        raw = squeeze(self.text.raw[start:end])
        kinds = {row["kind"] for _, row in nouns}
        body = Body(
            start=start,
            end=end,
            raw=raw,
            name=_group_name(raw, [row for _, row in nouns]),
            kind=kinds.pop() if len(kinds) == 1 else "group",
            rule=f"agencies.csv: group '{last['spelling']}'",
            scope=read_scope(self.text, stop, self.words).name,
        )
        return (body,), self.text.at(end)

    def begins(self, at: int) -> bool:
        """Whether a group's name begins here; it is not read to its end."""
        plural = self._after_plural(at)
        nouns = list(self._nouns(plural, is_plural=plural > at))
        return bool(nouns) and (plural > at or self._is_noun_list(at, nouns))

    def _after_plural(self, at: int) -> int:
        while (
            at < len(self.text.syllables)
            and self.text.syllables[at].key in PLURAL | {"cả", "thể"}
            and at + 1 < len(self.text.syllables)
        ):
            at += 1
        return at

    def _nouns(self, at: int, *, is_plural: bool) -> Iterator[tuple[int, Row]]:
        """Yield the nouns of a group, each with the syllable after it."""
        while at < len(self.text.syllables):
            found = self.words.groups.longest(self.text, at)
            if found is None or self._begins_longer_word(found.stop):
                return
            yield found.stop, found.row
            at = found.stop
            if at >= len(self.text.syllables):
                return
            gap = self.text.gap(at).strip()
            if gap in (",", "-", "–", "/") or gap == "&":
                at = self._after_plural(at)
            elif not gap and self.text.syllables[at].key == "và":
                at = self._after_plural(at + 1)
            elif gap or not is_plural or not self._stands_beside(at, found.row):
                return

    def _stands_beside(self, at: int, before: Row) -> bool:
        """Whether a noun follows without a comma: 'các ngành đơn vị liên quan'."""
        if self.text.syllables[at].is_capital:
            return False
        is_level = self.words.levels.longest(self.text, at) is not None
        return before["kind"] == "group" and not is_level

    def _begins_longer_word(self, stop: int) -> bool:
        """Whether 'xã' is only the begin of 'xã hội', 'bản' of 'bản thân'."""
        if stop >= len(self.text.syllables) or self.text.gap(stop).strip():
            return False
        return self.text.syllables[stop].key in ("hội", "thân", "thể", "tin", "sắc")

    def _is_noun_list(self, at: int, nouns: list[tuple[int, Row]]) -> bool:
        """Whether nouns without 'các' name a group: 'Sở, ban, ngành tỉnh'."""
        if not self.text.syllables[at].is_capital:
            return False
        return len(nouns) > 1 or nouns[0][1]["kind"] == "steering_committee"

    def read_listed(
        self, opener: Row, place: int | None
    ) -> tuple[tuple[Body, ...], int]:
        """Read fields after one opener, 'các phòng: Y tế, Tư pháp', as bodies."""
        bodies: list[Body] = []
        stop = 0
        while place is not None and place < len(self.text.syllables):
            field = self.words.fields.longest(self.text, place)
            if field is None or not self.text.syllables[place].is_capital:
                break
            scope = read_scope(self.text, field.stop, self.words)
            name = f"{opener['name']} {field.row['name']}"
            bodies.append(make_body(self.text, place, scope, name, opener))
            stop = self.text.at(scope.end)
            place = next_in_list(self.text, stop, scope.end)
        return tuple(bodies), stop

    def _member(self, at: int, body: Body) -> Body:
        start = self.text.syllables[at].start
        before = squeeze(self.text.raw[start : body.start])
        return replace(
            body,
            start=start,
            raw=squeeze(self.text.raw[start : body.end]),
            name=f"{capital(before)} {body.name}",
        )

    def _after_tails(self, stop: int) -> int:
        """Return where a group's name ends: 'liên quan', 'cấp huyện', 'thành phố'."""
        end = self.text.syllables[stop - 1].end
        while stop < len(self.text.syllables):
            scope = read_scope(self.text, stop, self.words)
            tail = self.words.tails.longest(self.text, stop)
            if scope.stop > stop:
                stop, end = scope.stop, scope.end
            elif tail is not None and self._tail_holds(stop, tail):
                stop, end = tail.stop, self.text.syllables[tail.stop - 1].end
            else:
                break
        return end

    def _tail_holds(self, stop: int, tail: Found) -> bool:
        """Whether a tail ends the name; 'của' and 'trong' only before a level."""
        if self.text.gap(stop).strip():
            return False
        if tail.row["kind"] != "link":
            return True
        return read_scope(self.text, tail.stop, self.words).stop > tail.stop


def _group_name(raw: str, rows: list[Row]) -> str:
    name = re.sub(r"^(\w+),\s*", r"\1 ", raw) if raw[:3].lower() == "các" else raw
    for row in rows:
        if row["name"]:
            spelled = re.escape(row["spelling"])
            name = re.sub(spelled, row["name"], name, flags=re.IGNORECASE)
    return capital(tidy_name(name))
