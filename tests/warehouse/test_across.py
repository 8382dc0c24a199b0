"""Doubts between papers: the same whatever was loaded first, gone with their cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

import pytest
from builders import make_figure, make_trace, make_version, sha, view_rows
from sqlalchemy import Engine

from parsers.known import KnownFigure, PaperDoubt
from parsers.records import AsOf, Quality, Severity, Unit, Verdict
from warehouse.across import PaperJudge
from warehouse.decisions import Said
from warehouse.load import load_verdict
from warehouse.review import accept_doubt
from warehouse.withdraw import undo_withdrawal, withdraw_paper


def differ(figures: Iterable[KnownFigure]) -> Iterator[PaperDoubt]:
    """File each figure that is not as in the paper before."""
    known = sorted(figures, key=lambda f: (f.unit_key, f.order))
    for before, after in pairwise(known):
        if before.unit_key == after.unit_key and before.value != after.value:
            yield PaperDoubt(
                after, before, "papers_disagree", Severity.WARNING, "differs", "khác"
            )


JUDGE = PaperJudge(("households",), differ)


def paper(name: str, year: int, value: str, **changes: object) -> Verdict:
    made = make_version(name, number=f"{year}/KH-UBND", issued_on=f"{year}-01-01")
    figure = make_figure(Decimal(value), **changes)
    return replace(made, records=replace(made.records, figures=(figure,)))


def load(engine: Engine, *verdicts: Verdict) -> None:
    for verdict in verdicts:
        load_verdict(engine, verdict, make_trace(verdict), JUDGE)


def doubts(engine: Engine) -> list[tuple[object, ...]]:
    names = ("file_name", "other_document_id", "printed", "computed", "status")
    rows = view_rows(engine, "v_quality_issue")
    return [tuple(row[name] for name in names) for row in rows]


def first_document(name: str) -> str:
    return f"{sha(name)[:20]}-0"


PAPERS = [paper("a", 2018, "100"), paper("b", 2019, "100"), paper("c", 2020, "90")]
EXPECTED = [("c", first_document("b"), "90", "100", "open")]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_was_loaded_first(engine: Engine, order: tuple[int, ...]) -> None:
    load(engine, *(PAPERS[n] for n in order))
    assert doubts(engine) == EXPECTED
    load(engine, *PAPERS)
    assert doubts(engine) == EXPECTED


def test_it_goes_when_the_earlier_paper_is_read_otherwise(engine: Engine) -> None:
    load(engine, *PAPERS)
    load(engine, paper("b", 2019, "90"))
    assert [d[:2] for d in doubts(engine)] == [("b", first_document("a"))]
    load(engine, paper("b", 2019, "90", unit=None))
    assert [d[:2] for d in doubts(engine)] == [("c", first_document("a"))]


@pytest.mark.parametrize(
    "changes",
    [{"quality": Quality.SUSPECT}, {"group_code": "policy"}, {"as_of": AsOf.DURING}],
)
def test_a_doubted_figure_is_held_against_nobody(
    engine: Engine, changes: dict[str, object]
) -> None:
    load(engine, PAPERS[0], paper("c", 2020, "90", **changes))
    assert doubts(engine) == []


def test_a_version_that_is_no_longer_current_says_nothing(engine: Engine) -> None:
    load(engine, PAPERS[1], PAPERS[2], paper("c2", 2020, "100"))
    # The later received of two versions of one document is current: here by its hash.
    current = max(("c", "c2"), key=sha)
    assert [d[0] for d in doubts(engine)] == (["c"] if current == "c" else [])


def test_units_that_share_a_code_are_not_compared(engine: Engine) -> None:
    old = Unit("Thị trấn Cam Lộ", "Thị trấn", "19597", "19597@2019-09-11")
    new = Unit("Xã Cam Lộ", "Xã", "19597", "19597@2025-07-01")
    load(engine, paper("a", 2025, "100", unit=old), paper("b", 2026, "90", unit=new))
    assert doubts(engine) == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_version_without_the_unit_takes_the_doubt_away(
    engine: Engine, order: tuple[int, ...]
) -> None:
    versions = [paper("c", 2020, "90"), paper("c2", 2020, "90")]
    versions.sort(key=lambda v: v.records.file_sha256)
    last = replace(versions[1], records=replace(versions[1].records, figures=()))
    load(engine, *(([PAPERS[1], versions[0], last])[n] for n in order))
    assert doubts(engine) == []


def test_what_a_withdrawn_paper_gave_rise_to_goes_with_it(engine: Engine) -> None:
    load(engine, *PAPERS)
    said = {"done_by": "Lan", "why": "sent by the wrong office"}
    withdraw_paper(engine, "b", **said, judge=JUDGE)
    assert [d[:2] for d in doubts(engine)] == [("c", first_document("a"))]
    withdraw_paper(engine, "a", **said)
    assert doubts(engine) == []
    undo_withdrawal(engine, "a", **said, judge=JUDGE)
    undo_withdrawal(engine, "b", **said, judge=JUDGE)
    assert doubts(engine) == EXPECTED


def test_it_can_be_accepted_and_stays_so(engine: Engine) -> None:
    load(engine, *PAPERS)
    (row,) = view_rows(engine, "v_quality_issue")
    accept_doubt(engine, str(row["issue_id"]), Said("Lan", "two hamlets were merged"))
    load(engine, paper("a", 2018, "101"))
    assert {d[4] for d in doubts(engine) if d[0] == "c"} == {"accepted"}
