"""What programs are told about what belongs to an article."""

from typing import Any

from pydantic import BaseModel

from app.catalog.queries import ArticleRow
from app.catalog.relations.article_relations import ArticleRelations
from app.catalog.relations.rules_options import OptionKind


class LinkedArticle(BaseModel):
    sku: str
    name: str


class OptionGiven(BaseModel):
    """`pieces` counts per piece of the article."""

    kind: OptionKind
    title: str
    pieces: int
    articles: list[LinkedArticle]


class SuccessorGiven(LinkedArticle):
    unit_price_net: str | None
    grounds: str


class KitNamed(BaseModel):
    number: str
    title: str


class RelationsGiven(BaseModel):
    accessories: list[LinkedArticle]
    fits: list[LinkedArticle]
    variants: list[LinkedArticle]
    options: list[OptionGiven]
    kits: list[KitNamed]
    successor: SuccessorGiven | None


def relations_given(relations: ArticleRelations) -> dict[str, Any]:
    """By field of `RelationsGiven`."""
    offer = relations.offer
    return {
        "accessories": _linked(relations.related.accessories),
        "fits": _linked(relations.related.fits),
        "variants": _linked(relations.variants),
        "options": [
            OptionGiven(
                kind=group.rule.kind,
                title=group.title,
                pieces=group.rule.pieces,
                articles=_linked(group.rows),
            )
            for group in relations.options
        ],
        "kits": [KitNamed(number=kit.number, title=kit.title) for kit in relations.kits],
        "successor": None
        if offer is None
        else SuccessorGiven(
            sku=offer.row.sku,
            name=offer.row.name,
            unit_price_net=offer.row.unit_price.text if offer.row.unit_price else None,
            grounds=offer.grounds,
        ),
    }


def _linked(rows: tuple[ArticleRow, ...]) -> list[LinkedArticle]:
    return [LinkedArticle(sku=row.sku, name=row.name) for row in rows]
