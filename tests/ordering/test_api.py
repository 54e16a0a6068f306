"""The JSON interface of call-offs, as the contract promises it."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.eligibility.judging.verify_decision import verify_decision
from app.eligibility.records import EligibilityDecision
from app.members.rules import Role
from app.ordering.records import CallOff
from tests.support.application import Portal
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, lot_of, somebody

ORDERS = "/api/v1/call-offs"


def body(**changes: Any) -> dict[str, Any]:
    return {
        "lines": [{"sku": NOTEBOOK, "quantity": 2}, {"sku": MONITOR, "quantity": 2}],
        "purpose": "Ersatz für Altgeräte",
        "product_account": ACCOUNT,
        **changes,
    }


def orders(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(CallOff)) or 0


def test_an_order_answers_with_totals_and_its_decision(portal: Portal, world: World) -> None:
    answer = portal.api(world.it).post(ORDERS, body(), key="k-1")

    assert answer.status_code == 201
    given = answer.json()
    assert given["state"] == "in_approval"
    assert given["totals"] == {
        "net": "1957.00",
        "vat": "371.83",
        "gross": "2328.83",
        "currency": "EUR",
    }
    assert given["eligibility"]["outcome"] == "eligible"
    assert len(given["eligibility"]["sha256"]) == 64
    assert given["open_moves"] == ["cancel"]
    assert [line["unit_price_net"] for line in given["lines"]] == ["789.00", "189.50"]


def test_whoever_also_approves_gets_the_whole_order_back(
    portal: Portal, session: Session, world: World
) -> None:
    somebody(session, world.it.mail, Role.APPROVER, world.dessau)
    session.commit()

    given = portal.api(world.it).post(ORDERS, body(), key="k-1").json()

    assert [line["sku"] for line in given["lines"]] == [NOTEBOOK, MONITOR]
    assert [one["move"] for one in given["history"]] == ["submit"]
    assert portal.api(world.it).get(given["links"]["self"]).json() == given


def test_a_retry_with_the_same_key_gets_the_stored_answer(
    portal: Portal, session: Session, world: World
) -> None:
    api = portal.api(world.it)

    first = api.post(ORDERS, body(), key="k-1")
    again = api.post(ORDERS, body(), key="k-1")
    other = api.post(ORDERS, body(purpose="anderer Zweck"), key="k-1")

    assert again.status_code == 201
    assert again.json() == first.json()
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"
    assert orders(session) == 1


def test_the_same_article_twice_is_one_line(portal: Portal, world: World) -> None:
    lines = [{"sku": NOTEBOOK, "quantity": 1}, {"sku": NOTEBOOK, "quantity": 2}]

    given = portal.api(world.it).post(ORDERS, body(lines=lines), key="k-1").json()

    assert [(line["sku"], line["quantity"]) for line in given["lines"]] == [(NOTEBOOK, 3)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": [{"sku": "GIBT-ES-NICHT", "quantity": 1}]}, "article_unknown"),
        ({"lines": [{"sku": NOTEBOOK, "quantity": 0}]}, "malformed"),
        ({"lines": [{"sku": NOTEBOOK, "quantity": -3}]}, "malformed"),
        ({"lines": [{"sku": NOTEBOOK, "quantity": 1_000_000_000}]}, "malformed"),
        ({"lines": [{"sku": NOTEBOOK, "quantity": "zwei"}]}, "malformed"),
        ({"lines": []}, "malformed"),
        ({"purpose": ""}, "malformed"),
        ({"price": "1.00"}, "malformed"),
    ],
)
def test_what_is_malformed_is_refused_in_german_and_changes_nothing(
    portal: Portal, session: Session, world: World, change: dict[str, Any], code: str
) -> None:
    answer = portal.api(world.it).post(ORDERS, body(**change), key="k-1")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["errors"]
    assert orders(session) == 0
    assert session.scalar(select(func.count()).select_from(EligibilityDecision)) == 0


def test_beyond_the_ceiling_the_decision_stays_on_record(
    portal: Portal, session: Session, world: World
) -> None:
    lot_of(session, NOTEBOOK).maximum_quantity = 1
    session.commit()

    answer = portal.api(world.it).post(ORDERS, body(), key="k-1")

    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "ceiling_reached"
    assert "C-23/20" in problem["detail"]
    assert orders(session) == 0
    recorded = session.scalar(select(EligibilityDecision.public_id))
    assert problem["decision_id"] == recorded


def test_approve_places_and_the_exported_decision_proves_itself(
    portal: Portal, world: World
) -> None:
    number = portal.api(world.it).post(ORDERS, body(), key="k-1").json()["number"]
    approver = portal.api(world.approver)

    placed = approver.post(f"{ORDERS}/{number}/moves", {"move": "approve", "version": 1})

    assert placed.status_code == 200
    assert placed.json()["state"] == "placed"
    proof = verify_decision(approver.get(f"{ORDERS}/{number}/decision.json").content)
    assert proof.sound
    assert proof.outcome == "eligible"
    memo = approver.get(f"{ORDERS}/{number}/memo.pdf")
    assert memo.content.startswith(b"%PDF")


def test_roles_and_states_decide_over_moves(portal: Portal, world: World) -> None:
    orderer = portal.api(world.it)
    number = orderer.post(ORDERS, body(), key="k-1").json()["number"]
    moves = f"{ORDERS}/{number}/moves"

    assert orderer.post(moves, {"move": "approve"}).status_code == 403
    assert portal.api(world.desk).post(moves, {"move": "confirm"}).status_code == 409
    assert orderer.post(moves, {"move": "fliegen"}).status_code == 422
    assert orderer.post(moves, {"move": "cancel"}).status_code == 422
    stale = orderer.post(moves, {"move": "cancel", "reason": "doppelt", "version": 7})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    foreign = portal.api(world.it_magdeburg)
    assert foreign.get(f"{ORDERS}/{number}").status_code == 404
    assert foreign.post(moves, {"move": "cancel", "reason": "x"}).status_code == 404


def test_the_list_counts_filters_and_continues(portal: Portal, world: World) -> None:
    api = portal.api(world.it)
    for number in range(3):
        api.post(ORDERS, body(), key=f"k-{number}")

    first = api.get(ORDERS, limit=2).json()
    rest = api.get(ORDERS, limit=2, cursor=first["next"]).json()

    assert (first["total"], len(first["items"]), len(rest["items"])) == (3, 2, 1)
    assert rest["next"] is None
    assert api.get(ORDERS, state="placed").json()["total"] == 0
    assert api.get(ORDERS, state="unsinn").status_code == 422
    assert portal.api(world.it_magdeburg).get(ORDERS).json()["total"] == 0


def test_without_a_key_or_a_token_nothing_is_ordered(
    portal: Portal, session: Session, world: World
) -> None:
    assert portal.api(world.it).post(ORDERS, body()).status_code == 422
    assert portal.api(None).post(ORDERS, body(), key="k-1").status_code == 401
    assert portal.api(world.council).post(ORDERS, body(), key="k-1").status_code == 403
    assert orders(session) == 0
