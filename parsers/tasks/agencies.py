"""Bodies: who is named in a text, under one name however it is written.

Known bodies, their fields of work and their abbreviations are rows of
``agencies.csv``; a body that is not known is recognised by the word that it opens
with ('Phòng …', 'Ban …', 'Hội …') and keeps its own printed name. A body's level
stays in its name ('Hội Nông dân huyện') unless its kind says it already ('Phòng' is
of a district), so that one body has one name in all papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.tasks.agency_body import DASH, Body, next_in_list
from parsers.tasks.agency_reader import BodyReader
from parsers.tasks.body_words import body_words, cut
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

_ASIDE = re.compile(r"\s*\([^()]{0,160}\)")
_ADDRESS = re.compile(
    r"(?:các\s+)?(?:ông|đồng chí|đ/c)\s*[,(]\s*bà\s*\)?\s*:?\s*", re.IGNORECASE
)
"""'Các ông (bà):' before the bodies whose heads are meant."""
_SHARED_SCOPE = frozenset({"people_committee", "front", "mass_organisation", "group"})


@dataclass(frozen=True, slots=True)
class BodyList:
    """The bodies that a text opens with, and where their names end."""

    bodies: tuple[Body, ...]
    end: int


def read_bodies(
    text: str, vocabulary: Vocabulary, start: int = 0, *, is_heading: bool = False
) -> BodyList:
    """Return the bodies that the text names from ``start`` on, joined or one alone.

    Args:
        text: A sentence or a heading.
        vocabulary: The words known.
        start: Where the first name must begin, apart from request words ('Đề nghị').
        is_heading: Whether the text is a name and nothing else, so that no verb can
            end the name early.

    Returns:
        No bodies, and ``start``, where the text opens with something else.
    """
    reader = BodyReader(cut(text), body_words(vocabulary), is_heading)
    return _ListReader(reader).read_list(start)


def find_bodies(text: str, vocabulary: Vocabulary) -> tuple[Body, ...]:
    """Return every body named anywhere in the text, none twice, in reading order."""
    whole = cut(text)
    reader = BodyReader(whole, body_words(vocabulary), False)
    found: list[Body] = []
    at = 0
    while at < len(whole.syllables):
        bodies, stop = reader.read_one(at)
        found += bodies
        at = max(stop, at + 1)
    return tuple(found)


class _ListReader:
    """Reads bodies that are joined into a list."""

    def __init__(self, reader: BodyReader) -> None:
        self.reader = reader
        self.text = reader.text
        self.words = reader.words

    def read_list(self, start: int) -> BodyList:
        """Read bodies joined by commas, semicolons, dashes or 'và'."""
        address = _ADDRESS.match(self.text.raw, start)
        opens = address.end() if address else start
        at = self._after_requests(self.text.at(opens))
        bodies: list[Body] = []
        end = start
        while at is not None:
            more, stop = self.reader.read_one(at)
            if not more:
                break
            bodies = self._joined(bodies, more)
            end = self._after_aside(more[-1].end)
            at = next_in_list(self.text, stop, end)
        return BodyList(tuple(_share_scopes(bodies, self.text.raw)), end)

    def _after_requests(self, at: int) -> int | None:
        while at < len(self.text.syllables):
            found = self.words.requests.longest(self.text, at)
            if found is None or found.stop >= len(self.text.syllables):
                return at
            at = found.stop
        return None

    def _after_aside(self, end: int) -> int:
        aside = _ASIDE.match(self.text.raw, end)
        return aside.end() if aside else end

    def _joined(self, bodies: list[Body], more: tuple[Body, ...]) -> list[Body]:
        """Add bodies; two with a dash between are one ('Ban Văn hóa - Đài …')."""
        if bodies and DASH.fullmatch(self.text.raw, bodies[-1].end, more[0].start):
            last, first = bodies[-1], more[0]
            one = replace(
                last,
                end=first.end,
                raw=squeeze(self.text.raw[last.start : first.end]),
                name=f"{last.name} - {first.name}",
            )
            return [*bodies[:-1], one, *more[1:]]
        return [*bodies, *more]


def _share_scopes(bodies: list[Body], text: str) -> Iterator[Body]:
    """Give 'UBND' in 'UBND và MTTQ các xã' the scope of the body it is joined with."""
    for n, body in enumerate(bodies):
        following = bodies[n + 1] if n + 1 < len(bodies) else None
        between = text[body.end : following.start].strip() if following else ""
        shared = (
            following is not None
            and following.scope
            and not body.scope
            and between == "và"
            and {body.kind, following.kind} <= _SHARED_SCOPE
            and body.kind != "group"
        )
        if shared and following is not None:
            yield replace(
                body, name=f"{body.name} {following.scope}", scope=following.scope
            )
        else:
            yield body
