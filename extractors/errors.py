"""The one tree of errors that sohoa raises.

SohoaError
├── TransientError          passes by itself: a lock, a lost connection; retried
│   ├── WarehouseBusyError
│   ├── KilledError         a process at work was killed from outside
│   └── NightBusyError      another night is still at work
├── StoppedError            the run was ended while it was at work
└── TerminalError           needs a person; never retried
    ├── InputError          the file is not what it should be
    │   ├── FileMissingError
    │   ├── UnfinishedFileError it is still being written
│   ├── EmptyFileError
    │   ├── NotAPaperError      neither PDF nor image
    │   ├── EncryptedPdfError
    │   ├── DamagedPdfError
    │   └── LimitExceededError  more pages, pixels or bytes than the settings allow
    ├── DependencyError     a program or its data is not installed
    ├── QuarantineError     the records break a rule of structure; nothing was loaded
    ├── WarehouseError      the warehouse refuses for good
    ├── StoreError          the store refuses to be written to
    └── UsageError          what was asked for cannot be done
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import ClassVar


class ExitCode(IntEnum):
    """What a command ends with; the README lists them."""

    OK = 0
    FAILED = 1
    USAGE = 2
    INPUT = 3
    QUARANTINED = 4
    DEPENDENCY = 5
    WAREHOUSE = 6
    BUSY = 7


class SohoaError(Exception):
    """Anything that sohoa itself raises.

    Args:
        what: What happened, in one sentence without a full stop.
        todo: What the reader can do about it.
        file: The paper it happened to.
        page_no: The page (1-based), where one is known.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(
        self,
        what: str,
        *,
        todo: str,
        file: Path | str | None = None,
        page_no: int | None = None,
    ) -> None:
        self.what = what
        self.todo = todo
        self.file = str(file) if file is not None else None
        self.page_no = page_no
        super().__init__(what)

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error travel from a worker process with all of its parts."""
        return _rebuild, (type(self), self.what, self.todo, self.file, self.page_no)

    def __str__(self) -> str:
        """Return the whole story in one line: where, what, what to do."""
        page = f", page {self.page_no}" if self.page_no is not None else ""
        where = f"{self.file}{page}: " if self.file else ""
        line = f"{where}{self.what}. {self.todo}"
        return " ".join(line.split())


def _rebuild(
    kind: type[SohoaError], what: str, todo: str, file: str | None, page_no: int | None
) -> SohoaError:
    return kind(what, todo=todo, file=file, page_no=page_no)


class TransientError(SohoaError):
    """Passes by itself; the same work may be tried again."""


class WarehouseBusyError(TransientError):
    """The warehouse is locked or the connection was lost."""

    exit_code = ExitCode.BUSY


class KilledError(TransientError):
    """A process that was at work was killed, by the system or by a person."""


class NightBusyError(TransientError):
    """Another night is still at work."""

    exit_code = ExitCode.BUSY


class StoppedError(SohoaError):
    """The run was ended while it was at work."""


class TerminalError(SohoaError):
    """Trying again gives the same; a person has to act."""


class InputError(TerminalError):
    """The file is not one that can be read."""

    exit_code = ExitCode.INPUT


class FileMissingError(InputError):
    """There is no such file."""


class UnfinishedFileError(InputError):
    """The file changes while it is looked at."""


class EmptyFileError(InputError):
    """The file has no bytes."""


class NotAPaperError(InputError):
    """The file is neither a PDF nor an image, whatever its name says."""


class EncryptedPdfError(InputError):
    """The PDF wants a password."""


class DamagedPdfError(InputError):
    """The PDF cannot be opened or one of its pages cannot be drawn."""


class LimitExceededError(InputError):
    """The file is larger than the settings allow."""


class DependencyError(TerminalError):
    """A program, or data of a program, is missing."""

    exit_code = ExitCode.DEPENDENCY


class QuarantineError(TerminalError):
    """The records break a rule of structure, so nothing of them was loaded."""

    exit_code = ExitCode.QUARANTINED


class WarehouseError(TerminalError):
    """The warehouse refuses, and will again."""

    exit_code = ExitCode.WAREHOUSE


class StoreError(TerminalError):
    """The store refuses to be written to: no room, no right."""


class UsageError(TerminalError):
    """What was asked for does not exist or cannot be done."""

    exit_code = ExitCode.USAGE
