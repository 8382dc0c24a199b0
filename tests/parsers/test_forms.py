"""One case at least for every form that papers print: text, expected record, source.

The tables are ``data/forms.csv`` and, of whole sentences, ``data/sentences.csv``.
``reader`` names the way of reading in ``form_readers.py``, which goes through the
parsers' own functions, and ``expected`` holds a line for each record. A form of the
page itself, which no text can show, names in ``expected`` the test that draws it
(reader 'shown by').
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from parsers.units.gazetteer import Gazetteer
from parsers.vocabulary import Vocabulary
from tests.parsers.form_readers import READERS, Known

_HERE = Path(__file__).parent
_ELSEWHERE = "shown by"


def _forms(name: str) -> list[dict[str, str]]:
    with (_HERE / "data" / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


FORMS = [*_forms("forms.csv"), *_forms("sentences.csv")]
READ = [form for form in FORMS if form["reader"] != _ELSEWHERE]
DRAWN = [form for form in FORMS if form["reader"] == _ELSEWHERE]


def _name(form: dict[str, str]) -> str:
    return f"{form['form']}: {form['text'][-40:]}"


@pytest.mark.parametrize("form", READ, ids=_name)
def test_form_is_read(
    form: dict[str, str], vocabulary: Vocabulary, gazetteer: Gazetteer
) -> None:
    known = Known(vocabulary, gazetteer)
    read = list(READERS[form["reader"]](form["text"], known))
    assert read == form["expected"].splitlines(), form["source"]


def test_forms_of_the_page_are_drawn_by_tests_that_exist() -> None:
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in _HERE.parent.rglob("test_*.py")
    )
    named = {form["expected"] for form in DRAWN}
    assert named == {
        name for name in named if re.search(rf"^def {name}\(", tests, re.M)
    }


def test_every_row_says_its_source() -> None:
    assert all(form["source"] and form["section"] for form in FORMS)
