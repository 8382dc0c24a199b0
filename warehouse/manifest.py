"""The manifest: who sent what when, and whether there is more to do about it.

A row is one state of one file: its path with a mark of size, time of change and inode.
The same path with other bytes is another row, so what was sent first stays known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Engine, RowMapping, select, update
from sqlalchemy.dialects import postgresql, sqlite

from extractors.errors import UsageError
from warehouse.database import reading, writing
from warehouse.models import run, run_item
from warehouse.night_models import manifest, run_verdict
from warehouse.runs import DRY_RUN
from warehouse.values import iso_time, keep_text, plain

_VERDICT_COLUMNS = tuple(
    run_verdict.c[name] for name in ("file_sha256", "evidence_key", "verdict_key")
)
_RUNS = 'sohoa sql "select run_id, command, started_at from run" lists them.'


@dataclass(frozen=True, slots=True)
class Sent:
    """One state of one file. ``file_sha256`` is None until its bytes were read."""

    path_name: str
    mark: str
    source: str | None
    file_name: str
    byte_size: int | None
    modified_at: datetime | None
    received_at: datetime
    file_sha256: str | None = None
    is_settled: bool = False
    read_options: str = ""
    """What it is read with instead of the usual, as 'dpi=400,psm=6'."""


def note_sent(engine: Engine, run_id: str, sent: Iterable[Sent]) -> None:
    """Note files that were seen; of one noted before, only that they are settled now.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    rows = [_row(run_id, one) for one in sent]
    if not rows:
        return
    statement = _insert(engine)(manifest)
    settled = statement.excluded.is_settled
    changes = {"run_id": run_id, "is_settled": settled}
    with writing(engine) as connection:
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["path_name", "mark"], set_=changes
            ),
            rows,
        )


def settle(engine: Engine, path_name: str, mark: str, sha256: str | None) -> None:
    """Note that nothing is left to do about a file until a person asks for it.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    values: dict[str, object] = {"is_settled": 1}
    if sha256 is not None:
        values["file_sha256"] = sha256
    with writing(engine) as connection:
        connection.execute(
            update(manifest)
            .where(manifest.c.path_name == keep_text(path_name))
            .where(manifest.c.mark == mark)
            .values(values)
        )


def set_read_options(engine: Engine, sha256s: Iterable[str], options: str) -> None:
    """Note what papers are read with from now on instead of the usual.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    with writing(engine) as connection:
        for sha256 in sha256s:
            connection.execute(
                update(manifest)
                .where(manifest.c.file_sha256 == sha256)
                .values(read_options=options)
            )


def known_files(engine: Engine) -> dict[str, dict[str, Sent]]:
    """Return all rows by path and mark.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    query = select(*(manifest.c[field.name] for field in fields(Sent)))
    found: dict[str, dict[str, Sent]] = {}
    with reading(engine) as connection:
        for row in connection.execute(query).mappings():
            found.setdefault(row["path_name"], {})[row["mark"]] = _sent(row)
    return found


def note_verdict(
    engine: Engine, run_id: str, sha256: str, evidence_key: str, verdict_key: str
) -> None:
    """Note which kept evidence and verdict a run came to for a paper.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    row = {
        "run_id": run_id,
        "file_sha256": sha256,
        "evidence_key": evidence_key,
        "verdict_key": verdict_key,
    }
    keys = {name: row[name] for name in ("evidence_key", "verdict_key")}
    with writing(engine) as connection:
        connection.execute(
            _insert(engine)(run_verdict)
            .values(row)
            .on_conflict_do_update(index_elements=["run_id", "file_sha256"], set_=keys)
        )


@dataclass(frozen=True, slots=True)
class NotedVerdict:
    """Which kept evidence and verdict a run came to for a paper."""

    file_sha256: str
    evidence_key: str
    verdict_key: str


def verdicts_of(engine: Engine, run_id: str) -> dict[str, NotedVerdict]:
    """Return what a run came to, by the hash of the paper.

    Raises:
        UsageError: There is no such run.
        WarehouseBusyError: A lock or a lost connection.
    """
    query = select(*_VERDICT_COLUMNS).where(run_verdict.c.run_id == run_id)
    with reading(engine) as connection:
        known = connection.execute(select(run.c.run_id).where(run.c.run_id == run_id))
        if known.first() is None:
            raise UsageError(f"There is no run {run_id}", todo=_RUNS)
        return {row[0]: NotedVerdict(*row) for row in connection.execute(query)}


def current_verdicts(engine: Engine) -> dict[str, NotedVerdict]:
    """Return what the last run that was no dry run came to, for each paper.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    query = (
        select(*_VERDICT_COLUMNS)
        .join(run, run.c.run_id == run_verdict.c.run_id)
        .where(run.c.command != DRY_RUN)
        .order_by(run.c.started_at)
    )
    with reading(engine) as connection:
        return {row[0]: NotedVerdict(*row) for row in connection.execute(query)}


def names_of(engine: Engine) -> dict[str, str]:
    """Return the path of each paper, the first by name, by the hash of its bytes.

    Raises:
        WarehouseBusyError: A lock or a lost connection.
    """
    query = select(run_item.c.file_sha256, run_item.c.path_name).distinct()
    with reading(engine) as connection:
        rows = connection.execute(query.where(run_item.c.file_sha256.is_not(None)))
        return dict(sorted(map(tuple, rows), reverse=True))


def _insert(engine: Engine) -> type[postgresql.Insert] | type[sqlite.Insert]:
    if engine.dialect.name == "postgresql":
        return postgresql.Insert
    return sqlite.Insert


def _row(run_id: str, sent: Sent) -> dict[str, object]:
    return {
        "path_name": keep_text(sent.path_name),
        "mark": sent.mark,
        "source": plain(sent.source),
        "file_name": keep_text(sent.file_name),
        "file_sha256": sent.file_sha256,
        "byte_size": sent.byte_size,
        "modified_at": sent.modified_at and iso_time(sent.modified_at),
        "received_at": iso_time(sent.received_at),
        "is_settled": int(sent.is_settled),
        "read_options": sent.read_options,
        "run_id": run_id,
    }


def _sent(row: RowMapping) -> Sent:
    modified = row["modified_at"]
    return Sent(
        **{
            **row,
            "modified_at": datetime.fromisoformat(str(modified)) if modified else None,
            "received_at": datetime.fromisoformat(str(row["received_at"])),
            "is_settled": bool(row["is_settled"]),
        }
    )
