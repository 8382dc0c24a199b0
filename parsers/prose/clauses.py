"""The last clause before a figure, where the words before it are several clauses."""

from __future__ import annotations

import re

from parsers.prose.meaning import (
    FLOWS,
    NAMED,
    find_concepts,
    find_groups,
    read_meaning,
)
from parsers.vocabulary import Vocabulary

_TELLING = NAMED | {"exit", "relapse"}
_ASIDE = re.compile(r"\([^()]*\)")
_CLAUSE_ENDS = re.compile(r"[,:]\s")


def nearest_clause(before: str, noun: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the groups named above the last clause before a figure, and the clause.

    'Nhờ vốn tín dụng chính sách, tỷ lệ hộ nghèo còn 20,9%' speaks of the poor. A
    clause that names nobody is no clause of its own, and a change said above
    ('Số hộ thoát nghèo: …') holds on. ``noun`` is what stands right after the figure.
    """
    for cut in reversed(_cuts(before, vocabulary)):
        above, clause = before[:cut], before[cut:]
        said = read_meaning((f"{clause} {noun}",), vocabulary).concepts
        if not said & _TELLING:
            continue
        plain = _ASIDE.sub(" ", above)
        flows = read_meaning((plain,), vocabulary).concepts & FLOWS
        if flows and not said & {"rate", "level"}:
            return "", before
        groups = find_groups(above, vocabulary)
        return " ".join(hit.phrase for hit in groups), clause
    return "", before


def _cuts(text: str, vocabulary: Vocabulary) -> list[int]:
    """Return where clauses of a text begin: after commas that stand in no wording.

    The comma of 'hộ nghèo, hộ cận nghèo' stands in one.
    """
    hits = find_concepts(text, vocabulary)
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(text)]
    return [e for e in ends if not any(h.start < e <= h.end for h in hits)]
