"""The desk confirms an order and says by when it comes."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.ordering.act import check_side, check_version, record_move
from app.ordering.notify import tell_orderer
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side
from app.ordering.wanted import Actor


def confirm_call_off(  # noqa: PLR0913 - who saw what and promises what
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    promised_date: date | None = None,
    seen: int | None = None,
) -> CallOff:
    """Without `promised_date` the day of the agreement's delivery time stays. Raises Malformed."""
    found = lock_call_off(session, number, tenant)
    check_version(found, seen)
    check_side(found, Move.CONFIRM, Side.DESK)
    if promised_date is not None:
        if promised_date < legal_day(now):
            text = "Der Liefertermin liegt in der Vergangenheit."
            raise Malformed(FieldError("promised_date", "past", text))
        found.promised_date = promised_date
    by = "" if found.promised_date is None else f", Lieferung bis {day(found.promised_date)}"
    tell_orderer(session, found, f"Ihr Abruf {found.number} ist bestätigt{by}.", now)
    record_move(session, found, Move.CONFIRM, actor, Side.DESK, now)
    return found
