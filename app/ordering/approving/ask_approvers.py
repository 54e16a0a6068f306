"""Asking those whose word an order or its change waits for: a mail each, with a one-time link."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.approvals.mint_link import LinkFor, mint_link
from app.database.tenant import EVERY_MEMBER
from app.kernel import german
from app.members.queries import member_of
from app.members.records import Member
from app.notices.announce import News, announce
from app.notices.rules import Event
from app.ordering.approving.over import Over, awaited_over_it, over_what
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import split_subject
from app.ordering.changing.tell import told_words
from app.ordering.changing.totals import totals_after
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import State

LINK: Final = "/freigabe/"
LINK_SAYS: Final = "Ohne Anmeldung ansehen und entscheiden"
LINK_HOLDS: Final = (
    "Dieser Link gilt sieben Tage, nur einmal und nur für Sie. Bitte leiten Sie ihn nicht weiter."
)


def ask_approvers(session: Session, subject: str, now: datetime) -> int:
    """`subject`: number of an order, with `/` and the position of its change where that waits.

    How many were asked; who holds a living link to the same version is not asked again.
    """
    number, position = split_subject(subject)
    found = call_off(session, number, EVERY_MEMBER)
    member = member_of(session, EVERY_MEMBER, found.member_id)
    over = over_what(session, member, found, position)
    if over.settled or (position is None and found.state is not State.IN_APPROVAL):
        return 0
    text = _text(session, member, found, over)
    title = f"Abruf {number} genehmigen"
    address = f"/abrufe/{number}"
    if over.change is not None:
        title, address = f"Änderung des Abrufs {number} genehmigen", f"{address}#h-aenderungen"
    asked = 0
    for decider, step_id in awaited_over_it(session, member, found, over, now):
        wanted = LinkFor(member.id, decider.person_id, subject, over.sha256, step_id)
        secret = mint_link(session, wanted, now)
        if secret is None:
            continue
        asked += 1
        links = ((LINK_SAYS, f"{LINK}{secret}"),)
        news = News(Event.APPROVAL_NEEDED, title, text, address, links, LINK_HOLDS)
        cause = f"approval:{subject}:{decider.person_id}:{now.isoformat()}"
        announce(session, news, [decider.person_id], now, cause=cause)
    return asked


def _text(session: Session, member: Member, found: CallOff, over: Over) -> str:
    net = " (netto)" if member.approval_limit_is_net else " brutto"
    value = f"{german.euro(over.value)}{net}"
    said = (
        _about_order(session, found, value)
        if over.change is None
        else _about_change(session, found, over.change, value)
    )
    if over.path is not None and len(over.path.steps) > 1:
        said.append(f"Freigaberegel „{over.path.rule_title}“: {over.path.progress}.")
    return "\n\n".join(said)


def _about_order(session: Session, found: CallOff, value: str) -> list[str]:
    orderer = session.get_one(Person, found.ordered_by)
    return [
        f"{orderer.label} bittet um Genehmigung von Abruf {found.number}.",
        f"Wert: {value}\nZweck: {found.purpose}\nProduktkonto: {found.product_account}",
    ]


def _about_change(session: Session, found: CallOff, change: CallOffChange, value: str) -> list[str]:
    asker = session.get_one(Person, change.requested_by)
    before = german.euro(totals_after(found).gross)
    after = german.euro(totals_after(found, change).gross)
    return [
        f"{asker.label} bittet um Genehmigung, den beauftragten Abruf {found.number} zu ändern.",
        f"{told_words(found, change)}\nGrund: {change.reason}",
        f"Wert des Abrufs danach: {value}\nBrutto: {before} → {after}",
    ]
