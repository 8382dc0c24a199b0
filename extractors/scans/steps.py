"""The steps that make a scan ready to be read, by name: each can be left out."""

from __future__ import annotations

from enum import StrEnum

Steps = frozenset["Step"]


class Step(StrEnum):
    """A step, in the order in which they are done."""

    COLOUR = "colour"
    """Red ink, as of seals, is made as light as the paper."""
    LIGHT = "light"
    """Shadows and yellowed paper become white, and what lies around the page."""
    SIDE = "side"
    """A page that lies on its side is turned."""
    SKEW = "skew"
    """A page that was laid askew is turned back."""
    SIZE = "size"
    """Print is brought to the height at which Tesseract reads it best."""
    BEND = "bend"
    """Lines that are bent or converge, as on photographs, are made level."""
    UPRIGHT = "upright"
    """A page that stands on its head is turned over."""
    DRAWINGS = "drawings"
    """Black seals, stamps and signatures are painted over before prose is read."""
    FAINT = "faint"
    """A page read with little trust is read again with its greys darker."""


NONE: Steps = frozenset()
