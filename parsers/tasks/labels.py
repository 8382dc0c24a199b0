"""Tasks whose bodies stand behind labels: 'Cơ quan chủ trì: …; phối hợp: …'.

Provincial plans often print a measure first and then, in lines of their own or at its
end, who leads it, who helps and by when. The measure is the task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.layout.outline import Item
from parsers.layout.outline_marks import Mark
from parsers.records import Role
from parsers.tasks.agencies import read_bodies
from parsers.tasks.agency_body import Body
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary

_SHORT = 15
"""Letters of a measure at least; less before a label is only a bullet's name."""
_PART = "label_"
_TIME = "time"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A task, ``item.paragraph.text[start:end]``, with what its labels say."""

    item: Item
    start: int
    end: int
    bodies: tuple[Body, ...]
    role: Role
    partners: tuple[str, ...]
    due: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The tasks found at an item by its index; none where an item only adds to one."""

    items: Mapping[int, tuple[Labelled, ...]]


@dataclass(frozen=True, slots=True)
class _Label:
    """A label and its content at ``text[start:end]`` of the paragraph."""

    kind: str
    begin: int
    start: int
    end: int


def read_labels(items: Sequence[Item], vocabulary: Vocabulary) -> Labels:
    """Return the tasks that labels hand out."""
    labels = {i.index: tuple(_labels(i, vocabulary)) for i in items}
    found: dict[int, tuple[Labelled, ...]] = {}
    for item in items:
        lead = _lead(item, labels[item.index], vocabulary)
        if lead is None:
            continue
        role, bodies = lead
        followers = list(_followers(items, item, labels))
        said = [(item, label) for label in labels[item.index]]
        said += [(i, label) for i in followers for label in labels[i.index]]
        partners = tuple(
            body.name
            for i, label in said
            if label.kind == Role.COORDINATE
            for body in _bodies(i, label, vocabulary)
        )
        due = " ".join(_content(i, la) for i, la in said if la.kind == _TIME)
        found[item.index] = tuple(
            Labelled(task, start, end, bodies, role, partners, due)
            for task, start, end in _measures(items, item, labels)
        )
        found.update({i.index: () for i in followers})
    return Labels(found)


def _lead(
    item: Item, labels: Sequence[_Label], vocabulary: Vocabulary
) -> tuple[Role, tuple[Body, ...]] | None:
    """Return who is to do it: the first label of a lead that names bodies."""
    for label in labels:
        if label.kind in (Role.LEAD, Role.RESPONSIBLE):
            bodies = _bodies(item, label, vocabulary)
            if bodies:
                return Role(label.kind), bodies
    return None


def _bodies(item: Item, label: _Label, vocabulary: Vocabulary) -> tuple[Body, ...]:
    text = item.paragraph.text[: label.end]
    return read_bodies(text, vocabulary, label.start, is_heading=True).bodies


def _content(item: Item, label: _Label) -> str:
    return item.paragraph.text[label.start : label.end]


def _followers(
    items: Sequence[Item], item: Item, labels: Mapping[int, Sequence[_Label]]
) -> Iterator[Item]:
    """Yield the lines right below that only add partners or the time."""
    for other in items[item.index + 1 :]:
        kinds = {label.kind for label in labels[other.index]}
        if other.parent != item.parent or not kinds:
            return
        if not kinds <= {Role.COORDINATE, _TIME}:
            return
        yield other


def _measures(
    items: Sequence[Item], item: Item, labels: Mapping[int, Sequence[_Label]]
) -> Iterator[tuple[Item, int, int]]:
    """Yield what is to be done: before the label, else above it, else the heading."""
    first = labels[item.index][0]
    if first.begin - item.start >= _SHORT:
        yield item, item.start, first.begin
        return
    above: list[Item] = []
    for other in reversed(items[: item.index]):
        if other.parent != item.parent or labels[other.index]:
            break
        above.append(other)
    if above:
        for other in reversed(above):
            yield other, other.start, len(other.paragraph.text)
    elif item.parent is not None and items[item.parent].mark > Mark.ROMAN:
        parent = items[item.parent]
        yield parent, parent.start, len(parent.paragraph.text)


def _labels(item: Item, vocabulary: Vocabulary) -> Iterator[_Label]:
    pattern, kinds = _pattern(vocabulary)
    text = item.paragraph.text
    matches = [m for m in pattern.finditer(text, item.start) if m.end() < len(text)]
    for n, match in enumerate(matches):
        end = matches[n + 1].start() if n + 1 < len(matches) else len(text)
        kind = kinds[" ".join(one_spelling(match["label"]).split())]
        yield _Label(kind, match.start(), match.end(), end)


@lru_cache(maxsize=8)
def _pattern(vocabulary: Vocabulary) -> tuple[re.Pattern[str], Mapping[str, str]]:
    kinds = {
        one_spelling(row["phrase"]): row["part"].removeprefix(_PART)
        for row in vocabulary.rows("task_words")
        if row["part"].startswith(_PART)
    }
    phrases = sorted(kinds, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, p.split())) for p in phrases)
    pattern = rf"(?:(?<=^)|(?<=[.;(,–-])|(?<=[-–+*•]\s))\s*(?P<label>{either})\s?:\s*"
    return re.compile(pattern, re.IGNORECASE), kinds
