"""A text made ready for reading its quantities, and the reading of its digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

from parsers.numbers.conventions import Convention, likely_readings, readings
from parsers.numbers.quantity_grammar import (
    FIGURE,
    HIDDEN,
    SAID,
    Grammar,
    compile_grammar,
)
from parsers.numbers.quantity_names import hide_names
from parsers.numbers.quantity_tail import Tail, read_tail
from parsers.numbers.words import parse_words
from parsers.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class WordForm:
    """A number in words, in brackets after its digits."""

    start: int
    end: int
    text: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class QuantityText:
    """A text under work: with names hidden, and what to match it with."""

    raw: str
    shown: str
    grammar: Grammar
    vocabulary: Vocabulary
    forms: tuple[WordForm, ...]
    amounts: frozenset[Convention]
    """Conventions that the text's own amounts can only be in."""
    mixed: bool
    """Whether the text has amounts of two meanings with either separator."""


@dataclass(frozen=True, slots=True)
class Digits:
    """Digits with their value, and another one that they could have."""

    value: Decimal | None
    other: Decimal | None = None
    doubt: str | None = None


_EXACT = Context(prec=80)
# Not inside a word, a number, a clock time or a name like 'Covid-19'.
_START = rf"(?<![\w{HIDDEN}])(?<!\d[.,/:])(?<![^\W\d_]-)"
FIGURE_PATTERN = re.compile(rf"{_START}(?P<f>{FIGURE})")
_BRACKET = re.compile(r"\((?:bằng chữ\s?:?\s?)?(?P<w>[^()\d]{2,160})\)", re.IGNORECASE)
_DIGITS_BEFORE = re.compile(r"\d[^()]{0,25}$")
_MONEY_END = re.compile(r"(?:\s+(?:đồng|việt nam|chẵn))*[\s./]*$", re.IGNORECASE)
# How a scan's small signs come out: '4 - 5⁄/năm', '8m”/ người'. One letter for one.
_PERCENT = re.compile(r"(?<=\d)[⁄℅‰](?!\d)|(?<=\d\s)[⁄℅‰](?!\s?\d)")
_SQUARE = re.compile(r"(?<=\dm)[”“\"’'?*°](?=\s?/)|(?<=\d\sm)[”“\"’'?*°](?=\s?/)")
_NOTE_MARK = re.compile(r"(?<=%)\d(?![\d.,%])")


def prepare_text(text: str, vocabulary: Vocabulary) -> QuantityText:
    """Hide the names in a text and see how it writes its amounts."""
    grammar = compile_grammar(vocabulary)
    spelt = _SQUARE.sub("²", _PERCENT.sub("%", text))
    shown = _NOTE_MARK.sub(HIDDEN, hide_names(spelt, grammar))
    forms = tuple(_word_forms(shown, vocabulary))
    letters = list(shown)
    for form in forms:
        letters[form.start : form.end] = SAID * (form.end - form.start)
    shown = "".join(letters)
    sure: set[Convention] = set()
    unsure: set[str] = set()
    for match in FIGURE_PATTERN.finditer(shown):
        if read_tail(shown, match.end(), grammar).kind == "amount":
            meanings = readings(match["f"])
            if len(meanings) == 1:
                sure |= set(meanings)
            elif len(set(meanings.values())) == 2:
                unsure |= set(match["f"]) & set(".,")
    return QuantityText(
        text, shown, grammar, vocabulary, forms, frozenset(sure), len(unsure) == 2
    )


def _word_forms(shown: str, vocabulary: Vocabulary) -> Iterator[WordForm]:
    for match in _BRACKET.finditer(shown):
        if _DIGITS_BEFORE.search(shown[max(0, match.start() - 40) : match.start()]):
            words = _MONEY_END.sub("", match["w"])
            value = parse_words(words, vocabulary)
            if value is not None:
                yield WordForm(match.start(), match.end(), words, value)


def read_digits(work: QuantityText, text: str, tail: Tail) -> Digits:
    """Read digits by what they count, before any scale."""
    found = likely_readings(text, tail.kind)
    values = set(found.values())
    if not values:
        return Digits(None, doubt=f"'{text}' is no number")
    if len(values) == 1:
        value = values.pop()
        is_count = tail.kind == "count" and tail.each is None
        is_part = is_count and value != value.to_integral_value()
        return Digits(
            value, doubt=f"'{text}' is a count with decimals" * is_part or None
        )
    usual = found[Convention.COMMA_DECIMAL]
    other = found[Convention.DOT_DECIMAL]
    doubt = f"'{text}' may be {usual} or {other}"
    if work.amounts == {Convention.DOT_DECIMAL}:
        return Digits(other, usual, doubt)
    if work.amounts == {Convention.COMMA_DECIMAL}:
        return Digits(usual, other)
    return Digits(usual, other, doubt if work.mixed or work.amounts else None)


def scale_exactly(value: Decimal | None, factor: Decimal) -> Decimal | None:
    """Multiply exactly; whole đồng come out without a decimal point."""
    if value is None or factor == 1:
        return value
    product = _EXACT.multiply(value, factor)
    whole = product.to_integral_value(context=_EXACT)
    return whole if whole == product else product


def words_doubt(
    work: QuantityText,
    start: int,
    end: int,
    printed: Decimal | None,
    value: Decimal | None,
) -> str | None:
    """Compare with the word form: '2.250.000.000 đồng (Hai tỷ …)'."""
    for form in work.forms:
        if start < form.start <= end + 3 and form.value not in (printed, value):
            digits = work.raw[start:end]
            return f"'{digits}' is {form.value} in words: '{form.text}'"
    return None
