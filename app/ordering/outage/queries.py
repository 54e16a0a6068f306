"""Which forms a member has, and what was entered from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import NotFound
from app.members.records import Member
from app.ordering.outage.records import OutageFormBlock
from app.ordering.records import CallOff

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Entered:
    """A call-off that was on paper first."""

    call_off: CallOff
    member_name: str


def blocks(session: Session, tenant: Tenant) -> Sequence[OutageFormBlock]:
    """The latest first."""
    return session.scalars(
        select(OutageFormBlock)
        .where(tenant.owns(OutageFormBlock.member_id))
        .order_by(OutageFormBlock.id.desc())
    ).all()


def block(session: Session, tenant: Tenant, block_id: int) -> OutageFormBlock:
    """NotFound for another member's."""
    found = session.scalar(
        select(OutageFormBlock).where(
            OutageFormBlock.id == block_id, tenant.owns(OutageFormBlock.member_id)
        )
    )
    if found is None:
        raise NotFound("Diese Formulare gibt es nicht.")
    return found


def lock_block(session: Session, member_id: int, number: int) -> OutageFormBlock | None:
    """The block with this number; who enters a form of it waits for whoever does so already."""
    return session.scalar(
        select(OutageFormBlock)
        .where(
            OutageFormBlock.member_id == member_id,
            OutageFormBlock.first <= number,
            OutageFormBlock.last >= number,
        )
        .with_for_update()
    )


def entered_as(session: Session, tenant: Tenant, form: str) -> str | None:
    """The number of the call-off that this form became."""
    return session.scalar(
        select(CallOff.number).where(CallOff.outage_form == form, tenant.owns(CallOff.member_id))
    )


def entered(session: Session, tenant: Tenant) -> list[Entered]:
    """What was entered later, the latest first."""
    rows = session.execute(
        select(CallOff, Member.name)
        .join(Member, Member.id == CallOff.member_id)
        .where(CallOff.outage_form.is_not(None), tenant.reaches(CallOff.member_id, CallOff.unit_id))
        .order_by(CallOff.entered_at.desc(), CallOff.id.desc())
        .limit(SHOWN)
    )
    return [Entered(call_off, name) for call_off, name in rows]
