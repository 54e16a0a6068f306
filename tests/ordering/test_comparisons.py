"""Compared articles: kept beside the basket, attached to the order, printed in the memo."""

import json

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.archive.store import content
from app.ordering.basket.contents import Owner
from app.ordering.comparing.keep_comparison import keep_comparison
from app.ordering.comparing.queries import kept_comparisons
from app.ordering.comparing.records import BasketComparison, CallOffComparison
from app.ordering.records import CallOff
from tests.ordering.test_pages import placed
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION, World

PAIR = {"v": [NOTEBOOK, WORKSTATION]}


def count(session: Session, table: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_kept_comparison_waits_beside_the_basket(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)

    answer = browser.post("/vergleich/merken", PAIR)

    assert answer.headers["location"] == f"/vergleich?v={NOTEBOOK}&v={WORKSTATION}&gemerkt=1"
    assert "Vergleich gemerkt" in browser.page(answer.headers["location"])
    assert "Notebook 14 Zoll · Notebook 16 Zoll" in browser.page("/warenkorb")
    assert "Notebook 14 Zoll" not in portal.signed_in(world.it_magdeburg).page("/warenkorb")


def test_the_order_of_a_compared_article_takes_the_comparison_into_its_memo(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/vergleich/merken", PAIR)
    address = placed(browser)

    assert "Artikelvergleich vom 21.11.2026" in browser.page(address)
    assert count(session, BasketComparison) == 0
    approver = portal.signed_in(world.approver)
    assert approver.post(f"{address}/genehmigen", {"version": "1"}).status_code == 303

    session.rollback()
    order = session.scalars(select(CallOff)).one()
    memo = json.loads(content(session, order.memo_json_sha256 or "").content)
    (comparison,) = memo["comparisons"]
    assert comparison["articles"] == [
        [NOTEBOOK, "Notebook 14 Zoll"],
        [WORKSTATION, "Notebook 16 Zoll"],
    ]
    assert comparison["rows"][0] == ["Preis netto", "789,00\xa0€", "1.249,905\xa0€"]


def test_an_order_of_something_else_leaves_the_comparison_beside_the_basket(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/vergleich/merken", {"v": [WORKSTATION, MONITOR]})

    placed(browser)

    assert count(session, BasketComparison) == 1
    assert count(session, CallOffComparison) == 0


def test_the_same_articles_again_replace_the_earlier_comparison(
    session: Session, world: World
) -> None:
    owner = Owner(world.dessau.id, world.it.id)

    keep_comparison(session, owner, [NOTEBOOK, WORKSTATION], NOON)
    keep_comparison(session, owner, [WORKSTATION, NOTEBOOK], NOON)

    (kept,) = kept_comparisons(session, owner)
    assert kept.comparison.skus == (WORKSTATION, NOTEBOOK)


def test_one_article_is_no_comparison(portal: Portal, session: Session, world: World) -> None:
    browser = portal.signed_in(world.it)

    answer = browser.post("/vergleich/merken", {"v": [NOTEBOOK, "GIBT-ES-NICHT"]})

    assert answer.status_code == 422
    assert "zwei bis vier Artikel" in answer.text
    assert count(session, BasketComparison) == 0


def test_a_comparison_can_be_taken_away_by_its_owner_only(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/vergleich/merken", PAIR)
    number = session.scalars(select(BasketComparison.id)).one()
    address = f"/vergleich/{number}/entfernen"

    assert portal.signed_in(world.it_magdeburg).post(address, {}).status_code == 404
    assert count(session, BasketComparison) == 1
    assert browser.post(address, {}).status_code == 303
    assert count(session, BasketComparison) == 0


def test_an_attached_comparison_stays_as_it_was_seen(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/vergleich/merken", PAIR)
    placed(browser)

    for change in (
        "UPDATE call_off_comparison SET kept_at = kept_at",
        "DELETE FROM call_off_comparison",
    ):
        with pytest.raises(DatabaseError, match="evidence"):
            session.execute(text(change))
        session.rollback()
