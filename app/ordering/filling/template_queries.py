"""Named reads of templates, with the prices of today for whoever looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.catalog.relations.successor_queries import Offer
from app.kernel.errors import NotFound
from app.kernel.money import Money
from app.ordering.basket.contents import Owner
from app.ordering.basket.take_successor import offers_for
from app.ordering.filling.price_again import lines_of_today
from app.ordering.filling.records import OrderTemplate
from app.ordering.filling.rules_templates import Piece, Sharing, may_change, may_see
from app.ordering.price_lines import PricedLine

NO_TEMPLATE: Final = "Diese Vorlage gibt es nicht."
MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class TemplateSeen:
    """A template as one person of one member sees it: its articles at that member's prices."""

    template: OrderTemplate
    pieces: tuple[Piece, ...]
    lines: dict[str, PricedLine]
    own_member: bool
    changeable: bool

    @property
    def net(self) -> Money:
        """Of one workplace, as far as it can be ordered today."""
        return Money.total(line.net for line in self.lines.values() if line.obstacle is None)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Names of what cannot be ordered today; what the member may not see has none."""
        return tuple(
            self.lines[piece.sku].article.name
            for piece in self.pieces
            if piece.sku in self.lines and self.lines[piece.sku].obstacle is not None
        )

    @property
    def hidden(self) -> int:
        """How many articles are in no catalog any more, or not for this member."""
        return sum(piece.sku not in self.lines for piece in self.pieces)

    @property
    def orderable(self) -> bool:
        return any(line.obstacle is None for line in self.lines.values())


def templates_seen(session: Session, owner: Owner, now: datetime) -> tuple[TemplateSeen, ...]:
    """Own ones and the member's first, then those that other members share; by name."""
    return template_page(session, owner, (0, MOST_SHOWN), now)[1]


def template_page(
    session: Session, owner: Owner, part: tuple[int, int], now: datetime
) -> tuple[int, tuple[TemplateSeen, ...]]:
    """How many there are, and those behind so many, so many at most."""
    skipped, most = part
    visible = or_(
        OrderTemplate.sharing == Sharing.EVERYBODY,
        and_(
            OrderTemplate.member_id == owner.member_id,
            or_(
                OrderTemplate.made_by == owner.person_id,
                OrderTemplate.sharing == Sharing.MEMBER,
            ),
        ),
    )
    found = session.scalars(
        select(OrderTemplate)
        .where(visible)
        .order_by(OrderTemplate.member_id != owner.member_id, OrderTemplate.name, OrderTemplate.id)
        .limit(most)
        .offset(skipped)
    ).all()
    total = session.scalar(select(func.count(OrderTemplate.id)).where(visible)) or 0
    return total, _seen(session, owner, found, now)


def template_seen(
    session: Session, owner: Owner, template_id: int, now: datetime, workplaces: int = 1
) -> TemplateSeen:
    """NotFound for one that this person may not see. `lines` are for so many workplaces."""
    found = template_of(session, owner, template_id)
    return _seen(session, owner, [found], now, workplaces)[0]


def template_of(session: Session, owner: Owner, template_id: int) -> OrderTemplate:
    found = session.get(OrderTemplate, template_id)
    if found is None or not may_see(found.sharing, **_standing(found, owner)):
        raise NotFound(NO_TEMPLATE)
    return found


def changeable_template(session: Session, owner: Owner, template_id: int) -> OrderTemplate:
    """NotFound also for one that may be seen only."""
    found = template_of(session, owner, template_id)
    if not may_change(found.sharing, **_standing(found, owner)):
        raise NotFound(NO_TEMPLATE)
    return found


def successors(
    session: Session, owner: Owner, seen: TemplateSeen, now: datetime
) -> dict[str, Offer]:
    """Released successors of what cannot be ordered any more."""
    wanted = {sku: 1 for sku, line in seen.lines.items() if line.obstacle is not None}
    return offers_for(session, owner.member_id, wanted, now)


def pieces_of(template: OrderTemplate) -> tuple[Piece, ...]:
    return tuple(Piece(one["sku"], one["quantity"], one["term"]) for one in template.pieces)


def _standing(found: OrderTemplate, owner: Owner) -> dict[str, bool]:
    own_member = found.member_id == owner.member_id
    return {"own_member": own_member, "own": own_member and found.made_by == owner.person_id}


def _seen(
    session: Session,
    owner: Owner,
    found: Sequence[OrderTemplate],
    now: datetime,
    workplaces: int = 1,
) -> tuple[TemplateSeen, ...]:
    seen = []
    for one in found:
        pieces = pieces_of(one)
        wanted = {piece.sku: piece.quantity * workplaces for piece in pieces}
        terms = {piece.sku: piece.term for piece in pieces if piece.term is not None}
        lines = lines_of_today(session, owner, wanted, terms, now)
        standing = _standing(one, owner)
        changeable = may_change(one.sharing, **standing)
        seen.append(TemplateSeen(one, pieces, lines, standing["own_member"], changeable))
    return tuple(seen)
