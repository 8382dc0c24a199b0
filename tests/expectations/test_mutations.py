"""A figure of a real table made wrong: every change that can be seen is reported.

``scripts/bench_mutations.py`` tries 500 changes in each table; here a few will do.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from expectations.arithmetic import judge_table
from flows.parse import parse_evidence
from tests.expectations.mutations import PRINTED, printed_equations, try_mutations
from tests.golden.rendering import load_evidence

VARIANTS = 60


@pytest.mark.parametrize(("name", "table_no"), PRINTED)
def test_a_wrong_figure_is_reported_and_suspected(name: str, table_no: int) -> None:
    outcome = try_mutations(name, table_no, VARIANTS, seed=table_no)

    assert outcome.seen > VARIANTS / 2
    assert outcome.reported == outcome.seen
    assert outcome.suspected >= 0.98 * outcome.seen


@pytest.mark.parametrize(("name", "table_no"), PRINTED)
def test_the_equations_written_down_are_those_of_the_table(name, table_no):
    """Most hold as printed, so that they are no others than the paper's own."""
    records = parse_evidence(load_evidence(name))
    table = next(t for t in records.tables if t.table_no == table_no)
    values = {
        place: value
        for place, value in judge_table(table, records.figures).judged.values.items()
        if isinstance(value, Decimal)
    }
    printed = list(printed_equations(name, table_no, values))

    fails = sum(equation.fails(values) for equation in printed)

    assert fails * 4 < len(printed)
