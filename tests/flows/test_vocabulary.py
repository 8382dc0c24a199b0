from __future__ import annotations

from pathlib import Path

import pytest

from flows import vocabulary as loading
from flows.vocabulary import VOCABULARY_DIR, load_gazetteer, load_vocabulary


def test_every_file_is_loaded_but_those_of_the_units() -> None:
    names = {path.stem for path in VOCABULARY_DIR.glob("*.csv")}
    assert set(load_vocabulary().tables) == names - {"units", "unit_successors"}
    assert all(load_vocabulary().tables.values())


def test_it_is_read_once() -> None:
    assert load_vocabulary() is load_vocabulary()
    assert load_gazetteer() is load_gazetteer()


def test_the_units_are_there() -> None:
    unit = load_gazetteer().find_unit("Thị xã Bỉm Sơn", on="2018-04-06")
    assert unit is not None
    assert unit.name == "Thị xã Bỉm Sơn"


@pytest.mark.parametrize("row", ["only one", "one,two,three"])
def test_a_row_that_does_not_fit_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(f"phrase,meaning\nfits,well\n{row}\n")
    with pytest.raises(ValueError, match="row 3"):
        loading._read_rows(path)
