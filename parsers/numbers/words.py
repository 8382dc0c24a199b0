"""Numbers written in words: 'Hai tỷ hai trăm năm mươi triệu'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.numbers.conventions import readings
from parsers.text import one_spelling
from parsers.vocabulary import Vocabulary

_TOKEN = re.compile(r"[^\s,;.\-]+(?:[.,]\d+)*")
_THOUSAND = 1000
_LONGEST = 40
"""Words in the longest number that is worth reading."""
_TOO_LARGE = Decimal(10) ** 18


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What one word does in a number: it is a digit, a scale, a link and so on."""

    role: str
    value: Decimal


@lru_cache(maxsize=8)
def number_words(vocabulary: Vocabulary) -> Mapping[str, NumberWord]:
    """Return the number words by their spelling for comparing."""
    return {
        one_spelling(row["word"]): NumberWord(row["role"], Decimal(row["value"]))
        for row in vocabulary.rows("number_words")
    }


def parse_words(text: str, vocabulary: Vocabulary) -> Decimal | None:
    """Return the number that a text says in words, or None if it says none.

    Digits may stand in for words ('2 tỷ 250 triệu'). What is colloquial and has two
    meanings ('một trăm hai': 102 or 120) is no number.

    Args:
        text: The number alone, without its unit.
        vocabulary: Its 'number_words' are the words and what they do.
    """
    known = number_words(vocabulary)
    tokens = _TOKEN.findall(one_spelling(text))
    if not tokens or len(tokens) > _LONGEST:
        return None
    words = [_word(token, known) for token in tokens]
    if any(w is None for w in words):
        return None
    spoken = [w for w in words if w is not None]
    minus = spoken[0].role == "minus"
    value = _number(spoken[1:] if minus else spoken)
    if value is None or abs(value) >= _TOO_LARGE:
        return None
    return -value if minus else value


def _word(token: str, known: Mapping[str, NumberWord]) -> NumberWord | None:
    if token in known:
        return known[token]
    values = set(readings(token).values())
    return NumberWord("figure", values.pop()) if len(values) == 1 else None


def _number(words: Sequence[NumberWord]) -> Decimal | None:
    """Read a number with decimals ('hai phẩy năm tỷ' has them before its scale)."""
    places = [i for i, w in enumerate(words) if w.role == "point"]
    if not places:
        return _whole(words)
    point = places[0]
    tail = words[point + 1 :]
    scales = next((i for i, w in enumerate(tail) if w.role == "scale"), len(tail))
    whole, part = _whole(words[:point]), _decimals(tail[:scales])
    if whole is None or part is None:
        return None
    value = whole + part
    for word in tail[scales:]:
        if word.role != "scale":
            return None
        value *= word.value
    return value


def _decimals(words: Sequence[NumberWord]) -> Decimal | None:
    if words and all(w.role in ("digit", "last") for w in words):
        return Decimal("0." + "".join(str(w.value) for w in words))
    value = _whole(words)
    if value is None or value != value.to_integral_value() or value < 0:
        return None
    return Decimal(f"0.{value}")


def _whole(words: Sequence[NumberWord]) -> Decimal | None:
    """Split at the largest scale: what stands before it counts it."""
    if not words:
        return None
    scales = [w.value for w in words if w.role == "scale"]
    if not scales:
        return _below_thousand(words)
    top = max(scales)
    at = max(i for i, w in enumerate(words) if w.role == "scale" and w.value == top)
    count = _whole(words[:at]) if at else Decimal(1)
    if count is None:
        return None
    return _with_rest(count * top, top, words[at + 1 :])


def _with_rest(
    value: Decimal, scale: Decimal, rest: Sequence[NumberWord]
) -> Decimal | None:
    """Add what follows a scale: a half of it, or a number below it."""
    if not rest:
        return value
    if len(rest) == 1:
        # 'một nghìn hai' is 1200 to some and 1002 to others.
        return value + scale / 2 if rest[0].role == "half" else None
    tail = rest[1:] if rest[0].role == "link" else rest
    more = _whole(tail)
    if more is None or more >= scale:
        return None
    # 'hai triệu năm trăm' is 2000500 in ledgers and 2500000 in talk.
    plain = rest[0].role != "link" and rest[0].value != 0
    return None if plain and more < _THOUSAND < scale else value + more


def _below_thousand(words: Sequence[NumberWord]) -> Decimal | None:
    if len(words) == 1 and words[0].role == "figure":
        return words[0].value
    at = next((i for i, w in enumerate(words) if w.role == "hundred"), None)
    if at is None:
        return _below_hundred(words)
    if at > 1 or (at == 1 and words[0].role not in ("digit", "figure")):
        return None
    hundreds = words[0].value * 100 if at else Decimal(100)
    rest = words[at + 1 :]
    if not rest:
        return hundreds
    if len(rest) == 1:
        more = {"half": Decimal(50), "ten": Decimal(10)}.get(rest[0].role)
        return None if more is None else hundreds + more
    if rest[0].role == "link":
        return hundreds + rest[1].value if _is_digit(rest[1:]) else None
    below = _below_hundred(rest)
    return None if below is None else hundreds + below


def _below_hundred(words: Sequence[NumberWord]) -> Decimal | None:
    roles = tuple(w.role for w in words)
    values = [w.value for w in words]
    shapes: dict[tuple[str, ...], Decimal] = {
        ("digit",): values[0],
        ("last",): values[0],
        ("ten",): Decimal(10),
        ("tens",): Decimal(10),
    }
    if roles in shapes:
        return shapes[roles]
    if len(roles) > 1 and roles[0] == "ten" and _is_last_digit(words[1:]):
        return Decimal(10) + values[1]
    if roles[:2] in (("digit", "tens"), ("figure", "tens")):
        if len(roles) == 2:
            return values[0] * 10
        if roles[2:] == ("half",):
            return values[0] * 10 + 5
        return values[0] * 10 + values[2] if _is_last_digit(words[2:]) else None
    if roles == ("digit", "last"):
        return values[0] * 10 + values[1]
    return None


def _is_digit(words: Sequence[NumberWord]) -> bool:
    return len(words) == 1 and words[0].role in ("digit", "last")


def _is_last_digit(words: Sequence[NumberWord]) -> bool:
    """After tens, five is 'lăm': 'hai mươi năm' is twenty years."""
    return _is_digit(words) and not (words[0].role == "digit" and words[0].value == 5)
