"""Everything that the page of one call-off shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.approvals.queries import verdicts
from app.approvals.record_verdict import Mandate
from app.approvals.records import Approval
from app.approvals.rules import Verdict
from app.approvals.rules_path import Path
from app.database.tenant import EVERY_MEMBER, Tenant
from app.eligibility.assess_case import Assessed
from app.eligibility.queries import stored_decision
from app.eligibility.records import EligibilityDecision
from app.eligibility.rules import RuleResult
from app.frameworks.records import Framework
from app.kernel.german import moment
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.asking import Asking
from app.members.queries import member_of
from app.members.records import Member
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.asking import sides
from app.ordering.attaching.attach_papers import papers_of
from app.ordering.attaching.records import CallOffPaper
from app.ordering.basket.kits import LineGroup, ordered_groups
from app.ordering.changing.seen import ChangeSeen, Looking, changes_seen
from app.ordering.changing.totals import totals_after
from app.ordering.comparing.comparison import Comparison
from app.ordering.comparing.queries import comparisons_of
from app.ordering.judge import judge_again
from app.ordering.market.market_of_order import market_of_order
from app.ordering.market.queries import Checked, latest_checks
from app.ordering.quoting.queries import positions_by_id
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import (
    FINAL,
    HOLDS_CALL_OFF,
    HOLDS_RESERVATION,
    Move,
    Side,
    State,
    held_until,
    open_moves,
)
from app.ordering.rules_funding import closed_words
from app.ordering.shares.rules_shares import Share
from app.ordering.shares.write_shares import shares_of
from app.ordering.signing.mandate import four_eyes_of, mandate_of
from app.ordering.signing.mutual import mutual_words
from app.ordering.signing.path_words import StepWords, path_words, role_words
from app.ordering.signing.steps_of_order import path_of_order
from app.ordering.signing.who_has_it import WhoHasIt, who_has_it
from app.ordering.trail_records import CallOffComment
from app.ordering.turns.suppliers_of_order import OrderSuppliers, suppliers_of_order

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
    free: Mapping[int, FreePosition]
    papers: Sequence[CallOffPaper]
    changes: tuple[ChangeSeen, ...]
    may_change: bool
    approval_steps: tuple[StepWords, ...]
    mutual: str

    @property
    def after_closing(self) -> str:
        """The warning where it was ordered after the member's closing day; empty otherwise."""
        stop, ordered = self.member.order_stop_date, legal_day(self.call_off.submitted_at)
        return closed_words(stop, self.call_off.budget_year, ordered)

    @property
    def market_lines(self) -> list[tuple[str, str, int]]:
        """What the market may be asked for: number, name and quantity."""
        lines = [line for line in self.call_off.lines if line.ordered and not line.is_free]
        return [(line.sku, line.name, line.ordered) for line in lines]

    @property
    def net_now(self) -> Money:
        """Without what is cancelled."""
        return totals_after(self.call_off).net

    @property
    def missing(self) -> tuple[RuleResult, ...]:
        """Of an order that waits for evidence: the rules that hold it up."""
        if self.call_off.state is not State.BLOCKED_EVIDENCE or not self.decisions:
            return ()
        return stored_decision(self.decisions[-1]).assessment.failed

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
    spoken = verdicts(session, found.member_id, found.number)
    path = path_of_order(session, found)
    people = {move.by for move in found.history} | {found.ordered_by}
    names = queries.labels(session, people | {one.decided_by for one in spoken})
    looking = Looking(asking.person_id, standing, member, now)
    changes = changes_seen(session, found, looking)
    if mandate is None:
        moves -= {Move.PLACE, Move.REJECT}
    return OrderPage(
        call_off=found,
        member=member,
        framework=framework,
        moves=moves,
        may_decide=mandate is not None,
        steps=_steps(found, _signed(spoken, path, names), who_has_it(session, member, found, now)),
        approval_steps=path_words(session, path),
        mutual=_mutual(session, found, asking, now) if mandate is not None else "",
        labels=names,
        decisions=queries.decisions(session, found),
        checks=queries.later_checks(session, found.id),
        may_recheck=found.state in RECHECKED and may_recheck(asking),
        verdicts=spoken,
        comments=queries.comments(session, found.id),
        overdue=is_overdue(found, now),
        held_until=reserved_until(found, framework),
        preview=_preview(session, member, found, mandate, now),
        suppliers=suppliers_of_order(session, found, framework),
        groups=ordered_groups(session, found),
        comparisons=comparisons_of(session, found.id),
        market=_market(session, found, now),
        shares=shares_of(session, found.id) if found.is_split else (),
        free=positions_by_id(session, [line.free_position_id for line in found.lines]),
        papers=papers_of(session, found.id),
        changes=changes,
        may_change=Side.ORDERER in standing
        and found.state in HOLDS_CALL_OFF
        and not any(seen.is_open for seen in changes),
    )


def _mutual(session: Session, found: CallOff, asking: Asking, now: datetime) -> str:
    return mutual_words(session, found.member_id, asking.person_id, found.ordered_by, now)


def _preview(
    session: Session, member: Member, found: CallOff, mandate: Mandate | None, now: datetime
) -> Assessed | None:
    """The check that placing would be based on, for whoever may place it."""
    if mandate is None:
        return None
    market = market_of_order(session, found, now)
    return judge_again(session, found, now, four_eyes_of(member, found, mandate), market)


def _market(session: Session, found: CallOff, now: datetime) -> Mapping[str, Checked]:
    """What the market said when the order was placed; until then, what it says today."""
    skus = [line.sku for line in found.lines]
    return latest_checks(session, Tenant(found.member_id), skus, found.placed_at or now)


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


def _steps(
    found: CallOff, signed: Sequence[tuple[datetime, Step]], here: WhoHasIt | None
) -> tuple[Step, ...]:
    bad = {State.REJECTED, State.CANCELLED, State.BLOCKED_EVIDENCE}
    moved = [
        (
            move.at,
            Step(
                "bad" if move.reached in bad else "done",
                _title(move.move, move.reached),
                move.reason,
                moment(move.at),
            ),
        )
        for move in found.history
    ]
    # What happened at the same moment: the signature comes before the move that it brings about.
    ordered = sorted((*moved[:1], *signed, *moved[1:]), key=lambda one: one[0])
    done = [step for _, step in ordered]
    if found.state in FINAL or found.state not in NEXT:
        return tuple(done)
    text = "" if here is None else f"Liegt bei: {here.who}. {here.usual}"
    return (*done, Step("now", NEXT[found.state], text, ""))


def _signed(
    spoken: Sequence[Approval], path: Path | None, names: Mapping[int, str]
) -> list[tuple[datetime, Step]]:
    """The signatures of a path, those of earlier versions too; a rejection is a move already."""
    return [
        (one.at, Step("done", role_words(one, path), names.get(one.decided_by, ""), moment(one.at)))
        for one in spoken
        if one.step_id is not None and one.verdict is Verdict.APPROVED
    ]


def _title(move: Move, reached: State) -> str:
    if move is Move.CANCEL and reached is State.DELIVERED:
        return "Rest storniert"
    if move is Move.CHANGE:
        return "Auftrag geändert"
    return STATE_TITLES.get(reached, reached.value)


def side_of(asking: Asking) -> Side:
    """On which side somebody writes a comment."""
    return Side.DESK if Side.DESK in sides(asking) else Side.ORDERER
