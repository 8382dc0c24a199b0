"""What the zoo knows of an animal: a file, how it must end, what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FAILED, LOADED = "failed", "done"


@dataclass(frozen=True)
class Animal:
    """One file, and the status that it must end in.

    ``said`` are words of the reason why it failed, or the doubt that it is loaded with.
    """

    name: str
    make: Callable[[], bytes]
    status: str
    said: str = ""

    @property
    def kind(self) -> str:
        """What it is, for the table in docs/night.md."""
        return (self.make.__doc__ or "").strip().rstrip(".")


ZOO: list[Animal] = []


def animal(
    name: str, status: str, said: str = ""
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        ZOO.append(Animal(name, make, status, said))
        return make

    return keep
