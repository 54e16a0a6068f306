"""A mistyped membership is put right by two persons; what was known before stays to be seen."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.audit.verify import verify_chains
from app.eligibility.case_queries import every_member, member_facts, register_on
from app.eligibility.correcting.ask_correction import CorrectionWish, ask_correction, period_of
from app.eligibility.correcting.decide_correction import decide_correction
from app.eligibility.correcting.records import CorrectionVerdict
from app.eligibility.evidence.approve_evidence import Word
from app.kernel.errors import Conflict, DomainError, Malformed, NotAllowed
from app.members.membership.record_period import Period, record_period
from app.members.membership.register import register_on as member_register_on
from app.members.queries import memberships
from app.members.records import Membership, MembershipPast
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON
from tests.support.portal import SQLITE
from tests.support.world import World, settled

KEY = "15001000"
HERE = f"/verwaltung/mitglieder/{KEY}/berichtigungen"
LATER = NOON + timedelta(days=3)
TODAY = NOON.date()


@pytest.fixture
def world(session: Session) -> World:
    return settled(session)


def held(session: Session, world: World) -> Membership:
    (period,) = memberships(session, world.dessau.id)
    return period


def begins(period: Membership, first: date) -> Period:
    said = period_of(period)
    return Period(
        said.resolved_on, first, said.effective_to, said.notice_received_on, said.share_paid_on
    )


def ids(*people: Person) -> list[int]:
    return [person.id for person in people]


def test_a_mistyped_day_is_put_right_and_both_are_known_at_their_time(
    session: Session, world: World
) -> None:
    keeper, lawyer = ids(world.contracts, world.legal)
    period = held(session, world)
    wrong, right = period.effective_from, TODAY + timedelta(days=2)
    wish = CorrectionWish(period.id, begins(period, right), "Zahlendreher im Beschluss")

    asked = ask_correction(session, KEY, wish, keeper, NOON)
    assert held(session, world).effective_from == wrong
    decide_correction(session, KEY, asked.id, Word(approved=True), (lawyer, LATER))

    assert held(session, world).effective_from == right
    (past,) = session.scalars(select(MembershipPast)).all()
    assert (past.effective_from, past.known_until) == (wrong, LATER)
    facts = [member_facts(session, world.dessau.id, TODAY, known) for known in (None, NOON, LATER)]
    assert [one.membership.effective_from for one in facts if one.membership] == [
        right,
        wrong,
        right,
    ]
    counted = [register_on(session, TODAY, known).count for known in (NOON, LATER, None)]
    assert counted == [counted[0], counted[0] - 1, counted[0] - 1]
    listed = [
        KEY in {row.key for row in member_register_on(session, TODAY, known).rows}
        for known in (TODAY, None)
    ]
    assert listed == [True, False]
    assert verify_chains(session).holds


def test_an_entry_that_was_a_mistake_counts_no_more_but_stays_known(
    session: Session, world: World
) -> None:
    keeper, lawyer = ids(world.contracts, world.legal)
    wish = CorrectionWish(held(session, world).id, None, "verwechselt mit dem Landkreis")

    asked = ask_correction(session, KEY, wish, keeper, NOON)
    decide_correction(session, KEY, asked.id, Word(approved=True), (lawyer, LATER))

    assert memberships(session, world.dessau.id) == []
    assert member_facts(session, world.dessau.id, TODAY).membership is None
    assert member_facts(session, world.dessau.id, TODAY, NOON).membership is not None
    known = {member.key for member in every_member(session, TODAY, NOON)}
    assert KEY in known
    assert KEY not in {member.key for member in every_member(session, TODAY)}


def _by_the_same_person(session: Session, world: World) -> None:
    keeper = world.contracts.id
    period = held(session, world)
    wish = CorrectionWish(period.id, None, "Versehen")
    asked = ask_correction(session, KEY, wish, keeper, NOON)
    decide_correction(session, KEY, asked.id, Word(approved=True), (keeper, LATER))


def _after_the_period_changed(session: Session, world: World) -> None:
    keeper, lawyer = ids(world.contracts, world.legal)
    period = held(session, world)
    asked = ask_correction(session, KEY, CorrectionWish(period.id, None, "Falsch"), keeper, NOON)
    between = NOON + timedelta(days=1)
    record_period(session, KEY, period_of(period), "person:1", between, of=period.id)
    decide_correction(session, KEY, asked.id, Word(approved=True), (lawyer, LATER))


def _twice_at_once(session: Session, world: World) -> None:
    wish = CorrectionWish(held(session, world).id, None, "Versehen")
    for _each in range(2):
        ask_correction(session, KEY, wish, world.contracts.id, NOON)


def _without_a_reason(session: Session, world: World) -> None:
    ask_correction(
        session, KEY, CorrectionWish(held(session, world).id, None, ""), world.contracts.id, NOON
    )


def _without_a_change(session: Session, world: World) -> None:
    period = held(session, world)
    wish = CorrectionWish(period.id, period_of(period), "Versehen")
    ask_correction(session, KEY, wish, world.contracts.id, NOON)


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (_by_the_same_person, NotAllowed),
        (_after_the_period_changed, Conflict),
        (_twice_at_once, Conflict),
        (_without_a_reason, Malformed),
        (_without_a_change, Malformed),
    ],
)
@SQLITE
def test_what_cannot_be_corrected_changes_nothing(
    session: Session, world: World, attempt: object, error: type[DomainError]
) -> None:
    before = period_of(held(session, world))

    with pytest.raises(error):
        attempt(session, world)  # type: ignore[operator]

    session.expire_all()
    assert period_of(held(session, world)) == before


def test_two_people_correct_a_membership_on_the_page(
    portal: Any, session: Session, world: World
) -> None:
    keeper, lawyer = portal.signed_in(world.contracts), portal.signed_in(world.legal)
    period = held(session, world)
    typed = {"of": str(period.id), "effective_from": "2025-01-01", "grund": "Zahlendreher"}

    nothing = keeper.post(HERE, typed | {"grund": ""})
    assert nothing.status_code == 422
    assert "was falsch ist" in nothing.text
    long = keeper.post(HERE, typed | {"grund": "y" * 501})
    assert (long.status_code, "y" * 501 in long.text) == (422, True)
    assert "Bitte höchstens 500 Zeichen." in long.text
    assert keeper.post(HERE, typed).status_code == 303
    told = session.scalars(select(OutboxMessage.body)).all()
    assert [one for one in told if "Berichtigung der Mitgliedschaft" in one]
    assert "zustimmen muss jemand anderes" in keeper.page(HERE)
    page = lawyer.page(HERE)
    assert "Zahlendreher" in page
    assert "01.01.2025" in page
    (number,) = {int(part.split('"')[0]) for part in page.split(f"{HERE}/")[1:]}
    refusal = lawyer.post(f"{HERE}/{number}", {"urteil": "ablehnen"})
    long = lawyer.post(f"{HERE}/{number}", {"urteil": "ablehnen", "ablehnung": "z" * 501})
    assert (long.status_code, "z" * 501 in long.text) == (422, True)
    assert "Bitte höchstens 500 Zeichen." in long.text
    assert refusal.status_code == 422
    assert lawyer.post(f"{HERE}/{number}", {"urteil": "zustimmen"}).status_code == 303

    session.expire_all()
    assert held(session, world).effective_from == date(2025, 1, 1)
    assert session.scalars(select(CorrectionVerdict.approved)).all() == [True]
    assert "Was vorher auf Akte stand" in lawyer.page(HERE)
