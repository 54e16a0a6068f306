"""Cancelling: a mirrored document, once, and the delivered lines may be invoiced again."""

import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.store import content
from app.audit.records import AuditEvent
from app.database.tenant import EVERY_MEMBER, Tenant
from app.invoicing.cancel_invoice import AlreadyCancelled, cancel_invoice
from app.invoicing.issue_invoice import issue_invoice
from app.invoicing.official_rules import judge
from app.invoicing.queries import invoice, related
from app.invoicing.records import Invoice
from app.kernel.errors import Conflict, Malformed, NotFound
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.steps.complete_call_off import complete_call_off
from app.ordering.wanted import Actor
from tests.support.clock import NOON
from tests.support.invoices import operating_company
from tests.support.orders import confirmed, delivered, ready
from tests.support.world import MONITOR, World

REASON = "Falsche Kostenstelle"


def billed(session: Session, world: World) -> tuple[CallOff, Invoice]:
    """One monitor, delivered and invoiced."""
    found = confirmed(session, world, {MONITOR: 1})
    delivered(session, world, found, (MONITOR, 1, ()))
    return found, issued(session, world, found)


def issued(session: Session, world: World, found: CallOff) -> Invoice:
    by = Actor(world.desk.id, None)
    result = issue_invoice(session, by, found.number, EVERY_MEMBER, operating_company(), NOON)
    assert isinstance(result, Invoice)
    return result


def cancel(session: Session, world: World, number: str, reason: str = REASON) -> Invoice:
    by = Actor(world.desk.id, None)
    return cancel_invoice(session, by, number, EVERY_MEMBER, reason, NOON)


def test_a_cancellation_mirrors_the_invoice_under_its_own_number(session: Session) -> None:
    world = ready(session)
    _, original = billed(session, world)

    mirrored = cancel(session, world, original.number)
    document, before = json.loads(mirrored.document), json.loads(original.document)

    assert (mirrored.number, mirrored.type_code) == ("KID-2026-000002", "381")
    assert (mirrored.net, mirrored.vat, mirrored.gross) == (
        original.net,
        original.vat,
        original.gross,
    )
    assert mirrored.cancels_id == original.id
    assert mirrored.reason == REASON
    for part in ("lines", "buyer", "issuer", "references", "supplied_from", "supplied_to"):
        assert document[part] == before[part]
    assert document["preceding"] == {"number": "KID-2026-000001", "issued_on": "2026-11-21"}


def test_both_files_of_a_cancellation_are_valid_and_name_the_original(session: Session) -> None:
    world = ready(session)
    _, original = billed(session, world)

    mirrored = cancel(session, world, original.number)
    ubl = content(session, mirrored.ubl_sha256).content

    assert judge(ubl).findings == ()
    assert judge(content(session, mirrored.cii_sha256).content).findings == ()
    assert b"<cbc:CreditNoteTypeCode>381<" in ubl
    assert b"<cbc:ID>KID-2026-000001<" in ubl
    assert REASON.encode() in ubl


def test_after_a_cancellation_the_delivery_is_invoiced_anew(session: Session) -> None:
    world = ready(session)
    found, original = billed(session, world)

    cancel(session, world, original.number)
    reopened = call_off(session, found.number, EVERY_MEMBER).state
    again = issued(session, world, found)

    assert reopened is State.DELIVERED
    assert again.number == "KID-2026-000003"
    assert again.gross == original.gross
    assert call_off(session, found.number, EVERY_MEMBER).state is State.INVOICED


def test_a_completed_order_is_reopened_too(session: Session) -> None:
    world = ready(session)
    found, original = billed(session, world)
    found.received_at = NOON
    session.flush()
    orderer = Actor(world.it.id, world.dessau.id)
    complete_call_off(session, orderer, found.number, EVERY_MEMBER, NOON)

    cancel(session, world, original.number)

    assert call_off(session, found.number, EVERY_MEMBER).state is State.DELIVERED


def test_an_invoice_is_cancelled_at_most_once(session: Session) -> None:
    world = ready(session)
    _, original = billed(session, world)
    mirrored = cancel(session, world, original.number)

    with pytest.raises(AlreadyCancelled, match=mirrored.number):
        cancel(session, world, original.number)

    assert session.scalar(select(func.count(Invoice.id))) == 2
    assert related(session, original).cancelled_by == mirrored.number


def test_a_cancellation_itself_cannot_be_cancelled(session: Session) -> None:
    world = ready(session)
    _, original = billed(session, world)
    mirrored = cancel(session, world, original.number)

    with pytest.raises(Conflict) as refused:
        cancel(session, world, mirrored.number)

    assert refused.value.code == "not_cancellable"


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b", "x" * 501])
def test_a_cancellation_needs_a_reason_of_some_length(session: Session, reason: str) -> None:
    world = ready(session)
    found, original = billed(session, world)

    with pytest.raises(Malformed):
        cancel(session, world, original.number, reason)

    assert session.scalar(select(func.count(Invoice.id))) == 1
    assert found.state is State.INVOICED


def test_another_members_invoice_is_not_found(session: Session) -> None:
    world = ready(session)
    _, original = billed(session, world)
    by = Actor(world.it_magdeburg.id, world.magdeburg.id)

    with pytest.raises(NotFound):
        cancel_invoice(session, by, original.number, Tenant(world.magdeburg.id), REASON, NOON)

    assert invoice(session, original.number, EVERY_MEMBER).number == original.number
    assert session.scalar(select(func.count(Invoice.id))) == 1


def test_the_cancellation_stands_on_the_chain_with_its_reason(session: Session) -> None:
    world = ready(session)
    _, original = billed(session, world)

    mirrored = cancel(session, world, original.number)
    wanted = select(AuditEvent).where(AuditEvent.action == "invoice.cancelled")
    event = session.scalars(wanted).one()

    assert event.subject == original.number
    assert json.loads(event.payload)["cancellation"] == mirrored.number
    assert json.loads(event.payload)["reason"] == REASON
