"""Who delivers one article at which price, and whose turn it would be today."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.catalog.queries import orderable_articles
from app.catalog.supplied import BY_RULE, Supplied, price_at, supplied_by
from app.catalog.supplier_offers.offers import offers_of
from app.catalog.supplier_offers.rules_offers import CATALOG_PRICES, with_successors
from app.frameworks.awarding.suppliers import candidates_of
from app.frameworks.supplier_choice import MODE_WORDS, CallOffMode
from app.kernel.unit_price import UnitPrice


@dataclass(frozen=True, slots=True)
class SupplierPriceSeen:
    """One supplier; without a price it does not deliver the article. `next`: it is its turn."""

    name: str
    rank: int
    share: int
    price: UnitPrice | None
    next: bool


@dataclass(frozen=True, slots=True)
class SuppliersSeen:
    """All that stand today, by rank; `why` says how the next one is found."""

    mode: CallOffMode
    suppliers: tuple[SupplierPriceSeen, ...]
    why: str

    @property
    def next(self) -> SupplierPriceSeen | None:
        """Whose turn it is today; None where nobody delivers it."""
        return next((one for one in self.suppliers if one.next and one.price), None)

    @property
    def words(self) -> str:
        return MODE_WORDS[self.mode]


def suppliers_of_article(
    session: Session, sku: str, quantity: int, on: date
) -> SuppliersSeen | None:
    """Prices per piece, month or page for this quantity; None where there is one supplier."""
    article = orderable_articles(session, {sku: quantity}, on).get(sku)
    if article is None or article.article_id is None or article.call_off_mode not in BY_RULE:
        return None
    _, chosen = supplied_by(session, {sku: article}, {sku: quantity}, on)
    supplied = chosen.get(article.lot_id)
    turn = supplied.choice.supplier.id if isinstance(supplied, Supplied) else None
    why = "" if supplied is None else supplied.reason
    known = candidates_of(session, article.framework_id, article.lot_id)
    offers = with_successors(
        offers_of(session, article.framework_id, [article.article_id], on), known
    )
    standing = [one for one in known if one.stands_on(on)]
    seen = tuple(
        SupplierPriceSeen(
            one.name,
            one.rank,
            one.share,
            price_at(article, quantity, offers.get(one.id, CATALOG_PRICES), on),
            one.id == turn,
        )
        for one in standing
    )
    return SuppliersSeen(article.call_off_mode, seen, why)
