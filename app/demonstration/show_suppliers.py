"""Two suppliers of one lot with price lists of their own, and an order for what only one has.

A basket was parked before their lists came: taking it up says which prices changed since.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.queries import orderable_articles
from app.catalog.records import Article
from app.catalog.supplier_prices.publish_price_list import publish_price_list
from app.catalog.supplier_prices.send_price_list import ListWish, send_price_list
from app.demonstration import acts
from app.demonstration.acts import Entry, Stage
from app.demonstration.plan import Buyer, Need
from app.frameworks.agreement_records import FrameworkSupplier
from app.frameworks.records import Framework
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.legal_day import legal_day
from app.kernel.unit_price import UnitPrice
from app.ordering.basket.contents import Owner
from app.ordering.filling.park_basket import Parking, park_basket
from app.ordering.filling.put_many_in_basket import put_many_in_basket

HEAD: Final = "Artikelnummer;Preis netto"
NOT_LISTED: Final = 4  # every fourth article only the second one delivers
DEARER: Final = 102  # percent of the catalog, at the second one
HUNDRED: Final = 100
PARKED: Final = "Sicherungsplatten, wartet auf den Nachtrag"
PIECES: Final = 4
Listed = Sequence[tuple[str, UnitPrice]]


def show_suppliers(stage: Stage, people: tuple[int, int], start: datetime) -> int:
    """How many orders were submitted; `people` send and publish the lists."""
    found = _suppliers(stage.session)
    if not found:
        return 0
    (first, *others), at = found, start - timedelta(hours=6)
    articles = _articles(stage.session, first.framework_id, legal_day(at))
    listed = [one for place, one in enumerate(articles, 1) if place % NOT_LISTED]
    two = [sku for sku, _ in articles[NOT_LISTED - 2 : NOT_LISTED]]
    _park(stage, two, start - timedelta(hours=7))
    _publish(stage.session, first, _file(listed, HUNDRED), people, at)
    for other in others:
        _publish(stage.session, other, _file(articles, DEARER), people, at)
    only_others = [sku for place, (sku, _) in enumerate(articles, 1) if not place % NOT_LISTED]
    wanted = dict.fromkeys(only_others[:1], 1)
    entry = Entry(stage.cast.buyers[Buyer.IT], Need.WORKPLACE, 0, quantities=wanted)
    acts.submitted(stage, entry, start - timedelta(hours=5))
    return 1


def _park(stage: Stage, skus: Sequence[str], at: datetime) -> None:
    """By the orderer of the city, at the prices of the catalog."""
    actor = stage.cast.buyers[Buyer.IT].actor
    owner = Owner(stage.cast.member.id, actor.person_id)
    put_many_in_basket(stage.session, owner, dict.fromkeys(skus, PIECES), at)
    park_basket(stage.session, owner, Parking(PARKED, owner.person_id), at)


def _suppliers(session: Session) -> Sequence[FrameworkSupplier]:
    """Of the running agreement whose suppliers follow each other by rank."""
    return session.scalars(
        select(FrameworkSupplier)
        .join(Framework, Framework.id == FrameworkSupplier.framework_id)
        .where(Framework.call_off_mode == CallOffMode.CASCADE)
        .order_by(FrameworkSupplier.framework_id, FrameworkSupplier.rank)
    ).all()


def _articles(session: Session, framework_id: int, on: date) -> Listed:
    """With their catalog prices for a single piece."""
    wanted = select(Article.sku).where(Article.framework_id == framework_id, Article.active)
    known = orderable_articles(session, dict.fromkeys(session.scalars(wanted), 1), on)
    return [(sku, price) for sku, one in sorted(known.items()) if (price := one.unit_price)]


def _file(articles: Listed, percent: int) -> bytes:
    lines = [
        f"{sku};{UnitPrice(price.ten_thousandths * percent // HUNDRED).times(1).text}"
        for sku, price in articles
    ]
    return "\n".join([HEAD, *lines]).encode()


def _publish(
    session: Session,
    supplier: FrameworkSupplier,
    content: bytes,
    people: tuple[int, int],
    at: datetime,
) -> None:
    sender, publisher = people
    name = f"preisliste-rang-{supplier.rank}.csv"
    sent = send_price_list(session, ListWish(supplier.id, legal_day(at), name, content), sender, at)
    publish_price_list(session, sent.id, publisher, at, looked=True)
