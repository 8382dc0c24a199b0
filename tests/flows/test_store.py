from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.errors import (
    EmptyFileError,
    FileMissingError,
    LimitExceededError,
    NotAPaperError,
    TerminalError,
    UnfinishedFileError,
    UsageError,
)
from flows.store import Arrival, Paper, Store, mark_of, shown_name, shown_path

PDF = b"%PDF-1.4\n%only its beginning is looked at\n"


@dataclass(frozen=True)
class Made:
    """Stands for what a stage makes."""

    text: str


def arrival(path: Path, source: str | None = None) -> Arrival:
    return Arrival(path, path.name, source, datetime(2024, 1, 2, tzinfo=UTC))


def put(store: Store, path: Path, max_bytes: int = 1 << 20) -> Paper:
    return store.put(arrival(path), max_bytes=max_bytes)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "deep" / "store")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "Kế hoạch.pdf"
    path.write_bytes(PDF)
    return path


def files(store: Store) -> list[Path]:
    return sorted(path for path in store.root.rglob("*") if path.is_file())


def test_a_paper_is_kept_by_its_hash(store: Store, pdf: Path) -> None:
    paper = put(store, pdf)
    assert paper.sha256 == hashlib.sha256(PDF).hexdigest()
    assert paper.stored_at == store.root / paper.sha256[:2] / paper.sha256 / "paper.pdf"
    assert paper.stored_at.read_bytes() == PDF
    assert (paper.file_name, paper.byte_size) == ("Kế hoạch.pdf", len(PDF))


def test_the_same_bytes_are_kept_once(store: Store, pdf: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.PDF"
    twin.write_bytes(PDF)
    first, second = put(store, pdf), put(store, twin)
    assert first.stored_at == second.stored_at
    assert (first.file_name, second.file_name) == ("Kế hoạch.pdf", "twin.PDF")
    assert files(store) == [first.stored_at]


def test_only_the_owner_may_look(store: Store, pdf: Path) -> None:
    paper = put(store, pdf)
    store.keep(paper.sha256, "evidence", "k", Made("x"))
    for path in [store.root, *store.root.rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_what_was_kept_comes_back(store: Store, pdf: Path) -> None:
    sha = put(store, pdf).sha256
    store.keep(sha, "records", "key1", Made("Tỷ lệ hộ nghèo"))
    assert store.find(sha, "records", "key1", Made) == Made("Tỷ lệ hộ nghèo")


def test_another_key_stage_or_paper_has_nothing(store: Store, pdf: Path) -> None:
    sha = put(store, pdf).sha256
    store.keep(sha, "records", "key1", Made("x"))
    assert store.find(sha, "records", "key2", Made) is None
    assert store.find(sha, "verdict", "key1", Made) is None
    assert store.find("0" * 64, "records", "key1", Made) is None


def test_a_damaged_kept_form_counts_as_none(store: Store, pdf: Path) -> None:
    sha = put(store, pdf).sha256
    store.keep(sha, "records", "key1", Made("x"))
    kept = next(p for p in files(store) if p.name.startswith("records"))
    kept.write_bytes(kept.read_bytes()[:-3])
    assert store.find(sha, "records", "key1", Made) is None
    kept.write_bytes(b"no zstd at all")
    assert store.find(sha, "records", "key1", Made) is None


def test_a_write_that_breaks_off_leaves_nothing(
    store: Store, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = put(store, pdf).sha256
    before = files(store)

    def full_disk(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.store.os.fsync", full_disk)
    with pytest.raises(TerminalError, match="No space"):
        store.keep(sha, "records", "key1", Made("x"))
    assert files(store) == before


def test_unfit_files_are_refused(store: Store, tmp_path: Path) -> None:
    empty, text = tmp_path / "empty.pdf", tmp_path / "text.pdf"
    empty.touch()
    text.write_text("not a PDF")
    with pytest.raises(FileMissingError):
        put(store, tmp_path / "nowhere.pdf")
    with pytest.raises(FileMissingError, match="folder"):
        put(store, tmp_path)
    with pytest.raises(EmptyFileError):
        put(store, empty)
    with pytest.raises(NotAPaperError):
        put(store, text)
    assert not store.root.exists()


@pytest.mark.parametrize(
    "name",
    ["a\0b.pdf", "x" * 300 + ".pdf", "../" * 40 + "etc/none.pdf", "a.pdf/../none"],
    ids=["NUL", "300 letters", "up", "up from a file"],
)
def test_a_name_that_no_file_has_is_a_missing_file(
    store: Store, pdf: Path, name: str
) -> None:
    with pytest.raises(FileMissingError, match="no such file"):
        put(store, pdf.parent / name)
    assert not store.root.exists()


def test_a_large_file_is_refused(store: Store, pdf: Path) -> None:
    put(store, pdf, max_bytes=len(PDF))
    with pytest.raises(LimitExceededError) as caught:
        put(store, pdf, max_bytes=len(PDF) - 1)
    assert "SOHOA_MAX_FILE_MB" in str(caught.value)


def test_a_store_that_cannot_be_made_says_what_to_set(pdf: Path) -> None:
    with pytest.raises(UsageError, match="cannot be made") as caught:
        put(Store(pdf / "store"), pdf)
    assert "SOHOA_STORE" in str(caught.value)


@pytest.mark.parametrize("path", ["/in/so/a.pdf", "so/a.pdf", "../a.pdf", "a.pdf"])
def test_a_path_is_shown_as_it_is(path: str) -> None:
    assert shown_path(Path(path)) == path


def test_two_names_that_cannot_be_shown_are_still_two() -> None:
    one, other = (
        shown_path(Path(raw.decode("utf-8", "surrogateescape")))
        for raw in (b"so/\xff.pdf", b"so/\xfe.pdf")
    )
    assert one != other
    assert one.startswith("so/\ufffd.pdf [")


def test_a_link_is_not_followed_where_the_file_must_be_the_one_found(
    store: Store, pdf: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.pdf"
    link.symlink_to(pdf)
    mark = mark_of(link.lstat())
    with pytest.raises(NotAPaperError, match="link"):
        store.put(replace(arrival(link), mark=mark, is_bound=True), max_bytes=1 << 20)
    assert put(store, link).sha256


def test_a_file_that_changed_since_it_was_found_is_left(
    store: Store, pdf: Path
) -> None:
    found = replace(arrival(pdf), mark=mark_of(pdf.stat()), is_bound=True)
    pdf.write_bytes(PDF + b"and more")
    with pytest.raises(UnfinishedFileError, match="next run"):
        store.put(found, max_bytes=1 << 20)
    assert not store.root.exists()


def test_a_file_that_grows_while_it_is_copied_is_left(
    store: Store, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grow(handle: int) -> None:
        with pdf.open("ab") as file:
            file.write(b"more")

    monkeypatch.setattr("flows.store.os.fsync", grow)
    with pytest.raises(UnfinishedFileError):
        put(store, pdf)
    assert files(store) == []


def test_what_killed_runs_left_half_written_is_swept(store: Store, pdf: Path) -> None:
    put(store, pdf)
    old, young = store.root / ".new-old", store.root / ".new-young"
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    store.sweep()
    assert young.exists()
    assert not old.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ke\u0302\u0301 hoach.pdf", "kế hoach.pdf"),  # NFD, as macOS names files
        ("a\nb\x1b[31m.pdf", "a\ufffdb\ufffd[31m.pdf"),
        (b"\xff\xfe.pdf".decode("utf-8", "surrogateescape"), "\ufffd\ufffd.pdf"),
    ],
)
def test_names_are_shown_safely(name: str, shown: str) -> None:
    assert shown_name(Path(name)) == shown
