"""One signature of several: what is put on record, and who is asked next."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.record_verdict import Mandate
from app.audit.append import Happening, append, member_stream
from app.members.records import Member
from app.ordering.notify import ask_for_approval
from app.ordering.records import CallOff
from app.ordering.signing.steps_of_order import path_of_order, renew_steps
from app.ordering.wanted import Actor


def is_not_last(session: Session, found: CallOff, mandate: Mandate) -> bool:
    """Whether other signatures are open beside this one."""
    if mandate.step_id is None:
        return False
    path = path_of_order(session, found)
    return path is not None and not path.is_last(mandate.step_id)


def renew(session: Session, member: Member, found: CallOff, now: datetime) -> None:
    """Where the order was changed since, earlier signatures are void and all are asked again."""
    if renew_steps(session, member, found, now):
        ask_for_approval(session, found.number, now, after="renewed")


def record_step(
    session: Session, member: Member, found: CallOff, actor: Actor, now: datetime
) -> str:
    """After the verdict: the member's chain, and those whose turn it is now; says how far it is."""
    path = path_of_order(session, found)
    words = "" if path is None else path.progress
    ask_for_approval(session, found.number, now, after=words)
    said: dict[str, object] = {"progress": words}
    happening = Happening("call_off.step_approved", found.number, actor.name, said)
    append(session, member_stream(member.key), now, happening)
    return words
