"""Submitting an order: check, record the decision, reserve, and ask for approval."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.budgets.funds import Because, book_held, budgets_of, hold_funds
from app.budgets.rules import Charge, NoFunds
from app.budgets.warn_of_scarce import warn_of_scarce
from app.catalog.supplied import NO_TURNS
from app.catalog.visible import visible_lots
from app.database.base import table_of
from app.database.marks import unchanged
from app.database.tenant import Tenant
from app.database.together import settle, settle_all, write
from app.eligibility.deciding.record_decision import record_decision
from app.eligibility.rules import Phase
from app.frameworks.awarding.carry_refusals import carry_refusals
from app.frameworks.drawing.draw import Reserved, book_reservation, give_back_unbooked, reserve
from app.frameworks.drawing.find_room import NoRoom
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.vat import STANDARD_RATE, vat_on
from app.members.queries import standing_member, unit
from app.ordering.bind_quotes import bind_quotes
from app.ordering.judge import Setting, judge_wanted
from app.ordering.note_time import ORDER_STAGE, claim_time
from app.ordering.notify import ask_for_approval
from app.ordering.placing.draw_number import draw_order
from app.ordering.placing.order_rows import call_off_row, kit_rows, line_rows, move_row
from app.ordering.price_lines import (
    draws_of,
    of_one_framework,
    price_lines,
    with_right_terms,
)
from app.ordering.queries import call_off
from app.ordering.quoting.queries import QuotesOf
from app.ordering.record_refusal import Attempted, record_refusal
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import State
from app.ordering.shares.write_shares import write_shares
from app.ordering.signing.steps_of_order import has_table, open_steps
from app.ordering.submission import Attempt, Refused, Submitted, reason_of
from app.ordering.trail_records import CallOffKit, CallOffMove
from app.ordering.turns.give_turns import check_turns, give_turns
from app.ordering.turns.turns_of import turns_instead_of
from app.ordering.wanted import Actor, Wanted, consistent

# Plain inserts, built once: the object mapper would cost three times as much per order.
_CALL_OFF = insert(table_of(CallOff))
_LINES = insert(table_of(CallOffLine))
_KITS = insert(table_of(CallOffKit))
_MOVE = insert(table_of(CallOffMove))


@dataclass(frozen=True, slots=True)
class _Written:
    """The new row."""

    id: int
    number: str


def submit_call_off(
    session: Session, actor: Actor, member_id: int, wanted: Wanted, now: datetime
) -> Submitted | Refused:
    """Raises ArticleUnknown, TermWrong, SeveralFrameworks and TurnMoved: nothing is on record.

    From the check on every refusal is an outcome: the decision stays on record with it. The
    order of locks is the same everywhere: decisions of the member, lots by id, its numbers, audit.
    """
    tenant = Tenant(member_id)
    member = standing_member(session, tenant, member_id)
    if wanted.unit_id is not None:
        unit(session, tenant, wanted.unit_id)
    paper = wanted.on_paper
    at = now if paper is None else paper.ordered_at
    today = legal_day(at)
    consistent(wanted, today)
    turns = turns_instead_of(session, member_id, wanted.instead_of)
    lines = price_lines(
        session,
        wanted.quantities,
        today,
        wanted.terms,
        visible=visible_lots(session, member_id, today),
        quotes_of=QuotesOf(member_id, units=actor.units),
        turns=turns,
    )
    with_right_terms(lines)
    of_one_framework(lines)
    known = None if paper is None else at
    setting = Setting(Phase.SUBMISSION, wanted.product_account, wanted.unit_id, known)
    assessed = judge_wanted(session, member_id, lines, setting, at)
    recorded = record_decision(session, assessed, now, actor.name)
    net = Money.total(line.net for line in lines)
    vat = vat_on(net, STANDARD_RATE)
    attempt = Attempt(actor, member, wanted, lines, assessed, recorded, net, vat, now, turns)
    if attempt.refusal is not None:
        refused = Refused(attempt.refusal, recorded, assessed, lines=lines)
        return _refuse(session, attempt, refused)
    held = _hold(session, attempt)
    if isinstance(held, NoRoom):
        return _refuse(session, attempt, Refused(held.code, recorded, assessed, held))
    funds = _hold_funds(session, attempt, held)
    if isinstance(funds, NoFunds):
        refused = Refused(funds.code, recorded, assessed, no_funds=funds)
        return _refuse(session, attempt, refused)
    written = _write(session, attempt, held, funds)
    _follow_up(session, attempt, written)
    return Submitted(written.number, attempt.state, recorded, attempt, funds)


def _hold(session: Session, attempt: Attempt) -> Reserved | NoRoom | None:
    """Room on all lots; an order that waits for evidence holds none."""
    if attempt.state is not State.IN_APPROVAL:
        return None
    draws = draws_of(attempt.lines, attempt.member.id)
    order = attempt.assessed.case.order
    has_total = order is None or order.total is not None
    held = reserve(session, draws, attempt.day, has_total=has_total)
    if not isinstance(held, NoRoom):
        turns = turns_instead_of(session, attempt.member.id, attempt.wanted.instead_of)
        check_turns(session, attempt.lines, attempt.day, turns)
    return held


def _hold_funds(
    session: Session, attempt: Attempt, held: Reserved | None
) -> tuple[Charge, ...] | NoFunds:
    """On the budgets that watch the order's accounts; without room the lots get theirs back."""
    if held is None:
        return ()
    with unchanged(session):  # in this use case nobody changes what the marks stand for
        if not budgets_of(session, attempt.member.id):
            return ()
        funds = hold_funds(session, attempt.member.id, attempt.charges)
    if isinstance(funds, NoFunds):
        give_back_unbooked(session, held)
    return funds


def _write(
    session: Session, attempt: Attempt, held: Reserved | None, funds: tuple[Charge, ...]
) -> _Written:
    member, day = attempt.member, attempt.day
    drawn, call_off_id = draw_order(session, f"call_off:{member.key}:{day.year}")
    number = f"{member.key}-{day.year}-{drawn:04}"
    write(session, _CALL_OFF, {"id": call_off_id, "number": number, **call_off_row(attempt)})
    bind_quotes(session, attempt.lines, (call_off_id, number), attempt.actor, attempt.now)
    write(session, _LINES, *line_rows(attempt, call_off_id))
    write(session, _MOVE, move_row(attempt, call_off_id))
    if attempt.wanted.shares:
        settle(session, _LINES)  # the shares name the lines
        write_shares(session, attempt.wanted.shares, call_off_id, member.id)
    if attempt.wanted.kits:
        session.execute(_KITS, kit_rows(attempt, call_off_id))
    if held is not None:
        book_reservation(session, held, number, attempt.now)
        if attempt.turns is not NO_TURNS:
            carry_refusals(session, attempt.wanted.instead_of, number, attempt.now)
        give_turns(session, attempt.lines, member.id, number, attempt.now)
    if funds:
        because = Because(number, attempt.actor.person_id)
        book_held(session, member.id, funds, because, attempt.now)
        warn_of_scarce(session, member.id, number, funds, attempt.now)
    return _Written(call_off_id, number)


def _refuse(session: Session, attempt: Attempt, refused: Refused) -> Refused:
    quantities = {line.article.sku: line.quantity for line in attempt.lines}
    attempted = Attempted(attempt.member, attempt.actor, attempt.net, quantities)
    text = reason_of(refused)
    record_refusal(session, attempted, refused.recorded, refused.code, text, attempt.now)
    return refused


def _follow_up(session: Session, attempt: Attempt, written: _Written) -> None:
    actor, member, now = attempt.actor, attempt.member, attempt.now
    gross = attempt.net + attempt.vat
    claim_time(session, member, written.id, actor, ORDER_STAGE, now)
    if attempt.state is State.IN_APPROVAL:
        if has_table(session, member.id):
            settle_all(session)  # the steps are opened over what stands in the database
            found = call_off(session, written.number, Tenant(member.id))
            open_steps(session, member, found, now)
        ask_for_approval(session, written.number, now)
    happening = Happening(
        "call_off.submitted",
        written.number,
        actor.name,
        {
            "state": attempt.state.value,
            "decision": attempt.recorded.sha256,
            "net_cents": attempt.net.cents,
            "gross_cents": gross.cents,
        },
    )
    append(session, member_stream(member.key), now, happening)
