"""How articles are read with what lists and orders need of their group, lot and agreement."""

from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from app.catalog.records import Article, Category
from app.database.among import among
from app.database.base import table_of
from app.frameworks.records import Framework, Lot

COLUMNS: Final = (
    Article.id,
    Article.sku,
    Article.name,
    Article.manufacturer,
    Article.framework_id,
    Article.lot_id,
    Article.active,
    Article.order_unit,
    Article.pieces_per_unit,
    Article.minimum_quantity,
    Article.quantity_interval,
    Article.delivery_days,
    Article.tax_percent,
    Article.serial_numbers,
    Article.rc_category,
    Article.charge,
    Article.shortest_term,
    Article.longest_term,
    Article.optioned,
    Article.details,
    Category.name.label("category"),
    Category.slug.label("category_slug"),
    Framework.number.label("framework_number"),
    Framework.title.label("framework_title"),
    Framework.valid_from,
    Framework.valid_to,
    Framework.delivery_days.label("framework_delivery_days"),
    Framework.call_off_mode,
    Lot.number.label("lot_number"),
    Lot.title.label("lot_title"),
)


def _articles() -> Select[*tuple[Any, ...]]:
    return (
        select(*COLUMNS)
        .join(Framework, Framework.id == Article.framework_id)
        .join(Lot, Lot.id == Article.lot_id)
        .outerjoin(Category, Category.id == Article.category_id)
    )


# Built once: putting a statement together costs more than executing it.
BY_ID: Final = _articles().where(among(table_of(Article).c.id, "ids", few=True))
BY_SKU: Final = _articles().where(Article.sku.in_(bindparam("skus", expanding=True)))
