"""What a section is about, by its headings: goals, the situation, who does what.

The phrases are rows of ``sections.csv``. A heading names its topic where it begins, or
in a list of topics ('MỤC TIÊU, NHIỆM VỤ VÀ GIẢI PHÁP'); what follows a topic belongs to
it ('KẾT QUẢ THỰC HIỆN MỤC TIÊU …' is of the situation).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.model import Method
from parsers.layout.outline import Item
from parsers.layout.outline_marks import Mark
from parsers.phrases import Hit, phrase_book
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary

GOALS = "goals"
SITUATION = "situation"
ASSIGNING = "assigning"
TASKS = "tasks"
FUNDING = "funding"
LEGAL = "legal"
SCOPE = "scope"

_BEFORE = re.compile(
    r"(?:các|những|một số|về|công tác|việc|thực hiện|cụ thể|đặc điểm|phần|kết quả"
    r"|[\s:])*",
    re.IGNORECASE,
)
"""What may stand before the topic of a heading in small letters."""
_LISTED = re.compile(r"\s*(?:,|;|và|&|-|–)\s*(?:các\s+|những\s+|một số\s+)?", re.I)
_NOTHING: frozenset[str] = frozenset()


def find_topics(
    items: Sequence[Item], vocabulary: Vocabulary
) -> tuple[frozenset[str], ...]:
    """Return the topics that each item stands under, those of the nearest heading."""
    found: list[frozenset[str]] = []
    for item in items:
        own = read_topics(item, vocabulary)
        above = found[item.parent] if item.parent is not None else _NOTHING
        found.append(own or above)
    return tuple(found)


def read_topics(item: Item, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the topics that the item's own heading names, if it names any."""
    if item.heading is None or item.mark is Mark.PLAIN:
        return _NOTHING
    if item.mark >= Mark.STAR and item.runs_in:
        return _NOTHING
    book = phrase_book(vocabulary, "sections")
    hits = book.find(item.heading)
    if not hits and item.paragraph.method is Method.OCR:
        hits = book.find_lenient(item.heading)  # 'MỤC TIỂU' in a scan
    hits = tuple(hit for hit in hits if hit.row["topic"])
    if not hits:
        return _NOTHING
    opens = _BEFORE.fullmatch(item.heading, 0, hits[0].start) is not None
    if not opens and item.mark > Mark.ROMAN:
        return _NOTHING
    if _hands_on(item.heading, hits[0], vocabulary):
        return _NOTHING
    topics = {hits[0].row["topic"]}
    for last, hit in itertools.pairwise(hits):
        if not _LISTED.fullmatch(item.heading, last.end, hit.start):
            break
        topics.add(hit.row["topic"])
    return frozenset(topics)


def _hands_on(heading: str, hit: Hit, vocabulary: Vocabulary) -> bool:
    """Whether a topic's word gives a task on: 'Yêu cầu UBND các xã', no 'Yêu cầu'."""
    rest = heading[hit.end :].lstrip()
    if not rest or not (rest[0].isupper() and heading[hit.start + 1].islower()):
        return False
    return any(
        row["part"] == "request"
        and row["note"] == "hands on"
        and one_spelling(row["phrase"]) == one_spelling(hit.phrase)
        for row in vocabulary.rows("task_words")
    )
