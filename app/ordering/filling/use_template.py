"""Ordering from a template: its articles, for so many workplaces, into the basket."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, FieldError, Malformed
from app.ordering.basket.contents import Owner
from app.ordering.filling.put_many_in_basket import put_many_in_basket
from app.ordering.filling.rules_templates import MOST_WORKPLACES
from app.ordering.filling.template_queries import successors, template_seen


@dataclass(frozen=True, slots=True)
class TemplateAdded:
    """What was left out, by name, and how many articles this member cannot see."""

    lacking: tuple[str, ...]
    hidden: int


def use_template(
    session: Session, owner: Owner, template_id: int, workplaces: int, now: datetime
) -> TemplateAdded:
    """What cannot be ordered stays away, unless a successor is offered for it in the basket.

    Raises NotFound, Malformed for the number of workplaces, Conflict where nothing is orderable.
    """
    if not 1 <= workplaces <= MOST_WORKPLACES:
        text = f"Bitte geben Sie eine Anzahl von 1 bis {MOST_WORKPLACES} an."
        raise Malformed(FieldError("anzahl", "quantity", text))
    seen = template_seen(session, owner, template_id, now, workplaces)
    offered = successors(session, owner, seen, now)
    put = {
        sku: line.quantity
        for sku, line in seen.lines.items()
        if line.obstacle is None or sku in offered
    }
    if not put:
        raise Conflict("Aus dieser Vorlage ist heute nichts bestellbar.", "template_not_orderable")
    terms = {piece.sku: piece.term for piece in seen.pieces if piece.term is not None}
    put_many_in_basket(session, owner, put, now, terms)
    lacking = tuple(line.article.name for sku, line in seen.lines.items() if sku not in put)
    return TemplateAdded(lacking, seen.hidden)
