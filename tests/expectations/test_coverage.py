"""Papers that gave nothing."""

from __future__ import annotations

from expectations.check import check
from parsers.records import Assignment, Grade, Role
from tests.expectations.paper_makers import PLACE, make_records, records_of


def test_a_paper_without_figures_and_tasks_is_doubtful():
    verdict = check(make_records())

    assert verdict.grade is Grade.DOUBTFUL
    assert [i.check_code for i in verdict.issues] == ["nothing_found"]
    assert verdict.issues[0].message_vi


def test_a_task_or_a_figure_is_something(vocabulary):
    task = Assignment(0, "I", 1, "Phòng Y tế", "", "", Role.LEAD, "Khám bệnh", PLACE)
    figures = records_of(vocabulary, "TT | Xã | Số hộ\n1 | An Bình | 949")

    assert check(make_records(assignments=(task,))).grade is Grade.OK
    assert check(figures).grade is Grade.OK
