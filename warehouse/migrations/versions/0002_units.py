"""Units: the dated gazetteer and what became of each unit.

Revision: 0002, after 0001.
"""

from __future__ import annotations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""


def downgrade() -> None:
    """Take the tables back."""
