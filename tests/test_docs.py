"""What the documents say is so: commands, answers, settings, codes, words, links."""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import typer.main

from extractors.errors import ExitCode
from flows.cli import app
from flows.settings import Settings, prefect_environment
from tests.flows.home import SAMPLES, Home

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *SAMPLES.glob("*.md")]
}
QUESTIONS = sorted((ROOT / "docs" / "questions").glob("*.sql"))
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
CHANGES_EACH_TIME = re.compile(r"\b\d+\.\d s\b")


@dataclass(frozen=True)
class Example:
    """Something to run and what the README says comes out."""

    words: tuple[str, ...]
    answer: str

    @property
    def name(self) -> str:
        return " ".join(self.words)[:60]


def examples() -> Iterator[Example]:
    """Yield every sohoa command of the README that is shown with its output."""
    for kind, body in FENCE.findall(README):
        if kind != "console":
            continue
        for shown in body.split("$ ")[1:]:
            command, _, answer = shown.partition("\n")
            program, *words = shlex.split(command)
            if program.endswith("sohoa"):
                yield Example(tuple(words), answer)


def questions() -> Iterator[tuple[str, str]]:
    """Yield each SQL query of the README with the answer below it."""
    blocks = FENCE.findall(README)
    for (kind, query), (next_kind, answer) in pairwise(blocks):
        if kind == "sql":
            assert next_kind == "text", f"no answer below {query}"
            yield query, answer


@pytest.fixture(scope="module")
def demo(
    tmp_path_factory: pytest.TempPathFactory, prefect_server: None
) -> Iterator[Home]:
    """A warehouse with all samples, as 'make demo' leaves it."""
    home = Home(tmp_path_factory.mktemp("demo"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        answer = home.run("ingest", "raw/samples")
        assert answer.exit_code == ExitCode.OK, answer.stderr
        yield home


@pytest.mark.parametrize("example", list(examples()), ids=lambda e: e.name)
def test_what_the_readme_shows_comes_out(demo: Home, example: Example) -> None:
    answer = demo.run(*example.words)
    assert answer.exit_code == ExitCode.OK, answer.stderr
    said = CHANGES_EACH_TIME.sub("… s", answer.stdout)
    assert said == CHANGES_EACH_TIME.sub("… s", example.answer)


@pytest.mark.parametrize(("query", "answer"), list(questions()))
def test_what_the_readme_answers_is_so(demo: Home, query: str, answer: str) -> None:
    assert demo.run("sql", query).stdout == answer


def test_the_demo_asks_what_the_readme_asks() -> None:
    asked = [path.read_text(encoding="utf-8") for path in QUESTIONS]
    assert [query for query, _ in questions()] == [q.split("\n", 1)[1] for q in asked]
    assert len(asked) == 6


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_told(name: str) -> None:
    assert f"`sohoa {name}" in README
    section = DOCS["docs/commands.md"].split(f"## sohoa {name}")[1].split("\n## ")[0]
    options = [o for p in COMMANDS[name].params for o in p.opts if o.startswith("--")]
    assert [o for o in options if o != "--help" and f"`{o}" not in section] == []


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_told(code: ExitCode) -> None:
    assert re.search(rf"^\| {code.value} \| {code.name} \|", README, re.M)


def test_every_setting_is_told_with_its_default() -> None:
    told = dict(
        re.findall(r"^\| `(SOHOA_\w+)` \| (.+?) \|", DOCS["docs/settings.md"], re.M)
    )
    fields = Settings.model_fields
    assert set(told) == {f"SOHOA_{name.upper()}" for name in fields}
    for name, field in fields.items():
        if isinstance(field.default, int | float):
            assert told[f"SOHOA_{name.upper()}"] == f"{field.default:g}"


def test_what_prefect_is_told_is_told() -> None:
    told = DOCS["docs/settings.md"]
    for name, value in prefect_environment(Settings(home=Path("<home>"))).items():
        assert f"| `{name}` | `{value}` |" in told


@pytest.mark.parametrize(
    "path", sorted((ROOT / "parsers/vocabulary").glob("*.csv")), ids=lambda p: p.stem
)
def test_every_file_of_words_is_told_with_its_columns(path: Path) -> None:
    section = DOCS["docs/vocabulary.md"].split(f"## {path.name}\n")[1].split("\n## ")[0]
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    assert [c for c in columns if f"`{c}`" not in section] == []


def test_every_sample_is_told() -> None:
    told = DOCS["raw/samples/README.md"]
    assert [p.name for p in SAMPLES.glob("*.pdf") if f"`{p.name}`" not in told] == []


@pytest.mark.parametrize("name", DOCS)
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", DOCS[name])
    folder = (ROOT / name).parent
    assert [t for t in targets if not (folder / t).exists()] == []


@pytest.mark.parametrize("name", DOCS)
def test_what_is_made_can_be_made(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text()
    wanted = set(re.findall(r"`make ([a-z]+)", DOCS[name]))
    assert {t for t in wanted if not re.search(rf"^{t}:", makefile, re.M)} == set()


def test_no_registry_is_named_in_the_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pinned = [line for line in lock.splitlines() if line and line[0] != "#"]
    assert all(re.match(r"[\w.\-\[\]]+==[\w.]+( ;|$)", line) for line in pinned)
