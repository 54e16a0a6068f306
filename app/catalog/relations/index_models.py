"""Keeping which device models an article is or fits, so that the finder need not read texts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from app.catalog.relations.records import DeviceModel
from app.catalog.relations.rules_models import ModelRow
from app.database.base import table_of
from app.database.bulk import insert_rows

MODELS: Final[Table] = table_of(DeviceModel)


def index_models(
    session: Session, models: Mapping[int, Sequence[ModelRow]], known: Collection[int]
) -> None:
    """`models` by article id; what an earlier version said of the `known` ones goes first."""
    if known:
        session.connection().execute(delete(MODELS).where(MODELS.c.article_id.in_(known)))
    rows = ((article_id, *model) for article_id, told in models.items() for model in told)
    insert_rows(session, MODELS, ("article_id", "model", "folded", "own"), rows)
