"""Carrying out what both sides agreed: lines, totals, ceilings, supplier and day follow."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.frameworks.awarding.end_award import end_award
from app.frameworks.awarding.extend_award import extend_award
from app.frameworks.drawing import draw
from app.frameworks.supplier_choice import AwardEvent
from app.kernel.german import euro
from app.kernel.money import Money
from app.kernel.vat import vat_on
from app.ordering.act import record_move
from app.ordering.changing.grow_share import grow_shares
from app.ordering.changing.growth import (
    growth_draws,
    reserved_draws,
    returned_draws,
    shrinking_draws,
)
from app.ordering.changing.lock_lots import lock_lots
from app.ordering.changing.new_lines import lines_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeStep, day_after
from app.ordering.changing.tell import told_words
from app.ordering.changing.totals import check_still_possible, totals_after
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side
from app.ordering.wanted import Actor


def apply_change(
    session: Session,
    actor: Actor,
    found: CallOff,
    change: CallOffChange,
    side: Side,
    now: datetime,
) -> None:
    """Everything but the two entries of the trail: `record_applied` writes them, last."""
    check_still_possible(found, change)
    before = totals_after(found)
    words = told_words(found, change)
    grown, shrunk = growth_draws(found, change), shrinking_draws(found, change)
    _draw(session, found, change, now)
    if shrunk:
        end_award(
            session,
            found.number,
            shrunk,
            AwardEvent.RETURNED,
            now,
            reason=change.reason,
            person_id=actor.person_id,
        )
    if grown:
        extend_award(session, found.number, grown, now)
    grow_shares(session, found, change)
    _write(found, change)
    after = totals_after(found)
    value = f" Wert netto: {euro(before.net)} → {euro(after.net)}." if grown or shrunk else ""
    reason = f"Änderung {change.position}: {words}.{value}"
    change.take(ChangeStep.APPLY, actor.person_id, side, now, reason)


def _draw(session: Session, found: CallOff, change: CallOffChange, now: datetime) -> None:
    """What was held becomes a call-off; beyond it only goes back what nothing else needs."""
    held, returned = reserved_draws(found, change), returned_draws(found, change)
    if held or returned:
        lock_lots(session, found)
    if held:
        draw.call_off(session, held, found.number, now)
    if returned:
        draw.give_back(session, returned, found.number, now)


def record_applied(
    session: Session, actor: Actor, found: CallOff, change: CallOffChange, side: Side, now: datetime
) -> None:
    """The order's own history; a line of orders that nobody waits for any more ends it."""
    step = change.steps[-1]
    over = all(line.outstanding == 0 for line in found.lines)
    move = Move.CANCEL if over else Move.CHANGE
    payload: dict[str, object] = {"change": change.position}
    record_move(session, found, move, actor, side, now, reason=step.reason, payload=payload)


def _write(found: CallOff, change: CallOffChange) -> None:
    lines = {line.sku: line for line in lines_of(found, change)}
    replaced = {item.successor.replaces_sku for item in change.items if item.successor}
    for item in change.items:
        if not item.sku:
            found.promised_date = found.requested_date = day_after(item.wish, item.said)
            continue
        line, pieces = lines[item.sku], item.pieces
        if pieces > line.kept:
            line.quantity += pieces - line.kept
        else:
            line.replaced += line.kept - pieces if line.sku in replaced else 0
            line.cancelled += line.kept - pieces
        line.net = line.unit_price.times(line.ordered)
        if item.successor is not None:
            found.lines.append(line)
    found.net = Money.total(line.net for line in found.lines)
    found.vat = vat_on(found.net, found.vat_percent)
    found.gross = found.net + found.vat
