"""The view that leads from any unit to those of today.

A count of a unit may be added to a unit of today where all of it went there. Where it
went to several, no count of it can be divided among them; by today's province it can
still be added up, since no unit left its province but with all of it. Such a unit has
several rows, so by province only the first of them may be taken.
"""

from __future__ import annotations

from typing import Final

from parsers.units.gazetteer import NEW_SYSTEM


def _by_certainty(unknown: str, divided: str, reported: str, sure: str) -> str:
    return (
        f"CASE WHEN e.current_id IS NULL THEN {unknown} "
        f"WHEN e.successors > 1 THEN {divided} "
        f"WHEN e.is_sure = 0 THEN {reported} ELSE {sure} END"
    )


_CURRENT: Final = (
    *("u.unit_id", "u.code", "u.name", "u.kind", "u.level", "u.system"),
    *("u.valid_from", "u.valid_to", "c.unit_id AS current_id"),
    *("c.code AS current_code", "c.name AS current_name", "c.kind AS current_kind"),
    *("u.current_province_code", "h.name AS current_province"),
    *("COALESCE(e.successors, 0) AS successors", "COALESCE(e.ordinal, 1) AS ordinal"),
    "CASE WHEN e.successors = 1 THEN 1 ELSE 0 END AS adds_up",
    _by_certainty("'unknown'", "'divided'", "'reported'", "'sure'") + " AS certainty",
    _by_certainty(
        "'No source names what took it over: add its counts up by province only.'",
        "'It went to ' || CAST(e.successors AS TEXT) || ' units of today: a count of "
        "it cannot be divided among them; add it up by province only.'",
        "'One source alone says that it went there as a whole, or sources differ.'",
        "NULL",
    )
    + " AS warning",
)

UNIT_PARTS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "v_unit_current": (
        _CURRENT,
        # Villages go the way of their commune.
        "FROM unit u LEFT JOIN unit_current e ON e.unit_id = "
        "CASE WHEN u.level = 'village' THEN u.parent_id ELSE u.unit_id END "
        "LEFT JOIN unit c ON c.unit_id = e.current_id "
        f"LEFT JOIN unit h ON h.unit_id = u.current_province_code || '@{NEW_SYSTEM}'",
    ),
}
"""Name: columns, and what they are taken from; the form of ``warehouse.views``."""
