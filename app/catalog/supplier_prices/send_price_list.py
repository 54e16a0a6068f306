"""A supplier's price list as it was handed in: read, checked and kept as a draft."""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.archive.store import keep
from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.formats.findings import Fault, FileRefused, Findings
from app.catalog.formats.values import Article as ReadArticle
from app.catalog.formats.values import Price, Transaction
from app.catalog.records import Article
from app.catalog.supplier_offers.records import SupplierPrice, SupplierPriceList
from app.catalog.supplier_prices.queries import supplier_to_price
from app.catalog.upkeep.import_result import finding_json, listed
from app.catalog.upkeep.open_file import Reading, open_file
from app.database.base import table_of
from app.frameworks.agreement_records import FrameworkSupplier
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day

MOST_ARTICLES: Final = 20_000
LARGEST_FILE: Final = 10_000_000
BATCH: Final = 1000
PRICES: Final = table_of(SupplierPrice)


@dataclass(frozen=True, slots=True)
class ListWish:
    """Whose list it is, from which day on its prices are to hold, and the file as it was sent."""

    supplier_id: int
    valid_from: date
    file_name: str
    content: bytes


def send_price_list(
    session: Session, wish: ListWish, person_id: int, now: datetime
) -> SupplierPriceList:
    """Any catalog format; only numbers and prices are read, every unusable line is remarked.

    Raises Malformed at `supplier`, `valid_from` or `file`, FileRefused where nothing can be read.
    """
    supplier = supplier_to_price(session, wish.supplier_id, lock=True)
    if wish.valid_from < legal_day(now):
        text = "Preise gelten frühestens ab heute; frühere Abrufe bleiben, wie sie sind."
        raise Malformed(FieldError("valid_from", "past", text))
    if len(wish.content) > LARGEST_FILE:
        raise Malformed(FieldError("file", "too_large", "Die Datei ist größer als 10 MB."))
    findings = Findings()
    rows = list(_rows(session, supplier, wish, legal_day(now), findings))
    if not rows:
        text = "Die Datei enthält keinen verwendbaren Preis für einen Artikel dieses Loses."
        raise Malformed(FieldError("file", "no_prices", text))
    made = SupplierPriceList(
        framework_id=supplier.framework_id,
        supplier_id=supplier.id,
        number=_next(session, supplier.id),
        valid_from=wish.valid_from,
        file_name=wish.file_name[:200],
        file_sha256=keep(session, wish.content, "application/octet-stream", now),
        result={
            "rejected": listed([finding_json(one) for one in findings.rejected]),
            "warnings": listed([finding_json(one) for one in findings.warnings]),
        },
        sent_by=person_id,
        sent_at=now,
    )
    session.add(made)
    session.flush()
    session.execute(insert(PRICES), [{"price_list_id": made.id, **row} for row in rows])
    payload: dict[str, object] = {
        "number": made.number,
        "from": wish.valid_from.isoformat(),
        "prices": len(rows),
        "sha256": made.file_sha256,
    }
    subject = f"supplier:{supplier.id}"
    happening = Happening("price_list.sent", subject, f"person:{person_id}", payload)
    append(session, COOPERATIVE, now, happening)
    return made


def _next(session: Session, supplier_id: int) -> int:
    highest = select(func.max(SupplierPriceList.number)).where(
        SupplierPriceList.supplier_id == supplier_id
    )
    return (session.scalar(highest) or 0) + 1


def _rows(
    session: Session, supplier: FrameworkSupplier, wish: ListWish, today: date, findings: Findings
) -> Iterator[dict[str, Any]]:
    reading = Reading(kind=Transaction.UPDATE_PRICES)
    file = open_file(io.BytesIO(wish.content), today, reading)
    try:
        read = list(_limited(file.articles()))
    finally:
        file.close()
    findings.kept.extend(file.findings.kept)
    known = _articles(session, supplier, [one.sku for one in read])
    for one in read:
        article_id = known.get(one.sku)
        if article_id is None:
            findings.add(one.line, one.sku, Fault.NOT_IN_CATALOG)
            continue
        for price in one.prices:
            if _holds_on(price, wish.valid_from):
                yield {
                    "article_id": article_id,
                    "lower_bound": price.lower_bound,
                    "unit_price": price.unit_price,
                }


def _limited(articles: Iterator[ReadArticle]) -> Iterator[ReadArticle]:
    for count, article in enumerate(articles):
        if count >= MOST_ARTICLES:
            text = f"Die Preisliste hat mehr als {MOST_ARTICLES} Artikel."
            raise FileRefused(text, "too_many_lines")
        yield article


def _articles(
    session: Session, supplier: FrameworkSupplier, skus: Collection[str]
) -> dict[str, int]:
    """Those of the supplier's lot, by number."""
    wanted, found = list(skus), dict[str, int]()
    for start in range(0, len(wanted), BATCH):
        statement = select(Article.sku, Article.id).where(
            Article.sku.in_(wanted[start : start + BATCH]),
            Article.framework_id == supplier.framework_id,
            Article.active,
        )
        if supplier.lot_id is not None:
            statement = statement.where(Article.lot_id == supplier.lot_id)
        found.update(session.execute(statement).all())
    return found


def _holds_on(price: Price, day: date) -> bool:
    """Both days of a price in a file are inclusive."""
    begun = price.valid_from is None or price.valid_from <= day
    return begun and (price.valid_until is None or day <= price.valid_until)
