"""Named reads of successors: for members the released ones, for their editors all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.catalog.queries import ArticleRow, rows_by_sku
from app.catalog.records import Article, ArticleReference
from app.catalog.relations.records import Successor
from app.catalog.visible import Visible
from app.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be ordered instead of an article; the buyer decides, nothing is swapped silently."""

    old_sku: str
    row: ArticleRow
    released_on: date
    grounds: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A successor that a supplier's file names; nobody has compared it yet."""

    old_sku: str
    old_name: str
    new_sku: str
    new_name: str


def successor_of(session: Session, successor_id: int, *, lock: bool = False) -> Successor:
    found = session.get(Successor, successor_id, with_for_update=lock or None)
    if found is None:
        raise NotFound("Diesen Nachfolger gibt es nicht.")
    return found


def all_successors(session: Session) -> Sequence[Successor]:
    """What waits for a second person first, then the newest."""
    return session.scalars(
        select(Successor)
        .order_by(
            or_(Successor.released_at.is_not(None), Successor.withdrawn_at.is_not(None)),
            Successor.id.desc(),
        )
        .limit(200)
    ).all()


def offers(
    session: Session, skus: Collection[str], on: date, visible: Visible = None
) -> dict[str, Offer]:
    """The released successors of these articles that can be ordered today, by old number."""
    rows = session.execute(
        select(
            Successor.old_sku, Successor.new_sku, Successor.released_at, Successor.grounds
        ).where(
            Successor.old_sku.in_(skus),
            Successor.released_at.is_not(None),
            Successor.withdrawn_at.is_(None),
            Successor.valid_from <= on,
        )
    ).all()
    if not rows:
        return {}
    known = {
        row.sku: row for row in rows_by_sku(session, [one.new_sku for one in rows], on, visible)
    }
    return {
        one.old_sku: Offer(one.old_sku, known[one.new_sku], one.released_at.date(), one.grounds)
        for one in rows
        if one.new_sku in known and known[one.new_sku].orderable
    }


def released_skus(session: Session) -> Sequence[str]:
    """The articles with a released successor, the first released first."""
    return session.scalars(
        select(Successor.old_sku)
        .where(Successor.released_at.is_not(None), Successor.withdrawn_at.is_(None))
        .order_by(Successor.released_at, Successor.id)
    ).all()


def replaced_by(
    session: Session, sku: str, on: date, visible: Visible = None
) -> tuple[ArticleRow, ...]:
    """The articles whose released successor this one is."""
    old = session.scalars(
        select(Successor.old_sku)
        .where(
            Successor.new_sku == sku,
            Successor.released_at.is_not(None),
            Successor.withdrawn_at.is_(None),
        )
        .order_by(Successor.id)
    ).all()
    return rows_by_sku(session, old, on, visible)


def suggestions(session: Session) -> tuple[Suggested, ...]:
    """What suppliers call a follow-up of an article and nobody has declared."""
    new = select(Article.sku, Article.name).where(Article.active).subquery()
    declared = select(Successor.old_sku).where(Successor.withdrawn_at.is_(None))
    rows = session.execute(
        select(Article.sku, Article.name, new.c.sku.label("new_sku"), new.c.name.label("new_name"))
        .join(ArticleReference, ArticleReference.article_id == Article.id)
        .join(new, new.c.sku == ArticleReference.target_sku)
        .where(ArticleReference.kind == "followup", Article.sku.not_in(declared))
        .order_by(Article.sku)
        .limit(50)
    ).all()
    return tuple(Suggested(row.sku, row.name, row.new_sku, row.new_name) for row in rows)


def article_names(session: Session, skus: Collection[str]) -> dict[str, str]:
    return dict(
        session.execute(select(Article.sku, Article.name).where(Article.sku.in_(skus))).all()
    )


def labels(session: Session, people: Collection[int | None]) -> dict[int, str]:
    """What persons are called in lists."""
    return dict(session.execute(select(Person.id, Person.label).where(Person.id.in_(people))).all())
