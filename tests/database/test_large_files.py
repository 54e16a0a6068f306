"""A large file of SQLite is read where the system keeps it."""

from contextlib import closing

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from app.catalog.records import Category
from app.database import engine
from app.database.engine import open_engine, sessions
from tests.support.databases import Database


def mapped(session: Session) -> int:
    return int(session.scalar(text("PRAGMA mmap_size")) or 0)


def test_a_large_file_is_read_in_the_systems_cache_a_small_one_in_our_own(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL has a cache of its own")
    with database.sessions() as session:
        assert mapped(session) == 0

    monkeypatch.setattr(engine, "LARGE", 1)
    large = open_engine(database.engine.url.render_as_string())
    with sessions(large)() as session, database.sessions() as other:
        assert mapped(session) == engine.MAPPED
        session.rollback()
        other.execute(insert(Category), [{"slug": f"{n}" * 40, "name": "A"} for n in range(3_000)])
        other.commit()
        with closing(database.engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

        assert len(session.scalars(select(Category.slug)).all()) == 3_000
    large.dispose()
