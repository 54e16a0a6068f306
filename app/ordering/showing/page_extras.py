"""What every page shows of the ordering: pieces in the basket, approvals that wait."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.members.asking import Asking
from app.members.rules import Scope
from app.ordering.basket.contents import Owner, piece_count
from app.ordering.showing.waiting import unconfirmed_count
from app.ordering.showing.waiting_count import waiting_count


def page_counts(session: Session, asking: Asking, now: datetime) -> dict[str, int]:
    """`basket_count` and `waiting_count`; 0 for those who order or approve nothing."""
    if asking.member is None:
        desk = asking.may(Scope.DELIVERIES_WRITE)
        return {"basket_count": 0, "waiting_count": unconfirmed_count(session) if desk else 0}
    owner = Owner(asking.member.id, asking.person_id)
    orders = asking.may(Scope.CALL_OFFS_WRITE)
    approves = asking.may(Scope.CALL_OFFS_APPROVE)
    return {
        "basket_count": piece_count(session, owner) if orders else 0,
        "waiting_count": waiting_count(session, asking.member, owner, now) if approves else 0,
    }
