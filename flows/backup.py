"""Store and warehouse together as a folder, and both made of it again.

    <folder>/manifest.json   what is in it, each file with its SHA-256; written last
    <folder>/warehouse/…     the warehouse, all of one moment
    <folder>/store/…         the papers and what was made of them

The warehouse is copied first: whatever it speaks of is in the store by then.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from extractors.errors import UsageError, WarehouseError
from flows.engine import open_engine
from flows.folders import make_private
from flows.keys import code_version
from flows.settings import Settings
from warehouse.backup import Dump, dump_warehouse, restore_warehouse

_MANIFEST = "manifest.json"
_UNFINISHED = ".new-"
"""How names of files begin that the store has not finished."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. ``files`` are paths within it with their SHA-256."""

    made_at: datetime
    code_version: str
    warehouse: Dump
    files: dict[str, str]

    @property
    def papers(self) -> int:
        """How many papers of the store are in it."""
        return sum(Path(name).stem == "paper" for name in self.files)


def make_backup(settings: Settings, folder: Path) -> Manifest:
    """Copy warehouse and store into a new or empty folder.

    Raises:
        UsageError: The folder holds something, or cannot be made.
        WarehouseError: The warehouse or the disk refuses.
    """
    make_private(folder)
    if any(folder.iterdir()):
        raise UsageError(
            f"the folder {folder} is not empty", todo="Name a new one for each backup."
        )
    for part in ("warehouse", "store"):
        make_private(folder / part)
    try:
        engine = open_engine(settings)
        dump = dump_warehouse(engine, folder / "warehouse")
        engine.dispose()
        _copy_new(settings.store_dir, folder / "store")
        manifest = Manifest(
            datetime.now(UTC), code_version(), dump, dict(_hashes(folder))
        )
        target = folder / _MANIFEST
        target.touch(mode=0o600)
        target.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    except OSError as error:
        raise _refused(folder, error) from error
    return manifest


def restore_backup(settings: Settings, folder: Path) -> Manifest:
    """Make store and warehouse of a backup, where no paper is in the warehouse yet.

    Nothing is done unless every file of the backup is there and unchanged.

    Raises:
        UsageError: It is no whole backup, or the warehouse is not empty.
        WarehouseError: The warehouse or the disk refuses.
    """
    manifest = _read_manifest(folder)
    try:
        if dict(_hashes(folder)) != manifest.files:
            raise UsageError(
                f"the backup {folder} is not as it was made: files are missing, "
                "changed or added",
                todo="Take another backup.",
            )
        if not settings.warehouse:
            make_private(settings.home)
        _copy_new(folder / "store", settings.store_dir)
        restore_warehouse(
            settings.warehouse_url, manifest.warehouse, folder / "warehouse"
        ).dispose()
    except OSError as error:
        raise _refused(settings.store_dir, error) from error
    return manifest


def _read_manifest(folder: Path) -> Manifest:
    try:
        return msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(
            f"{folder} is no backup, or one that was not finished",
            todo="Name the folder that 'sohoa backup' made.",
        ) from error


def _files(folder: Path) -> Iterator[Path]:
    """Yield the finished files below a folder, as paths within it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(_UNFINISHED):
            yield path.relative_to(folder)


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for name in _files(folder):
        if name != Path(_MANIFEST):
            with (folder / name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256")
            yield name.as_posix(), digest.hexdigest()


def _copy_new(source: Path, target: Path) -> None:
    """Copy the files that are not there yet; one that is there is the same."""
    make_private(target)
    for name in _files(source) if source.is_dir() else ():
        if not (target / name).exists():
            make_private((target / name).parent)
            unfinished = (target / name).with_name(_UNFINISHED + name.name)
            shutil.copy2(source / name, unfinished)
            unfinished.replace(target / name)


def _refused(folder: Path, error: OSError) -> WarehouseError:
    return WarehouseError(
        f"{error.filename or folder} cannot be read or written ({error.strerror})",
        todo="Make room there, or name another folder.",
    )
