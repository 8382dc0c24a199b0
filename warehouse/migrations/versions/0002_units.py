"""Units: the dated gazetteer and what became of each unit.

Revision: 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FOUND = ("unit_id", "unit_system", "unit_way")


def upgrade() -> None:
    """Bring the tables forward."""
    _create_unit()
    _create_successor()
    _create_current()
    _create_place()
    for name in _FOUND:
        op.add_column("figure", sa.Column(name, sa.Text()))
    op.add_column("figure", sa.Column("unit_confidence", sa.Double()))
    op.create_index("ix_figure_unit_id", "figure", ["unit_id"])
    op.add_column("document", sa.Column("issuing_unit_id", sa.Text()))
    op.add_column("document", sa.Column("issuing_unit_system", sa.Text()))
    op.add_column(
        "assignment",
        sa.Column("unit_codes", sa.Text(), nullable=False, server_default="[]"),
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_column("assignment", "unit_codes")
    op.drop_column("document", "issuing_unit_system")
    op.drop_column("document", "issuing_unit_id")
    op.drop_index("ix_figure_unit_id", "figure")
    op.drop_column("figure", "unit_confidence")
    for name in reversed(_FOUND):
        op.drop_column("figure", name)
    for table in ("assignment_place", "unit_current", "unit_successor", "unit"):
        op.drop_table(table)
    # Else the tables, made again, would be taken for filled.
    op.execute("DELETE FROM warehouse_info WHERE name = 'units'")


def _create_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text()),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("system", "level", "name", "kind")
        ),
        *(
            sa.Column(name, sa.Text())
            for name in (
                *("parent_id", "parent_code"),
                *("province_code", "current_province_code"),
            )
        ),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text()),
        sa.PrimaryKeyConstraint("unit_id", name="pk_unit"),
    )
    op.create_index("ix_unit_code", "unit", ["code"])
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"])


def _create_successor() -> None:
    op.create_table(
        "unit_successor",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("unit_id", "successor_id", "change", "share", "source")
        ),
        *(
            sa.ForeignKeyConstraint(
                [name],
                ["unit.unit_id"],
                name=f"fk_unit_successor_{name}",
                deferrable=True,
                initially="DEFERRED",
            )
            for name in ("unit_id", "successor_id")
        ),
        sa.PrimaryKeyConstraint("unit_id", "successor_id", name="pk_unit_successor"),
    )
    op.create_index(
        "ix_unit_successor_successor_id", "unit_successor", ["successor_id"]
    )


def _create_current() -> None:
    op.create_table(
        "unit_current",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("unit_id", "current_id")
        ),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("ordinal", "successors", "is_sure")
        ),
        *(
            sa.ForeignKeyConstraint(
                [name],
                ["unit.unit_id"],
                name=f"fk_unit_current_{name}",
                deferrable=True,
                initially="DEFERRED",
            )
            for name in ("unit_id", "current_id")
        ),
        sa.PrimaryKeyConstraint("unit_id", "current_id", name="pk_unit_current"),
    )


def _create_place() -> None:
    op.create_table(
        "assignment_place",
        sa.Column("assignment_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Text())
            for name in ("unit_kind", "unit_code", "unit_id", "unit_system", "unit_way")
        ),
        sa.Column("unit_confidence", sa.Double()),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.assignment_id"],
            name="fk_assignment_place_assignment_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("assignment_id", "ordinal", name="pk_assignment_place"),
    )
    op.create_index("ix_assignment_place_unit_id", "assignment_place", ["unit_id"])
