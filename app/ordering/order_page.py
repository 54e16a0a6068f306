"""Everything that the page of one call-off shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.approvals.queries import verdicts
from app.approvals.records import Approval
from app.database.tenant import EVERY_MEMBER, Tenant
from app.eligibility.assess_case import Assessed
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Framework
from app.kernel.german import moment
from app.kernel.legal_day import legal_day
from app.members.asking import Asking
from app.members.queries import member_of
from app.members.records import Member
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.asking import sides
from app.ordering.attaching.attach_papers import papers_of
from app.ordering.attaching.records import CallOffPaper
from app.ordering.basket_kits import LineGroup, ordered_groups
from app.ordering.comparing.comparison import Comparison
from app.ordering.comparing.queries import comparisons_of
from app.ordering.judge import judge_again
from app.ordering.mandate import four_eyes_of, mandate_of
from app.ordering.market.queries import Checked, latest_checks
from app.ordering.market_of_order import market_of_order
from app.ordering.records import CallOff, CallOffComment, CallOffLine
from app.ordering.rules import FINAL, HOLDS_RESERVATION, Move, Side, State, held_until, open_moves
from app.ordering.shares.rules_shares import Share
from app.ordering.shares.write_shares import shares_of
from app.ordering.suppliers_of_order import OrderSuppliers, suppliers_of_order

STATE_TITLES = {
    State.IN_APPROVAL: "Eingereicht",
    State.BLOCKED_EVIDENCE: "Eingereicht, Nachweis fehlt",
    State.APPROVED: "Genehmigt, Prüfung steht aus",
    State.PLACED: "Genehmigt und beauftragt",
    State.CONFIRMED: "Von der Abwicklung bestätigt",
    State.PARTIALLY_DELIVERED: "Teilweise geliefert",
    State.DELIVERED: "Vollständig geliefert",
    State.INVOICED: "Abgerechnet",
    State.COMPLETED: "Abgeschlossen",
    State.REJECTED: "Abgelehnt",
    State.CANCELLED: "Storniert",
}
NEXT = {
    State.IN_APPROVAL: "Genehmigung durch eine zweite Person",
    State.BLOCKED_EVIDENCE: "Nachweis ergänzen, danach erneut einreichen",
    State.APPROVED: "Erneute Inhouse-Prüfung bei der Genehmigung",
    State.PLACED: "Bestätigung durch die Abwicklung",
    State.CONFIRMED: "Lieferung",
    State.PARTIALLY_DELIVERED: "Restlieferung",
    State.DELIVERED: "Rechnung durch die Abwicklung",
    State.INVOICED: "Wareneingang und Rechnung prüfen, dann abschließen",
}


# What may still go wrong: an order that was refused, withdrawn or closed is not judged again.
RECHECKED = frozenset(State) - FINAL - {State.DRAFT}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the time line."""

    state: str
    title: str
    text: str
    moment: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """What the page shows; `moves` are the buttons of the one who looks at it."""

    call_off: CallOff
    member: Member
    framework: Framework
    moves: frozenset[Move]
    may_decide: bool
    steps: tuple[Step, ...]
    labels: dict[int, str]
    decisions: Sequence[EligibilityDecision]
    checks: tuple[queries.LaterCheck, ...]
    may_recheck: bool
    verdicts: Sequence[Approval]
    comments: Sequence[CallOffComment]
    overdue: bool
    held_until: date | None
    preview: Assessed | None
    suppliers: OrderSuppliers
    groups: tuple[LineGroup[CallOffLine], ...]
    comparisons: tuple[Comparison, ...]
    market: Mapping[str, Checked]
    shares: tuple[Share, ...]
    papers: Sequence[CallOffPaper]

    @property
    def market_lines(self) -> list[tuple[str, str, int]]:
        """What the market may be asked for: number, name and quantity."""
        return [(line.sku, line.name, line.quantity) for line in self.call_off.lines]

    @property
    def is_placed(self) -> bool:
        return self.call_off.placed_at is not None


def order_page(session: Session, found: CallOff, asking: Asking, now: datetime) -> OrderPage:
    """Reads only; the approver also sees the check that placing would be based on."""
    member = member_of(session, EVERY_MEMBER, found.member_id)
    standing = sides(asking)
    moves = frozenset(open_moves(found.state, standing))
    decidable = Move.PLACE in moves
    mandate = mandate_of(session, member, found, asking.person_id, now) if decidable else None
    framework = session.get_one(Framework, found.framework_id)
    people = {move.by for move in found.history} | {found.ordered_by}
    if mandate is None:
        moves -= {Move.PLACE, Move.REJECT}
    return OrderPage(
        call_off=found,
        member=member,
        framework=framework,
        moves=moves,
        may_decide=mandate is not None,
        steps=_steps(found),
        labels=queries.labels(session, people),
        decisions=queries.decisions(session, found),
        checks=queries.later_checks(session, found.id),
        may_recheck=found.state in RECHECKED and may_recheck(asking),
        verdicts=verdicts(session, found.member_id, found.number),
        comments=queries.comments(session, found.id),
        overdue=is_overdue(found, now),
        held_until=reserved_until(found, framework),
        preview=None
        if mandate is None
        else judge_again(
            session,
            found,
            now,
            four_eyes_of(member, found, mandate),
            market_of_order(session, found, now),
        ),
        suppliers=suppliers_of_order(session, found, framework),
        groups=ordered_groups(session, found),
        comparisons=comparisons_of(session, found.id),
        market=latest_checks(
            session,
            Tenant(found.member_id),
            [line.sku for line in found.lines],
            found.placed_at or now,
        ),
        shares=shares_of(session, found.id) if found.is_split else (),
        papers=papers_of(session, found.id),
    )


def may_recheck(asking: Asking) -> bool:
    """Who keeps the evidence, and who delivers, may have an order judged again."""
    return asking.may(Scope.EVIDENCE_WRITE) or asking.may(Scope.DELIVERIES_WRITE)


def reserved_until(found: CallOff, framework: Framework) -> date | None:
    """The last day of an order's reservation; None where it holds none."""
    if found.state not in HOLDS_RESERVATION:
        return None
    return held_until(legal_day(found.submitted_at), framework.reservation_days)


def is_overdue(found: CallOff, now: datetime) -> bool:
    """The promised day is over and pieces are still missing."""
    waiting = {State.PLACED, State.CONFIRMED, State.PARTIALLY_DELIVERED}
    due = found.promised_date
    return found.state in waiting and due is not None and due < legal_day(now)


def _steps(found: CallOff) -> tuple[Step, ...]:
    bad = {State.REJECTED, State.CANCELLED, State.BLOCKED_EVIDENCE}
    done = [
        Step(
            "bad" if move.reached in bad else "done",
            _title(move.move, move.reached),
            move.reason,
            moment(move.at),
        )
        for move in found.history
    ]
    if found.state in FINAL or found.state not in NEXT:
        return tuple(done)
    return (*done, Step("now", NEXT[found.state], "", ""))


def _title(move: Move, reached: State) -> str:
    if move is Move.CANCEL and reached is State.DELIVERED:
        return "Rest storniert"
    return STATE_TITLES.get(reached, reached.value)


def side_of(asking: Asking) -> Side:
    """On which side somebody writes a comment."""
    return Side.DESK if Side.DESK in sides(asking) else Side.ORDERER
