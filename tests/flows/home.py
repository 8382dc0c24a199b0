"""A home folder for one test, and what the commands in it say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from flows.cli import app

SAMPLES = Path(__file__).resolve().parents[2] / "raw" / "samples"
SAMPLE = SAMPLES / "cam-lo-2021.pdf"


@dataclass(frozen=True)
class Answer:
    """What a command said and ended with."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def errors(self) -> list[str]:
        return self.stderr.splitlines()


@dataclass(frozen=True)
class Home:
    """A home folder."""

    folder: Path

    def run(self, *words: str) -> Answer:
        """Run 'sohoa' there."""
        environment = {"SOHOA_HOME": str(self.folder), "SOHOA_WAREHOUSE": ""}
        done = CliRunner().invoke(app, list(words), env=environment)
        return Answer(done.exit_code, done.stdout, done.stderr)
