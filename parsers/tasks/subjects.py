"""Whose task a text is: the body that it opens with or that a sentence is about.

The contract: an item that names only a body gives its bullets to that body; a text
that runs on after the body's name ('1. Trạm Y tế: …', 'Phòng Y tế chủ trì …') is its
task; a sentence whose subject is another body is a task of that body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from parsers.tasks.agencies import read_bodies
from parsers.tasks.agency_body import Body
from parsers.tasks.body_words import WordBook, body_words, cut
from parsers.text import one_spelling, squeeze
from parsers.vocabulary import Vocabulary

_HEADING_REACH = 260
_ADVERBIAL_REACH = 400
_MOST_COMMAS = 8
_LONGEST_UNKNOWN = 16
"""Syllables of the longest name that is believed though nobody listed it."""
_ENDS_NAME = re.compile(r"\s*[.;:,]*\s*$")
_COLON = re.compile(r"\s*(?:[:.]|[-–—](?=\s))\s*")
_SMALL_STOP = re.compile(r"\s*[,;]?\s*")
_PLACE_NOUNS = re.compile(
    r"(?:các|từng|mỗi|cấp|địa phương|xã|phường|thị trấn|đặc khu|huyện|thị xã"
    r"|thành phố|quận|và|trên địa bàn|tỉnh|[,\s])+"
)
_TWO_SYLLABLES = re.compile(r"\b(thị|thành|đặc) (xã|trấn|phố|khu)\b")
_SCOPE_FILLERS = re.compile(r"\b(?:các|từng|mỗi|những|cấp|\d+)\b|[,\s]+")


class Form(Enum):
    """How a body's name and its task stand together."""

    NAMES_ONLY = "names only"
    COLON = "after a colon"
    VERB = "subject and verb"


@dataclass(frozen=True, slots=True)
class Subject:
    """The bodies that a text is about and where the task itself begins."""

    bodies: tuple[Body, ...]
    form: Form
    task_start: int


def read_subject(
    text: str, start: int, vocabulary: Vocabulary, *, is_assigning: bool
) -> Subject | None:
    """Return the bodies that the text opens with at ``start``, if they are its subject.

    Args:
        text: The text up to the end of the sentence or paragraph.
        start: Where the sentence begins.
        vocabulary: The words known.
        is_assigning: Whether the section hands out tasks, so that a body may stand
            before a verb that is not known.
    """
    heading, subject = (
        _read_subject(text, start, vocabulary, is_heading)
        for is_heading in (True, False)
    )
    has_verb = subject is not None and subject.form is Form.VERB
    if heading is not None and heading.form is not Form.VERB:
        # A free name takes in every word; with a verb and a full stop it is a sentence.
        is_name = heading.form is Form.NAMES_ONLY
        if not (is_name and has_verb and text.rstrip().endswith(".")):
            return heading
    if subject is not None:
        return _given_on(text, subject, vocabulary)
    return _loose_subject(text, start, vocabulary) if is_assigning else None


def read_sentence_subject(
    text: str, start: int, vocabulary: Vocabulary
) -> Subject | None:
    """Return the subject of a sentence, also after a clause that stands before it.

    'Trên cơ sở đề nghị của UBND xã, UBND huyện giao chỉ tiêu …' is about UBND huyện.
    """
    subject = _read_subject(text, start, vocabulary, False)
    if subject is not None:
        return _given_on(text, subject, vocabulary)
    for place in _after_adverbial(text, start, vocabulary):
        subject = _read_subject(text, place, vocabulary, False)
        if subject is not None and subject.form is Form.VERB:
            return _given_on(text, subject, vocabulary)
    return None


def read_unknown_body(
    text: str, start: int, heading: str, body_start: int, vocabulary: Vocabulary
) -> Subject | None:
    """Return the heading of an item as a body, unless its words are those of a topic.

    Args:
        text: The paragraph.
        start: Where its words begin after the mark.
        heading: Its heading, a name if it is short and begins with no verb.
        body_start: Where the words after the heading begin.
        vocabulary: The words known.
    """
    whole = cut(heading)
    count = len(whole.syllables)
    if not 1 < count <= _LONGEST_UNKNOWN or not whole.syllables[0].is_capital:
        return None
    if any(s.text.isdigit() for s in whole.syllables):
        return None
    words = body_words(vocabulary)
    if words.predicates.longest(whole, 0) or words.requests.longest(whole, 0):
        return None
    if _topics(vocabulary).longest(whole, 0) or _adverbials(vocabulary).longest(
        whole, 0
    ):
        return None
    name = squeeze(heading)
    end = start + len(heading)
    body = Body(start, end, name, name, "other", "named before a colon")
    if body_start >= len(text):
        return Subject((body,), Form.NAMES_ONLY, len(text))
    return Subject((body,), Form.COLON, body_start)


def is_same_body(one: tuple[Body, ...], other: tuple[Body, ...]) -> bool:
    """Whether every body of a sentence is one that the item speaks of already.

    'Các xã, phường' under 'UBND các xã, phường' is that committee; a body without its
    level is the one with it.
    """
    return all(any(_is_same(a, b) for b in other) for a in one)


def _is_same(one: Body, other: Body) -> bool:
    if other.kind == "people_committee" and _is_places(one):
        return True
    if _base(one) != _base(other):
        return False
    mine, others = _level_words(one.scope), _level_words(other.scope)
    return not mine or not others or mine <= others


def _is_places(body: Body) -> bool:
    """Whether a group is nothing but the places whose committee is meant."""
    return body.kind == "group" and bool(
        _PLACE_NOUNS.fullmatch(one_spelling(body.name))
    )


def _base(body: Body) -> str:
    return one_spelling(body.name.removesuffix(body.scope).strip())


def _level_words(scope: str) -> frozenset[str]:
    """Return the levels and places of a scope, each as one word."""
    plain = _SCOPE_FILLERS.sub(" ", one_spelling(scope))
    return frozenset(_TWO_SYLLABLES.sub(r"\1_\2", plain).split())


def _read_subject(
    text: str, start: int, vocabulary: Vocabulary, is_heading: bool
) -> Subject | None:
    reach = text if not is_heading else text[: start + _HEADING_REACH]
    found = read_bodies(reach, vocabulary, start, is_heading=is_heading)
    if not found.bodies:
        return None
    is_sentence = _hands_on(text, start, found.bodies[0], vocabulary) and (
        text[found.end : found.end + 1] == "."
    )
    if is_sentence:
        return None
    if _ENDS_NAME.match(text, found.end):
        return Subject(found.bodies, Form.NAMES_ONLY, len(text))
    colon = _COLON.match(text, found.end)
    if colon is not None:
        return Subject(found.bodies, Form.COLON, colon.end())
    if is_heading or not _verb_follows(text, found.end, vocabulary):
        return None
    return Subject(found.bodies, Form.VERB, start)


def opens_assigning(text: str, start: int, vocabulary: Vocabulary) -> bool:
    """Whether a text opens with 'Phân công', which the body above does itself."""
    return _request_note(text, start, vocabulary) == "assigns"


def hands_on(text: str, start: int, vocabulary: Vocabulary) -> bool:
    """Whether a text opens with 'Giao', so that a task follows in any section."""
    return _request_note(text, start, vocabulary) == "hands on"


def _request_note(text: str, start: int, vocabulary: Vocabulary) -> str:
    whole = cut(text)
    found = body_words(vocabulary).requests.longest(whole, whole.at(start))
    return found.row["note"] if found is not None else ""


def _hands_on(text: str, start: int, body: Body, vocabulary: Vocabulary) -> bool:
    """Whether a verb stands before the body: 'Phân công các thành viên phụ trách.'."""
    return body.start > start and bool(_request_note(text, start, vocabulary))


def _verb_follows(text: str, end: int, vocabulary: Vocabulary) -> bool:
    gap = _SMALL_STOP.match(text, end)
    place = gap.end() if gap else end
    whole = cut(text)
    at = whole.at(place)
    if at >= len(whole.syllables) or whole.syllables[at].start != place:
        return False
    return body_words(vocabulary).predicates.longest(whole, at) is not None


def _loose_subject(text: str, start: int, vocabulary: Vocabulary) -> Subject | None:
    """Return a body before a verb that nobody listed, where tasks are handed out."""
    found = read_bodies(text, vocabulary, start)
    if not found.bodies or "free" in found.bodies[-1].rule:
        return None
    after = text[found.end : found.end + 2]
    if not after.strip() or not after.strip()[0].islower():
        return None
    return Subject(found.bodies, Form.VERB, start)


def _given_on(text: str, subject: Subject, vocabulary: Vocabulary) -> Subject:
    """Return to whom the task is given on: 'UBND tỉnh giao Sở Y tế chủ trì …'."""
    if subject.form is not Form.VERB:
        return subject
    whole = cut(text)
    at = whole.at(subject.bodies[-1].end)
    found = body_words(vocabulary).requests.longest(whole, at)
    if found is None or found.stop >= len(whole.syllables):
        return subject
    place = whole.syllables[found.stop].start
    inner = _read_subject(text, place, vocabulary, False)
    if inner is None or inner.form is Form.NAMES_ONLY:
        return subject
    return Subject(inner.bodies, inner.form, subject.task_start)


def _after_adverbial(text: str, start: int, vocabulary: Vocabulary) -> list[int]:
    """Return the places where a subject may stand after a clause before it."""
    whole = cut(text)
    at = whole.at(start)
    found = _adverbials(vocabulary).longest(whole, at)
    if found is None or found.stop >= len(whole.syllables):
        return []
    places = [whole.syllables[found.stop].start]
    clause = re.split(r"\sthì\s", text[start : start + _ADVERBIAL_REACH])[0]
    for comma in re.finditer(r"[,:]\s+", clause):
        if len(places) > _MOST_COMMAS:
            break
        places.append(start + comma.end())
    return places


@lru_cache(maxsize=8)
def _topics(vocabulary: Vocabulary) -> WordBook:
    rows = [r for r in vocabulary.rows("task_words") if r["part"] == "topic"]
    return WordBook(rows, "phrase")


@lru_cache(maxsize=8)
def _adverbials(vocabulary: Vocabulary) -> WordBook:
    rows = [r for r in vocabulary.rows("task_words") if r["part"] == "adverbial"]
    return WordBook(rows, "phrase")
