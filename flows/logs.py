"""Logs: lines for people on a terminal, or JSON for programs, with paper and page."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PACKAGES = ("extractors", "parsers", "expectations", "warehouse", "flows")
_VERBOSE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_JSON = "%(asctime)s %(levelname)s %(name)s %(message)s"
_ABOUT: ContextVar[dict[str, object]] = ContextVar("about", default={})  # noqa: B039


def set_up_logs(*, verbose: bool = False, as_json: bool = False) -> None:
    """Send what sohoa's own packages say to stderr, and nothing that others say.

    As JSON it is said from level info on, since a program may leave lines out.
    """
    handler = _json_handler() if as_json else _line_handler(verbose=verbose)
    handler.addFilter(_add_subject)
    usual = logging.INFO if as_json else logging.WARNING
    for name in PACKAGES:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.DEBUG if verbose else usual)
    # Libraries may log and warn too, but the terminal is sohoa's.
    logging.captureWarnings(True)
    logging.basicConfig(handlers=[logging.NullHandler()])


@contextmanager
def about(**subject: object) -> Iterator[None]:
    """Let every line that is logged inside carry what it is about."""
    token = _ABOUT.set({**_ABOUT.get(), **subject})
    try:
        yield
    finally:
        _ABOUT.reset(token)


def _add_subject(record: logging.LogRecord) -> bool:
    for name, value in _ABOUT.get().items():
        if not hasattr(record, name):
            setattr(record, name, value)
    return True


def _line_handler(*, verbose: bool) -> logging.Handler:
    from flows.progress import TerminalHandler

    handler = TerminalHandler()
    handler.setFormatter(logging.Formatter(_VERBOSE if verbose else "%(message)s"))
    return handler


def _json_handler() -> logging.Handler:
    from pythonjsonlogger.json import JsonFormatter

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            _JSON,
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )
    )
    return handler
