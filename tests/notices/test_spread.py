"""From an announcement to the bell and the mailbox: once, as chosen, and never for nothing."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.jobs import JOBS
from app.notices.announce import News, announce
from app.notices.choose import choose
from app.notices.mark_read import mark_read
from app.notices.queries import notices, unread_count
from app.notices.records import Notice
from app.notices.rules import Choice, Event, MailWay, Times
from app.outbox.deliver import Carriers, deliver_next
from app.outbox.post import mail_carrier
from app.outbox.records import OutboxMessage
from tests.outbox.conftest import Mailbox
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.told import mails, told
from tests.support.world import World

NIGHT = NOON + timedelta(hours=10)
NEWS = News(Event.DELIVERY, "Lieferung zu K-1", "2 Notebooks sind da.", "/abrufe/K-1")


def tell(session: Session, *people: int, cause: str = "delivery:1", news: News = NEWS) -> None:
    announce(session, news, people, NOON, cause=cause)


def wants(session: Session, person_id: int, mail: MailWay, *, portal: bool = True) -> None:
    choose(session, person_id, {Event.DELIVERY: Choice(portal, mail)}, Times())


def test_many_are_told_by_one_row_and_each_once(session: Session, world: World) -> None:
    people = (world.it.id, world.approver.id, world.it.id)
    tell(session, *people)
    tell(session, *people)

    assert len(session.scalars(select(OutboxMessage)).all()) == 1
    told(session)
    (message,) = session.scalars(select(OutboxMessage).where(OutboxMessage.name == "announce"))
    message.done_at = None  # as after a worker that died before it noted the end
    sent = mails(session)

    assert [mail.recipient for mail in sent] == [world.it.mail, world.approver.mail]
    assert sent[0].subject == "Lieferung zu K-1"
    assert "Im Portal öffnen: https://portal.example/abrufe/K-1\n" in sent[0].body
    assert unread_count(session, world.it.id) == 1


def test_a_rolled_back_order_tells_nobody(session: Session, world: World) -> None:
    person = world.it.id
    session.commit()
    tell(session, person)
    session.rollback()

    assert mails(session) == []
    assert session.scalars(select(Notice)).all() == []


def test_each_hears_as_chosen(session: Session, world: World) -> None:
    wants(session, world.it.id, MailWay.NEVER)
    wants(session, world.approver.id, MailWay.AT_ONCE, portal=False)
    world.council.active = False
    tell(session, world.it.id, world.approver.id, world.council.id)

    assert [mail.recipient for mail in mails(session)] == [world.approver.mail]
    assert notices(session, world.it.id, 1)[0] == 1
    assert notices(session, world.approver.id, 1) == (0, [])
    assert session.scalar(select(Notice).where(Notice.person_id == world.council.id)) is None


def test_at_night_the_mail_waits_but_the_portal_does_not(session: Session, world: World) -> None:
    tell(session, world.it.id)

    (mail,) = mails(session, NIGHT)

    assert mail.due_at == NOON + timedelta(hours=18)  # 6 o'clock in Germany
    assert unread_count(session, world.it.id) == 1


def test_a_one_time_link_stands_in_the_mail_only(session: Session, world: World) -> None:
    links, note = (("Genehmigen", "/freigabe/geheim"),), "Gilt einmal."
    title, text, address = "Abruf K-1 genehmigen", "1 Euro", "/genehmigungen"
    news = News(Event.APPROVAL_NEEDED, title, text, address, links, note)
    tell(session, world.approver.id, news=news)

    (mail,) = mails(session)

    assert "Genehmigen: https://portal.example/freigabe/geheim\nGilt einmal.\n" in mail.body
    (row,) = session.scalars(select(Notice))
    assert (row.title, row.text, row.address) == (title, text, address)


def test_the_daily_mail_takes_up_what_is_unread_and_comes_once(
    database: Database, session: Session, world: World, mailbox: Mailbox
) -> None:
    wants(session, world.it.id, MailWay.DAILY)
    for number in range(3):
        tell(session, world.it.id, cause=f"delivery:{number}")
    session.commit()
    carriers = Carriers(mail_carrier(mailbox.url, "portal@kitu.example"), JOBS)

    while deliver_next(database.sessions, carriers, NOON):
        pass
    assert mailbox.mails == []
    read = session.scalars(select(Notice).order_by(Notice.id)).first()
    assert read is not None
    mark_read(session, world.it.id, read.id, NOON)
    session.commit()
    for _ in range(2):
        while deliver_next(database.sessions, carriers, NOON + timedelta(hours=19)):
            pass

    (mail,) = mailbox.mails
    assert (mail["To"], mail["Subject"]) == (world.it.mail, "Ihre Mitteilungen vom 22.11.2026 (2)")
    assert mail.get_content_type() == "multipart/alternative"
