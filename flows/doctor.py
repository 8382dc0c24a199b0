"""The doctor: is all that sohoa needs in working order, and if not, what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from extractors.errors import SohoaError
from flows.folders import make_private
from flows.settings import Settings

_NEEDED_LANGUAGES = ("vie", "eng")
_SHOWN_PACKAGES = ("sohoa", "prefect", "great-expectations", "sqlalchemy")
_INSTALL = "Debian, Ubuntu: sudo apt-get install tesseract-ocr tesseract-ocr-vie"
_PROBE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``todo`` is said only where it is not well."""

    what: str
    is_well: bool
    found: str
    todo: str = ""


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at everything, the slow things last."""
    return (
        _versions(),
        *_tesseract(),
        _folder("home", settings.home),
        _folder("store", settings.store_dir),
        _warehouse(settings),
        _prefect(),
    )


def parse_languages(listing: str) -> frozenset[str]:
    """Return the languages that 'tesseract --list-langs' names below its headline."""
    return frozenset(line.strip() for line in listing.splitlines()[1:] if line.strip())


def _versions() -> Finding:
    python = ".".join(str(part) for part in sys.version_info[:3])
    named = [f"{name} {metadata.version(name)}" for name in _SHOWN_PACKAGES]
    return Finding("versions", True, ", ".join([f"Python {python}", *named]))


def _tesseract() -> tuple[Finding, ...]:
    program = shutil.which("tesseract")
    if program is None:
        return (Finding("tesseract", False, "not installed", _INSTALL),)
    version = _output_of(program, "--version").splitlines()
    languages = parse_languages(_output_of(program, "--list-langs"))
    found = Finding("tesseract", bool(version), version[0] if version else "no answer")
    return (found, *(_language(name, languages) for name in _NEEDED_LANGUAGES))


def _language(name: str, installed: frozenset[str]) -> Finding:
    if name in installed:
        return Finding(f"tesseract data '{name}'", True, "installed")
    todo = f"Debian, Ubuntu: sudo apt-get install tesseract-ocr-{name}"
    return Finding(f"tesseract data '{name}'", False, "missing", todo)


def _output_of(program: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # a program found on the PATH, no input
            [program, option],
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def _folder(what: str, folder: Path) -> Finding:
    try:
        make_private(folder)
    except SohoaError as error:
        return Finding(what, False, error.what, error.todo)
    if not os.access(folder, os.W_OK | os.X_OK):
        todo = "Give the user that runs sohoa the right to write there."
        return Finding(what, False, f"{folder} may not be written to", todo)
    return Finding(what, True, str(folder))


def _warehouse(settings: Settings) -> Finding:
    from flows.engine import open_engine
    from warehouse.database import masked_url

    url = masked_url(settings.warehouse_url)
    try:
        open_engine(settings).dispose()
    except SohoaError as error:
        return Finding("warehouse", False, f"{url}: {error.what}", error.todo)
    return Finding("warehouse", True, url)


def _prefect() -> Finding:
    """Start Prefect's server, as 'sohoa ingest' does, and ask it how it is."""
    from flows.server import launch_server

    try:
        launch_server().wait()
    except SohoaError as error:
        return Finding("Prefect", False, error.what, error.todo)
    return Finding("Prefect", True, "its server starts and answers")
