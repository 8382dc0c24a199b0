"""What stands around a sentence: its time, the area it speaks of, its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parsers.dates.times import TimeMention, find_times
from parsers.layout.outline import Item, ancestors
from parsers.layout.outline_marks import Mark
from parsers.prose.meaning import is_goal_heading, states_result
from parsers.prose.sections import GOALS, SITUATION
from parsers.vocabulary import Vocabulary

_LEAD_LENGTH = 400


def leading_items(items: Sequence[Item], item: Item) -> Iterator[Item]:
    """Yield what leads to an item, the nearest first: its list's first words, headings.

    A paragraph that ends with a colon leads the bullets after it, though it stands
    beside them. A text that says something of its own leads to nothing.
    """
    yield from _lead_beside(items, item)
    for above in ancestors(items, item):
        if above.heading is not None or _ends_open(above):
            yield above
        yield from _lead_beside(items, above)


def _lead_beside(items: Sequence[Item], item: Item) -> Iterator[Item]:
    """Yield the paragraph 'Cụ thể như sau:' above a list that the item is part of."""
    if item.mark < Mark.LETTER:
        return
    for other in reversed(items[: item.index]):
        if other.index == item.parent:
            return
        if other.parent == item.parent and other.mark is Mark.PLAIN:
            if item.mark is not Mark.PLAIN and _ends_open(other):
                yield other
            return


def _ends_open(item: Item) -> bool:
    return item.text.rstrip().endswith(":")


def leading_words(lead: Item) -> str:
    """Return the words of a lead that speak of what is below it."""
    if _ends_open(lead):
        return lead.text[-_LEAD_LENGTH:]
    return lead.heading or ""


def list_words(leads: Iterable[Item]) -> tuple[str, ...]:
    """Return the words that lead a list, the widest first, headings left out.

    A heading ('TÌNH HÌNH HỘ NGHÈO') does not say whom each figure below it counts.
    """
    found: list[str] = []
    for lead in leads:
        if lead.mark < Mark.STAR:
            break
        found.append(leading_words(lead))
    return tuple(reversed(found))


def nearest_title(leads: Iterable[Item]) -> str:
    """Return the nearest heading above."""
    return next((lead.heading or "" for lead in leads if lead.mark < Mark.STAR), "")


def is_plain_goal(item: Item, vocabulary: Vocabulary) -> bool:
    """Whether a heading names the goal, so that its year is no time of the figures."""
    if item.mark is Mark.PLAIN or item.mark >= Mark.STAR:
        return False
    heading = item.heading or ""
    return is_goal_heading(heading, vocabulary) and not states_result(
        heading, vocabulary
    )


def find_context_time(
    leads: Iterable[Item],
    topics: Sequence[frozenset[str]],
    period: tuple[int | None, int | None],
    vocabulary: Vocabulary,
) -> TimeMention | None:
    """Return the time that the nearest leading words state, None if none does.

    Args:
        leads: What leads to the figures, the nearest first.
        topics: What each item stands under. Of a heading in a section that tells what
            was found the year is that of the figures, though it name a programme.
        period: The years planned for. Where they are several, a goals heading tells
            which of them ('PHƯƠNG HƯỚNG NĂM 2024' of a report on 2023).
        vocabulary: The words known.
    """
    for lead in leads:
        about = topics[lead.index]
        is_report = SITUATION in about and GOALS not in about
        if not is_report and is_plain_goal(lead, vocabulary):
            one = _one_year(lead, period, vocabulary)
            if one is not None:
                return one
            continue
        words = leading_words(lead)
        dated = [m for m in find_times(words, vocabulary) if m.year is not None]
        if dated:
            return dated[-1]
    return None


def _one_year(
    lead: Item, period: tuple[int | None, int | None], vocabulary: Vocabulary
) -> TimeMention | None:
    """Return the one year of several planned ones that a main heading is about.

    The first of them tells nothing: the contract takes 'MỤC TIÊU NĂM 2021' of a plan
    for 2021 to 2025 for the goal's name. A year after all of them is the outlook of a
    report: 'PHƯƠNG HƯỚNG NĂM 2024' of one on 2023.
    """
    first, last = period
    if first is None or last is None:
        return None
    dated = [m for m in find_times(lead.heading or "", vocabulary) if m.year]
    if len(dated) != 1 or dated[0].year_to is not None or dated[0].as_of is not None:
        return None
    year = dated[0].year or 0
    is_one_of = first < year <= last and lead.mark <= Mark.ROMAN
    return dated[0] if is_one_of or year > last else None
