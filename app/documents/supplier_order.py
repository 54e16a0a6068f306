"""What an order to a supplier says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.documents.sheet.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class WantedArticle:
    """Pieces of one article, for one call-off or altogether."""

    sku: str
    name: str
    manufacturer: str
    quantity: int
    unit: str


@dataclass(frozen=True, slots=True)
class Consignment:
    """What goes to one address for one call-off."""

    call_off_number: str
    member_name: str
    ship_to: tuple[str, ...]
    wanted_by: date | None
    promised: date | None
    articles: tuple[WantedArticle, ...]


@dataclass(frozen=True, slots=True)
class SupplierOrderFacts:
    """One order to one supplier under one framework, with every address to deliver to."""

    number: str
    day: date
    supplier: str
    framework: str
    letterhead: Letterhead
    consignments: tuple[Consignment, ...]
    demonstration: bool = False

    @property
    def totals(self) -> tuple[WantedArticle, ...]:
        """Each article once, by its number."""
        return tuple(_totals(one for sent in self.consignments for one in sent.articles))

    @property
    def pieces(self) -> int:
        return sum(article.quantity for article in self.totals)


def _totals(articles: Iterable[WantedArticle]) -> list[WantedArticle]:
    found: dict[str, WantedArticle] = {}
    for one in articles:
        before = found[one.sku].quantity if one.sku in found else 0
        found[one.sku] = WantedArticle(
            one.sku, one.name, one.manufacturer, before + one.quantity, one.unit
        )
    return [found[sku] for sku in sorted(found)]
