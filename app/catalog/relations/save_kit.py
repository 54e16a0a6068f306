"""Making or changing a kit; orders that were placed with it keep what it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.queries import orderable_articles
from app.catalog.relations.kit_queries import kit_of
from app.catalog.relations.records import Kit, KitComponent
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.legal_day import legal_day

FEWEST_PARTS: Final = 2
MOST_PARTS: Final = 20
MOST_PIECES: Final = 100
LONGEST_TITLE: Final = 120
LONGEST_DESCRIPTION: Final = 1000


@dataclass(frozen=True, slots=True)
class KitWanted:
    """A kit as its editor wants it; without a number it is new; `version` is what was seen."""

    title: str
    description: str
    pieces: Mapping[str, int]
    number: str | None = None
    version: int | None = None
    faults: tuple[FieldError, ...] = field(default=())


def save_kit(session: Session, wanted: KitWanted, person_id: int | None, now: datetime) -> Kit:
    """Malformed with a sentence per field; Conflict where somebody else changed it meanwhile."""
    errors = [*wanted.faults, *_errors(session, wanted, now)]
    if errors:
        raise Malformed(*errors)
    kit = kit_of(session, wanted.number) if wanted.number else _new(session, person_id, now)
    if wanted.number and wanted.version is not None and kit.version != wanted.version:
        raise Conflict("Dieses Paket wurde inzwischen geändert. Bitte laden Sie es neu.", "stale")
    kit.title, kit.description = wanted.title, wanted.description
    kit.changed_at, kit.changed_by = now, person_id
    flag_modified(kit, "changed_at")  # other parts alone make a new version, too
    kept = {component.sku: component for component in kit.components}
    kit.components = [
        _component(kept.get(sku), sku, many, position)
        for position, (sku, many) in enumerate(wanted.pieces.items(), 1)
    ]
    try:
        with session.begin_nested():
            session.add(kit)
    except IntegrityError:
        text = "Ein anderes Paket entstand im selben Moment. Bitte noch einmal."
        raise Conflict(text, "kit_number") from None
    payload: dict[str, object] = {"title": kit.title, "pieces": dict(wanted.pieces)}
    actor = f"person:{person_id}" if person_id else "system"
    append(session, COOPERATIVE, now, Happening("kit.saved", f"kit:{kit.number}", actor, payload))
    return kit


def _new(session: Session, person_id: int | None, now: datetime) -> Kit:
    last = session.scalar(select(func.max(Kit.id))) or 0
    number = f"PAKET-{last + 1:03}"
    return Kit(number=number, title="", changed_at=now, changed_by=person_id, components=[])


def _component(known: KitComponent | None, sku: str, many: int, position: int) -> KitComponent:
    component = known or KitComponent(sku=sku)
    component.quantity, component.position = many, position
    return component


def _errors(session: Session, wanted: KitWanted, now: datetime) -> list[FieldError]:
    errors = []
    if not wanted.title or len(wanted.title) > LONGEST_TITLE:
        text = f"Bitte geben Sie einen Namen mit höchstens {LONGEST_TITLE} Zeichen an."
        errors.append(FieldError("title", "title", text))
    if len(wanted.description) > LONGEST_DESCRIPTION:
        text = f"Bitte höchstens {LONGEST_DESCRIPTION} Zeichen."
        errors.append(FieldError("description", "too_long", text))
    if not FEWEST_PARTS <= len(wanted.pieces) <= MOST_PARTS:
        text = f"Ein Paket hat {FEWEST_PARTS} bis {MOST_PARTS} verschiedene Artikel."
        errors.append(FieldError("pieces", "parts", text))
    known = orderable_articles(session, wanted.pieces, legal_day(now))
    for position, (sku, many) in enumerate(wanted.pieces.items(), 1):
        article = known.get(sku)
        if not 1 <= many <= MOST_PIECES:
            text = f"Bitte geben Sie für {sku} eine Menge von 1 bis {MOST_PIECES} an."
            errors.append(FieldError(f"quantity-{position}", "quantity", text))
        if article is None:
            text = f"Den Artikel „{sku}“ gibt es im Katalog nicht."
            errors.append(FieldError(f"sku-{position}", "article_unknown", text))
        elif article.term_fault:
            text = f"„{article.name}“ hat eine Laufzeit und kann nicht Teil eines Pakets sein."
            errors.append(FieldError(f"sku-{position}", "has_term", text))
    return errors
