"""Page readers that fail, in place of the real one (run in worker processes)."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from extractors.model import Method, Page, PageReading
from extractors.paper import ReadOptions


def read_badly(path: Path, page_no: int, options: ReadOptions) -> PageReading:
    """Fail on page 2 as the file's name says; any other page is empty."""
    if page_no == 2:
        _fail(path)
    return PageReading(Page(page_no, 595, 842, Method.TEXT_LAYER, ()), ())


def _fail(path: Path) -> None:
    match path.stem:
        case "dies":
            os.abort()
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hangs":
            child = subprocess.Popen(["sleep", "60"])
            path.with_suffix(".child").write_text(str(child.pid))
            time.sleep(60)
        case "swells":
            bytearray(64 * 1024**3)
