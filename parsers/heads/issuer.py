"""Issuer: which body issues a paper, for which unit, in which province.

The left column of a head names the body over two or three lines ('ỦY BAN NHÂN DÂN' /
'HUYỆN CAM LỘ'); where it is missing, the authority under a decision's title, the
title, the text or the place must say it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parsers.heads.named_units import KINDS, NamedUnit, join_organs, named_in
from parsers.heads.paper_words import is_shouted
from parsers.records import Unit
from parsers.text import fold, one_spelling, squeeze
from parsers.units.gazetteer import Gazetteer, is_between, is_later
from parsers.units.match import levels_of
from parsers.units.names import Level, loose_key, name_key, split_name

_ABBREVIATIONS = frozenset(
    (
        *("UBND", "HĐND", "TBXH", "LĐTBXH", "LĐ", "MTTQ", "TW", "KT", "BCĐ", "BCH"),
        *("BTV", "NN", "PTNT", "GD", "ĐT", "VH", "TT", "CCB", "LHPN"),
        *("MTQG", "CTMTQG", "XĐGN", "NTM", "DTTS"),
    )
)
_PEOPLE = re.compile(r"[uủ][yỷỳỵ]\s+ban\s+nh[aâ]n\s+d[aâ]n", re.IGNORECASE)
_COUNCIL = re.compile(r"h[oôộ]i\s+đ[oôồ]ng\s+nh[aâ]n\s+d[aâ]n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: ``text`` as said in short, and the unit and its province."""

    text: str | None
    unit: Unit | None
    province: Unit | None
    rule: str


@dataclass(frozen=True, slots=True)
class HeadTexts:
    """What may name the issuer, the surest first; all as printed.

    ``organs`` are the lines of the left column, ``authority`` the line under a
    decision's title, ``behalf`` whom the signature speaks for.
    """

    organs: Sequence[str]
    authority: str | None
    title: str | None
    place: str | None
    behalf: str | None
    body: str


def find_issuer(texts: HeadTexts, gazetteer: Gazetteer, on: str | None) -> Issuer:
    """Find who issues a paper, and the unit and province that this one acts for."""
    organs = join_organs(texts.organs)
    named = list(named_in([texts.authority or ""])) + [
        unit for organ in reversed(organs) for unit in named_in([organ])
    ]
    rule = "head"
    if not named:
        named, rule = _named_elsewhere(texts, gazetteer, on)
    unit, province = _settle(named, organs, texts, gazetteer, on)
    if is_later(on) or is_between(on):
        unit, province = _dated(unit, gazetteer, on), _dated(province, gazetteer, on)
        if is_between(on) and (unit is None or unit.code is None):
            province = _without_code(province)
    text = _issuer_text(organs, texts, unit)
    return Issuer(text, unit, province, rule)


def _dated(unit: Unit | None, gazetteer: Gazetteer, on: str | None) -> Unit | None:
    """Return a unit without its code where this is not of the paper's date."""
    if is_between(on) or gazetteer.is_in_force(unit, on):
        return unit
    return _without_code(unit)


def _without_code(unit: Unit | None) -> Unit | None:
    """Return a unit as named only: what system it is of is not known."""
    return replace(unit, code=None, unit_id=None) if unit is not None else None


def _named_elsewhere(
    texts: HeadTexts, gazetteer: Gazetteer, on: str | None
) -> tuple[list[NamedUnit], str]:
    for text, rule in ((texts.behalf, "signature"), (texts.title, "title")):
        named = [u for u in named_in([text or ""]) if _official(u, gazetteer, on)]
        if named:
            return named, rule
    for found in re.finditer(
        r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+([^.;:]{4,80}?)\s+"
        r"(?:ban hành|xây dựng|đề ra|triển khai|tổ chức|báo cáo|đề nghị|kính trình)",
        texts.body,
    ):
        named = list(named_in([found[1]]))
        if named:
            return named, "text"
    named = list(_named_by_place(texts, gazetteer, on))
    return named, "place" if named else ""


def _named_by_place(
    texts: HeadTexts, gazetteer: Gazetteer, on: str | None
) -> Iterable[NamedUnit]:
    """The place names the unit; the text says most often of which kind it is."""
    if not texts.place:
        return
    printed = split_name(texts.place)
    if printed.kind is not None:
        yield NamedUnit(printed.kind, printed.bare)
        return
    body = one_spelling(texts.body)
    counts = Counter[str]()
    for kind in KINDS:
        full = kind.capitalize()
        if not gazetteer.namesakes(printed.bare, kind=full, on=on):
            continue
        counts[full] = 3 * body.count(one_spelling(f"{kind} {printed.bare}"))
        counts[full] += body.count(f"ubnd {kind} ") + body.count(f"ubnd {kind},")
        counts[full] += body.count(f"ủy ban nhân dân {kind} ")
    for kind, count in counts.most_common(1):
        if count:
            yield NamedUnit(kind, printed.bare)


def _official(unit: NamedUnit, gazetteer: Gazetteer, on: str | None) -> bool:
    return bool(gazetteer.namesakes(unit.name))


def _settle(
    named: Sequence[NamedUnit],
    organs: Sequence[str],
    texts: HeadTexts,
    gazetteer: Gazetteer,
    on: str | None,
) -> tuple[Unit | None, Unit | None]:
    """Settle the issuing unit among its namesakes, and with it the province."""
    if not named:
        return None, None
    first = named[0]
    every = _namesakes(first, texts, gazetteer, on)
    above = [u for u in named[1:] if u.name != first.name]
    unit = _choose(every, above, texts, gazetteer)
    if unit is not None:
        return unit, gazetteer.province_of(unit)
    spelled = every[0] if every else Unit(first.name, first.kind)
    provinces = {p.code: p for u in every if (p := gazetteer.province_of(u))}
    province = next(iter(provinces.values())) if len(provinces) == 1 else None
    if province is None:
        province = _province_named(above, texts, gazetteer, on)
    return _without_code(spelled), province


def _namesakes(
    named: NamedUnit, texts: HeadTexts, gazetteer: Gazetteer, on: str | None
) -> tuple[Unit, ...]:
    """Return the units of this name; a misread name is mended by what else is said."""
    for name in (named.bare, *_spellings(named, texts)):
        full = f"{named.kind} {name}"
        found = gazetteer.namesakes(full, on=on) or gazetteer.namesakes(full)
        if found:
            return found
    return ()


def _spellings(named: NamedUnit, texts: HeadTexts) -> Iterable[str]:
    """Return other spellings of a name in the same paper: one slip away, no more."""
    loose = loose_key(named.bare)
    counts = Counter(
        unit.bare
        for text in (
            texts.place and f"{named.kind} {texts.place}",
            texts.title,
            texts.body,
        )
        for unit in named_in([text or ""])
        if loose_key(unit.bare) == loose and name_key(unit.bare) != name_key(named.bare)
    )
    return (name for name, _ in counts.most_common())


def _choose(
    every: Sequence[Unit],
    above: Sequence[NamedUnit],
    texts: HeadTexts,
    gazetteer: Gazetteer,
) -> Unit | None:
    """Choose among namesakes by the units above them that the paper speaks of."""
    if len(every) < 2:
        return every[0] if every else None
    if above:
        keys = {name_key(u.bare) for u in above}
        under = [u for u in every if keys & set(_names_above(u, gazetteer))]
        if len(under) == 1:
            return under[0]
        every = under or every
    text = one_spelling(texts.body)
    scores = {u: _mentions_above(u, text, gazetteer) for u in every}
    best = sorted(scores.values(), reverse=True)
    if best[0] and (len(best) == 1 or best[0] > best[1]):
        return next(u for u, score in scores.items() if score == best[0])
    return None


def _units_above(unit: Unit, gazetteer: Gazetteer) -> Iterable[Unit]:
    above = gazetteer.parent_of(unit)
    while above is not None:
        yield above
        above = gazetteer.parent_of(above)


def _names_above(unit: Unit, gazetteer: Gazetteer) -> Iterable[str]:
    return (name_key(split_name(u.name).bare) for u in _units_above(unit, gazetteer))


def _mentions_above(unit: Unit, text: str, gazetteer: Gazetteer) -> int:
    """Count how often a text names the province and the district of a unit."""
    total = 0
    for above in _units_above(unit, gazetteer):
        bare = one_spelling(split_name(above.name).bare)
        weight = 1 if Level.PROVINCE in levels_of(above) else 2
        total += weight * len(re.findall(rf"\b{re.escape(bare)}\b", text))
    return total


def _province_named(
    above: Sequence[NamedUnit], texts: HeadTexts, gazetteer: Gazetteer, on: str | None
) -> Unit | None:
    """Return the province that the head, or else the text, names most often."""
    counts = Counter[str]()
    provinces = {name_key(split_name(p.name).bare): p for p in gazetteer.provinces(on)}
    for unit in (*above, *named_in([texts.body])):
        key = name_key(unit.bare)
        if unit.kind in ("Tỉnh", "Thành phố") and key in provinces:
            counts[key] += 1
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return provinces[ranked[0][0]]


def _issuer_text(
    organs: Sequence[str], texts: HeadTexts, unit: Unit | None
) -> str | None:
    source = texts.authority or (organs[-1] if organs else None) or texts.behalf
    if source is None:
        source = "UBND" if unit is not None else None
    if source is None:
        return None
    text = _short(_in_small(source, unit))
    if unit is None or name_key(split_name(unit.name).bare) in name_key(text):
        return text
    kind, bare = unit.kind or "", split_name(unit.name).bare
    plain = fold(text)
    if plain.endswith((" uy", "uy")) or plain in ("chinh phu", "thu tuong chinh phu"):
        return text
    tail = re.sub(rf"\s+{re.escape(kind.lower())}$", "", text)
    kind_text = "thành phố" if kind.startswith("Thành phố") else kind.lower()
    return squeeze(f"{tail} {kind_text} {bare}")


def _short(text: str) -> str:
    return squeeze(_COUNCIL.sub("HĐND", _PEOPLE.sub("UBND", text)))


def _in_small(text: str, unit: Unit | None) -> str:
    """Put a name in capitals into small letters, the unit's name as it is spelled."""
    if not is_shouted(text):
        return text
    words = _short(text).split()
    small = [w if w.strip(".,&-") in _ABBREVIATIONS else w.lower() for w in words]
    line = " ".join(small)
    line = line[:1].upper() + line[1:]
    for found in named_in([text]):
        pattern = re.compile(re.escape(found.bare), re.IGNORECASE)
        line = pattern.sub(found.bare, line, count=1)
    if unit is not None:
        bare = split_name(unit.name).bare
        for candidate in re.findall(_spelled_like(bare), line, re.IGNORECASE):
            if loose_key(candidate) == loose_key(bare):
                line = line.replace(candidate, bare)
    return line


def _spelled_like(bare: str) -> str:
    return r"\b" + r"\s+".join(rf"[^\W\d_]{{{len(w)}}}" for w in bare.split()) + r"$"
