"""Decisions of people: kept for good, in force after any reload, never in silence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import load, make_issue, make_trace, make_verdict, snapshot, view_rows
from sqlalchemy import Engine

from extractors.errors import UsageError, WarehouseBusyError
from parsers.records import IssueStatus
from warehouse.decisions import Said, corrections_of
from warehouse.load import Outcome, load_verdict
from warehouse.review import (
    accept_doubt,
    find_place,
    keep_correction,
    withdraw_decision,
)
from warehouse.review_lists import list_decisions, list_doubts

LAN = Said("Lan", "looked at the page")
NAME = "bim-son.pdf"
CELL = (1, 1, 3)


def sha_of(verdict):
    return verdict.records.file_sha256


def statuses(engine):
    return {i["check_code"]: i["status"] for i in view_rows(engine, "v_quality_issue")}


def key_of(engine, code):
    return next(d.issue_id for d in list_doubts(engine) if d.check_code == code)


def test_an_accepted_doubt_stays_so_when_the_paper_is_loaded_anew(
    engine: Engine,
) -> None:
    verdict = make_verdict()
    load(engine, verdict)
    accept_doubt(engine, key_of(engine, "rate_mismatch"), LAN)
    expected = {"rate_mismatch": "accepted", "annex_missing": "open"}
    assert statuses(engine) == expected
    assert load(engine, verdict).outcome is Outcome.UNCHANGED
    # By newer code, with the doubts in another order: made anew, and settled again.
    turned = replace(verdict, issues=verdict.issues[::-1])
    assert load(engine, turned, code_version="0.2.0").outcome is Outcome.LOADED
    assert statuses(engine) == expected
    assert [d.check_code for d in list_doubts(engine)] == ["annex_missing"]
    assert len(list_doubts(engine, every=True)) == 2


def test_a_doubt_that_says_another_thing_is_open(engine: Engine) -> None:
    load(engine, make_verdict())
    accept_doubt(engine, key_of(engine, "rate_mismatch"), LAN)
    load(engine, make_verdict(issues=[make_issue(computed="2,51")]))
    assert statuses(engine) == {"rate_mismatch": "open"}


def test_of_two_doubts_that_say_the_same_one_is_accepted(engine: Engine) -> None:
    load(engine, make_verdict(issues=[make_issue(), make_issue()]))
    accept_doubt(engine, list_doubts(engine)[0].issue_id, LAN)
    assert len(list_doubts(engine)) == 1


def test_what_is_withdrawn_is_open_again_and_both_are_told(engine: Engine) -> None:
    load(engine, make_verdict())
    accepted = accept_doubt(engine, key_of(engine, "rate_mismatch"), LAN)
    key = accepted.decision_id
    assert accepted.message == make_issue().message
    withdraw_decision(engine, key, Said("Minh", "it is wrong after all"))
    assert set(statuses(engine).values()) == {"open"}
    (held,) = list_decisions(engine)
    assert (held.kind, held.done_by, held.why) == ("accepted", "Lan", LAN.why)
    assert (held.undone_by, held.undone_why) == ("Minh", "it is wrong after all")
    with pytest.raises(UsageError, match="in force"):
        withdraw_decision(engine, key, LAN)


def test_a_doubt_is_accepted_once(engine: Engine) -> None:
    load(engine, make_verdict())
    issue = key_of(engine, "rate_mismatch")
    accept_doubt(engine, issue, LAN)
    with pytest.raises(UsageError, match="accepted already"):
        accept_doubt(engine, issue, LAN)
    with pytest.raises(UsageError, match="there is no doubt"):
        accept_doubt(engine, "nothing-q1", LAN)


def test_a_correction_is_kept_by_place_with_old_and_new(engine: Engine) -> None:
    verdict = make_verdict()
    load(engine, verdict)
    key = keep_correction(engine, find_place(engine, NAME, CELL), Decimal("1650"), LAN)
    in_force = corrections_of(engine, sha_of(verdict))
    assert in_force.ids == (key,)
    (correction,) = in_force.corrections
    assert (correction.table_no, correction.row_no, correction.col_no) == CELL
    assert (correction.page_no, correction.raw_text) == (1, "1647")
    assert correction.box == verdict.records.figures[0].source.box
    assert correction.value == Decimal("1650")
    (held,) = list_decisions(engine)
    assert (held.old_value, held.new_value, held.done_by) == ("1647", "1650", "Lan")


def test_a_second_correction_of_a_place_withdraws_the_first(engine: Engine) -> None:
    verdict = make_verdict()
    load(engine, verdict)
    place = find_place(engine, NAME, CELL)
    first = keep_correction(engine, place, Decimal("1650"), LAN)
    assert keep_correction(engine, place, Decimal("1650"), LAN) == first
    second = keep_correction(engine, place, Decimal("1651"), Said("Minh", "no"))
    assert corrections_of(engine, sha_of(verdict)).ids == (second,)
    old, new = list_decisions(engine)
    assert (old.undone_by, new.old_value, new.undone_at) == ("Minh", "1647", None)


def test_a_verdict_made_without_a_correction_is_not_loaded(engine: Engine) -> None:
    verdict = make_verdict()
    load(engine, verdict)
    key = keep_correction(engine, find_place(engine, NAME, CELL), Decimal("1650"), LAN)
    before = snapshot(engine)
    with pytest.raises(WarehouseBusyError):
        load(engine, verdict)
    assert snapshot(engine) == before
    load(engine, verdict, corrections=(key,))
    withdraw_decision(engine, key, LAN)
    with pytest.raises(WarehouseBusyError):
        load_verdict(engine, verdict, make_trace(verdict, corrections=(key,)))
    load(engine, verdict)


@pytest.mark.parametrize(
    ("paper", "cell", "figure_id", "told"),
    [
        ("other.pdf", CELL, None, "no paper"),
        (NAME, (1, 9, 9), None, "no figure"),
        (NAME, None, "nothing-f1", "no figure"),
    ],
)
def test_what_is_not_there_cannot_be_corrected(
    engine: Engine, paper: str, cell: tuple[int, int, int] | None,
    figure_id: str | None, told: str,
) -> None:  # fmt: skip
    load(engine, make_verdict())
    with pytest.raises(UsageError, match=told):
        find_place(engine, paper, cell, figure_id)


def test_a_figure_of_a_sentence_is_named_by_its_key(engine: Engine) -> None:
    load(engine, make_verdict())
    (target,) = view_rows(engine, "v_target")
    place = find_place(engine, str(target["document_id"]), None, target["figure_id"])
    assert place.figure["statement"] == target["statement"]


def test_a_corrected_doubt_is_loaded_as_one(engine: Engine) -> None:
    load(engine, make_verdict(issues=[make_issue(status=IssueStatus.CORRECTED)]))
    assert statuses(engine) == {"rate_mismatch": "corrected"}
    assert list_doubts(engine) == []


def test_a_message_is_held_in_both_languages(engine: Engine) -> None:
    load(engine, make_verdict(issues=[make_issue(message_vi="Tỷ lệ ghi sai")]))
    (doubt,) = view_rows(engine, "v_quality_issue")
    assert doubt["message_vi"] == "Tỷ lệ ghi sai"
    assert doubt["other_document_id"] is None
