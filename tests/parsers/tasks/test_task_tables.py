"""Tables that hand out tasks: whose, with whom, by when."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.layout.outline import parse_outline
from parsers.records import Assignment, Role
from parsers.tasks.task_tables import parse_table_assignments, section_above
from parsers.vocabulary import Vocabulary
from tests.parsers.sheets import sheet
from tests.parsers.table_makers import make_table

HEAD = "TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành"


def tasks_of(text: str, vocabulary: Vocabulary) -> tuple[Assignment, ...]:
    return parse_table_assignments(make_table(text), 0, "IV", 1, vocabulary)


def test_a_row_is_a_task_with_its_partners_and_time(vocabulary: Vocabulary) -> None:
    text = f"""
    {HEAD}
    1 | Hỗ trợ nhà ở cho 420 hộ nghèo, mức 40 triệu đồng/hộ | Sở Xây dựng \
      | Sở Tài chính; UBND các huyện | Trước ngày 30/9/2022
    """
    (task,) = tasks_of(text, vocabulary)
    assert (task.section, task.ordinal) == ("IV.1", 1)
    assert (task.agency, task.role) == ("Sở Xây dựng", Role.LEAD)
    assert task.partners == ("Sở Tài chính", "UBND các huyện")
    assert (task.deadlines, task.deadline_text) == (
        ("2022-09-30",),
        "Trước ngày 30/9/2022",
    )
    assert (task.households, task.amount_vnd) == (420, Decimal(40_000_000))


@pytest.mark.parametrize("head", ["Cơ quan, đơn vị", "Cơ quan", "Đơn vị"])
def test_a_column_of_units_names_bodies_beside_a_task_and_a_time(
    head: str, vocabulary: Vocabulary
) -> None:
    row = "1 | Trạm Y tế xã | Khám sức khỏe cho người nghèo"
    (task,) = tasks_of(
        f"TT | {head} | Nhiệm vụ được giao | Thời hạn hoàn thành\n{row} | Quý III/2026",
        vocabulary,
    )
    assert (task.agency, task.role) == ("Trạm Y tế xã", Role.RESPONSIBLE)
    assert not tasks_of(f"TT | {head} | Nội dung | Kinh phí\n{row} | 120", vocabulary)


def test_a_table_of_bodies_and_the_places_they_help(vocabulary: Vocabulary) -> None:
    text = """TT | Cơ quan, đơn vị | Địa bàn giúp đỡ | Nội dung
    1 | Hạt Kiểm lâm huyện | Xã Chế Tạo | Giúp dân trồng thảo quả
    2 | Công an huyện | Xã Lao Chải | Hỗ trợ 20 con lợn giống"""
    first, second = tasks_of(text, vocabulary)
    assert (first.agency, first.units) == ("Hạt Kiểm lâm huyện", ("xã Chế Tạo",))
    assert (second.agency, second.units) == ("Công an huyện", ("xã Lao Chải",))


def test_a_table_of_words_whose_units_are_no_bodies_hands_out_nothing(
    vocabulary: Vocabulary,
) -> None:
    text = "TT | Đơn vị | Nội dung\n1 | Xã Chế Tạo | Chưa có điện sinh hoạt"
    assert not tasks_of(text, vocabulary)


TIMES = [
    ("31/12/2025", ("2025-12-31",), None),
    ("Quý II/2022", (), None),
    ("Tháng 12 hằng năm", (), "annual"),
    ("Thường xuyên", (), None),
    ("Hằng quý", (), "quarterly"),
]


@pytest.mark.parametrize(("said", "dates", "recurrence"), TIMES)
def test_reads_the_time_of_a_row(
    said: str, dates: tuple[str, ...], recurrence: str | None, vocabulary: Vocabulary
) -> None:
    (task,) = tasks_of(f"{HEAD}\n1 | Rà soát hộ nghèo | Sở Y tế | | {said}", vocabulary)
    assert task.deadlines == dates
    assert (task.deadline_text, task.recurrence) == (said, recurrence)


BODIES = [
    ("Phòng LĐ-TB&XH", ["Phòng Lao động - Thương binh và Xã hội"]),
    (
        "- UBMTTQ thị xã - Hội Chữ thập đỏ thị xã",
        ["Ủy ban Mặt trận Tổ quốc thị xã", "Hội Chữ thập đỏ thị xã"],
    ),
    ("Phòng Lao động - Thương binh và Xã hội; Phòng Y tế", 2),
    ("Đ/c Nguyễn Văn An", ["Đ/c Nguyễn Văn An"]),
]


@pytest.mark.parametrize(("cell", "names"), BODIES)
def test_reads_the_bodies_of_a_cell(
    cell: str, names: list[str] | int, vocabulary: Vocabulary
) -> None:
    text = f"STT | Nội dung công việc | Đơn vị thực hiện\n1 | Rà soát hộ nghèo | {cell}"
    found = [task.agency for task in tasks_of(text, vocabulary)]
    assert (len(found) if isinstance(names, int) else found) == names


def test_headings_between_rows_and_merged_bodies(vocabulary: Vocabulary) -> None:
    text = """
    STT | Nội dung công việc | Đơn vị thực hiện | Thời gian
    I | Công tác chỉ đạo | |
    1 | Kiện toàn Ban Chỉ đạo | Phòng Nội vụ | Quý I/2022
    2 | Ban hành quy chế làm việc | ^ | Quý II/2022
    """
    found = [(t.section, t.agency, t.role) for t in tasks_of(text, vocabulary)]
    assert found == [
        ("IV.1", "Phòng Nội vụ", Role.RESPONSIBLE),
        ("IV.2", "Phòng Nội vụ", Role.RESPONSIBLE),
    ]


def test_a_table_of_figures_hands_out_nothing(vocabulary: Vocabulary) -> None:
    text = "TT | Đơn vị | Số hộ nghèo | Tỷ lệ (%)\n1 | Xã Cam Tuyền | 38 | 2,31"
    assert tasks_of(text, vocabulary) == ()


def test_a_table_stands_in_the_section_above_it(vocabulary: Vocabulary) -> None:
    items = parse_outline(sheet("I. MỤC TIÊU\nII. NHIỆM VỤ\n1. Nội dung"))
    assert section_above(items, make_table(HEAD)) == "I"
