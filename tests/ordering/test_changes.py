"""Changing a placed order: the member asks, the desk answers, ceilings and history follow."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.audit.verify import verify_chains
from app.database.tenant import EVERY_MEMBER, Tenant
from app.frameworks.drawing.check_ledger import check_ledger
from app.journal.file.continue_memo import continued_memo
from app.journal.file.file_zip import file_contents
from app.journal.file.queries import whole_file
from app.kernel.errors import Malformed, NotAllowed, NotFound
from app.ordering.changing.answer_change import NoRoomForAnswer, answer_change
from app.ordering.changing.approve_change import approve_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeOpen, ChangeWish, NotChangeable
from app.ordering.changing.lapse_change import lapse_change, over_changes
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.refuse_change import refuse_change
from app.ordering.changing.rules import Answer, ChangeState, ChangeStep, IllegalStep, Said
from app.ordering.changing.speak_on_change import speak_on_change
from app.ordering.queries import call_off
from app.ordering.rules import Move, Side, State
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.submission import Refused
from app.ordering.trail_records import RefusedAttempt
from app.ordering.wanted import Actor
from tests.support.approvals import office
from tests.support.clock import NOON, TODAY
from tests.support.orders import confirmed, delivered, placed, ready, submitted
from tests.support.world import MONITOR, NOTEBOOK, World, lot_of, second_notebook

YES = Said(Answer.ACCEPTED)
NO = Said(Answer.REJECTED, reason="Der Hersteller hat schon gefertigt.")


def asked(
    session: Session, world: World, number: str, pieces: dict[str, int], day: date | None = None
) -> CallOffChange:
    wish = ChangeWish(pieces, "Zwei neue Stellen im Bürgeramt", day)
    result = ask_change(session, orderer(world), number, Tenant(world.dessau.id), wish, NOON)
    assert isinstance(result, CallOffChange), result
    return result


def orderer(world: World) -> Actor:
    return Actor(world.it.id, world.dessau.id)


def approver(world: World) -> Actor:
    return Actor(world.approver.id, world.dessau.id)


def desk(world: World) -> Actor:
    return Actor(world.desk.id, None)


def lot(session: Session, sku: str = NOTEBOOK) -> tuple[int, int]:
    """Reserved and called off, in pieces; the ledger says the same."""
    found = lot_of(session, sku)
    session.refresh(found)
    assert check_ledger(session) == ()
    return found.reserved_quantity, found.called_off_quantity


def test_more_is_reserved_when_asked_approved_by_a_second_person_and_then_called_off(
    session: Session,
) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10})
    price = call_off(session, number, EVERY_MEMBER).lines[0].unit_price

    asked(session, world, number, {NOTEBOOK: 12})
    assert lot(session) == (2, 10)
    answer_change(session, desk(world), number, 1, {NOTEBOOK: YES}, NOON)
    change = change_of(session, call_off(session, number, EVERY_MEMBER).id, 1)
    assert change.state is ChangeState.AGREED
    assert lot(session) == (2, 10)
    approve_change(session, approver(world), number, Tenant(world.dessau.id), 1, NOON)

    found = call_off(session, number, EVERY_MEMBER)
    line = found.lines[0]
    assert lot(session) == (0, 12)
    assert (line.quantity, line.cancelled, line.net) == (12, 0, price.times(12))
    assert (found.net, found.gross) == (line.net, found.net + found.vat)
    assert (found.state, found.history[-1].move) == (State.PLACED, Move.CHANGE)
    assert "10 → 12 Stück. Wert netto:" in found.history[-1].reason
    change = change_of(session, found.id, 1)
    assert [step.step for step in change.steps] == [
        ChangeStep.ASK,
        ChangeStep.ACCEPT,
        ChangeStep.APPLY,
    ]
    assert change.asking_decision_id != change.applying_decision_id
    assert change.approved_by == world.approver.id
    verdict = session.scalars(select(Approval).where(Approval.subject == f"{number}/1")).one()
    assert (verdict.requested_by, verdict.value) == (world.it.id, found.gross)
    assert verify_chains(session).holds


def test_less_goes_back_to_the_ceiling_as_soon_as_the_desk_accepts(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10, MONITOR: 4})

    asked(session, world, number, {NOTEBOOK: 7, MONITOR: 0}, TODAY + timedelta(days=30))
    said = {NOTEBOOK: YES, MONITOR: YES, "": YES}
    change = answer_change(session, desk(world), number, 1, said, NOON)

    found = call_off(session, number, EVERY_MEMBER)
    assert change.state is ChangeState.DONE
    assert [(line.kept, line.cancelled) for line in found.lines] == [(7, 3), (0, 4)]
    assert found.promised_date == TODAY + timedelta(days=30)
    assert lot(session) == (0, 7)
    assert lot(session, MONITOR)[1] == 0


def test_cancelling_every_line_ends_the_order(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 2})

    asked(session, world, found.number, {NOTEBOOK: 0})
    answer_change(session, desk(world), found.number, 1, {NOTEBOOK: YES}, NOON)

    found = call_off(session, found.number, EVERY_MEMBER)
    assert (found.state, found.history[-1].move) == (State.CANCELLED, Move.CANCEL)
    assert lot(session) == (0, 0)


def test_what_the_desk_offers_otherwise_waits_for_the_member_and_needs_no_more_room(
    session: Session,
) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10})
    asked(session, world, number, {NOTEBOOK: 15})
    said = Said(Answer.OTHERWISE, quantity=12, reason="Mehr ist nicht lieferbar.")

    answer_change(session, desk(world), number, 1, {NOTEBOOK: said}, NOON)
    assert lot(session) == (2, 10)
    agree = ChangeStep.AGREE
    mine = Tenant(world.dessau.id)
    change = speak_on_change(session, orderer(world), number, mine, 1, NOON, step=agree)
    assert change.state is ChangeState.AGREED
    approve_change(session, approver(world), number, mine, 1, NOON)

    assert call_off(session, number, EVERY_MEMBER).lines[0].kept == 12
    assert lot(session) == (0, 12)


@pytest.mark.parametrize("end", ["reject", "decline", "withdraw", "refuse", "cancel", "lapse"])
def test_a_wish_that_comes_to_nothing_gives_its_reservation_back(
    session: Session, end: str
) -> None:
    world = ready(session)
    number, mine = placed(session, world, {NOTEBOOK: 10}), Tenant(world.dessau.id)
    asked(session, world, number, {NOTEBOOK: 12})
    if end == "decline":
        said = Said(Answer.OTHERWISE, quantity=11, reason="Nur noch eines am Lager.")
        answer_change(session, desk(world), number, 1, {NOTEBOOK: said}, NOON)
    match end:
        case "reject":
            answer_change(session, desk(world), number, 1, {NOTEBOOK: NO}, NOON)
        case "decline" | "withdraw":
            step = ChangeStep(end)
            speak_on_change(session, orderer(world), number, mine, 1, NOON, step=step)
        case "refuse":
            answer_change(session, desk(world), number, 1, {NOTEBOOK: YES}, NOON)
            refuse_change(session, approver(world), number, mine, 1, NOON, reason="Kein Geld.")
        case "cancel":
            cancel_call_off(
                session, desk(world), number, EVERY_MEMBER, NOON, side=Side.DESK, reason="Brand"
            )
        case _:
            late = NOON + timedelta(days=15)
            assert over_changes(session, NOON + timedelta(days=14)) == ()
            assert over_changes(session, late) == (number,)
            lapse_change(session, number, late)

    found = call_off(session, number, EVERY_MEMBER)
    change = change_of(session, found.id, 1)
    assert change.closed_at is not None
    assert found.lines[0].quantity == 10
    assert lot(session) == ((0, 0) if end == "cancel" else (0, 10))
    with pytest.raises(IllegalStep):
        answer_change(session, desk(world), number, 1, {NOTEBOOK: YES}, NOON)
    assert verify_chains(session).holds


def test_what_shrinks_makes_room_for_what_grows_and_an_answer_must_leave_it(
    session: Session,
) -> None:
    world = ready(session)
    second = second_notebook(session)
    number = placed(session, world, {NOTEBOOK: 10, second.sku: 5})
    lot_of(session, NOTEBOOK).maximum_quantity = 17
    session.flush()
    asked(session, world, number, {NOTEBOOK: 7, second.sku: 9})
    assert lot(session) == (1, 15)
    fewer = Said(Answer.OTHERWISE, quantity=8, reason="Zwei sind schon unterwegs.")

    with session.begin_nested() as attempt:
        with pytest.raises(NoRoomForAnswer) as refused:
            answer_change(session, desk(world), number, 1, {NOTEBOOK: NO, second.sku: YES}, NOON)
        attempt.rollback()
    assert refused.value.code == "ceiling_reached"
    session.expire_all()
    answer_change(session, desk(world), number, 1, {NOTEBOOK: fewer, second.sku: YES}, NOON)

    assert lot(session) == (2, 15)
    mine = Tenant(world.dessau.id)
    speak_on_change(session, orderer(world), number, mine, 1, NOON, step=ChangeStep.AGREE)
    approve_change(session, approver(world), number, mine, 1, NOON, acknowledged=["F-09"])
    session.flush()
    assert [line.kept for line in call_off(session, number, EVERY_MEMBER).lines] == [8, 9]
    assert lot(session) == (0, 17)
    assert check_ledger(session) == ()


def test_more_than_the_ceiling_has_is_refused_on_record(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10})
    wish = ChangeWish({NOTEBOOK: 90_000}, "Alle Schulen")

    result = ask_change(session, orderer(world), number, Tenant(world.dessau.id), wish, NOON)

    assert isinstance(result, Refused)
    assert result.code == "ceiling_reached"
    attempt = session.scalars(select(RefusedAttempt)).one()
    assert (attempt.call_off_number, attempt.decision_id) == (number, result.recorded.id)
    assert session.scalars(select(CallOffChange)).all() == []
    assert lot(session) == (0, 10)


def test_nobody_wishes_what_cannot_be(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 4})
    delivered(session, world, found, (MONITOR, 3, ()))
    number, mine = found.number, Tenant(world.dessau.id)

    def sentence(pieces: dict[str, int], day: date | None = None) -> str:
        wish = ChangeWish(pieces, "Umplanung", day)
        with pytest.raises(Malformed) as refused:
            ask_change(session, orderer(world), number, mine, wish, NOON)
        return refused.value.text

    assert "schon 3 geliefert" in sentence({MONITOR: 2})
    assert "steht nicht in diesem Abruf" in sentence({"XX": 2})
    assert "nichts geändert" in sentence({MONITOR: 4})
    assert "in der Vergangenheit" in sentence({}, TODAY - timedelta(days=1))
    assert "nennen Sie den Grund" in _without_reason(session, world, number)
    assert session.scalars(select(CallOffChange)).all() == []
    waiting = submitted(session, world, {MONITOR: 1})
    with pytest.raises(NotChangeable):
        asked(session, world, waiting, {MONITOR: 2})


def _without_reason(session: Session, world: World, number: str) -> str:
    wish = ChangeWish({MONITOR: 3}, " ")
    with pytest.raises(Malformed) as refused:
        ask_change(session, orderer(world), number, Tenant(world.dessau.id), wish, NOON)
    return refused.value.text


def test_the_rest_of_a_partly_delivered_line_can_be_cancelled(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 4})
    delivered(session, world, found, (MONITOR, 3, ()))

    asked(session, world, found.number, {MONITOR: 3})
    answer_change(session, desk(world), found.number, 1, {MONITOR: YES}, NOON)

    assert call_off(session, found.number, EVERY_MEMBER).state is State.DELIVERED
    assert lot(session, MONITOR)[1] == 3


def test_one_wish_at_a_time_and_four_eyes_over_what_grows(session: Session) -> None:
    world = ready(session)
    number, mine = placed(session, world, {NOTEBOOK: 10}), Tenant(world.dessau.id)
    asked(session, world, number, {NOTEBOOK: 11})
    with pytest.raises(ChangeOpen):
        asked(session, world, number, {NOTEBOOK: 9})
    answer_change(session, desk(world), number, 1, {NOTEBOOK: YES}, NOON)

    with pytest.raises(NotAllowed):
        approve_change(session, orderer(world), number, mine, 1, NOON)
    stranger = Tenant(world.magdeburg.id)
    with pytest.raises(NotFound):
        approve_change(session, approver(world), number, stranger, 1, NOON)
    session.flush()
    for statement in (
        "UPDATE call_off_change SET approved_by = asked_by",
        "UPDATE call_off_change SET reason = 'anders'",
        "DELETE FROM call_off_change_step",
        "UPDATE call_off_change_item SET wanted = 1",
    ):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(text(statement))
    assert lot(session) == (1, 10)


def test_file_and_continued_memo_say_what_was_changed_and_who_approved_it(
    session: Session,
) -> None:
    world = ready(session)
    number, mine = placed(session, world, {NOTEBOOK: 10}), Tenant(world.dessau.id)
    asked(session, world, number, {NOTEBOOK: 12})
    answer_change(session, desk(world), number, 1, {NOTEBOOK: YES}, NOON)
    approve_change(session, approver(world), number, mine, 1, NOON)

    files = dict(file_contents(session, number, mine))
    memo = continued_memo(session, whole_file(session, number, mine))

    rows = files["Aenderungen.csv"].decode("utf-8-sig").splitlines()
    assert [row.split(";")[2] for row in rows[1:]] == [
        "Änderung gewünscht",
        "angenommen",
        "durchgeführt",
    ]
    assert f"{NOTEBOOK}: 10 → 12 Stück, wie gewünscht: 12 Stück" in rows[1]
    assert len([name for name in files if name.startswith("Inhouse-Entscheidung")]) == 4
    assert [one.role for one in memo.approvals][1:] == ["Genehmigung der Änderung 1"]
    assert "10 → 12 Stück. Wert netto:" in memo.changes[-1].reason


def test_the_rule_table_asks_for_all_its_signatures_over_what_grows(session: Session) -> None:
    world = ready(session)
    number, mine = placed(session, world, {NOTEBOOK: 10}), Tenant(world.dessau.id)
    people = office(session, world)
    asked(session, world, number, {NOTEBOOK: 12})
    answer_change(session, desk(world), number, 1, {NOTEBOOK: YES}, NOON)
    head = Actor(people.head.id, world.dessau.id)

    with pytest.raises(NotAllowed):
        approve_change(session, approver(world), number, mine, 1, NOON)
    first = approve_change(session, head, number, mine, 1, NOON)
    assert isinstance(first, CallOffChange)
    assert (first.state, lot(session)) == (ChangeState.AGREED, (2, 10))
    with pytest.raises(NotAllowed):
        approve_change(session, head, number, mine, 1, NOON)
    approve_change(session, approver(world), number, mine, 1, NOON)

    assert call_off(session, number, EVERY_MEMBER).lines[0].kept == 12
    spoken = session.scalars(select(Approval).where(Approval.subject == f"{number}/1")).all()
    assert [one.decided_by for one in spoken] == [people.head.id, world.approver.id]
    assert verify_chains(session).holds
