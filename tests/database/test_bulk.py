"""Many rows at once: on PostgreSQL the server still looks at them while the program goes on."""

from contextlib import suppress

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.catalog.records import Category
from app.database.base import table_of
from app.database.bulk import insert_rows, next_ids, plan_each_time
from tests.support.databases import Database

CATEGORY = table_of(Category)
COLUMNS = ("slug", "name", "parent_id")
NAMES = select(Category.name).order_by(Category.id)
NOWHERE = ("toner", "Toner", 4711)


def test_rows_are_there_for_whatever_comes_next(session: Session) -> None:
    insert_rows(session, CATEGORY, COLUMNS, [("drucker", "Drucker", None)])
    insert_rows(session, CATEGORY, COLUMNS, [("toner", "Toner", None), ("papier", "Papier", None)])
    assert session.scalars(NAMES).all() == ["Drucker", "Toner", "Papier"]

    insert_rows(session, CATEGORY, COLUMNS, [("kabel", "Kabel", None)])
    session.commit()
    assert session.scalars(NAMES).all() == ["Drucker", "Toner", "Papier", "Kabel"]


def test_a_row_that_refers_to_nothing_lets_nobody_commit(session: Session) -> None:
    insert_rows(session, CATEGORY, COLUMNS, [("drucker", "Drucker", None)])

    with pytest.raises(IntegrityError) as refused:  # noqa: PT012 - which of the two is the driver's
        insert_rows(session, CATEGORY, COLUMNS, [NOWHERE])
        session.commit()

    session.rollback()
    assert session.scalars(NAMES).all() == []
    assert "4711" not in str(refused.value.statement)


def test_what_is_taken_back_need_not_have_been_right(session: Session) -> None:
    with suppress(IntegrityError):
        insert_rows(session, CATEGORY, COLUMNS, [NOWHERE])
    session.rollback()

    insert_rows(session, CATEGORY, COLUMNS, [("papier", "Papier", None)])
    session.commit()
    assert session.scalars(NAMES).all() == ["Papier"]


def test_numbers_are_known_before_the_rows_and_meet_no_others(session: Session) -> None:
    session.add(Category(slug="drucker", name="Drucker"))
    session.flush()

    numbers = next_ids(session, CATEGORY, 2)
    rows = zip(numbers, ("toner", "papier"), ("Toner", "Papier"), strict=True)
    insert_rows(session, CATEGORY, ("id", "slug", "name"), rows)
    session.add(Category(slug="kabel", name="Kabel"))
    session.commit()

    assert session.scalars(NAMES).all() == ["Drucker", "Toner", "Papier", "Kabel"]
    assert list(next_ids(session, CATEGORY, 0)) == []


def test_an_import_whose_server_goes_away_says_so(database: Database) -> None:
    """Its error once hid behind another one: that nothing could be taken back."""
    if database.is_sqlite:
        pytest.skip("has no server")
    with database.sessions() as session, database.sessions() as other:
        insert_rows(session, CATEGORY, COLUMNS, [("toner", "Toner", None)])
        backend = session.scalar(select(func.pg_backend_pid()))
        insert_rows(session, CATEGORY, COLUMNS, [("papier", "Papier", None)])
        other.execute(select(func.pg_terminate_backend(backend, 5000)))
        with pytest.raises(OperationalError, match="connection"):
            session.execute(NAMES)
        session.rollback()
        assert session.scalars(NAMES).all() == []


def test_the_server_keeps_its_plans_for_what_rows_refer_to(session: Session) -> None:
    """Planned anew for each row, looking up four tables took longer than the article itself."""
    if session.get_bind().dialect.name == "sqlite":
        pytest.skip("plans once")
    plan_each_time(session)
    insert_rows(session, CATEGORY, COLUMNS, [("toner", "Toner", None)])
    said = [session.scalar(text(f"SHOW {name}")) for name in ("plan_cache_mode", "enable_seqscan")]
    assert said == ["force_custom_plan", "on"]

    session.commit()
    assert session.scalar(text("SHOW plan_cache_mode")) == "auto"
