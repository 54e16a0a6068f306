"""Making a template or changing one: articles and quantities under a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.german import clean
from app.ordering.basket.contents import Owner
from app.ordering.filling.price_again import lines_of_today
from app.ordering.filling.records import OrderTemplate
from app.ordering.filling.rules_templates import LONGEST_DESCRIPTION, LONGEST_NAME, Piece, Sharing
from app.ordering.filling.template_queries import changeable_template
from app.ordering.wanted import LARGEST_QUANTITY, LARGEST_WRITTEN

MOST_PIECES: Final = 200
MOST_TEMPLATES: Final = 200


@dataclass(frozen=True, slots=True)
class TemplateWish:
    """What a template is to hold; quantities are those of one workplace."""

    name: str
    pieces: tuple[Piece, ...]
    description: str = ""
    sharing: Sharing = Sharing.PRIVATE


def save_template(
    session: Session,
    owner: Owner,
    wish: TemplateWish,
    now: datetime,
    template_id: int | None = None,
    *,
    seen: int | None = None,
) -> OrderTemplate:
    """Raises Malformed at the field, NotFound for a template that this person may not change.

    `seen` is the version that the page showed: an older one is refused (StaleDataError).
    """
    faults = [*_faults(wish), *_piece_faults(session, owner, wish.pieces, now)]
    if faults:
        raise Malformed(*faults)
    if template_id is None:
        found = _new(session, owner)
    else:
        found = changeable_template(session, owner, template_id)
        if seen is not None and seen != found.version:
            raise StaleDataError
    found.name, found.description = clean(wish.name), clean(wish.description)
    found.sharing, found.changed_at = wish.sharing, now
    found.pieces = [
        {"sku": piece.sku, "quantity": piece.quantity, "term": piece.term} for piece in wish.pieces
    ]
    session.flush()
    return found


def pieces_from(quantities: Mapping[str, int], terms: Mapping[str, int]) -> tuple[Piece, ...]:
    """From a basket or an earlier order."""
    return tuple(Piece(sku, many, terms.get(sku)) for sku, many in quantities.items())


def _new(session: Session, owner: Owner) -> OrderTemplate:
    own = select(func.count(OrderTemplate.id)).where(OrderTemplate.member_id == owner.member_id)
    if (session.scalar(own) or 0) >= MOST_TEMPLATES:
        text = f"Ihre Organisation hat schon {MOST_TEMPLATES} Vorlagen. Löschen Sie zuerst eine."
        raise Conflict(text, "too_many_templates")
    found = OrderTemplate(member_id=owner.member_id, made_by=owner.person_id)
    session.add(found)
    return found


def _faults(wish: TemplateWish) -> list[FieldError]:
    faults = []
    name = clean(wish.name)
    if not name:
        text = "Bitte geben Sie der Vorlage einen Namen, zum Beispiel „Sachbearbeitung“."
        faults.append(FieldError("vorlagenname", "missing", text))
    elif len(name) > LONGEST_NAME:
        text = f"Bitte höchstens {LONGEST_NAME} Zeichen."
        faults.append(FieldError("vorlagenname", "too_long", text))
    if len(clean(wish.description)) > LONGEST_DESCRIPTION:
        text = f"Bitte höchstens {LONGEST_DESCRIPTION} Zeichen."
        faults.append(FieldError("beschreibung", "too_long", text))
    return faults


def _piece_faults(
    session: Session, owner: Owner, pieces: tuple[Piece, ...], now: datetime
) -> list[FieldError]:
    if not pieces:
        text = "Eine Vorlage braucht mindestens einen Artikel."
        return [FieldError("zeilen", "empty", text)]
    if len(pieces) > MOST_PIECES:
        text = f"Eine Vorlage hat höchstens {MOST_PIECES} Artikel."
        return [FieldError("zeilen", "too_many", text)]
    wanted = {piece.sku: piece.quantity for piece in pieces}
    wrong = [sku for sku, many in wanted.items() if not 1 <= many <= LARGEST_QUANTITY]
    if wrong:
        text = f"Die Menge für „{wrong[0]}“ muss zwischen 1 und {LARGEST_WRITTEN} liegen."
        return [FieldError(f"menge-{wrong[0]}", "quantity", text)]
    known = lines_of_today(session, owner, wanted, {}, now)
    gone = [sku for sku in wanted if sku not in known]
    if gone:
        text = f"Den Artikel „{gone[0]}“ gibt es nicht mehr. Bitte nehmen Sie ihn heraus (Menge 0)."
        return [FieldError(f"menge-{gone[0]}", "unknown", text)]
    return []
