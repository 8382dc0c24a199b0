from __future__ import annotations

from pathlib import Path

import pytest

from flows.arrivals import find_arrivals


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "inbox"
    (folder / "so-ldtbxh" / "2024").mkdir(parents=True)
    return folder


def test_a_folder_stands_for_the_papers_below_it(inbox: Path) -> None:
    for name in ("b.pdf", "a.PDF", "scan.jpeg", "notes.txt", "2024/c.tiff"):
        (inbox / "so-ldtbxh" / name).touch()
    names = [a.name for a in find_arrivals([inbox], inbox)]
    assert names == [
        "so-ldtbxh/2024/c.tiff",
        "so-ldtbxh/a.PDF",
        "so-ldtbxh/b.pdf",
        "so-ldtbxh/scan.jpeg",
    ]


def test_the_sender_is_the_folder_under_the_inbox(inbox: Path, tmp_path: Path) -> None:
    paths = [
        inbox / "so-ldtbxh" / "2024" / "a.pdf",
        inbox / "loose.pdf",
        tmp_path / "elsewhere.pdf",
    ]
    sources = [a.source for a in find_arrivals(paths, inbox)]
    assert sources == ["so-ldtbxh", None, None]


def test_each_file_comes_once_in_the_order_given(inbox: Path) -> None:
    for name in ("b.pdf", "a.pdf"):
        (inbox / name).touch()
    found = find_arrivals([inbox / "b.pdf", inbox], inbox)
    assert [a.path.name for a in found] == ["b.pdf", "a.pdf"]
    assert found[0].received_at <= found[1].received_at


def test_nothing_given_is_lost(inbox: Path) -> None:
    missing, empty, odd = inbox / "missing.pdf", inbox / "so-ldtbxh", inbox / "odd.txt"
    odd.touch()
    found = find_arrivals([missing, empty, odd], inbox)
    assert [a.path for a in found] == [missing, empty, odd]


@pytest.mark.parametrize("name", ["a\0b.pdf", "x" * 300 + ".pdf", "../" * 2000])
def test_a_name_that_no_file_has_stops_no_other(inbox: Path, name: str) -> None:
    plan = inbox / "plan.pdf"
    plan.touch()
    found = find_arrivals([Path(name), plan], inbox)
    assert [a.path for a in found] == [Path(name), plan]
