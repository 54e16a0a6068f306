"""Everything that the page and the API tell about what belongs to an article."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.queries import ArticleRow, rows_by_sku
from app.catalog.records import Article
from app.catalog.relations.kit_queries import kits_with
from app.catalog.relations.option_queries import option_rules
from app.catalog.relations.records import Kit
from app.catalog.relations.related import Related, related
from app.catalog.relations.rules_options import OptionKind, Options
from app.catalog.relations.rules_variants import Axis
from app.catalog.relations.successor_queries import Offer, offers, replaced_by
from app.catalog.relations.variants import choices, family_rows
from app.catalog.visible import Visible

SENTENCES: Final = {
    OptionKind.ONE_OF: "Bitte wählen Sie davon {pieces} je Stück.",
    OptionKind.ALL_OF: "Gehört dazu, {pieces} je Stück.",
    OptionKind.AT_MOST: "Höchstens {pieces} davon je Stück.",
    OptionKind.EXCLUDED: "Nicht zusammen bestellbar.",
}


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """A rule about the article with the articles that it names."""

    rule: Options
    rows: tuple[ArticleRow, ...]

    @property
    def title(self) -> str:
        return self.rule.title or ("Pflichtzubehör" if self.required else "Optionen")

    @property
    def required(self) -> bool:
        return self.rule.kind in {OptionKind.ALL_OF, OptionKind.ONE_OF}

    @property
    def sentence(self) -> str:
        return SENTENCES[self.rule.kind].format(pieces=self.rule.pieces)


@dataclass(frozen=True, slots=True)
class ArticleRelations:
    """`variants` holds the article itself; `offer` is a released successor."""

    related: Related
    variants: tuple[ArticleRow, ...]
    axes: tuple[Axis, ...]
    options: tuple[OptionGroup, ...]
    kits: tuple[Kit, ...]
    offer: Offer | None
    replaces: tuple[ArticleRow, ...]

    @property
    def accessories(self) -> tuple[ArticleRow, ...]:
        """Without what a rule already offers beside the article."""
        ruled = {row.sku for group in self.options for row in group.rows}
        return tuple(row for row in self.related.accessories if row.sku not in ruled)


def article_relations(
    session: Session, row: ArticleRow, on: date, visible: Visible
) -> ArticleRelations:
    """Of an article that was found visible before; everything beside it only as far as visible."""
    article = session.scalars(select(Article).where(Article.id == row.id)).one()
    family = family_rows(session, article, on, visible)
    rules = option_rules(session, [row.sku]) if article.optioned else ()
    return ArticleRelations(
        related=related(session, article, on, visible),
        variants=family,
        axes=choices(row, family),
        options=tuple(
            OptionGroup(rule, rows_by_sku(session, rule.targets, on, visible)) for rule in rules
        ),
        kits=kits_with(session, row.sku),
        offer=offers(session, [row.sku], on, visible).get(row.sku),
        replaces=replaced_by(session, row.sku, on, visible),
    )
