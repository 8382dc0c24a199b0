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
    "date_incomplete": "Ngày ban hành ghi không đầy đủ: '{printed}'.",
    "date_inconsistent": (
        "Văn bản đề ngày {printed} nhưng báo cáo số liệu của thời điểm sau ngày đó."
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
        computed=(issue.computed or "").replace(".", ","),
    )
    return replace(issue, message_vi=said[:1].upper() + said[1:])


def _place(figure: Figure | None) -> str:
    if figure is None:
        return ""
    row = f"'{figure.unit_raw}'" if figure.unit_raw else f"dòng {figure.row_no}"
    where = f"bảng {figure.table_no}, {row}" if figure.table_no else "trong câu"
    return f"{where}: "
