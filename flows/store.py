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

import errno
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    NotAPaperError,
    StoreError,
    UnfinishedFileError,
)
from extractors.paper import HEAD_BYTES, FileKind, kind_of
from flows.folders import make_private
from parsers.text import nfc

T = TypeVar("T")
_CHUNK = 1 << 20
_NEW = ".new-"
_LEFT_SECONDS = 3600.0
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
    mark: str = ""
    """Size, time of change and inode when it was found; see ``mark_of``."""
    is_bound: bool = False
    """Whether the bytes must be those of the very file that was found, no link."""
    read_options: str = ""
    """What it is read with instead of the usual, as 'dpi=400,psm=6'."""


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
            UnfinishedFileError: It changed since it was found, or while it was copied.
            UsageError: The store cannot be made.
            StoreError: The store may not be written to.
        """
        path = arrival.path
        with _open(arrival) as source:
            status = os.fstat(source.fileno())
            _refuse_unfit(arrival, status, max_bytes)
            kind = kind_of(source.read(HEAD_BYTES), path)
            source.seek(0)
            with self._new_file(self.root) as (target, temporary):
                sha256 = _copy(source, target, path)
                _refuse_unfinished(path, status, os.fstat(source.fileno()))
                stored = self._keep_paper(sha256, kind, temporary)
        return Paper(
            arrival,
            shown_name(path),
            sha256,
            status.st_size,
            datetime.fromtimestamp(status.st_mtime, UTC),
            stored,
        )

    def place_of(self, sha256: str) -> Path | None:
        """Return where a paper is kept, or None where it is not."""
        return next(self._folder(sha256).glob("paper.*"), None)

    def forget(self, sha256: str) -> None:
        """Delete a paper and everything that was made of it, for good.

        Raises:
            StoreError: The store may not be written to.
        """
        try:
            shutil.rmtree(self._folder(sha256))
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(
                f"the paper cannot be deleted from the store ({error.strerror})",
                todo="Give the user that runs sohoa the right to write there.",
            ) from error

    def _keep_paper(self, sha256: str, kind: FileKind, temporary: Path) -> Path:
        # Some readers of PDFs want the name to end like one.
        stored = self._folder(sha256) / f"paper.{kind.value}"
        if not stored.exists():
            make_private(stored.parent)
            temporary.replace(stored)
        return stored

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
        try:
            with tempfile.NamedTemporaryFile(
                dir=folder, prefix=_NEW, delete=False
            ) as f:
                temporary = Path(f.name)
                try:
                    yield f.file, temporary
                finally:
                    temporary.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"the store {self.root} cannot be written to ({error.strerror})",
                todo="Make room there, or set SOHOA_STORE to another folder.",
            ) from error

    def sweep(self) -> None:
        """Take away what runs that were killed left half written an hour ago."""
        before = time.time() - _LEFT_SECONDS
        for left in (*self.root.glob(f"{_NEW}*"), *self.root.glob(f"*/*/{_NEW}*")):
            with suppress(OSError):
                if left.stat().st_mtime < before:
                    left.unlink()


def mark_of(status: os.stat_result) -> str:
    """Return what tells one state of a file from another without reading it."""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"


def _refuse_unfit(arrival: Arrival, status: os.stat_result, max_bytes: int) -> None:
    """Raise what is the matter with a file that no reader need look at."""
    path = arrival.path
    if arrival.is_bound and arrival.mark != mark_of(status):
        raise _unfinished(path)
    if stat.S_ISDIR(status.st_mode):
        raise FileMissingError(
            "there is no PDF or image in this folder",
            todo="Name a file, or a folder that holds papers.",
            file=path,
        )
    if not stat.S_ISREG(status.st_mode):
        raise _no_file(path)
    if status.st_size == 0:
        raise EmptyFileError(
            "the file is empty",
            todo="Ask the sender for it again.",
            file=path,
        )
    if status.st_size > max_bytes:
        raise LimitExceededError(
            f"the file has {status.st_size >> 20} MB, "
            f"more than the {max_bytes >> 20} MB allowed",
            todo="Raise SOHOA_MAX_FILE_MB if it is a paper all the same.",
            file=path,
        )


def _refuse_unfinished(
    path: Path, before: os.stat_result, after: os.stat_result
) -> None:
    if mark_of(before) != mark_of(after):
        raise _unfinished(path)


def _unfinished(path: Path) -> UnfinishedFileError:
    return UnfinishedFileError(
        "the file changed while it was looked at",
        todo="Nothing: the next run takes it when it is complete.",
        file=path,
    )


def _missing(path: Path) -> FileMissingError:
    return FileMissingError(
        "there is no such file", todo="Check the path for a slip.", file=path
    )


def _no_file(path: Path) -> NotAPaperError:
    return NotAPaperError(
        "it is no file but a link or a device",
        todo="Send the file itself.",
        file=path,
    )


def shown_name(path: Path) -> str:
    """Return the base name as text that any column or terminal can hold.

    A name may be any bytes: those that are no letters, or that steer a terminal, are
    shown as a replacement character. Unicode is NFC.
    """
    name = nfc(os.fsencode(path.name).decode("utf-8", "replace"))
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def shown_path(path: Path) -> str:
    """Return the path as text for columns and terminals, in NFC, no two alike.

    Where a letter cannot be shown, a mark made of the very bytes follows.
    """
    parts = path.relative_to(path.anchor).parts
    shown = str(Path(path.anchor, *(shown_name(Path(part)) for part in parts)))
    if "\ufffd" not in shown:
        return shown
    return f"{shown} [{hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}]"


def _open(arrival: Arrival) -> IO[bytes]:
    """Open a file to be read, never waiting for one that is no file (a pipe)."""
    link = os.O_NOFOLLOW if arrival.is_bound else 0
    try:
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | link
        return os.fdopen(os.open(arrival.path, flags), "rb")
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise _missing(arrival.path) from error
    except IsADirectoryError as error:
        raise FileMissingError(
            "there is no PDF or image in this folder",
            todo="Name a file, or a folder that holds papers.",
            file=arrival.path,
        ) from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _missing(arrival.path) from error
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise _no_file(arrival.path) from error
        raise InputError(
            f"the file cannot be opened ({error.strerror})",
            todo="Give the user that runs sohoa the right to read it.",
            file=arrival.path,
        ) from error


def _copy(source: IO[bytes], target: IO[bytes], path: Path) -> str:
    """Copy all bytes to the disk itself; return their SHA-256."""
    digest = hashlib.sha256()
    while chunk := _read_chunk(source, path):
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def _read_chunk(source: IO[bytes], path: Path) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})",
            todo="See that its disk is in order, and hand it in again.",
            file=path,
        ) from error
