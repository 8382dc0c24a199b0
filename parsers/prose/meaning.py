"""What a phrase speaks of: indicator, group, unit of measure, target or not.

The words come from the vocabulary: ``concepts.csv`` turns wordings into concepts,
``indicators.csv`` is read from the top and its first row whose concepts are all there
(and none of 'without') names the indicator; ``groups.csv``, ``uoms.csv`` and
``target_words.csv`` do the same for the rest. A new wording is a new row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.phrases import Hit, PhraseBook, phrase_book
from parsers.vocabulary import Vocabulary

OTHER = "other"
_SUBJECTS = frozenset(
    {
        "poor", "near_poor", "poor_and_near_poor", "multidimensional", "households",
        "population", "poor_persons", "newly_exited", "health_insurance", "credit",
        "policy_benefit", "staff_training", "hygienic_water", "clean_water",
        "paved_road", "housing_area", "model_income", "model_exit", "money",
    }
)  # fmt: skip
"""Concepts that say whom or what a figure counts; the deepest head level decides."""
_KEPT_FROM_ABOVE = frozenset(
    {
        "exit",
        "down",
        "new",
        "relapse",
        "register",
        "need",
        "cause",
        "deprived",
        "change",
    }
)
"""Concepts that hold for all columns below them, whatever those count."""
FLOWS = frozenset({"exit", "down", "new", "relapse", "register"})
_BARE_FLOWS = frozenset({"down", "new"})
_SAID = frozenset({"exit", "relapse", "register"})
NAMED = frozenset({"poor", "near_poor", "households", "population"})
"""Concepts that say whose figure it is in the first place."""
_SERVICES = frozenset({"health_insurance", "credit", "policy_benefit"})
"""Subjects that under a title of needs are what is needed."""
_OWN = _SUBJECTS | FLOWS | {"need", "cause", "deprived", "unable", "able", "change"}
"""Concepts with which a phrase speaks of something of its own."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means.

    ``uom`` is '' where neither the phrase nor the indicator says. ``is_stock`` tells
    a state (poor households) from a change or a need within a year. ``is_bare`` means
    that the phrase names no subject of its own ('Tỷ lệ', 'Số hộ'): a table's column
    then borrows that of the column it belongs to. ``rule`` names the rows used.
    """

    indicator: str
    group_code: str
    uom: str
    is_stock: bool
    is_bare: bool
    concepts: frozenset[str]
    rule: str

    @property
    def is_bare_flow(self) -> bool:
        """Whether it says how it changes and not of whom: 'giảm 747 hộ'.

        'thoát nghèo' and 'tái nghèo' say of whom.
        """
        is_change = bool(self.concepts & _BARE_FLOWS) and not self.concepts & _SAID
        is_bare = is_change or "bare" in self.concepts
        return is_bare and not self.concepts & _SUBJECTS


@dataclass(frozen=True, slots=True)
class _IndicatorRow:
    """A row of ``indicators.csv``, its concepts as sets."""

    indicator: str
    uom: str
    is_stock: bool
    needed: frozenset[str]
    without: frozenset[str]


def read_meaning(
    levels: Sequence[str],
    vocabulary: Vocabulary,
    *,
    unit: str | None = None,
    context: str = "",
) -> Meaning:
    """Return what a head path, or a clause with one figure, speaks of.

    Args:
        levels: A column's head from the top down, or the clause alone. The deepest
            level that names a subject decides; a rate or a change may stand above.
        vocabulary: The words known.
        unit: The unit printed with the figure ('percent', 'household', 'person',
            'vnd', …), if any; it tells the rate from the count.
        context: A title above, whose need or cause holds for what names no subject.

    Returns:
        The meaning; what fits no row is 'other' of group 'all'.
    """
    gathered, phrases = _concepts_of(levels, vocabulary)
    concepts = _with_unit(gathered, unit)
    if not concepts & (_OWN - _SERVICES):
        concepts |= _context_concepts(context, vocabulary)
    if unit not in (None, "household"):
        concepts -= {"need"}
    group, group_rule = _read_group(levels, concepts, vocabulary)
    concepts = _settle_context(concepts, group)
    row = next(
        (
            row
            for row in _indicator_rows(vocabulary)
            if row.needed <= concepts and not row.without & concepts
        ),
        None,
    )
    uom = find_uom(levels[-1], vocabulary) if levels else ""
    return Meaning(
        indicator=row.indicator if row else OTHER,
        group_code=group,
        uom=_settle_uom(row, uom, unit),
        is_stock=row.is_stock if row else "activity" not in concepts,
        is_bare=not concepts & _OWN,
        concepts=concepts,
        rule=_rule_text(row, group_rule, phrases),
    )


def find_concepts(text: str, vocabulary: Vocabulary) -> tuple[Hit, ...]:
    """Return the wordings of ``concepts.csv`` in the text, with their places.

    Where none is found as spelled, marks are left out of account: OCR loses them.
    """
    return _find(phrase_book(vocabulary, "concepts"), text)


def has_cause(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a title speaks of causes, so that words below it may name one."""
    return "cause" in _level_concepts(text, vocabulary)


def find_groups(text: str, vocabulary: Vocabulary) -> tuple[Hit, ...]:
    """Return the wordings of ``groups.csv`` in the text, whatever their context."""
    return _find(phrase_book(vocabulary, "groups"), text)


def find_uom(text: str, vocabulary: Vocabulary) -> str:
    """Return the unit of measure that a head or a unit line states, '' if none.

    The last one stands: 'Tỷ lệ hộ nghèo (%)' is in percent. A counted noun is one
    only in brackets or alone, since every head about households says 'hộ'.
    """
    hits = phrase_book(vocabulary, "uoms").find(text)
    stated = [hit for hit in hits if _states_unit(text, hit)]
    return stated[-1].row["uom"] if stated else ""


def has_target_word(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a head has a word that makes its figures targets ('Dự kiến', 'KH')."""
    return _has_word(text, vocabulary, "head")


def is_goal_heading(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading or title names the goal or the programme.

    Its year is that of the goal, not the time of the figures below it.
    """
    return _has_word(text, vocabulary, "heading")


def states_result(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading or title speaks of what was found or done."""
    return _has_word(text, vocabulary, "result")


def states_done(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a column's head speaks of what was found or done ('Thực hiện 2022')."""
    is_done = _has_word(text, vocabulary, "done")
    return is_done or states_result(text, vocabulary)


def _has_word(text: str, vocabulary: Vocabulary, scope: str) -> bool:
    hits = _words_book(vocabulary, scope).find(text)
    return any(hit.row["scope"] == scope for hit in hits)


@lru_cache(maxsize=16)
def _words_book(vocabulary: Vocabulary, scope: str) -> PhraseBook:
    """Return the words of a scope, and the longer ones in which they mean nothing."""
    rows = vocabulary.rows("target_words")
    return PhraseBook.of(row for row in rows if row["scope"] in (scope, "neutral"))


def _find(book: PhraseBook, text: str) -> tuple[Hit, ...]:
    return book.find(text) or book.find_lenient(text)


def _concepts_of(
    levels: Sequence[str], vocabulary: Vocabulary
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Gather concepts from the deepest level upwards until a subject is named.

    Beside them come the phrases that say them.
    """
    gathered: set[str] = set()
    phrases: list[str] = []
    has_subject = False
    for level in reversed(levels):
        hits = find_concepts(level, vocabulary)
        here = {concept for hit in hits for concept in hit.row["concepts"].split()}
        if has_subject:
            here &= _KEPT_FROM_ABOVE
        if gathered & FLOWS:
            here -= FLOWS - {"register"} | {"level", "up"}
        if {"count", "persons"} & gathered and "rate" not in gathered:
            here -= {"rate"}
        said = [h.phrase for h in hits if here & set(h.row["concepts"].split())]
        phrases = [*said, *phrases]
        gathered |= here
        has_subject = has_subject or bool(here & _SUBJECTS)
    return frozenset(gathered), tuple(dict.fromkeys(phrases))


def _level_concepts(level: str, vocabulary: Vocabulary) -> set[str]:
    hits = find_concepts(level, vocabulary)
    return {concept for hit in hits for concept in hit.row["concepts"].split()}


def _context_concepts(context: str, vocabulary: Vocabulary) -> frozenset[str]:
    if not context:
        return frozenset()
    return frozenset(_level_concepts(context, vocabulary) & {"need", "cause"})


def _with_unit(concepts: frozenset[str], unit: str | None) -> frozenset[str]:
    """Let the unit printed with a figure tell a rate from a count."""
    if unit is None:
        return concepts
    if unit == "percent":
        return concepts - {"count", "persons"} | {"rate"}
    counted = concepts - {"rate"}
    # 'Lao động được đào tạo nghề: 500 người' counts persons, but not the population.
    counts_persons = unit == "person" and bool(counted - {"activity"})
    return counted | {"persons"} if counts_persons else counted


def _read_group(
    levels: Sequence[str], concepts: frozenset[str], vocabulary: Vocabulary
) -> tuple[str, str]:
    """Return the group's code and the phrase that says it, the deepest level first."""
    for level in reversed(levels):
        for hit in find_groups(level, vocabulary):
            if hit.row["group_code"] and _group_fits(hit.row["context"], concepts):
                return hit.row["group_code"], hit.phrase
    return "all", ""


def _group_fits(context: str, concepts: frozenset[str]) -> bool:
    return not context or context in concepts


def _settle_context(concepts: frozenset[str], group: str) -> frozenset[str]:
    """Make the need or the cause that a group names a concept of the figure.

    A column of needs counts those in need, not the poor named beside it.
    """
    if group.startswith("need:"):
        return concepts - _SUBJECTS - FLOWS | {"need"}
    if group.startswith("cause:"):
        return concepts - {"need", "deprived"} | {"cause"}
    return concepts


@lru_cache(maxsize=16)
def _indicator_rows(vocabulary: Vocabulary) -> tuple[_IndicatorRow, ...]:
    return tuple(
        _IndicatorRow(
            indicator=row["indicator"],
            uom=row["uom"],
            is_stock=row["nature"] == "stock",
            needed=frozenset(row["with"].split()),
            without=frozenset(row["without"].split()),
        )
        for row in vocabulary.rows("indicators")
    )


def _settle_uom(row: _IndicatorRow | None, printed: str, unit: str | None) -> str:
    """A money unit or the figure's own unit stands; else that of the indicator."""
    if unit is not None:
        return unit
    own = row.uom if row else ""
    if own in ("percent", "household", "person"):
        return own
    return printed or own


def _rule_text(
    row: _IndicatorRow | None, group_phrase: str, phrases: Sequence[str]
) -> str:
    """Return which rows of which files gave the meaning, by their phrases."""
    named = " ".join(sorted(row.needed)) if row else "no row"
    said = ", ".join(f"'{phrase}'" for phrase in phrases)
    words = f"concepts.csv: {said}; " if said else ""
    group = f"; groups.csv: '{group_phrase}'" if group_phrase else ""
    return f"{words}indicators.csv: {named}{group}"


def _states_unit(text: str, hit: Hit) -> bool:
    """Whether a unit's word is meant as the unit: money, %, in brackets, or alone."""
    uom = hit.row["uom"]
    if uom not in ("household", "person", "commune"):
        return True
    before = text[: hit.start].rstrip()
    after = text[hit.end :].lstrip()
    in_brackets = before.endswith("(") and after.startswith(")")
    is_last = not any(c.isalpha() for c in after)
    return in_brackets or (is_last and (not before or before.endswith(":")))
