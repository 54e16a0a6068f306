"""Many rows at once: on PostgreSQL the server still looks at them while the program goes on."""

from contextlib import suppress

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.catalog.records import Category
from app.database.base import table_of
from app.database.bulk import insert_rows, next_ids

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
