"""Declaring which article takes an old one's place; a second person releases it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.archive.store import keep
from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.relations.compare_articles import compare_articles
from app.catalog.relations.records import Successor
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.legal_day import legal_day

LONGEST_GROUNDS: Final = 2000
LARGEST_DOCUMENT: Final = 10_000_000
PDF: Final = b"%PDF-"


@dataclass(frozen=True, slots=True)
class SuccessorWanted:
    """What the declarer says: `grounds` for every feature that no number compares."""

    old_sku: str
    new_sku: str
    grounds: str
    document_name: str
    document: bytes


class NoSuccessor(Conflict):
    """The conditions of a successor are not met; `reasons` are German sentences."""

    code = "no_successor"

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("Das ist kein zulässiger Nachfolger. " + " ".join(reasons))
        self.reasons = reasons


def declare_successor(
    session: Session, wanted: SuccessorWanted, person_id: int | None, now: datetime
) -> Successor:
    """Raises NotFound, Malformed (grounds, document) and NoSuccessor; nothing is kept then."""
    found = compare_articles(session, wanted.old_sku, wanted.new_sku, legal_day(now))
    if found.comparison.refusals:
        raise NoSuccessor(found.comparison.refusals)
    if errors := _errors(wanted, arguable=bool(found.comparison.arguable)):
        raise Malformed(*errors)
    _refuse_loop(session, wanted)
    declared = Successor(
        old_sku=wanted.old_sku,
        new_sku=wanted.new_sku,
        valid_from=legal_day(now),
        grounds=wanted.grounds,
        comparison=found.snapshot,
        document_sha256=keep(session, wanted.document, "application/pdf", now),
        document_name=wanted.document_name[:200],
        declared_at=now,
        declared_by=person_id,
    )
    try:
        with session.begin_nested():
            session.add(declared)
    except IntegrityError:
        text = "Für diesen Artikel ist schon ein Nachfolger eingetragen."
        raise Conflict(text, "successor_exists") from None
    _put_on_record(session, declared, person_id, now)
    return declared


def _errors(wanted: SuccessorWanted, *, arguable: bool) -> list[FieldError]:
    errors = []
    if arguable and not wanted.grounds:
        text = "Bitte begründen Sie, warum die abweichenden Merkmale gleichwertig oder besser sind."
        errors.append(FieldError("grounds", "grounds_missing", text))
    if len(wanted.grounds) > LONGEST_GROUNDS:
        text = f"Bitte höchstens {LONGEST_GROUNDS} Zeichen."
        errors.append(FieldError("grounds", "too_long", text))
    if not wanted.document:
        text = "Bitte fügen Sie das Schreiben des Lieferanten oder das Datenblatt als PDF an."
        errors.append(FieldError("document", "document_missing", text))
    elif not wanted.document.startswith(PDF) or len(wanted.document) > LARGEST_DOCUMENT:
        text = f"Bitte fügen Sie ein PDF mit höchstens {LARGEST_DOCUMENT // 1_000_000} MB an."
        errors.append(FieldError("document", "document_form", text))
    return errors


def _refuse_loop(session: Session, wanted: SuccessorWanted) -> None:
    """Whoever follows the successors of the new article must not come back to the old one."""
    standing = dict(
        session.execute(
            select(Successor.old_sku, Successor.new_sku).where(Successor.withdrawn_at.is_(None))
        ).all()
    )
    sku, seen = wanted.new_sku, {wanted.old_sku}
    while sku in standing and sku not in seen:
        seen.add(sku)
        sku = standing[sku]
    if sku in seen:
        text = "Der Nachfolger hat den alten Artikel selbst als Nachfolger."
        raise NoSuccessor((text,))


def _put_on_record(
    session: Session, declared: Successor, person_id: int | None, now: datetime
) -> None:
    payload: dict[str, object] = {
        "new": declared.new_sku,
        "grounds": declared.grounds,
        "document": declared.document_sha256,
        "features": declared.comparison["features"],
    }
    actor = f"person:{person_id}" if person_id else "system"
    happening = Happening("successor.declared", f"article:{declared.old_sku}", actor, payload)
    append(session, COOPERATIVE, now, happening)
