"""The desk proposes to change a placed order: nothing happens before the member agrees."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.audit.verify import verify_chains
from app.database.tenant import EVERY_MEMBER, Tenant
from app.kernel.errors import NotAllowed
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.approve_change import approve_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeOpen, ChangeWish
from app.ordering.changing.lapse_change import lapse_change, over_changes
from app.ordering.changing.propose_change import propose_change
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.retract_proposal import retract_proposal
from app.ordering.changing.rules import Answer, ChangeState, ChangeStep, IllegalStep, Said
from app.ordering.changing.speak_on_change import speak_on_change
from app.ordering.queries import call_off
from app.ordering.rules import Move, State
from app.ordering.wanted import Actor
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready
from tests.support.told import mails
from tests.support.world import MONITOR, NOTEBOOK, World, lot_of

WHY = "Der Hersteller liefert nur noch acht Stück."


def desk(world: World) -> Actor:
    return Actor(world.desk.id, None)


def orderer(world: World) -> Actor:
    return Actor(world.it.id, world.dessau.id)


def proposed(
    session: Session, world: World, number: str, pieces: dict[str, int], days: int = 0
) -> CallOffChange:
    day = TODAY + timedelta(days=days) if days else None
    made = propose_change(session, desk(world), number, ChangeWish(pieces, WHY, day), NOON)
    assert isinstance(made, CallOffChange), made
    return made


def spoken(session: Session, world: World, number: str, step: ChangeStep) -> CallOffChange:
    mine = Tenant(world.dessau.id)
    return speak_on_change(session, orderer(world), number, mine, 1, NOON, step=step)


def in_lot(session: Session, sku: str) -> tuple[int, int]:
    found = lot_of(session, sku)
    session.refresh(found)
    return found.reserved_quantity, found.called_off_quantity


def test_less_and_a_later_day_hold_once_the_member_agrees(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10, MONITOR: 4})

    change = proposed(session, world, number, {NOTEBOOK: 8, MONITOR: 0}, days=40)
    assert (change.state, change.is_proposed) == (ChangeState.OFFERED, True)
    assert in_lot(session, NOTEBOOK) == (0, 10)
    asked = [one.body for one in mails(session) if one.recipient == world.it.mail][-1]
    assert "Die Abwicklung schlägt vor:" in asked
    assert "10 → 8 Stück" in asked
    assert WHY in asked
    change = spoken(session, world, number, ChangeStep.AGREE)

    found = call_off(session, number, EVERY_MEMBER)
    assert change.state is ChangeState.DONE
    assert [line.kept for line in found.lines] == [8, 0]
    assert found.promised_date == TODAY + timedelta(days=40)
    assert (in_lot(session, NOTEBOOK), in_lot(session, MONITOR)) == ((0, 8), (0, 0))
    assert (found.state, found.history[-1].move) == (State.PLACED, Move.CHANGE)
    steps = [ChangeStep.PROPOSE, ChangeStep.AGREE, ChangeStep.APPLY]
    assert [step.step for step in change.steps] == steps
    told = [one.body for one in mails(session) if one.recipient == world.desk.mail][-1]
    assert "Stand: durchgeführt" in told
    assert verify_chains(session).holds


def test_more_is_reserved_at_once_and_approved_by_somebody_who_did_not_agree_to_it(
    session: Session,
) -> None:
    world = ready(session)
    number, mine = placed(session, world, {NOTEBOOK: 10}), Tenant(world.dessau.id)

    proposed(session, world, number, {NOTEBOOK: 12})
    assert in_lot(session, NOTEBOOK) == (2, 10)
    agreed = spoken(session, world, number, ChangeStep.AGREE)
    assert (agreed.state, agreed.requested_by) == (ChangeState.AGREED, world.it.id)
    with pytest.raises(NotAllowed):
        approve_change(session, orderer(world), number, mine, 1, NOON)
    approver = Actor(world.approver.id, world.dessau.id)
    approve_change(session, approver, number, mine, 1, NOON)

    assert in_lot(session, NOTEBOOK) == (0, 12)
    assert call_off(session, number, EVERY_MEMBER).lines[0].kept == 12


@pytest.mark.parametrize("end", ["decline", "retract", "lapse"])
def test_a_proposal_that_comes_to_nothing_leaves_the_order_as_it_is(
    session: Session, end: str
) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10})
    proposed(session, world, number, {NOTEBOOK: 12})
    wish = ChangeWish({NOTEBOOK: 9}, "Weniger Stellen")
    with pytest.raises(ChangeOpen):
        ask_change(session, orderer(world), number, Tenant(world.dessau.id), wish, NOON)
    with pytest.raises(IllegalStep):
        spoken(session, world, number, ChangeStep.WITHDRAW)

    match end:
        case "decline":
            spoken(session, world, number, ChangeStep.DECLINE)
        case "retract":
            retract_proposal(session, desk(world), number, 1, NOON)
        case _:
            late = NOON + timedelta(days=15)
            assert over_changes(session, late) == (number,)
            lapse_change(session, number, late)

    found = call_off(session, number, EVERY_MEMBER)
    assert change_of(session, found.id, 1).closed_at is not None
    assert (found.lines[0].kept, in_lot(session, NOTEBOOK)) == (10, (0, 10))
    assert verify_chains(session).holds


def test_the_desk_cannot_take_back_its_answer_to_a_wish(session: Session) -> None:
    world = ready(session)
    number, mine = placed(session, world, {NOTEBOOK: 10}), Tenant(world.dessau.id)
    wish = ChangeWish({NOTEBOOK: 6}, "Weniger Stellen")
    ask_change(session, orderer(world), number, mine, wish, NOON)
    said = {NOTEBOOK: Said(Answer.OTHERWISE, quantity=8, reason=WHY)}
    answer_change(session, desk(world), number, 1, said, NOON)

    with pytest.raises(IllegalStep):
        retract_proposal(session, desk(world), number, 1, NOON)

    found = call_off(session, number, EVERY_MEMBER)
    assert change_of(session, found.id, 1).state is ChangeState.OFFERED


def test_both_sides_speak_on_their_own_pages(
    portal: Portal, session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 10, MONITOR: 4})
    at_desk, order = f"/abwicklung/{number}", f"/abrufe/{number}"
    staff, member = portal.signed_in(world.desk), portal.signed_in(world.it)
    assert f'href="{at_desk}/vorschlagen"' in staff.page(at_desk)

    wrong = staff.post(f"{at_desk}/vorschlagen", {"menge-1": "acht", "grund": "<i>x"})
    assert wrong.status_code == 422
    assert 'href="#menge-1"' in wrong.text
    assert "&lt;i&gt;x" in wrong.text
    sent = {"menge-1": "8", "menge-2": "4", "grund": WHY}
    assert staff.post(f"{at_desk}/vorschlagen", sent).status_code == 303

    assert "Änderung 1: Vorschlag der Abwicklung" in staff.page(at_desk)
    assert "noch eine Änderung offen" in staff.page(f"{at_desk}/vorschlagen")
    assert f'href="{order}#h-aenderungen"' in member.page("/")
    assert "Vorschlag annehmen" in member.page(order)
    assert member.post(f"{order}/aenderungen/1", {"schritt": "agree"}).status_code == 303
    assert "10 → 8 Stück" in member.page(order)
    assert f'href="{order}#h-aenderungen"' not in member.page("/")
    assert staff.post(f"{at_desk}/aenderungen/1/zuruecknehmen", {}).status_code == 409


def test_a_program_of_the_desk_proposes_and_one_of_the_member_agrees(
    portal: Portal, session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 10})
    here = f"/api/v1/call-offs/{number}"
    wish = {"lines": [{"sku": NOTEBOOK, "quantity": 8}], "reason": WHY}

    assert portal.api(world.it).post(f"{here}/change-proposals", wish).status_code == 403
    made = portal.api(world.desk).post(f"{here}/change-proposals", wish)
    assert (made.status_code, made.json()["state"]) == (201, "offered")
    assert made.json()["proposed_by_desk"] is True
    done = portal.api(world.it).post(f"{here}/changes/1/moves", {"move": "agree"})

    assert (done.status_code, done.json()["state"]) == (200, "done")
    again = portal.api(world.desk).post(f"{here}/changes/1/moves", {"move": "retract"})
    assert (again.status_code, again.json()["code"]) == (409, "illegal_move")
