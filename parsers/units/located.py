"""Where tasks are to be done: the places that they name, as units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from parsers.records import Assignment, Document, Unit
from parsers.units.gazetteer import Gazetteer, date_of_units
from parsers.units.names import is_village


def locate_tasks(
    tasks: Iterable[Assignment], document: Document, gazetteer: Gazetteer
) -> tuple[Assignment, ...]:
    """Return the tasks with a unit for each place that they name, in the same order.

    A place that is not found for sure is a unit without a code. It is looked for in the
    issuing unit alone: where that is not known, nothing is.
    """
    return tuple(
        replace(task, places=_locate(task.units, document, gazetteer))
        if task.units
        else task
        for task in tasks
    )


def _locate(
    names: tuple[str, ...], document: Document, gazetteer: Gazetteer
) -> tuple[Unit, ...]:
    within = document.issuing_unit
    on = date_of_units(document.issued_on, (document.period_start, document.period_end))
    if within is None or within.code is None:
        return tuple(Unit(name, way="unknown") for name in names)
    found = gazetteer.match_rows(names, within=within, on=on)
    places: list[Unit] = []
    for name, match in zip(names, found, strict=True):
        village = gazetteer.village(name, "", within) if is_village(name) else None
        places.append(match.unit or village or Unit(name, way=match.way))
    return tuple(places)
