"""A call-off as the API gives it: just taken, or as it stands."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.budgets.api_models import given_charge
from app.database.tenant import EVERY_MEMBER
from app.frameworks.records import Framework
from app.members.asking import Asking
from app.members.queries import member_of
from app.ordering.asking import sides
from app.ordering.charging.effects_of import order_budgets
from app.ordering.models.call_off import (
    CallOffGiven,
    DecisionGiven,
    DeliveringSupplier,
    LineGiven,
    MoveGiven,
    Totals,
)
from app.ordering.models.change import change_given
from app.ordering.models.progress import signature_given
from app.ordering.models.shares import given_shares
from app.ordering.price_lines import PricedLine, suppliers_of
from app.ordering.queries import decisions
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import Move, Side, open_moves, public_name
from app.ordering.shares.rules_shares import Share
from app.ordering.shares.write_shares import shares_of
from app.ordering.showing.progress import Progress, progress_of
from app.ordering.signing.mandate import mandate_of
from app.ordering.submission import Submitted
from app.ordering.trail_records import CallOffMove
from app.ordering.turns.suppliers_of_order import suppliers_of_order


def given_at_submission(
    submitted: Submitted, moves: tuple[Move, ...], framework: str
) -> CallOffGiven:
    """The same of an order just taken, from what submitting it has at hand: nothing is read."""
    attempt, recorded = submitted.attempt, submitted.recorded
    wanted = attempt.wanted
    return CallOffGiven(
        number=submitted.number,
        state=submitted.state.value,
        version=1,
        member=attempt.member.key,
        framework=framework,
        purpose=wanted.purpose,
        product_account=wanted.product_account,
        cost_centre=wanted.cost_centre,
        budget_year=wanted.budget_year,
        funding_source=wanted.funding_source,
        earmarked_until=wanted.earmarked_until,
        coverage_circle=wanted.funding.coverage_circle,
        financing_type=wanted.funding.financing,
        financing_note=wanted.funding.note,
        submitted_at=attempt.at,
        outage_form=None,
        entered_at=None,
        placed_at=None,
        requested_date=wanted.requested_date,
        promised_date=attempt.promised,
        offline_minutes=wanted.offline_minutes,
        conflict_free=wanted.conflict_free or None,
        lines=[_ordered_line(line, wanted.shares) for line in attempt.lines],
        suppliers=[
            DeliveringSupplier(lot=one.lot_number, name=one.choice.supplier.name, reason=one.reason)
            for one in suppliers_of(attempt.lines)
        ],
        totals=Totals(
            net=attempt.net.text, vat=attempt.vat.text, gross=(attempt.net + attempt.vat).text
        ),
        budgets=[given_charge(one) for one in submitted.charges],
        eligibility=DecisionGiven(
            outcome=recorded.outcome, decision_id=recorded.public_id, sha256=recorded.sha256
        ),
        approvals=None,
        changes=[],
        open_moves=[public_name(move) for move in moves],
        history=[_first_move(submitted)],
        links=_links(submitted.number, None),
    )


def _first_move(submitted: Submitted) -> MoveGiven:
    attempt = submitted.attempt
    return MoveGiven(
        move=public_name(attempt.move),
        state=submitted.state.value,
        at=attempt.now,
        side=Side.ORDERER.value,
        reason="",
    )


def _move(move: CallOffMove) -> MoveGiven:
    return MoveGiven(
        move=public_name(move.move),
        state=move.reached.value,
        at=move.at,
        side=move.side.value,
        reason=move.reason,
    )


def _suppliers(session: Session, found: CallOff, framework: Framework) -> list[DeliveringSupplier]:
    known = suppliers_of_order(session, found, framework)
    return [
        DeliveringSupplier(
            lot=known.lot_numbers[lot_id], name=seen.supplier.name, reason=seen.award.reason
        )
        for lot_id, seen in sorted(known.awards.items())
    ]


def _line(line: CallOffLine, shares: tuple[Share, ...]) -> LineGiven:
    return LineGiven(
        sku=line.sku,
        name=line.name,
        quantity=line.quantity,
        delivered=line.delivered,
        cancelled=line.cancelled,
        unit_price_net=line.unit_price.text,
        net=line.net.text,
        charge=line.charge,
        rate_net=line.rate.text if line.rate else None,
        term=line.term,
        shares=given_shares(shares, line.sku),
        free=line.is_free,
    )


def _ordered_line(line: PricedLine, shares: tuple[Share, ...]) -> LineGiven:
    return LineGiven(
        sku=line.article.sku,
        name=line.article.name,
        quantity=line.quantity,
        delivered=0,
        cancelled=0,
        unit_price_net=line.unit_price.text if line.unit_price else "",
        net=line.net.text,
        charge=line.article.charging.charge,
        rate_net=line.article.rate.text if line.article.rate else None,
        term=line.article.term,
        shares=given_shares(shares, line.article.sku),
        free=line.quoted is not None,
    )


def _links(number: str, memo_sha256: str | None) -> dict[str, str]:
    here = f"/api/v1/call-offs/{number}"
    links = {"self": here, "page": f"/abrufe/{number}", "decision": f"{here}/decision.json"}
    if memo_sha256 is not None:
        links |= {"memo": f"{here}/memo.pdf", "file": f"{here}/file.zip"}
    return links


def given_to(session: Session, asking: Asking, found: CallOff, now: datetime) -> CallOffGiven:
    """The call-off as it stands, with the moves that this asker may make now."""
    return _given(session, asking, found, progress_of(session, [found], now)[found.id], now)


def all_given_to(
    session: Session, asking: Asking, orders: Sequence[CallOff], now: datetime
) -> list[CallOffGiven]:
    """The same for a list."""
    progress = progress_of(session, orders, now)
    return [_given(session, asking, one, progress[one.id], now) for one in orders]


def _given(
    session: Session, asking: Asking, found: CallOff, progress: Progress, now: datetime
) -> CallOffGiven:
    member = member_of(session, EVERY_MEMBER, found.member_id)
    moves = open_moves(found.state, sides(asking))
    if Move.PLACE in moves and mandate_of(session, member, found, asking.person_id, now) is None:
        moves = tuple(one for one in moves if one not in {Move.PLACE, Move.REJECT})
    decision = decisions(session, found)[-1]
    shares = shares_of(session, found.id) if found.is_split else ()
    budgets = order_budgets(session, found) if asking.member else ()
    framework = session.get_one(Framework, found.framework_id)
    return CallOffGiven(
        number=found.number,
        state=found.state.value,
        version=found.version,
        member=member.key,
        framework=framework.number,
        purpose=found.purpose,
        product_account=found.product_account,
        cost_centre=found.cost_centre,
        budget_year=found.budget_year,
        funding_source=found.funding_source,
        earmarked_until=found.earmarked_until,
        coverage_circle=found.coverage_circle,
        financing_type=found.financing_type,
        financing_note=found.financing_note,
        submitted_at=found.submitted_at,
        outage_form=found.outage_form,
        entered_at=found.entered_at,
        placed_at=found.placed_at,
        requested_date=found.requested_date,
        promised_date=found.promised_date,
        offline_minutes=found.offline_minutes,
        conflict_free=found.conflict_free,
        lines=[_line(line, shares) for line in found.lines],
        suppliers=_suppliers(session, found, framework),
        totals=Totals(net=found.net.text, vat=found.vat.text, gross=found.gross.text),
        budgets=[given_charge(one) for one in budgets],
        eligibility=DecisionGiven(
            outcome=decision.outcome, decision_id=decision.public_id, sha256=decision.sha256
        ),
        approvals=[signature_given(one) for one in progress.signatures],
        changes=[change_given(one) for one in progress.changes],
        open_moves=[public_name(move) for move in moves],
        history=[_move(move) for move in found.history],
        links=_links(found.number, found.memo_pdf_sha256),
    )
