"""The whole way of a paper, step by step, without Prefect.

    file → register → read → parse → check → load → SQL

Each step leaves what it made in the store, under a key of its code and options, and
hands on no more than the paper's identity. What is kept there already is not made
again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from expectations.across import COMPARED, Plausible, check_across
from expectations.check import check
from expectations.gate import Gate
from extractors.model import Evidence
from extractors.paper import ReadOptions
from flows.keys import StageKeys, corrected_key, stage_keys
from flows.options import with_options
from flows.parse import parse_evidence
from flows.store import Arrival, Paper, Store
from parsers.corrections import Correction
from parsers.records import Records, Verdict
from warehouse.across import PaperJudge
from warehouse.decisions import corrections_of
from warehouse.load import LoadResult, LoadTrace, load_verdict
from warehouse.manifest import note_verdict
from warehouse.runs import Stage

if TYPE_CHECKING:
    from sqlalchemy import Engine

T = TypeVar("T")
OnPage = Callable[[str, int, int], None]
"""Told a paper's name, how many of its pages are read, and how many there are."""

# Great Expectations keeps one context a process, so one paper is checked at a time.
_CHECKING = threading.Lock()
_AS_USUAL, _PLAUSIBLE = Gate(), Plausible()
# The same bytes from two senders are read once: the second waits and finds them kept.
_READING = tuple(threading.Lock() for _ in range(256))


class Reader(Protocol):
    """Whatever reads a paper; in earnest a pool of page workers."""

    def read(
        self,
        path: Path,
        progress: OnPage | None = None,
        options: ReadOptions | None = None,
    ) -> Evidence:
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
    return steps.load(judge_paper(arrival, steps))


def judge_across(plausible: Plausible) -> PaperJudge:
    """Return what judges papers beside each other."""
    return PaperJudge(COMPARED, partial(check_across, plausible=plausible))


def judge_paper(arrival: Arrival, steps: Steps) -> Paper:
    """Take one paper as far as it goes without changing what the warehouse says."""
    paper = steps.register(arrival)
    paper = steps.read(paper)
    paper = steps.parse(paper)
    return steps.check(paper)


@dataclass(frozen=True, slots=True)
class Workbench:
    """What the steps work with.

    ``anew`` are stages that are done again even where what they made is kept.
    """

    store: Store
    reader: Reader
    engine: Engine
    options: ReadOptions
    code_version: str
    run_id: str
    on_page: OnPage | None = None
    anew: frozenset[Stage] = frozenset()
    gate: Gate = _AS_USUAL
    plausible: Plausible = _PLAUSIBLE

    def register(self, arrival: Arrival) -> Paper:
        """Copy the file into the store, once, and give it its identity."""
        return self.store.put(arrival, max_bytes=self.options.max_bytes)

    def read(self, paper: Paper) -> Paper:
        """Find out what stands on the pages."""
        with _READING[int(paper.sha256[:2], 16)]:
            evidence = self._evidence(paper, anew=Stage.READ in self.anew)
        return replace(paper, reader=evidence.reader)

    def parse(self, paper: Paper) -> Paper:
        """Find out what the paper says."""
        self._records(paper, anew=Stage.PARSE in self.anew)
        return paper

    def check(self, paper: Paper) -> Paper:
        """Find out what of it cannot be right."""
        corrections = corrections_of(self.engine, paper.sha256).corrections
        self.judge(paper, corrections, anew=Stage.CHECK in self.anew)
        keys = self._keys(paper)
        made = corrected_key(keys.verdict, corrections)
        note_verdict(self.engine, self.run_id, paper.sha256, keys.evidence, made)
        return paper

    def load(self, paper: Paper) -> LoadResult:
        """Put it into the warehouse, all or nothing."""
        in_force = corrections_of(self.engine, paper.sha256)
        verdict = self.judge(paper, in_force.corrections)
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
            corrections=in_force.ids,
        )
        whole = replace(verdict, records=records)
        return load_verdict(self.engine, whole, trace, judge_across(self.plausible))

    def judge(
        self, paper: Paper, corrections: Sequence[Correction], *, anew: bool = False
    ) -> Verdict:
        """Return what the checks say of a paper with its figures so corrected."""

        def make() -> Verdict:
            return _check(self._records(paper), self.gate, corrections)

        key = corrected_key(self._keys(paper).verdict, corrections)
        return self._once(paper, ("verdict", key), Verdict, make, anew=anew)

    def steps(self) -> Steps:
        """Return the steps as plain functions."""
        return Steps(self.register, self.read, self.parse, self.check, self.load)

    def _evidence(self, paper: Paper, *, anew: bool = False) -> Evidence:
        def on_page(_stored: str, done: int, total: int) -> None:
            if self.on_page is not None:
                self.on_page(paper.file_name, done, total)

        def make() -> Evidence:
            return self.reader.read(paper.stored_at, on_page, self._options(paper))

        key = self._keys(paper).evidence
        return self._once(paper, ("evidence", key), Evidence, make, anew=anew)

    def _records(self, paper: Paper, *, anew: bool = False) -> Records:
        def make() -> Records:
            return parse_evidence(
                replace(self._evidence(paper), file_name=paper.file_name)
            )

        key = self._keys(paper).records
        return self._once(paper, ("records", key), Records, make, anew=anew)

    def _options(self, paper: Paper) -> ReadOptions:
        return with_options(self.options, paper.arrival.read_options)

    def _keys(self, paper: Paper) -> StageKeys:
        return stage_keys(self._options(paper).manner, self.gate)

    def _once(
        self,
        paper: Paper,
        place: tuple[str, str],
        kind: type[T],
        make: Callable[[], T],
        *,
        anew: bool,
    ) -> T:
        """Return what is kept of a stage, made now where nothing is or it is asked."""
        kept = None if anew else self.store.find(paper.sha256, *place, kind)
        if kept is not None:
            return kept
        made = make()
        self.store.keep(paper.sha256, *place, made)
        return made


def _check(records: Records, gate: Gate, corrections: Sequence[Correction]) -> Verdict:
    with _CHECKING:
        return check(records, gate, corrections)
