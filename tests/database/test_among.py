"""A statement about many values has one of them, and the database still uses its index."""

from typing import Final

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.catalog.records import Category
from app.database.among import among
from app.database.base import table_of
from app.database.straight import execute, fetch_all

CATEGORY: Final = table_of(Category)
NAMED: Final = (
    select(CATEGORY.c.name).where(among(CATEGORY.c.slug, "slugs")).order_by(CATEGORY.c.id)
)


@pytest.fixture
def shelves(session: Session) -> Session:
    session.add_all(Category(slug=slug, name=slug.upper()) for slug in ("a", "b", "o'\"c"))
    session.flush()
    return session


@pytest.mark.parametrize(
    ("slugs", "names"),
    [
        pytest.param([], [], id="none"),
        pytest.param(["b"], ["B"], id="one"),
        pytest.param(("o'\"c", "a", "nowhere", "a"), ["A", "O'\"C"], id="some, one of them twice"),
    ],
)
def test_rows_with_one_of_the_values_are_found(
    shelves: Session, slugs: list[str], names: list[str]
) -> None:
    assert [row.name for row in fetch_all(shelves, NAMED, {"slugs": slugs})] == names
    assert shelves.execute(NAMED, {"slugs": slugs}).scalars().all() == names


def test_only_those_rows_are_changed(shelves: Session) -> None:
    ids = [row.id for row in shelves.execute(select(CATEGORY.c.id).order_by(CATEGORY.c.id))]
    renamed = update(CATEGORY).where(among(CATEGORY.c.id, "ids")).values(name=bindparam("new"))

    execute(shelves, renamed, [{"ids": ids[1:], "new": "other"}])

    assert shelves.scalars(select(CATEGORY.c.name).order_by(CATEGORY.c.id)).all() == [
        "A",
        "other",
        "other",
    ]


def test_sqlite_uses_the_index_of_the_column(shelves: Session) -> None:
    if shelves.get_bind().dialect.name != "sqlite":
        return
    words = str(NAMED.compile(shelves.get_bind()))
    plan = shelves.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", ("[]",))
    assert any("SEARCH category USING" in row.detail for row in plan)
