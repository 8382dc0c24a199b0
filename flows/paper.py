"""The whole way of a paper, step by step, without Prefect.

    file → register → read → parse → check → load → SQL

Each step leaves what it made in the store, under a key of its code and options, and
hands on no more than the paper's identity. What is kept there already is not made
again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from expectations.check import check
from extractors.model import Evidence
from flows.keys import StageKeys
from flows.parse import parse_evidence
from flows.store import Arrival, Paper, Store
from parsers.records import Records, Verdict
from warehouse.load import LoadResult, LoadTrace, load_verdict

if TYPE_CHECKING:
    from sqlalchemy import Engine

T = TypeVar("T")
OnPage = Callable[[str, int, int], None]
"""Told a paper's name, how many of its pages are read, and how many there are."""

# Great Expectations keeps one context a process, so one paper is checked at a time.
_CHECKING = threading.Lock()


class Reader(Protocol):
    """Whatever reads a paper; in earnest a pool of page workers."""

    def read(self, path: Path, progress: OnPage | None = None) -> Evidence:
        """Return what stands on the pages of a file."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of the way: plain functions, or Prefect tasks round the same."""

    register: Callable[[Arrival], Paper]
    read: Callable[[Paper], Paper]
    parse: Callable[[Paper], Paper]
    check: Callable[[Paper], Paper]
    load: Callable[[Paper], LoadResult]


def take_paper(arrival: Arrival, steps: Steps) -> LoadResult:
    """Take one paper all the way: from a file to rows in the warehouse."""
    paper = steps.register(arrival)
    paper = steps.read(paper)
    paper = steps.parse(paper)
    paper = steps.check(paper)
    return steps.load(paper)


@dataclass(frozen=True, slots=True)
class Workbench:
    """What the steps work with."""

    store: Store
    reader: Reader
    engine: Engine
    keys: StageKeys
    code_version: str
    max_file_bytes: int
    run_id: str | None = None
    on_page: OnPage | None = None

    def register(self, arrival: Arrival) -> Paper:
        """Copy the file into the store, once, and give it its identity."""
        return self.store.put(arrival, max_bytes=self.max_file_bytes)

    def read(self, paper: Paper) -> Paper:
        """Find out what stands on the pages."""
        return replace(paper, reader=self._evidence(paper).reader)

    def parse(self, paper: Paper) -> Paper:
        """Find out what the paper says."""
        self._records(paper)
        return paper

    def check(self, paper: Paper) -> Paper:
        """Find out what of it cannot be right."""
        self._verdict(paper)
        return paper

    def load(self, paper: Paper) -> LoadResult:
        """Put it into the warehouse, all or nothing."""
        verdict = self._verdict(paper)
        # The same bytes may have been parsed under another name.
        records = replace(verdict.records, file_name=paper.file_name)
        trace = LoadTrace(
            path_name=paper.arrival.name,
            source=paper.arrival.source,
            byte_size=paper.byte_size,
            modified_at=paper.modified_at,
            received_at=paper.arrival.received_at,
            reader=paper.reader,
            code_version=self.code_version,
            run_id=self.run_id,
        )
        return load_verdict(self.engine, replace(verdict, records=records), trace)

    def steps(self) -> Steps:
        """Return the steps as plain functions."""
        return Steps(self.register, self.read, self.parse, self.check, self.load)

    def _evidence(self, paper: Paper) -> Evidence:
        def on_page(_stored: str, done: int, total: int) -> None:
            if self.on_page is not None:
                self.on_page(paper.file_name, done, total)

        def make() -> Evidence:
            return self.reader.read(paper.stored_at, on_page)

        return self._once(paper, "evidence", self.keys.evidence, Evidence, make)

    def _records(self, paper: Paper) -> Records:
        def make() -> Records:
            return parse_evidence(
                replace(self._evidence(paper), file_name=paper.file_name)
            )

        return self._once(paper, "records", self.keys.records, Records, make)

    def _verdict(self, paper: Paper) -> Verdict:
        key = self.keys.verdict
        return self._once(
            paper, "verdict", key, Verdict, lambda: _check(self._records(paper))
        )

    def _once(
        self, paper: Paper, stage: str, key: str, kind: type[T], make: Callable[[], T]
    ) -> T:
        """Return what is kept of a stage, made now where nothing is."""
        kept = self.store.find(paper.sha256, stage, key, kind)
        if kept is not None:
            return kept
        made = make()
        self.store.keep(paper.sha256, stage, key, made)
        return made


def _check(records: Records) -> Verdict:
    with _CHECKING:
        return check(records)
