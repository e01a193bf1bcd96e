"""Run by Alembic: does the migrations on the connection that `upgrade` was given."""

from alembic import context

# All or nothing, on SQLite too: the transaction is the caller's.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
