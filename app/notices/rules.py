"""What people are told of, what they may choose, and when a mail may leave: pure rules."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from app.kernel.legal_day import BERLIN, start_of_day
from app.members.rules import Role

HOURS: Final = range(24)


class Event(StrEnum):
    """What happened; each has a line in `EVENTS`."""

    APPROVAL_NEEDED = "approval_needed"
    APPROVAL_LAPSES = "approval_lapses"
    ORDER_MOVED = "order_moved"
    ORDER_MESSAGE = "order_message"
    ORDER_CHANGE = "order_change"
    DELIVERY = "delivery"
    INVOICE = "invoice"
    BASKET = "basket"
    BUDGET = "budget"
    DEMAND = "demand"
    DESK_ORDER = "desk_order"
    DESK_MESSAGE = "desk_message"
    DESK_CHANGE = "desk_change"
    CEILING = "ceiling"
    SUPPLY = "supply"
    EVIDENCE_WAITS = "evidence_waits"
    EVIDENCE_EXPIRES = "evidence_expires"
    ERASURE = "erasure"


class MailWay(StrEnum):
    """How an event reaches a person by mail."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


MAIL_WORDS: Final = {
    MailWay.AT_ONCE: "sofort",
    MailWay.DAILY: "einmal am Tag",
    MailWay.NEVER: "keine",
}


@dataclass(frozen=True, slots=True)
class About:
    """An event as the settings page names it: for whom, and how it is told unless chosen otherwise.

    `duty` belongs to the office that a person holds: it can be neither switched off nor put off to
    the daily mail.
    """

    title: str
    roles: frozenset[Role]
    mail: MailWay = MailWay.AT_ONCE
    duty: bool = False


def _for(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


EVENTS: Final[dict[Event, About]] = {
    Event.APPROVAL_NEEDED: About("Ein Abruf wartet auf Ihre Genehmigung", _for(Role.APPROVER)),
    Event.APPROVAL_LAPSES: About(
        "Eine Reservierung verfällt bald oder ist verfallen", _for(Role.APPROVER)
    ),
    Event.ORDER_MOVED: About("Ihr Abruf kommt einen Schritt weiter", _for(Role.ORDERER)),
    Event.ORDER_MESSAGE: About("Nachricht der Abwicklung zu Ihrem Abruf", _for(Role.ORDERER)),
    Event.ORDER_CHANGE: About(
        "Antwort oder Vorschlag der Abwicklung zu einer Änderung", _for(Role.ORDERER)
    ),
    Event.DELIVERY: About("Eine Lieferung ist unterwegs", _for(Role.ORDERER)),
    Event.INVOICE: About("Eine Rechnung liegt vor", _for(Role.ORDERER, Role.MEMBER_ADMIN)),
    Event.BASKET: About("Jemand übergibt Ihnen einen Warenkorb", _for(Role.ORDERER)),
    Event.BUDGET: About(
        "Ein Budget wird knapp", _for(Role.APPROVER, Role.MEMBER_ADMIN), MailWay.DAILY
    ),
    Event.DEMAND: About("Bedarfsrunden und Ihre Bedarfe", _for(Role.ORDERER)),
    Event.DESK_ORDER: About("Ein neuer Abruf wartet auf Bestätigung", _for(Role.DESK)),
    Event.DESK_MESSAGE: About("Nachricht eines Mitglieds zu einem Abruf", _for(Role.DESK)),
    Event.DESK_CHANGE: About("Ein Mitglied wünscht eine Änderung oder antwortet", _for(Role.DESK)),
    Event.CEILING: About("Ein Höchstwert wird knapp", _for(Role.CONTRACTS, Role.DESK)),
    Event.SUPPLY: About(
        "Rückmeldungen und Lieferanten von Rahmenverträgen", _for(Role.CONTRACTS, Role.DESK)
    ),
    Event.EVIDENCE_WAITS: About(
        "Ein Nachweis wartet auf die zweite Person", _for(Role.LEGAL, Role.DESK)
    ),
    Event.EVIDENCE_EXPIRES: About("Ein Nachweis läuft ab oder fehlt", _for(Role.LEGAL), duty=True),
    Event.ERASURE: About(
        "Eine Löschliste wartet auf Sie oder ist entschieden", _for(Role.ADMIN, Role.LEGAL)
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """How one person wants to hear of one event."""

    in_portal: bool
    mail: MailWay


@dataclass(frozen=True, slots=True)
class Times:
    """Whole hours in Germany: when no mail leaves, and when the daily one does.

    The same hour twice means that there are no quiet hours.
    """

    quiet_from: int = 20
    quiet_to: int = 6
    digest_at: int = 7


def default_choice(event: Event) -> Choice:
    return Choice(in_portal=True, mail=EVENTS[event].mail)


def effective(event: Event, chosen: Choice | None) -> Choice:
    """What counts: a duty is told at once, whatever was chosen."""
    if EVENTS[event].duty or chosen is None:
        return default_choice(event)
    return chosen


def events_for(roles: frozenset[Role]) -> tuple[Event, ...]:
    """Those that can concern somebody with these roles, in the order of the table."""
    return tuple(event for event, about in EVENTS.items() if about.roles & roles)


def may_leave(now: datetime, times: Times) -> datetime:
    """`now`, or the end of the quiet hours in which `now` lies."""
    local = now.astimezone(BERLIN)
    begin, end = times.quiet_from, times.quiet_to
    if begin == end:
        return now
    over_night = begin > end
    quiet = local.hour >= begin or local.hour < end if over_night else begin <= local.hour < end
    if not quiet:
        return now
    tomorrow = over_night and local.hour >= begin
    return _at(local, end, days=1 if tomorrow else 0)


def next_digest(now: datetime, times: Times) -> datetime:
    """When the daily mail leaves that takes up what happens now."""
    local = now.astimezone(BERLIN)
    return _at(local, times.digest_at, days=0 if local.hour < times.digest_at else 1)


def _at(local: datetime, hour: int, days: int) -> datetime:
    day = local.date() + timedelta(days=days)
    if hour == 0:
        return start_of_day(day)
    return datetime.combine(day, time(hour), BERLIN).astimezone(start_of_day(day).tzinfo)
