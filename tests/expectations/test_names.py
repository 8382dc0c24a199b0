"""Checks and suites have names for people, and a place in the documents."""

from __future__ import annotations

from pathlib import Path

from expectations.families import checked_frames
from expectations.names import CHECKS, SUITES, name_of
from tests.expectations.paper_makers import make_records

ROOT = Path(__file__).resolve().parents[2]


def test_every_suite_is_named_in_both_languages():
    suites = {checked.name for checked in checked_frames(make_records(), ())}

    assert set(SUITES) == suites
    assert all(vi and en for vi, en in (*SUITES.values(), *CHECKS.values()))


def test_what_has_no_name_is_called_by_its_code():
    assert name_of("new_check", CHECKS) == ("new_check", "new_check")


def test_checks_and_suites_stand_in_the_documents():
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")

    assert {code for code in (*CHECKS, *SUITES) if f"`{code}`" not in page} == set()
