"""Not approving that a placed order grows: it stays as it is, what was held goes back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.rules import Verdict
from app.database.tenant import Tenant
from app.ordering.act import needed_reason
from app.ordering.changing.close import close
from app.ordering.changing.deciding import deciding, record_word
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeStep
from app.ordering.changing.tell import tell_asker, tell_desk_of_change
from app.ordering.changing.trace import record_step
from app.ordering.rules import Side
from app.ordering.wanted import Actor


def refuse_change(  # noqa: PLR0913 - who decides over what and why
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    position: int,
    now: datetime,
    *,
    reason: str,
) -> CallOffChange:
    """The order stays as it is. Raises NotAllowed, IllegalStep, Malformed without a reason."""
    over = deciding(session, actor, number, tenant, position, now)
    found, change = over.found, over.change
    text = needed_reason(reason)
    record_word(session, over, Verdict.REJECTED, now, reason=text)
    close(
        session,
        found,
        change,
        ChangeStep.REFUSE,
        now,
        by=actor.person_id,
        side=Side.APPROVER,
        reason=text,
    )
    tell_asker(session, found, change, f"Ihre Änderung ist nicht genehmigt: {text}", now)
    tell_desk_of_change(session, found, change, now)
    record_step(session, found, change, actor.name, now)
    return change
