"""Telling who keeps the budgets that an order has left one nearly used up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.budgets.rules import SCARCE_PERCENT, Charge
from app.kernel.german import euro
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.people import holders
from app.notices.rules import Event


def warn_of_scarce(
    session: Session, member_id: int, number: str, charges: Sequence[Charge], now: datetime
) -> None:
    """Only where this very order passed the mark, so that each budget is told of once."""
    for one in charges:
        if not _passed(one):
            continue
        left = max(one.after.remaining, NOTHING)
        text = (
            f"Mit dem Abruf {number} sind {one.after.used_percent} % des Budgets auf Konto "
            f"{one.account.text} gebunden oder abgerechnet. Frei sind noch {euro(left)}."
        )
        title = f"Budget {one.account.text}: noch {euro(left)} frei"
        news = News(Event.BUDGET, title, text, f"/budgets/{one.budget_id}")
        keepers = holders(session, [Role.MEMBER_ADMIN], legal_day(now), member_id=member_id)
        cause = f"budget:{one.budget_id}:{number}"
        announce(session, news, keepers, now, cause=cause)


def _passed(one: Charge) -> bool:
    before = replace(one.after, committed=one.after.committed - one.amount)
    return before.used_percent < SCARCE_PERCENT <= one.after.used_percent
