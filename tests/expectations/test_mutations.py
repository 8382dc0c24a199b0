"""A figure of a real table made wrong: every change that an equation sees is reported.

The change is one that a pen, a keyboard or a reader makes. A change is seen where an
equation that the figure stands in does not hold with it.
"""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from expectations.arithmetic import check_tables, judge_table
from flows.parse import parse_evidence
from parsers.tables.equations import judge
from tests.golden.rendering import load_evidence

VARIANTS = 500
TABLES = [
    ("bim-son-2018", 1),
    ("bim-son-2018", 2),
    ("cam-lo-2021", 1),
    ("di-su-2024", 1),
    ("di-su-2024", 2),
]


def misprint(value: Decimal, draw: random.Random) -> Decimal:
    """Return the figure with another digit, two exchanged, or one too many."""
    text = str(value)
    digits = [n for n, letter in enumerate(text) if letter.isdigit()]
    place = draw.choice(digits)
    other = draw.choice("0123456789")
    ways = [
        text[:place] + other + text[place + 1 :],
        text[:place] + other + text[place:],
    ]
    if place + 1 in digits:
        pair = text[place + 1] + text[place]
        ways.append(text[:place] + pair + text[place + 2 :])
    return Decimal(draw.choice(ways))


@pytest.mark.parametrize(("name", "table_no"), TABLES)
def test_a_wrong_figure_is_reported_and_suspected(name: str, table_no: int) -> None:
    whole = parse_evidence(load_evidence(name))
    table = next(t for t in whole.tables if t.table_no == table_no)
    records = replace(whole, tables=(table,))
    check = judge_table(table, records.figures)
    places = [p for p, value in check.judged.values.items() if value is not None]
    as_printed = check_tables(records)
    draw = random.Random(table_no)
    seen = reported = suspected = 0
    for _ in range(VARIANTS):
        place = draw.choice(places)
        index = check.indexes[place]
        value = misprint(records.figures[index].value, draw)
        values = {**check.judged.values, place: value}
        judged = [judge(e, values) for e in check.equations if place in e.places]
        if value == check.judged.values[place] or all(
            j is None or j.holds for j in judged
        ):
            continue
        figures = list(records.figures)
        figures[index] = replace(figures[index], value=value)
        issues = check_tables(replace(records, figures=tuple(figures)))
        seen += 1
        reported += issues != as_printed and bool(issues)
        suspected += any(index in issue.suspects for issue in issues)
    assert seen > VARIANTS / 2
    assert reported == seen
    assert suspected >= 0.98 * seen
