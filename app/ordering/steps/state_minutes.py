"""The minutes that an order cost outside the portal, stated by the member."""

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import Conflict
from app.ordering.act import check_version
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import FINAL


def state_minutes(
    session: Session,
    number: str,
    tenant: Tenant,
    minutes: int | None,
    *,
    seen: int | None = None,
) -> CallOff:
    """0 is a statement, None takes it back; a closed order keeps what was stated."""
    found = lock_call_off(session, number, tenant)
    check_version(found, seen)
    if found.state in FINAL:
        raise Conflict("Dieser Abruf ist abgeschlossen; die Zeitangabe bleibt, wie sie ist.")
    found.offline_minutes = minutes
    session.flush()
    return found
