"""Handing a parked basket to a colleague, or to all who order, with a comment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.notices.announce import News, announce
from app.notices.rules import Event
from app.ordering.basket.contents import Owner
from app.ordering.filling.queries import Colleague, colleagues, parked_basket
from app.ordering.filling.records import ParkedBasket

LONGEST_COMMENT: Final = 500
EVERYBODY: Final = "alle"


@dataclass(frozen=True, slots=True)
class HandOver:
    """To whom (a person's id, or `alle`), and what to say."""

    to: str
    comment: str


def hand_over_basket(
    session: Session, owner: Owner, basket_id: int, wish: HandOver, now: datetime
) -> ParkedBasket:
    """The colleague gets a mail. Raises NotFound for the basket, Malformed at the field."""
    found = parked_basket(session, owner, basket_id, lock=True)
    comment = clean(wish.comment)
    if len(comment) > LONGEST_COMMENT:
        text = f"Bitte höchstens {LONGEST_COMMENT} Zeichen."
        raise Malformed(FieldError("kommentar", "too_long", text))
    others = colleagues(session, owner, legal_day(now))
    chosen = next((one for one in others if str(one.person_id) == wish.to), None)
    if chosen is None and wish.to != EVERYBODY:
        text = "Bitte wählen Sie, wer den Warenkorb bekommt."
        raise Malformed(FieldError("an", "unknown", text))
    found.comment, found.handed_over_by = comment, owner.person_id
    found.holder_id = None if chosen is None else chosen.person_id
    session.flush()
    if chosen is not None:
        _tell(session, found, chosen, now)
    return found


def _tell(session: Session, found: ParkedBasket, chosen: Colleague, now: datetime) -> None:
    said = f"\n{found.comment}\n" if found.comment else ""
    text = (
        f"Der Warenkorb „{found.name}“ liegt jetzt bei Ihnen.\n{said}\n"
        "Die Preise werden beim Öffnen neu geprüft."
    )
    news = News(Event.BASKET, f"Warenkorb „{found.name}“ für Sie", text, "/warenkorb")
    announce(session, news, [chosen.person_id], now, cause=f"basket:{found.id}:{now.isoformat()}")
