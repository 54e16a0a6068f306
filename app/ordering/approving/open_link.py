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
from app.ordering.approving.over import Over, mandate_over_it, over_what
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import split_subject
from app.ordering.queries import call_off, lock_call_off
from app.ordering.records import CallOff

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
    change: CallOffChange | None = None
    """Set where it is not the order itself that is decided over."""

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
    number, position = split_subject(link.subject)
    read = lock_call_off if lock else call_off
    found = read(session, number, Tenant(link.member_id))
    if lock:
        session.refresh(link)  # another use may have had the lock before
    member = member_of(session, Tenant(link.member_id), link.member_id)
    over = over_what(session, member, found, position)
    if (dead := _dead(link, found, over, now)) is not None:
        return dead
    person = session.get_one(Person, link.person_id)
    mandate = None
    if person.active:
        mandate = mandate_over_it(session, member, found, over, person.id, now)
    if mandate is None or mandate.step_id != link.step_id:
        what = "diesen Abruf" if over.change is None else "diese Änderung"
        text = f"Über {what} entscheiden Sie nicht mehr: Eine andere Person ist am Zug."
        return DeadLink("not_yours", text, found.number)
    above = table_of_member(session, member.id).password_above
    return LivingLink(
        link,
        person,
        member,
        found,
        mandate,
        over.path,
        needs_password=over.value > above,
        change=over.change,
    )


def _dead(link: ApprovalLink, found: CallOff, over: Over, now: datetime) -> DeadLink | None:
    if link.used_at is not None:
        text = f"Sie haben diesen Link am {moment(link.used_at)} schon benutzt. Er gilt nur einmal."
        return DeadLink("used", text, found.number)
    if over.settled:
        return DeadLink("decided", over.settled, found.number)
    if link.expires_at <= now:
        text = f"Dieser Link galt bis {moment(link.expires_at)}."
        return DeadLink("expired", text, found.number)
    if link.subject_sha256 != over.sha256:
        text = (
            "Der Abruf wurde geändert, seit diese E-Mail verschickt wurde. "
            "Über die neue Fassung bekommen Sie einen neuen Link."
        )
        return DeadLink("changed", text, found.number)
    return None
