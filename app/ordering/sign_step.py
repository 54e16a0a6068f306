"""One signature of several: what is put on record, and who is asked next."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.record_verdict import Mandate
from app.audit.append import Happening, append, member_stream
from app.members.records import Member
from app.ordering.notify import ask_for_approval
from app.ordering.records import CallOff
from app.ordering.steps_of_order import path_of_order
from app.ordering.wanted import Actor


def is_not_last(session: Session, found: CallOff, mandate: Mandate) -> bool:
    """Whether other signatures are open beside this one."""
    if mandate.step_id is None:
        return False
    path = path_of_order(session, found)
    return path is not None and not path.is_last(mandate.step_id)


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
