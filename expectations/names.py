"""What checks and suites are called, for people: in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping

Name = tuple[str, str]
"""Vietnamese, English."""

CHECKS: Mapping[str, Name] = {
    "rate_mismatch": ("Tỷ lệ không khớp", "rate does not fit"),
    "sum_mismatch": ("Cộng dòng không khớp", "rows do not add up"),
    "group_sum_mismatch": ("Cộng nhóm không khớp", "groups do not add up"),
    "balance_mismatch": ("Biến động không khớp", "end is not start less exits"),
    "funding_split_mismatch": ("Nguồn vốn không khớp", "sources do not add up"),
    "prose_mismatch": ("Số trong câu không khớp", "sentence does not fit itself"),
    "not_a_number": ("Không phải số", "no number"),
    "ambiguous_number": ("Số nhiều cách hiểu", "number of two meanings"),
    "low_confidence": ("Đọc chưa chắc", "read unsurely"),
    "repaired_value": ("Đã chọn cách đọc khác", "other reading taken"),
    "implausible_value": ("Giá trị bất hợp lý", "implausible"),
    "unsure_head": ("Tiêu đề cột chưa rõ", "head of a column unsure"),
    "unit_unresolved": ("Chưa rõ đơn vị", "unit not found"),
    "number_missing": ("Thiếu số văn bản", "paper's number missing"),
    "date_incomplete": ("Ngày chưa đủ", "date incomplete"),
    "date_inconsistent": ("Ngày không hợp lý", "older than what it reports"),
    "annex_missing": ("Thiếu phụ lục", "annex missing"),
    "annex_year_mismatch": ("Phụ lục khác năm", "annex of another year"),
    "page_unread": ("Trang không đọc được", "page not read"),
    "nothing_found": ("Không có nội dung", "nothing found"),
    "too_many_suspects": ("Quá nhiều nghi vấn", "too many suspect"),
    "structure": ("Sai cấu trúc", "structure broken"),
    "correction_unplaced": ("Hiệu chỉnh mất chỗ", "correction without place"),
    "papers_disagree": ("Văn bản khác nhau", "papers disagree"),
    "start_end_mismatch": ("Đầu năm khác cuối năm trước", "start is not last end"),
    "implausible_jump": ("Chênh lệch lớn", "jump from year to year"),
}
SUITES: Mapping[str, Name] = {
    "documents": ("Văn bản", "documents"),
    "observations": ("Số liệu thực tế", "observations"),
    "targets": ("Chỉ tiêu", "targets"),
    "assignments": ("Nhiệm vụ", "tasks"),
    "legal_bases": ("Căn cứ pháp lý", "cited papers"),
    "recipients": ("Nơi nhận", "recipients"),
    "annexes": ("Phụ lục", "annexes"),
    "annex_mentions": ("Nhắc đến phụ lục", "mentions of annexes"),
    "cells": ("Ô số liệu", "cells of figures"),
    "tables": ("Bảng", "tables"),
    "table_results": ("Bảng số liệu thực tế", "tables of what is"),
    "table_targets": ("Bảng chỉ tiêu theo đơn vị", "tables of targets"),
    "table_rates": ("Bảng có tỷ lệ", "tables of rates"),
    "table_movements": ("Bảng biến động", "tables of start, exits and end"),
    "table_groups": ("Bảng theo nhóm hộ", "tables of groups"),
    "table_needs": ("Bảng nhu cầu hỗ trợ", "tables of needs"),
    "table_budgets": ("Bảng kinh phí", "tables of money"),
    "table_formulas": ("Bảng in công thức", "tables with printed formulas"),
    "table_persons": ("Danh sách hộ, người", "lists of persons"),
}


def name_of(code: str, names: Mapping[str, Name]) -> Name:
    """Return what a code is called; what has no name is called by its code."""
    return names.get(code, (code, code))
