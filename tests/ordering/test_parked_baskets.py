"""Several baskets: parked under a name, handed over, taken up at the prices of today."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.records import Article, Price
from app.kernel.unit_price import UnitPrice
from app.members.rules import Role
from app.ordering.basket.contents import Owner, quantities
from app.ordering.filling.records import ParkedBasket
from app.ordering.filling.rules_changes import Change, Remembered, Today, changes
from tests.support.application import Portal
from tests.support.browser import Browser
from tests.support.clock import TODAY
from tests.support.told import mails
from tests.support.world import MONITOR, NOTEBOOK, World, somebody

OLD, NEW = UnitPrice(7_890_000), UnitPrice(8_120_000)


def lying(session: Session, world: World) -> dict[str, int]:
    session.rollback()
    return quantities(session, Owner(world.dessau.id, world.it.id))


def parked(browser: Browser, session: Session, name: str, wanted: dict[str, int]) -> int:
    for sku, many in wanted.items():
        browser.post("/warenkorb", {"sku": sku, "quantity": str(many)})
    answer = browser.post("/warenkorb/parken", {"name": name, "weiter": "1"})
    assert answer.status_code == 303, answer.text
    session.rollback()
    return int(answer.headers["location"].rpartition("/")[2])


def dearer(session: Session, sku: str) -> None:
    """From today on the article costs 812.00."""
    article = session.scalars(select(Article).where(Article.sku == sku)).one()
    price = session.scalars(select(Price).where(Price.article_id == article.id)).one()
    price.valid_to = TODAY
    session.flush()
    session.add(
        Price(
            article_id=article.id,
            catalog_version_id=price.catalog_version_id,
            unit_price=NEW,
            valid_from=TODAY,
        )
    )
    session.commit()


@pytest.mark.parametrize(
    ("now", "change"),
    [
        (Today(OLD, None), None),
        (Today(NEW, None), Change.DEARER),
        (Today(UnitPrice(1), None), Change.CHEAPER),
        (Today(None, "Ausgelaufen."), Change.NOT_ORDERABLE),
        (None, Change.GONE),
    ],
    ids=["same", "dearer", "cheaper", "refused", "gone"],
)
def test_a_remembered_line_says_what_became_of_it(now: Today | None, change: Change | None) -> None:
    lines = [Remembered("A", 2, "Ein Notebook", OLD)]

    found = changes(lines, {} if now is None else {"A": now})

    assert [one.change for one in found] == ([] if change is None else [change])


def test_several_baskets_wait_under_their_names_and_one_is_taken_up_again(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    school = parked(browser, session, "Schule am Park", {NOTEBOOK: 3})
    parked(browser, session, "", {MONITOR: 2})
    assert lying(session, world) == {}
    dearer(session, NOTEBOOK)

    page = browser.page("/warenkorb")
    assert "Schule am Park" in page
    assert "Warenkorb vom 21.11.2026" in page
    assert "1 Änderung" in page
    assert "unverändert" in page

    browser.post("/warenkorb", {"sku": MONITOR, "quantity": "7"})
    answer = browser.post(f"/warenkorb/geparkt/{school}/aufnehmen", {"wie": "tausch"})

    assert answer.status_code == 303
    assert lying(session, world) == {NOTEBOOK: 3}
    page = browser.page("/warenkorb")
    assert "789,00\u00a0€ → 812,00\u00a0€" in page
    assert "2.436,00" in page
    assert "(+2,9\u00a0%)" in page
    assert browser.post(f"/warenkorb/geparkt/{school}/aufnehmen").status_code == 404
    waiting = select(ParkedBasket.name).where(ParkedBasket.taken_up_at.is_(None))
    assert session.scalars(waiting).all() == ["Warenkorb vom 21.11.2026"] * 2


def test_a_basket_handed_over_belongs_to_the_colleague_who_hears_of_it(
    portal: Portal, session: Session, world: World
) -> None:
    colleague = somebody(session, "schule@dessau-rosslau.example", Role.ORDERER, world.dessau)
    session.commit()
    browser, other = portal.signed_in(world.it), portal.signed_in(colleague)
    number = parked(browser, session, "Schule", {NOTEBOOK: 3})
    here = f"/warenkorb/geparkt/{number}"

    nobody = browser.post(f"{here}/uebergeben", {"an": str(world.it_magdeburg.id)})
    assert nobody.status_code == 422
    assert "Bitte wählen Sie, wer den Warenkorb bekommt." in nobody.text
    long = {"an": str(colleague.id), "kommentar": "x" * 501}
    assert browser.post(f"{here}/uebergeben", long).status_code == 422
    assert other.get(here).status_code == 404

    sent = {"an": str(colleague.id), "kommentar": "Bitte <b>Monitore</b> ergänzen."}
    assert browser.post(f"{here}/uebergeben", sent).status_code == 303

    assert browser.get(here).status_code == 404
    assert "Bitte &lt;b&gt;Monitore&lt;/b&gt; ergänzen." in other.page("/warenkorb")
    (mail,) = (one for one in mails(session) if one.recipient == colleague.mail)
    assert mail.subject == "Warenkorb „Schule“ für Sie"
    assert other.post(f"{here}/aufnehmen").status_code == 303
    session.rollback()
    assert quantities(session, Owner(world.dessau.id, colleague.id)) == {NOTEBOOK: 3}


def test_a_basket_for_all_is_taken_up_once_and_never_by_another_member(
    portal: Portal, session: Session, world: World
) -> None:
    colleague = somebody(session, "schule@dessau-rosslau.example", Role.ORDERER, world.dessau)
    session.commit()
    browser = portal.signed_in(world.it)
    number = parked(browser, session, "Für alle", {MONITOR: 1})
    here = f"/warenkorb/geparkt/{number}"
    assert browser.post(f"{here}/uebergeben", {"an": "alle"}).status_code == 303

    stranger = portal.signed_in(world.it_magdeburg)
    for path in ("aufnehmen", "uebergeben", "loeschen"):
        assert stranger.post(f"{here}/{path}").status_code == 404
    assert "Für alle" not in stranger.page("/warenkorb")

    assert portal.signed_in(colleague).post(f"{here}/aufnehmen").status_code == 303
    assert browser.post(f"{here}/aufnehmen").status_code == 404


def test_an_empty_basket_cannot_be_parked_and_a_name_has_an_end(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)

    assert browser.post("/warenkorb/parken", {"name": "Leer"}).status_code == 409
    browser.post("/warenkorb", {"sku": MONITOR, "quantity": "1"})
    assert browser.post("/warenkorb/parken", {"name": "x" * 81}).status_code == 422
    assert lying(session, world) == {MONITOR: 1}
    number = parked(browser, session, "Weg", {})
    assert browser.post(f"/warenkorb/geparkt/{number}/loeschen").status_code == 303
    assert session.scalars(select(ParkedBasket)).all() == []
