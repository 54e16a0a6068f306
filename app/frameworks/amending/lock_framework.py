"""Taking an agreement for a change, as it was when the page was shown."""

from sqlalchemy.orm import Session

from app.frameworks.queries import FrameworkWithLots, framework
from app.kernel.errors import Conflict

STALE = "Jemand anderes hat diesen Rahmenvertrag inzwischen geändert. Bitte neu prüfen."


def lock_framework(session: Session, number: str, seen: int | None) -> FrameworkWithLots:
    """Locked, so that two changes follow one another. Raises NotFound, Conflict where stale."""
    found = framework(session, number)
    session.refresh(found.framework, with_for_update=True)
    if seen is not None and seen != found.framework.version:
        raise Conflict(STALE, "stale_version")
    return found
