"""Deliveries: never more than outstanding, serial numbers once, nothing half-written."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.store import content
from app.audit.records import AuditEvent
from app.database.tenant import EVERY_MEMBER
from app.fulfilment.queries import deliveries
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.records import Delivery, SerialNumber
from app.fulfilment.rules import DeliveredLine
from app.kernel.errors import Conflict, Malformed
from app.ordering.placing.records import NumberSeries
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Move, State
from app.ordering.wanted import Actor
from tests.support.clock import NOON, TODAY
from tests.support.orders import confirmed, delivered, placed, ready
from tests.support.told import mails
from tests.support.world import MONITOR, NOTEBOOK, World


def _refused(
    session: Session, world: World, found: CallOff, *lines: DeliveredLine
) -> dict[str, str]:
    """The fields and codes of a refusal; nothing may have changed."""
    before = [(line.sku, line.delivered) for line in found.lines]
    with pytest.raises(Malformed) as refusal:
        record_delivery(session, found, lines, Actor(world.desk.id, None), NOON)
    session.flush()
    again = lock_call_off(session, found.number, EVERY_MEMBER)
    assert [(line.sku, line.delivered) for line in again.lines] == before
    assert session.scalar(select(func.count()).select_from(Delivery)) == 0
    series = f"delivery:{found.number}"
    assert session.get(NumberSeries, series) is None
    return {error.field: error.code for error in refusal.value.errors}


def test_a_partial_delivery_leaves_the_rest_open(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 3, MONITOR: 5})

    sent = delivered(session, world, found, (NOTEBOOK, 2, ("SN-1", "SN-2")), (MONITOR, 1, ()))
    session.commit()

    again = lock_call_off(session, found.number, EVERY_MEMBER)
    assert again.state is State.PARTIALLY_DELIVERED
    assert {line.sku: (line.delivered, line.outstanding) for line in again.lines} == {
        NOTEBOOK: (2, 1),
        MONITOR: (1, 4),
    }
    assert sent.number == f"L-{found.number}-1"
    assert again.history[-1].move is Move.DELIVER_PART
    note = content(session, sent.note_pdf_sha256 or "")
    assert note.content.startswith(b"%PDF-")
    (mail,) = (one for one in mails(session) if f"delivery:{sent.number}:" in one.dedupe_key)
    assert mail.recipient == world.it.mail
    assert "Noch offen: 5 Stück." in mail.body
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.position.desc())).first()
    assert event is not None
    assert (event.action, event.subject) == ("call_off.deliver_part", found.number)
    assert '"serial_numbers":["SN-1","SN-2"]' in event.payload


def test_the_last_piece_completes_the_delivery(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 1, MONITOR: 2})
    delivered(session, world, found, (MONITOR, 2, ()))

    last = delivered(session, world, found, (NOTEBOOK, 1, ("SN-1",)))

    assert found.state is State.DELIVERED
    assert last.number == f"L-{found.number}-2"
    assert [one.pieces for one in deliveries(session, found)] == [2, 1]


def test_every_delivery_makes_the_page_before_it_stale(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 9})
    delivered(session, world, found, (MONITOR, 1, ()))
    seen = found.version

    delivered(session, world, found, (MONITOR, 1, ()))

    assert found.state is State.PARTIALLY_DELIVERED
    assert found.version > seen


def test_more_than_outstanding_is_refused_at_its_line(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 1, MONITOR: 2})

    errors = _refused(
        session,
        world,
        found,
        DeliveredLine(NOTEBOOK, 1, ("SN-1",)),
        DeliveredLine(MONITOR, 3),
    )

    assert errors == {f"lines.{MONITOR}.quantity": "more_than_outstanding"}


@pytest.mark.parametrize(
    ("serials", "code"),
    [
        ((), "serial_count"),
        (("SN-1",), "serial_count"),
        (("SN-1", "SN-2", "SN-3"), "serial_count"),
        (("SN-1", "SN-1"), "serial_repeated"),
        (("SN-1", " "), "serial_length"),
        (("SN-1", "9" * 81), "serial_length"),
    ],
)
def test_as_many_distinct_serial_numbers_as_pieces(
    session: Session, serials: tuple[str, ...], code: str
) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 2})

    errors = _refused(session, world, found, DeliveredLine(NOTEBOOK, 2, serials))

    assert errors == {f"lines.{NOTEBOOK}.serial_numbers": code}


def test_a_serial_number_is_delivered_only_once_whatever_the_order(session: Session) -> None:
    world = ready(session)
    first = confirmed(session, world, {NOTEBOOK: 1})
    delivered(session, world, first, (NOTEBOOK, 1, ("SN-1",)))
    second = confirmed(session, world, {NOTEBOOK: 1}, of=world.magdeburg)

    with pytest.raises(Malformed, match="SN-1 wurde für NB-14 schon geliefert"):
        delivered(session, world, second, (NOTEBOOK, 1, ("SN-1",)))

    assert session.scalar(select(func.count()).select_from(SerialNumber)) == 1
    assert second.state is State.CONFIRMED


def test_serial_numbers_of_other_articles_are_welcome_but_not_needed(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 3})

    delivered(session, world, found, (MONITOR, 3, ("M-1",)))

    assert found.state is State.DELIVERED
    assert session.scalars(select(SerialNumber.serial)).all() == ["M-1"]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ((), "lines"),
        ((DeliveredLine("FREMD", 1),), "lines.FREMD.quantity"),
        ((DeliveredLine(MONITOR, 0),), f"lines.{MONITOR}.quantity"),
        ((DeliveredLine(MONITOR, 1), DeliveredLine(MONITOR, 1)), f"lines.{MONITOR}.quantity"),
    ],
)
def test_an_empty_or_foreign_line_is_refused(
    session: Session, wanted: tuple[DeliveredLine, ...], field: str
) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 3})

    assert list(_refused(session, world, found, *wanted)) == [field]


@pytest.mark.parametrize(("days", "code"), [(1, "future"), (-30, "before_order")])
def test_a_delivery_lies_between_the_order_and_today(
    session: Session, days: int, code: str
) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 3})
    desk = Actor(world.desk.id, None)

    with pytest.raises(Malformed) as refusal:
        record_delivery(
            session, found, (DeliveredLine(MONITOR, 1),), desk, NOON, TODAY + timedelta(days=days)
        )

    assert [error.code for error in refusal.value.errors] == [code]


def test_an_unconfirmed_order_is_not_delivered(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    found = lock_call_off(session, number, EVERY_MEMBER)

    with pytest.raises(Conflict) as refusal:
        delivered(session, world, found, (MONITOR, 1, ()))

    assert refusal.value.code == "not_confirmed"


def test_a_delivered_order_takes_nothing_more(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 1})
    delivered(session, world, found, (MONITOR, 1, ()))

    with pytest.raises(Conflict) as refusal:
        delivered(session, world, found, (MONITOR, 1, ()))

    assert refusal.value.code == "nothing_to_deliver"
