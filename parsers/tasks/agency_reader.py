"""Reads the name of one body, known or not, at a place of a text."""

from __future__ import annotations

from dataclasses import replace

from parsers.tasks.agency_body import Body, make_body, next_in_list, tidy_name
from parsers.tasks.agency_groups import PLURAL, GroupReader
from parsers.tasks.agency_scope import read_home, read_scope
from parsers.tasks.body_words import BodyWords, Found, Text
from parsers.text import squeeze
from parsers.vocabulary import Row

_RESIDENTIAL = "residential"
_LONGEST_NAME = 22
"""Syllables of the longest free name that is believed."""


class BodyReader:
    """Reads names of bodies out of one text.

    ``is_heading`` says that the text is a name and nothing else.
    """

    def __init__(self, text: Text, words: BodyWords, is_heading: bool) -> None:
        self.text = text
        self.words = words
        self.is_heading = is_heading
        self.groups = GroupReader(text, words, self.read_single)

    def read_one(self, at: int) -> tuple[tuple[Body, ...], int]:
        """Read the body (or the list 'các phòng: A, B') at a syllable."""
        if at >= len(self.text.syllables):
            return (), at
        title = self.words.titles.longest(self.text, at)
        if title is not None:
            bodies, stop = self.read_one(title.stop)
            if bodies:
                return self._with_title(bodies, at, title.row), stop
        return self._read_untitled(at)

    def _read_untitled(self, at: int) -> tuple[tuple[Body, ...], int]:
        group, stop = self.groups.read(at)
        is_listed = self.words.bodies.longest(self.text, at) is not None
        if group and not (is_listed and self.text.syllables[at].key in PLURAL):
            return group, stop
        body = self.read_single(at)
        if body is None:
            return (), at
        stop = self.text.at(body.end)
        opener = self.words.openers.longest(self.text, at)
        if opener is None or opener.row["kind"] != "department":
            return (body,), stop
        more, stop = self.groups.read_listed(
            opener.row, next_in_list(self.text, stop, body.end)
        )
        return (body, *more), max(stop, self.text.at(body.end))

    def _with_title(
        self, bodies: tuple[Body, ...], at: int, row: Row
    ) -> tuple[Body, ...]:
        """Let the body stand for its head, but keep the title of an office of its own.

        'Trưởng phòng Y tế' is the Phòng Y tế; 'Chủ tịch UBND xã' stays as it is, and
        so does 'Trưởng các thôn', for a village is no body.
        """
        start = self.text.syllables[at].start
        first = bodies[0]
        title = row["name"] or (row["spelling"] if first.kind == _RESIDENTIAL else "")
        name = f"{title} {_inner(first.name)}" if title else first.name
        raw = squeeze(self.text.raw[start : first.end])
        return (replace(first, start=start, raw=raw, name=name), *bodies[1:])

    def read_single(self, at: int) -> Body | None:
        """Read the one body at a syllable, known or by the word it opens with."""
        return self._read_known(at) or self._read_free(at)

    def _read_known(self, at: int) -> Body | None:
        """Read a body of the vocabulary, or an opener with a field of work after it."""
        whole = self.words.bodies.longest(self.text, at)
        opener = self.words.openers.longest(self.text, at)
        field = self.words.fields.longest(self.text, opener.stop) if opener else None
        if whole is not None and (field is None or whole.stop >= field.stop):
            if not self._is_shouted_enough(at, whole.stop):
                return None
            scope = read_scope(self.text, whole.stop, self.words)
            if not scope.name:
                scope = read_home(self.text, scope.stop, self.words)
            return make_body(self.text, at, scope, whole.row["name"], whole.row)
        if opener is None or field is None:
            return None
        if not self._field_ends(field.stop, opener.row["kind"]):
            return None
        scope = read_scope(self.text, field.stop, self.words)
        name = f"{opener.row['name']} {field.row['name']}"
        return make_body(self.text, at, scope, name, opener.row)

    def _is_shouted_enough(self, at: int, stop: int) -> bool:
        """Whether a name of one syllable is printed as a name: 'CCB', 'Agribank'."""
        word = self.text.syllables[at].text
        return (
            stop - at > 1
            or word[1:2].isupper()
            or (len(word) > 4 and word[0].isupper())
        )

    def _field_ends(self, stop: int, kind: str) -> bool:
        """Whether a field of work ends here, and does not run on into a longer name.

        'Phòng Y tế dự phòng' is no 'Phòng Y tế', but 'Phòng Y tế hướng dẫn' is.
        """
        if stop >= len(self.text.syllables):
            return True
        gap = self.text.gap(stop).strip()
        if gap:
            listed = kind == "department" and self.words.fields.longest(self.text, stop)
            return bool(listed) or not self._gap_holds(gap, stop)
        syllable = self.text.syllables[stop]
        if syllable.key == "và" and kind == "service_unit":
            return self._begins_body(stop + 1)
        if syllable.key in ("và", "các"):
            return True
        return bool(
            self.words.predicates.longest(self.text, stop)
            or self.words.levels.longest(self.text, stop)
            or self.words.stops.longest(self.text, stop)
            or self.words.tails.longest(self.text, stop)
            or syllable.is_capital
        )

    def _read_free(self, at: int) -> Body | None:
        opener = self.words.openers.longest(self.text, at)
        if opener is None or not self.text.syllables[at].is_capital:
            return None
        refused = self.words.refused.longest(self.text, at)
        if refused is not None and refused.stop > opener.stop:
            return None
        stop = self._name_stop(opener.stop, opener.row["kind"])
        if stop == opener.stop and opener.stop - at < 2:
            return None
        scope = read_scope(self.text, stop, self.words)
        rest = self.text.raw[
            self.text.syllables[opener.stop - 1].end : self.text.syllables[stop - 1].end
        ]
        name = squeeze(f"{opener.row['name']}{tidy_name(rest)}")
        name = self.words.expand(name)
        return make_body(self.text, at, scope, name, opener.row)

    def _name_stop(self, first: int, kind: str) -> int:
        """Return the syllable that no longer belongs to a free name."""
        at = first
        limit = min(first + _LONGEST_NAME, len(self.text.syllables))
        while at < limit:
            step = self._name_step(at, first, kind)
            if not step:
                break
            at += step
        return at

    def _name_step(self, at: int, first: int, kind: str) -> int:
        """Return how many syllables from here belong to the name; 0 ends it."""
        gap = self.text.gap(at).strip()
        if gap and not self._gap_holds(gap, at):
            return 0
        infix = self.words.infixes.longest(self.text, at)
        if infix is not None and (at == first or self._holds_inside(infix, kind)):
            return infix.stop - at
        compound = self.words.compounds.longest(self.text, at)
        if compound is not None:
            return compound.stop - at
        if self._is_level(at) and (at > first or self.text.syllables[at].key != "các"):
            return 0
        if self.text.syllables[at].key == "và":
            return 0 if self._begins_body(at + 1) else 1
        if self.text.syllables[at].key in PLURAL and self.groups.begins(at):
            return 0
        if self._is_verb(at, first) or self.words.stops.longest(self.text, at):
            return 0
        return 1

    def _holds_inside(self, infix: Found, kind: str) -> bool:
        """Whether a committee's name goes on with it: '… thực hiện Chương trình …'.

        One verb alone ('vận động') does so only right after the opener.
        """
        return kind == "steering_committee" and len(infix.row["phrase"].split()) > 2

    def _begins_body(self, at: int) -> bool:
        """Whether another body's name begins here; it is not read to its end."""
        if at >= len(self.text.syllables):
            return False
        title = self.words.titles.longest(self.text, at)
        at = title.stop if title is not None else at
        if self.words.bodies.longest(self.text, at) or self.groups.begins(at):
            return True
        opener = self.words.openers.longest(self.text, at)
        if opener is None:
            return False
        refused = self.words.refused.longest(self.text, at)
        if refused is not None and refused.stop > opener.stop:
            return False
        return self.text.syllables[at].is_capital and opener.stop < len(
            self.text.syllables
        )

    def _gap_holds(self, gap: str, at: int) -> bool:
        """Whether a comma or a dash at this place still belongs to the name."""
        if gap not in (",", "-", "–", "—", "&", "/") or self._begins_body(at):
            return False
        return gap != "," or self.is_heading or self._lists_and(at)

    def _lists_and(self, at: int) -> bool:
        """Whether 'A, B và C' goes on here: 'dạy nghề, việc làm và giảm nghèo'."""
        for n in range(at, min(at + 8, len(self.text.syllables))):
            if self.text.gap(n).strip(" -–—,") and n > at:
                return False
            if self.text.syllables[n].key == "và":
                return n > at and not self._begins_body(n + 1)
            if self._is_verb(n, -1) or self.words.stops.longest(self.text, n):
                return False
        return False

    def _is_verb(self, at: int, first: int) -> bool:
        if at == first or self.text.syllables[at].is_capital:
            return False
        found = self.words.predicates.longest(self.text, at)
        return found is not None and not (self.is_heading and not found.row["note"])

    def _is_level(self, at: int) -> bool:
        return read_scope(self.text, at, self.words).stop > at


def _inner(name: str) -> str:
    """Return a name as it goes on after a title."""
    return name[:1].lower() + name[1:] if name[:4] == "Các " else name
