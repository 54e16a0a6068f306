"""What the page of a call-off shows of its deliveries; wired in `main`."""

from typing import Any

from sqlalchemy.orm import Session

from app.fulfilment import queries
from app.members.asking import Asking
from app.ordering.records import CallOff


def order_parts(session: Session, found: CallOff, _asking: Asking) -> dict[str, Any]:
    """The context of `fulfilment/_receipt.html`."""
    return {
        "number": found.number,
        "deliveries": queries.deliveries(session, found),
        "errors": {},
        "typed": {},
    }
