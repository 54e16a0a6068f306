"""What a catalog file says, as frozen values; the reader makes them, the import stores them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.unit_price import UnitPrice


class PriceKind(StrEnum):
    """The kinds of price an order may use, best first (BMEcat price_type)."""

    NET_CUSTOMER = "net_customer"
    NET_LIST = "net_list"


@dataclass(frozen=True, slots=True)
class Agreement:
    number: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Header:
    version: str
    namespace: str
    supplier: str
    catalog_id: str
    catalog_version: str
    catalog_name: str
    languages: tuple[str, ...]
    currency: str
    valid_from: date | None
    valid_until: date | None
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    parent: str
    kind: str


@dataclass(frozen=True, slots=True)
class Price:
    """A net price per order unit; both days of the validity are inclusive, None = open."""

    kind: PriceKind
    unit_price: UnitPrice
    lower_bound: int
    tax_percent: int
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Feature:
    name: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Reference:
    kind: str
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Article:
    line: int
    sku: str
    name: str
    description: str
    manufacturer: str
    mpn: str
    gtin: str
    delivery_days: int | None
    keywords: tuple[str, ...]
    remarks: str
    lot: int | None
    order_unit: str
    quantity_min: int
    quantity_interval: int
    classifications: tuple[tuple[str, str], ...]
    features: tuple[Feature, ...]
    prices: tuple[Price, ...]
    references: tuple[Reference, ...]

    def classified(self, system: str) -> str:
        """The code of the first classification whose system starts with `system`, or ''."""
        return next((code for name, code in self.classifications if name.startswith(system)), "")
