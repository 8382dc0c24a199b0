from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.errors import WarehouseError
from parsers.records import Quality
from warehouse.batch import Batch
from warehouse.values import exact_digits, iso_time, json_list, keep_text, plain


@given(st.text())
def test_kept_text_is_nfc_and_storable(text: str) -> None:
    kept = keep_text(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert "\x00" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert keep_text(kept) == kept


def test_decomposed_vietnamese_is_composed() -> None:
    apart = unicodedata.normalize("NFD", "Hội Nông dân thị xã Bỉm Sơn")
    assert keep_text(apart) == "Hội Nông dân thị xã Bỉm Sơn"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (np.int64(2018), 2018),
        (np.float64(0.5), 0.5),
        (np.str_("hộ"), "hộ"),
        (True, 1),
        (Quality.OK, "ok"),
        (Decimal("0.850"), Decimal("0.850")),
        (None, None),
    ],
)
def test_whatever_comes_becomes_a_plain_type(value: object, kept: object) -> None:
    found = plain(value)
    assert found == kept
    assert type(found) is type(kept) or isinstance(value, bool)
    assert type(found).__module__ in ("builtins", "decimal")


_VALUES = (
    st.text(max_size=3),
    st.sampled_from(["hộ", "a\x00", Quality.OK, np.str_("Tuye\u0302n")]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([np.int64(3), True, np.float64(0.5), Decimal("0.850"), ("a", 1)]),
    st.integers(),
    st.none(),
)


@given(st.sets(st.sampled_from(_VALUES), min_size=1).map(st.one_of).flatmap(st.lists))
@example(["a\x00", "b"])
def test_a_column_is_made_plain_as_each_value_is(values: list[object]) -> None:
    column = Batch.of({"column": values}).columns["column"]
    alone = [plain(value) for value in values]
    assert [(type(v), v) for v in column] == [(type(v), v) for v in alone]


@pytest.mark.parametrize("values", [[1.0, float("nan")], [None, b"1"], ["a", b"1"]])
def test_a_column_with_what_cannot_be_held_is_refused(values: list[object]) -> None:
    with pytest.raises(WarehouseError):
        Batch.of({"column": values})


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), Decimal("NaN"), Decimal("1E+400"), b"1", object()],
)
def test_what_no_database_can_hold_is_refused(value: object) -> None:
    with pytest.raises(WarehouseError):
        plain(value)


def test_exact_digits_keep_zeros_and_have_no_exponent() -> None:
    assert exact_digits(Decimal("1.00")) == "1.00"
    assert exact_digits(Decimal("1.2E+9")) == "1200000000"
    assert exact_digits(None) is None


def test_json_lists_keep_vietnamese_letters() -> None:
    assert json_list(("Xã Hà Lan", np.int64(3))) == '["Xã Hà Lan",3]'
    assert json_list([{"value": None, "uom": "hộ"}]) == '[{"value":null,"uom":"hộ"}]'


def test_times_are_utc_of_one_width() -> None:
    hanoi = timezone(timedelta(hours=7))
    assert iso_time(datetime(2026, 1, 2, 3, tzinfo=hanoi)) == (
        "2026-01-01T20:00:00.000000Z"
    )
    assert len(iso_time(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))) == 27
    with pytest.raises(ValueError, match="no time zone"):
        iso_time(datetime(2026, 1, 2))
