"""What is true of the catalog as a whole, asked once per state of it."""

from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.finding.ranges import ENTRY
from app.catalog.records import Article
from app.database.marks import CATALOG, Kept

FAMILIES: Final[Kept[bool]] = Kept(most=4, marks=(CATALOG,))
SPANS: Final[Kept[tuple[date | None, date | None]]] = Kept(most=20, marks=(CATALOG,))
OF_A_FAMILY: Final = select(Article.id).where(Article.family != "").limit(1)
LATEST_BEGIN: Final = select(func.max(ENTRY.c.price_from)).scalar_subquery()
EARLIEST_END: Final = select(func.min(ENTRY.c.price_until)).scalar_subquery()


def has_families(session: Session) -> bool:
    """Whether any article has variants."""
    return FAMILIES.get(session, "families", lambda: session.scalar(OF_A_FAMILY) is not None)


def keeps_prices_of(session: Session, on: date) -> bool:
    """Whether every kept price holds on that day: none has begun later or ended before."""
    since, until = SPANS.get(session, "spans", lambda: _spans(session))
    return since is None or (since <= on and (until is None or on < until))


def _spans(session: Session) -> tuple[date | None, date | None]:
    """Each from the end of its index."""
    since, until = session.execute(select(LATEST_BEGIN, EARLIEST_END)).one()
    return since, until
