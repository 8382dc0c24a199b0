"""The words around a figure, compiled from the vocabulary.

Every pattern is bounded or possessive: a text of any length is read in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.dates.patterns import LOOKALIKES
from parsers.numbers.conventions import Kind
from parsers.records import Comparator
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary

HIDDEN = "\ufffc"
"""Stands in for each letter that belongs to a date, a paper's number, a label."""
SAID = "\ufffb"
"""Stands in for each letter of a number's word form in brackets."""

FIGURE = r"(?:\d{1,3}(?: \d{3})+(?![\d])(?:[.,]\d+)*|\d+(?:[.,]\d+)*)"

_NUMBER_LIST = (
    r"\d+(?:[.,]\d+)*[a-zđ]?(?!\w)"
    r"(?:\s?(?:,|;|và|-|–|đến|/)\s?\d+[a-zđ]?(?![\w%]|[.,]\d))*"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its code, what its figures are, and its size in that code."""

    code: str
    kind: Kind | str
    factor: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """What the quantities are matched with; all patterns are of one spelling.

    ``tail`` is what follows a figure (scales, unit, per); ``before`` the comparator
    that ends right at a figure; ``after`` one that follows; ``counts_over`` and
    ``happens_on`` a 'trên' that is more than so many places, or in them; ``labels`` a
    word whose number is a name.
    """

    units: Mapping[str, Unit]
    scales: Mapping[str, Decimal]
    pers: Mapping[str, tuple[str, str]]
    comparators: Mapping[str, Comparator]
    changes: Mapping[str, str]
    no_nouns: frozenset[str]
    averages: Mapping[str, tuple[str, str]]
    tail: re.Pattern[str]
    late_per: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    counts_over: re.Pattern[str]
    happens_on: re.Pattern[str]
    labels: re.Pattern[str]
    bare_labels: re.Pattern[str]
    known_unit: re.Pattern[str]
    compound: re.Pattern[str]
    change_words: re.Pattern[str]
    words: re.Pattern[str]
    label_end: re.Pattern[str]
    average_words: re.Pattern[str]


def key(phrase: str) -> str:
    """Return a phrase as the grammar's tables spell it."""
    return one_spelling(phrase.translate(LOOKALIKES))


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for whole phrases, the longest first, spaces as printed."""
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    return "|".join(
        r"\s+".join(map(re.escape, p.split())) + (r"(?!\w)" if p[-1].isalnum() else "")
        for p in ordered
    )


@lru_cache(maxsize=8)
def compile_grammar(vocabulary: Vocabulary) -> Grammar:
    """Return the grammar of a vocabulary."""
    number_rows = vocabulary.rows("number_words")
    numbers = any_of(row["word"] for row in number_rows)
    changes = _phrases(vocabulary, "changes")
    averages = _phrases(vocabulary, "averages")
    no_time = r"đầu|người|hộ|(?:mỗi|một|1)\s(?!năm|quý|tháng)"
    return Grammar(
        units={
            key(row["phrase"]): Unit(row["unit"], row["kind"], Decimal(row["factor"]))
            for row in vocabulary.rows("units_of_measure")
        },
        scales={
            key(row["word"]): Decimal(row["value"])
            for row in number_rows
            if row["role"] == "scale"
        },
        pers=_pairs(vocabulary, "per_units", "what", "per"),
        comparators={
            key(row["phrase"]): Comparator(row["comparator"])
            for row in vocabulary.rows("comparators")
            if row["place"] in ("before", "after")
        },
        changes={key(row["phrase"]): row["role"] for row in vocabulary.rows("changes")},
        averages=_pairs(vocabulary, "averages", "per", "needs"),
        no_nouns=frozenset(key(row["word"]) for row in vocabulary.rows("no_nouns")),
        change_words=_pattern(rf"(?<!\w)(?P<word>{changes})"),
        average_words=_pattern(rf"(?<!\w)(?P<word>{averages})(?!\s+(?:{no_time}))"),
        words=_pattern(rf"(?<!\w)(?P<w>(?:{numbers})(?:\s+(?:{numbers})){{0,30}})"),
        **_unit_patterns(vocabulary),
        **_comparator_patterns(vocabulary),
        **_label_patterns(vocabulary),
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _phrases(vocabulary: Vocabulary, name: str, **fixed: str) -> str:
    """Return a pattern for the phrases of those rows that have the fixed values."""
    return any_of(
        row["phrase"]
        for row in vocabulary.rows(name)
        if all(row[column] == value for column, value in fixed.items())
    )


def _pairs(
    vocabulary: Vocabulary, name: str, first: str, second: str
) -> Mapping[str, tuple[str, str]]:
    return {
        key(row["phrase"]): (row[first], row[second]) for row in vocabulary.rows(name)
    }


def _unit_patterns(vocabulary: Vocabulary) -> dict[str, re.Pattern[str]]:
    number_rows = vocabulary.rows("number_words")
    scales = any_of(row["word"] for row in number_rows if row["role"] == "scale")
    # 'tỷ lệ' is a rate, 'tỷ trọng' a share: no billions.
    scale = rf"(?:{scales})(?!\s+(?:lệ|trọng|suất|giá))"
    times = _phrases(vocabulary, "units_of_measure", kind="time")
    things = any_of(
        row["phrase"]
        for row in vocabulary.rows("units_of_measure")
        if row["kind"] != "time"
    )
    unit = rf"(?:{things}|(?:{times})(?!\s+(?:\d|{HIDDEN})))"
    gap = rf"\s{{0,2}}{SAID}*+\s{{0,2}}"
    per = _phrases(vocabulary, "per_units")
    pers = (
        rf"(?:\s?/\s?(?:0?1\s|một\s)?(?:{per})){{0,3}}"
        rf"(?:\s(?:mỗi|một|hằng|hàng)\s(?:năm|tháng|quý)(?!\w))?"
    )
    return {
        "tail": _pattern(
            rf"(?P<scales>(?:{gap}{scale}){{0,2}})"
            rf"(?:(?P<comma>,?){gap}(?:(?:tổng\s)?số\s)?(?P<unit>{unit}))?"
            rf"(?P<pers>{pers})"
        ),
        "late_per": _pattern(
            rf"(?:\s[^\W\d_]+){{1,3}}(?P<pers>(?:\s?/\s?(?:{per})){{1,2}})"
        ),
        "known_unit": _pattern(rf"\s?(?:{scale}\s?)?{unit}"),
        "compound": _pattern(rf"\d+(?:[.,]\d+)*\s?{scale}(?:\s\d{{1,3}}\s?{scale})+"),
    }


def _comparator_patterns(vocabulary: Vocabulary) -> dict[str, re.Pattern[str]]:
    before = _phrases(vocabulary, "comparators", place="before")
    level = _phrases(vocabulary, "comparators", place="before", comparator="=")
    after = _phrases(vocabulary, "comparators", place="after")
    more = _phrases(vocabulary, "comparators", place="before trên", comparator=">")
    inside = _phrases(vocabulary, "comparators", place="before trên", comparator="=")
    return {
        "counts_over": _pattern(rf"(?<!\w)(?:{more})\s+trên\s+$"),
        "happens_on": _pattern(
            rf"(?<!\w)(?:{inside})\s+(?:[^\W\d_]+\s+){{0,6}}trên\s+$"
        ),
        "before": _pattern(rf"(?<!\w)(?P<word>{before})(?:\s*(?:{level}))*\s*$"),
        "after": _pattern(rf"[^\d.,;()%{HIDDEN}]{{0,45}}?\s?(?<!\w)(?P<word>{after})"),
    }


def _label_patterns(vocabulary: Vocabulary) -> dict[str, re.Pattern[str]]:
    always = _phrases(vocabulary, "number_labels", strength="always")
    bare = _phrases(vocabulary, "number_labels", strength="bare")
    never = _phrases(vocabulary, "number_labels", strength="never")
    rest = rf"\s?(?:số\s?)?(?:thứ\s)?:?\s?(?P<list>{_NUMBER_LIST})"
    return {
        # The 'hình 10' of 'mô hình 10 hộ' is no picture.
        "labels": _pattern(rf"(?<!\w)(?:(?:{never})|(?:{always}){rest})"),
        # 'mỗi năm 4 - 4,5%' names no year.
        "bare_labels": _pattern(rf"(?<!\w)(?<!mỗi\s)(?<!h[ằà]ng\s)(?:{bare}){rest}"),
        "label_end": _pattern(rf"(?<!\w)(?:{always})\s+(?:thứ\s+)?$"),
    }
