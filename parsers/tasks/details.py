"""What a task says of itself: role, partners, places, households and money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.numbers.quantities import Quantity, find_quantities
from parsers.records import Role
from parsers.tasks.agencies import find_bodies, read_bodies
from parsers.tasks.agency_body import Body
from parsers.tasks.body_words import WordBook, cut
from parsers.units.places import find_places
from parsers.vocabulary import Vocabulary

_OF_OTHERS = re.compile(
    r"(?:\bdo\s(?:[^\W\d_]+[,\s]+){1,8}"
    r"|(?:với|của|theo|gửi|cho|đến|tới|về)\s(?:các\s)?(?:cơ quan|đơn vị)\s)chủ trì",
    re.IGNORECASE,
)
_PLACE_KINDS = frozenset({"group", "residential"})
_OTHER_KIND = re.compile(
    r"^(?:thôn|bản|xóm|ấp|bon|buôn|làng|khóm|khu phố|khối phố|tổ dân phố|khu dân cư"
    r"|huyện|thị xã|thành phố|quận|tỉnh)\s"
)
_LEADS = re.compile(r"chủ trì", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Details:
    """The particulars of one task.

    ``households`` and ``amount_vnd`` are None where nothing, or more than one thing, is
    printed.
    """

    role: Role
    partners: tuple[str, ...]
    units: tuple[str, ...]
    households: int | None
    amount_vnd: Decimal | None


def read_details(
    text: str, bodies: tuple[Body, ...], vocabulary: Vocabulary
) -> Details:
    """Return the particulars of a task.

    Args:
        text: The task as printed, perhaps with the body's name before it.
        bodies: Whose task it is.
        vocabulary: The words known.
    """
    named = find_bodies(text, vocabulary)
    quantities = find_quantities(text, vocabulary)
    own = {body.name for body in bodies}
    partners = [n for n in find_partners(text, vocabulary) if n not in own]
    return Details(
        role=read_role(text, vocabulary),
        partners=tuple(partners),
        units=tuple(_plain_units(find_places(text, vocabulary, _named_spans(named)))),
        households=_households(text, quantities),
        amount_vnd=_amount(quantities),
    )


def _plain_units(places: tuple[str, ...]) -> Iterator[str]:
    """Yield places with their type only where the name needs it.

    A commune keeps it, since a district often has a twin of another type; so does a
    place that is only a number ('thôn 3').
    """
    for place in places:
        bare = _OTHER_KIND.sub("", place)
        yield bare if bare[:1].isupper() else place


def _named_spans(named: tuple[Body, ...]) -> Iterator[tuple[int, int]]:
    """Yield where bodies are named; a group ('các xã: A, B') is nothing but places."""
    return ((b.start, b.end) for b in named if b.kind not in _PLACE_KINDS)


def read_role(text: str, vocabulary: Vocabulary) -> Role:
    """Return lead for 'chủ trì', coordinate for 'phối hợp' alone, else responsible.

    'do các cơ quan khác chủ trì' leads nothing. 'phối hợp' counts where it is what the
    body does first, not where it is how another thing is done.
    """
    if _LEADS.search(_OF_OTHERS.sub("", text)):
        return Role.LEAD
    whole = cut(text)
    at = _after_subject(text, vocabulary)
    books = _role_words(vocabulary)
    while at < len(whole.syllables):
        if books.coordinate.longest(whole, at) is not None:
            return Role.COORDINATE
        modal = books.modal.longest(whole, at)
        if modal is None:
            break
        at = modal.stop
    return Role.RESPONSIBLE


def find_partners(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the bodies that stand after 'phối hợp với', by their names."""
    whole = cut(text)
    book = _role_words(vocabulary).partner
    names: list[str] = []
    at = 0
    while at < len(whole.syllables):
        found = book.longest(whole, at)
        if found is None or found.stop >= len(whole.syllables):
            at += 1
            continue
        start = whole.syllables[found.stop].start
        partners = read_bodies(text, vocabulary, start)
        names += [b.name for b in partners.bodies if b.name not in names]
        at = found.stop
    return tuple(names)


def _after_subject(text: str, vocabulary: Vocabulary) -> int:
    whole = cut(text)
    found = read_bodies(text, vocabulary)
    return whole.at(found.end) if found.bodies else 0


def _households(text: str, quantities: tuple[Quantity, ...]) -> int | None:
    """Return for how many households the task is; a share or a change tells nothing."""
    asides = [m.span() for m in _ASIDE.finditer(text)]
    counts = {
        int(q.value)
        for q in quantities
        if q.unit == "household"
        and q.value is not None
        and q.value == int(q.value)
        and q.change is None
        and not any(a <= q.start < b for a, b in asides)
    }
    return counts.pop() if len(counts) == 1 else None


def _amount(quantities: tuple[Quantity, ...]) -> Decimal | None:
    """Return the money per household, or else the one amount that is named."""
    money = [q for q in quantities if (q.unit or "").startswith("vnd")]
    each = {
        q.value
        for q in money
        if "household" in (q.each, (q.unit or "").removeprefix("vnd_per_"))
    }
    every = each or {q.value for q in money}
    return every.pop() if len(every) == 1 else None


@dataclass(frozen=True)
class _RoleWords:
    coordinate: WordBook
    modal: WordBook
    partner: WordBook


@lru_cache(maxsize=8)
def _role_words(vocabulary: Vocabulary) -> _RoleWords:
    rows = vocabulary.rows("task_words")

    def book(part: str) -> WordBook:
        return WordBook([r for r in rows if r["part"] == part], "phrase")

    return _RoleWords(book("coordinate"), book("modal"), book("partner"))
