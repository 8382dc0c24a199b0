"""The inbox: what is new, what is known, what waits, and whose it is."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from flows.inbox import Known, look_into_inbox, sent_of
from flows.store import Arrival
from warehouse.manifest import Sent


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "so-ldtbxh" / "2024").mkdir(parents=True)
    return folder


def put(
    inbox: Path, name: str, content: bytes = b"%PDF-1.4", age: float = 3600
) -> Path:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


def settled(arrival: Arrival, sha256: str | None = None) -> Known:
    row = replace(sent_of(arrival), is_settled=True, file_sha256=sha256)
    return {arrival.name: {arrival.mark: row}}


def names(inbox: Path, known: Known | None = None) -> list[str]:
    return [a.name for a in look_into_inbox(inbox, known or {}, 60).new]


def test_whatever_was_sent_is_found_whatever_its_name(inbox: Path) -> None:
    for name in ("b.PDF", "2024/c.tiff", "letter.docx", "scan"):
        put(inbox, f"so-ldtbxh/{name}")
    assert names(inbox) == [
        "so-ldtbxh/2024/c.tiff",
        "so-ldtbxh/b.PDF",
        "so-ldtbxh/letter.docx",
        "so-ldtbxh/scan",
    ]


def test_the_sender_is_the_first_folder(inbox: Path) -> None:
    put(inbox, "so-ldtbxh/2024/a.pdf")
    put(inbox, "loose.pdf")
    found = look_into_inbox(inbox, {}, 60).new
    assert {a.name: a.source for a in found} == {
        "so-ldtbxh/2024/a.pdf": "so-ldtbxh",
        "loose.pdf": None,
    }


@pytest.mark.parametrize(
    "name", [".a.pdf.Xy3", "a.pdf.part", "a.pdf.filepart", "a.pdf~", "Thumbs.db"]
)
def test_what_nobody_sent_is_passed_over(inbox: Path, name: str) -> None:
    put(inbox, f"so/{name}")
    assert names(inbox) == []


def test_a_file_that_is_still_written_waits(inbox: Path) -> None:
    path = put(inbox, "so/a.pdf", age=5)
    found = look_into_inbox(inbox, {}, 60)
    assert (found.new, found.waiting) == ((), 1)
    os.utime(path, (time.time() - 61,) * 2)
    assert names(inbox) == ["so/a.pdf"]


def test_a_clock_that_is_ahead_makes_no_file_wait_for_ever(inbox: Path) -> None:
    put(inbox, "so/a.pdf", age=-3 * 24 * 3600)
    assert names(inbox) == ["so/a.pdf"]


def test_a_known_file_is_passed_over(inbox: Path) -> None:
    put(inbox, "so/a.pdf")
    (arrival,) = look_into_inbox(inbox, {}, 60).new
    found = look_into_inbox(inbox, settled(arrival), 60)
    assert (found.new, found.known) == ((), 1)


def test_a_file_whose_night_was_killed_is_taken_again_as_first_seen(
    inbox: Path,
) -> None:
    put(inbox, "so/a.pdf")
    (arrival,) = look_into_inbox(inbox, {}, 60).new
    noted = {arrival.name: {arrival.mark: sent_of(arrival)}}
    (again,) = look_into_inbox(inbox, noted, 60).new
    assert again.received_at == arrival.received_at


def test_other_bytes_under_a_known_name_are_new(inbox: Path) -> None:
    put(inbox, "so/a.pdf")
    (arrival,) = look_into_inbox(inbox, {}, 60).new
    put(inbox, "so/a.pdf", b"%PDF-1.5")
    assert names(inbox, settled(arrival, "0" * 64)) == ["so/a.pdf"]


def test_the_same_bytes_touched_or_copied_are_known_by_content(inbox: Path) -> None:
    import hashlib

    path = put(inbox, "so/a.pdf")
    (arrival,) = look_into_inbox(inbox, {}, 60).new
    known = settled(arrival, hashlib.sha256(path.read_bytes()).hexdigest())
    os.utime(path, (time.time() - 600,) * 2)
    found = look_into_inbox(inbox, known, 60)
    assert found.new == ()
    (moved,) = found.moved
    assert moved.is_settled
    assert moved.mark != arrival.mark


def test_links_are_found_but_not_followed(inbox: Path, tmp_path: Path) -> None:
    put(tmp_path, "outside/secret.pdf")
    (inbox / "so").mkdir()
    (inbox / "so" / "folder").symlink_to(tmp_path / "outside")
    (inbox / "so" / "a.pdf").symlink_to(tmp_path / "outside" / "secret.pdf")
    found = look_into_inbox(inbox, {}, 0).new
    assert {a.name for a in found} == {"so/folder", "so/a.pdf"}
    assert all(a.is_bound for a in found)


def test_one_name_in_two_unicode_forms_is_two_files(inbox: Path) -> None:
    put(inbox, "so/kế.pdf", b"1")
    put(inbox, "so/ke\u0302\u0301.pdf", b"2")
    first, second = names(inbox)
    assert first == "so/kế.pdf"
    assert second.startswith("so/kế.pdf [")


def test_no_inbox_is_an_empty_one(tmp_path: Path) -> None:
    assert look_into_inbox(tmp_path / "none", {}, 60).new == ()


def test_ten_thousand_known_files_are_passed_over_unread(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = inbox / "so"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number}.pdf").touch()
    known: dict[str, dict[str, Sent]] = {}
    for arrival in look_into_inbox(inbox, {}, 0).new:
        known |= settled(arrival)
    monkeypatch.setattr(Path, "open", None)
    found = look_into_inbox(inbox, known, 0)
    assert (found.new, found.known) == ((), 10_000)
