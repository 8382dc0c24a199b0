"""The inbox: what senders have put there, and which of it is new. It is only read.

    <inbox>/<sender>/…/plan.pdf

A file is known by path, size, time of change and inode; where one of these differs,
by its bytes. Links are not followed, and a file that is still being written waits.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from flows.arrivals import name_of, sender_of
from flows.store import Arrival, mark_of, shown_name
from parsers.text import nfc
from warehouse.manifest import Sent

log = logging.getLogger(__name__)

_UNFINISHED = (".part", ".partial", ".crdownload", ".filepart", ".tmp", "~")
"""How programs name a file that they have not finished yet."""
_OF_DESKTOPS = frozenset({"thumbs.db", "desktop.ini"})
"""What file managers leave in a folder beside what was sent."""

Known = Mapping[str, Mapping[str, Sent]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What lies in the inbox.

    ``new`` is to be taken, ``moved`` are known files whose bytes are the same under
    another mark, ``known`` counts files passed over, ``waiting`` those not complete.
    """

    new: tuple[Arrival, ...]
    moved: tuple[Sent, ...]
    known: int
    waiting: int


def look_into_inbox(inbox: Path, known: Known, quiet_seconds: float) -> Delivery:
    """Return what is new in the inbox, by sender and name.

    Args:
        inbox: The folder; none there is an empty one.
        known: The manifest, by path and mark.
        quiet_seconds: A file changed more recently waits for the next run.
    """
    new: list[Arrival] = []
    moved: list[Sent] = []
    seen: Counter[str] = Counter()
    for arrival, status in _found(inbox):
        if _is_settled(known, arrival):
            seen["known"] += 1
        elif 0 <= time.time() - status.st_mtime < quiet_seconds:
            seen["waiting"] += 1
            log.info("it may still be written", extra={"document": arrival.name})
        elif (same := _same_bytes(known, arrival, status)) is not None:
            moved.append(same)
        else:
            new.append(_first_seen(known, arrival))
    return Delivery(tuple(new), tuple(moved), seen["known"], seen["waiting"])


def sent_of(arrival: Arrival) -> Sent:
    """Return the manifest's row of a file."""
    size, changed, _ = (int(part) for part in arrival.mark.split(":"))
    return Sent(
        path_name=arrival.name,
        mark=arrival.mark,
        source=arrival.source,
        file_name=shown_name(arrival.path),
        byte_size=size,
        modified_at=datetime.fromtimestamp(changed / 1e9, UTC),
        received_at=arrival.received_at,
        read_options=arrival.read_options,
    )


def _found(inbox: Path) -> Iterator[tuple[Arrival, os.stat_result]]:
    """Yield each file under its own name; one whose name another has, by a longer."""
    names: set[str] = set()
    for path, status in sorted(_walk(inbox), key=lambda found: _order(found[0])):
        name = name_of(path, inbox)
        if name in names:  # the same letters, composed in another way
            name = f"{name} [{hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}]"
        names.add(name)
        source = sender_of(path, inbox)
        now = datetime.now(UTC)
        yield Arrival(path, name, source, now, mark_of(status), True), status


def _order(path: Path) -> tuple[bool, bytes]:
    """By name, but first those that need no other form to be shown."""
    return str(path) != nfc(str(path)), os.fsencode(path)


def _walk(inbox: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield all that is no folder, and what each is itself, never what it links to."""
    folders = [inbox]
    while folders:
        for entry in _entries(folders.pop()):
            path = Path(entry.path)
            if _is_beside(entry.name):
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:  # gone since, or not to be looked at
                log.warning("%s: %s", name_of(path, inbox), error.strerror)
                continue
            if stat.S_ISDIR(status.st_mode):
                folders.append(path)
            else:
                yield path, status


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
    except OSError as error:
        log.error(
            "the folder %s in the inbox cannot be looked into (%s)",
            shown_name(folder),
            error.strerror,
        )
        return []


def _is_beside(name: str) -> bool:
    """Whether it is nothing that somebody sent, or not under its last name yet."""
    folded = nfc(name).lower()
    hidden = name.startswith(".") and not name.startswith("..")
    return hidden or folded in _OF_DESKTOPS or folded.endswith(_UNFINISHED)


def _is_settled(known: Known, arrival: Arrival) -> bool:
    row = known.get(arrival.name, {}).get(arrival.mark)
    return row is not None and row.is_settled


def _same_bytes(known: Known, arrival: Arrival, status: os.stat_result) -> Sent | None:
    """Return a row for a known file that was only copied or touched, else None."""
    settled = {
        row.file_sha256: row
        for row in known.get(arrival.name, {}).values()
        if row.is_settled and row.file_sha256 and row.byte_size == status.st_size
    }
    if not settled or not stat.S_ISREG(status.st_mode):
        return None
    try:
        with arrival.path.open("rb") as file:
            same = settled.get(hashlib.file_digest(file, "sha256").hexdigest())
    except OSError:
        return None  # for the register to say
    return same and replace(same, mark=arrival.mark)


def _first_seen(known: Known, arrival: Arrival) -> Arrival:
    """Return the arrival with what an earlier run noted of it."""
    row = known.get(arrival.name, {}).get(arrival.mark)
    if row is None:
        return arrival
    return replace(arrival, received_at=row.received_at, read_options=row.read_options)
