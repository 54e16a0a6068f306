"""Keeping which device models an article is or fits, so that the finder need not read texts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from app.catalog.relations.records import DeviceModel
from app.catalog.relations.rules_models import (
    DEVICE_CPV,
    LONGEST_MODEL,
    folded_model,
    models_of,
)
from app.database.base import table_of
from app.database.bulk import insert_rows

MODELS: Final[Table] = table_of(DeviceModel)


@dataclass(frozen=True, slots=True)
class Described:
    """An article as its file describes it; features are (name, value, unit)."""

    article_id: int
    name: str
    cpv: str
    features: Sequence[Sequence[str]]


def index_models(session: Session, articles: Iterable[Described], known: Collection[int]) -> None:
    """What an earlier version said of the `known` ones among these articles goes first."""
    if known:
        session.connection().execute(delete(MODELS).where(MODELS.c.article_id.in_(known)))
    rows = (row for one in articles for row in _rows(one))
    insert_rows(session, MODELS, ("article_id", "model", "folded", "own"), rows)


def _rows(one: Described) -> list[tuple[object, ...]]:
    own = one.cpv.startswith(DEVICE_CPV)
    models = (one.name[:LONGEST_MODEL],) if own else models_of(one.features)
    by_folded = {folded: model for model in models if (folded := folded_model(model))}
    return [(one.article_id, model, folded, own) for folded, model in by_folded.items()]
