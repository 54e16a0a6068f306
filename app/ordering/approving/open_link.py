"""What a one-time link leads to; a dead one says why, and where the order stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.bearer import digest
from app.accounts.records import Person
from app.approvals.record_verdict import Mandate
from app.approvals.records import ApprovalLink
from app.approvals.rules_path import Path
from app.approvals.table_queries import table_of_member
from app.database.tenant import Tenant
from app.kernel.german import moment
from app.members.queries import member_of
from app.members.records import Member
from app.ordering.mandate import mandate_of
from app.ordering.queries import call_off, lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_RESERVATION, STATE_WORDS
from app.ordering.steps_of_order import path_of_order
from app.ordering.version import value_of, version_sha256

UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class LivingLink:
    """The link may be used: by whom, over what, and whether the password is asked for."""

    link: ApprovalLink
    person: Person
    member: Member
    call_off: CallOff
    mandate: Mandate
    path: Path | None
    needs_password: bool

    @property
    def places(self) -> bool:
        """Whether this signature is the last one, so that the order becomes binding."""
        step = self.mandate.step_id
        return self.path is None or step is None or self.path.is_last(step)


@dataclass(frozen=True, slots=True)
class DeadLink:
    """Why it may not be used; `number` only where the holder of the link may know it."""

    code: str
    text: str
    number: str | None = None


def open_link(
    session: Session, token: str, now: datetime, *, lock: bool = False
) -> LivingLink | DeadLink:
    """Reads only. With `lock` the order stays as it is until the transaction ends."""
    link = session.scalar(
        select(ApprovalLink)
        .where(ApprovalLink.token_sha256 == digest(token))
        .execution_options(populate_existing=True)
    )
    if link is None:
        return DeadLink(UNKNOWN, "Diesen Link gibt es nicht. Vielleicht ist er unvollständig.")
    read = lock_call_off if lock else call_off
    found = read(session, link.subject, Tenant(link.member_id))
    if (dead := _dead(session, link, found, now)) is not None:
        return dead
    member = member_of(session, Tenant(link.member_id), link.member_id)
    person = session.get_one(Person, link.person_id)
    mandate = mandate_of(session, member, found, person.id, now) if person.active else None
    if mandate is None or mandate.step_id != link.step_id:
        text = "Über diesen Abruf entscheiden Sie nicht mehr: Eine andere Person ist am Zug."
        return DeadLink("not_yours", text, found.number)
    above = table_of_member(session, member.id).password_above
    return LivingLink(
        link,
        person,
        member,
        found,
        mandate,
        path_of_order(session, found),
        needs_password=value_of(member, found) > above,
    )


def _dead(session: Session, link: ApprovalLink, found: CallOff, now: datetime) -> DeadLink | None:
    if link.used_at is not None:
        text = f"Sie haben diesen Link am {moment(link.used_at)} schon benutzt. Er gilt nur einmal."
        return DeadLink("used", text, found.number)
    if found.state not in HOLDS_RESERVATION:
        text = f"Über diesen Abruf ist schon entschieden. Er ist jetzt: {STATE_WORDS[found.state]}."
        return DeadLink("decided", text, found.number)
    if link.expires_at <= now:
        text = f"Dieser Link galt bis {moment(link.expires_at)}."
        return DeadLink("expired", text, found.number)
    if link.subject_sha256 != version_sha256(session, found):
        text = (
            "Der Abruf wurde geändert, seit diese E-Mail verschickt wurde. "
            "Über die neue Fassung bekommen Sie einen neuen Link."
        )
        return DeadLink("changed", text, found.number)
    return None
