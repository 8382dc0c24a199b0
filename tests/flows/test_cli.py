"""The commands that need no server, and how every command begins and ends."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.errors import ExitCode
from flows import cli
from tests.flows.home import SAMPLE, Home

COMMANDS = (
    *("ingest", "read", "status", "sql", "doctor"),
    *("serve", "retry", "diff"),
    *("export", "explore", "expect", "withdraw", "purge-people"),
    *("backup", "restore", "grant-readonly"),
)


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
def test_help_is_everywhere(home: Home, words: tuple[str, ...]) -> None:
    short, long = home.run(*words, "-h"), home.run(*words, "--help")
    assert short.exit_code == ExitCode.OK
    assert short.stdout == long.stdout
    assert "Usage" in short.stdout


@pytest.mark.parametrize("words", [("nonsense",), ("read",), ("sql", "--format", "x")])
def test_what_is_no_command_is_usage(home: Home, words: tuple[str, ...]) -> None:
    assert home.run(*words).exit_code == ExitCode.USAGE


def test_reading_shows_the_head_on_stdout(home: Home) -> None:
    answer = home.run("read", str(SAMPLE))
    assert answer.exit_code == ExitCode.OK
    assert "44/KH-UBND" in answer.stdout
    assert not answer.stderr
    assert not home.folder.exists(), "reading writes nothing"


def test_reading_as_json_gives_all_records(home: Home) -> None:
    verdict = json.loads(home.run("read", str(SAMPLE), "--json").stdout)
    assert verdict["records"]["documents"][0]["number"] == "44/KH-UBND"
    assert verdict["records"]["figures"]


def test_reading_as_text_keeps_the_words(home: Home) -> None:
    text = home.run("read", str(SAMPLE), "--text").stdout
    assert "Thực hiện Chương trình giảm nghèo năm 2021" in text
    assert "14.932 hộ" in text


def test_explaining_says_by_which_rule(home: Home) -> None:
    lines = home.run("read", str(SAMPLE), "--explain").stdout.splitlines()
    assert lines[0].split()[-1] == "rule"
    assert any("concepts.csv: 'hộ nghèo'" in line.lower() for line in lines[1:])
    assert any("groups.csv: '" in line for line in lines[1:])
    for record in ("document", "task", "cited paper", "recipient"):
        assert any(line.split()[1:2] == record.split()[:1] for line in lines[1:])


def test_tables_are_written_as_csv(home: Home, tmp_path: Path) -> None:
    answer = home.run("read", str(SAMPLE), "--tables", str(tmp_path / "out"))
    assert answer.exit_code == ExitCode.OK
    first = tmp_path / "out" / f"{SAMPLE.stem}.table-1.csv"
    with first.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 5


@pytest.mark.parametrize("name", ["missing", "empty", "text", "encrypted", "cut"])
def test_reading_a_bad_paper_is_one_line(
    home: Home, bad_papers: dict[str, Path], name: str
) -> None:
    answer = home.run("read", str(bad_papers[name]))
    assert answer.exit_code == ExitCode.INPUT
    (line,) = answer.errors
    assert line.startswith(f"{bad_papers[name]}: ")
    assert not answer.stdout


def test_an_empty_warehouse_says_so(home: Home) -> None:
    assert home.run("status").stdout == "Nothing yet.\n"
    assert json.loads(home.run("status", "--json").stdout) == []
    assert home.run("status", "--unknown").stdout == "Nothing yet.\n"


def test_rows_come_in_three_forms(home: Home) -> None:
    query = "select 1 as one, 'a,b' as name, null as blank, 2.50 as rate"
    table = home.run("sql", query).stdout.splitlines()
    assert table[0].split() == ["one", "name", "blank", "rate"]
    assert home.run("sql", query, "--format", "csv").stdout.splitlines() == [
        "one,name,blank,rate",
        '1,"a,b",,2.5',
    ]
    assert json.loads(home.run("sql", query, "-f", "json").stdout) == [
        {"one": 1, "name": "a,b", "blank": None, "rate": 2.5}
    ]


@pytest.mark.parametrize("query", ["delete from document", "selec 1", ""])
def test_only_questions_are_answered(home: Home, query: str) -> None:
    answer = home.run("sql", query)
    assert answer.exit_code == ExitCode.USAGE
    assert len(answer.errors) == 1


def test_a_warehouse_that_cannot_be_opened_is_one_line(
    home: Home, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    url = f"sqlite:///{tmp_path}/file/w.db"
    answer = home.run("status", "--warehouse", url)
    assert answer.exit_code == ExitCode.WAREHOUSE
    assert len(answer.errors) == 1


def test_a_password_is_never_shown(home: Home) -> None:
    url = "postgresql://analyst:hunter2@localhost:1/none"
    answer = home.run("status", "--warehouse", url)
    assert answer.exit_code in (ExitCode.WAREHOUSE, ExitCode.BUSY)
    assert "hunter2" not in answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("codes", "common"),
    [
        (set(), ExitCode.OK),
        ({ExitCode.OK}, ExitCode.OK),
        ({ExitCode.OK, ExitCode.INPUT}, ExitCode.INPUT),
        ({ExitCode.QUARANTINED, ExitCode.INPUT}, ExitCode.FAILED),
    ],
)
def test_failures_have_a_common_code(codes: set[ExitCode], common: ExitCode) -> None:
    assert cli._common_code(codes) is common


def test_a_defect_is_a_line_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise KeyError("column")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == ExitCode.FAILED
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["-h"], {"prefect", "great_expectations", "pandas", "sqlalchemy"}),
        (["read", str(SAMPLE)], {"prefect", "warehouse"}),
    ],
)
def test_what_is_slow_to_import_stays_out(
    words: list[str], unwanted: set[str], tmp_path: Path
) -> None:
    code = (
        "import sys; from flows.cli import app\n"
        f"try: app({words!r})\n"
        "except SystemExit: pass\n"
        f"print(sorted({unwanted} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"SOHOA_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    assert done.stderr.splitlines()[-1] == "[]"
