"""Sound papers whose names mean harm."""

from __future__ import annotations

from tests.zoo.anatomy import plain
from tests.zoo.keeper import LOADED, animal


@animal("ke\u0302\u0301 hoa\u0323ch.pdf", LOADED)
def _decomposed_name() -> bytes:
    """A name in another Unicode form."""
    return plain()


@animal("a\nb\x1b[31m\u202e.pdf", LOADED)
def _steering_name() -> bytes:
    """A name that breaks lines and steers the terminal."""
    return plain()


@animal(b"\xff\xfe\xe1.pdf".decode("utf-8", "surrogateescape"), LOADED)
def _bytes_name() -> bytes:
    """A name that is no text."""
    return plain()


@animal("..\\..\\..\\etc\\passwd.pdf", LOADED)
def _climbing_name() -> bytes:
    """A name that climbs out of its folder on other systems."""
    return plain()


@animal("$(touch zoo);`touch zoo`|&-rf *.pdf", LOADED)
def _shell_name() -> bytes:
    """A name that a shell would run."""
    return plain()


@animal("ế" * 83 + ".pdf", LOADED)
def _long_name() -> bytes:
    """A name as long as there can be."""
    return plain()


@animal("-rf.pdf", LOADED)
def _option_name() -> bytes:
    """A name like an option."""
    return plain()
