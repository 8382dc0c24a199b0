"""Kept forms: what is packed comes back, whoever asks for it at the same time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal

import msgspec
import pytest
import zstandard

from extractors.codec import pack, unpack

MANY_AT_ONCE = """
import sys, threading
from dataclasses import make_dataclass
from extractors.codec import pack, unpack

sys.setswitchinterval(1e-5)
for number in range(60):
    parts = [make_dataclass(f"Part{n}", [(f"f{k}", int, 0) for k in range(5)])
             for n in range(20)]
    whole = make_dataclass("Whole", [(f"p{n}", part) for n, part in enumerate(parts)])
    value = whole(*(part() for part in parts))
    kept, found, start = pack(value), [], threading.Barrier(4)
    def run():
        start.wait()
        found.append(unpack(kept, whole))
    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert found == [value] * 4
"""


@dataclass(frozen=True)
class Kept:
    name: str
    value: Decimal


def test_what_is_packed_comes_back_to_the_last_digit() -> None:
    value = Kept("tỷ lệ", Decimal("4.910"))
    again = unpack(pack(value), Kept)
    assert again == value
    assert str(again.value) == "4.910"


def test_another_kind_of_value_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        unpack(pack(["a"]), Kept)


def test_bytes_that_were_never_packed_are_refused() -> None:
    with pytest.raises(zstandard.ZstdError):
        unpack(b"{}", Kept)


def test_many_threads_may_unpack_a_class_for_the_first_time() -> None:
    # In a process of its own: what went wrong here once ended the whole process.
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", MANY_AT_ONCE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
