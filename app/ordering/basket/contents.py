"""The basket of a person for its member: what is in it, and changing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.catalog.queries import NO_TERMS, orderable_articles
from app.catalog.relations.rules_kits import KitGroup
from app.catalog.supplied import NO_TURNS, Supplied, Turns
from app.catalog.visible import visible_lots
from app.database.straight import fetch_one
from app.database.tenant import Tenant
from app.frameworks import queries as frameworks
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.ordering.basket.kits import LineGroup, arranged, basket_kits
from app.ordering.basket_records import BasketLine
from app.ordering.price_lines import (
    NOT_A_PARTY,
    PricedLine,
    price_lines,
    suppliers_of,
    with_right_terms,
)
from app.ordering.quoting.queries import QuotesOf
from app.ordering.wanted import LARGEST_QUANTITY, LARGEST_WRITTEN, ArticleUnknown


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose basket: one person acting for one member, or for a unit where it is bound to one."""

    member_id: int
    person_id: int
    units: tuple[int, ...] | None = None

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.member_id, self.units)

    @property
    def quotes(self) -> QuotesOf:
        return QuotesOf(self.member_id, units=self.units)


@dataclass(frozen=True, slots=True)
class FrameworkPart:
    """The lines of one framework: one call-off."""

    framework_id: int
    framework_number: str
    framework_title: str
    lines: tuple[PricedLine, ...]
    kits: tuple[KitGroup, ...] = ()

    @property
    def groups(self) -> tuple[LineGroup[PricedLine], ...]:
        """The lines by the kits that they belong to, single ones last."""
        lines = {line.article.sku: line for line in self.lines}
        return arranged(
            lines, {line.article.sku: line.unit_price for line in self.lines}, self.kits
        )

    @property
    def net(self) -> Money:
        return Money.total(line.net for line in self.lines)

    @property
    def suppliers(self) -> tuple[Supplied, ...]:
        """Who delivers which lot and why, where several share one."""
        return suppliers_of(self.lines)

    @property
    def orderable(self) -> bool:
        return all(line.obstacle is None for line in self.lines)


def put_in_basket(
    session: Session,
    owner: Owner,
    sku: str,
    quantity: int,
    now: datetime,
    term: int | None = None,
) -> PricedLine:
    """Add pieces of an article; `term` (months or pages) of the last addition counts for all.

    Raises ArticleUnknown, Malformed for a wrong quantity or a missing term.
    """
    _check(quantity)
    terms = NO_TERMS if term is None else {sku: term}
    visible = visible_lots(session, owner.member_id, legal_day(now))
    (line,) = price_lines(session, {sku: quantity}, legal_day(now), terms, visible=visible)
    if line.refusal == NOT_A_PARTY:
        raise ArticleUnknown(sku)
    with_right_terms((line,))
    present = quantities(session, owner).get(sku, 0)
    set_quantity(session, owner, sku, min(present + quantity, LARGEST_QUANTITY), now)
    set_term(session, owner, sku, term)
    return line


def set_quantity(session: Session, owner: Owner, sku: str, quantity: int, now: datetime) -> None:
    """0 takes the article out."""
    if quantity == 0:
        take_out(session, owner, (sku,))
        return
    _check(quantity)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(
        dialect.insert(BasketLine)
        .values(
            member_id=owner.member_id,
            person_id=owner.person_id,
            sku=sku,
            quantity=quantity,
            added_at=now,
        )
        .on_conflict_do_update(
            index_elements=["member_id", "person_id", "sku"], set_={"quantity": quantity}
        )
    )


def set_term(session: Session, owner: Owner, sku: str, term: int | None) -> None:
    session.execute(
        update(BasketLine).where(*_of(owner), BasketLine.sku == sku).values(term=term),
        execution_options={"synchronize_session": False},
    )


def refill(session: Session, owner: Owner, wanted: Mapping[str, int], now: datetime) -> None:
    """Make the basket hold exactly this."""
    gone = tuple(sku for sku in quantities(session, owner) if sku not in wanted)
    take_out(session, owner, gone)
    for sku, many in wanted.items():
        set_quantity(session, owner, sku, many, now)


def take_out(session: Session, owner: Owner, skus: tuple[str, ...]) -> frozenset[str]:
    """The articles that were in the basket until now."""
    taken = session.scalars(
        delete(BasketLine).where(*_of(owner), BasketLine.sku.in_(skus)).returning(BasketLine.sku),
        execution_options={"synchronize_session": False},
    )
    return frozenset(taken)


def quantities(session: Session, owner: Owner) -> dict[str, int]:
    """Article numbers with quantities, in the order in which they were put in."""
    rows = session.execute(
        select(BasketLine.sku, BasketLine.quantity)
        .where(*_of(owner))
        .order_by(BasketLine.added_at, BasketLine.id)
    ).all()
    return {row.sku: row.quantity for row in rows}


def terms(session: Session, owner: Owner) -> dict[str, int]:
    """The months or pages of the articles in the basket that are charged so."""
    rows = session.execute(
        select(BasketLine.sku, BasketLine.term).where(*_of(owner), BasketLine.term.is_not(None))
    ).all()
    return {row.sku: row.term for row in rows if row.term is not None}


# On every page, so it is built once and goes past the object mapper.
_PIECES: Final = (
    select(func.count().label("articles"))
    .select_from(BasketLine)
    .where(BasketLine.member_id == bindparam("member"), BasketLine.person_id == bindparam("person"))
)


def piece_count(session: Session, owner: Owner) -> int:
    """How many different articles lie in the basket."""
    values = {"member": owner.member_id, "person": owner.person_id}
    return int(fetch_one(session, _PIECES, values).articles)


def parts(  # noqa: PLR0913 - what is wanted, when, and for whom
    session: Session,
    wanted: dict[str, int],
    now: datetime,
    terms: Mapping[str, int] = NO_TERMS,
    kits: tuple[KitGroup, ...] = (),
    *,
    owner: Owner,
    turns: Turns = NO_TURNS,
) -> tuple[FrameworkPart, ...]:
    """The wanted articles by framework, with the prices of today, arranged by `kits`."""
    if not wanted:
        return ()
    today = legal_day(now)
    visible = visible_lots(session, owner.member_id, today)
    lines = price_lines(
        session, wanted, today, terms, visible=visible, quotes_of=owner.quotes, turns=turns
    )
    by_framework: dict[int, list[PricedLine]] = {}
    for line in lines:
        by_framework.setdefault(line.article.framework_id, []).append(line)
    titles = frameworks.titles(session, tuple(by_framework))
    return tuple(
        FrameworkPart(
            framework_id=framework_id,
            framework_number=found[0].article.framework_number,
            framework_title=titles[framework_id],
            lines=tuple(found),
            kits=_among(kits, found),
        )
        for framework_id, found in by_framework.items()
    )


def _among(kits: tuple[KitGroup, ...], lines: list[PricedLine]) -> tuple[KitGroup, ...]:
    skus = {line.article.sku for line in lines}
    return tuple(part for group in kits if (part := group.among(skus)) is not None)


def kits_of(session: Session, owner: Owner, wanted: Mapping[str, int]) -> tuple[KitGroup, ...]:
    """The kits in the basket, as far as `wanted` quantities still hold them."""
    return basket_kits(session, owner.member_id, owner.person_id, wanted)


def known_only(session: Session, wanted: dict[str, int], now: datetime) -> dict[str, int]:
    """Without the articles that are in no catalog any more."""
    known = orderable_articles(session, wanted, legal_day(now)) if wanted else {}
    return {sku: quantity for sku, quantity in wanted.items() if sku in known}


def _of(owner: Owner) -> tuple[ColumnElement[bool], ...]:
    return (BasketLine.member_id == owner.member_id, BasketLine.person_id == owner.person_id)


def _check(quantity: int) -> None:
    if not 1 <= quantity <= LARGEST_QUANTITY:
        text = f"Bitte geben Sie eine Menge von 1 bis {LARGEST_WRITTEN} an."
        raise Malformed(FieldError("quantity", "quantity", text))
