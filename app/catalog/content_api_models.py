"""What programs read about an article's charging, labels, footprint, pictures and papers."""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from app.catalog.article_page import ArticleDetail, ScalePrice
from app.catalog.rules_charge import Charge
from app.catalog.rules_labels import Label, Standing


class PriceGiven(BaseModel):
    """Both days are inclusive."""

    lower_bound: int
    unit_price_net: str
    currency: str = "EUR"
    valid_from: date
    valid_to: date


class LabelGiven(BaseModel):
    label: Label
    name: str
    grade: str
    valid_from: date
    valid_to: date | None
    standing: Standing
    proof_url: str


class PictureGiven(BaseModel):
    title: str
    href: str
    width: int | None
    height: int | None


class DocumentGiven(BaseModel):
    title: str
    href: str
    size: int


class ContentGiven(BaseModel):
    """`term`s are months of rent or pages per piece, as the order line takes them."""

    charge: Charge
    shortest_term: int | None
    longest_term: int | None
    prices: list[PriceGiven]
    future_prices: list[PriceGiven]
    labels: list[str]
    label_records: list[LabelGiven]
    footprint_kg: str | None
    pictures: list[PictureGiven]
    documents: list[DocumentGiven]


def content_given(detail: ArticleDetail) -> dict[str, Any]:
    charging, grams = detail.row.charging, detail.footprint_grams
    recurring = charging.charge.recurring
    return {
        "charge": charging.charge,
        "shortest_term": charging.least if recurring else None,
        "longest_term": charging.most if recurring else None,
        "prices": [_price(price) for price in detail.scale],
        "future_prices": [_price(price) for price in detail.future],
        "labels": [label.german for label in detail.row.labels],
        "label_records": [
            LabelGiven(
                label=entry.label,
                name=entry.name,
                grade=entry.grade,
                valid_from=entry.valid_from,
                valid_to=entry.until,
                standing=entry.standing,
                proof_url=entry.proof_url,
            )
            for entry in detail.labels
        ],
        "footprint_kg": None if grams is None else str(Decimal(grams) / 1000),
        "pictures": [
            PictureGiven(
                title=entry.title,
                href=f"/artikelbilder/{entry.sha256}",
                width=entry.width,
                height=entry.height,
            )
            for entry in detail.pictures
        ],
        "documents": [
            DocumentGiven(title=entry.title, href=f"/artikeldokumente/{entry.id}", size=entry.size)
            for entry in detail.documents
        ],
    }


def _price(price: ScalePrice) -> PriceGiven:
    return PriceGiven(
        lower_bound=price.lower_bound,
        unit_price_net=price.unit_price.text,
        valid_from=price.valid_from,
        valid_to=price.valid_to,
    )
