"""Changing a placed order on its pages and over the interface, by the three who take part."""

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.ordering.queries import call_off
from tests.support.application import Portal
from tests.support.browser import Browser
from tests.support.orders import placed
from tests.support.world import MONITOR, NOTEBOOK, World

WISH = {"menge-1": "12", "menge-2": "3", "grund": "Zwei neue Stellen"}


def asked(portal: Portal, session: Session, world: World) -> tuple[str, Browser]:
    """The number of an order with an open wish, and the browser of the one who asked."""
    number = placed(session, world, {NOTEBOOK: 10, MONITOR: 4})
    orderer = portal.signed_in(world.it)
    assert orderer.post(f"/abrufe/{number}/aendern", WISH).status_code == 303
    return number, orderer


def test_a_wish_is_typed_on_the_orders_own_form(
    portal: Portal, session: Session, world: World
) -> None:
    order = f"/abrufe/{placed(session, world, {NOTEBOOK: 10, MONITOR: 4})}"
    orderer = portal.signed_in(world.it)
    assert f'href="{order}/aendern"' in orderer.page(order)

    wrong = orderer.post(f"{order}/aendern", {"menge-1": "viele", "grund": "<b>neu</b>"})
    assert wrong.status_code == 422
    assert 'href="#menge-1"' in wrong.text
    assert "&lt;b&gt;neu" in wrong.text
    halves = orderer.post(f"{order}/aendern", {"menge-1": "1.5", "grund": "Teilzeit"})
    assert halves.status_code == 422
    assert "Bitte eine ganze Zahl von 0 bis" in halves.text
    too_many = orderer.post(f"{order}/aendern", {"menge-1": "90000", "grund": "Alle Schulen"})
    assert too_many.status_code == 409
    assert "Höchstmenge erreicht" in too_many.text
    assert orderer.post(f"{order}/aendern", WISH).status_code == 303

    assert "wartet auf die Abwicklung" in orderer.page(order)
    assert "noch eine Änderung offen" in orderer.page(f"{order}/aendern")
    assert orderer.post(f"{order}/aendern", WISH).status_code == 409


def test_the_desk_sees_open_wishes_in_its_queue_and_answers_line_by_line(
    portal: Portal, session: Session, world: World
) -> None:
    number, orderer = asked(portal, session, world)
    desk = portal.signed_in(world.desk)
    answer_at = f"/abwicklung/{number}/aenderungen/1"
    assert number in desk.page("/abwicklung?aenderung=1")
    assert f'href="{answer_at}"' in desk.page(f"/abwicklung/{number}")

    said = {"antwort-1": "otherwise", "menge-1": "11", "antwort-2": "accepted"}
    refused = desk.post(answer_at, said)
    assert refused.status_code == 422
    assert "Bitte nennen Sie dem Mitglied den Grund." in refused.text
    assert 'value="11"' in refused.text
    assert desk.post(answer_at, {**said, "grund-1": "Nur noch eines am Lager"}).status_code == 303

    assert number not in desk.page("/abwicklung?aenderung=1")
    assert "schon beantwortet" in desk.page(answer_at)
    page = orderer.page(f"/abrufe/{number}")
    assert "anders: 11 Stück" in page
    assert "Nur noch eines am Lager" in page


def test_the_member_agrees_and_a_second_person_approves_what_grows(
    portal: Portal, session: Session, world: World
) -> None:
    number, orderer = asked(portal, session, world)
    order, here = f"/abrufe/{number}", f"/abrufe/{number}/aenderungen/1"
    said = {"antwort-1": "otherwise", "menge-1": "11", "grund-1": "Rest", "antwort-2": "accepted"}
    portal.signed_in(world.desk).post(f"/abwicklung/{number}/aenderungen/1", said)

    orderer.post(here, {"schritt": "agree"})
    assert "wartet auf Genehmigung" in orderer.page(order)
    approver = portal.signed_in(world.approver)
    assert number in approver.page("/genehmigungen")
    assert "Mehrmenge genehmigen" in approver.page(order)
    assert orderer.post(here, {"schritt": "approve"}).status_code == 403
    assert approver.post(here, {"schritt": "approve"}).status_code == 303

    session.rollback()
    assert [line.kept for line in call_off(session, number, EVERY_MEMBER).lines] == [11, 3]
    page = orderer.page(order)
    assert "Auftrag geändert" in page
    assert "10 → 11 Stück" in page


def test_the_interface_takes_and_answers_a_change(
    portal: Portal, session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 10})
    orderer, desk = portal.api(world.it), portal.api(world.desk)
    changes = f"/api/v1/call-offs/{number}/changes"
    wish = {"lines": [{"sku": NOTEBOOK, "quantity": 8}], "reason": "Weniger Stellen"}

    asked = orderer.post(changes, wish)
    assert (asked.status_code, asked.json()["state"]) == (201, "asked")
    assert orderer.post(changes, wish).json()["code"] == "change_open"
    assert orderer.post(changes, {**wish, "preis": 1}).status_code == 422
    answers = [{"sku": NOTEBOOK, "answer": "accepted"}]
    done = desk.post(f"{changes}/1/moves", {"move": "answer", "answers": answers})

    assert (done.status_code, done.json()["state"]) == (200, "done")
    line = orderer.get(f"/api/v1/call-offs/{number}").json()["lines"][0]
    assert (line["quantity"], line["cancelled"]) == (10, 2)
    assert orderer.get(changes).json()["items"] == [done.json()]
    more = {"lines": [{"sku": NOTEBOOK, "quantity": 90_000}], "reason": "Alle Schulen"}
    refused = orderer.post(changes, more)
    assert (refused.status_code, refused.json()["code"]) == (409, "ceiling_reached")
    assert refused.json()["decision_id"]
    stranger = portal.api(world.it_magdeburg)
    assert stranger.get(changes).status_code == 404
    assert stranger.post(changes, wish).status_code == 404
