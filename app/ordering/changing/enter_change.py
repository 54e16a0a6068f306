"""Entering a change of a placed order, wished or proposed; what grows is held at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.eligibility.deciding.record_decision import record_decision
from app.eligibility.rules import Phase
from app.frameworks.drawing.draw import Reserved, book_reservation, reserve
from app.frameworks.drawing.find_room import NoRoom
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.queries import member_of
from app.ordering.act import check_version, needed_reason
from app.ordering.changing.growth import reserved_draws
from app.ordering.changing.new_lines import lines_of
from app.ordering.changing.price_change import priced_today
from app.ordering.changing.queries import open_change
from app.ordering.changing.records import CallOffChange, CallOffChangeItem
from app.ordering.changing.replace_line import successor_items
from app.ordering.changing.rules import (
    ChangeState,
    ChangeStep,
    Standing,
    Wish,
    part_fault,
    wish_fault,
)
from app.ordering.changing.totals import pieces_after
from app.ordering.judge import judge_changed
from app.ordering.price_lines import NOT_ORDERABLE
from app.ordering.record_refusal import Attempted, record_refusal
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_CALL_OFF, Side
from app.ordering.shares.write_shares import shares_of
from app.ordering.submission import Refused, reason_of
from app.ordering.wanted import Actor

UNKNOWN: Final = "Ersetzen lässt sich nur, was in diesem Abruf steht."
NOTHING: Final = "Es ist nichts geändert. Bitte ändern Sie eine Menge oder den Liefertermin."
DESK_ONLY: Final = "Einen Nachfolger schlägt die Abwicklung vor; Sie stimmen dann zu."
PRICE: Final = (
    "Der Rahmenvertragspreis hat sich geändert. Mehr davon bestellen Sie bitte als neuen Abruf "
    "zum heutigen Preis."
)


class ChangeOpen(Conflict):
    """One wish at a time: the next one is asked when this one is settled."""

    code = "change_open"

    def __init__(self) -> None:
        super().__init__(
            "Zu diesem Abruf ist noch eine Änderung offen. Es geht eine nach der anderen."
        )


class NotChangeable(Conflict):
    """Before placement the order itself is cancelled; after delivery there is nothing to change."""

    code = "illegal_move"

    def __init__(self) -> None:
        super().__init__(
            "Ändern lässt sich ein Abruf von der Beauftragung bis zur vollständigen Lieferung."
        )


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """Pieces by article number (0 cancels the line), a day for what is still to come, and why.

    `parts` says by article number which part of a split line grows, counted from 1. What is not
    delivered of `successors` comes as their released successors, as many pieces as wished.
    """

    pieces: Mapping[str, int]
    reason: str
    wanted_day: date | None = None
    seen: int | None = None
    parts: Mapping[str, int] = field(default_factory=dict)
    successors: frozenset[str] = frozenset()


def enter_change(
    session: Session,
    actor: Actor,
    found: CallOff,
    wish: ChangeWish,
    step: ChangeStep,
    now: datetime,
) -> CallOffChange | Refused:
    """`step` is ASK or PROPOSE; `found` is locked. The trail and who is told are the caller's.

    Raises Malformed at each field, ChangeOpen, NotChangeable, StaleVersion. Where a line grows,
    the check is made and its room reserved now: a refusal stays on record.
    """
    check_version(found, wish.seen)
    if found.state not in HOLDS_CALL_OFF:
        raise NotChangeable
    if open_change(session, found.id) is not None:
        raise ChangeOpen
    if wish.successors and step is not ChangeStep.PROPOSE:
        field = f"lines.{min(wish.successors)}.by_successor"
        raise Malformed(FieldError(field, "desk_only", DESK_ONLY))
    items = _items(session, found, wish, legal_day(now))
    reason = needed_reason(wish.reason)
    change = CallOffChange(
        call_off_id=found.id,
        member_id=found.member_id,
        position=_next(session, found.id),
        state=ChangeState.ASKED,
        asked_by=actor.person_id,
        asked_at=now,
        reason=reason,
        items=items,
        steps=[],
    )
    if change.grows:
        held = _hold(session, actor, found, change, now)
        if isinstance(held, Refused):
            return held
        book_reservation(session, held, found.number, now)
    side = Side.ORDERER if step is ChangeStep.ASK else Side.DESK
    change.take(step, actor.person_id, side, now, reason)
    session.add(change)
    return change


def _next(session: Session, call_off_id: int) -> int:
    highest = select(func.max(CallOffChange.position)).where(
        CallOffChange.call_off_id == call_off_id
    )
    return (session.scalar(highest) or 0) + 1


def _items(
    session: Session, found: CallOff, wish: ChangeWish, today: date
) -> list[CallOffChangeItem]:
    faults = [*_part_faults(session, found, wish), *_line_faults(found, wish, today)]
    if faults:
        raise Malformed(*faults)
    lines = {line.sku: line for line in found.lines}
    coming = {
        sku: wish.pieces.get(sku, lines[sku].kept) - lines[sku].delivered for sku in wish.successors
    }
    new = successor_items(session, found, coming, today) if coming else {}
    wishes = [
        Wish(line.sku, line.kept, wish.pieces[line.sku], part=wish.parts.get(line.sku))
        for line in found.lines
        if wish.pieces.get(line.sku, line.kept) != line.kept and line.sku not in new
    ]
    wishes += [Wish(sku, lines[sku].kept, lines[sku].delivered) for sku in new]
    if wish.wanted_day is not None and wish.wanted_day != found.promised_date:
        wishes.append(Wish("", None, None, found.promised_date, wish.wanted_day))
    if not wishes:
        raise Malformed(FieldError("lines", "unchanged", NOTHING))
    return [*(_item(one) for one in wishes), *new.values()]


def _line_faults(found: CallOff, wish: ChangeWish, today: date) -> list[FieldError]:
    """What the order as it stands says against the wish."""
    faults = []
    lines = {line.sku: line for line in found.lines}
    for sku, wanted in wish.pieces.items():
        line = lines.get(sku)
        if line is None:
            text = (
                f"„{sku}“ steht nicht in diesem Abruf. Neue Artikel bestellen Sie als neuen Abruf."
            )
            faults.append(FieldError(f"lines.{sku}.quantity", "unknown", text))
        elif text := wish_fault(Standing(line.kept, line.delivered), wanted):
            faults.append(FieldError(f"lines.{sku}.quantity", "quantity", text))
    if wish.successors - lines.keys():
        faults.append(FieldError("lines", "unknown", UNKNOWN))
    if wish.wanted_day is not None and wish.wanted_day < today:
        text = "Der Liefertermin liegt in der Vergangenheit."
        faults.append(FieldError("requested_date", "past", text))
    return faults


def _part_faults(session: Session, found: CallOff, wish: ChangeWish) -> list[FieldError]:
    """Where a split line grows, it must be said which of its parts does."""
    if not found.is_split:
        return []
    shares = shares_of(session, found.id)
    faults = []
    for line in found.lines:
        own = [share for share in shares if share.sku == line.sku]
        if own and line.sku not in wish.successors and wish.pieces.get(line.sku, 0) > line.kept:
            text = part_fault(len(own), line.cancelled, wish.parts.get(line.sku))
            if text:
                faults.append(FieldError(f"lines.{line.sku}.part", "part", text))
    return faults


def _item(wish: Wish) -> CallOffChangeItem:
    return CallOffChangeItem(
        sku=wish.sku,
        before=wish.before,
        wanted=wish.wanted,
        day_before=wish.day_before,
        wanted_day=wish.wanted_day,
        part=wish.part if wish.grows else None,
        answer=None,
        successor=None,
    )


def _hold(
    session: Session, actor: Actor, found: CallOff, change: CallOffChange, now: datetime
) -> Reserved | Refused:
    """Prices of today, the check over the whole changed order, and room for what is added."""
    pieces = pieces_after(found, change)
    _check_prices(session, found, change, legal_day(now), pieces)
    lines = [(line, pieces[line.sku]) for line in lines_of(found, change)]
    assessed = judge_changed(session, found, lines, now, Phase.SUBMISSION)
    recorded = record_decision(session, assessed, now, actor.name)
    change.asking_decision_id = recorded.id
    draws = reserved_draws(found, change)
    refused = None
    if not assessed.assessment.may_submit:
        refused = Refused(assessed.assessment.code or NOT_ORDERABLE, recorded, assessed)
    else:
        held = reserve(session, draws, legal_day(now))
        if not isinstance(held, NoRoom):
            return held
        refused = Refused(held.code, recorded, assessed, held)
    member = member_of(session, EVERY_MEMBER, found.member_id)
    more = Money.total(draw.value for draw in draws)
    attempted = Attempted(member, actor, more, pieces, found.number)
    record_refusal(session, attempted, recorded, refused.code, reason_of(refused), now)
    return refused


def _check_prices(
    session: Session, found: CallOff, change: CallOffChange, today: date, pieces: dict[str, int]
) -> None:
    """What grows is ordered at today's price or not at all. Raises Malformed at its line."""
    growing = {item.sku for item in change.items if item.wish.grows}
    if not growing & {line.sku for line in found.lines}:
        return
    priced = priced_today(session, found, pieces, today)
    faults = []
    for line in found.lines:
        if line.sku not in growing:
            continue
        now = priced[line.sku]
        if text := now.obstacle or (PRICE if now.unit_price != line.unit_price else ""):
            faults.append(FieldError(f"lines.{line.sku}.quantity", "quantity", text))
    if faults:
        raise Malformed(*faults)
