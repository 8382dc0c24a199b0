"""Opens what the steps of a paper's way work with, and closes it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from extractors.pool import PageReader
from flows.engine import open_engine
from flows.keys import code_version, stage_keys
from flows.paper import OnPage, Workbench
from flows.settings import Settings
from flows.store import Store


@contextmanager
def open_workbench(
    settings: Settings, run_id: str, on_page: OnPage | None = None
) -> Iterator[Workbench]:
    """Open store, warehouse and page workers for one run."""
    engine = open_engine(settings)
    try:
        with PageReader(settings.read_options, settings.workers) as reader:
            yield Workbench(
                store=Store(settings.store_dir),
                reader=reader,
                engine=engine,
                keys=stage_keys(settings.read_options),
                code_version=code_version(),
                max_file_bytes=settings.max_file_mb << 20,
                run_id=run_id,
                on_page=on_page,
            )
    finally:
        engine.dispose()
