"""Folders that sohoa makes for itself."""

from __future__ import annotations

from pathlib import Path

from extractors.errors import UsageError


def make_private(folder: Path) -> None:
    """Make a folder, and those above it, that only its owner may enter.

    One that is there already stays as it is.

    Raises:
        UsageError: It cannot be made.
    """
    try:
        if not folder.parent.exists():
            make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"the folder {folder} cannot be made ({error.strerror})",
            todo="Set SOHOA_HOME or SOHOA_STORE to a folder that may be written to.",
        ) from error
