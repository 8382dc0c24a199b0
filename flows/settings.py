"""Settings: every knob of sohoa, read once from the environment and passed down.

Each setting is an environment variable ``SOHOA_…`` (or a line of a ``.env`` file in the
current folder); ``docs/settings.md`` lists them all.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from expectations.across import Plausible
from expectations.gate import Gate
from extractors.errors import UsageError
from extractors.paper import ReadOptions
from extractors.scans.steps import NONE, Step

_PROJECT = Path(__file__).resolve().parent.parent
_LIMITS = ReadOptions()
_GATE = Gate()
_PLAUSIBLE = Plausible()


def default_home() -> Path:
    """Return where the warehouse, the store and Prefect's state go.

    That is the project's own folder when sohoa runs from a checkout that may be
    written to, and the user's data folder (XDG) when it is installed as a package.
    """
    if (_PROJECT / "pyproject.toml").is_file() and os.access(_PROJECT, os.W_OK):
        return _PROJECT
    data = os.environ.get("XDG_DATA_HOME") or str(Path("~/.local/share").expanduser())
    return Path(data) / "sohoa"


def _split(written: object) -> object:
    """Return the words of a list written with commas."""
    if isinstance(written, str):
        return [word.strip() for word in written.split(",") if word.strip()]
    return written


class Settings(BaseSettings):
    """All settings, unchangeable once built."""

    model_config = SettingsConfigDict(
        env_prefix="SOHOA_", env_file=".env", extra="ignore", frozen=True
    )

    home: Path = Field(
        default_factory=default_home,
        description="Folder of everything that sohoa writes.",
    )
    warehouse: str = Field(
        default="", description="Database URL; empty: sohoa.db in the home folder."
    )
    store: Path | None = Field(
        default=None,
        description="Where papers and their stages are kept; default: raw/store there.",
    )
    inbox: Path | None = Field(
        default=None,
        description="Where submissions arrive, by sender; default: raw/inbox there.",
    )
    workers: int = Field(
        default_factory=lambda: len(os.sched_getaffinity(0)),
        ge=1,
        le=256,
        description="Processes that read pages; default: one a core.",
    )
    max_pages: int = Field(
        default=_LIMITS.max_pages, ge=1, description="More pages: refused."
    )
    max_file_mb: int = Field(
        default=_LIMITS.max_bytes >> 20, ge=1, description="A larger file: refused."
    )
    max_page_megapixels: int = Field(
        default=_LIMITS.max_pixels // 1_000_000,
        ge=1,
        description="A page with a larger image: refused.",
    )
    page_seconds: float = Field(
        default=_LIMITS.page_seconds, gt=0, description="Time for reading one page."
    )
    page_memory_mb: int = Field(
        default=_LIMITS.memory_bytes >> 20,
        ge=256,
        description="Memory of a process that reads pages.",
    )
    skip_steps: Annotated[frozenset[Step], NoDecode, BeforeValidator(_split)] = Field(
        default=NONE,
        description="Steps of making a scan ready that are left out, as 'bend,light'.",
    )
    max_objects: int = Field(
        default=_LIMITS.max_objects, ge=1, description="A PDF with more: refused."
    )
    max_nesting: int = Field(
        default=_LIMITS.max_nesting,
        ge=1,
        description="A PDF with more levels within levels: refused.",
    )
    max_unpacked_mb: int = Field(
        default=_LIMITS.max_unpacked_bytes >> 20,
        ge=1,
        description="A PDF that unpacks to more, its pictures apart: refused.",
    )
    quiet_seconds: float = Field(
        default=60,
        ge=0,
        description="A file in the inbox that changed since then waits.",
    )
    night_cron: str = Field(
        default="0 1 * * *",
        description="When the night begins, in the time of Vietnam.",
    )
    webhook: SecretStr = Field(
        default=SecretStr(""),
        description="Address that a summary of each night is sent to; empty: none.",
    )
    log_json: bool = Field(
        default=False, description="Log lines on stderr as JSON, one object a line."
    )
    doubts_allowed: int = Field(
        default=_GATE.doubts_allowed,
        ge=0,
        description="Warnings that a paper may have and still be graded ok.",
    )
    max_suspect_percent: float = Field(
        default=_GATE.max_suspect_percent,
        ge=0,
        le=100,
        description="A paper with a larger share of suspect figures is kept out.",
    )
    households_jump_percent: float = Field(
        default=_PLAUSIBLE.households_percent,
        gt=0,
        description="A larger change of a unit's households in a year is told.",
    )
    poor_jump_percent: float = Field(
        default=_PLAUSIBLE.poor_percent,
        gt=0,
        description="A larger change of a unit's poor households in a year is told.",
    )

    @property
    def read_options(self) -> ReadOptions:
        """The limits, as the extractors take them."""
        return ReadOptions(
            skip=self.skip_steps,
            max_bytes=self.max_file_mb << 20,
            max_pages=self.max_pages,
            max_objects=self.max_objects,
            max_nesting=self.max_nesting,
            max_unpacked_bytes=self.max_unpacked_mb << 20,
            max_pixels=self.max_page_megapixels * 1_000_000,
            page_seconds=self.page_seconds,
            memory_bytes=self.page_memory_mb << 20,
        )

    @property
    def gate(self) -> Gate:
        """The thresholds that decide what becomes of a paper."""
        return Gate(self.doubts_allowed, self.max_suspect_percent)

    @property
    def plausible(self) -> Plausible:
        """How much may change from one year's paper to the next."""
        return Plausible(self.households_jump_percent, self.poor_jump_percent)

    @property
    def warehouse_url(self) -> str:
        """The database URL in force."""
        return self.warehouse or f"sqlite:///{self.home / 'sohoa.db'}"

    @property
    def store_dir(self) -> Path:
        """The folder of the store in force."""
        return self.store or self.home / "raw" / "store"

    @property
    def inbox_dir(self) -> Path:
        """The folder that submissions arrive in; only ever read."""
        return self.inbox or self.home / "raw" / "inbox"

    @property
    def prefect_home(self) -> Path:
        """The folder of Prefect's own state."""
        return self.home / ".prefect"


def load_settings(**overrides: object) -> Settings:
    """Return the settings of this run; an override of None changes nothing.

    Raises:
        UsageError: A variable has a value that cannot be.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        first = error.errors()[0]
        name = f"SOHOA_{first['loc'][0]}".upper()
        raise UsageError(
            f"The setting {name} has the value {first['input']!r}: {first['msg']}",
            todo="docs/settings.md says what it may be.",
        ) from error


def prefect_environment(settings: Settings) -> Mapping[str, str]:
    """Return what Prefect must be told before it is imported.

    It keeps its state in the home folder, sends nothing to anybody, and leaves the
    terminal to sohoa. A variable that is already set wins, so that a team's own
    Prefect server is used where one is.
    """
    return {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(settings.prefect_home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        # One failing paper would print its traceback; the flow says it in one line.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        # What it could not tell its server, where that is gone, is of no use either.
        "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    }
