"""A double click and a repeated call do one thing: free positions and changes of placed orders."""

from base64 import b64encode
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.eligibility.records import EligibilityDecision
from app.ordering.changing.records import CallOffChange
from app.ordering.quoting.records import FreePosition
from app.ordering.rules import Side
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.wanted import Actor
from tests.ordering.test_free_position_pages import files, typed
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.orders import placed
from tests.support.quotes import QUOTE, SCOPE, open_lot
from tests.support.world import NOTEBOOK, World, lot_of

WHY = "Der Hersteller liefert nur noch acht Stück."


def many(session: Session, record: type[Any]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(record)) or 0


def test_a_free_position_sent_twice_from_one_page_is_there_once(
    portal: Portal, session: Session, world: World
) -> None:
    sent = typed(open_lot(session, world).id, schluessel="eine-seite")
    session.commit()
    it = portal.signed_in(world.it)

    wrong = it.post("/freie-position", sent | {"quantity": "zwölf"}, files=files())
    assert wrong.status_code == 422
    for _ in range(2):
        answer = it.post("/freie-position", sent, files=files())
        assert (answer.status_code, answer.headers["location"]) == (303, "/warenkorb")
    assert many(session, FreePosition) == 1

    changed = it.post("/freie-position", sent | {"quote_number": "AN-4712"}, files=files())
    assert changed.status_code == 303
    assert many(session, FreePosition) == 2


@pytest.mark.parametrize("side", ["member", "desk"])
def test_a_change_sent_twice_from_one_page_is_there_once(
    portal: Portal, session: Session, world: World, side: str
) -> None:
    number = placed(session, world, {NOTEBOOK: 10})
    session.commit()
    who, page = {
        "member": (world.it, f"/abrufe/{number}/aendern"),
        "desk": (world.desk, f"/abwicklung/{number}/vorschlagen"),
    }[side]
    reader = portal.signed_in(who)
    assert 'name="schluessel" value="' in reader.page(page)
    sent = {"menge-1": "8", "grund": WHY, "schluessel": "eine-seite"}

    assert [reader.post(page, sent).status_code for _ in range(2)] == [303, 303]
    assert reader.post(page, sent | {"menge-1": "7"}).status_code == 409
    assert many(session, CallOffChange) == 1


def test_what_was_refused_may_be_sent_again(portal: Portal, session: Session, world: World) -> None:
    number, other = (placed(session, world, {NOTEBOOK: pieces}) for pieces in (10, 2))
    lot_of(session, NOTEBOOK).maximum_quantity = 12
    session.commit()
    it, page = portal.signed_in(world.it), f"/abrufe/{number}/aendern"
    sent = {"menge-1": "12", "grund": "Zwei Stellen mehr", "schluessel": "eine-seite"}

    assert it.post(page, sent).status_code == 409
    desk = Actor(world.desk.id, None)
    cancel_call_off(
        session, desk, other, EVERY_MEMBER, NOON, side=Side.DESK, reason="Nicht lieferbar"
    )
    session.commit()

    assert it.post(page, sent).status_code == 303
    assert many(session, CallOffChange) == 1


def test_a_program_gets_the_first_answer_again_and_no_second_free_position(
    portal: Portal, session: Session, world: World
) -> None:
    lot = open_lot(session, world)
    body = {
        "framework": world.framework.number,
        "lot": lot.number,
        "name": "Wandhalterung",
        "quantity": 12,
        "unit_price_net": "249.00",
        "reason": SCOPE,
        "quote_number": "AN-4711",
        "quote_date": "2026-11-18",
        "quote_valid_until": "2026-12-31",
        "quote": {"file_name": "Angebot.pdf", "content": b64encode(QUOTE).decode()},
    }
    session.commit()
    it = portal.api(world.it)

    first, again = (it.post("/api/v1/free-positions", body, key="a") for _ in range(2))
    other = it.post("/api/v1/free-positions", body | {"quantity": 13}, key="a")

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert many(session, FreePosition) == 1


def test_a_repeated_change_gets_the_first_answer_whatever_it_was(
    portal: Portal, session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 10})
    lot_of(session, NOTEBOOK).maximum_quantity = 10
    session.commit()
    it, desk = portal.api(world.it), portal.api(world.desk)
    here = f"/api/v1/call-offs/{number}"
    more = {"lines": [{"sku": NOTEBOOK, "quantity": 12}], "reason": WHY}
    less = {"lines": [{"sku": NOTEBOOK, "quantity": 8}], "reason": WHY}

    refused = [it.post(f"{here}/changes", more, key="a") for _ in range(2)]
    decided = many(session, EligibilityDecision)
    assert [one.status_code for one in refused] == [409, 409]
    assert refused[0].json() == refused[1].json()
    assert refused[1].headers["content-type"].startswith("application/problem+json")
    it.post(f"{here}/changes", more, key="b")
    assert many(session, EligibilityDecision) == decided + 1

    proposals = [desk.post(f"{here}/change-proposals", less, key="p") for _ in range(2)]
    assert [one.status_code for one in proposals] == [201, 201]
    agreed = [it.post(f"{here}/changes/1/moves", {"move": "agree"}, key="m") for _ in range(2)]
    assert [one.json()["state"] for one in agreed] == ["done", "done"]
    assert it.post(f"{here}/changes/1/moves", {"move": "decline"}, key="m").status_code == 422
    assert many(session, CallOffChange) == 1
