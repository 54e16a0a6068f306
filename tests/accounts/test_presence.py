"""The measurement of work: gaps between a person's own requests, idle time cut, counted once."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.claim_active_seconds import claim_active_seconds
from app.accounts.records import LoginSession
from app.members.records import Member
from tests.support.portal import Portal
from tests.support.world import PASSWORD, World

IT = "it@dessau-rosslau.example"


def state(session: Session) -> tuple[int, int]:
    """Active seconds, and seconds since the last write seen from the portal's start."""
    row = session.scalars(select(LoginSession)).one()
    session.refresh(row)
    found = row.active_seconds, int((row.last_seen_at - row.created_at).total_seconds())
    session.commit()
    return found


def test_gaps_add_up_and_a_break_counts_sixty_seconds(portal: Portal, session: Session) -> None:
    browser = portal.signed_in(IT, PASSWORD)

    for gap in (30, 45, 20 * 60, 15):
        portal.clock.wait(seconds=gap)
        browser.page("/konto")

    assert state(session)[0] == 30 + 45 + 60 + 15


def test_quick_requests_are_not_lost_though_they_write_nothing(
    portal: Portal, session: Session
) -> None:
    browser = portal.signed_in(IT, PASSWORD)

    seen = []
    for _ in range(4):
        portal.clock.wait(seconds=4)
        browser.page("/konto")
        seen.append(state(session))

    assert seen == [(0, 0), (0, 0), (12, 12), (12, 12)]


def test_without_the_works_agreement_nothing_is_measured(
    portal: Portal, session: Session, world: World
) -> None:
    off = {"time_measurement_enabled": False}
    session.execute(update(Member).where(Member.id == world.dessau.id).values(off))
    browser = portal.signed_in(IT, PASSWORD)

    seen = []
    for gap in (30, 29, 1):
        portal.clock.wait(seconds=gap)
        browser.page("/konto")
        seen.append(state(session))

    assert seen == [(0, 0), (0, 0), (0, 60)]


def test_what_an_order_claims_is_claimed_once(portal: Portal, session: Session) -> None:
    browser = portal.signed_in(IT, PASSWORD)
    portal.clock.wait(seconds=50)
    browser.page("/konto")
    number = session.scalars(select(LoginSession.id)).one()
    portal.clock.wait(seconds=20)

    assert claim_active_seconds(session, number, portal.clock.now) == 70
    assert claim_active_seconds(session, number, portal.clock.now) == 0
    assert claim_active_seconds(session, 4711, portal.clock.now) == 0
