"""Lists, search, comparison, kits and programs show what the supplier charges whose turn it is."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.catalog.article_page import article_detail
from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.search import Search, Sort
from app.catalog.queries import ArticleRow, rows_by_sku
from app.catalog.supplied import supplied_articles
from app.catalog.supplier_offers.rules_offers import ListFacts, following
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.unit_price import UnitPrice
from app.members.rules import Role
from tests.catalog.test_supplier_prices import TOMORROW, in_force, sent, share_lot
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import ready, submitted
from tests.support.world import NOTEBOOK, WORKSTATION, World, somebody


@pytest.fixture
def world(session: Session) -> World:
    made = ready(session)
    session.commit()
    return made


def row_of(session: Session, sku: str) -> ArticleRow:
    (row,) = rows_by_sku(session, [sku], TODAY, None)
    return row


def statements(session: Session) -> list[str]:
    """What reading a row asks the database."""
    said: list[str] = []

    def note(*asked: object) -> None:
        said.append(str(asked[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    rows_by_sku(session, [NOTEBOOK], TODAY, None)
    event.remove(connection, "before_cursor_execute", note)
    return said


def test_each_list_counts_until_the_next_one() -> None:
    early, late = ListFacts(1, 7, 1, TODAY), ListFacts(2, 7, 2, TOMORROW)
    later = ListFacts(3, 7, 3, TOMORROW)

    found = following([early, late, later], TODAY)

    assert [(one.number, one.until) for one in found] == [(1, TOMORROW), (3, None)]
    assert following([late], TODAY) == ()


def test_a_row_costs_what_an_order_of_it_would_cost(session: Session, world: World) -> None:
    first, second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{NOTEBOOK};799,50;10 | 750")
    in_force(session, world, first, f"{NOTEBOOK};790", on=TOMORROW)
    in_force(session, world, second, f"{WORKSTATION};1000")

    notebook, workstation = row_of(session, NOTEBOOK), row_of(session, WORKSTATION)
    page = article_detail(session, NOTEBOOK, TODAY, None)

    assert (notebook.unit_price, notebook.supplier) == (UnitPrice.euros("799.50"), "Elbe GmbH")
    assert notebook.price_valid_to == TODAY
    assert (workstation.unit_price, workstation.supplier) == (UnitPrice.euros(1000), "Saale GmbH")
    assert [price.unit_price for price in page.scale] == [
        UnitPrice.euros("799.50"),
        UnitPrice.euros(750),
    ]
    assert [(price.valid_from, price.unit_price) for price in page.future] == [
        (TOMORROW, UnitPrice.euros(790))
    ]


def test_what_nobody_delivers_cannot_be_ordered(session: Session, world: World) -> None:
    first, second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{WORKSTATION};1100")
    in_force(session, world, second, f"{WORKSTATION};1000")

    row = row_of(session, NOTEBOOK)
    together = supplied_articles(session, {NOTEBOOK: 1, WORKSTATION: 1}, TODAY)

    assert (row.orderable, row.unit_price) == (False, None)
    assert row.reason == "Kein Auftragnehmer dieses Loses liefert diesen Artikel heute."
    assert together[NOTEBOOK].refusal == together[WORKSTATION].refusal == "article_not_orderable"


def test_a_rotation_moves_on_in_lists_with_every_order(session: Session, world: World) -> None:
    first, second = share_lot(session, world, CallOffMode.ROTATION)
    in_force(session, world, first, f"{NOTEBOOK};800")
    in_force(session, world, second, f"{NOTEBOOK};700")

    before = row_of(session, NOTEBOOK).unit_price
    submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    assert (before, row_of(session, NOTEBOOK).unit_price) == (
        UnitPrice.euros(800),
        UnitPrice.euros(700),
    )


def test_a_search_sorts_and_narrows_by_the_price_at_turn(session: Session, world: World) -> None:
    """The catalog says 789 and 1,149 euros: the list turns both round."""
    first, _second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{NOTEBOOK};1400", f"{WORKSTATION};900")
    numbers = {row_of(session, sku).id: sku for sku in (NOTEBOOK, WORKSTATION)}

    by_price = find_articles(session, Search("", sort=Sort.PRICE, limit=100), TODAY, None)
    cheap = find_articles(session, Search("", {"price_span": ("880-920",)}, limit=100), TODAY, None)

    assert [numbers[one] for one in by_price.ids if one in numbers] == [WORKSTATION, NOTEBOOK]
    assert [numbers.get(one) for one in cheap.ids] == [WORKSTATION]


def test_a_catalog_without_such_lists_costs_no_statement(session: Session, world: World) -> None:
    rows_by_sku(session, [NOTEBOOK], TODAY, None)
    alone = statements(session)
    first, _second = share_lot(session, world, CallOffMode.CASCADE)
    sent(session, world, first, f"{NOTEBOOK};700")
    session.commit()
    rows_by_sku(session, [NOTEBOOK], TODAY, None)
    drafted = statements(session)
    row = row_of(session, NOTEBOOK)

    assert drafted == alone
    assert (row.unit_price, row.supplier) == (UnitPrice.euros(789), "")


def test_pages_and_programs_tell_the_price_and_the_file(
    portal: Portal, session: Session, world: World
) -> None:
    first, _second = share_lot(session, world, CallOffMode.CASCADE)
    number = in_force(session, world, first, f"{NOTEBOOK};777,00", f"{WORKSTATION};1200")
    buyer = portal.signed_in(world.it)
    auditor = portal.signed_in(somebody(session, "pruefung@kitu.example", Role.AUDITOR))
    session.commit()

    pages = [
        buyer.page(address)
        for address in (
            f"/katalog?q={NOTEBOOK}",
            f"/artikel/{NOTEBOOK}",
            f"/vergleich?v={NOTEBOOK}&v={WORKSTATION}",
        )
    ]
    pages.append(buyer.get(f"/katalog/vorschlaege?q={NOTEBOOK}", fragment=True).text)
    given = portal.api(world.it).get(f"/api/v1/articles/{NOTEBOOK}").json()
    file = auditor.get(f"/auftragnehmerpreise/{number}/datei")

    assert all("777,00" in page for page in pages)
    assert not any("789,00" in page for page in (pages[0], *pages[2:]))
    assert all("Elbe GmbH" in page for page in pages[:3])
    assert (given["unit_price_net"], given["supplier"]) == ("777.00", "Elbe GmbH")
    assert file.content.splitlines()[1] == f"{NOTEBOOK};777,00".encode()
    page = auditor.page(f"/auftragnehmerpreise/{number}")
    assert "Datei herunterladen" in page
    assert "Zurücknehmen" not in page
    assert buyer.get(f"/auftragnehmerpreise/{number}/datei").status_code == 403


def test_the_day_after_lists_show_the_next_price(session: Session, world: World) -> None:
    first, _second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{NOTEBOOK};799")
    in_force(session, world, first, f"{NOTEBOOK};790", on=TOMORROW)

    (row,) = rows_by_sku(session, [NOTEBOOK], TODAY + timedelta(days=1), None)

    assert row.unit_price == UnitPrice.euros(790)
