"""Submitting again an order that was blocked for missing evidence."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.budgets.rules import NoFunds
from app.catalog.visible import visible_lots
from app.database.tenant import Tenant
from app.eligibility.assess_case import Assessed
from app.eligibility.deciding.record_decision import Recorded, record_decision
from app.eligibility.rules import Phase
from app.frameworks.drawing.draw import Reserved, book_reservation, give_back_unbooked, reserve
from app.frameworks.drawing.find_room import NoRoom
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.members.queries import member_of
from app.ordering.act import check_side, check_version, draws, record_move
from app.ordering.charging.move_charges import hold_again
from app.ordering.judge import Setting, judge_wanted
from app.ordering.note_time import ORDER_STAGE, claim_time
from app.ordering.notify import ask_for_approval
from app.ordering.price_lines import PricedLine, price_lines
from app.ordering.queries import lock_call_off
from app.ordering.quoting.queries import QuotesOf
from app.ordering.record_refusal import Attempted, record_refusal
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side
from app.ordering.signing.steps_of_order import open_steps
from app.ordering.submission import Refused, reason_of
from app.ordering.turns.give_turns import give_turns
from app.ordering.wanted import Actor


class OptionsBroken(Conflict):
    """What belongs together changed since; the order must be made anew."""

    code = "article_not_orderable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} Stornieren Sie diesen Abruf und bestellen Sie erneut.")


class PriceChanged(Conflict):
    """The framework price is another one now; the order must be made anew to show it."""

    code = "price_not_valid"

    def __init__(self) -> None:
        super().__init__(
            "Der Rahmenvertragspreis hat sich geändert. "
            "Stornieren Sie diesen Abruf und bestellen Sie erneut zum neuen Preis."
        )


def resubmit_call_off(
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    seen: int | None = None,
) -> CallOff | Refused:
    """A new decision on today's facts; the old one stays. Raises PriceChanged and OptionsBroken."""
    found = lock_call_off(session, number, tenant)
    check_version(found, seen)
    check_side(found, Move.SUBMIT, Side.ORDERER)
    lines = _same_lines(session, found, now)
    setting = Setting(Phase.SUBMISSION, found.product_account, found.unit_id)
    assessed = judge_wanted(session, found.member_id, lines, setting, now)
    recorded = record_decision(session, assessed, now, actor.name)
    member = member_of(session, tenant, found.member_id)
    quantities = {line.sku: line.quantity for line in found.lines}
    attempted = Attempted(member, actor, found.net, quantities, found.number)
    held = _hold(session, found, assessed, recorded, now)
    if isinstance(held, Refused):
        record_refusal(session, attempted, recorded, held.code, reason_of(held), now)
        return held
    book_reservation(session, held, found.number, now)
    give_turns(session, lines, found.member_id, found.number, now)
    found.submission_decision_id = recorded.id
    found.submitted_at = now
    open_steps(session, member, found, now)
    ask_for_approval(session, found.number, now)
    claim_time(session, member, found.id, actor, ORDER_STAGE, now)
    payload: dict[str, object] = {"decision": recorded.sha256}
    record_move(session, found, Move.SUBMIT, actor, Side.ORDERER, now, payload=payload)
    return found


def _same_lines(session: Session, found: CallOff, now: datetime) -> tuple[PricedLine, ...]:
    """At the prices of today, which must be those of the order."""
    quantities = {line.sku: line.quantity for line in found.lines}
    terms = {line.sku: line.term for line in found.lines if line.term is not None}
    today = legal_day(now)
    visible = visible_lots(session, found.member_id, today)
    whose = QuotesOf(found.member_id, found.number)
    lines = price_lines(session, quantities, today, terms, visible=visible, quotes_of=whose)
    if broken := " ".join(line.broken_option for line in lines if line.broken_option):
        raise OptionsBroken(broken)
    before = {line.sku: line.unit_price for line in found.lines}
    if any(line.obstacle or line.unit_price != before[line.article.sku] for line in lines):
        raise PriceChanged
    return lines


def _hold(
    session: Session, found: CallOff, assessed: Assessed, recorded: Recorded, now: datetime
) -> Reserved | Refused:
    if not assessed.assessment.may_place:
        return Refused(assessed.assessment.code or "evidence_missing", recorded, assessed)
    held = reserve(session, draws(found.lines), legal_day(now))
    if isinstance(held, NoRoom):
        return Refused(held.code, recorded, assessed, held)
    funds = hold_again(session, found, now)
    if isinstance(funds, NoFunds):
        give_back_unbooked(session, held)
        return Refused(funds.code, recorded, assessed, no_funds=funds)
    return held
