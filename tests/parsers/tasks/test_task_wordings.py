"""Tasks in the manner of real plans, directives and decisions of 2007 to 2025."""

from __future__ import annotations

import pytest

from parsers.layout.outline import parse_outline
from parsers.records import Assignment
from parsers.tasks.tasks import parse_assignments
from parsers.vocabulary import Vocabulary
from tests.parsers.sheets import sheet

ASSIGNING = "IV. TỔ CHỨC THỰC HIỆN"


def tasks_of(text: str, vocabulary: Vocabulary) -> tuple[Assignment, ...]:
    return parse_assignments(parse_outline(sheet(text)), 0, vocabulary)


BODIES = [
    # an item of an assigning section, the agencies of its tasks
    ("* Ban tự quản các thôn, bon: Bình xét hộ nghèo.", ["Ban tự quản các thôn, bon"]),
    ("* Già làng, người có uy tín: Vận động con cháu.", ["Già làng, người có uy tín"]),
    ("* Trưởng các thôn, buôn: Rà soát hộ nghèo.", ["Trưởng các thôn, buôn"]),
    (
        "* Ban Chỉ đạo các Chương trình MTQG xã: Kiểm tra.",
        ["Ban Chỉ đạo các Chương trình mục tiêu quốc gia xã"],
    ),
    (
        "+ Đồng chí Trưởng Ban Chỉ đạo giảm nghèo huyện chịu trách nhiệm chung.",
        ["Ban Chỉ đạo giảm nghèo huyện"],
    ),
    (
        "3. Đề nghị Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát.",
        ["Ủy ban Mặt trận Tổ quốc tỉnh"],
    ),
    (
        "3. Các Ban HĐND và đại biểu HĐND huyện giám sát việc thực hiện.",
        ["Các Ban HĐND", "Đại biểu HĐND huyện"],
    ),
    ("* Kinh phí: Ngân sách xã.", []),
    ("* Thời gian thực hiện: trước ngày 30/6/2024.", []),
    (
        "* Kinh phí: Giao Phòng Tài chính - Kế hoạch cân đối.",
        ["Phòng Tài chính - Kế hoạch"],
    ),
    (
        "5. Chế độ báo cáo: Các đơn vị báo cáo trước ngày 15 hằng tháng.",
        ["Các đơn vị"],
    ),
    (
        "6. Các ông (bà): Chánh Văn phòng UBND xã, Trưởng các thôn thi hành.",
        ["Văn phòng UBND xã", "Trưởng các thôn"],
    ),
    (
        "7. Các ngành tuyên truyền. Giao Trung tâm Văn hóa - Thể thao và Truyền thông "
        "chủ trì thực hiện.",
        ["Các ngành", "Trung tâm Văn hóa - Thể thao và Truyền thông"],
    ),
]


@pytest.mark.parametrize(("item", "agencies"), BODIES)
def test_finds_whose_task_it_is(
    item: str, agencies: list[str], vocabulary: Vocabulary
) -> None:
    found = tasks_of(f"{ASSIGNING}\n{item}", vocabulary)
    assert [task.agency for task in found] == agencies


def test_an_unknown_body_on_a_line_of_its_own(vocabulary: Vocabulary) -> None:
    text = f"{ASSIGNING}\n1. Đội quy tắc đô thị\n- Hỗ trợ tuyên truyền lưu động."
    (task,) = tasks_of(text, vocabulary)
    assert (task.agency, task.section) == ("Đội quy tắc đô thị", "IV.1")


@pytest.mark.parametrize(
    "note",
    [
        "(Chi tiết chỉ tiêu tại Phụ lục 01 kèm theo)",
        "(Có biểu phân công kèm theo).",
        "Chi tiết tại Phụ lục kèm theo Kế hoạch này.",
    ],
)
def test_a_note_is_no_task(note: str, vocabulary: Vocabulary) -> None:
    text = f"{ASSIGNING}\n1. Phòng Y tế\n- Cấp thẻ BHYT.\n{note}"
    assert [t.task for t in tasks_of(text, vocabulary)] == ["Cấp thẻ BHYT."]


def test_what_was_done_is_no_task(vocabulary: Vocabulary) -> None:
    text = """
    Phần thứ nhất
    TÌNH HÌNH THỰC HIỆN NĂM 2019
    1. UBND huyện chỉ đạo các xã triển khai; toàn xã có 120 hộ nghèo.
    2. Phòng Y tế tham mưu ban hành 05 văn bản.
    """
    assert tasks_of(text, vocabulary) == ()


def test_words_that_only_lead_to_a_list_are_no_task(vocabulary: Vocabulary) -> None:
    text = f"{ASSIGNING}\n1. Sở Y tế có trách nhiệm:\na) Cấp thẻ BHYT;\nb) Báo cáo."
    found = [t.task for t in tasks_of(text, vocabulary)]
    assert found == ["Cấp thẻ BHYT;", "Báo cáo."]


def test_particulars(vocabulary: Vocabulary) -> None:
    text = f"""
    {ASSIGNING}
    * Hội Nông dân xã hướng dẫn 45 hộ làm nhà tại các thôn: Vân Thọ, Vân Sơn, thôn 3;
    * Trạm Y tế: khám cho 12 hộ tại xã Tân Lập xong trước 30/11/2024.
    """
    first, second = tasks_of(text, vocabulary)
    assert (first.households, first.units) == (45, ("Vân Thọ", "Vân Sơn", "thôn 3"))
    assert (second.units, second.deadlines) == (("xã Tân Lập",), ("2024-11-30",))


def test_capital_letters_may_begin_with_b(vocabulary: Vocabulary) -> None:
    text = "B. TỔ CHỨC THỰC HIỆN\n1. Tổ hòa giải: Vận động hộ nghèo."
    (task,) = tasks_of(text, vocabulary)
    assert (task.agency, task.section) == ("Tổ hòa giải", "B.1")


def test_an_article_closes_the_goals_inside_the_one_before(
    vocabulary: Vocabulary,
) -> None:
    text = """
    Điều 1. Phê duyệt Chương trình với các nội dung sau:
    I. QUAN ĐIỂM
    II. MỤC TIÊU
    - Giảm 90 hộ nghèo.
    Điều 2. Giao:
    a) Sở Y tế căn cứ Đề án được phê duyệt cấp thẻ BHYT.
    """
    (task,) = tasks_of(text, vocabulary)
    assert (task.agency, task.section) == ("Sở Y tế", "Điều 2.a")
