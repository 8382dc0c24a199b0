"""Figures know which unit they are of by a key; a code alone may be two units'.

Revision: 0006, after 0005.
"""

# ruff: noqa: S608  # the SQL is put together from constants of this module alone

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INDEX = "ix_figure_unit_year"
_BY_UNIT = "ix_figure_unit_key_indicator_year"
_MEASURE = (
    *("row_kind", "indicator", "as_of", "kind", "uom", "quality", "value"),
    *("origin", "group_code"),
)


# As warehouse.keys makes it from then on.
_OF_ISSUER = "(SELECT {0} FROM document d WHERE d.document_id = figure.document_id)"
_FILL = (
    "UPDATE figure SET unit_key = CASE WHEN unit_code IS NOT NULL "
    "THEN unit_code || COALESCE('@' || unit_system, '') "
    "WHEN unit_id IS NOT NULL THEN unit_id WHEN unit_name IS NOT NULL THEN COALESCE("
    + _OF_ISSUER.format("d.issuing_unit_code")
    + ", document_id) || '/' || unit_name "
    "WHEN origin = 'prose' AND (unit_raw IS NULL "
    "OR substr(unit_raw, 1, 5) IN ('toàn ', 'Toàn ')) THEN "
    + _OF_ISSUER.format(
        "d.issuing_unit_code || COALESCE('@' || d.issuing_unit_system, '')"
    )
    + " END"
)


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column("figure", sa.Column("unit_key", sa.Text()))
    op.execute(_FILL)
    op.drop_index("ix_figure_unit_id", "figure")
    op.create_index(_BY_UNIT, "figure", ["unit_key", "indicator", "year"])
    _index_anew(
        *("document_id", "year", "unit_code", "unit_key", "unit_system", "unit_id"),
        *("unit_name", "unit_kind", *_MEASURE),
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_index(_BY_UNIT, "figure")
    op.create_index("ix_figure_unit_id", "figure", ["unit_id"])
    _index_anew("document_id", "unit_code", "year", "unit_name", "unit_kind", *_MEASURE)
    op.drop_column("figure", "unit_key")


def _index_anew(*columns: str) -> None:
    of_unit_year = sa.text(
        "origin = 'table' AND group_code = 'all' AND unit_name IS NOT NULL"
    )
    op.drop_index(_INDEX, "figure")
    op.create_index(
        _INDEX,
        "figure",
        columns,
        postgresql_where=of_unit_year,
        sqlite_where=of_unit_year,
    )
