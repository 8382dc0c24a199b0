"""The sample papers in both databases: every view and every recipe answers alike.

The papers come from the golden evidence, so that nothing is read anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh_database
from sqlalchemy import Engine

from flows.cli import Format
from flows.show import show_result
from tests.golden.corpus import load_samples
from warehouse.cookbook import Recipe, recipes
from warehouse.database import open_warehouse
from warehouse.query import run_query
from warehouse.views import VIEW_COLUMNS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cookbook.md"
SHOWN = re.compile(
    r"^## (.+?)\n\n```sql\n(.*?)\n```\n\n```text\n(.*?)^```$", re.M | re.S
)


@pytest.fixture(scope="module")
def corpus(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: str
) -> Iterator[tuple[Engine, Engine]]:
    """Both databases with all samples, each once."""
    file = tmp_path_factory.mktemp("corpus") / "w.db"
    with fresh_database(postgres_server, "template0") as url:
        engines = (open_warehouse(f"sqlite:///{file}"), open_warehouse(url))
        load_samples(engines)
        yield engines
        for engine in engines:
            engine.dispose()


def answers(engine: Engine, sql: str) -> list[tuple[object, ...]]:
    return sorted(run_query(engine, sql).rows, key=repr)


@pytest.mark.parametrize("view", VIEW_COLUMNS)
def test_both_databases_answer_every_view_alike(
    corpus: tuple[Engine, Engine], view: str
) -> None:
    columns = [name for name in VIEW_COLUMNS[view] if name != "loaded_at"]
    sql = f"SELECT {', '.join(columns)} FROM {view}"
    on_sqlite, on_postgres = (answers(engine, sql) for engine in corpus)
    assert on_sqlite == on_postgres
    assert on_sqlite or view == "v_submission_gap"


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_both_databases_answer_every_recipe_as_the_page_shows(
    corpus: tuple[Engine, Engine], recipe: Recipe, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = {sql: (title, answer) for title, sql, answer in SHOWN.findall(page())}
    assert recipe.sql in shown, "run 'make golden' and look at the diff"
    for engine in corpus:
        show_result(run_query(engine, recipe.sql), Format.TABLE)
        assert shown[recipe.sql] == (recipe.title, capsys.readouterr().out)


def test_the_page_has_no_other_recipes() -> None:
    assert [sql for _, sql, _ in SHOWN.findall(page())] == [r.sql for r in recipes()]


def page() -> str:
    return PAGE.read_text(encoding="utf-8")
