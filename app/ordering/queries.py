"""Named reads of call-offs; whose rows may be seen is an argument that cannot be left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from app.accounts.records import Person
from app.database.tenant import Tenant
from app.eligibility.records import EligibilityDecision
from app.eligibility.rules import PHASE_WORDS, Outcome
from app.frameworks.records import Framework, Lot
from app.kernel.errors import NotFound
from app.kernel.month import Month
from app.members.records import Member
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import RUNNING, State
from app.ordering.trail_records import CallOffCheck, CallOffComment

PAGE = 25
NOT_FOUND = "Diesen Abruf gibt es nicht."
SORTS = {
    "neu": (CallOff.submitted_at.desc(), CallOff.id.desc()),
    "alt": (CallOff.submitted_at, CallOff.id),
    "wert": (CallOff.net.desc(), CallOff.id),
    "stand": (CallOff.state, CallOff.id.desc()),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which call-offs a list shows."""

    states: tuple[State, ...] = ()
    month: Month | None = None
    text: str = ""
    sort: str = "neu"
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListedCallOff:
    """One row of a list."""

    call_off: CallOff
    member_name: str
    framework_title: str
    content: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, and how many rows there are in all."""

    rows: tuple[ListedCallOff, ...]
    total: int
    page: int
    pages: int


def call_off(session: Session, number: str, tenant: Tenant) -> CallOff:
    """With lines and history. NotFound for another member's, and for another unit's."""
    return _one(session, _by_number(number, tenant))


def lock_call_off(session: Session, number: str, tenant: Tenant) -> CallOff:
    """The same for a writer: nobody else moves it until this transaction ends."""
    return _one(session, _by_number(number, tenant).with_for_update(of=CallOff))


def _by_number(number: str, tenant: Tenant) -> Select[CallOff]:
    return (
        select(CallOff)
        .where(CallOff.number == number, tenant.reaches(CallOff.member_id, CallOff.unit_id))
        .options(selectinload(CallOff.lines), selectinload(CallOff.history))
        .execution_options(populate_existing=True)
    )


def of_orders(
    member: InstrumentedAttribute[int], call_off_id: InstrumentedAttribute[int], tenant: Tenant
) -> ColumnElement[bool]:
    """The condition for rows that follow from orders: deliveries, invoices."""
    owned = tenant.owns(member)
    if tenant.units is None:
        return owned
    own = select(CallOff.id).where(CallOff.unit_id.in_(tenant.units))
    return and_(owned, call_off_id.in_(own))


def _one(session: Session, wanted: Select[CallOff]) -> CallOff:
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def listing(session: Session, wish: Wish, tenant: Tenant, size: int = PAGE) -> Listing:
    """Call-offs by filter, search text and order, one page."""
    conditions = _conditions(wish, tenant)
    total = session.scalar(
        select(func.count(CallOff.id))
        .join(Member, Member.id == CallOff.member_id)
        .where(*conditions)
    )
    pages = max(1, -(-(total or 0) // size))
    page = min(max(1, wish.page), pages)
    rows = session.execute(
        select(CallOff, Member.name, Framework.title)
        .join(Member, Member.id == CallOff.member_id)
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(*conditions)
        .options(selectinload(CallOff.lines))
        .order_by(*SORTS.get(wish.sort, SORTS["neu"]))
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    listed = tuple(ListedCallOff(row[0], row[1], row[2], content_of(row[0])) for row in rows)
    return Listing(listed, total or 0, page, pages)


def everything(session: Session, wish: Wish, tenant: Tenant) -> tuple[ListedCallOff, ...]:
    """All rows of a filter, for an export."""
    return listing(session, wish, tenant, size=50_000).rows


def content_of(found: CallOff) -> str:
    """`8 × Notebook …, 2 weitere`: what a row says about the lines."""
    if not found.lines:
        return ""
    first = f"{found.lines[0].quantity} × {found.lines[0].name}"
    others = len(found.lines) - 1
    return first if not others else f"{first} und {others} weitere"


def _conditions(wish: Wish, tenant: Tenant) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [tenant.reaches(CallOff.member_id, CallOff.unit_id)]
    if wish.states:
        conditions.append(CallOff.state.in_(wish.states))
    if wish.month:
        conditions += [
            CallOff.submitted_at >= wish.month.begins,
            CallOff.submitted_at < wish.month.ends,
        ]
    if text := wish.text.strip():
        like = f"%{_escaped(text)}%"
        in_lines = select(CallOffLine.call_off_id).where(
            or_(CallOffLine.name.ilike(like, escape="\\"), CallOffLine.sku.ilike(like, escape="\\"))
        )
        conditions.append(
            or_(
                CallOff.number.ilike(like, escape="\\"),
                CallOff.purpose.ilike(like, escape="\\"),
                Member.name.ilike(like, escape="\\"),
                CallOff.id.in_(in_lines),
            )
        )
    return conditions


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def state_counts(session: Session, tenant: Tenant) -> dict[State, int]:
    found = session.execute(
        select(CallOff.state, func.count(CallOff.id))
        .where(tenant.reaches(CallOff.member_id, CallOff.unit_id))
        .group_by(CallOff.state)
    ).all()
    return {state: count for state, count in found}  # noqa: C416 - rows are not plain tuples


def waiting(session: Session, member_id: int) -> Sequence[CallOff]:
    """What waits for an approver of this member, the oldest first."""
    return session.scalars(
        select(CallOff)
        .where(
            CallOff.member_id == member_id,
            CallOff.state.in_((State.IN_APPROVAL, State.APPROVED)),
        )
        .options(selectinload(CallOff.lines))
        .order_by(CallOff.submitted_at, CallOff.id)
    ).all()


def running(session: Session, tenant: Tenant, most: int = 5) -> Sequence[CallOff]:
    """What is under way, the newest first."""
    return session.scalars(
        select(CallOff)
        .where(tenant.reaches(CallOff.member_id, CallOff.unit_id), CallOff.state.in_(RUNNING))
        .options(selectinload(CallOff.lines))
        .order_by(CallOff.submitted_at.desc(), CallOff.id.desc())
        .limit(most)
    ).all()


def latest(session: Session, tenant: Tenant, person_id: int, most: int = 1) -> Sequence[CallOff]:
    """The person's own last orders that were not refused: what the next one is prefilled from."""
    return session.scalars(
        select(CallOff)
        .where(
            tenant.reaches(CallOff.member_id, CallOff.unit_id),
            CallOff.ordered_by == person_id,
            CallOff.state.not_in((State.REJECTED, State.CANCELLED)),
        )
        .options(selectinload(CallOff.lines))
        .order_by(CallOff.submitted_at.desc(), CallOff.id.desc())
        .limit(most)
    ).all()


def comments(session: Session, call_off_id: int) -> Sequence[CallOffComment]:
    return session.scalars(
        select(CallOffComment)
        .where(CallOffComment.call_off_id == call_off_id)
        .order_by(CallOffComment.id)
    ).all()


def labels(session: Session, person_ids: set[int | None]) -> dict[int, str]:
    """What is shown instead of names."""
    wanted = [person_id for person_id in person_ids if person_id is not None]
    found = session.execute(select(Person.id, Person.label).where(Person.id.in_(wanted))).all()
    return {person_id: label for person_id, label in found}  # noqa: C416 - rows


def decisions(session: Session, found: CallOff) -> Sequence[EligibilityDecision]:
    """The decisions at submission and placement, in this order."""
    ids = [found.submission_decision_id, found.placement_decision_id]
    return session.scalars(
        select(EligibilityDecision)
        .where(EligibilityDecision.id.in_([one for one in ids if one is not None]))
        .order_by(EligibilityDecision.id)
    ).all()


@dataclass(frozen=True, slots=True)
class LaterCheck:
    """A decision made after placement, or because somebody asked: it warns, it changes nothing."""

    phase: str
    on: date
    at: datetime
    public_id: str
    outcome: Outcome

    @property
    def warns(self) -> bool:
        return self.outcome not in {Outcome.ELIGIBLE, Outcome.ELIGIBLE_WITH_CONDITION}


def later_checks(session: Session, call_off_id: int) -> tuple[LaterCheck, ...]:
    """Of one call-off, the first first; the caller has checked whose it is."""
    rows = session.execute(
        select(
            CallOffCheck.phase,
            CallOffCheck.on,
            CallOffCheck.at,
            EligibilityDecision.public_id,
            EligibilityDecision.outcome,
        )
        .join(EligibilityDecision, EligibilityDecision.id == CallOffCheck.decision_id)
        .where(CallOffCheck.call_off_id == call_off_id)
        .order_by(CallOffCheck.id)
    )
    return tuple(
        LaterCheck(PHASE_WORDS[phase], on, at, public_id, Outcome(outcome))
        for phase, on, at, public_id, outcome in rows
    )


def check_decisions(session: Session, call_off_id: int) -> Sequence[EligibilityDecision]:
    """The whole decisions behind `later_checks`, in the same order."""
    return session.scalars(
        select(EligibilityDecision)
        .join(CallOffCheck, CallOffCheck.decision_id == EligibilityDecision.id)
        .where(CallOffCheck.call_off_id == call_off_id)
        .order_by(CallOffCheck.id)
    ).all()


def lots_of(session: Session, lot_ids: set[int]) -> Sequence[Lot]:
    return session.scalars(
        select(Lot)
        .where(Lot.id.in_(lot_ids))
        .order_by(Lot.id)
        .execution_options(populate_existing=True)
    ).all()
