"""Alembic migrations of the warehouse.

A new one, from the root, after the models were changed:

    from alembic import command
    from warehouse.database import open_warehouse
    from warehouse.upgrade import alembic_config

    with open_warehouse("sqlite:///of-before.db").connect() as connection:
        command.revision(alembic_config(connection), "What changes", autogenerate=True)

Views and comments are no part of them: ``warehouse.upgrade`` makes those anew.
"""
