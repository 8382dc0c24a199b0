"""The sample papers in a warehouse, from golden evidence: nothing is read anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from expectations.check import check
from flows.parse import parse_evidence
from tests.golden.rendering import NAMES, load_evidence
from warehouse.load import LoadTrace, load_verdict


def load_samples(engines: Sequence[Engine]) -> None:
    """Load every sample into each of the warehouses.

    The scan of Bỉm Sơn's plan comes before its text layer, which so is the current
    version.
    """
    for hour, name in enumerate(reversed(NAMES)):
        verdict = check(parse_evidence(load_evidence(name)))
        records = replace(verdict.records, file_name=f"{name}.pdf")
        trace = LoadTrace(
            path_name=f"raw/samples/{name}.pdf",
            received_at=datetime(2026, 11, 2, hour, tzinfo=UTC),
        )
        for engine in engines:
            load_verdict(engine, replace(verdict, records=records), trace)
