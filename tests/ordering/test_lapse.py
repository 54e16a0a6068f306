"""Reservations with a time limit: who does not decide in time gives the room back to the others."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.verify import verify_chains
from app.commands.jobs import DAILY, JOBS
from app.database.tenant import EVERY_MEMBER
from app.frameworks.drawing.check_ledger import check_ledger
from app.ordering.queries import call_off
from app.ordering.rules import Side, State
from app.ordering.steps.approve_call_off import approve_call_off
from app.ordering.steps.lapse_reservation import (
    lapse_reservation,
    over_reservations,
    remind_of_lapse,
)
from app.ordering.wanted import Actor
from app.outbox.deliver import Carriers, deliver_next
from app.outbox.plan_daily import plan_daily
from app.outbox.records import OutboxMessage
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.orders import ready, submitted
from tests.support.told import mails as all_mails
from tests.support.world import NOTEBOOK, lot_of

LAST_DAY = NOON + timedelta(days=14)
OVER = NOON + timedelta(days=15)


def mails(session: Session, word: str) -> list[str | None]:
    return [one.recipient for one in all_mails(session) if word in (one.subject or "")]


def test_on_its_last_day_a_reservation_still_holds(session: Session) -> None:
    number = submitted(session, ready(session), {NOTEBOOK: 2}, now=NOON)

    assert over_reservations(session, LAST_DAY) == ()
    assert lapse_reservation(session, number, LAST_DAY) is None
    assert lot_of(session, NOTEBOOK).reserved_quantity == 2


def test_after_it_the_order_is_cancelled_by_the_portal_and_its_room_is_free(
    session: Session,
) -> None:
    number = submitted(session, ready(session), {NOTEBOOK: 2}, now=NOON)

    assert over_reservations(session, OVER) == (number,)
    lapse_reservation(session, number, OVER)

    found = call_off(session, number, EVERY_MEMBER)
    assert found.state is State.CANCELLED
    move = found.history[-1]
    assert (move.side, move.by) == (Side.PORTAL, None)
    assert move.reason == (
        "Nicht innerhalb von 14 Tagen genehmigt: "
        "Die Reservierung ist verfallen, die Menge ist wieder frei."
    )
    lot = lot_of(session, NOTEBOOK)
    assert (lot.reserved_quantity, lot.reserved_value.cents) == (0, 0)
    assert check_ledger(session) == ()
    assert verify_chains(session).holds


def test_orderer_and_approver_hear_of_it_by_mail(session: Session) -> None:
    number = submitted(session, ready(session), {NOTEBOOK: 2}, now=NOON)

    lapse_reservation(session, number, OVER)

    assert mails(session, "verfallen") == ["freigabe@dessau-rosslau.example"]
    (mail,) = (one for one in all_mails(session) if one.subject == f"Abruf {number}")
    assert mail.recipient == "it@dessau-rosslau.example"
    assert "ist storniert. Nicht innerhalb von 14 Tagen genehmigt" in mail.body


def test_the_agreement_says_how_long_a_reservation_waits(session: Session) -> None:
    world = ready(session)
    world.framework.reservation_days = 3
    number = submitted(session, world, {NOTEBOOK: 1}, now=NOON)

    assert over_reservations(session, NOON + timedelta(days=3)) == ()
    assert over_reservations(session, NOON + timedelta(days=4)) == (number,)


def test_who_was_approved_meanwhile_does_not_lapse(session: Session) -> None:
    world = ready(session)
    number = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    approver = Actor(world.approver.id, world.dessau.id)
    approve_call_off(session, approver, number, EVERY_MEMBER, LAST_DAY)

    assert over_reservations(session, OVER) == ()
    assert lapse_reservation(session, number, OVER) is None
    assert call_off(session, number, EVERY_MEMBER).state is State.PLACED


def test_three_days_before_the_approver_is_reminded_once(session: Session) -> None:
    submitted(session, ready(session), {NOTEBOOK: 1}, now=NOON)

    assert remind_of_lapse(session, NOON + timedelta(days=10)) == 0
    assert remind_of_lapse(session, NOON + timedelta(days=11)) == 1
    assert remind_of_lapse(session, NOON + timedelta(days=12)) == 1

    assert mails(session, "verfällt bald") == ["freigabe@dessau-rosslau.example"]


def test_the_daily_job_lapses_each_order_in_its_own_transaction(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITU_DATA_DIR", str(tmp_path))  # where the day's anchor goes
    with database.sessions.begin() as session:
        world = ready(session)
        numbers = [
            submitted(session, world, {NOTEBOOK: 1}, now=NOON),
            submitted(session, world, {NOTEBOOK: 2}, of=world.magdeburg, now=NOON),
        ]
        plan_daily(session, DAILY, OVER)
        plan_daily(session, DAILY, OVER + timedelta(hours=1))

    carriers = Carriers(lambda _mail: None, JOBS)
    while deliver_next(database.sessions, carriers, OVER):
        pass

    with database.sessions() as session:
        states = [call_off(session, number, EVERY_MEMBER).state for number in numbers]
        assert states == [State.CANCELLED, State.CANCELLED]
        planned = select(OutboxMessage).where(OutboxMessage.name.in_(DAILY))
        assert len(session.scalars(planned).all()) == len(DAILY)
        assert session.scalars(select(OutboxMessage).where(OutboxMessage.attempts > 1)).all() == []


def test_pages_say_until_when_the_reservation_holds(portal: Portal) -> None:
    world = ready(portal.session)
    number = submitted(portal.session, world, {NOTEBOOK: 1}, now=NOON)

    order = portal.signed_in(world.it).get(f"/abrufe/{number}").text
    approvals = portal.signed_in(world.approver).get("/genehmigungen").text

    assert "Menge vorgemerkt bis 05.12.2026" in order
    assert "verfällt ohne Entscheidung nach dem 05.12.2026" in approvals


def test_the_page_of_a_lapsed_order_tells_what_happened(portal: Portal) -> None:
    world = ready(portal.session)
    number = submitted(portal.session, world, {NOTEBOOK: 1}, now=NOON)
    lapse_reservation(portal.session, number, OVER)

    page = portal.signed_in(world.it).get(f"/abrufe/{number}").text
    file = portal.signed_in(world.auditor).get(f"/pruefung/abrufe/{number}").text

    assert "Die Reservierung ist verfallen, die Menge ist wieder frei." in page
    assert "Die Reservierung ist verfallen" in file
