"""What the JSON interface says about the signatures and the changes of an order."""

from typing import Any

from tests.support.application import Portal
from tests.support.approvals import office
from tests.support.orders import ready
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK

ORDERS = "/api/v1/call-offs"
BODY = {
    "lines": [{"sku": NOTEBOOK, "quantity": 2}],
    "purpose": "Ersatz für Altgeräte",
    "product_account": ACCOUNT,
    "conflict_free": True,
}
WAITS: dict[str, Any] = {
    "decided_by": None,
    "deputy": False,
    "decided_at": None,
    "acknowledged": [],
}


def signatures(given: dict[str, Any]) -> list[tuple[int, str, list[str], str | None]]:
    return [
        (one["stage"], one["state"], one["may_decide"], one["decided_by"])
        for one in given["approvals"]
    ]


def test_the_answer_says_who_may_decide_and_who_did(portal: Portal) -> None:
    """By function: no name, no mail, and the value limit decides alone."""
    world = ready(portal.session)
    portal.end_transaction()
    orderer, approver = portal.api(world.it), portal.api(world.approver)
    taken = orderer.post(ORDERS, BODY, key="k").json()
    here = f"{ORDERS}/{taken['number']}"
    assert (taken["approvals"], taken["changes"], taken["conflict_free"]) == (None, [], True)

    waits = orderer.get(here).json()
    step = {"stage": 1, "state": "due", "may_decide": [world.approver.label], **WAITS}
    assert waits["approvals"] == [step]
    declared = {"move": "approve", "acknowledged": ["no_conflict"]}
    placed = approver.post(f"{here}/moves", declared).json()

    assert signatures(placed) == [(1, "approved", [], world.approver.label)]
    assert placed["approvals"][0]["acknowledged"] == ["no_conflict"]
    assert placed["approvals"][0]["decided_at"] == placed["placed_at"]
    listed = orderer.get(ORDERS).json()["items"]
    assert [one["approvals"] for one in listed] == [placed["approvals"]]
    assert world.approver.mail not in str(listed)


def test_steps_of_the_members_table_stand_in_their_order(portal: Portal) -> None:
    world = ready(portal.session)
    rule = office(portal.session, world)
    head, second = rule.head.label, rule.approver.label
    portal.end_transaction()
    orderer, signs = portal.api(world.it), portal.api(rule.head)
    number = orderer.post(ORDERS, BODY, key="k").json()["number"]
    here = f"{ORDERS}/{number}"

    assert signatures(orderer.get(here).json()) == [
        (1, "due", [head], None),
        (2, "open", [second], None),
    ]
    after = signs.post(f"{here}/moves", {"move": "approve"}).json()
    assert after["state"] == "in_approval"
    assert signatures(after) == [(1, "approved", [], head), (2, "due", [second], None)]
    reason = {"move": "reject", "reason": "Zu viel"}
    refused = portal.api(world.approver).post(f"{here}/moves", reason).json()
    assert signatures(refused) == [(1, "approved", [], head), (2, "rejected", [], second)]


def test_a_wish_to_change_stands_in_the_order(portal: Portal) -> None:
    world = ready(portal.session)
    portal.end_transaction()
    orderer = portal.api(world.it)
    lines = [{"sku": NOTEBOOK, "quantity": 2}, {"sku": MONITOR, "quantity": 2}]
    number = orderer.post(ORDERS, {**BODY, "lines": lines}, key="k").json()["number"]
    here = f"{ORDERS}/{number}"
    portal.api(world.approver).post(f"{here}/moves", {"move": "approve"})
    wish = {"lines": [{"sku": MONITOR, "quantity": 1}], "reason": "Einer reicht"}
    asked = orderer.post(f"{here}/changes", wish).json()

    assert orderer.get(here).json()["changes"] == [asked]
    assert (asked["position"], asked["state"]) == (1, "asked")
    answer = {"move": "answer", "answers": [{"sku": MONITOR, "answer": "accepted"}]}
    portal.api(world.desk).post(f"{here}/changes/1/moves", answer)
    found = orderer.get(here).json()
    assert [one["state"] for one in found["changes"]] == ["done"]
    assert [line["cancelled"] for line in found["lines"]] == [0, 1]
    assert len(found["approvals"]) == 1
