"""Tasks: which body has to do what, by when, for whom (the contract, v_assignment)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.dates.deadlines import find_deadlines, find_recurrence
from parsers.layout.outline import Item
from parsers.layout.outline_marks import Mark
from parsers.phrases import PhraseBook
from parsers.prose.sections import (
    ASSIGNING,
    GOALS,
    LEGAL,
    SCOPE,
    SITUATION,
    find_topics,
)
from parsers.records import Assignment, Source
from parsers.sentences import Span, split_sentences
from parsers.tasks.agency_body import Body
from parsers.tasks.body_words import WordBook, cut
from parsers.tasks.details import read_details
from parsers.tasks.labels import Labelled, read_labels
from parsers.tasks.subjects import (
    Form,
    Subject,
    hands_on,
    is_same_body,
    opens_assigning,
    read_sentence_subject,
    read_subject,
    read_unknown_body,
)
from parsers.text import squeeze
from parsers.vocabulary import Vocabulary

_NO_TASKS = frozenset({GOALS, SITUATION, LEGAL, SCOPE})
_LEAD_IN_LENGTH = 300
_RECIPIENTS = re.compile(r"n[oơ]i\s*nh[aâ][nậ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose tasks an item and what hangs on it are, and the section that says so."""

    bodies: tuple[Body, ...]
    section: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of an item's paragraph that is one task of its owner."""

    item: Item
    owner: _Owner
    start: int
    end: int
    how: str
    label: Labelled | None = None


def parse_assignments(
    items: Sequence[Item], document: int, vocabulary: Vocabulary
) -> tuple[Assignment, ...]:
    """Return the tasks that a document gives to bodies, in reading order.

    Args:
        items: The outline of the document's body.
        document: The document's ordinal in its file.
        vocabulary: Its ``agencies``, ``task_words`` and ``sections``.

    Returns:
        One row a task and body: a task given to two bodies is two rows, each with the
        other among its partners. Goals and the situation hold no tasks.
    """
    finder = _Finder(items, vocabulary)
    found: list[Assignment] = []
    for item in finder.items:
        for stretch in finder.stretches(item):
            found += _assignments(stretch, document, len(found), vocabulary)
    return tuple(found)


class _Finder:
    """Goes through the outline and says what of it is whose task."""

    def __init__(self, items: Sequence[Item], vocabulary: Vocabulary) -> None:
        self.items = items
        self.vocabulary = vocabulary
        self._topics = find_topics(items, vocabulary)
        self._owners: dict[int, _Owner | None] = {}
        self._last_marked = max(
            (i.index for i in items if i.mark is not Mark.PLAIN), default=-1
        )
        self._labels = read_labels(items, vocabulary)

    def stretches(self, item: Item) -> Iterator[_Stretch]:
        """Yield the tasks that the item holds, and note its owner for what follows."""
        inherited = self._inherited(item)
        self._owners[item.index] = inherited
        if not self._may_hold_tasks(item):
            return
        if item.index in self._labels.items:
            yield from self._labelled(item)
            return
        subject = self._subject(item, inherited)
        owner = inherited
        if subject is not None:
            owner = self._own(item, subject.bodies, inherited)
            self._owners[item.index] = owner
        yield from self._tasks(item, subject, owner)

    def _may_hold_tasks(self, item: Item) -> bool:
        topics = self._topics[item.index]
        if item.section == "" or (topics and topics <= _NO_TASKS):
            return False
        return not _RECIPIENTS.match(item.text) and not self._is_note(item)

    def _is_note(self, item: Item) -> bool:
        """Whether a text only points elsewhere: '(Chi tiết tại Phụ lục kèm theo)'."""
        text = item.text.strip(" .;/")
        if text[:1] == "(" and text[-1:] == ")" and "(" not in text[1:]:
            return True
        opens = _book(self.vocabulary, "note").longest(cut(item.text), 0)
        return opens is not None and item.mark is Mark.PLAIN

    def _inherited(self, item: Item) -> _Owner | None:
        if item.parent is None or self._is_closing(item):
            return None
        return self._owners.get(item.parent)

    def _is_closing(self, item: Item) -> bool:
        """Whether the paragraph ends the whole paper and no longer the last item."""
        if item.mark is not Mark.PLAIN or item.index < self._last_marked:
            return False
        return _book(self.vocabulary, "closing").longest(cut(item.text), 0) is not None

    def _subject(self, item: Item, inherited: _Owner | None) -> Subject | None:
        text = item.paragraph.text
        if inherited and opens_assigning(text, item.start, self.vocabulary):
            return None
        is_assigning = ASSIGNING in self._topics[item.index]
        subject = read_subject(
            text, item.start, self.vocabulary, is_assigning=is_assigning
        )
        if subject is None:
            first = next(iter(split_sentences(text, item.start)), (item.start, 0))
            subject = read_sentence_subject(
                text[: first[1]], item.start, self.vocabulary
            )
            if subject is not None and subject.form is not Form.VERB:
                return None
        if subject is None and inherited is None:
            return self._after_topic(item, is_assigning) or (
                self._unknown_body(item) if is_assigning else None
            )
        return subject

    def _after_topic(self, item: Item, is_assigning: bool) -> Subject | None:
        """Return who is named after a topic: 'Kinh phí: Giao Phòng Tài chính …'."""
        text = item.paragraph.text
        if not item.runs_in:
            return None
        if not is_assigning and not hands_on(text, item.body_start, self.vocabulary):
            return None
        first = next(iter(split_sentences(text, item.body_start)), None)
        if first is None:
            return None
        said = read_sentence_subject(text[: first[1]], first[0], self.vocabulary)
        is_sentence = said is not None and said.form is Form.VERB
        return said if is_sentence else None

    def _unknown_body(self, item: Item) -> Subject | None:
        """Return whom nobody listed but the item's own place says to be a body.

        In a section that hands out tasks '* Già làng, người có uy tín: Vận động …' is
        a task, whoever it is for.
        """
        if item.mark is Mark.PLAIN or item.mark <= Mark.ARTICLE or not item.heading:
            return None
        if not item.runs_in and not self._has_children(item):
            return None
        return read_unknown_body(
            item.paragraph.text,
            item.start,
            item.heading,
            item.body_start,
            self.vocabulary,
        )

    def _own(
        self, item: Item, bodies: tuple[Body, ...], inherited: _Owner | None
    ) -> _Owner:
        """Return the owner of a text with a subject of its own."""
        if inherited is not None and is_same_body(bodies, inherited.bodies):
            if len(bodies) >= len(inherited.bodies):
                return inherited
            same = tuple(b for b in inherited.bodies if is_same_body((b,), bodies))
            return _Owner(same or bodies, inherited.section)
        return _Owner(bodies, item.section)

    # --- the tasks of one item --------------------------------------------------

    def _tasks(
        self, item: Item, subject: Subject | None, owner: _Owner | None
    ) -> Iterator[_Stretch]:
        if subject is not None and subject.form is Form.NAMES_ONLY:
            return
        if subject is None and self._is_only_heading(item):
            return
        start = item.start
        if subject is not None and subject.form is Form.COLON:
            start = subject.task_start
        how = subject.form.value if subject is not None else "inherited"
        for stretch in self._by_sentence(item, owner, start, how):
            text = item.paragraph.text[stretch.start : stretch.end]
            if not self._is_lead_in(item, text):
                yield stretch

    def _by_sentence(
        self, item: Item, owner: _Owner | None, start: int, how: str
    ) -> Iterator[_Stretch]:
        """Yield runs of sentences that are about one owner."""
        text = item.paragraph.text
        current, begin, end, why = owner, start, start, how
        for n, sentence in enumerate(split_sentences(text, start)):
            other = self._other_owner(item, sentence, current, owner) if n else None
            if other is not None:
                yield from self._stretch(item, current, begin, end, why)
                current, begin, why = other, sentence[0], "sentence of another body"
            end = sentence[1]
        yield from self._stretch(item, current, begin, end, why)

    def _stretch(
        self, item: Item, owner: _Owner | None, start: int, end: int, how: str
    ) -> Iterator[_Stretch]:
        if owner is not None and item.paragraph.text[start:end].strip(" .:;/"):
            yield _Stretch(item, owner, start, end, how)

    def _other_owner(
        self, item: Item, span: Span, current: _Owner | None, first: _Owner | None
    ) -> _Owner | None:
        """Return the owner of a sentence that is about another body than before."""
        text = item.paragraph.text[: span[1]]
        subject = read_sentence_subject(text, span[0], self.vocabulary)
        if subject is None or subject.form is Form.NAMES_ONLY:
            return None
        if current is not None and is_same_body(subject.bodies, current.bodies):
            return None
        return self._own(item, subject.bodies, first)

    def _is_only_heading(self, item: Item) -> bool:
        """Whether an item without a body of its own is a title and no task."""
        if item.heading is None or item.runs_in or not self._has_children(item):
            return False
        if item.mark <= Mark.ARTICLE:
            return True
        whole = cut(item.text)
        return _book(self.vocabulary, "predicate").longest(whole, 0) is None

    def _is_lead_in(self, item: Item, text: str) -> bool:
        """Whether the text only leads to the list below it: '… như sau:'."""
        if not text.rstrip().endswith(":") or len(text) > _LEAD_IN_LENGTH:
            return False
        if item.mark is not Mark.PLAIN and not self._has_children(item):
            return False
        hits = _lead_ins(self.vocabulary).find(text)
        return bool(hits) and not squeeze(text)[hits[-1].end :].strip(" :")

    def _has_children(self, item: Item) -> bool:
        after = item.index + 1
        return after < len(self.items) and self.items[after].parent == item.index

    # --- 'Cơ quan chủ trì: …' -----------------------------------------------------

    def _labelled(self, item: Item) -> Iterator[_Stretch]:
        for task in self._labels.items[item.index]:
            owner = _Owner(task.bodies, task.item.section)
            yield _Stretch(
                task.item, owner, task.start, task.end, "behind a label", task
            )


def _assignments(
    stretch: _Stretch, document: int, count: int, vocabulary: Vocabulary
) -> Iterator[Assignment]:
    """Yield one record for each body of the task."""
    bodies = stretch.owner.bodies
    text = squeeze(stretch.item.paragraph.text[stretch.start : stretch.end])
    text = text.rstrip(" (") if stretch.label else text
    details = read_details(text, bodies, vocabulary)
    label = stretch.label
    said = f"{text} {label.due}" if label else text
    due = find_deadlines(said, vocabulary)
    for n, body in enumerate(bodies):
        others = tuple(b.name for b in bodies if b is not body)
        partners = (*others, *(label.partners if label else ()), *details.partners)
        yield Assignment(
            document=document,
            section=stretch.owner.section,
            ordinal=count + n + 1,
            agency=body.name,
            agency_kind=body.kind,
            agency_raw=body.raw,
            role=label.role if label else details.role,
            task=text,
            source=_source(stretch, body),
            partners=tuple(dict.fromkeys(partners)),
            units=details.units,
            households=details.households,
            amount_vnd=details.amount_vnd,
            deadlines=due.dates,
            deadline_text=due.text,
            recurrence=find_recurrence(said, vocabulary),
        )


def _source(stretch: _Stretch, body: Body) -> Source:
    paragraph = stretch.item.paragraph
    place = paragraph.place(stretch.start, stretch.end)
    return Source(
        page_no=place.page_no,
        box=place.box,
        raw_text=paragraph.text[stretch.start : stretch.end],
        method=place.method,
        confidence=place.confidence,
        rule=f"task {stretch.how}; {body.rule}",
    )


@lru_cache(maxsize=32)
def _book(vocabulary: Vocabulary, part: str) -> WordBook:
    rows = [r for r in vocabulary.rows("task_words") if r["part"] == part]
    return WordBook(rows, "phrase")


@lru_cache(maxsize=8)
def _lead_ins(vocabulary: Vocabulary) -> PhraseBook:
    rows = vocabulary.rows("task_words")
    return PhraseBook.of(row for row in rows if row["part"] == "lead_in")
