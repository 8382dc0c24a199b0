"""The house stands only while its imports point down.

flows → {warehouse, expectations} → parsers → extractors
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

BELOW = {
    "extractors": set(),
    "parsers": {"extractors"},
    "expectations": {"parsers", "extractors"},
    "warehouse": {"parsers", "extractors"},
    "flows": {"warehouse", "expectations", "parsers", "extractors"},
}

# A tool is touched on one floor only.
FLOOR_OF_TOOL = {
    "PIL": "extractors",
    "camelot": "extractors",
    "cv2": "extractors",
    "numpy": "extractors",
    "onnxruntime": "extractors",
    "pdfminer": "extractors",
    "pdfplumber": "extractors",
    "pebble": "extractors",
    "pypdfium2": "extractors",
    "pytesseract": "extractors",
    "tesserocr": "extractors",
    "great_expectations": "expectations",
    "pandas": "expectations",
    "alembic": "warehouse",
    "openpyxl": "warehouse",
    "psycopg": "warehouse",
    "pyarrow": "warehouse",
    "sqlalchemy": "warehouse",
    "sqlite3": "warehouse",
    "datasette": "flows",
    "jinja2": "flows",
    "prefect": "flows",
    "pydantic": "flows",
    "pydantic_settings": "flows",
    "rich": "flows",
    "typer": "flows",
}

# Parsers are pure: nothing here but what is handed to them.
IMPURE = {
    "asyncio", "ctypes", "glob", "http", "io", "multiprocessing", "os",
    "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "sys", "tempfile",
    "threading", "time", "urllib", "uuid",
}  # fmt: skip


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the first part of every module that is imported when the code runs."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield (node.module or "").split(".")[0]
        else:
            yield from imported(node)


def wrong_arrows(package: str, source: str) -> list[str]:
    """Return the imports of a module that its package may not have."""
    allowed = BELOW[package] | {package}
    found = set(imported(ast.parse(source)))
    wrong = (found & BELOW.keys()) - allowed
    wrong |= {t for t in found & FLOOR_OF_TOOL.keys() if FLOOR_OF_TOOL[t] != package}
    if package == "parsers":
        wrong |= found & IMPURE
    return sorted(wrong)


@pytest.mark.parametrize("package", BELOW)
def test_every_import_points_down(package: str) -> None:
    modules = list((ROOT / package).rglob("*.py"))
    assert modules, f"{package} has no module"
    wrong = {
        str(path.relative_to(ROOT)): arrows
        for path in modules
        if (arrows := wrong_arrows(package, path.read_text(encoding="utf-8")))
    }
    assert not wrong


@pytest.mark.parametrize(
    ("package", "line", "wrong"),
    [
        ("parsers", "from warehouse.load import load_verdict", ["warehouse"]),
        ("warehouse", "import expectations.check", ["expectations"]),
        ("expectations", "from warehouse import models", ["warehouse"]),
        ("extractors", "def f():\n    import parsers.text", ["parsers"]),
        ("parsers", "import os", ["os"]),
        ("parsers", "import pdfplumber", ["pdfplumber"]),
        ("flows", "import sqlalchemy", ["sqlalchemy"]),
        ("flows", "if TYPE_CHECKING:\n    import sqlalchemy", []),
        ("flows", "from extractors.model import BBox", []),
    ],
)
def test_a_wrong_arrow_is_seen(package: str, line: str, wrong: list[str]) -> None:
    assert wrong_arrows(package, line) == wrong
