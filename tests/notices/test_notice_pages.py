"""The bell, the list and the choice, in the browser."""

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.records import Notice, NoticeChoice, NoticeTimes
from app.notices.rules import Event, MailWay, events_for
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.portal import SQLITE
from tests.support.told import told
from tests.support.world import World

HERE, CHOICES = "/mitteilungen", "/konto/mitteilungen"


def receives(session: Session, world: World, many: int) -> None:
    for number in range(many):
        news = News(Event.ORDER_MOVED, f"Abruf <K-{number}>", "bestätigt", f"/abrufe/K-{number}")
        announce(session, news, [world.it.id, world.approver.id], NOON, cause=f"moved:{number}")
    told(session)
    session.commit()


def unread(session: Session, person_id: int) -> int:
    rows = session.scalars(
        select(Notice.id).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    ).all()
    session.commit()
    return len(rows)


def test_the_bell_counts_and_the_list_is_read_page_by_page(
    portal: Portal, session: Session, world: World
) -> None:
    receives(session, world, 27)
    browser = portal.signed_in(world.it)

    first, second = browser.page(HERE), browser.page(f"{HERE}?page=2")
    assert "27<span" in first
    assert "Abruf &lt;K-26&gt;" in first
    assert "Abruf &lt;K-1&gt;" in second
    (latest,) = session.scalars(
        select(Notice).where(Notice.person_id == world.it.id, Notice.cause == "moved:26")
    )
    session.commit()

    opened = browser.post(f"{HERE}/{latest.id}/oeffnen")
    assert opened.headers["location"] == "/abrufe/K-26"
    browser.post(f"{HERE}/{latest.id - 2}/gelesen", {"zurueck": "//boese.example"})
    assert unread(session, world.it.id) == 25
    assert "Abruf &lt;K-26&gt;" not in browser.page(f"{HERE}?ungelesen=1")
    browser.post(f"{HERE}/gelesen", {"bis": str(latest.id)})

    assert unread(session, world.it.id) == 0
    assert unread(session, world.approver.id) == 27
    assert "Alles gelesen" in browser.page(f"{HERE}?ungelesen=1")


def test_the_bell_costs_no_statement_while_nothing_came(
    portal: Portal, session: Session, world: World
) -> None:
    receives(session, world, 1)
    browser = portal.signed_in(world.it)
    browser.page("/katalog")
    asked: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = portal.app.state.looking
    event.listen(engine, "before_cursor_execute", note)
    page = browser.page("/katalog")
    event.remove(engine, "before_cursor_execute", note)

    assert "1<span" in page
    assert asked
    assert not [one for one in asked if "notice" in one]


def test_what_is_chosen_is_kept_and_a_duty_is_not_offered(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.legal)
    page = browser.page(CHOICES)
    assert "gehört zu Ihrer Aufgabe" in page
    assert 'name="mail_evidence_expires"' not in page

    wish = {"mail_evidence_waits": "daily", "mail_evidence_expires": "never"}
    wish |= {"portal_erasure": "1", "mail_erasure": "at_once"}
    hours = {"ruhe_von": "18", "ruhe_bis": "8", "tagesmail": "9"}
    answer = browser.post(CHOICES, wish | hours)

    assert answer.headers["location"] == f"{CHOICES}?gespeichert=1"
    (row,) = session.scalars(select(NoticeChoice))
    assert (row.person_id, row.event) == (world.legal.id, Event.EVIDENCE_WAITS)
    assert (row.in_portal, row.mail) == (False, MailWay.DAILY)
    (times,) = session.scalars(select(NoticeTimes))
    assert (times.quiet_from, times.quiet_to, times.digest_at) == (18, 8, 9)


@SQLITE
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mail_order_moved": "immer"}, "Bitte wählen Sie aus der Liste"),
        ({"ruhe_von": "24"}, "Bitte wählen Sie eine volle Stunde."),
        ({"tagesmail": "<b>"}, "Bitte wählen Sie eine volle Stunde."),
    ],
)
def test_a_wrong_choice_is_explained_and_changes_nothing(
    portal: Portal, session: Session, world: World, change: dict[str, str], sentence: str
) -> None:
    browser = portal.signed_in(world.it)
    good = {f"mail_{one}": "never" for one in events_for(frozenset({Role.ORDERER}))}
    good |= {"ruhe_von": "20", "ruhe_bis": "6", "tagesmail": "7"}

    answer = browser.post(CHOICES, good | change)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalars(select(NoticeChoice)).all() == []
