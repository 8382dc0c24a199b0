"""The night shift: who sent what when, and what each run made of it.

Revision: 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "manifest",
        sa.Column("path_name", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text()),
        sa.Column("byte_size", sa.BigInteger()),
        sa.Column("modified_at", sa.Text()),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("is_settled", sa.Integer(), nullable=False),
        sa.Column("read_options", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text()),
        _of_run("manifest"),
        sa.PrimaryKeyConstraint("path_name", "mark", name="pk_manifest"),
    )
    op.create_index("ix_manifest_file_sha256", "manifest", ["file_sha256"])
    op.create_table(
        "run_verdict",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("evidence_key", sa.Text(), nullable=False),
        sa.Column("verdict_key", sa.Text(), nullable=False),
        _of_run("run_verdict"),
        sa.PrimaryKeyConstraint("run_id", "file_sha256", name="pk_run_verdict"),
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table("run_verdict")
    op.drop_table("manifest")


def _of_run(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["run_id"],
        ["run.run_id"],
        name=f"fk_{table}_run_id",
        deferrable=True,
        initially="DEFERRED",
    )
