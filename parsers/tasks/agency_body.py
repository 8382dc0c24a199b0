"""A body named in a text, and what its name is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.tasks.agency_scope import Scope
from parsers.tasks.body_words import Text
from parsers.text import squeeze
from parsers.vocabulary import Row

DASH = re.compile(r"\s*[-–—]\s*")
_JOINT = re.compile(r"[\s,;&/]*")


@dataclass(frozen=True, slots=True)
class Body:
    """A body named at ``text[start:end]``, which is ``raw``.

    ``name`` is its one name, ``kind`` its code and ``rule`` the vocabulary row that
    named it. ``scope`` is the level or place printed with it ('các xã'), else ''.
    """

    start: int
    end: int
    raw: str
    name: str
    kind: str
    rule: str
    scope: str = ""


def make_body(text: Text, at: int, scope: Scope, name: str, row: Row) -> Body:
    """Return the body that begins with the syllable ``at`` and ends with a scope.

    A bare level that the row says to be implied ('Phòng Y tế huyện') is left out.
    """
    start = text.syllables[at].start
    implied = {level.replace("_", " ") for level in row["levels"].split()}
    is_said = bool(scope.name) and scope.bare not in implied
    return Body(
        start=start,
        end=scope.end,
        raw=squeeze(text.raw[start : scope.end]),
        name=f"{name} {scope.name}" if is_said else name,
        kind=row["kind"],
        rule=f"agencies.csv: {row['part']} '{row['spelling']}'",
        scope=scope.name,
    )


def next_in_list(text: Text, at: int, end: int) -> int | None:
    """Return the syllable that the next body of a list begins with."""
    at = max(at, text.at(end))
    if at >= len(text.syllables):
        return None
    between = text.raw[end : text.syllables[at].start]
    if text.syllables[at].key in ("và", "cùng", "với") and not between.strip(" ,;"):
        return at + 1 if text.syllables[at].key == "và" else None
    if between.strip() and (_JOINT.fullmatch(between) or DASH.fullmatch(between)):
        return at
    return None


def tidy_name(name: str) -> str:
    """Return a name with one kind of dash and no space before a comma."""
    return re.sub(r"\s+,", ",", re.sub(r"\s*[–—]\s*|\s+-\s*|\s*-\s+", " - ", name))


def capital(name: str) -> str:
    """Return a name with its first letter as a capital."""
    return name[:1].upper() + name[1:]
