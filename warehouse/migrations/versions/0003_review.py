"""Review: corrections and acceptances by people.

Revision: 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column(
        "quality_issue",
        sa.Column("message_vi", sa.Text(), nullable=False, server_default=""),
    )
    op.add_column("quality_issue", sa.Column("other_document_id", sa.Text()))
    op.create_index(
        "ix_quality_issue_other_document_id", "quality_issue", ["other_document_id"]
    )
    op.create_table(
        "decision",
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer()) for name in ("table_no", "row_no", "col_no")),
        sa.Column("page", sa.Integer()),
        *(sa.Column(edge, sa.Double()) for edge in ("x0", "y0", "x1", "y1")),
        *(sa.Column(name, sa.Text()) for name in _SAID),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _DONE),
        *(sa.Column(name, sa.Text()) for name in _UNDONE),
        sa.PrimaryKeyConstraint("decision_id", name="pk_decision"),
        sa.CheckConstraint(
            "kind IN ('accepted', 'corrected')", name=op.f("ck_decision_kind")
        ),
    )
    op.create_index("ix_decision_file_sha256", "decision", ["file_sha256"])


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table("decision")
    op.drop_index("ix_quality_issue_other_document_id", "quality_issue")
    op.drop_column("quality_issue", "other_document_id")
    op.drop_column("quality_issue", "message_vi")


_SAID = ("raw_text", "check_code", "doubt_key", "message", "old_value", "new_value")
_DONE = ("done_by", "why", "done_at")
_UNDONE = ("undone_by", "undone_why", "undone_at")
