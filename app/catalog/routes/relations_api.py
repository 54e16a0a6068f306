"""`/api/v1/kits` and `/api/v1/supplies`: what is ordered together, and what fits a device."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel

from app.catalog.relations.find_supplies import find_supplies
from app.catalog.relations.kit_queries import KitSeen, kit_seen, kits_seen
from app.catalog.visible import lots_seen_by
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.dependencies import Db, Now
from app.web.paging import Paged

router = APIRouter(tags=["Katalog"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CATALOG_READ))]


class KitLineGiven(BaseModel):
    """`not_orderable_because` is a German sentence; null where the article can be ordered."""

    sku: str
    name: str
    quantity: int
    unit_price_net: str | None
    net: str
    not_orderable_because: str | None


class KitGiven(BaseModel):
    """`net` sums what can be ordered; an order names the articles, one order per agreement."""

    number: str
    title: str
    description: str
    frameworks: list[str]
    currency: str = "EUR"
    net: str
    lines: list[KitLineGiven]


class KitList(BaseModel):
    items: list[KitGiven]
    total: int
    next: str | None


class SupplyGiven(BaseModel):
    sku: str
    name: str
    unit_price_net: str | None
    orderable: bool


class DeviceGiven(BaseModel):
    """`sku` where the device itself is in the catalog."""

    model: str
    sku: str | None
    supplies: list[SupplyGiven]


class DeviceList(BaseModel):
    items: list[DeviceGiven]
    total: int
    next: str | None


@router.get(
    "/kits",
    summary="Pakete",
    description="Artikel, die zusammen gebraucht werden, mit Mengen und heutigen Preisen. "
    "Bestellt werden die Artikel einzeln, je Rahmenvertrag in einem Abruf.",
)
def show_kits(db: Db, now: Now, asking: Reader, paged: Paged) -> KitList:
    today = legal_day(now)
    found = kits_seen(db, today, lots_seen_by(db, asking, today))
    items = [_kit(seen) for seen in paged.of(found)]
    return KitList(items=items, total=len(found), next=paged.next(len(found)))


@router.get("/kits/{number}", summary="Ein Paket")
def show_kit(
    db: Db, now: Now, asking: Reader, number: Annotated[str, Path(max_length=20)]
) -> KitGiven:
    today = legal_day(now)
    visible = lots_seen_by(db, asking, today)
    return _kit(kit_seen(db, number, today, visible))


@router.get(
    "/supplies",
    summary="Verbrauchsmaterial zu einem Gerät",
    description="`device` ist ein Gerätemodell wie „LaserJet Pro M404“; Wörter mit Ziffern "
    "müssen vorkommen, die übrigen ordnen die Treffer.",
)
def show_supplies(
    db: Db,
    now: Now,
    asking: Reader,
    device: Annotated[str, Query(max_length=120, examples=["M404"])] = "",
    *,
    paged: Paged,
) -> DeviceList:
    today = legal_day(now)
    fitting = find_supplies(db, device, today, lots_seen_by(db, asking, today))
    items = [
        DeviceGiven(
            model=found.model,
            sku=found.sku or None,
            supplies=[
                SupplyGiven(
                    sku=row.sku,
                    name=row.name,
                    unit_price_net=row.unit_price.text if row.unit_price else None,
                    orderable=row.orderable,
                )
                for row in found.supplies
            ],
        )
        for found in paged.of(fitting)
    ]
    return DeviceList(items=items, total=len(fitting), next=paged.next(len(fitting)))


def _kit(seen: KitSeen) -> KitGiven:
    return KitGiven(
        number=seen.kit.number,
        title=seen.kit.title,
        description=seen.kit.description,
        frameworks=list(seen.frameworks),
        net=seen.net.text,
        lines=[
            KitLineGiven(
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                unit_price_net=line.article.unit_price.text
                if line.article and line.article.unit_price
                else None,
                net=line.net.text,
                not_orderable_because=line.obstacle or None,
            )
            for line in seen.lines
        ],
    )
