"""The order page says what became of earlier prices, and never sends at one it did not show."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.records import Article
from app.ordering.effects import Effect
from app.ordering.records import CallOff
from tests.ordering.test_pages import form, placed
from tests.ordering.test_parked_baskets import dearer
from tests.support.application import Portal
from tests.support.world import MONITOR, NOTEBOOK, World


def test_a_repeated_order_shows_the_old_price_the_new_one_and_what_is_gone(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    first = form(**{f"menge-{MONITOR}": "2"})
    number = str(browser.post("/bestellen", first).headers["location"]).rpartition("/")[2]
    unchanged = browser.page("/bestellen", wie=number)
    assert f"Seit dem Abruf {number}" in unchanged
    assert "hat sich nichts geändert" in unchanged

    dearer(session, NOTEBOOK)
    session.execute(update(Article).where(Article.sku == MONITOR).values(active=False))
    session.commit()
    page = browser.page("/bestellen", wie=number)

    assert "789,00\u00a0€ → 812,00\u00a0€" in page
    assert "damals 789,00\u00a0€" in page
    assert "6.496,00" in page  # 8 × 812.00
    assert "So kann nicht bestellt werden" in page
    assert f'value="{MONITOR}"' in page


def test_nothing_is_ordered_at_a_price_that_was_not_shown(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    shown = form("einmal", **{f"gesehen-{NOTEBOOK}": "8:7890000"})
    dearer(session, NOTEBOOK)

    answer = browser.post("/bestellen", shown)

    assert answer.status_code == 409
    assert "Der Preis hat sich geändert, seit Sie die Seite geöffnet haben" in answer.text
    assert f'name="gesehen-{NOTEBOOK}"' in answer.text
    assert "8:8120000" in answer.text
    assert 'value="Ersatz für Altgeräte Bürgeramt"' in answer.text
    assert session.scalars(select(CallOff)).all() == []
    again = browser.post("/bestellen", shown | {f"gesehen-{NOTEBOOK}": "8:8120000"})
    assert again.status_code == 303
    assert session.scalars(select(CallOff.net)).one().cents == 649_600


def test_an_article_unpublished_meanwhile_is_refused_and_nothing_typed_is_lost(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    session.execute(update(Article).where(Article.sku == NOTEBOOK).values(active=False))
    session.commit()

    answer = browser.post("/bestellen", form(**{f"gesehen-{NOTEBOOK}": "8:7890000"}))

    assert answer.status_code == 409
    assert 'value="Ersatz für Altgeräte Bürgeramt"' in answer.text
    assert session.scalars(select(CallOff)).all() == []


def test_what_others_know_of_an_order_stands_beside_it_before_it_is_sent(
    portal: Portal, world: World
) -> None:
    browser = portal.signed_in(world.it)
    portal.app.state.checkout_parts = lambda _db, content, _form, _now: (
        Effect("warn", "Budget knapp", f"Danach sind noch {content.net.text} frei."),
    )

    page = browser.post("/bestellen/pruefung", form()).text

    assert "Budget knapp" in page
    assert "Danach sind noch 6312.00 frei." in page


def test_the_last_order_fills_the_next_one_in(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    placed(browser)

    browser.post("/warenkorb", {"sku": MONITOR, "quantity": "1"})

    page = browser.page("/bestellen")
    assert 'value="Ersatz für Altgeräte Bürgeramt"' in page
    assert 'value="IT-Lager"' in page
