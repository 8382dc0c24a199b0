"""Villages: units under their commune, the same from paper to paper."""

from __future__ import annotations

import pytest

from parsers.records import Unit
from parsers.units.gazetteer import Gazetteer
from parsers.units.villages import split_village

DI_SU = Unit("Phường Dị Sử", "Phường", "12121")


@pytest.mark.parametrize(
    ("label", "head"),
    [
        ("Tổ dân phố Trai", ""),
        ("TDP Trai", "Đơn vị"),
        ("TDP. Trai", ""),
        ("2. Tổ dân phố Trai", ""),
        ("Trai", "Tổ dân phố"),
        ("TRAI", "Tổ dân phố"),
    ],
)
def test_one_village_has_one_key(gazetteer: Gazetteer, label: str, head: str) -> None:
    village = gazetteer.village(label, head, DI_SU)
    assert village is not None
    assert village.unit_id == "12121@2019-09-11/tổ dân phố trai"
    assert (village.name, village.kind, village.code) == (label, "Tổ dân phố", None)


def test_a_number_is_a_name(gazetteer: Gazetteer) -> None:
    keys = {
        village.unit_id
        for label in ("TDP số 3", "Tổ dân phố 3", "Tổ 3", "TDP 03")
        if (village := gazetteer.village(label, "", DI_SU))
    }
    assert keys == {"12121@2019-09-11/tổ dân phố 3"}


def test_the_key_outlives_the_communes_name(gazetteer: Gazetteer) -> None:
    # Code 00226 had two names until June 2025; then it is another unit's.
    homes = [
        gazetteer.find_unit("Phường Trung Tự", on="2020-01-01"),
        gazetteer.find_unit("Phường Phương Liên - Trung Tự", on="2025-03-01"),
        gazetteer.find_unit("Phường Văn Miếu - Quốc Tử Giám", on="2026-01-01"),
    ]
    villages = [gazetteer.village("Tổ 3", "", home) for home in homes]
    keys = [village.unit_id for village in villages if village]
    assert keys[0] == keys[1] == "00226@2019-09-11/tổ dân phố 3"
    assert keys[2] == "00226@2025-07-01/tổ dân phố 3"


def test_without_a_commune_it_has_no_key(gazetteer: Gazetteer) -> None:
    village = gazetteer.village("Thôn 3", "", Unit("Huyện Cam Lộ", "Huyện", "468"))
    assert village is not None
    assert village.unit_id is None


@pytest.mark.parametrize(
    ("label", "bare", "kind"),
    [
        ("Thôn Vân Thọ", "Vân Thọ", "Thôn"),
        ("Bản Pú Nhi", "Pú Nhi", "Bản"),
        ("Khu phố 5", "5", "Khu phố"),
        ("Khu 5", "5", "Khu"),
        ("Khu vực thành thị", "Khu vực thành thị", None),
        ("Hà Lan", "Hà Lan", None),
    ],
)
def test_kind_and_name(label: str, bare: str, kind: str | None) -> None:
    assert split_village(label) == (bare, kind)
