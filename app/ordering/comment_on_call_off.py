"""A word between member and desk about one order."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.people import holders
from app.notices.rules import Event
from app.ordering.notify import tell_orderer
from app.ordering.queries import call_off
from app.ordering.rules import Side
from app.ordering.trail_records import CallOffComment
from app.ordering.wanted import Actor

LONGEST = 2000


def comment_on_call_off(  # noqa: PLR0913 - who writes what where
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    side: Side,
    text: str,
) -> None:
    """Appended for ever; the other side gets a mail. Raises Malformed for an empty text."""
    found = call_off(session, number, tenant)
    written = clean(text)
    if not 1 <= len(written) <= LONGEST:
        sentence = f"Bitte schreiben Sie 1 bis {LONGEST} Zeichen."
        raise Malformed(FieldError("text", "length", sentence))
    session.execute(
        insert(CallOffComment).values(
            call_off_id=found.id, by=actor.person_id, side=side, text=written, at=now
        )
    )
    if side is Side.DESK:
        said = f"Nachricht zu Ihrem Abruf {number}:\n{written}"
        tell_orderer(session, found, said, now, event=Event.ORDER_MESSAGE)
        return
    news = News(
        Event.DESK_MESSAGE, f"Nachricht zum Abruf {number}", written, f"/abwicklung/{number}"
    )
    desk = holders(session, [Role.DESK], legal_day(now))
    announce(session, news, desk, now, cause=f"comment:{number}:{now.isoformat()}")
