"""Bodies: one name for one body, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.vocabulary import load_vocabulary
from parsers.tasks.agencies import find_bodies, read_bodies
from parsers.vocabulary import Vocabulary

LABOUR = "Phòng Lao động - Thương binh và Xã hội"
HEADINGS = [
    # heading, names, kind of the first; wordings of real plans of several provinces
    ("Phòng LĐ-TBXH:", [LABOUR], "department"),
    ("Phòng Lao động –TBXH:", [LABOUR], "department"),
    ("Phòng Lao động-TB&XH:", [LABOUR], "department"),
    ("Phòng LĐTB&XH:", [LABOUR], "department"),
    ("Phòng Lao động, Thương binh và xã hội:", [LABOUR], "department"),
    ("Phòng Lao động - Thương binh và Xã hội thành phố", [LABOUR], "department"),
    (
        "Sở LĐ-TB&XH",
        ["Sở Lao động - Thương binh và Xã hội"],
        "department",
    ),
    (
        "Công chức Lao động - Thương binh và xã hội:",
        ["Công chức Lao động - Thương binh và Xã hội"],
        "commune_officer",
    ),
    ("Phòng Tài chính- Kế hoạch:", ["Phòng Tài chính - Kế hoạch"], "department"),
    ("Vụ Chính sách Dân tộc:", ["Vụ Chính sách Dân tộc"], "department"),
    ("Phòng Kinh tế - Hạ tầng:", ["Phòng Kinh tế và Hạ tầng"], "department"),
    (
        "Sở Nông nghiệp & PTNT",
        ["Sở Nông nghiệp và Phát triển nông thôn"],
        "department",
    ),
    ("UBND các xã, phường:", ["UBND các xã, phường"], "people_committee"),
    (
        "Ủy ban nhân dân các huyện, thị xã, thành phố",
        ["UBND các huyện, thị xã, thành phố"],
        "people_committee",
    ),
    (
        "Đề nghị MTTQ và các đoàn thể:",
        ["Ủy ban Mặt trận Tổ quốc", "Các đoàn thể"],
        "front",
    ),
    (
        "Đề nghị UBMTTQ và các tổ chức CT-XH huyện:",
        [
            "Ủy ban Mặt trận Tổ quốc huyện",
            "Các tổ chức chính trị - xã hội huyện",
        ],
        "front",
    ),
    (
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        ["Ủy ban Mặt trận Tổ quốc tỉnh"],
        "front",
    ),
    ("Ngân hàng CSXH huyện", ["Ngân hàng Chính sách xã hội huyện"], "bank"),
    (
        "Phòng giao dịch ngân hàng chính sách xã hội:",
        ["Phòng giao dịch Ngân hàng Chính sách xã hội"],
        "bank",
    ),
    ("Hội LHPN", ["Hội Liên hiệp Phụ nữ"], "mass_organisation"),
    ("Huyện đoàn", ["Đoàn Thanh niên huyện"], "mass_organisation"),
    (
        "Đoàn TNCS Hồ Chí Minh huyện",
        ["Đoàn Thanh niên huyện"],
        "mass_organisation",
    ),
    ("Văn phòng HĐND và UBND huyện:", ["Văn phòng HĐND - UBND huyện"], "office"),
    (
        "Đài phát thanh và truyền hình huyện",
        ["Đài Phát thanh và Truyền hình huyện"],
        "media",
    ),
    (
        "Ban văn hóa – Đài truyền thanh phường:",
        ["Ban Văn hóa - Đài Truyền thanh phường"],
        "department",
    ),
    (
        "Ban Chỉ đạo dạy nghề, việc làm và giảm nghèo phường (gọi tắt là BCĐ):",
        ["Ban Chỉ đạo dạy nghề, việc làm và giảm nghèo phường"],
        "steering_committee",
    ),
    (
        "Các thành viên Ban Chỉ đạo thực hiện Chương trình giảm nghèo thành phố:",
        ["Các thành viên Ban Chỉ đạo thực hiện Chương trình giảm nghèo thành phố"],
        "steering_committee",
    ),
    (
        "Phòng Văn hóa và Thông tin; Trung tâm Văn hóa, Truyền thông và Thể thao",
        [
            "Phòng Văn hóa và Thông tin",
            "Trung tâm Văn hóa, Truyền thông và Thể thao",
        ],
        "department",
    ),
    (
        "Các phòng, ban, ngành liên quan:",
        ["Các phòng, ban, ngành liên quan"],
        "group",
    ),
    (
        "Các Sở: Y tế, Giáo dục và Đào tạo, Nông nghiệp và PTNT",
        [
            "Sở Y tế",
            "Sở Giáo dục và Đào tạo",
            "Sở Nông nghiệp và Phát triển nông thôn",
        ],
        "department",
    ),
    ("Sở, ban, ngành, đoàn thể tỉnh", ["Sở, ban, ngành, đoàn thể tỉnh"], "group"),
    ("Trạm Y tế:", ["Trạm Y tế"], "health"),
    ("Công an phường:", ["Công an phường"], "police"),
    ("Ban giảm nghèo xã", ["Ban giảm nghèo xã"], "department"),
    # bodies since 2025
    (
        "Sở Nông nghiệp và Môi trường",
        ["Sở Nông nghiệp và Môi trường"],
        "department",
    ),
    ("Sở Dân tộc và Tôn giáo", ["Sở Dân tộc và Tôn giáo"], "department"),
    ("Bộ Nội vụ", ["Bộ Nội vụ"], "ministry"),
    ("Phòng Văn hóa – Xã hội xã", ["Phòng Văn hóa - Xã hội"], "department"),
    (
        "Phòng Kinh tế, Hạ tầng và Đô thị phường",
        ["Phòng Kinh tế, Hạ tầng và Đô thị"],
        "department",
    ),
    # bodies in no list
    (
        "Ban Quản lý các khu công nghiệp tỉnh:",
        ["Ban Quản lý các khu công nghiệp tỉnh"],
        "service_unit",
    ),
    (
        "Ban Quản lý dự án đầu tư xây dựng huyện: Chủ trì",
        ["Ban Quản lý dự án đầu tư xây dựng huyện"],
        "service_unit",
    ),
    (
        "Hội Bảo trợ Người khuyết tật, trẻ mồ côi và bệnh nhân nghèo tỉnh",
        ["Hội Bảo trợ Người khuyết tật, trẻ mồ côi và bệnh nhân nghèo tỉnh"],
        "mass_organisation",
    ),
    (
        "Trung tâm Dịch vụ nông nghiệp huyện Triệu Phong",
        ["Trung tâm Dịch vụ nông nghiệp huyện Triệu Phong"],
        "service_unit",
    ),
    ("Các tổ dân phố: Tổ chức họp dân", ["Các tổ dân phố"], "residential"),
]


@pytest.mark.parametrize(("heading", "names", "kind"), HEADINGS)
def test_names_the_bodies_of_a_heading(
    heading: str, names: list[str], kind: str, vocabulary: Vocabulary
) -> None:
    bodies = read_bodies(heading, vocabulary, is_heading=True).bodies
    assert [b.name for b in bodies] == names
    assert bodies[0].kind == kind


SENTENCES = [
    # sentence, names, what goes on after them
    (
        "Phòng Văn hóa chủ trì phối hợp với các ngành",
        ["Phòng Văn hóa"],
        "chủ trì phối hợp với các ngành",
    ),
    (
        "Phòng Tài chính - Kế hoạch, Phòng LĐTBXH; hàng năm có kế hoạch",
        ["Phòng Tài chính - Kế hoạch", LABOUR],
        "; hàng năm có kế hoạch",
    ),
    (
        "UBND và MTTQ các xã, phường xây dựng kế hoạch",
        ["UBND các xã, phường", "Ủy ban Mặt trận Tổ quốc các xã, phường"],
        "xây dựng kế hoạch",
    ),
    (
        "Yêu cầu các, cơ quan, đơn vị, Ủy ban nhân dân các xã nghiêm túc triển khai",
        ["Các cơ quan, đơn vị", "UBND các xã"],
        "nghiêm túc triển khai",
    ),
    (
        "các phòng, ban, ngành cấp huyện, chủ tịch UBND cấp xã căn cứ nhiệm vụ",
        ["Các phòng, ban, ngành cấp huyện", "Chủ tịch UBND cấp xã"],
        "căn cứ nhiệm vụ",
    ),
    (
        "Chánh Văn phòng HĐND và UBND huyện, Trưởng các phòng: Y tế, Tư pháp chịu",
        ["Văn phòng HĐND - UBND huyện", "Phòng Y tế", "Phòng Tư pháp"],
        "chịu",
    ),
    (
        "Ban Quản lý rừng phòng hộ huyện Mường Lát rà soát quỹ đất",
        ["Ban Quản lý rừng phòng hộ huyện Mường Lát"],
        "rà soát quỹ đất",
    ),
    (
        "Trạm Y tế phường cấp thẻ BHYT.",
        ["Trạm Y tế phường"],
        "cấp thẻ BHYT.",
    ),
]


@pytest.mark.parametrize(("text", "names", "rest"), SENTENCES)
def test_ends_the_names_before_the_verb(
    text: str, names: list[str], rest: str, vocabulary: Vocabulary
) -> None:
    found = read_bodies(text, vocabulary)
    assert [b.name for b in found.bodies] == names
    assert text[found.end :].strip() == rest


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành văn bản hướng dẫn",
        "Hội nghị tập huấn",
        "Phòng, chống tái nghèo",
        "Phòng ngừa rủi ro thiên tai",
        "Tổ chức thực hiện",
        "Các hộ nghèo cần chủ động",
        "Các chính sách giảm nghèo được thực hiện",
        "Bộ tiêu chí nông thôn mới",
        "Trường hợp hộ nghèo neo đơn",
        "Hợp tác với các địa phương",
        "Xã hội hóa công tác giảm nghèo",
        "Vụ đông năm 2023 hỗ trợ giống",
        "Vụ việc phức tạp kéo dài",
    ],
)
def test_takes_no_other_word_for_a_body(text: str, vocabulary: Vocabulary) -> None:
    assert read_bodies(text, vocabulary).bodies == ()


def test_finds_bodies_anywhere_and_keeps_what_is_printed(
    vocabulary: Vocabulary,
) -> None:
    text = "gửi về UBND huyện (qua Phòng LĐTB&XH) để báo cáo Sở LĐTBXH."
    found = find_bodies(text, vocabulary)
    assert [b.name for b in found] == [
        "UBND huyện",
        LABOUR,
        "Sở Lao động - Thương binh và Xã hội",
    ]
    assert [text[b.start : b.end] for b in found] == [b.raw for b in found]


def test_every_row_of_the_vocabulary_names_its_body(vocabulary: Vocabulary) -> None:
    for row in vocabulary.rows("agencies"):
        if row["part"] == "body":
            (body,) = read_bodies(row["spelling"], vocabulary).bodies
            assert body.name == row["name"], row


@given(st.text(alphabet="Phòng SởBanHội và,các-:;. xãhuyện()&", max_size=200))
def test_any_text_is_read_without_losing_its_place(text: str) -> None:
    found = read_bodies(text, load_vocabulary())
    assert 0 <= found.end <= len(text)
    assert all(b.start < b.end for b in found.bodies)


@pytest.mark.parametrize(
    "piece", ["Phòng, ban, ", "Ban Chỉ đạo, ", "các xã, ", "và các và ", "Hội (a "]
)
def test_long_texts_are_read_in_time(piece: str, vocabulary: Vocabulary) -> None:
    text = piece * (10_000 // len(piece))
    read_bodies(text, vocabulary)
    find_bodies(text, vocabulary)
