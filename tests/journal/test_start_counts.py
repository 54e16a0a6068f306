"""What waits is counted where everybody sees it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.outbox.records import OutboxMessage
from tests.support.clock import NOON
from tests.support.orders import placed, ready
from tests.support.world import MONITOR


def test_the_desk_sees_what_it_has_to_confirm(session: Session, portal: Any) -> None:
    world = ready(session)
    for _ in range(3):
        placed(session, world, {MONITOR: 1})

    page = portal.signed_in(world.desk).page("/")

    assert '<span class="pill">3<span class="kern-sr-only"> warten</span></span>' in page
    assert '<span class="price">3</span> zu bestätigen' in page


def test_the_administrator_sees_what_could_not_be_sent(session: Session, portal: Any) -> None:
    world = ready(session)
    placed(session, world, {MONITOR: 1})
    dead = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
    assert dead is not None
    dead.dead_at = NOON

    page = portal.signed_in(world.admin).page("/")

    assert '<span class="price">1</span> gescheiterte Nachricht<' in page
    assert 'href="/verwaltung/versand?fach=gescheitert"' in page


def test_the_council_reads_last_months_report_at_the_start(session: Session, portal: Any) -> None:
    world = ready(session)

    page = portal.signed_in(world.council).page("/")

    assert "Einsparbericht Oktober 2026" in page
    assert "gemessene Zeitersparnis" in page
    assert "Einsparbericht öffnen" not in page
