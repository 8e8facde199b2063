"""Alembic's way in: the connection is given by `migrate`, there is no configuration file."""

from alembic import context

from dateline.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
