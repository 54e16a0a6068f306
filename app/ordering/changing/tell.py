"""Who hears of a step of a wish; written in the step's own transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.kernel.german import unit_price
from app.members.records import RoleAssignment
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.rules import Event
from app.ordering.changing.new_lines import lines_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import STATE_WORDS, words_of
from app.ordering.changing.steps_of_change import subject_number
from app.ordering.notify import ask_for_approval
from app.ordering.records import CallOff


def told_words(found: CallOff, change: CallOffChange) -> str:
    """`Notebook 14 Zoll: 10 → 12 Stück; Liefertermin: …`, as wished or as answered."""
    names = {line.sku: line.name for line in lines_of(found, change)}
    names |= {
        item.sku: f"{item.successor.name} als Nachfolger zu {unit_price(item.successor.unit_price)}"
        for item in change.items
        if item.successor is not None
    }
    said = (words_of(item.wish, names.get(item.sku, ""), item.said) for item in change.items)
    return "; ".join(words for words in said if words)


def tell_desk_of_change(
    session: Session, found: CallOff, change: CallOffChange, now: datetime
) -> None:
    """The desk has a wish to answer, or hears what became of a change."""
    desk = session.scalars(
        select(RoleAssignment.person_id)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(RoleAssignment.role == Role.DESK, Person.active)
    ).all()
    news = News(
        Event.DESK_CHANGE,
        title=f"Änderung zum Abruf {found.number}",
        text=f"{told_words(found, change)}\n\nGrund: {change.reason}\n"
        f"Stand: {STATE_WORDS[change.state]}",
        address=f"/abwicklung/{found.number}",
    )
    announce(session, news, desk, now, cause=_cause(news, found, change))


def tell_member_of_proposal(
    session: Session, found: CallOff, change: CallOffChange, now: datetime
) -> None:
    """The one who ordered is asked to agree or to decline."""
    what = (
        f"Die Abwicklung schlägt vor: {told_words(found, change)}\n\nGrund: {change.reason}\n\n"
        "Bitte stimmen Sie zu oder lehnen Sie ab. Bis dahin gilt der Abruf unverändert."
    )
    tell_asker(session, found, change, what, now)


def tell_asker(
    session: Session, found: CallOff, change: CallOffChange, what: str, now: datetime
) -> None:
    """The one who asked or agreed, and the one who ordered; `what` is a German sentence."""
    news = News(
        Event.ORDER_CHANGE,
        title=f"Änderung zum Abruf {found.number}",
        text=what,
        address=f"/abrufe/{found.number}#h-aenderungen",
    )
    people = {found.ordered_by}
    if not change.is_proposed or change.consented_by is not None:
        people.add(change.requested_by)
    announce(session, news, people, now, cause=_cause(news, found, change))


def ask_for_change_approval(
    session: Session, found: CallOff, change: CallOffChange, now: datetime
) -> None:
    """The worker finds out who may decide and sends each of them a link of their own."""
    ask_for_approval(session, subject_number(found, change), now, after=f"{len(change.steps)}")


def _cause(news: News, found: CallOff, change: CallOffChange) -> str:
    return f"change:{found.number}:{change.position}:{len(change.steps)}:{news.event.value}"
