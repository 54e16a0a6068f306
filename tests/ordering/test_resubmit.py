"""An order blocked for missing evidence: every new attempt stays on record, also a refused one."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.verify import verify_chains
from app.database.tenant import Tenant
from app.eligibility.deciding.record_decision import record_decision
from app.eligibility.records import EligibilityDecision
from app.frameworks.drawing.find_room import NoRoom
from app.kernel.money import Money
from app.ordering.judge import judge_again
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import call_off, lock_call_off
from app.ordering.rules import State
from app.ordering.steps.resubmit_call_off import resubmit_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.trail_records import RefusedAttempt
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.evidence import complete_evidence
from tests.support.world import ACCOUNT, NOTEBOOK, World, lot_of, settled


def blocked(session: Session, world: World) -> str:
    """An order that waits for evidence: none is on file yet."""
    wanted = Wanted(
        quantities={NOTEBOOK: 2},
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
    )
    actor = Actor(world.it.id, world.dessau.id)
    taken = submit_call_off(session, actor, world.dessau.id, wanted, NOON)
    assert isinstance(taken, Submitted), taken
    assert taken.state is State.BLOCKED_EVIDENCE
    session.commit()
    return taken.number


def again(session: Session, world: World, number: str) -> object:
    actor = Actor(world.it.id, world.dessau.id)
    result = resubmit_call_off(session, actor, number, Tenant(world.dessau.id), NOON)
    session.commit()
    return result


def test_with_the_evidence_the_same_order_goes_on_to_approval(session: Session) -> None:
    world = settled(session)
    number = blocked(session, world)
    assert lot_of(session, NOTEBOOK).reserved_quantity == 0
    complete_evidence(session)

    again(session, world, number)

    assert call_off(session, number, Tenant(world.dessau.id)).state is State.IN_APPROVAL
    assert lot_of(session, NOTEBOOK).reserved_value == Money.euros("1578.00")


def test_without_the_evidence_the_attempt_stays_on_record(session: Session) -> None:
    world = settled(session)
    number = blocked(session, world)

    refused = again(session, world, number)

    assert isinstance(refused, Refused)
    assert refused.code == "evidence_missing"
    assert session.scalars(select(RefusedAttempt.call_off_number)).all() == [number]
    assert session.scalar(select(func.count()).select_from(EligibilityDecision)) == 2
    assert call_off(session, number, Tenant(world.dessau.id)).state is State.BLOCKED_EVIDENCE


def test_without_room_the_attempt_stays_on_record_too(session: Session) -> None:
    world = settled(session)
    number = blocked(session, world)
    complete_evidence(session)
    lot_of(session, NOTEBOOK).maximum_quantity = 1
    session.commit()

    refused = again(session, world, number)

    assert isinstance(refused, Refused)
    assert refused.code == "ceiling_reached"
    assert session.scalars(select(RefusedAttempt.code)).all() == ["ceiling_reached"]
    assert lot_of(session, NOTEBOOK).reserved_quantity == 0
    assert verify_chains(session).holds


def test_a_lot_that_was_taken_in_between_is_named_on_the_page(
    session: Session, portal: Portal
) -> None:
    """The check passed a moment ago; only the reservation found nothing left."""
    world = settled(session)
    number = blocked(session, world)
    complete_evidence(session)
    taken = lock_call_off(session, number, Tenant(world.dessau.id))
    lot = lot_of(session, NOTEBOOK)
    assessed = judge_again(session, taken, NOON)
    recorded = record_decision(session, assessed, NOON, "person:1")
    gone = NoRoom(
        lot.id,
        lot.number,
        lot.title,
        running=True,
        remaining_value=Money.euros("789.00"),
        remaining_quantity=1,
    )
    refused = Refused(gone.code, recorded, assessed, gone)
    template = portal.app.state.templates.get_template("ordering/_order_blocked.html")

    page = template.render(blocked=refused, found=taken)

    assert not assessed.assessment.failed
    assert "Höchstmenge erreicht: In Los" in page
    assert "noch 789,00 Euro netto und 1 Stück frei" in page
    assert 'class="chk' not in page


def test_the_page_of_a_blocked_order_names_what_is_missing(portal: Portal) -> None:
    world = settled(portal.session)
    number = blocked(portal.session, world)

    page = portal.signed_in(world.it).page(f"/abrufe/{number}")

    said = " ".join(page.split())
    assert "Dazu ist kein Nachweis hinterlegt: Zuschlagsentscheidung." in said
    assert "Mehr steht in der" in said
