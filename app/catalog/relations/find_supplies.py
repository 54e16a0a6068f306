"""The toner finder: what fits a device, by its model or by an article that was delivered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.catalog.finding.typed import LITTLE
from app.catalog.queries import ArticleRow, article_rows
from app.catalog.records import Article, ArticleReference
from app.catalog.relations.records import DeviceModel
from app.catalog.relations.related import FITTING
from app.catalog.relations.rules_models import SUPPLY_CPV, TypedModel, folded_model, typed_model
from app.catalog.visible import Visible, is_visible, sees
from app.kernel.german import fold

MOST_DEVICES: Final = 8
MOST_SUPPLIES: Final = 40
CANDIDATES: Final = 400
KINDS: Final = frozenset({"drucker", "laserdrucker", "mfp", "kopierer", "geraet", "kartusche"})


@dataclass(frozen=True, slots=True)
class Device:
    """A model and what is offered for it; `sku` where the device itself is in the catalog.

    `unsaid`: words that were typed beside a bare figure, and that nothing here says: perhaps it is
    another maker's device of the same figure.
    """

    model: str
    sku: str
    supplies: tuple[ArticleRow, ...]
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A model with the articles that fit it, nothing of them read yet."""

    model: str
    folded: str
    sku: str
    ids: tuple[int, ...]


def find_supplies(session: Session, typed: str, on: date, visible: Visible) -> tuple[Device, ...]:
    """Devices whose model fits what was typed, in the catalog or named by a supply; best first."""
    wanted = typed_model(typed)
    devices = (_device(session, one, on, visible) for one in _found(session, wanted, visible))
    return tuple(
        replace(device, unsaid=_unsaid(device, wanted)) for device in devices if device.supplies
    )


def _unsaid(device: Device, wanted: TypedModel) -> tuple[str, ...]:
    if not all(key.isdigit() for key in wanted.keys):
        return ()
    rows = (f"{row.manufacturer} {row.name} {row.category}" for row in device.supplies)
    known = fold(" ".join([device.model, *rows]))
    words = (word for word in wanted.further if word not in LITTLE and word not in KINDS)
    return tuple(word for word in words if word not in known)


def supplies_for(session: Session, sku: str, on: date, visible: Visible) -> Device | None:
    """What fits an article that somebody has; None where the number is unknown.

    It may stand in a lot that is no longer visible; then no page of it is named.
    """
    row = session.execute(
        select(Article.id, Article.name, Article.lot_id).where(Article.sku == sku)
    ).one_or_none()
    if row is None:
        return None
    ids = _supplies_of(session, [row.id], visible).get(row.id, ())
    known = _Found(row.name, folded_model(row.name), sku, tuple(ids))
    whole = _with_named(session, known, visible)
    if not sees(visible, row.lot_id):
        whole = replace(whole, sku="")
    return _device(session, whole, on, visible)


def suggested_models(session: Session, typed: str, visible: Visible) -> tuple[str, ...]:
    """Models that begin to look like what was typed and that something visible fits."""
    return tuple(one.model for one in _found(session, typed_model(typed), visible))


def _found(session: Session, wanted: TypedModel, visible: Visible) -> list[_Found]:
    if not wanted.keys:
        return []
    found = _models(session, wanted.keys, visible) or _models(session, wanted.stems, visible)
    merged = _merged(found)
    if not any(one.ids for one in merged):
        # What was typed is in the device's name only; what fits it says `M404`, not `M404dn`.
        merged = [_with_named(session, one, visible) for one in merged[:MOST_DEVICES]]
    merged = [one for one in merged if one.ids]
    return sorted(merged, key=lambda one: _rank(one, wanted))[:MOST_DEVICES]


def _rank(one: _Found, wanted: TypedModel) -> tuple[int, int, str]:
    """Most of the further words first, then the shortest name: it says little besides."""
    said = sum(word in one.folded for word in wanted.further)
    return -said, len(one.folded), one.folded


def _with_named(session: Session, device: _Found, visible: Visible) -> _Found:
    """With what names the device by a part of its name: `M404` is in `M404dn`."""
    said = typed_model(device.model)
    models = [
        one for keys in {said.keys, said.stems} if keys for one in _models(session, keys, visible)
    ]
    return _merged([device, *(one for one in models if one.folded in device.folded)])[0]


def _models(session: Session, keys: Sequence[str], visible: Visible) -> list[_Found]:
    """Devices of the catalog with their supplies first, then models in the supplies' words.

    Nothing here comes from a lot that is not visible.
    """
    rows = session.execute(
        select(
            DeviceModel.model,
            DeviceModel.folded,
            DeviceModel.article_id,
            DeviceModel.own,
            Article.sku,
        )
        .join(Article, Article.id == DeviceModel.article_id)
        .where(
            *(DeviceModel.folded.contains(key, autoescape=True) for key in keys),
            or_(DeviceModel.own, _is_supply() & Article.active),
            is_visible(visible),
        )
        .order_by(DeviceModel.own.desc(), DeviceModel.folded, DeviceModel.article_id)
        .limit(CANDIDATES)
    ).all()
    supplies = _supplies_of(session, [row.article_id for row in rows if row.own], visible)
    found = [
        _Found(row.model, row.folded, row.sku, tuple(supplies.get(row.article_id, ())))
        for row in rows
        if row.own
    ]
    named: dict[str, tuple[str, list[int]]] = {}
    for row in rows:
        if not row.own:
            named.setdefault(row.folded, (row.model, []))[1].append(row.article_id)
    return found + [_Found(model, key, "", tuple(ids)) for key, (model, ids) in named.items()]


def _supplies_of(
    session: Session, article_ids: Iterable[int], visible: Visible
) -> dict[int, list[int]]:
    rows = session.execute(
        select(ArticleReference.article_id, Article.id)
        .join(Article, Article.sku == ArticleReference.target_sku)
        .where(
            ArticleReference.article_id.in_(article_ids),
            ArticleReference.kind.in_(FITTING),
            Article.active,
            _is_supply(),
            is_visible(visible),
        )
        .order_by(ArticleReference.id)
    ).all()
    found: dict[int, list[int]] = {}
    for device_id, supply_id in rows:
        found.setdefault(device_id, []).append(supply_id)
    return found


def _merged(devices: Sequence[_Found]) -> list[_Found]:
    """A model in a supply's words is the catalog's device where that name holds it."""
    merged: list[_Found] = []
    for one in devices:
        at = next(
            (n for n, other in enumerate(merged) if one.folded in other.folded),
            None,
        )
        if at is None or one.sku:
            merged.append(one)
            continue
        other = merged[at]
        ids = tuple(dict.fromkeys([*other.ids, *one.ids]))
        merged[at] = _Found(other.model, other.folded, other.sku, ids)
    return merged


def _device(session: Session, found: _Found, on: date, visible: Visible) -> Device:
    rows = article_rows(session, found.ids[:MOST_SUPPLIES], on, visible)
    ranked = sorted(rows, key=lambda row: (not row.orderable, row.category, row.name))
    return Device(found.model, found.sku, tuple(ranked))


def _is_supply() -> ColumnElement[bool]:
    return or_(*(Article.cpv.startswith(cpv, autoescape=True) for cpv in SUPPLY_CPV))
