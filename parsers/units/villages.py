"""Villages and neighbourhoods: no official units, yet the same from paper to paper.

They have no code, so their key is made of their commune's and of their name:
'TDP Trai', 'Tổ dân phố Trai', and 'Trai' under the head 'Tổ dân phố' are one.
"""

from __future__ import annotations

import re

from parsers.records import Unit
from parsers.text import one_spelling, squeeze
from parsers.units.names import name_key, names_village, without_ordinal

_KINDS: tuple[tuple[str, str], ...] = (
    (r"tổ\s+dân\s+phố|tdp|tổ(?=\s*(?:số\s*)?\d)", "Tổ dân phố"),
    (r"khu\s+dân\s+cư|kdc", "Khu dân cư"),
    (r"khu\s+phố|kp", "Khu phố"),
    (r"khối\s+phố", "Khối phố"),
    (r"tiểu\s+khu|tk", "Tiểu khu"),
    (r"khu(?!\s+vực)", "Khu"),
    *((word, word.capitalize()) for word in (
        "thôn", "bản", "làng", "ấp", "buôn", "bon", "sóc", "phum", "xóm", "tổ",
        "khối", "cụm",
    )),
)  # fmt: skip
_PREFIXES = tuple(
    (re.compile(rf"(?:{form})\b[\s.:]*(?:số\s+(?=\d))?", re.IGNORECASE), kind)
    for form, kind in _KINDS
)


def village_unit(label: str, head: str, commune: Unit | None) -> Unit | None:
    """Return the village that a row's label means, or None if it names none.

    The name stays as printed; the key is None where the commune is not known.

    Args:
        label: 'TDP Trai', 'Thôn 3', or 'Trai' under a head that says the kind.
        head: The head of the label's column.
        commune: What the village lies in, as the gazetteer gave it.
    """
    bare, kind = split_village(label)
    if kind is None and names_village(head):
        kind = _kind_of_head(head)
    if kind is None:
        return None
    if commune is None or commune.unit_id is None or not bare:
        return Unit(label, kind, None, None, "village", 0.5)
    unit_id = f"{commune.unit_id}/{one_spelling(kind)} {name_key(bare)}"
    return Unit(label, kind, None, unit_id, "village", 1.0)


def split_village(label: str) -> tuple[str, str | None]:
    """Take the kind off a village's name: 'TDP số 3' is '3' and 'Tổ dân phố'."""
    name = without_ordinal(squeeze(label))
    for pattern, kind in _PREFIXES:
        found = pattern.match(name)
        if found is not None:
            return name[found.end() :].strip(" .,:;*"), kind
    return name, None


def _kind_of_head(head: str) -> str:
    """Return the kind that a head says; of several the first, named in the head."""
    places = [
        (found.start(), -len(found.group(0)), kind)
        for form, kind in _KINDS
        if (found := re.search(rf"\b(?:{form})\b", squeeze(head), re.IGNORECASE))
    ]
    return min(places)[2] if places else squeeze(head)
