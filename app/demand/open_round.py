"""Opening a demand round: every member is asked, by mail and on its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.demand.queries import category_id
from app.demand.records import DemandRound
from app.demand.round_queries import orderers
from app.demand.rules import RoundState
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.notices.announce import News, announce
from app.notices.rules import Event


@dataclass(frozen=True, slots=True)
class RoundWish:
    """`purpose` names the agreement and lot that are to be tendered."""

    title: str
    purpose: str
    period_from: date
    period_to: date
    deadline: date
    note: str = ""
    category: str = ""


def open_round(
    session: Session,
    wish: RoundWish,
    person_id: int,
    now: datetime,
    unread: Sequence[FieldError] = (),
) -> DemandRound:
    """Raises Malformed with every wrong field, those that were `unread` too; nothing is kept."""
    category = category_id(session, wish.category)
    _check(wish, legal_day(now), category, unread)
    opened = DemandRound(
        title=wish.title,
        purpose=wish.purpose,
        note=wish.note,
        category_id=category,
        period_from=wish.period_from,
        period_to=wish.period_to,
        deadline=wish.deadline,
        state=RoundState.COLLECTING,
        opened_by=person_id,
        opened_at=now,
    )
    session.add(opened)
    session.flush()
    _ask(session, opened, now)
    payload: dict[str, object] = {
        "title": opened.title,
        "purpose": opened.purpose,
        "deadline": opened.deadline.isoformat(),
    }
    happening = Happening(
        "demand_round.opened", f"demand_round:{opened.id}", f"person:{person_id}", payload
    )
    append(session, COOPERATIVE, now, happening)
    return opened


def _check(
    wish: RoundWish, today: date, category: int | None, unread: Sequence[FieldError]
) -> None:
    """A field that could not be read says nothing about the others."""
    errors = list(unread)
    fields = {error.field for error in unread}
    if not wish.title and "title" not in fields:
        errors.append(FieldError("title", "missing", "Bitte geben Sie der Runde einen Titel."))
    if not wish.purpose and "purpose" not in fields:
        text = "Bitte nennen Sie, was ausgeschrieben werden soll."
        errors.append(FieldError("purpose", "missing", text))
    if wish.deadline < today and "deadline" not in fields:
        text = "Die Frist muss heute oder später enden."
        errors.append(FieldError("deadline", "in_past", text))
    if wish.period_to < wish.period_from and not {"period_from", "period_to"} & fields:
        text = "Der Zeitraum endet vor seinem Beginn."
        errors.append(FieldError("period_to", "before_begin", text))
    if wish.category and category is None and "category" not in fields:
        text = "Bitte wählen Sie einen Eintrag der Liste."
        errors.append(FieldError("category", "unknown", text))
    if errors:
        raise Malformed(*errors)


def _ask(session: Session, opened: DemandRound, now: datetime) -> None:
    body = (
        f"{opened.title}\n"
        f"Zeitraum: {day(opened.period_from)} bis {day(opened.period_to)}\n"
        f"Ausgeschrieben werden soll: {opened.purpose}\n\n"
        f"Bitte melden Sie Ihre Menge bis {day(opened.deadline)}. Auch „0“ ist eine Antwort."
    )
    news = News(Event.DEMAND, f"Bedarfsrunde: {opened.title}", body, f"/bedarfsrunden/{opened.id}")
    announce(session, news, orderers(session, legal_day(now)), now, cause=f"round:{opened.id}:open")
