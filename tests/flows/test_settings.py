from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from extractors.errors import ExitCode, UsageError
from flows.settings import Settings, default_home, load_settings, prefect_environment


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine, and no .env file, reaches these tests."""
    for name in [n for n in os.environ if n.startswith("SOHOA_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_everything_lies_below_home(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    assert settings.warehouse_url == f"sqlite:///{tmp_path}/sohoa.db"
    assert settings.store_dir == tmp_path / "raw" / "store"
    assert settings.prefect_home == tmp_path / ".prefect"


def test_environment_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOHOA_WAREHOUSE", "sqlite:///elsewhere.db")
    monkeypatch.setenv("SOHOA_STORE", str(tmp_path))
    monkeypatch.setenv("SOHOA_WORKERS", "3")
    settings = load_settings()
    assert settings.warehouse_url == "sqlite:///elsewhere.db"
    assert settings.store_dir == tmp_path
    assert settings.workers == 3


def test_a_file_in_the_current_folder_sets(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SOHOA_MAX_PAGES=7\n")
    assert load_settings().read_options.max_pages == 7


def test_the_command_line_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHOA_WAREHOUSE", "sqlite:///a.db")
    assert load_settings(warehouse="sqlite:///b.db").warehouse_url == "sqlite:///b.db"
    assert load_settings(warehouse=None).warehouse_url == "sqlite:///a.db"


@pytest.mark.parametrize("value", ["none", "0", "-1", "1.5"])
def test_a_wrong_value_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOHOA_WORKERS", value)
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert "SOHOA_WORKERS" in str(caught.value)
    assert repr(value) in str(caught.value)
    assert caught.value.exit_code is ExitCode.USAGE


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load_settings().workers = 5  # type: ignore[misc]  # that is what is tested


def test_an_installed_package_uses_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("flows.settings._PROJECT", tmp_path / "site-packages")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_home() == tmp_path / "data" / "sohoa"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_home() == tmp_path / ".local" / "share" / "sohoa"


def test_limits_reach_the_reader() -> None:
    options = load_settings(
        max_pages=2,
        max_file_mb=3,
        max_page_megapixels=4,
        page_seconds=5,
        page_memory_mb=256,
    ).read_options
    assert (options.max_pages, options.max_bytes) == (2, 3 << 20)
    assert (options.max_pixels, options.page_seconds) == (4_000_000, 5)
    assert options.memory_bytes == 256 << 20


def test_prefect_tells_nobody(tmp_path: Path) -> None:
    told = prefect_environment(load_settings(home=tmp_path))
    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert told["DO_NOT_TRACK"] == "1"
    assert Path(told["PREFECT_HOME"]).is_relative_to(tmp_path)


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())
