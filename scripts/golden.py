"""Writes the golden files and the README's answers anew; to be looked at as a diff."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
README = ROOT / "README.md"
EXAMPLE = re.compile(
    r"(?<=\$ )\.venv/bin/(sohoa [^\n]+)\n(.*?)(?=^\$ |^```)", re.M | re.S
)
QUESTION = re.compile(
    r"(?<=^```sql\n)(.*?)^```\n\n^```text\n(.*?)(?=^```)", re.M | re.S
)


def answer(*words: str) -> str:
    """Return what a sohoa command says."""
    program = str(ROOT / ".venv/bin/sohoa")
    done = subprocess.run(  # noqa: S603  # the project's own program
        [program, *words], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return done.stdout


def write_golden_files() -> None:
    """Read the samples and keep what came of it."""
    from expectations.check import check
    from flows.parse import parse_evidence
    from tests.golden.rendering import (
        GOLDEN,
        load_evidence,
        read_samples,
        render_verdict,
        save_evidence,
    )

    for name, evidence in read_samples().items():
        save_evidence(name, evidence)
        lines = render_verdict(check(parse_evidence(load_evidence(name))))
        (GOLDEN / f"{name}.lines.txt").write_text(lines, encoding="utf-8")


def write_answers() -> None:
    """Run what the README shows and put in what comes out."""
    import shlex

    def example(match: re.Match[str]) -> str:
        command = match.group(1)
        said = answer(*shlex.split(command)[1:])
        return f".venv/bin/{command}\n{said}"

    def question(match: re.Match[str]) -> str:
        query = match.group(1)
        return f"{query}```\n\n```text\n{answer('sql', query)}"

    with tempfile.TemporaryDirectory() as home:
        os.environ["SOHOA_HOME"] = home
        answer("ingest", "raw/samples")
        text = README.read_text(encoding="utf-8")
        text = QUESTION.sub(question, EXAMPLE.sub(example, text))
        README.write_text(text, encoding="utf-8")


def write_cookbook() -> None:
    """Answer the recipes on the sample papers and put the answers in."""
    from tests.golden.corpus import load_samples
    from warehouse.cookbook import recipes
    from warehouse.database import open_warehouse

    page = ROOT / "docs" / "cookbook.md"
    head = page.read_text(encoding="utf-8").partition("\n## ")[0].rstrip()
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/w.db"
        engine = open_warehouse(url)
        load_samples([engine])
        engine.dispose()
        answered = [
            f"## {recipe.title}\n\n```sql\n{recipe.sql}\n```\n\n"
            f"```text\n{answer('sql', '--warehouse', url, recipe.sql)}```"
            for recipe in recipes()
        ]
    page.write_text("\n\n".join([head, *answered]) + "\n", encoding="utf-8")


def main() -> None:
    """Write everything anew."""
    write_golden_files()
    write_answers()
    write_cookbook()


if __name__ == "__main__":
    main()
