"""What a catalog file says, as values without behaviour; readers make them, the import keeps them.

Named tuples: a file has millions of them, and they are made twice as fast as frozen dataclasses.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from app.kernel.unit_price import UnitPrice


class PriceKind(StrEnum):
    """The kinds of price an order may use, best first (BMEcat price_type)."""

    NET_CUSTOMER = "net_customer"
    NET_LIST = "net_list"


class Transaction(StrEnum):
    """What a file wants to be: the whole catalog, changed articles, or changed prices."""

    NEW_CATALOG = "T_NEW_CATALOG"
    UPDATE_PRODUCTS = "T_UPDATE_PRODUCTS"
    UPDATE_PRICES = "T_UPDATE_PRICES"


class Mode(StrEnum):
    """What the file wants with one article.

    `DELETE` fills line and number only, `PRICES` also the prices, which replace all earlier ones.
    `SAME`: it stands in the file as it did when it was published; only its number is filled.
    `REJECTED`: of one of several readers of a file, so that all of its numbers are known.
    """

    NEW = "new"
    UPDATE = "update"
    DELETE = "delete"
    PRICES = "prices"
    SAME = "same"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Agreement:
    number: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a file; texts are '' and days None where it says nothing."""

    version: str
    namespace: str
    supplier: str = ""
    catalog_id: str = ""
    catalog_version: str = ""
    catalog_name: str = ""
    languages: tuple[str, ...] = ()
    currency: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    agreements: tuple[Agreement, ...] = ()
    media_root: str = ""
    price_factor: str = ""


class Group(NamedTuple):
    id: str
    name: str
    parent: str
    kind: str


class Price(NamedTuple):
    """A net price per order unit; both days of the validity are inclusive, None = open."""

    kind: PriceKind
    unit_price: UnitPrice
    lower_bound: int
    tax_percent: int
    valid_from: date | None
    valid_until: date | None


class Feature(NamedTuple):
    name: str
    value: str
    unit: str


class Reference(NamedTuple):
    kind: str
    sku: str
    quantity: int


class Media(NamedTuple):
    """A picture or document that the file names; `source` as written, `purpose` in lower case."""

    source: str
    mime_type: str
    purpose: str
    description: str
    alt: str


class Article(NamedTuple):
    """An article as the file describes it; `family` is the number it is a variant of, or ''.

    `price_quantity` is what the file's amounts are for; `prices` are already per order unit.
    `text_digest` tells its text again, '' where a second reading could say anything new: it has
    remarks, or after `quiet_until` (None: never) it will have one, that its prices are over.
    """

    line: int
    sku: str
    mode: Mode = Mode.NEW
    name: str = ""
    description: str = ""
    manufacturer: str = ""
    mpn: str = ""
    gtin: str = ""
    delivery_days: int | None = None
    keywords: tuple[str, ...] = ()
    remarks: str = ""
    lot: int | None = None
    family: str = ""
    order_unit: str = "C62"
    content_unit: str = ""
    content_quantity: Decimal | None = None
    price_quantity: Decimal = Decimal(1)
    quantity_min: int = 1
    quantity_interval: int = 1
    quantity_max: int | None = None
    classifications: tuple[tuple[str, str], ...] = ()
    features: tuple[Feature, ...] = ()
    prices: tuple[Price, ...] = ()
    references: tuple[Reference, ...] = ()
    media: tuple[Media, ...] = ()
    extensions: tuple[tuple[str, str], ...] = ()
    text_digest: str = ""
    quiet_until: date | None = None

    def classified(self, system: str) -> str:
        """The code of the first classification whose system starts with `system`, or ''."""
        return next((code for name, code in self.classifications if name.startswith(system)), "")
