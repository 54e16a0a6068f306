"""Named reads of price lists: which there are, and whose."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.catalog.supplier_offers.records import SupplierPrice, SupplierPriceList
from app.frameworks.agreement_records import FrameworkSupplier
from app.frameworks.records import Framework, Lot
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.errors import FieldError, Malformed, NotFound


@dataclass(frozen=True, slots=True)
class ListSeen:
    """A list with whose it is; `articles` it prices."""

    price_list: SupplierPriceList
    supplier: FrameworkSupplier
    framework: Framework
    articles: int
    lot: int | None


def supplier_to_price(
    session: Session, supplier_id: int, *, lock: bool = False
) -> FrameworkSupplier:
    """One of several suppliers. Raises Malformed at `supplier`."""
    statement = (
        select(FrameworkSupplier)
        .join(Framework, Framework.id == FrameworkSupplier.framework_id)
        .where(
            FrameworkSupplier.id == supplier_id,
            Framework.call_off_mode.in_((CallOffMode.CASCADE, CallOffMode.ROTATION)),
        )
    )
    if lock:  # two lists of one supplier follow one another
        statement = statement.with_for_update(of=FrameworkSupplier)
    found = session.scalar(statement)
    if found is None:
        text = "Bitte wählen Sie einen Auftragnehmer eines Loses mit Kaskade oder Rotation."
        raise Malformed(FieldError("supplier", "unknown", text))
    return found


def suppliers_to_price(session: Session) -> tuple[tuple[int, str], ...]:
    """Id and words of every supplier that may have prices of its own."""
    rows = session.execute(
        select(FrameworkSupplier, Framework.number, Lot.number)
        .join(Framework, Framework.id == FrameworkSupplier.framework_id)
        .outerjoin(Lot, Lot.id == FrameworkSupplier.lot_id)
        .where(Framework.call_off_mode.in_((CallOffMode.CASCADE, CallOffMode.ROTATION)))
        .order_by(Framework.number, Lot.number, FrameworkSupplier.rank)
    ).all()
    return tuple(
        (one.id, f"{framework}, {'alle Lose' if one.lot_id is None else f'Los {lot}'}: {one.name}")
        for one, framework, lot in rows
    )


def all_lists(session: Session) -> tuple[ListSeen, ...]:
    """The newest first."""
    return tuple(_seen(session))


def price_list(session: Session, list_id: int, *, lock: bool = False) -> ListSeen:
    if lock:
        wanted = select(SupplierPriceList).where(SupplierPriceList.id == list_id)
        session.scalars(wanted.with_for_update()).one_or_none()
    found = next(_seen(session, (SupplierPriceList.id == list_id,)), None)
    if found is None:
        raise NotFound("Diese Preisliste gibt es nicht.")
    return found


def names_of(session: Session, found: SupplierPriceList) -> dict[int, str]:
    """Of the people who sent, published or withdrew it."""
    people = {found.sent_by, found.published_by, found.withdrawn_by} - {None}
    rows = session.execute(select(Person.id, Person.label).where(Person.id.in_(people)))
    return dict(rows.all())


def _seen(session: Session, where: Iterable[ColumnElement[bool]] = ()) -> Iterator[ListSeen]:
    articles = (
        select(func.count(SupplierPrice.article_id.distinct()))
        .where(SupplierPrice.price_list_id == SupplierPriceList.id)
        .correlate(SupplierPriceList)
        .scalar_subquery()
    )
    rows = session.execute(
        select(SupplierPriceList, FrameworkSupplier, Framework, articles, Lot.number)
        .join(FrameworkSupplier, FrameworkSupplier.id == SupplierPriceList.supplier_id)
        .join(Framework, Framework.id == SupplierPriceList.framework_id)
        .outerjoin(Lot, Lot.id == FrameworkSupplier.lot_id)
        .where(*where)
        .order_by(SupplierPriceList.id.desc())
    )
    return (ListSeen(*row) for row in rows.all())
