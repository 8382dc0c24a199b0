"""Opens what the steps of a paper's way work with, and closes it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from extractors.pool import PageReader
from flows.engine import open_engine
from flows.keys import code_version
from flows.logs import set_up_logs
from flows.paper import OnPage, Workbench
from flows.settings import Settings
from flows.store import Store
from warehouse.runs import Stage


@contextmanager
def open_workbench(
    settings: Settings,
    run_id: str,
    on_page: OnPage | None = None,
    anew: frozenset[Stage] = frozenset(),
) -> Iterator[Workbench]:
    """Open store, warehouse and page workers for one run."""
    engine = open_engine(settings)
    store = Store(settings.store_dir)
    store.sweep()
    prepare = partial(set_up_logs, as_json=settings.log_json)
    try:
        with PageReader(settings.read_options, settings.workers, prepare) as reader:
            yield Workbench(
                store=store,
                reader=reader,
                engine=engine,
                options=settings.read_options,
                code_version=code_version(),
                run_id=run_id,
                on_page=on_page,
                anew=anew,
                gate=settings.gate,
                plausible=settings.plausible,
            )
    finally:
        engine.dispose()
