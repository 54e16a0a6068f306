"""Releasing a declared successor: the second person of two, on the facts of that day."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.relations.compare_articles import compare_articles
from app.catalog.relations.declare_successor import NoSuccessor
from app.catalog.relations.records import Successor
from app.catalog.relations.successor_queries import successor_of
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day


def release_successor(
    session: Session, successor_id: int, person_id: int, now: datetime
) -> Successor:
    """Compared once more; raises NotFound, NoSuccessor, and Conflict for the declarer's own."""
    found = successor_of(session, successor_id, lock=True)
    if found.withdrawn_at is not None or found.released_at is not None:
        raise Conflict("Über diesen Nachfolger ist schon entschieden.", "already_decided")
    if found.declared_by == person_id:
        text = "Sie haben diesen Nachfolger eingetragen. Freigeben muss ihn eine zweite Person."
        raise Conflict(text, "four_eyes")
    again = compare_articles(session, found.old_sku, found.new_sku, legal_day(now))
    if again.comparison.refusals:
        raise NoSuccessor(again.comparison.refusals)
    found.released_at, found.released_by = now, person_id
    session.flush()
    payload: dict[str, object] = {"new": found.new_sku, "document": found.document_sha256}
    subject = f"article:{found.old_sku}"
    happening = Happening("successor.released", subject, f"person:{person_id}", payload)
    append(session, COOPERATIVE, now, happening)
    return found
