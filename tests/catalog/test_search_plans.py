"""How a search is asked: so that the database uses its indexes, and in few statements."""

from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from app.catalog.finding import sample
from app.catalog.finding.find_articles import COUNTED, find_articles
from app.catalog.finding.search import Search
from app.catalog.finding.whole_catalog import EARLIEST_END, LATEST_BEGIN
from app.catalog.visible import Visible
from tests.catalog.importing import small_catalog
from tests.support import world
from tests.support.clock import TODAY


def asked(session: Session, typed: str, visible: Visible = None) -> list[tuple[str, Any]]:
    """The statements of a search whose answer nobody knows yet, but for what is always kept."""
    find_articles(session, Search(typed), TODAY, visible)
    COUNTED.forget()
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, words: str, values: Any, *_more: Any) -> None:
        said.append((words, values))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    find_articles(session, Search(typed), TODAY, visible)
    event.remove(engine, "before_cursor_execute", note)
    return [(words, values) for words, values in said if "search_entry" in words]


@pytest.mark.parametrize(
    ("typed", "statements"), [("Notebook", 1), ("NB-1", 2), ("ock1", 2), ("OCK-1", 3)]
)
def test_counts_and_the_first_page_are_one_statement(
    session: Session, typed: str, statements: int
) -> None:
    small_catalog(session, world.workplace_hardware(session))

    assert len(asked(session, typed)) == statements


def test_postgresql_plans_by_the_words_that_are_looked_for(session: Session) -> None:
    """As a parameter they would give one plan for all words: the whole index, read in order."""
    if session.get_bind().dialect.name != "postgresql":
        pytest.skip("SQLite asks its word index first in any case")
    small_catalog(session, world.workplace_hardware(session))

    *_, (said, values) = asked(session, "NB-1")

    assert "@@" in said
    assert not {"match", "most"} & values.keys()


@pytest.mark.parametrize("visible", [None, frozenset({1, 2})], ids=["all lots", "some lots"])
@pytest.mark.parametrize(
    "typed", [("NB-1", "DOCK-1"), ("ock1", "oner1"), ("NB-1 Note", "DOCK-1 T")]
)
def test_in_a_large_catalog_two_numbers_are_asked_for_in_the_same_words(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    typed: tuple[str, str],
    visible: Visible,
) -> None:
    """So they are written once in a process, and planned once in a connection."""
    monkeypatch.setattr(sample, "MANY", 0)
    monkeypatch.setattr(sample, "DRAWN", 1)
    small_catalog(session, world.workplace_hardware(session))

    first, second = ([words for words, _ in asked(session, one, visible)] for one in typed)

    assert first == second
    assert not any("@@ CAST('" in words or "LIKE '" in words for words in first)


def test_when_kept_prices_end_is_read_from_the_ends_of_indexes(session: Session) -> None:
    """It is asked after each step of a publication; with a million entries each would wait."""
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads few rows in any order; its plan would say nothing")
    plans = [
        row.detail
        for one in (LATEST_BEGIN, EARLIEST_END)
        for row in session.execute(text(f"EXPLAIN QUERY PLAN {select(one)}"))
    ]

    reads = [plan for plan in plans if "search_entry" in plan]
    assert len(reads) == 2
    assert all("SEARCH search_entry USING COVERING INDEX" in plan for plan in reads), plans


def test_who_sees_no_lot_is_answered_without_a_look_at_the_entries(session: Session) -> None:
    small_catalog(session, world.workplace_hardware(session))
    never = "WHERE 0 = 1" if session.get_bind().dialect.name == "sqlite" else "WHERE false"

    [(text, _)] = asked(session, "", frozenset())

    assert never in text
