"""The store: each paper once by the hash of its bytes, with what was made of it.

    <store>/ab/abcdef…/paper.pdf                the bytes as received
    <store>/ab/abcdef…/evidence-<key>.json.zst  after reading
    <store>/ab/abcdef…/records-<key>.json.zst   after parsing
    <store>/ab/abcdef…/verdict-<key>.json.zst   after checking

Everything is written under another name first and then renamed, so that a file is
either whole or not there. Only its owner may look (0600, folders 0700): submissions
name people.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TypeVar

import msgspec
import zstandard

from extractors.codec import pack, unpack
from extractors.errors import (
    EmptyFileError,
    FileMissingError,
    InputError,
    LimitExceededError,
    TerminalError,
)
from extractors.paper import file_kind
from flows.folders import make_private
from parsers.text import nfc

T = TypeVar("T")
_CHUNK = 1 << 20
PAPER_SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
"""How the names of papers end; what a file really is, its bytes say."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was handed in. ``name`` is how people will find it again."""

    path: Path
    name: str
    source: str | None
    """The sender: the folder under the inbox that it came in."""
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in the store: small enough to be handed from task to task."""

    arrival: Arrival
    file_name: str
    sha256: str
    byte_size: int
    modified_at: datetime
    stored_at: Path
    reader: str = ""
    """The programs that read it, once it is read."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of papers and their kept stages."""

    root: Path

    def put(self, arrival: Arrival, *, max_bytes: int) -> Paper:
        """Copy a paper in, once, and say what it is.

        Raises:
            FileMissingError: There is no such file, or it is a folder.
            EmptyFileError: It has no bytes.
            LimitExceededError: It is larger than allowed.
            NotAPaperError: It is neither PDF nor image.
            InputError: It may not be read.
            UsageError: The store may not be written to.
        """
        path = arrival.path
        _refuse_unfit(path, max_bytes)
        kind = file_kind(path)
        with _open(path) as source, self._new_file(self.root) as (target, temporary):
            sha256 = _copy(source, target)
            status = os.fstat(source.fileno())
            # Some readers of PDFs want the name to end like one.
            stored = self._folder(sha256) / f"paper.{kind.value}"
            if not stored.exists():
                make_private(stored.parent)
                temporary.replace(stored)
        return Paper(
            arrival,
            shown_name(path),
            sha256,
            status.st_size,
            datetime.fromtimestamp(status.st_mtime, UTC),
            stored,
        )

    def keep(self, sha256: str, stage: str, key: str, value: object) -> None:
        """Keep what a stage made of a paper."""
        path = self._stage_path(sha256, stage, key)
        with self._new_file(path.parent) as (target, temporary):
            target.write(pack(value))
            target.flush()
            os.fsync(target.fileno())
            temporary.replace(path)

    def find(self, sha256: str, stage: str, key: str, kind: type[T]) -> T | None:
        """Return what a stage made of a paper, or None where it is to be made anew.

        A kept form that can no longer be read counts as none.
        """
        try:
            return unpack(self._stage_path(sha256, stage, key).read_bytes(), kind)
        except (FileNotFoundError, msgspec.ValidationError, zstandard.ZstdError):
            return None

    def _folder(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def _stage_path(self, sha256: str, stage: str, key: str) -> Path:
        return self._folder(sha256) / f"{stage}-{key}.json.zst"

    @contextmanager
    def _new_file(self, folder: Path) -> Iterator[tuple[IO[bytes], Path]]:
        """Give a new private file in the folder; it is gone if nobody renames it."""
        make_private(folder)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as f:
            temporary = Path(f.name)
            try:
                yield f.file, temporary
            except OSError as error:
                raise TerminalError(
                    f"the store {self.root} cannot be written to ({error.strerror})",
                    todo="Make room there, or set SOHOA_STORE to another folder.",
                ) from error
            finally:
                temporary.unlink(missing_ok=True)


def _refuse_unfit(path: Path, max_bytes: int) -> None:
    """Raise what is the matter with a file that no reader need look at."""
    if path.is_dir():
        raise FileMissingError(
            "there is no PDF or image in this folder",
            todo="Name a file, or a folder that holds papers.",
            file=path,
        )
    if not path.is_file():
        raise FileMissingError(
            "there is no such file", todo="Check the path for a slip.", file=path
        )
    size = path.stat().st_size
    if size == 0:
        raise EmptyFileError(
            "the file is empty",
            todo="Ask the sender for it again.",
            file=path,
        )
    if size > max_bytes:
        raise LimitExceededError(
            f"the file has {size >> 20} MB, more than the {max_bytes >> 20} MB allowed",
            todo="Raise SOHOA_MAX_FILE_MB if it is a paper all the same.",
            file=path,
        )


def shown_name(path: Path) -> str:
    """Return the base name as text that any column or terminal can hold.

    A name may be any bytes: those that are no letters, or that steer a terminal, are
    shown as a replacement character. Unicode is NFC.
    """
    name = nfc(os.fsencode(path.name).decode("utf-8", "replace"))
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _open(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(
            f"the file cannot be opened ({error.strerror})",
            todo="Give the user that runs sohoa the right to read it.",
            file=path,
        ) from error


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy all bytes to the disk itself; return their SHA-256."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()
