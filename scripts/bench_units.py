"""How surely and how fast names of units are resolved, slips of OCR included.

Every commune of the first published state is looked up by its printed name, its
district and that date: as it is, without its marks, and with one slip.

The slip model. A place in the name is drawn, then one of the slips that can
happen there, all equally likely, from a fixed seed:
  mark     a vowel (or d) gets other marks, or none: ô → ơ, ỗ → ồ, đ → d
  shape    a letter is taken for one of like shape, its marks kept: n → u, l → i
  digit    a digit is taken for another
  lost     a letter or digit is lost
  doubled  a letter or digit is printed twice
  space    a space is lost
The place is drawn from the whole printed name, kind and all ('Phường 3'); the harder
count, where it is drawn from the bare name alone ('3'), is given beside it.
A slip that prints the name of another unit of the same district, kind and all, is
counted apart ('twin'): no single name tells it, only the other rows of its table do.
So each district is also looked up as one table, in which every row slips with a
chance of one in ten; there nothing is counted apart.
"""

from __future__ import annotations

import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flows.vocabulary import load_gazetteer
from parsers.records import Unit
from parsers.text import fold
from parsers.units.gazetteer import Gazetteer
from parsers.units.match import UnitMatch
from parsers.units.names import Level, name_key

DATE = "2019-09-11"
SEEDS = (1, 2, 3, 4, 5)
SLIPPING = 0.1
"""Share of the rows of a table that have a slip."""
_MARKED = (
    "aàáảãạăằắẳẵặâầấẩẫậ",
    "eèéẻẽẹêềếểễệ",
    "iìíỉĩị",
    "oòóỏõọôồốổỗộơờớởỡợ",
    "uùúủũụưừứửữự",
    "yỳýỷỹỵ",
    "dđ",
)
MARKED = {letter: letters for letters in _MARKED for letter in letters}
SHAPES = {
    **{"a": "oe", "b": "hk", "c": "eo", "d": "cl", "e": "co", "g": "qy", "h": "bnk"},
    **{"i": "lt", "k": "h", "l": "ti", "m": "n", "n": "uhr", "o": "aceu", "p": "n"},
    **{"q": "g", "r": "n", "t": "li", "u": "nv", "v": "uy", "y": "vg"},
}


@dataclass(frozen=True)
class Commune:
    """A unit of the first state and the district that it lies in."""

    unit: Unit
    district: Unit
    bare: str

    def printed(self, bare: str) -> str:
        """The name in full, with another bare name."""
        return f"{self.unit.kind} {bare}"


def list_communes(gazetteer: Gazetteer) -> dict[str, list[Commune]]:
    """Return the communes of the first state by their district's code."""
    found: dict[str, list[Commune]] = {}
    for unit in gazetteer.units_at(DATE, Level.COMMUNE):
        district = gazetteer.parent_of(unit)
        if district is not None:
            bare = unit.name[len(unit.kind or "") + 1 :]
            commune = Commune(unit, district, bare)
            found.setdefault(district.code or "", []).append(commune)
    return found


def slip(bare: str, rng: random.Random) -> str:
    """Return a name with one slip."""
    while True:
        at = rng.randrange(len(bare))
        slips = _slips_of(bare[at], rng)
        if slips:
            return bare[:at] + rng.choice(slips) + bare[at + 1 :]


def _slips_of(letter: str, rng: random.Random) -> list[str]:
    """Return what a letter may become: one instance of each sort of slip."""
    if letter == " ":
        return [""]
    if letter.isdigit():
        other = rng.choice("0123456789".replace(letter, ""))
        return [other, "", letter * 2]
    if not letter.isalpha():
        return []
    small, is_capital = letter.lower(), letter != letter.lower()
    slips = [small + small, ""]
    if others := MARKED.get(small, small).replace(small, ""):
        slips.append(rng.choice(others))
    marks = unicodedata.normalize("NFD", small)[1:]
    shapes = [
        unicodedata.normalize("NFC", shape + marks)
        for shape in SHAPES.get(fold(small), "")
    ]
    if fitting := [shape for shape in shapes if len(shape) == 1]:
        slips.append(rng.choice(fitting))
    return [s[:1].upper() + s[1:] if is_capital else s for s in slips]


def _judge(match: UnitMatch, commune: Commune) -> str:
    if match.unit is None:
        return match.way
    return "right" if match.unit.code == commune.unit.code else "WRONG"


def alone(gazetteer: Gazetteer, communes: Iterable[Commune]) -> Counter[str]:
    """Look up each name as it is."""
    return Counter(
        _judge(gazetteer.match_unit(c.unit.name, within=c.district, on=DATE), c)
        for c in communes
    )


def without_marks(gazetteer: Gazetteer, communes: Iterable[Commune]) -> Counter[str]:
    """Look up each name without its marks, kind and all."""
    said = Counter[str]()
    for c in communes:
        plain = fold(c.unit.name).title()
        said[_judge(gazetteer.match_unit(plain, within=c.district, on=DATE), c)] += 1
    return said


def with_slips(
    gazetteer: Gazetteer,
    districts: dict[str, list[Commune]],
    seed: int,
    *,
    in_bare_name: bool = False,
) -> Counter[str]:
    """Look up each name by itself, with one slip."""
    rng = random.Random(seed)  # noqa: S311  # the same slips each time
    said = Counter[str]()
    for communes in districts.values():
        codes = {name_key(c.unit.name): c.unit.code for c in communes}
        for c in communes:
            if in_bare_name:
                name = c.printed(slip(c.bare, rng))
            else:
                name = slip(c.unit.name, rng)
            if codes.get(name_key(name), c.unit.code) != c.unit.code:
                said["twin"] += 1
                continue
            match = gazetteer.match_unit(name, within=c.district, on=DATE)
            said[_judge(match, c)] += 1
    return said


def in_tables(
    gazetteer: Gazetteer, districts: dict[str, list[Commune]], seed: int
) -> Counter[str]:
    """Look up each district as one table; only rows with a slip are counted."""
    rng = random.Random(seed)  # noqa: S311  # the same slips each time
    said = Counter[str]()
    for communes in districts.values():
        slipped = [
            slip(c.unit.name, rng) if rng.random() < SLIPPING else c.unit.name
            for c in communes
        ]
        found = gazetteer.match_rows(slipped, within=communes[0].district, on=DATE)
        for c, printed, match in zip(communes, slipped, found, strict=True):
            verdict = _judge(match, c)
            if printed != c.unit.name:
                said[verdict] += 1
            elif verdict != "right":
                said[f"row without a slip: {verdict}"] += 1
    return said


def _tell(title: str, said: Counter[str]) -> None:
    total = sum(n for way, n in said.items() if way != "twin" and "row" not in way)
    parts = (
        f"{way} {n} ({n / total:.3%})" if total else way for way, n in said.items()
    )
    sys.stdout.write(f"{title:24}{total:7}  {', '.join(sorted(parts))}\n")


def main() -> None:
    """Write what comes out of each way of looking, and how long it takes."""
    started = time.perf_counter()
    gazetteer = load_gazetteer()
    sys.stdout.write(f"loading: {time.perf_counter() - started:.2f} s\n")
    districts = list_communes(gazetteer)
    every = [c for communes in districts.values() for c in communes]
    started = time.perf_counter()
    said = alone(gazetteer, every)
    took = (time.perf_counter() - started) / len(every) * 10_000
    _tell("as printed", said)
    sys.stdout.write(f"10,000 names: {took:.2f} s\n")
    _tell("without marks", without_marks(gazetteer, every))
    sums = Counter[str]()
    started = time.perf_counter()
    for seed in SEEDS:
        said = with_slips(gazetteer, districts, seed)
        sums += said
        _tell(f"one slip, seed {seed}", said)
    took = (time.perf_counter() - started) / len(every) / len(SEEDS) * 10_000
    _tell("one slip, all seeds", sums)
    sys.stdout.write(f"10,000 names with a slip: {took:.2f} s\n")
    for seed in SEEDS:
        said = with_slips(gazetteer, districts, seed, in_bare_name=True)
        _tell(f"in bare name, seed {seed}", said)
    for seed in SEEDS:
        _tell(f"tables, seed {seed}", in_tables(gazetteer, districts, seed))


if __name__ == "__main__":
    main()
