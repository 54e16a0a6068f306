"""What the page of an article holds, to be shown by whoever answers with it."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.catalog.article_page import article_detail
from app.catalog.relations.article_relations import article_relations
from app.catalog.rules_drawings import picture_of
from app.catalog.supplier_prices.suppliers_of_article import suppliers_of_article
from app.catalog.visible import Visible


def article_content(session: Session, sku: str, on: date, visible: Visible) -> dict[str, Any]:
    """Nothing typed and nothing wrong yet. NotFound where this article is not visible."""
    article = article_detail(session, sku, on, visible)
    return {
        "article": article,
        "relations": article_relations(session, article.row, on, visible),
        "suppliers": suppliers_of_article(session, sku, article.row.minimum_quantity, on),
        "picture_of": picture_of,
        "typed": {},
        "errors": {},
    }
