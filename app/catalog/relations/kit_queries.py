"""Named reads of kits: what they hold, what that costs today, and what of it cannot be had."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.queries import OrderableArticle
from app.catalog.records import Article
from app.catalog.relations.records import Kit, KitComponent
from app.catalog.relations.rules_kits import KitContent
from app.catalog.supplied import supplied_articles
from app.catalog.visible import Visible
from app.kernel.errors import NotFound
from app.kernel.money import Money

UNKNOWN: Final = "Dieses Paket gibt es nicht."


@dataclass(frozen=True, slots=True)
class KitLine:
    """A component at its own price for the quantity wanted; `article` is None for a lost number."""

    sku: str
    quantity: int
    article: OrderableArticle | None

    @property
    def name(self) -> str:
        return self.article.name if self.article else self.sku

    @property
    def net(self) -> Money:
        price = self.article.unit_price if self.article else None
        return price.times(self.quantity) if price else Money(0)

    @property
    def obstacle(self) -> str:
        """Why this part cannot be ordered today; empty where it can."""
        if self.article is None:
            return "Diesen Artikel gibt es im Katalog nicht."
        return self.article.reason or self.article.term_fault or ""


@dataclass(frozen=True, slots=True)
class KitSeen:
    """A kit with the prices of a day."""

    kit: Kit
    lines: tuple[KitLine, ...]

    @property
    def net(self) -> Money:
        """Of everything that can be ordered."""
        return Money.total(line.net for line in self.lines)

    @property
    def lacking(self) -> tuple[KitLine, ...]:
        return tuple(line for line in self.lines if line.obstacle)

    @property
    def orderable(self) -> bool:
        """Whether any part can be had."""
        return len(self.lacking) < len(self.lines)

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The numbers of the agreements that its parts belong to: one order each."""
        numbers = (line.article.framework_number for line in self.lines if line.article)
        return tuple(dict.fromkeys(numbers))


def kits_seen(
    session: Session, on: date, visible: Visible, *, inactive: bool = False
) -> tuple[KitSeen, ...]:
    """By title; inactive ones only for their editor, no kit of which nothing is visible."""
    query = select(Kit).order_by(Kit.title, Kit.id)
    kits = session.scalars(query if inactive else query.where(Kit.active)).all()
    seen = (_seen(session, kit, 1, on, visible) for kit in kits)
    return tuple(one for one in seen if any(line.article for line in one.lines))


def kit_seen(session: Session, number: str, on: date, visible: Visible, count: int = 1) -> KitSeen:
    """`count` kits at the prices for so many. NotFound where nothing of such a kit is visible."""
    seen = _seen(session, kit_of(session, number), count, on, visible)
    if visible is not None and not any(line.article for line in seen.lines):
        raise NotFound(UNKNOWN, "kit_unknown")
    return seen


def kit_of(session: Session, number: str) -> Kit:
    kit = session.scalar(select(Kit).where(Kit.number == number))
    if kit is None:
        raise NotFound(UNKNOWN, "kit_unknown")
    return kit


def kits_with(session: Session, sku: str) -> tuple[Kit, ...]:
    """The kits that an article is part of."""
    query = (
        select(Kit)
        .join(KitComponent, KitComponent.kit_id == Kit.id)
        .where(KitComponent.sku == sku, Kit.active)
        .order_by(Kit.title, Kit.id)
    )
    return tuple(session.scalars(query))


def kit_contents(session: Session, ids: Collection[int]) -> Mapping[int, KitContent]:
    """What kits hold, by id."""
    kits = session.scalars(select(Kit).where(Kit.id.in_(ids))).all()
    skus = {component.sku for kit in kits for component in kit.components}
    names = dict(
        session.execute(select(Article.sku, Article.name).where(Article.sku.in_(skus))).all()
    )
    return {kit.id: KitContent(kit.number, kit.title, pieces_of(kit), names) for kit in kits}


def pieces_of(kit: Kit) -> dict[str, int]:
    return {component.sku: component.quantity for component in kit.components}


def _seen(session: Session, kit: Kit, count: int, on: date, visible: Visible) -> KitSeen:
    pieces = {sku: many * count for sku, many in pieces_of(kit).items()}
    known = {
        sku: article
        for sku, article in supplied_articles(session, pieces, on).items()
        if visible is None or article.lot_id in visible
    }
    lines = tuple(KitLine(sku, many, known.get(sku)) for sku, many in pieces.items())
    return KitSeen(kit, lines)
