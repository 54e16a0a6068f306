"""The database itself refuses a second price for the same article, bound and day."""

from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.catalog.price_guard import REFUSAL
from app.catalog.records import Article, Price
from app.kernel.unit_price import UnitPrice
from tests.support import world
from tests.support.clock import TODAY
from tests.support.databases import Database

STANDING = (TODAY - timedelta(days=30), TODAY + timedelta(days=365))


def added(session: Session, start: date, end: date | None, bound: int = 1) -> Price:
    """Another price of the notebook, whose standing one runs from a month ago for a year."""
    article = session.scalars(select(Article).where(Article.sku == world.NOTEBOOK)).one()
    price = Price(
        article_id=article.id,
        catalog_version_id=article.catalog_version_id,
        lower_bound=bound,
        unit_price=UnitPrice.euros("700"),
        valid_from=start,
        valid_to=end,
    )
    session.add(price)
    session.flush()
    return price


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(TODAY, TODAY + timedelta(days=1), id="one day inside"),
        pytest.param(STANDING[1] - timedelta(days=1), None, id="open from the last day"),
        pytest.param(date(2020, 1, 1), STANDING[0] + timedelta(days=1), id="until the first day"),
        pytest.param(date(2020, 1, 1), None, id="around it"),
        pytest.param(*STANDING, id="the same days"),
    ],
)
def test_a_second_price_for_the_same_day_is_refused(
    session: Session, start: date, end: date | None
) -> None:
    world.workplace_hardware(session)
    session.commit()

    with pytest.raises(DatabaseError, match=REFUSAL):
        added(session, start, end)

    session.rollback()
    assert session.scalar(select(func.count()).select_from(Price)) == 3


@pytest.mark.parametrize(
    ("start", "end", "bound"),
    [
        pytest.param(date(2020, 1, 1), STANDING[0], 1, id="it ends when the standing one begins"),
        pytest.param(STANDING[1], None, 1, id="it begins when the standing one ends"),
        pytest.param(*STANDING, 10, id="another bound of the same list"),
        pytest.param(TODAY, TODAY, 1, id="withdrawn on its first day"),
    ],
)
def test_prices_that_do_not_meet_stand_beside_each_other(
    session: Session, start: date, end: date | None, bound: int
) -> None:
    world.workplace_hardware(session)

    added(session, start, end, bound)

    session.commit()
    assert session.scalar(select(func.count()).select_from(Price)) == 4


def test_a_price_cannot_be_prolonged_into_its_successor(session: Session) -> None:
    world.workplace_hardware(session)
    earlier = added(session, date(2020, 1, 1), STANDING[0])
    session.commit()

    with pytest.raises(DatabaseError, match=REFUSAL):
        session.execute(update(Price).where(Price.id == earlier.id).values(valid_to=None))

    session.rollback()
    assert session.get_one(Price, earlier.id).valid_to == STANDING[0]


def test_of_two_publications_at_once_only_one_can_set_a_price(
    database: Database, session: Session
) -> None:
    world.workplace_hardware(session)
    session.commit()
    refused: list[str] = []

    def publish() -> None:
        with database.sessions() as other:
            try:
                added(other, STANDING[1], None)
                other.commit()
            except DatabaseError as error:
                refused.append(str(error))

    threads = [Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert session.scalar(select(func.count()).select_from(Price)) == 4
