"""Runs migrations: on the connection of `kitu db`, or for developers on KITU_DATABASE_URL."""

from alembic import context
from sqlalchemy import Connection

from app.database.all_records import all_tables
from app.database.engine import open_engine
from app.operations.migrate import is_ours
from app.settings import load_settings


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=all_tables(),
        render_as_batch=connection.dialect.name == "sqlite",
        include_name=is_ours,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = open_engine(load_settings().database_url)
    with engine.connect() as own:
        migrate(own)
