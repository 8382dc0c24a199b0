"""The night shift: what runs keep.

Revision: 0005, after 0004.
"""

from __future__ import annotations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""


def downgrade() -> None:
    """Take the tables back."""
