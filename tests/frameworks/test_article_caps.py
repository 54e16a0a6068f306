"""Caps of single articles, counted in pieces: a pack of ten is ten."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.catalog.records import Article
from app.catalog.rules_pack import pieces_in
from app.cockpit.limit_article import CapWish, limit_article
from app.database.tenant import Tenant
from app.frameworks.cap_records import ArticleCap
from app.frameworks.drawing.check_ledger import check_ledger
from app.frameworks.drawing.draw import Draw, Reserved, reserve
from app.frameworks.records import Lot
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.records import CallOffLine
from app.ordering.rules import Side
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.submission import Refused, Submitted, reason_of
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.orders import placed, ready
from tests.support.world import ACCOUNT, NOTEBOOK, World, lot_of

REASON = "Liefermenge nach Zuschlagsschreiben"


@pytest.mark.parametrize(
    ("order_unit", "content_unit", "quantity", "pieces"),
    [
        ("PK", "C62", "10", 10),
        ("CT", "H87", "24", 24),
        ("PK", "MTR", "2", 1),
        ("PK", "C62", "2.5", 1),
        ("PK", "C62", None, 1),
        ("C62", "C62", "10", 1),
        ("PK", "", "10", 1),
        ("PK", "C62", "1000000", 1),
    ],
)
def test_a_pack_counts_as_the_pieces_that_are_in_it(
    order_unit: str, content_unit: str, quantity: str | None, pieces: int
) -> None:
    content = {
        "order_unit": order_unit,
        "content_unit": content_unit,
        "content_quantity": quantity,
    }

    assert pieces_in(content) == pieces


def cap(session: Session, world: World, pieces: int | None) -> ArticleCap:
    made = limit_article(
        session,
        world.contracts.id,
        world.framework.number,
        CapWish(NOTEBOOK, pieces),
        REASON,
        NOON,
    )
    session.commit()
    return made


def bought(session: Session, world: World, units: int) -> Submitted | Refused:
    wanted = Wanted(
        quantities={NOTEBOOK: units},
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("Amt für IT", "Am Markt 1", "06844", "Dessau-Roßlau", ""),
    )
    actor = Actor(world.it.id, world.dessau.id)
    return submit_call_off(session, actor, world.dessau.id, wanted, NOON)


def standing(session: Session) -> tuple[int, int]:
    """Reserved and called off of the only cap."""
    session.expire_all()
    one = session.scalars(select(ArticleCap)).one()
    return one.reserved_quantity, one.called_off_quantity


def test_a_cap_follows_an_order_in_packs_of_ten_to_the_piece(session: Session) -> None:
    world = ready(session)
    session.execute(update(Article).where(Article.sku == NOTEBOOK).values(pieces_per_unit=10))
    cap(session, world, 40)

    number = placed(session, world, {NOTEBOOK: 3})
    assert standing(session) == (0, 30)
    assert lot_of(session, NOTEBOOK).called_off_quantity == 30
    refused = bought(session, world, 2)
    assert isinstance(refused, Refused)
    assert refused.code == "ceiling_reached"
    assert f"Artikel {NOTEBOOK} in Los 1 hat noch 10 Stück, gebraucht werden 20" in reason_of(
        refused
    )
    assert isinstance(bought(session, world, 1), Submitted)
    assert standing(session) == (10, 30)

    cancel_call_off(
        session,
        Actor(world.it.id, world.dessau.id),
        number,
        Tenant(world.dessau.id),
        NOON,
        side=Side.ORDERER,
        reason="kein Bedarf mehr",
    )
    assert standing(session) == (10, 0)
    assert session.scalars(select(CallOffLine.pieces_per_unit)).all() == [10, 10]
    assert check_ledger(session) == ()


def test_a_cap_begins_with_what_was_drawn_and_never_stands_below_it(session: Session) -> None:
    world = ready(session)
    placed(session, world, {NOTEBOOK: 2})
    placed(session, world, {NOTEBOOK: 1}, of=world.magdeburg)
    session.commit()

    with pytest.raises(Malformed, match="schon 3 Stück"):
        cap(session, world, 2)
    session.rollback()
    cap(session, world, 3)

    assert standing(session) == (0, 3)
    assert isinstance(bought(session, world, 1), Refused)
    cap(session, world, None)
    assert isinstance(bought(session, world, 1), Submitted)
    assert check_ledger(session) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE article_cap SET maximum_quantity = 4",
        "UPDATE article_cap SET maximum_quantity = NULL",
        "UPDATE article_cap SET called_off_quantity = 1",
        "UPDATE article_cap SET reserved_quantity = 2",
        "DELETE FROM article_cap",
        "UPDATE lot SET has_caps = (1 = 0) WHERE number = 1",
    ],
)
def test_sql_beside_the_program_passes_no_cap(session: Session, statement: str) -> None:
    world = ready(session)
    placed(session, world, {NOTEBOOK: 2})
    cap(session, world, 3)

    with pytest.raises(IntegrityError):
        session.execute(text(statement))
    session.rollback()

    assert standing(session) == (0, 2)


def test_many_buyers_at_once_get_exactly_what_the_cap_gives(database: Database) -> None:
    with database.sessions.begin() as session:
        world = ready(session)
        lot_id = lot_of(session, NOTEBOOK).id
    with database.sessions.begin() as session:
        cap(session, world, 7)

    def buy(_number: int) -> bool:
        with database.sessions.begin() as session:
            drawn = Draw(lot_id, Money(100), 1, world.dessau.id, ((NOTEBOOK, 1),))
            return isinstance(reserve(session, [drawn], TODAY), Reserved)

    with ThreadPoolExecutor(10) as pool:
        taken = list(pool.map(buy, range(30)))

    with database.sessions.begin() as session:
        assert (sum(taken), standing(session)) == (7, (7, 0))
        assert session.get_one(Lot, lot_id).reserved_quantity == 7


def test_the_desk_sets_a_cap_in_the_cockpit_and_members_see_it(
    portal: Portal,
) -> None:
    session = portal.session
    world = ready(session)
    session.execute(update(Article).where(Article.sku == NOTEBOOK).values(pieces_per_unit=10))
    session.commit()
    form = "/cockpit/RV-2026-01/artikelgrenze"
    desk = portal.signed_in(world.contracts)

    wrong = desk.post(form, {"sku": "gibt-es-nicht", "quantity": "5", "reason": "x"})
    assert wrong.status_code == 422
    assert "Diese Artikelnummer gibt es in diesem Rahmenvertrag nicht." in wrong.text
    assert session.scalars(select(ArticleCap)).all() == []
    assert desk.post(form, {"sku": NOTEBOOK, "quantity": "40", "reason": REASON}).status_code == 303

    assert "Grenzen einzelner Artikel" in desk.get("/cockpit/RV-2026-01").text
    article = portal.signed_in(world.it).get(f"/artikel/{NOTEBOOK}").text
    assert "40 von 40 Stück" in article
    assert "10 Stück; Höchstmengen zählen Stück" in article
    assert "Grenze eines Artikels" in desk.get("/rahmenvertraege/RV-2026-01/aenderungen").text
