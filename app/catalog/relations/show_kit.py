"""Taking a kit out of the list or putting it back; it stays on the orders that hold it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.relations.kit_queries import kit_of
from app.catalog.relations.records import Kit


def show_kit(session: Session, number: str, person_id: int, now: datetime, *, active: bool) -> Kit:
    """NotFound without such a kit; asking twice changes nothing."""
    kit = kit_of(session, number)
    if kit.active == active:
        return kit
    kit.active, kit.changed_at, kit.changed_by = active, now, person_id
    action = "kit.shown" if active else "kit.hidden"
    append(session, COOPERATIVE, now, Happening(action, f"kit:{number}", f"person:{person_id}", {}))
    return kit
