"""Every quantity of a sentence: its value, unit, bounds, range, total and change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from parsers.numbers.quantity_context import (
    continues,
    find_change,
    find_comparator,
    find_each,
    find_per,
    has_cue,
    is_base,
    is_difference,
    is_lower_than_before,
    is_negative,
    is_of_before,
    is_relative,
    judge_share,
    reads_on,
    unit_before,
)
from parsers.numbers.quantity_doubts import (
    cut_off,
    guessed_unit,
    open_on,
    set_or_reached,
)
from parsers.numbers.quantity_grammar import FIGURE, Unit, key
from parsers.numbers.quantity_tail import MONEY, Tail, read_tail, with_noun
from parsers.numbers.quantity_text import (
    FIGURE_PATTERN,
    Digits,
    QuantityText,
    prepare_text,
    read_digits,
    scale_exactly,
    words_doubt,
)
from parsers.numbers.words import number_words, parse_words
from parsers.records import Comparator
from parsers.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a sentence with all that its own words say about it.

    ``start`` is where its digits begin, ``end`` where its unit, its 'per' or a
    following 'trở lên' ends; ``text`` is what stands between.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    """None where the digits are no number ('0.36,6'); ``doubt`` says so."""
    value_max: Decimal | None = None
    """The upper bound of a range."""
    comparator: Comparator = Comparator.EQ
    unit: str | None = None
    """percent, household, person, commune, vnd, vnd_per_person, vnd_per_household,
    m2, m2_per_person, times; day, week, month, quarter, year, hour for durations; else
    the printed noun ('mô hình'). None: a bare figure after a cue."""
    per: str | None = None
    """year, quarter or month."""
    each: str | None = None
    """What the amount is for one of: household, person, commune, or the noun."""
    total: Decimal | None = None
    """Of '405/14.932 hộ', 14932."""
    change: str | None = None
    """down or up, where the figure says by how much."""
    relative: bool = False
    """A share of the earlier value ('giảm 20% số hộ nghèo', 'gấp 2 lần'), or what two
    others differ by ('cao hơn 3,2% so với …')."""
    fraction: bool = False
    """Whether ``value`` over ``total`` is a share ('1/3 số hộ') and counts nothing."""
    base: bool = False
    """What a change starts from: the 48,14 of 'từ 48,14% xuống dưới 33%'."""
    other: Decimal | None = None
    """The value that the digits would have with the other separator convention, where
    the kind of the figure does not decide."""
    doubt: str | None = None
    """Why the value may be another, for people."""


DURATIONS = frozenset(
    {"day", "week", "month", "quarter", "year", "hour", "year_of_age"}
)
"""Units of quantities that say how long, not how much."""


_OPENERS = ("digit", "ten", "hundred", "scale")
_BELOW = (Comparator.LT, Comparator.LE)
_NEAR = 80
_MOST_TERMS = 6
"""Figures that one sentence adds up to another."""
_RANGE = re.compile(
    rf" ?(?:-|–|—|÷|~|(?:đến|tới)(?: dưới| không quá)?) ?(?P<f>{FIGURE})", re.IGNORECASE
)
_BETWEEN = re.compile(rf" ?(?:và|-|đến) ?(?P<f>{FIGURE})", re.IGNORECASE)
_BETWEEN_CUE = re.compile(r"(?<!\w)giữa\s+$", re.IGNORECASE)
_TOTAL = re.compile(rf"\s?/\s?(?P<f>{FIGURE})")
_SHARED = {
    ("vnd", "person"): "vnd_per_person",
    ("vnd", "household"): "vnd_per_household",
    ("m2", "person"): "m2_per_person",
}


def find_quantities(text: str, vocabulary: Vocabulary) -> tuple[Quantity, ...]:
    """Return the quantities of a text (NFC) in order.

    Dates, periods, years, papers' numbers, ordinals and numbers that are names are
    none. Money is in đồng. Separators are read by what the figure is: a count has no
    decimals, a rate lies in 0 to 100, and an amount is written as the text's other
    amounts are, else with a decimal comma; ``doubt`` says where that is not sure.

    Args:
        text: A sentence or a paragraph.
        vocabulary: Its units_of_measure, per_units, comparators, changes, averages,
            number_labels, number_words and no_nouns.
    """
    work = prepare_text(text, vocabulary)
    found = list(_in_digits(work))
    found += _in_words(work, found)
    found.sort(key=lambda q: q.start)
    return tuple(settle_by_sum(tuple(_carry_change(work.shown, found))))


def _in_digits(work: QuantityText) -> Iterator[Quantity]:
    at = 0
    while (match := FIGURE_PATTERN.search(work.shown, at)) is not None:
        quantity, at = _read_figure(work, match)
        if quantity is not None:
            yield quantity


def _read_figure(
    work: QuantityText, match: re.Match[str]
) -> tuple[Quantity | None, int]:
    """Read the quantity that begins with these digits, and say where to go on."""
    start = match.start()
    compound = work.grammar.compound.match(work.shown, start)
    if compound is not None:
        value = parse_words(compound.group(0), work.vocabulary)
        tail = read_tail(work.shown, compound.end(), work.grammar)
        tail = replace(tail, unit=tail.unit or MONEY)
        return _finish(work, start, Digits(value), tail), tail.end
    tail = read_tail(work.shown, match.end(), work.grammar)
    total = _TOTAL.match(work.shown, match.end())
    if total is not None:
        return _read_share(work, match, total)
    upper = _find_upper(work, match, tail)
    if upper is not None:
        return _read_range(work, match, tail, upper)
    tail = with_noun(work.shown, tail, work.grammar)
    tail = _with_later_unit(work, start, match.end(), tail)
    if not _is_quantity(work, start, match.end(), tail):
        return None, match.end()
    return _finish(work, start, read_digits(work, match["f"], tail), tail), tail.end


def _read_share(
    work: QuantityText, match: re.Match[str], total: re.Match[str]
) -> tuple[Quantity | None, int]:
    """Read '405/14.932 hộ': a count and the whole that it is of."""
    tail = read_tail(work.shown, total.end(), work.grammar, comma=True)
    tail = with_noun(work.shown, tail, work.grammar)
    if tail.unit is None:
        return None, total.end()
    digits = read_digits(work, match["f"], tail)
    whole = scale_exactly(read_digits(work, total["f"], tail).value, tail.factor)
    found = _finish(work, match.start(), digits, tail)
    said = work.raw[match.start() : total.end()]
    fraction, doubt = judge_share(
        said, work.shown[total.end() :][:20], found.value, whole
    )
    doubt = found.doubt or doubt
    return replace(found, total=whole, fraction=fraction, doubt=doubt), tail.end


def _find_upper(
    work: QuantityText, match: re.Match[str], tail: Tail
) -> tuple[re.Match[str], Tail] | None:
    """Return the upper bound where a range begins with this figure."""
    before = work.shown[max(0, match.start() - 8) : match.start()]
    joint = _BETWEEN if _BETWEEN_CUE.search(before) else _RANGE
    upper = joint.match(work.shown, tail.end)
    if upper is None or tail.per:
        return None
    second = read_tail(work.shown, upper.end(), work.grammar)
    second = with_noun(work.shown, second, work.grammar)
    if second.unit is None or _TOTAL.match(work.shown, upper.end()):
        return None
    if tail.unit is not None and tail.unit.code != second.unit.code:
        return None
    return upper, second


def _read_range(
    work: QuantityText,
    match: re.Match[str],
    tail: Tail,
    upper: tuple[re.Match[str], Tail],
) -> tuple[Quantity | None, int]:
    last, second = upper
    same = tail.unit is None and tail.factor == 1
    low = read_digits(work, match["f"], second if same else tail)
    high = read_digits(work, last["f"], second)
    first = second if same else replace(second, factor=tail.factor)
    found = _finish(
        work, match.start(), low, replace(first, end=second.end), is_range=True
    )
    top = scale_exactly(high.value, second.factor)
    doubt = found.doubt or high.doubt
    if found.value is not None and top is not None and top < found.value:
        doubt = doubt or f"the range '{found.text}' runs backwards"
    kind = Comparator.RANGE if top is not None else found.comparator
    found = replace(found, value_max=top, comparator=kind, doubt=doubt)
    return found, second.end


def _with_later_unit(work: QuantityText, start: int, end: int, tail: Tail) -> Tail:
    """Give the 405 of 'từ 405 xuống 368 hộ' the unit of what it comes to.

    That of 'Tỷ lệ hộ nghèo (%): 1,37' stands before the figure.
    """
    if tail.unit is not None:
        return tail
    named = unit_before(work.shown, start)
    if named is not None and key(named["unit"]) in work.grammar.units:
        return replace(tail, unit=work.grammar.units[key(named["unit"])])
    if not is_base(work.shown, start, end):
        return tail
    later = FIGURE_PATTERN.search(work.shown, end, end + _NEAR)
    if later is None:
        return tail
    found = read_tail(work.shown, later.end(), work.grammar)
    return replace(tail, unit=found.unit, factor=found.factor)


def _is_quantity(work: QuantityText, start: int, end: int, tail: Tail) -> bool:
    after = work.shown[end : end + 1]
    if after.isalpha() and tail.end == end:
        return False
    return tail.unit is not None or has_cue(work.shown, start, work.grammar)


def _finish(
    work: QuantityText,
    start: int,
    digits: Digits,
    tail: Tail,
    *,
    is_range: bool = False,
) -> Quantity:
    """Add what the words around say; 'từ 80 đến 90' is where no change starts from."""
    shown, grammar = work.shown, work.grammar
    comparator, end = find_comparator(shown, start, tail.end, grammar)
    unit = tail.unit.code if tail.unit else None
    places = reads_on(shown, start, unit, digits.value, grammar)
    falls = is_lower_than_before(shown, start, tail.end)
    differs = not falls and is_difference(shown, start, tail.end)
    if places is True or differs or falls:
        comparator = Comparator.EQ
    base = not is_range and is_base(shown, start, tail.end)
    change = None if base else find_change(shown, start, grammar)
    change = "down" if falls else change
    average = None if tail.each else change
    per = tail.per or find_per(shown, start, average, grammar)
    each = tail.each
    if each is None and unit == "vnd":
        each = find_each(shown, start, grammar)
    if unit == "percent" and per is None and comparator in _BELOW:
        # 'giảm tỷ lệ hộ nghèo dưới 3%' says what is reached, not by how much.
        change = None
    value = scale_exactly(digits.value, tail.factor)
    if value is not None and is_negative(shown, start):
        value = -value
    return Quantity(
        start,
        end,
        work.raw[start:end],
        value,
        comparator=comparator,
        unit=_SHARED.get((unit or "", each or ""), unit),
        per=per,
        each=each,
        change=change,
        relative=differs or is_of_before(shown, start, end, unit, change),
        base=base,
        other=scale_exactly(digits.other, tail.factor),
        doubt=digits.doubt
        or guessed_unit(work, start, tail)
        or cut_off(work, start, end, unit)
        or open_on(work, start, end, places)
        or set_or_reached(work, start, end)
        or words_doubt(work, start, end, digits.value, value),
    )


def _in_words(work: QuantityText, found: list[Quantity]) -> Iterator[Quantity]:
    """Read numbers in words before a unit: 'hai mươi mốt hộ', 'bảy ngàn đồng'."""
    taken = [(q.start, q.end) for q in found]
    for match in work.grammar.words.finditer(work.shown):
        start, end = match.span("w")
        if any(a < end and start < b for a, b in taken):
            continue
        before = work.shown[max(0, start - 20) : start]
        if work.grammar.label_end.search(before):
            continue
        quantity = _read_words(work, start, match["w"])
        if quantity is not None:
            yield quantity


def _read_words(work: QuantityText, start: int, text: str) -> Quantity | None:
    known = number_words(work.vocabulary)
    words = [m.span() for m in re.finditer(r"\S+", text)]
    roles = [known[key(text[a:b])].role for a, b in words]
    # The 'tư' of 'đầu tư hai mươi mốt nhà' begins no number; nor does 'linh' or 'phẩy'.
    first = next((i for i, role in enumerate(roles) if role in _OPENERS), len(roles))
    # The last word of 'mười năm' may be the unit.
    for last in (len(words), len(words) - 1):
        if last <= first:
            break
        a, b = words[first][0], words[last - 1][1]
        value = parse_words(text[a:b], work.vocabulary)
        tail = read_tail(work.shown, start + b, work.grammar)
        if value is None or tail.unit is None:
            continue
        if last - first > 1 or _counts_alone(roles[first], value, tail.unit):
            return _finish(work, start + a, Digits(value), tail)
    return None


def _counts_alone(role: str, value: Decimal, unit: Unit) -> bool:
    """Whether one word counts: 'ba xã' does; 'một', 'năm' and 'chục' may not."""
    return role in ("digit", "ten") and value not in (0, 1, 5) and unit.kind != "time"


def _carry_change(shown: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Let 'giảm 90 hộ nghèo và 20 hộ cận nghèo' speak of both figures."""
    last: Quantity | None = None
    for quantity in found:
        current = quantity
        if (
            last is not None
            and last.change is not None
            and current.change is None
            and current.unit == last.unit
            and continues(shown, last.end, current.start, current.end)
        ):
            relative = current.unit == "percent" and is_relative(
                shown, current.start, current.end
            )
            current = replace(
                current,
                change=last.change,
                per=current.per or last.per,
                relative=current.relative or relative,
            )
        yield current
        last = current


def settle_by_sum(found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Let a sentence's own sum choose between two values of an amount.

    Of '290.934 tỷ đồng, gồm 262,784 tỷ đồng và 28,150 tỷ đồng' the first is 290.934,
    with a doubt. A sum that holds as read takes the doubts of its figures away.
    """
    result = list(found)
    for at, whole in enumerate(found):
        if whole.doubt is None or whole.other is None:
            continue
        for count in range(2, _MOST_TERMS + 1):
            terms = found[at + 1 : at + 1 + count]
            if len(terms) < count or any(t.unit != whole.unit for t in terms):
                break
            total = sum((t.value or Decimal(0) for t in terms), Decimal(0))
            if total == whole.value:
                for place in range(at, at + 1 + count):
                    result[place] = replace(result[place], doubt=None)
            elif total == whole.other:
                doubt = f"{whole.doubt}; {whole.other} is the sum of what follows"
                result[at] = replace(
                    whole, value=whole.other, other=whole.value, doubt=doubt
                )
    yield from result
