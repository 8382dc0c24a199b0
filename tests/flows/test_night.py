"""A night, what an engineer does the morning after, and what would change."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import httpx
import pytest

from extractors.errors import ExitCode, NightBusyError, UsageError
from flows import notify
from flows import shift as shift_module
from flows.lock import one_night
from flows.moments import parse_moment
from flows.options import with_options
from flows.paper import Workbench
from flows.settings import Settings
from flows.shift import Outcome
from tests.flows.home import SAMPLE, Answer, Home
from tests.warehouse.conftest import (  # noqa: F401  # fixtures
    postgres_server,
    postgres_url,
)
from warehouse.database import open_warehouse

pytestmark = pytest.mark.usefixtures("prefect_server")
HOUR = 3600


def put(home: Home, name: str, source: Path) -> Path:
    path = home.folder / "raw" / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, path)
    os.utime(path, (time.time() - HOUR,) * 2)
    return path


def stati(home: Home, *options: str) -> dict[str, dict[str, object]]:
    rows = json.loads(home.run("status", "--json", *options).stdout)
    return {row["path_name"]: row for row in rows}


def rows(home: Home, query: str) -> list[dict[str, object]]:
    found = json.loads(home.run("sql", query, "--format", "json").stdout)
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def evening(
    tmp_path_factory: pytest.TempPathFactory,
    prefect_server: None,
    bad_papers: dict[str, Path],
) -> tuple[Home, Answer]:
    """A night over one paper from two senders, a locked one and one still coming."""
    home = Home(tmp_path_factory.mktemp("night"))
    put(home, "so-a/plan.pdf", SAMPLE)
    put(home, "so-b/2024/cùng kế hoạch.pdf", SAMPLE)
    put(home, "so-b/locked.pdf", bad_papers["encrypted"])
    os.utime(put(home, "so-b/coming.pdf", SAMPLE))
    return home, home.run("serve", "--once")


def test_what_is_new_goes_in_and_one_bad_paper_is_one_line(
    evening: tuple[Home, Answer],
) -> None:
    home, answer = evening
    assert answer.exit_code == ExitCode.INPUT
    (line,) = answer.errors
    assert line.startswith("so-b/locked.pdf: the PDF wants a password")
    assert set(stati(home)) == {
        "so-a/plan.pdf",
        "so-b/2024/cùng kế hoạch.pdf",
        "so-b/locked.pdf",
    }


def test_the_same_bytes_belong_to_both_senders_and_are_read_once(
    evening: tuple[Home, Answer],
) -> None:
    home = evening[0]
    sent = rows(home, "select source from submission order by source")
    assert [row["source"] for row in sent] == ["so-a", "so-b"]
    assert rows(home, "select count(*) as n from paper") == [{"n": 1}]
    kept = list((home.folder / "raw" / "store").rglob("evidence-*"))
    assert len(kept) == 1


def test_the_second_night_has_nothing_to_do(evening: tuple[Home, Answer]) -> None:
    home = evening[0]
    answer = home.run("serve", "--once")
    assert (answer.exit_code, answer.stdout) == (ExitCode.OK, "")
    assert answer.stderr == "Nothing new.\n"


def test_status_can_be_narrowed(evening: tuple[Home, Answer]) -> None:
    home = evening[0]
    assert set(stati(home, "--failed")) == {"so-b/locked.pdf"}
    assert set(stati(home, "--sender", "so-a")) == {"so-a/plan.pdf"}
    assert len(stati(home, "--since", "last-night")) == 3
    assert stati(home, "--since", "2999-01-01") == {}
    assert "attempts" in home.run("status").stdout.splitlines()[0]


def test_a_retry_wants_to_know_what(evening: tuple[Home, Answer]) -> None:
    answer = evening[0].run("retry")
    assert answer.exit_code == ExitCode.USAGE
    assert "--failed" in answer.errors[0]


def test_a_document_that_is_not_there_is_said(evening: tuple[Home, Answer]) -> None:
    answer = evening[0].run("retry", "--document", "none")
    assert answer.exit_code == ExitCode.USAGE
    assert "no document none" in answer.errors[0]


def test_a_retry_of_what_failed_takes_the_paper_sent_anew(
    tmp_path: Path, bad_papers: dict[str, Path]
) -> None:
    home = Home(tmp_path)
    put(home, "so/a.pdf", bad_papers["encrypted"])
    put(home, "so/b.pdf", SAMPLE)
    home.run("serve", "--once")
    again = home.run("retry", "--failed")
    assert again.exit_code == ExitCode.INPUT
    assert "0 of 1 papers" in again.stdout
    put(home, "so/a.pdf", SAMPLE)
    mended = home.run("retry", "--failed")
    assert mended.exit_code == ExitCode.OK
    assert stati(home, "--failed") == {}
    assert home.run("retry", "--failed").stderr == "There is no such paper.\n"
    assert home.run("serve", "--once").stderr == "Nothing new.\n"


def test_a_stage_is_done_again_from_what_the_one_before_left(
    evening: tuple[Home, Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = evening[0]
    parsed: list[str] = []
    real = shift_module.Workbench._records

    def watch(self: Workbench, paper: object, *, anew: bool = False) -> object:
        parsed.append("anew" if anew else "kept")
        return real(self, paper, anew=anew)  # type: ignore[arg-type]

    def unread(*_: object) -> None:
        raise AssertionError("it is read already")

    monkeypatch.setattr(shift_module.Workbench, "_records", watch)
    monkeypatch.setattr("extractors.pool.PageReader.read", unread)
    answer = home.run("retry", "--sender", "so-a", "--stage", "parse")
    assert answer.exit_code == ExitCode.OK, answer.stderr
    assert "anew" in parsed


def test_a_dry_retry_changes_nothing_and_tells_what_would(
    evening: tuple[Home, Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = evening[0]
    figures = "select figure_id, value, indicator from figure order by figure_id"
    before, shown = rows(home, figures), stati(home)
    real = __import__("flows.paper", fromlist=["parse_evidence"]).parse_evidence

    def otherwise(evidence: object) -> object:
        from dataclasses import replace

        records = real(evidence)
        first = records.figures[0]
        source = replace(first.source, rule="a new word")
        changed = replace(first, indicator="other", source=source)
        return replace(records, figures=(changed, *records.figures[1:]))

    monkeypatch.setattr("flows.paper.parse_evidence", otherwise)
    monkeypatch.setattr("flows.keys.package_digest", lambda name: f"new {name}")
    monkeypatch.setattr("extractors.pool.PageReader.read", _kept_evidence(home))
    answer = home.run("retry", "--sender", "so-a", "--stage", "parse", "--dry-run")
    assert answer.exit_code == ExitCode.OK, answer.stderr
    run = answer.stderr.split("--after ")[1].strip()
    assert rows(home, figures) == before
    assert stati(home) == shown
    changes = json.loads(home.run("diff", "--after", run, "--json").stdout)
    told = {(c["field"], c["after"]): c for c in changes}
    assert told["indicator", "other"]["why"].startswith("by the rule 'a new word'")
    lines = home.run("diff", "--after", run).stdout.splitlines()
    assert lines[0].split()[:3] == ["paper", "page", "table"]
    assert lines[-1] == "1 of 1 papers differ"
    same = home.run("diff", "--before", run, "--after", run)
    assert same.stdout == "0 of 1 papers differ\n"
    assert home.run("diff", "--after", "none").exit_code == ExitCode.USAGE


def _kept_evidence(home: Home) -> object:
    from extractors.codec import unpack
    from extractors.model import Evidence

    (kept,) = (home.folder / "raw" / "store").rglob("evidence-*")
    evidence = unpack(kept.read_bytes(), Evidence)
    return lambda *_args, **_options: evidence


def test_other_options_stay_with_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    put(home, "so/a.pdf", SAMPLE)
    home.run("serve", "--once")
    monkeypatch.setattr("extractors.pool.PageReader.read", _kept_evidence(home))
    answer = home.run("retry", "--sender", "so", "--with", "dpi=400,psm=6")
    assert answer.exit_code == ExitCode.OK, answer.stderr
    home.run("retry", "--sender", "so")
    (row,) = rows(home, "select read_options from manifest")
    assert row == {"read_options": "dpi=400,psm=6"}
    keys = rows(home, "select distinct evidence_key from run_verdict")
    assert len(keys) == 2


@pytest.mark.parametrize("written", ["dpi=1", "psm=0", "dpi", "color=2", "dpi=４００"])
def test_options_that_cannot_be_are_refused(written: str) -> None:
    with pytest.raises(UsageError, match="no way of reading"):
        with_options(Settings().read_options, written)


def test_two_nights_at_once_are_refused_by_the_server_too(
    tmp_path: Path,
    postgres_url: str,  # noqa: F811  # the fixture of that name
) -> None:
    engine, other = open_warehouse(postgres_url), open_warehouse(postgres_url)
    with (
        one_night(engine, tmp_path),
        pytest.raises(NightBusyError),
        one_night(other, tmp_path),
    ):
        raise AssertionError("two nights")
    with one_night(other, tmp_path):
        pass
    engine.dispose()
    other.dispose()


def test_two_nights_at_once_are_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    engine = open_warehouse(f"sqlite:///{tmp_path}/sohoa.db")
    with one_night(engine, tmp_path):
        answer = home.run("serve", "--once")
    assert answer.exit_code == ExitCode.BUSY
    assert "another night" in answer.stderr
    with one_night(engine, tmp_path):
        pass
    engine.dispose()


def test_a_summary_is_sent_where_one_is_wanted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    posted: list[tuple[str, dict[str, object]]] = []

    def post(url: str, json: dict[str, object], timeout: float) -> httpx.Response:
        posted.append((url, json))
        raise httpx.ConnectError("no way to secret-token")

    monkeypatch.setattr(notify.httpx, "post", post)
    bad = Outcome("so/a.pdf", None, "so/a.pdf: it is locked. Save it.", ExitCode.INPUT)
    notify.send_summary([bad], Settings())
    assert posted == []
    with caplog.at_level("WARNING"):
        notify.send_summary([bad], Settings(webhook="http://host/secret-token"))
    ((url, told),) = posted
    assert url == "http://host/secret-token"
    assert told["failed"] == 1
    assert "it is locked" in str(told["text"])
    assert "secret-token" not in caplog.text


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-20", "2026-11-20T00:00:00+07:00"),
        ("2026-11-20T18:30", "2026-11-20T18:30:00+07:00"),
        ("2026-11-20T18:30:00+00:00", "2026-11-20T18:30:00+00:00"),
        ("last-night", "2026-11-19T18:00:00+07:00"),
    ],
)
def test_moments_are_those_of_vietnam(written: str, moment: str) -> None:
    now = parse_moment("2026-11-20T07:45")
    assert parse_moment(written, now).isoformat() == moment


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="no moment"):
        parse_moment("yesterday")
