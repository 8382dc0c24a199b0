"""Tasks: whose they are, with whom, for whom, by when."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.layout.outline import parse_outline
from parsers.prose.sections import find_topics
from parsers.records import Assignment, Role
from parsers.tasks.details import find_partners, read_role
from parsers.tasks.tasks import parse_assignments
from parsers.vocabulary import Vocabulary
from tests.parsers.sheets import sheet

LABOUR = "Phòng Lao động - Thương binh và Xã hội"


def tasks_of(text: str, vocabulary: Vocabulary) -> tuple[Assignment, ...]:
    return parse_assignments(parse_outline(sheet(text)), 0, vocabulary)


def summary(text: str, vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """Return section, agency and the first words of each task."""
    found = tasks_of(text, vocabulary)
    return [(a.section, a.agency, " ".join(a.task.split()[:3])) for a in found]


def test_bullets_belong_to_the_body_that_the_item_names(
    vocabulary: Vocabulary,
) -> None:
    text = """
    V. TỔ CHỨC THỰC HIỆN
    1. Phòng LĐ-TBXH:
    - Hướng dẫn UBND các xã tổng hợp số liệu.
    - Chủ trì, phối hợp với các cơ quan liên quan dạy nghề.
    2. Phòng Y tế
    Tham mưu chính sách y tế.
    """
    assert summary(text, vocabulary) == [
        ("V.1", LABOUR, "Hướng dẫn UBND"),
        ("V.1", LABOUR, "Chủ trì, phối"),
        ("V.2", "Phòng Y tế", "Tham mưu chính"),
    ]


def test_a_bullet_that_opens_with_its_own_body_is_that_bodys_task(
    vocabulary: Vocabulary,
) -> None:
    text = """
    IV. PHÂN CÔNG TỔ CHỨC THỰC HIỆN
    4. Đề nghị MTTQ và các đoàn thể:
    Xây dựng chương trình cụ thể.
    - MTTQ tích cực xây dựng Quỹ. Cụ thể:
    UBMTTQ chủ trì hỗ trợ con giống đối với 24 hộ, không quá 15 triệu đồng/hộ.
    - Hội liên hiệp Phụ nữ Thị xã hỗ trợ sửa chữa nhà ở cho 04 hộ nghèo.
    - Hội Cựu chiến binh: Hỗ trợ sửa chữa nhà ở cho 02 hộ nghèo.
    - Vận động hội viên tham gia.
    """
    front, groups = "Ủy ban Mặt trận Tổ quốc", "Các đoàn thể"
    assert summary(text, vocabulary) == [
        ("IV.4", front, "Xây dựng chương"),
        ("IV.4", groups, "Xây dựng chương"),
        ("IV.4", front, "MTTQ tích cực"),
        ("IV.4", front, "UBMTTQ chủ trì"),
        ("IV.4", "Hội Liên hiệp Phụ nữ thị xã", "Hội liên hiệp"),
        ("IV.4", "Hội Cựu chiến binh", "Hỗ trợ sửa"),
        ("IV.4", front, "Vận động hội"),
        ("IV.4", groups, "Vận động hội"),
    ]
    grant = tasks_of(text, vocabulary)[3]
    assert (grant.role, grant.households) == (Role.LEAD, 24)
    assert grant.amount_vnd == Decimal(15_000_000)


def test_a_sentence_about_another_body_is_that_bodys_task(
    vocabulary: Vocabulary,
) -> None:
    text = """
    III. NHIỆM VỤ GIẢI PHÁP
    2. Xây dựng kế hoạch giảm nghèo
    2.2. Ban chỉ đạo giảm nghèo huyện xây dựng kế hoạch trước ngày 30/11/2016.
    Yêu cầu: Kế hoạch phải xác định mục tiêu. Trên cơ sở đề nghị của UBND xã và tình \
hình thực tế, UBND huyện giao chỉ tiêu cho từng xã, xong trước ngày 05 tháng 12.
    """
    own, request, other = tasks_of(text, vocabulary)
    assert own.agency == request.agency == "Ban Chỉ đạo giảm nghèo huyện"
    assert own.deadlines == ("2016-11-30",)
    assert request.deadlines == ()
    assert (other.section, other.agency) == ("III.2.2", "UBND huyện")
    assert other.deadlines == ("12-05",)


def test_clauses_and_sentences_about_one_body_stay_one_task(
    vocabulary: Vocabulary,
) -> None:
    text = """
    V. TỔ CHỨC THỰC HIỆN
    6. UBND các xã, thị trấn: Tuyên truyền; rà soát hộ nghèo. Các xã, thị trấn lập \
danh sách. UBND các xã báo cáo trước ngày 25/6.
    """
    (task,) = tasks_of(text, vocabulary)
    assert task.agency == "UBND các xã, thị trấn"
    assert task.deadlines == ("06-25",)


def test_a_task_given_to_two_bodies_is_a_row_for_each(vocabulary: Vocabulary) -> None:
    text = """
    III. TỔ CHỨC THỰC HIỆN
    1. Phòng Tài chính - KH; Phòng Y tế: Phối hợp phân bổ vốn.
    """
    first, second = tasks_of(text, vocabulary)
    assert (first.agency, first.partners) == (
        "Phòng Tài chính - Kế hoạch",
        ("Phòng Y tế",),
    )
    assert (second.agency, second.partners) == (
        "Phòng Y tế",
        ("Phòng Tài chính - Kế hoạch",),
    )
    assert [first.ordinal, second.ordinal] == [1, 2]
    assert first.role is Role.COORDINATE


def test_an_article_of_a_decision_assigns(vocabulary: Vocabulary) -> None:
    text = """
    Điều 1. Phê duyệt Kế hoạch giảm nghèo năm 2024.
    Điều 2. Giao cho Phòng Lao động - TBXH tổng hợp, tham mưu giúp UBND huyện.
    Giao các phòng, ban liên quan, UBND các xã tổ chức thực hiện Kế hoạch.
    Điều 3. Quyết định này có hiệu lực từ ngày ký.
    Trưởng các phòng: Y tế, Tư pháp chịu trách nhiệm thi hành Quyết định này./.
    """
    assert summary(text, vocabulary) == [
        ("Điều 2", LABOUR, "Giao cho Phòng"),
        ("Điều 2", "Các phòng, ban liên quan", "Giao các phòng,"),
        ("Điều 2", "UBND các xã", "Giao các phòng,"),
        ("Điều 3", "Phòng Y tế", "Trưởng các phòng:"),
        ("Điều 3", "Phòng Tư pháp", "Trưởng các phòng:"),
    ]


def test_letters_below_a_body_are_its_tasks(vocabulary: Vocabulary) -> None:
    text = """
    IV. TỔ CHỨC THỰC HIỆN
    1. UBND các xã, phường:
    Để giảm nghèo các xã, phường cần thực hiện một số giải pháp trọng tâm sau:
    a. Tuyên truyền, vận động nhân dân.
    e. UBND các xã, phường có trách nhiệm huy động nguồn lực.
    """
    assert summary(text, vocabulary) == [
        ("IV.1", "UBND các xã, phường", "Tuyên truyền, vận"),
        ("IV.1", "UBND các xã, phường", "UBND các xã,"),
    ]


def test_goals_and_the_situation_hold_no_tasks(vocabulary: Vocabulary) -> None:
    text = """
    UBND huyện xây dựng kế hoạch với những nội dung như sau:
    I. KẾT QUẢ THỰC HIỆN MỤC TIÊU NĂM 2019
    1. Phòng Y tế chủ trì cấp 300 thẻ bảo hiểm.
    II. MỤC TIÊU NĂM 2020
    - UBND các xã phấn đấu giảm 3% hộ nghèo.
    III. NHIỆM VỤ
    - Tuyên truyền sâu rộng trong nhân dân.
    - UBND các xã chủ động rà soát.
    """
    assert summary(text, vocabulary) == [("III", "UBND các xã", "UBND các xã")]


def test_the_closing_words_are_no_task_of_the_last_body(
    vocabulary: Vocabulary,
) -> None:
    text = """
    V. TỔ CHỨC THỰC HIỆN
    6. Ban văn hóa: Tuyên truyền các chính sách.
    Trên đây là kế hoạch giảm nghèo, trong quá trình tổ chức có khó khăn, kịp thời \
phản ánh về UBND phường.
    """
    assert [a.agency for a in tasks_of(text, vocabulary)] == ["Ban Văn hóa"]


def test_a_request_to_all_at_the_end_is_a_task(vocabulary: Vocabulary) -> None:
    text = """
    III. TỔ CHỨC THỰC HIỆN
    6. Phòng Y tế:
    - Cấp thẻ bảo hiểm.
    Yêu cầu các cơ quan, đơn vị, UBND các xã nghiêm túc triển khai thực hiện./.
    """
    found = [a.agency for a in tasks_of(text, vocabulary)]
    assert found == ["Phòng Y tế", "Các cơ quan, đơn vị", "UBND các xã"]


def test_labels_hand_out_the_measure_above_them(vocabulary: Vocabulary) -> None:
    text = """
    III. NHIỆM VỤ, GIẢI PHÁP
    1. Hỗ trợ nhà ở
    - Hỗ trợ xây mới nhà ở cho 50 hộ nghèo.
    - Cơ quan chủ trì: Sở Xây dựng.
    - Cơ quan phối hợp: Sở Tài chính, UBND các huyện.
    - Thời gian hoàn thành: trước ngày 30/11/2025.
    2. Cấp thẻ bảo hiểm y tế (Đơn vị chủ trì: Bảo hiểm xã hội tỉnh; đơn vị phối hợp: \
Sở Y tế).
    """
    house, card = tasks_of(text, vocabulary)
    assert (house.agency, house.role) == ("Sở Xây dựng", Role.LEAD)
    assert house.task == "Hỗ trợ xây mới nhà ở cho 50 hộ nghèo."
    assert house.partners == ("Sở Tài chính", "UBND các huyện")
    assert (house.households, house.deadlines) == (50, ("2025-11-30",))
    assert (card.agency, card.partners) == ("Bảo hiểm xã hội tỉnh", ("Sở Y tế",))
    assert card.task == "Cấp thẻ bảo hiểm y tế"


def test_phan_cong_below_a_body_is_what_that_body_does(
    vocabulary: Vocabulary,
) -> None:
    text = """
    III. TỔ CHỨC THỰC HIỆN
    1. Ban giảm nghèo xã
    - Phân công các thành viên phụ trách thôn. Hàng tháng báo cáo UBND xã.
    """
    (task,) = tasks_of(text, vocabulary)
    assert (task.agency, task.recurrence) == ("Ban giảm nghèo xã", "monthly")


def test_a_committee_that_hands_on_gives_the_task_to_the_other(
    vocabulary: Vocabulary,
) -> None:
    text = """
    III. NHIỆM VỤ
    1. UBND tỉnh giao Sở Y tế chủ trì cấp thẻ bảo hiểm.
    2. UBND huyện giao chỉ tiêu giảm nghèo cho từng xã.
    """
    found = [a.agency for a in tasks_of(text, vocabulary)]
    assert found == ["Sở Y tế", "UBND huyện"]


def test_a_task_says_its_particulars_and_its_place(vocabulary: Vocabulary) -> None:
    text = """
    IV. PHÂN CÔNG
    5. Hội doanh nghiệp Thị xã: Hỗ trợ sửa chữa nhà ở cho 6 hộ nghèo tại 02 xã Hà Lan \
và Quang Trung, mức 30.000.000đ/hộ; định kỳ 6 tháng (trước ngày 25/6) báo cáo.
    """
    (task,) = tasks_of(text, vocabulary)
    assert task.units == ("xã Hà Lan", "xã Quang Trung")
    assert (task.households, task.amount_vnd) == (6, Decimal(30_000_000))
    assert (task.deadlines, task.recurrence) == (("06-25",), "semiannual")
    assert task.deadline_text == "trước ngày 25/6"
    assert task.agency_raw == "Hội doanh nghiệp Thị xã"
    assert task.source.raw_text == task.task
    assert task.source.box is not None
    assert "agencies.csv" in task.source.rule


def test_two_counts_of_households_are_not_added_up(vocabulary: Vocabulary) -> None:
    text = """
    IV. PHÂN CÔNG
    1. Hội Nông dân: Giúp đỡ 10 hộ nghèo và 05 hộ cận nghèo.
    2. Hội Phụ nữ: Giúp đỡ 15 hộ (trong đó 10 hộ nghèo).
    """
    assert [a.households for a in tasks_of(text, vocabulary)] == [None, 15]


ROLES = [
    ("Chủ trì, phối hợp với các cơ quan hướng dẫn", Role.LEAD),
    ("Là cơ quan thường trực, chủ trì tham mưu", Role.LEAD),
    ("cơ quan chủ trì chương trình có trách nhiệm đôn đốc", Role.LEAD),
    ("Phối hợp với Phòng Y tế tuyên truyền", Role.COORDINATE),
    ("Có trách nhiệm phối hợp xây dựng đề án do đơn vị khác chủ trì", Role.COORDINATE),
    ("Phòng Y tế tích cực phối hợp với các trường", Role.COORDINATE),
    ("Tham mưu bố trí vốn; phối hợp kiểm tra", Role.RESPONSIBLE),
    ("Tổ chức thực hiện chính sách y tế", Role.RESPONSIBLE),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_reads_the_role(text: str, role: Role, vocabulary: Vocabulary) -> None:
    assert read_role(text, vocabulary) is role


PARTNERS = [
    (
        "phối hợp với UBND và MTTQ các xã, phường xây dựng kế hoạch",
        ("UBND các xã, phường", "Ủy ban Mặt trận Tổ quốc các xã, phường"),
    ),
    (
        "phối hợp chặt chẽ với các ngành đơn vị có liên quan và các địa phương làm",
        ("Các ngành đơn vị có liên quan", "Các địa phương"),
    ),
    ("Tham mưu UBND huyện bố trí vốn", ()),
]


@pytest.mark.parametrize(("text", "partners"), PARTNERS)
def test_finds_the_partners(
    text: str, partners: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    assert find_partners(text, vocabulary) == partners


TOPICS = [
    ("I. KẾT QUẢ THỰC HIỆN MỤC TIÊU NĂM 2019", {"situation"}),
    ("II. MỤC TIÊU, NHIỆM VỤ VÀ GIẢI PHÁP", {"goals", "tasks"}),
    ("III. TỔ CHỨC THỰC HIỆN CÁC MỤC TIÊU", {"assigning"}),
    ("2. Một số chỉ tiêu cụ thể", {"goals"}),
    ("1. Đặc điểm tình hình", {"situation"}),
    ("3.1. Nhóm nguyên nhân thiếu vốn: Tổng số 49 hộ", set()),
    ("4. Nâng cao trách nhiệm của các cấp", set()),
]


@pytest.mark.parametrize(("heading", "topics"), TOPICS)
def test_reads_what_a_section_is_about(
    heading: str, topics: set[str], vocabulary: Vocabulary
) -> None:
    items = parse_outline(sheet(f"{heading}\n- Nội dung thứ nhất."))
    assert find_topics(items, vocabulary)[-1] == topics
