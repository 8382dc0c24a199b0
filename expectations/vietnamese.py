"""Doubts in Vietnamese, where the check that raised them has said it in English alone.

What a sentence needs stands in the doubt itself: its code, what is printed, what is
computed. The sentences of the suites are turned one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from parsers.records import Figure, Issue, Records

_BY_CODE: Mapping[str, str] = {
    "number_missing": "Số của văn bản để trống.",
    "date_incomplete": "Ngày ban hành ghi không đầy đủ: '{day}'.",
    "date_inconsistent": (
        "Văn bản đề ngày {day} nhưng báo cáo số liệu của thời điểm sau ngày đó."
    ),
    "annex_missing": "Văn bản nhắc đến '{printed}' nhưng tệp không có phần này.",
    "annex_year_mismatch": "Phụ lục ghi năm {printed}, khác với năm của văn bản.",
    "unit_unresolved": (
        "{place}không xác định được đơn vị hành chính '{printed}' trong danh mục."
    ),
    "low_confidence": "{place}số '{printed}' đọc chưa chắc chắn.",
    "not_a_number": "{place}'{printed}' không đọc được thành số.",
    "ambiguous_number": "{place}số '{printed}' có thể hiểu theo nhiều cách.",
    "repaired_value": (
        "{place}ban đầu đọc là '{printed}'; cách đọc khác, {computed}, khớp với phần "
        "còn lại của bảng."
    ),
    "prose_mismatch": "{place}ghi '{printed}', nhưng tính ra {computed}.",
    "unsure_head": "{place}tiêu đề cột '{printed}' chưa rõ nghĩa.",
    "implausible_value": "{place}giá trị '{printed}' không hợp lý.",
}
_OTHER = "{place}cần kiểm tra lại '{printed}'."
_SENTENCES: Mapping[str, str] = {
    "There is no row to check.": "Không có dòng nào để kiểm tra.",
    "The record belongs to no document of the file.": (
        "Bản ghi không thuộc văn bản nào trong tệp."
    ),
    "The record stands on no page of the file.": (
        "Bản ghi không nằm trên trang nào của tệp."
    ),
    "Two documents have one ordinal.": "Hai văn bản có cùng số thứ tự.",
    "The document's kind is unknown.": "Không rõ loại văn bản.",
    "The document's pages are not pages of the file.": (
        "Trang của văn bản không phải là trang của tệp."
    ),
    "The document is attached to no other of the file.": (
        "Văn bản kèm theo một văn bản không có trong tệp."
    ),
    "The date of issue is no date.": "Ngày ban hành không phải là ngày hợp lệ.",
    "The planned period ends before it begins.": (
        "Thời kỳ kế hoạch kết thúc trước khi bắt đầu."
    ),
    "Two figures have one index.": "Hai số liệu có cùng chỉ số.",
    "The figure has no indicator.": "Số liệu không có chỉ tiêu.",
    "The figure has no unit of measure.": "Số liệu không có đơn vị tính.",
    "The figure's origin is unknown.": "Không rõ nguồn của số liệu.",
    "The figure's quality is unknown.": "Không rõ chất lượng của số liệu.",
    "The figure's comparator is unknown.": "Không rõ phép so sánh của số liệu.",
    "The confidence is not within 0 and 1.": "Độ tin cậy không nằm giữa 0 và 1.",
    "The figure's place is not in its table.": (
        "Vị trí của số liệu không nằm trong bảng."
    ),
    "An unreadable figure is not marked as suspect.": (
        "Số liệu không đọc được mà không được đánh dấu đáng ngờ."
    ),
    "The bounds of a range are not in order.": "Hai đầu của khoảng không theo thứ tự.",
    "The table figure has no moment.": "Số liệu trong bảng không có thời điểm.",
    "A rate is not within 0 and 100 %.": "Tỷ lệ không nằm giữa 0 và 100 %.",
    "A count is below zero or above the country's people.": (
        "Số đếm nhỏ hơn không hoặc lớn hơn dân số cả nước."
    ),
    "A year is not within 1975 and 2060.": "Năm không nằm trong khoảng 1975–2060.",
    "The task is given to nobody.": "Nhiệm vụ không giao cho cơ quan nào.",
    "The task has no text.": "Nhiệm vụ không có nội dung.",
    "The role is unknown.": "Không rõ vai trò.",
    "A deadline is no date.": "Thời hạn không phải là ngày hợp lệ.",
    "The cited paper has no number.": "Văn bản được viện dẫn không có số.",
    "A paper is cited twice by one document.": (
        "Một văn bản được viện dẫn hai lần trong cùng văn bản."
    ),
    "The date of a cited paper is no date.": (
        "Ngày của văn bản được viện dẫn không hợp lệ."
    ),
    "The recipient has no name.": "Nơi nhận không có tên.",
    "Two recipients have one ordinal.": "Hai nơi nhận có cùng số thứ tự.",
    "Two tables have one number.": "Hai bảng có cùng số.",
    "The table has no column.": "Bảng không có cột.",
    "A row adds up into a row that is not there.": (
        "Một dòng cộng vào dòng không tồn tại."
    ),
    "Digits under a head of figures gave none.": (
        "Ô có chữ số dưới cột số liệu nhưng không thành số liệu nào."
    ),
    "A figure is not what its cell prints.": (
        "Số liệu không đúng với những gì in trong ô."
    ),
    "The annex has no title.": "Phụ lục không có tiêu đề.",
    "A year of the annex is none.": "Năm của phụ lục không hợp lệ.",
    "The phrase names no annex.": "Cụm từ không nêu phụ lục nào.",
    "The phrase names no annex at all.": "Cụm từ không nêu một phụ lục nào.",
    "Two rows have one key.": "Hai dòng có cùng khóa.",
    "A rate is not its count over its households.": (
        "Tỷ lệ không bằng số hộ đó trên tổng số hộ."
    ),
    "Rows do not add up to their total.": "Các dòng cộng lại không bằng dòng tổng.",
    "Groups do not add up to their whole.": "Các nhóm cộng lại không bằng tổng số.",
    "The end is not the start less the exits.": (
        "Số cuối kỳ không bằng số đầu kỳ trừ số thoát."
    ),
    "Sources of money do not add up to their total.": (
        "Các nguồn kinh phí cộng lại không bằng tổng kinh phí."
    ),
    "More households are poor than there are.": "Số hộ nghèo nhiều hơn tổng số hộ.",
    "A count is no whole number.": "Số đếm không phải là số nguyên.",
    "A target is of no year.": "Chỉ tiêu không có năm.",
    "A rate is printed of no household at all.": (
        "Có tỷ lệ nhưng tổng số hộ bằng không."
    ),
    "More households leave poverty than were poor.": (
        "Số hộ thoát nghèo nhiều hơn số hộ nghèo đầu kỳ."
    ),
    "A group is larger than its whole.": "Một nhóm nhiều hơn tổng số.",
    "Money is counted in something else.": "Kinh phí không tính bằng tiền.",
    "Money is below zero or beyond all budgets.": (
        "Kinh phí nhỏ hơn không hoặc quá lớn."
    ),
    "A figure is made of what tells who a person is.": (
        "Thông tin cá nhân bị hiểu là số liệu."
    ),
    "A row is named after a person.": "Một dòng được gọi theo tên người.",
}


def in_vietnamese(sentence: str) -> str:
    """Return a suite's sentence in Vietnamese; '' where it has none."""
    return _SENTENCES.get(sentence, "")


def with_vietnamese(issue: Issue, records: Records) -> Issue:
    """Return the doubt with a sentence in Vietnamese beside the English one."""
    if issue.message_vi:
        return issue
    figure = records.figures[issue.figure] if issue.figure is not None else None
    phrase = _BY_CODE.get(issue.check_code, _OTHER)
    said = phrase.format(
        place=_place(figure),
        printed=issue.printed or "",
        day="/".join(reversed((issue.printed or "").split("-"))),
        computed=(issue.computed or "").replace(".", ","),
    )
    return replace(issue, message_vi=said[:1].upper() + said[1:])


def _place(figure: Figure | None) -> str:
    if figure is None:
        return ""
    row = f"'{figure.unit_raw}'" if figure.unit_raw else f"dòng {figure.row_no}"
    where = f"bảng {figure.table_no}, {row}" if figure.table_no else "trong câu"
    return f"{where}: "
