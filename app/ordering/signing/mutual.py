"""Two people who keep approving each other's orders: said to whoever decides."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.approvals.rules import Verdict

LOOK_BACK: Final = timedelta(days=90)


def mutual_words(
    session: Session, member_id: int, decider: int, orderer: int, now: datetime
) -> str:
    """A German sentence where the orderer approved the decider's own orders; else empty."""
    count = session.scalar(
        select(func.count(Approval.id)).where(
            Approval.member_id == member_id,
            Approval.decided_by == orderer,
            Approval.requested_by == decider,
            Approval.verdict == Verdict.APPROVED,
            Approval.at > now - LOOK_BACK,
        )
    )
    if not count:
        return ""
    orders = "einen Ihrer Abrufe" if count == 1 else f"{count} Ihrer Abrufe"
    return (
        f"Die bestellende Person hat in den letzten 90 Tagen {orders} genehmigt. "
        "Gegenseitige Genehmigungen sieht die Prüfung; im Zweifel entscheidet eine dritte Person."
    )
