"""Demand rounds with their answers: a member sees its own, the cooperative's people see all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.accounts.records import Person
from app.catalog.records import Category
from app.database.tenant import Tenant
from app.demand.records import DemandRound, Need, RoundAnswer
from app.demand.round_use import RoundUse, round_use
from app.demand.rules import NeedState, RoundState, collects
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.members.records import Member, Membership, RoleAssignment
from app.members.rules import Role

RUNNING: Final = (RoundState.COLLECTING, RoundState.REVIEWING)


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """A member's answer with the member's name."""

    answer: RoundAnswer
    member: str


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A round and the answers that the reader may see; the sums are over these."""

    round: DemandRound
    category: str
    framework: str
    answers: tuple[AnswerSeen, ...]
    planned_needs: int
    planned_pieces: int
    use: RoundUse

    @property
    def requested(self) -> int:
        return sum(one.answer.requested for one in self.answers)

    @property
    def approved(self) -> int:
        return sum(one.answer.approved or 0 for one in self.answers)

    @property
    def undecided(self) -> int:
        return sum(one.answer.approved is None for one in self.answers)

    @property
    def ordered_unasked(self) -> int:
        """Pieces that members called off without having answered the round."""
        answered = {one.answer.member_id for one in self.answers}
        return sum(many for member, many in self.use.by_member.items() if member not in answered)

    def open_on(self, today: date) -> bool:
        return collects(self.round.state, self.round.deadline, today)


def rounds_seen(session: Session, tenant: Tenant) -> tuple[RoundSeen, ...]:
    """Those that run first, by their deadline; then the others, the latest first."""
    found = session.scalars(select(DemandRound).order_by(DemandRound.id.desc())).all()
    running = sorted((one for one in found if one.state in RUNNING), key=lambda one: one.deadline)
    others = [one for one in found if one.state not in RUNNING]
    return tuple(_seen(session, tenant, one) for one in (*running, *others))


def round_seen(session: Session, tenant: Tenant, round_id: int) -> RoundSeen:
    """NotFound where there is no such round."""
    return _seen(session, tenant, round_of(session, round_id))


def round_of(session: Session, round_id: int, *, lock: bool = False) -> DemandRound:
    query = select(DemandRound).where(DemandRound.id == round_id)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("Diese Bedarfsrunde gibt es nicht.")
    return found


def running_rounds(session: Session) -> list[tuple[int, str]]:
    """For a list to choose from."""
    rows = session.execute(
        select(DemandRound.id, DemandRound.title)
        .where(DemandRound.state.in_(RUNNING))
        .order_by(DemandRound.deadline)
    )
    return [(round_id, title) for round_id, title in rows]


def answer_of(session: Session, round_id: int, member_id: int) -> RoundAnswer | None:
    return session.scalar(
        select(RoundAnswer).where(
            RoundAnswer.round_id == round_id, RoundAnswer.member_id == member_id
        )
    )


def orderers(session: Session, today: date, *, unanswered: int | None = None) -> Sequence[int]:
    """Those who order for a member of today; with a round, only where it waits."""
    answered = select(RoundAnswer.member_id).where(RoundAnswer.round_id == unanswered)
    waits = (RoleAssignment.member_id.not_in(answered),) if unanswered is not None else ()
    return session.scalars(
        select(Person.id)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .join(Membership, Membership.member_id == RoleAssignment.member_id)
        .where(
            Person.active,
            RoleAssignment.role == Role.ORDERER,
            *_valid(RoleAssignment.valid_from, RoleAssignment.valid_to, today),
            *_valid(Membership.effective_from, Membership.effective_to, today),
            *waits,
        )
        .distinct()
        .order_by(Person.id)
    ).all()


def _valid(
    begins: InstrumentedAttribute[Any], ends: InstrumentedAttribute[Any], today: date
) -> tuple[ColumnElement[bool], ...]:
    return or_(begins.is_(None), begins <= today), or_(ends.is_(None), ends >= today)


def _seen(session: Session, tenant: Tenant, found: DemandRound) -> RoundSeen:
    rows = session.execute(
        select(RoundAnswer, Member.name)
        .join(Member, Member.id == RoundAnswer.member_id)
        .where(RoundAnswer.round_id == found.id, tenant.owns(RoundAnswer.member_id))
        .order_by(Member.name)
    )
    needs, pieces = session.execute(
        select(func.count(), func.coalesce(func.sum(Need.quantity), 0)).where(
            Need.round_id == found.id,
            Need.state != NeedState.DECLINED,
            tenant.owns(Need.member_id),
        )
    ).one()
    category = session.get(Category, found.category_id) if found.category_id else None
    framework = session.get(Framework, found.framework_id) if found.framework_id else None
    return RoundSeen(
        round=found,
        category=category.name if category else "",
        framework=framework.number if framework else "",
        answers=tuple(AnswerSeen(answer, member) for answer, member in rows),
        planned_needs=int(needs),
        planned_pieces=int(pieces),
        use=round_use(session, tenant, found),
    )
