"""A round asks all members, the desk approves, and the sum feeds the next tender."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent
from app.catalog.records import Article
from app.database.tenant import EVERY_MEMBER, Tenant
from app.demand.answer_round import Wanted, answer_round
from app.demand.approve_quantities import Approved, approve_quantities
from app.demand.decide_needs import Decision, decide_needs
from app.demand.move_round import move_round
from app.demand.name_framework import name_framework
from app.demand.records import DemandRound, RoundAnswer
from app.demand.round_queries import round_seen
from app.demand.rules import NeedMove, NeedState, RoundMove, RoundState
from app.demand.watch_rounds import watch_rounds
from app.frameworks.records import CeilingMovement
from app.frameworks.rules_ceiling import CeilingMove
from app.kernel.errors import Conflict, Malformed
from app.kernel.legal_day import start_of_day
from app.kernel.money import NOTHING
from app.members.records import Member
from tests.demand.needs import opened, reported, seen
from tests.support.clock import NOON
from tests.support.told import mails as all_mails
from tests.support.world import MONITOR, NOTEBOOK, World, settled

SECOND = timedelta(seconds=1)


@pytest.fixture
def world(session: Session) -> World:
    return settled(session)


@pytest.fixture
def asked(session: Session, world: World) -> DemandRound:
    return opened(session, world)


def answered(
    session: Session, world: World, asked: DemandRound, member: Member, pieces: int
) -> RoundAnswer:
    by = world.it if member is world.dessau else world.it_magdeburg
    return answer_round(session, asked.id, seen(member), by.id, Wanted(pieces), NOON)


def mails(session: Session, subject: str) -> list[str]:
    found = all_mails(session)
    return [one.recipient or "" for one in found if (one.subject or "").startswith(subject)]


def reviewing(session: Session, world: World, asked: DemandRound) -> None:
    move_round(session, asked.id, RoundMove.REVIEW, world.desk.id, NOON)


def test_every_orderer_is_asked_once(session: Session, world: World) -> None:
    opened(session, world)
    told = mails(session, "Bedarfsrunde")

    assert {world.it.mail, world.it_magdeburg.mail} <= set(told)
    assert len(told) == len(set(told))
    assert world.approver.mail not in told


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"deadline": date(2026, 11, 20)}, "deadline"),
        ({"period_to": date(2027, 6, 30)}, "period_to"),
        ({"title": ""}, "title"),
        ({"purpose": ""}, "purpose"),
        ({"category": "gibt-es-nicht"}, "category"),
    ],
    ids=["deadline over", "ends before it begins", "no title", "no purpose", "unknown category"],
)
def test_a_round_that_cannot_be_asks_nobody(
    session: Session, world: World, said: dict[str, object], field: str
) -> None:
    with pytest.raises(Malformed) as refused:
        opened(session, world, **said)

    assert [error.field for error in refused.value.errors] == [field]
    assert mails(session, "Bedarfsrunde") == []


def test_a_member_may_say_otherwise_until_the_deadline(
    session: Session, world: World, asked: DemandRound
) -> None:
    answered(session, world, asked, world.dessau, 40)
    answered(session, world, asked, world.dessau, 0)
    assert round_seen(session, EVERY_MEMBER, asked.id).requested == 0
    assert len(round_seen(session, EVERY_MEMBER, asked.id).answers) == 1

    late = NOON + timedelta(days=28)
    with pytest.raises(Conflict, match="am 18"):
        answer_round(session, asked.id, seen(world.dessau), world.it.id, Wanted(50), late)

    assert round_seen(session, EVERY_MEMBER, asked.id).requested == 0


def test_a_member_sees_its_own_answer_only(
    session: Session, world: World, asked: DemandRound
) -> None:
    answered(session, world, asked, world.dessau, 40)
    answered(session, world, asked, world.magdeburg, 25)

    assert round_seen(session, Tenant(world.dessau.id), asked.id).requested == 40
    assert round_seen(session, EVERY_MEMBER, asked.id).requested == 65


def test_less_than_asked_for_needs_a_reason(
    session: Session, world: World, asked: DemandRound
) -> None:
    mine = answered(session, world, asked, world.dessau, 40)
    with pytest.raises(Conflict, match="nicht in Prüfung"):
        approve_quantities(session, asked.id, {mine.id: Approved(40)}, world.desk.id, NOON)
    reviewing(session, world, asked)
    for said, field in ((Approved(30), "reason"), (Approved(41), "approved")):
        with pytest.raises(Malformed) as refused:
            approve_quantities(session, asked.id, {mine.id: said}, world.desk.id, NOON)
        assert refused.value.errors[0].field == f"{field}-{mine.id}"
    before = mine.approved
    assert before is None

    said = Approved(30, "Zehn Geräte sind noch im laufenden Vertrag")
    approve_quantities(session, asked.id, {mine.id: said}, world.desk.id, NOON)

    assert (mine.approved, mine.approval_reason) == (30, said.reason)


def test_the_database_approves_no_more_than_was_asked_for(
    session: Session, world: World, asked: DemandRound
) -> None:
    mine = answered(session, world, asked, world.dessau, 40)

    mine.approved = 41
    with pytest.raises(IntegrityError, match="approved"):
        session.flush()
    session.rollback()


def test_a_round_is_closed_when_all_is_decided(
    session: Session, world: World, asked: DemandRound
) -> None:
    mine = answered(session, world, asked, world.dessau, 40)
    with pytest.raises(Conflict, match="Stand"):
        move_round(session, asked.id, RoundMove.CLOSE, world.desk.id, NOON)
    reviewing(session, world, asked)
    with pytest.raises(Conflict, match="ohne freigegebene Menge"):
        move_round(session, asked.id, RoundMove.CLOSE, world.desk.id, NOON)
    approve_quantities(session, asked.id, {mine.id: Approved(40)}, world.desk.id, NOON)

    move_round(session, asked.id, RoundMove.CLOSE, world.desk.id, NOON)

    assert (asked.state, asked.closed_at) == (RoundState.CLOSED, NOON)
    assert round_seen(session, EVERY_MEMBER, asked.id).approved == 40
    actions = session.scalars(select(AuditEvent.action)).all()
    for action in ("opened", "answered", "reviewing", "approved", "closed"):
        assert f"demand_round.{action}" in actions


def test_a_reopened_answer_is_decided_anew(
    session: Session, world: World, asked: DemandRound
) -> None:
    mine = answered(session, world, asked, world.dessau, 40)
    reviewing(session, world, asked)
    approve_quantities(session, asked.id, {mine.id: Approved(40)}, world.desk.id, NOON)
    move_round(session, asked.id, RoundMove.COLLECT, world.desk.id, NOON)

    answered(session, world, asked, world.dessau, 60)

    assert (mine.requested, mine.approved) == (60, None)


def test_needs_of_a_cancelled_round_are_open_again(
    session: Session, world: World, asked: DemandRound
) -> None:
    need = reported(session, world.dessau, world.it)
    plan = Decision(NeedMove.PLAN, round_id=asked.id)
    decide_needs(session, [need.id], plan, world.desk.id, NOON)
    with pytest.raises(Malformed, match="Grund"):
        move_round(session, asked.id, RoundMove.CANCEL, world.desk.id, NOON)
    assert (asked.state, need.state) == (RoundState.COLLECTING, NeedState.PLANNED)

    move_round(session, asked.id, RoundMove.CANCEL, world.desk.id, NOON, "kein Bedarf")

    assert asked.state is RoundState.CANCELLED
    assert (need.state, need.round_id) == (NeedState.OPEN, None)


def test_a_declined_need_is_planned_no_more(
    session: Session, world: World, asked: DemandRound
) -> None:
    kept = reported(session, world.dessau, world.it)
    declined = reported(session, world.magdeburg, world.it_magdeburg)
    plan = Decision(NeedMove.PLAN, round_id=asked.id)
    decide_needs(session, [kept.id, declined.id], plan, world.desk.id, NOON)
    decline = Decision(NeedMove.DECLINE, "wird anders gedeckt")

    decide_needs(session, [declined.id], decline, world.desk.id, NOON)

    seen = round_seen(session, EVERY_MEMBER, asked.id)
    assert (seen.planned_needs, seen.planned_pieces) == (1, kept.quantity)


def test_the_agreement_of_a_round_meets_its_needs(
    session: Session, world: World, asked: DemandRound
) -> None:
    need = reported(session, world.dessau, world.it)
    plan = Decision(NeedMove.PLAN, round_id=asked.id)
    decide_needs(session, [need.id], plan, world.desk.id, NOON)
    with pytest.raises(Conflict, match="abgeschlossen"):
        name_framework(session, asked.id, world.framework.number, world.contracts.id, NOON)
    reviewing(session, world, asked)
    move_round(session, asked.id, RoundMove.CLOSE, world.desk.id, NOON)
    with pytest.raises(Malformed, match="gibt es nicht"):
        name_framework(session, asked.id, "RV-0", world.contracts.id, NOON)
    assert need.state.value == "planned"

    name_framework(session, asked.id, world.framework.number, world.contracts.id, NOON)

    assert need.state is NeedState.AVAILABLE
    assert round_seen(session, EVERY_MEMBER, asked.id).framework == world.framework.number


def test_what_was_declared_stands_beside_what_was_ordered_in_the_period(
    session: Session, world: World, asked: DemandRound
) -> None:
    answered(session, world, asked, world.dessau, 40)
    reviewing(session, world, asked)
    answer = session.scalars(select(RoundAnswer)).one()
    approve_quantities(session, asked.id, {answer.id: Approved(40)}, world.desk.id, NOON)
    move_round(session, asked.id, RoundMove.CLOSE, world.desk.id, NOON)
    assert not round_seen(session, EVERY_MEMBER, asked.id).use.known
    name_framework(session, asked.id, world.framework.number, world.contracts.id, NOON)
    notebooks = session.scalars(select(Article).where(Article.sku == NOTEBOOK)).one()
    monitors = session.scalars(select(Article).where(Article.sku == MONITOR)).one()
    asked.category_id = notebooks.category_id
    before, first = start_of_day(asked.period_from) - SECOND, start_of_day(asked.period_from)
    for lot, member, pieces, at in (
        (notebooks.lot_id, world.dessau, 30, first),
        (notebooks.lot_id, world.dessau, -2, first + timedelta(days=1)),
        (notebooks.lot_id, world.dessau, 100, before),
        (notebooks.lot_id, world.dessau, 100, start_of_day(asked.period_to + timedelta(days=1))),
        (notebooks.lot_id, world.magdeburg, 5, first),
        (monitors.lot_id, world.dessau, 9, first),
    ):
        session.add(
            CeilingMovement(
                lot_id=lot,
                move=CeilingMove.CALL_OFF if pieces > 0 else CeilingMove.RETURN,
                subject="A-1",
                reserved_value=NOTHING,
                called_off_value=NOTHING,
                reserved_quantity=0,
                called_off_quantity=pieces,
                member_id=member.id,
                at=at,
            )
        )
    session.flush()

    everybody = round_seen(session, EVERY_MEMBER, asked.id)
    assert everybody.use.lots == (1,)
    assert everybody.use.by_member == {world.dessau.id: 28, world.magdeburg.id: 5}
    assert (everybody.use.total, everybody.ordered_unasked) == (33, 5)
    own = round_seen(session, Tenant(world.dessau.id), asked.id)
    assert own.use.by_member == {world.dessau.id: 28}


def test_only_who_has_not_answered_is_reminded_and_only_once(
    session: Session, world: World, asked: DemandRound
) -> None:
    answered(session, world, asked, world.dessau, 40)
    week_before = NOON + timedelta(days=20)

    watch_rounds(session, week_before)
    watch_rounds(session, week_before)

    told = mails(session, "Erinnerung")
    assert told.count(world.it_magdeburg.mail) == 1
    assert world.it.mail not in told
    watch_rounds(session, NOON + timedelta(days=26))
    assert mails(session, "Erinnerung").count(world.it_magdeburg.mail) == 2


def test_a_round_rests_after_its_deadline(
    session: Session, world: World, asked: DemandRound
) -> None:
    watch_rounds(session, NOON + timedelta(days=27))
    assert asked.state.value == "collecting"

    watch_rounds(session, NOON + timedelta(days=28))

    assert asked.state is RoundState.REVIEWING
    later = NOON + timedelta(days=28)
    with pytest.raises(Conflict, match="Frist"):
        move_round(session, asked.id, RoundMove.COLLECT, world.desk.id, later)
