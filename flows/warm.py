"""Imports that take seconds, made while something else is waited for."""

from __future__ import annotations

import importlib
import threading


def import_early(module: str) -> None:
    """Import a module in the background; who needs it soon finds it there.

    Only for a main thread that waits and imports nothing itself: two threads that
    import large libraries at once can find one of them half made. A module that
    cannot be imported is for the later import to say.
    """

    def run() -> None:
        try:
            importlib.import_module(module)
        except ImportError:
            return

    threading.Thread(target=run, name=f"import {module}", daemon=True).start()
