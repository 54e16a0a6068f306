"""Submitting an order: check, record the decision, reserve, and ask for approval."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.claim_active_seconds import claim_active_seconds
from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.eligibility.assess_case import Assessed
from app.eligibility.record_decision import Recorded, record_decision
from app.eligibility.rules import Assessment, Phase
from app.frameworks.draw import NoRoom, reserve
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.vat import STANDARD_RATE, vat_on
from app.members.queries import member_of, unit
from app.members.records import Member
from app.ordering.draw_number import draw_number
from app.ordering.judge import judge_wanted, promised_day
from app.ordering.notify import ask_for_approval
from app.ordering.price_lines import PricedLine, draws_of, of_one_framework, price_lines
from app.ordering.records import CallOff, CallOffLine, CallOffMove, CallOffTime, RefusedAttempt
from app.ordering.rules import Move, Side, State, after
from app.ordering.wanted import Actor, Wanted

ORDER_STAGE: Final = "order"


@dataclass(frozen=True, slots=True)
class Submitted:
    """The order is on record and waits: for approval, or for evidence."""

    number: str
    state: State
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Refused:
    """Not an error: a refusal whose decision the caller's transaction must keep."""

    code: str
    recorded: Recorded
    assessed: Assessed
    no_room: NoRoom | None = None

    @property
    def assessment(self) -> Assessment:
        return self.assessed.assessment


class _RollBack(Exception):
    """Undo the order but keep the decision before it."""

    def __init__(self, no_room: NoRoom) -> None:
        super().__init__()
        self.no_room = no_room


def submit_call_off(
    session: Session, actor: Actor, member_id: int, wanted: Wanted, now: datetime
) -> Submitted | Refused:
    """Raises ArticleUnknown and SeveralFrameworks before anything is on record.

    From the check on every refusal is an outcome: the decision stays on record with it. The
    order of locks is the same everywhere: decisions of the member, its numbers, lots by id, audit.
    """
    member = member_of(session, Tenant(member_id), member_id)
    if wanted.unit_id is not None:
        unit(session, Tenant(member_id), wanted.unit_id)
    lines = price_lines(session, wanted.quantities, legal_day(now))
    of_one_framework(lines)
    assessed = judge_wanted(
        session,
        member_id,
        lines,
        now,
        phase=Phase.SUBMISSION,
        product_account=wanted.product_account,
        unit_id=wanted.unit_id,
    )
    assessment = assessed.assessment
    recorded = record_decision(session, assessed, now, actor.name)
    obstacle = next((line for line in lines if line.obstacle), None)
    code = assessment.code if not assessment.may_submit and not assessment.needs_evidence else None
    if code is None and obstacle is not None:
        code = obstacle.article.refusal
    if code is not None:
        return _refuse(session, member, actor, Refused(code, recorded, assessed), lines, now)
    state = State.BLOCKED_EVIDENCE if assessment.needs_evidence else State.IN_APPROVAL
    try:
        with session.begin_nested():
            found = _write(session, actor, member, wanted, lines, recorded, state, now)
    except _RollBack as stop:
        refused = Refused(stop.no_room.code, recorded, assessed, stop.no_room)
        return _refuse(session, member, actor, refused, lines, now)
    _follow_up(session, actor, member, found, recorded, now)
    return Submitted(found.number, state, recorded)


@dataclass(frozen=True, slots=True)
class _Written:
    """What the steps after the insert need to know."""

    id: int
    number: str
    net: Money
    gross: Money
    state: State


def _write(  # noqa: PLR0913 - the parts of one order
    session: Session,
    actor: Actor,
    member: Member,
    wanted: Wanted,
    lines: tuple[PricedLine, ...],
    recorded: Recorded,
    state: State,
    now: datetime,
) -> _Written:
    year = legal_day(now).year
    drawn = draw_number(session, f"call_off:{member.key}:{year}")
    number = f"{member.key}-{year}-{drawn:04}"
    net = Money.total(line.net for line in lines)
    vat = vat_on(net, STANDARD_RATE)
    to = wanted.deliver_to
    call_off_id = session.execute(
        insert(CallOff)
        .values(
            number=number,
            member_id=member.id,
            unit_id=wanted.unit_id,
            framework_id=lines[0].article.framework_id,
            state=state,
            ordered_by=actor.person_id,
            submission_decision_id=recorded.id,
            purpose=wanted.purpose,
            product_account=wanted.product_account,
            cost_centre=wanted.cost_centre,
            investment_number=wanted.investment_number,
            your_reference=wanted.your_reference,
            delivery_recipient=to.recipient,
            delivery_street=to.street,
            delivery_postal_code=to.postal_code,
            delivery_city=to.city,
            delivery_room=to.room,
            requested_date=wanted.requested_date,
            promised_date=promised_day(lines, legal_day(now)),
            net=net,
            vat=vat,
            gross=net + vat,
            vat_percent=STANDARD_RATE,
            offline_minutes=wanted.offline_minutes,
            market_price_evidence=wanted.market_price_evidence,
            baseline_minutes=member.baseline_minutes,
            baseline_source=member.baseline_source,
            time_measured=member.time_measurement_enabled,
            demonstration=member.demonstration,
            submitted_at=now,
        )
        .returning(CallOff.id)
    ).scalar_one()
    session.execute(
        insert(CallOffLine),
        [_line(line, call_off_id, member.id, at) for at, line in enumerate(lines, 1)],
    )
    move = Move.BLOCK if state is State.BLOCKED_EVIDENCE else Move.SUBMIT
    session.execute(
        insert(CallOffMove).values(
            call_off_id=call_off_id,
            move=move,
            left=State.DRAFT,
            reached=after(State.DRAFT, move),
            by=actor.person_id,
            side=Side.ORDERER,
            at=now,
        )
    )
    if state is State.IN_APPROVAL:
        no_room = reserve(session, draws_of(lines), number, now, legal_day(now))
        if no_room is not None:
            raise _RollBack(no_room)
    return _Written(call_off_id, number, net, net + vat, state)


def _line(line: PricedLine, call_off_id: int, member_id: int, position: int) -> dict[str, object]:
    article = line.article
    return {
        "call_off_id": call_off_id,
        "member_id": member_id,
        "position": position,
        "article_id": article.article_id,
        "lot_id": article.lot_id,
        "catalog_version_id": article.catalog_version_id,
        "sku": article.sku,
        "name": article.name,
        "manufacturer": article.manufacturer,
        "order_unit": article.order_unit,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "net": line.net,
        "serial_numbers": article.serial_numbers,
        "delivery_days": article.delivery_days,
    }


def _refuse(
    session: Session,
    member: Member,
    actor: Actor,
    refused: Refused,
    lines: tuple[PricedLine, ...],
    now: datetime,
) -> Refused:
    value = Money.total(line.net for line in lines)
    session.execute(
        insert(RefusedAttempt).values(
            member_id=member.id,
            decision_id=refused.recorded.id,
            code=refused.code,
            text=reason_of(refused, lines),
            value=value,
            at=now,
        )
    )
    happening = Happening(
        "call_off.refused",
        refused.recorded.public_id,
        actor.name,
        {
            "code": refused.code,
            "decision": refused.recorded.sha256,
            "net_cents": value.cents,
            "lines": {line.article.sku: line.quantity for line in lines},
        },
    )
    append(session, member_stream(member.key), now, happening)
    return refused


def reason_of(refused: Refused, lines: tuple[PricedLine, ...] = ()) -> str:
    """Why it was refused, in German sentences."""
    if refused.no_room is not None:
        return no_room_text(refused.no_room)
    if failed := refused.assessment.failed:
        return " ".join(f"{rule.text} ({rule.legal_basis})" for rule in failed)
    return " ".join(
        f"{line.article.name}: {line.obstacle}" for line in lines if line.obstacle is not None
    )


def no_room_text(no_room: NoRoom) -> str:
    """The lot cannot take it: how much it could take, and why this is final."""
    if not no_room.running:
        return "Der Rahmenvertrag läuft heute nicht. Ein Abruf ist nicht möglich."
    quantity = no_room.remaining_quantity
    pieces = "" if quantity is None else f" und {quantity} Stück"
    return (
        f"Höchstmenge erreicht: In Los {no_room.lot_number} ({no_room.lot_title}) sind noch "
        f"{no_room.remaining_value.text.replace('.', ',')} Euro netto{pieces} frei. Darüber hinaus "
        "hat die Rahmenvereinbarung keine Wirkung (EuGH C-23/20)."
    )


def _follow_up(
    session: Session,
    actor: Actor,
    member: Member,
    found: _Written,
    recorded: Recorded,
    now: datetime,
) -> None:
    if member.time_measurement_enabled and actor.login_session_id is not None:
        seconds = claim_active_seconds(session, actor.login_session_id, now)
        note_time(session, found.id, ORDER_STAGE, seconds, now)
    ask_for_approval(session, member, found.number, found.gross, actor.person_id, now)
    happening = Happening(
        "call_off.submitted",
        found.number,
        actor.name,
        {
            "state": found.state.value,
            "decision": recorded.sha256,
            "net_cents": found.net.cents,
            "gross_cents": found.gross.cents,
        },
    )
    append(session, member_stream(member.key), now, happening)


def note_time(session: Session, call_off_id: int, stage: str, seconds: int, now: datetime) -> None:
    """Active seconds of one stage; they belong to the order, not to a person."""
    session.execute(
        insert(CallOffTime).values(call_off_id=call_off_id, stage=stage, seconds=seconds, at=now)
    )
