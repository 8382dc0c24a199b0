"""Files that are handed in: what a path or a folder on the command line stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from flows.store import PAPER_SUFFIXES, Arrival, mark_of, shown_path


def find_arrivals(paths: Iterable[Path], inbox: Path) -> tuple[Arrival, ...]:
    """Return the papers that the paths stand for, each once, in the order given.

    A folder stands for the PDFs and images in it and below, by name. A path with
    nothing behind it is returned too: that it is missing is for the register to say.
    """
    unique = dict.fromkeys(file for path in paths for file in _files_of(path))
    # One clock reading a file keeps the order of arrival, whatever is read first.
    return tuple(
        Arrival(
            file,
            name_of(file, inbox),
            sender_of(file, inbox),
            datetime.now(UTC),
            _mark(file),
        )
        for file in unique
    )


def name_of(file: Path, inbox: Path) -> str:
    """Return how people know the file: its path, within the inbox if it is there."""
    return shown_path(_inside(file, inbox) or file)


def sender_of(file: Path, inbox: Path) -> str | None:
    """Return the sender: the folder under the inbox that the file lies in."""
    inside = _inside(file, inbox)
    return shown_path(Path(inside.parts[0])) if inside and inside.parts[1:] else None


def _files_of(path: Path) -> Iterator[Path]:
    if not _is_folder(path):
        yield path
        return
    found = sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in PAPER_SUFFIXES and file.is_file()
    )
    yield from found or [path]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that none can have: too long, or with a NUL
        return False


def _inside(file: Path, inbox: Path) -> Path | None:
    """Return the path relative to the inbox, or None where it is not in there."""
    absolute, root = file.absolute(), inbox.absolute()
    return absolute.relative_to(root) if absolute.is_relative_to(root) else None


def _mark(file: Path) -> str:
    try:
        return mark_of(file.stat())
    except (OSError, ValueError):
        return ""
