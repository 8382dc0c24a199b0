"""Withdrawn papers, expected senders, people in papers.

Revision: 0004, after 0003.
"""

from __future__ import annotations

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column(
        "paper",
        sa.Column("is_withdrawn", sa.Integer(), nullable=False, server_default="0"),
    )
    _create_acts()
    _create_person_cell()
    _create_assignment_deadline()
    _create_figure_indexes()
    op.create_table(
        "expected_submission",
        sa.Column("expected_no", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("source", sa.Text()),
        sa.Column("unit_code", sa.Text()),
        sa.Column("unit_name", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("expected_no", name="pk_expected_submission"),
    )
    _take_people_out()
    _fill_deadlines()


def downgrade() -> None:
    """Take the tables back: people stand in their cells again."""
    op.execute(
        "UPDATE table_cell SET (text, raw_text) = (SELECT p.text, p.raw_text "
        "FROM person_cell p WHERE p.table_id = table_cell.table_id "
        "AND p.cell_no = table_cell.cell_no) WHERE EXISTS (SELECT 1 "
        "FROM person_cell p WHERE p.table_id = table_cell.table_id "
        "AND p.cell_no = table_cell.cell_no)"
    )
    _drop_figure_indexes()
    for table in (
        *("expected_submission", "assignment_deadline", "person_cell"),
        *("people_purge", "withdrawal"),
    ):
        op.drop_table(table)
    op.drop_column("paper", "is_withdrawn")


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=f"fk_{table}_{column}",
        deferrable=True,
        initially="DEFERRED",
    )


def _create_acts() -> None:
    said = ("done_by", "why", "done_at")
    op.create_table(
        "withdrawal",
        sa.Column("withdrawal_id", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("action", *said)),
        _refers("withdrawal", "paper_id", "paper.paper_id"),
        sa.PrimaryKeyConstraint("withdrawal_id", name="pk_withdrawal"),
    )
    op.create_table(
        "people_purge",
        sa.Column("purge_id", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in said),
        sa.Column("cells", sa.Integer(), nullable=False),
        _refers("people_purge", "paper_id", "paper.paper_id"),
        sa.PrimaryKeyConstraint("purge_id", name="pk_people_purge"),
    )
    for table in ("withdrawal", "people_purge"):
        op.create_index(f"ix_{table}_paper_id", table, ["paper_id"])


def _create_person_cell() -> None:
    op.create_table(
        "person_cell",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("cell_no", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raw_text", sa.Text()),
        _refers("person_cell", "table_id", "printed_table.table_id"),
        sa.PrimaryKeyConstraint("table_id", "cell_no", name="pk_person_cell"),
    )


def _create_assignment_deadline() -> None:
    op.create_table(
        "assignment_deadline",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("deadline", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text()),
        sa.Column("is_year_printed", sa.Integer(), nullable=False),
        _refers("assignment_deadline", "assignment_id", "assignment.assignment_id"),
        sa.PrimaryKeyConstraint(
            "assignment_id", "ordinal", name="pk_assignment_deadline"
        ),
    )
    op.create_index("ix_assignment_deadline_due_on", "assignment_deadline", ["due_on"])


def _create_figure_indexes() -> None:
    op.create_index("ix_figure_unit_code_year", "figure", ["unit_code", "year"])
    of_unit_year = sa.text(
        "origin = 'table' AND group_code = 'all' AND unit_name IS NOT NULL"
    )
    op.create_index(
        "ix_figure_unit_year",
        "figure",
        [
            *("document_id", "unit_code", "year", "unit_name", "unit_kind"),
            *("row_kind", "indicator", "as_of", "kind", "uom", "quality", "value"),
            *("origin", "group_code"),
        ],
        postgresql_where=of_unit_year,
        sqlite_where=of_unit_year,
    )


def _drop_figure_indexes() -> None:
    for name in ("ix_figure_unit_year", "ix_figure_unit_code_year"):
        op.drop_index(name, "figure")


def _take_people_out() -> None:
    """Move what is printed of people out of the cells, if anything was flagged."""
    op.execute(
        "INSERT INTO person_cell (table_id, cell_no, text, raw_text) "
        "SELECT c.table_id, c.cell_no, c.text, c.raw_text FROM table_cell c "
        "WHERE c.row_no IS NOT NULL AND EXISTS (SELECT 1 FROM table_column k "
        "WHERE k.table_id = c.table_id AND k.role = 'person' "
        "AND k.col_no >= c.col_no AND k.col_no < c.col_no + c.col_span)"
    )
    op.execute(
        "UPDATE table_cell SET text = '', raw_text = NULL WHERE EXISTS (SELECT 1 "
        "FROM person_cell p WHERE p.table_id = table_cell.table_id "
        "AND p.cell_no = table_cell.cell_no)"
    )


def _fill_deadlines() -> None:
    """Give each deadline of the tasks held a row, as loading does from now on."""
    connection = op.get_bind()
    tasks = connection.execute(
        sa.text(
            "SELECT a.assignment_id, a.deadlines, d.period_start, d.period_end "
            "FROM assignment a JOIN document d ON d.document_id = a.document_id "
            "WHERE a.deadlines <> '[]'"
        )
    ).all()
    columns = ("assignment_id", "ordinal", "deadline", "due_on", "is_year_printed")
    rows = [
        dict(zip(columns, (task.assignment_id, number, *dated), strict=True))
        for task in tasks
        for number, dated in enumerate(
            _dates(json.loads(task.deadlines), task.period_start, task.period_end), 1
        )
    ]
    if rows:
        table = sa.table("assignment_deadline", *(sa.column(c) for c in columns))
        connection.execute(sa.insert(table), rows)


def _dates(
    deadlines: list[str], first: int | None, last: int | None
) -> list[tuple[str, str | None, int]]:
    found: list[tuple[str, str | None, int]] = []
    for text in deadlines:
        if not re.fullmatch(r"\d\d-\d\d", text):
            found.append((text, text, 1))
        elif first is None:
            found.append((text, None, 0))
        else:
            years = range(first, min(max(last or first, first), first + 30) + 1)
            found += [(text, f"{year}-{text}", 0) for year in years]
    return found
