"""What the page of a call-off shows from above ordering; wired in `main`."""

from typing import Any

from sqlalchemy.orm import Session

from app.fulfilment.queries import deliveries
from app.invoicing.queries import of_call_off
from app.members.asking import Asking
from app.members.rules import Scope
from app.ordering.records import CallOff


def order_parts(session: Session, found: CallOff, asking: Asking) -> dict[str, Any]:
    """Deliveries with the form of the goods receipt, and the invoices."""
    return {
        "number": found.number,
        "deliveries": deliveries(session, found),
        "invoices": of_call_off(session, found.id) if asking.may(Scope.INVOICES_READ) else (),
        "errors": {},
        "typed": {},
    }
