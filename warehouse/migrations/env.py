"""Alembic's way into the warehouse: runs migrations on the connection it is given."""

from __future__ import annotations

from alembic import context

from warehouse.models import metadata
from warehouse.upgrade import VERSION_TABLE
from warehouse.views import drop_views


def run() -> None:
    """Run the migrations inside the caller's transaction.

    Views stand on the tables and would be in the way; who called makes them anew.
    """
    connection = context.config.attributes["connection"]
    drop_views(connection)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=True,
        # The caller's transaction holds the lock and ends only when all is done.
        transactional_ddl=False,
    )
    context.run_migrations()


run()
