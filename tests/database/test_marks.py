"""What is kept holds as long as the mark that the transaction reads, whoever writes."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.database.all_records import all_tables
from app.database.marks import REGISTER, Kept, unchanged
from app.database.records import Mark
from app.eligibility.assess_case import Question, assess_case
from app.eligibility.rules import Phase
from app.kernel.money import Money
from app.members.deciders import deciders
from app.members.find_asking import asking_by_token
from app.members.people.create_token import TokenWish, create_token
from app.members.queries import standing_member
from tests.support.clock import NOON, TODAY
from tests.support.evidence import complete_evidence
from tests.support.world import World, settled


def word(session: Session) -> str | None:
    return session.scalar(select(Mark.word).where(Mark.name == REGISTER))


def labels(session: Session, kept: Kept[list[str]]) -> list[str]:
    query = select(Person.label).order_by(Person.id)
    return kept.get(session, "labels", lambda: list(session.scalars(query)))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE person SET label = 'Neu'",
        "INSERT INTO role_assignment (person_id, role) SELECT id, 'desk' FROM person",
        "DELETE FROM role_assignment",
        "UPDATE framework SET title = 'Neu'",
    ],
)
def test_every_change_of_the_register_writes_a_new_word(session: Session, change: str) -> None:
    settled(session)
    session.commit()
    before = word(session)

    session.execute(text(change))

    assert word(session) not in {None, before}


def test_an_order_or_a_basket_writes_none(session: Session) -> None:
    settled(session)
    session.commit()
    before = word(session)

    session.execute(text("UPDATE lot SET reserved_quantity = 1"))
    session.execute(text("UPDATE number_series SET last = 7"))

    assert word(session) == before


def test_a_kept_answer_is_given_again_until_somebody_changes_something(session: Session) -> None:
    settled(session)
    session.commit()
    kept: Kept[list[str]] = Kept(most=10)

    first = labels(session, kept)
    again = labels(session, kept)
    session.execute(text("UPDATE person SET label = 'Neu'"))

    assert again is first
    assert set(labels(session, kept)) == {"Neu"}


def test_an_answer_from_a_change_that_was_taken_back_is_never_given(session: Session) -> None:
    settled(session)
    session.commit()
    kept: Kept[list[str]] = Kept(most=10)
    session.execute(text("UPDATE person SET label = 'Verworfen'"))
    labels(session, kept)
    session.rollback()

    session.execute(text("UPDATE person SET label = 'Gilt'"))
    session.commit()

    assert set(labels(session, kept)) == {"Gilt"}


def test_only_as_many_answers_are_kept_as_allowed(session: Session) -> None:
    settled(session)
    session.commit()
    kept: Kept[object] = Kept(most=2)
    first = kept.get(session, "a", object)
    for question in ("b", "c"):
        kept.get(session, question, object)

    assert kept.get(session, "a", object) is not first


def test_inside_a_part_that_changes_nothing_the_mark_is_read_once(session: Session) -> None:
    settled(session)
    session.commit()
    kept: Kept[object] = Kept(most=2)

    read = statements(session, lambda: asked_twice(session, kept))

    assert len([one for one in read if "mark" in one]) == 1


def asked_twice(session: Session, kept: Kept[object]) -> None:
    with unchanged(session):
        kept.get(session, "a", object)
        kept.get(session, "b", object)


def test_a_kept_answer_reads_nothing_but_marked_tables(session: Session) -> None:
    world = settled(session)
    complete_evidence(session)
    token = create_token(session, world.it.id, TokenWish("Skript"), NOON).secret
    session.commit()

    read = statements(session, lambda: everything_kept(session, world, token))

    tables = {name for one in read for name in re.findall(r"(?:FROM|JOIN) (\w+)", one)}
    triggers = {name for name in all_tables().tables if marked(session, name)}
    # Forecasts rest on the movements of earlier days, which nobody changes any more.
    assert tables - {"mark", "ceiling_movement"} <= triggers
    assert {"fact", "turnover", "membership", "framework", "api_token"} <= tables


def everything_kept(session: Session, world: World, token: str) -> None:
    member, day = world.dessau, TODAY
    asking = asking_by_token(session, token, NOON)
    assert asking is not None
    standing_member(session, asking.tenant, member.id)
    deciders(session, member.id, Money.euros(1), excluding=None, on=day)
    assess_case(session, Question(member.id, NOON, Phase.PREVIEW, world.framework.id))


def marked(session: Session, table: str) -> bool:
    if session.get_bind().dialect.name == "sqlite":
        query = text("SELECT 1 FROM sqlite_master WHERE name = :name")
    else:
        query = text("SELECT 1 FROM pg_trigger WHERE tgname = :name")
    return session.scalar(query, {"name": f"{table}_{REGISTER}_update"}) is not None


def statements(session: Session, work: Callable[[], None]) -> list[str]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def test_a_change_that_still_waits_in_the_session_is_seen(session: Session) -> None:
    world = settled(session)
    session.commit()
    kept: Kept[list[str]] = Kept(most=10)
    labels(session, kept)

    world.it.label = "Neu"

    assert "Neu" in labels(session, kept)
