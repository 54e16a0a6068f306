"""Small BMEcat files in the making, for tests of reading them."""

import io
from datetime import date
from typing import Final

from app.catalog.formats.findings import Fault
from app.catalog.formats.open_catalog import open_catalog
from app.catalog.formats.stream import CatalogStream
from app.catalog.formats.values import Article

TODAY: Final = date(2026, 11, 21)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>'


def catalog(
    articles: str,
    head: str = DECLARATION,
    *,
    transaction: str = "T_NEW_CATALOG",
    more: str = "",
    version: str = "1.2",
) -> bytes:
    """`more` stands in CATALOG; a transaction may come with its prev_version."""
    name = transaction.partition(" ")[0]
    return (
        f'{head}<BMECAT version="{version}"><HEADER><CATALOG><LANGUAGE>deu</LANGUAGE>'
        "<CATALOG_ID>T</CATALOG_ID><CATALOG_VERSION>1.0</CATALOG_VERSION>"
        f"<CURRENCY>EUR</CURRENCY>{more}</CATALOG>"
        "<SUPPLIER><SUPPLIER_NAME>Lieferant</SUPPLIER_NAME></SUPPLIER></HEADER>"
        f"<{transaction}>{articles}</{name}></BMECAT>"
    ).encode()


def article(prices: str, more: str = "", sku: str = "A-1", mode: str = "") -> str:
    """`more` stands between details and prices."""
    wanted = f' mode="{mode}"' if mode else ""
    return (
        f"<ARTICLE{wanted}><SUPPLIER_AID>{sku}</SUPPLIER_AID><ARTICLE_DETAILS>"
        f"<DESCRIPTION_SHORT>Ding</DESCRIPTION_SHORT></ARTICLE_DETAILS>{more}"
        f"<ARTICLE_PRICE_DETAILS>{prices}</ARTICLE_PRICE_DETAILS></ARTICLE>"
    )


def price(amount: str, kind: str = "net_customer", more: str = "") -> str:
    return (
        f'<ARTICLE_PRICE price_type="{kind}"><PRICE_AMOUNT>{amount}</PRICE_AMOUNT>{more}'
        "</ARTICLE_PRICE>"
    )


def feature(name: str, value: str, more: str = "") -> str:
    return f"<FEATURE><FNAME>{name}</FNAME><FVALUE>{value}</FVALUE>{more}</FEATURE>"


def refers(kind: str, target: str) -> str:
    return f'<ARTICLE_REFERENCE type="{kind}"><ART_ID_TO>{target}</ART_ID_TO></ARTICLE_REFERENCE>'


def read(content: bytes, encoding: str | None = None) -> tuple[CatalogStream, list[Article]]:
    file = open_catalog(io.BytesIO(content), TODAY, encoding=encoding)
    return file, list(file.articles())


def only(articles: str) -> tuple[Article, set[Fault]]:
    """The first article of a whole catalog, and everything that was remarked on it."""
    file, found = read(catalog(articles))
    return found[0], set(file.findings.counts)
