"""Asking those whose word an order waits for: each gets a mail with a one-time link."""

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
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.steps_of_order import path_of_order
from app.ordering.version import value_of, version_sha256
from app.ordering.who_decides import who_decides

LINK: Final = "/freigabe/"
LINK_SAYS: Final = (
    "Ansehen und entscheiden, ohne Anmeldung (gilt sieben Tage, nur einmal und nur für Sie; "
    "bitte nicht weiterleiten)"
)


def ask_approvers(session: Session, number: str, now: datetime) -> int:
    """How many were asked; who holds a living link to the same version is not asked again."""
    found = call_off(session, number, EVERY_MEMBER)
    if found.state is not State.IN_APPROVAL:
        return 0
    member = member_of(session, EVERY_MEMBER, found.member_id)
    sha256 = version_sha256(session, found)
    text = _text(session, member, found)
    asked = 0
    for decider, step_id in who_decides(session, member, found, now):
        wanted = LinkFor(member.id, decider.person_id, number, sha256, step_id)
        secret = mint_link(session, wanted, now)
        if secret is None:
            continue
        asked += 1
        news = News(
            Event.APPROVAL_NEEDED,
            f"Abruf {number} genehmigen",
            text,
            f"/abrufe/{number}",
            ((LINK_SAYS, f"{LINK}{secret}"),),
        )
        cause = f"approval:{number}:{decider.person_id}:{now.isoformat()}"
        announce(session, news, [decider.person_id], now, cause=cause)
    return asked


def _text(session: Session, member: Member, found: CallOff) -> str:
    orderer = session.get_one(Person, found.ordered_by)
    path = path_of_order(session, found)
    net = " (netto)" if member.approval_limit_is_net else " brutto"
    value = f"{german.euro(value_of(member, found))}{net}"
    said = [
        f"{orderer.label} bittet um Genehmigung von Abruf {found.number}.",
        f"Wert: {value}\nZweck: {found.purpose}\nProduktkonto: {found.product_account}",
    ]
    if path is not None and len(path.steps) > 1:
        said.append(f"Freigaberegel „{path.rule_title}“: {path.progress}.")
    return "\n\n".join(said)
