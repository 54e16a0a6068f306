"""Completed and cancelled call-offs for the tests of the report, by the real use cases."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.database.tenant import EVERY_MEMBER, Tenant
from app.fulfilment.receive_goods import receive_goods
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.rules import DeliveredLine
from app.invoicing.issue_invoice import issue_invoice
from app.invoicing.records import Invoice
from app.ordering.note_time import note_time
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import lock_call_off
from app.ordering.rules import Side
from app.ordering.steps.approve_call_off import approve_call_off
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.complete_call_off import complete_call_off
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.ordering.submission import Submitted
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.support.invoices import operating_company
from tests.support.world import ACCOUNT, MONITOR, World


@dataclass(frozen=True)
class Given:
    """One order: who, when, how long."""

    at: datetime
    by: Person
    seconds: int | None = 600
    outside: int | None = 5
    quantity: int = 2


def submitted(session: Session, world: World, given: Given) -> str:
    actor = Actor(given.by.id, world.dessau.id)
    wanted = Wanted(
        quantities={MONITOR: given.quantity},
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
        offline_minutes=given.outside,
    )
    found = submit_call_off(session, actor, world.dessau.id, wanted, given.at)
    assert isinstance(found, Submitted), found.code
    if given.seconds is not None:
        call_off = lock_call_off(session, found.number, EVERY_MEMBER)
        note_time(session, call_off.id, "order", given.seconds, given.at)
    return found.number


def cancelled(session: Session, world: World, given: Given) -> str:
    number = submitted(session, world, given)
    cancel_call_off(
        session,
        Actor(given.by.id, world.dessau.id),
        number,
        Tenant(world.dessau.id),
        given.at + timedelta(hours=1),
        side=Side.ORDERER,
        reason="Bedarf entfallen",
    )
    return number


def completed(session: Session, world: World, given: Given) -> str:
    """Delivered two days later and completed on the third."""
    number = submitted(session, world, given)
    orderer, tenant = Actor(given.by.id, world.dessau.id), Tenant(world.dessau.id)
    desk = Actor(world.desk.id, None)
    approver = Actor(world.approver.id, world.dessau.id)
    approve_call_off(session, approver, number, tenant, given.at + timedelta(hours=1))
    confirm_call_off(session, desk, number, EVERY_MEMBER, given.at + timedelta(hours=2))
    delivered_at = given.at + timedelta(days=2)
    call_off = lock_call_off(session, number, EVERY_MEMBER)
    lines = (DeliveredLine(MONITOR, given.quantity),)
    record_delivery(session, call_off, lines, desk, delivered_at)
    receive_goods(session, call_off, None, orderer, delivered_at + timedelta(hours=1))
    invoiced_at = delivered_at + timedelta(hours=2)
    issued = issue_invoice(session, desk, number, EVERY_MEMBER, operating_company(), invoiced_at)
    assert isinstance(issued, Invoice)
    complete_call_off(session, orderer, number, tenant, given.at + timedelta(days=3))
    return number
