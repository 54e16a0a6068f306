"""Everything that the desk sees about one call-off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Framework
from app.fulfilment import queries
from app.fulfilment.queries import Sent
from app.fulfilment.records import SerialCorrection
from app.fulfilment.rules import MAY_BE_DELIVERED, overdue
from app.fulfilment.supplier_orders.queries import orders_with
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.attaching.attach_papers import papers_of
from app.ordering.attaching.records import CallOffPaper
from app.ordering.changing.seen import ChangeSeen, Looking, changes_seen
from app.ordering.changing.totals import totals_after
from app.ordering.queries import LaterCheck, call_off, comments, decisions, labels, later_checks
from app.ordering.quoting.queries import positions_by_id
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_CALL_OFF, Move, Side, State, open_moves
from app.ordering.shares.rules_shares import Share
from app.ordering.shares.write_shares import shares_of
from app.ordering.trail_records import CallOffComment
from app.ordering.turns.suppliers_of_order import suppliers_of_order


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One call-off with its member, contract, deliveries and messages."""

    call_off: CallOff
    member: Member
    framework: Framework
    decisions: Sequence[EligibilityDecision]
    checks: tuple[LaterCheck, ...]
    deliveries: tuple[Sent, ...]
    corrections: Sequence[SerialCorrection]
    comments: Sequence[CallOffComment]
    labels: dict[int, str]
    moves: tuple[Move, ...]
    supplier: str
    supplier_orders: Sequence[str]
    overdue: bool
    shares: tuple[Share, ...]
    papers: Sequence[CallOffPaper]
    changes: tuple[ChangeSeen, ...]
    free: Mapping[int, FreePosition]

    @property
    def net_now(self) -> Money:
        """Without what is cancelled."""
        return totals_after(self.call_off).net

    @property
    def may_propose(self) -> bool:
        """A change, as long as something is to come and no other change is open."""
        open_already = any(seen.is_open for seen in self.changes)
        return self.call_off.state in HOLDS_CALL_OFF and not open_already

    @property
    def may_deliver(self) -> bool:
        return self.call_off.state in MAY_BE_DELIVERED

    @property
    def may_invoice(self) -> bool:
        """Something is delivered and not everything is invoiced; invoicing has the last word."""
        return self.call_off.state in {State.PARTIALLY_DELIVERED, State.DELIVERED}

    @property
    def ordered(self) -> int:
        return sum(line.quantity - line.cancelled for line in self.call_off.lines)

    @property
    def delivered(self) -> int:
        return sum(line.delivered for line in self.call_off.lines)


def desk_page(session: Session, number: str, now: datetime, desk_id: int) -> DeskPage:
    """NotFound where there is no such call-off; the desk works for all members."""
    found = call_off(session, number, EVERY_MEMBER)
    written = comments(session, found.id)
    people = {found.ordered_by, *(move.by for move in found.history), *(one.by for one in written)}
    framework = session.get_one(Framework, found.framework_id)
    member = session.get_one(Member, found.member_id)
    looking = Looking(desk_id, frozenset({Side.DESK}), member, now)
    return DeskPage(
        call_off=found,
        member=member,
        framework=framework,
        decisions=decisions(session, found),
        checks=later_checks(session, found.id),
        deliveries=queries.deliveries(session, found),
        corrections=queries.corrections(session, found.id),
        comments=written,
        labels=labels(session, people),
        moves=open_moves(found.state, frozenset({Side.DESK})),
        supplier=suppliers_of_order(session, found, framework).names,
        supplier_orders=orders_with(session, found),
        overdue=overdue(found.state, found.promised_date, legal_day(now)),
        shares=shares_of(session, found.id) if found.is_split else (),
        papers=papers_of(session, found.id),
        changes=changes_seen(session, found, looking),
        free=positions_by_id(session, [line.free_position_id for line in found.lines]),
    )
