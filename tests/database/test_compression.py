"""How the server packs what is long."""

from pathlib import Path

from sqlalchemy import text

from app.database.engine import open_engine
from tests.support.databases import PostgresServer

OFFERED = text("SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression'")


def test_decisions_are_packed_in_the_quickest_way_that_the_server_has(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.fresh(tmp_path) as url:
        engine = open_engine(url)
        with engine.connect() as connection:
            offered = connection.scalar(OFFERED) or []
            connection.rollback()
            used = connection.scalar(text("SHOW default_toast_compression"))
        engine.dispose()

    assert used == ("lz4" if "lz4" in offered else "pglz")
