"""Orders as far along as a story needs them, made by the real use cases."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.records import Delivery
from app.fulfilment.rules import DeliveredLine
from app.members.records import Member
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.ordering.submission import Submitted
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.support.clock import NOON
from tests.support.evidence import complete_evidence
from tests.support.world import ACCOUNT, World, settled

A_WEEK_AGO = NOON - timedelta(days=7)


def ready(session: Session) -> World:
    """The world with complete evidence: orders are eligible."""
    world = settled(session)
    complete_evidence(session)
    session.flush()
    return world


def submitted(
    session: Session,
    world: World,
    quantities: dict[str, int],
    *,
    of: Member | None = None,
    now: datetime = A_WEEK_AGO,
) -> str:
    """The number of an order of Dessau-Roßlau (or `of` Magdeburg) that waits for approval."""
    member = of or world.dessau
    orderer = world.it_magdeburg if member.id == world.magdeburg.id else world.it
    wanted = Wanted(
        quantities=quantities,
        purpose="Ersatz für Altgeräte im Bürgeramt",
        product_account=ACCOUNT,
        deliver_to=DeliverTo(
            "Amt für IT", member.street, member.postal_code, member.city, "Raum 112"
        ),
    )
    result = submit_call_off(session, Actor(orderer.id, member.id), member.id, wanted, now)
    assert isinstance(result, Submitted), result
    return result.number


def placed(
    session: Session,
    world: World,
    quantities: dict[str, int],
    *,
    of: Member | None = None,
    now: datetime = A_WEEK_AGO,
) -> str:
    """The number of an approved order: the desk has to confirm it."""
    number = submitted(session, world, quantities, of=of, now=now)
    member = of or world.dessau
    approver = world.approver_magdeburg if member.id == world.magdeburg.id else world.approver
    result = approve_call_off(session, Actor(approver.id, member.id), number, EVERY_MEMBER, now)
    assert isinstance(result, Placed), result
    return number


def confirmed(
    session: Session,
    world: World,
    quantities: dict[str, int],
    *,
    of: Member | None = None,
    promised: date | None = None,
    now: datetime = A_WEEK_AGO,
) -> CallOff:
    """A confirmed order, locked and loaded: the desk may deliver."""
    number = placed(session, world, quantities, of=of, now=now)
    desk = Actor(world.desk.id, None)
    confirm_call_off(session, desk, number, EVERY_MEMBER, now, promised_date=promised)
    return lock_call_off(session, number, EVERY_MEMBER)


def delivered(
    session: Session,
    world: World,
    found: CallOff,
    *lines: tuple[str, int, tuple[str, ...]],
    now: datetime = NOON,
) -> Delivery:
    """A delivery of these lines: article, pieces, serial numbers."""
    wanted = tuple(DeliveredLine(*line) for line in lines)
    return record_delivery(session, found, wanted, Actor(world.desk.id, None), now)
