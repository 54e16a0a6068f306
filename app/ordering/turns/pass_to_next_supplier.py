"""A supplier declines a call-off or lets the time pass: the next one by the published rule."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import EVERY_MEMBER
from app.frameworks.awarding.award_supplier import award_supplier
from app.frameworks.awarding.end_award import end_award
from app.frameworks.awarding.suppliers import AwardSeen, standing_awards
from app.frameworks.records import Framework, Lot
from app.frameworks.supplier_choice import EVENT_WORDS, AwardEvent, CallOffMode, Choice, NoSupplier
from app.kernel.errors import Conflict
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.kernel.working_days import after_working_days
from app.members.queries import member_of
from app.ordering.act import needed_reason, outstanding_draws
from app.ordering.notify import tell_orderer
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.turns.next_supplier import next_supplier
from app.ordering.wanted import Actor


def pass_to_next_supplier(  # noqa: PLR0913 - who says what about which lot
    session: Session,
    actor: Actor,
    number: str,
    lot_id: int,
    now: datetime,
    *,
    event: AwardEvent,
    reason: str,
) -> Choice | NoSupplier:
    """The next supplier, or that nobody is left; both stay on record. Raises Conflict."""
    found = lock_call_off(session, number, EVERY_MEMBER)
    text = needed_reason(reason)
    framework = session.get_one(Framework, found.framework_id)
    _check(session, found, framework, lot_id, event, now)
    # Two orders at once would count the same turn twice; the agreement's row puts them in line.
    session.refresh(framework, with_for_update=True)
    taken = [draw for draw in outstanding_draws(found.lines) if draw.lot_id == lot_id]
    if not taken:
        raise Conflict("Von diesem Los ist nichts mehr zu liefern.", "illegal_move")
    (before,) = end_award(
        session, number, taken, event, now, reason=text, person_id=actor.person_id
    )
    result = next_supplier(session, found, lot_id, now)
    if isinstance(result, Choice):
        award_supplier(session, framework.id, [(draw, result) for draw in taken], number, now)
    _tell(session, found, before, result, event, now)
    happening = Happening(
        "call_off.supplier_passed",
        number,
        actor.name,
        {
            "lot": session.get_one(Lot, lot_id).number,
            "supplier": before.supplier.name,
            "event": event.value,
            "reason": text,
            "next": None if isinstance(result, NoSupplier) else result.supplier.name,
        },
    )
    member = member_of(session, EVERY_MEMBER, found.member_id)
    append(session, member_stream(member.key), now, happening)
    return result


def answer_due(award: AwardSeen, framework: Framework) -> date:
    """The last day on which the supplier may answer, in working days."""
    return after_working_days(legal_day(award.award.at), framework.answer_days)


def _check(
    session: Session,
    found: CallOff,
    framework: Framework,
    lot_id: int,
    event: AwardEvent,
    now: datetime,
) -> None:
    if framework.call_off_mode is CallOffMode.DIRECT:
        text = "Dieser Rahmenvertrag hat je Los einen einzigen Auftragnehmer."
        raise Conflict(text, "single_supplier")
    if found.state is not State.PLACED:
        text = (
            "Weitergeben lässt sich ein Abruf nur, solange er beauftragt und nicht bestätigt ist."
        )
        raise Conflict(text, "illegal_move")
    award = standing_awards(session, found.number).get(lot_id)
    if award is None:
        raise Conflict("Für dieses Los ist kein Auftragnehmer ausgewählt.", "no_supplier")
    due = answer_due(award, framework)
    if event is AwardEvent.EXPIRED and legal_day(now) <= due:
        text = f"{award.supplier.name} kann noch bis {day(due)} antworten."
        raise Conflict(text, "answer_not_due")


def _tell(
    session: Session,
    found: CallOff,
    before: AwardSeen,
    result: Choice | NoSupplier,
    event: AwardEvent,
    now: datetime,
) -> None:
    said = f"{before.supplier.name} hat Ihren Abruf {found.number} {EVENT_WORDS[event]}. "
    if isinstance(result, NoSupplier):
        said += result.reason
    else:
        said += f"Beauftragt ist jetzt {result.supplier.name}: {result.reason}"
    tell_orderer(session, found, said, now)
