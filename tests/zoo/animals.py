"""The zoo: files that are broken, or mean harm, each made here from nothing."""

from __future__ import annotations

from tests.zoo import broken, large, loops, names, odd  # noqa: F401  # they fill it
from tests.zoo.keeper import FAILED, LOADED, ZOO, Animal

__all__ = ["FAILED", "LOADED", "ZOO", "Animal"]
