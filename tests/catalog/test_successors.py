"""Successors: declared by one person, released by another, offered and never swapped silently."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent
from app.catalog.records import Article
from app.catalog.relations.declare_successor import NoSuccessor
from app.catalog.relations.records import Successor
from app.catalog.relations.release_successor import release_successor
from app.catalog.relations.successor_queries import offers
from app.catalog.relations.withdraw_successor import withdraw_successor
from app.kernel.errors import Conflict, Malformed
from app.members.rules import Role
from tests.support.clock import NOON, TODAY
from tests.support.relations import declared, released
from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION, World, settled, somebody


@pytest.fixture
def place(session: Session) -> World:
    return settled(session)


def test_only_what_a_second_person_released_is_offered(session: Session, place: World) -> None:
    entry = declared(session, WORKSTATION, NOTEBOOK, by=place.contracts.id)
    assert offers(session, [WORKSTATION], TODAY) == {}

    second = somebody(session, "zweite@kid.example", Role.CONTRACTS)
    release_successor(session, entry.id, second.id, NOON)

    assert offers(session, [WORKSTATION], TODAY)[WORKSTATION].row.sku == NOTEBOOK
    actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.position)).all()
    assert actions[-2:] == ["successor.declared", "successor.released"]


def test_whoever_declared_cannot_release(session: Session, place: World) -> None:
    entry = declared(session, WORKSTATION, NOTEBOOK, by=place.contracts.id)

    with pytest.raises(Conflict, match="zweite Person"):
        release_successor(session, entry.id, place.contracts.id, NOON)

    assert entry.released_at is None


def test_the_database_refuses_one_person_for_both(session: Session, place: World) -> None:
    entry = declared(session, WORKSTATION, NOTEBOOK, by=place.contracts.id)

    with pytest.raises(DatabaseError, match="four_eyes"):
        session.execute(
            update(Successor)
            .where(Successor.id == entry.id)
            .values(released_at=NOON, released_by=place.contracts.id)
        )


def test_a_declared_comparison_is_never_edited(session: Session, place: World) -> None:
    entry = declared(session, WORKSTATION, NOTEBOOK, by=place.contracts.id)

    with pytest.raises(DatabaseError, match="evidence"):
        session.execute(update(Successor).where(Successor.id == entry.id).values(new_sku="X"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (NOTEBOOK, MONITOR, "anderen Los"),
        (NOTEBOOK, WORKSTATION, "Ab 1 Stück kostet er 1.249,905"),
    ],
    ids=["another lot", "dearer under fixed prices"],
)
def test_what_is_no_successor_leaves_no_trace(
    session: Session, place: World, old: str, new: str, reason: str
) -> None:
    with pytest.raises(NoSuccessor, match=reason):
        declared(session, old, new, by=place.contracts.id)

    assert session.scalar(select(func.count()).select_from(Successor)) == 0


def test_features_that_differ_need_grounds(session: Session, place: World) -> None:
    _describe(session, WORKSTATION, "Prozessor", "Core i5-1235U")
    _describe(session, NOTEBOOK, "Prozessor", "Core i5-1335U")

    with pytest.raises(Malformed, match="begründen"):
        declared(session, WORKSTATION, NOTEBOOK, by=place.contracts.id)
    entry = declared(session, WORKSTATION, NOTEBOOK, "Neuere Baureihe", by=place.contracts.id)

    assert entry.comparison["features"] == [
        ["Prozessor", "Core i5-1235U", "Core i5-1335U", "differs"]
    ]


def test_what_got_worse_meanwhile_is_not_released(session: Session, place: World) -> None:
    entry = declared(session, WORKSTATION, NOTEBOOK)
    _describe(session, WORKSTATION, "Arbeitsspeicher", "16 GB")
    _describe(session, NOTEBOOK, "Arbeitsspeicher", "8 GB")

    with pytest.raises(NoSuccessor, match="8 GB ist weniger als 16 GB"):
        release_successor(session, entry.id, place.contracts.id, NOON)


def test_a_withdrawn_successor_is_offered_no_more_and_may_be_replaced(
    session: Session, place: World
) -> None:
    entry = released(session, WORKSTATION, NOTEBOOK, place.contracts.id)
    with pytest.raises(Conflict, match="schon ein Nachfolger"):
        declared(session, WORKSTATION, NOTEBOOK)

    withdraw_successor(session, entry.id, "Lieferstopp", place.contracts.id, NOON)

    assert offers(session, [WORKSTATION], TODAY) == {}
    assert declared(session, WORKSTATION, NOTEBOOK).id != entry.id


def test_successors_never_run_in_a_circle(session: Session, place: World) -> None:
    session.execute(
        update(Article).where(Article.sku == WORKSTATION).values(lot_id=_lot(session, NOTEBOOK))
    )
    released(session, WORKSTATION, NOTEBOOK, place.contracts.id)

    with pytest.raises(NoSuccessor):
        declared(session, NOTEBOOK, WORKSTATION)


def _describe(session: Session, sku: str, name: str, value: str) -> None:
    article = session.scalars(select(Article).where(Article.sku == sku)).one()
    article.details = {"features": [[name, value, ""]]}
    session.flush()


def _lot(session: Session, sku: str) -> int:
    return session.scalars(select(Article.lot_id).where(Article.sku == sku)).one()
