"""Opens the warehouse of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.folders import make_private
from flows.settings import Settings
from warehouse.database import open_warehouse

if TYPE_CHECKING:
    from sqlalchemy import Engine


def open_engine(settings: Settings) -> Engine:
    """Open the warehouse, and make the home folder where it is to lie there.

    Raises:
        WarehouseError: It cannot be opened.
        UsageError: The home folder cannot be made.
    """
    if not settings.warehouse:
        make_private(settings.home)
    return open_warehouse(settings.warehouse_url)
