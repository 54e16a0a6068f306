"""Deciding about the articles of a draft that were stopped: leave them out, or let them pass."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.rules import Stop
from app.catalog.upkeep.import_result import listed
from app.kernel.errors import Conflict, FieldError, Malformed, NotFound

SHORTEST_REASON = 10


def leave_out_stopped(session: Session, version_id: int, person_id: int, now: datetime) -> int:
    """How many articles stay as they are published; their entries leave the draft.

    What was left out and why stays with the version, among the remarks of the import; the trail
    has the numbers of all.
    """
    version = _draft(session, version_id)
    entries = (
        CatalogEntry.catalog_version_id == version_id,
        CatalogEntry.stop.is_not(None),
    )
    stopped = session.scalars(select(CatalogEntry).where(*entries).order_by(CatalogEntry.id)).all()
    skus = [entry.sku for entry in stopped]
    remarks = [
        {
            "line": entry.line,
            "sku": entry.sku,
            "code": entry.stop.value if entry.stop else "",
            "reason": entry.stop_reason,
        }
        for entry in stopped
    ]
    # Sent twice, it finds nothing the second time and must not take back the first remarks.
    known: dict[str, Any] = version.result
    version.result = known | {"left_out": [*known.get("left_out", ()), *listed(remarks)]}
    session.execute(delete(CatalogEntry).where(*entries))
    _put_on_record(session, "catalog_stops_left_out", version_id, person_id, now, {"skus": skus})
    return len(skus)


def release_stopped(
    session: Session, version_id: int, reason: str, person_id: int, now: datetime
) -> int:
    """How many unusual prices pass from now on; what the agreement forbids stays stopped."""
    _draft(session, version_id)
    if len(reason.strip()) < SHORTEST_REASON:
        text = "Bitte begründen Sie, warum die Preise stimmen (mindestens 10 Zeichen)."
        raise Malformed(FieldError("reason", "too_short", text))
    entries = (
        CatalogEntry.catalog_version_id == version_id,
        CatalogEntry.stop == Stop.OUTSIDE_CORRIDOR,
    )
    skus = list(session.scalars(select(CatalogEntry.sku).where(*entries)))
    person = session.get_one(Person, person_id)
    kept = f"Freigegeben ({person.label}): {reason.strip()}"[:400]
    session.execute(update(CatalogEntry).where(*entries).values(stop=None, stop_reason=kept))
    said: dict[str, object] = {"skus": skus, "reason": reason.strip()}
    _put_on_record(session, "catalog_stops_released", version_id, person_id, now, said)
    return len(skus)


def _draft(session: Session, version_id: int) -> CatalogVersion:
    version = session.get(CatalogVersion, version_id, with_for_update=True)
    if version is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    if version.published_at is not None:
        raise Conflict("Diese Katalogversion ist schon veröffentlicht.", "already_published")
    if version.publishing_since is not None:
        raise Conflict("Diese Version wird gerade veröffentlicht.", "publishing")
    return version


def _put_on_record(
    session: Session,
    action: str,
    version_id: int,
    person_id: int,
    now: datetime,
    said: dict[str, object],
) -> None:
    subject, actor = f"catalog_version:{version_id}", f"person:{person_id}"
    append(session, COOPERATIVE, now, Happening(action, subject, actor, said))
