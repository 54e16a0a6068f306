"""Deliveries and receipts for programs, as the contract says."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fulfilment.records import Delivery, GoodsReceipt
from tests.support.orders import confirmed, delivered, ready
from tests.support.world import MONITOR, NOTEBOOK


def test_the_desk_delivers_and_the_member_receives(session: Session, portal: Any) -> None:
    world = ready(session)
    number = confirmed(session, world, {NOTEBOOK: 1, MONITOR: 2}).number
    desk, member = portal.api(world.desk), portal.api(world.it)
    lines = [{"sku": NOTEBOOK, "quantity": 1, "serial_numbers": ["sn-1"]}]

    sent = desk.post(f"/api/v1/call-offs/{number}/deliveries", {"lines": lines})
    received = member.post(f"/api/v1/call-offs/{number}/receipts", {})

    assert sent.status_code == 201
    note = f"L-{number}-1"
    assert sent.json() == {
        "number": note,
        "call_off": number,
        "delivered_on": "2026-11-21",
        "lines": [
            {
                "sku": NOTEBOOK,
                "name": "Notebook 14 Zoll",
                "quantity": 1,
                "serial_numbers": ["SN-1"],
                "receipt": None,
            }
        ],
        "links": {"pdf": f"/api/v1/deliveries/{note}.pdf"},
    }
    assert received.status_code == 201
    receipt = received.json()["items"][0]["lines"][0]["receipt"]
    assert (receipt["accepted"], receipt["damaged"], receipt["missing"]) == (1, 0, 0)
    listed = member.get(f"/api/v1/call-offs/{number}/deliveries").json()
    assert (listed["total"], listed["next"]) == (1, None)
    pdf = member.get(f"/api/v1/deliveries/{note}.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


def test_a_delivery_that_is_sent_again_with_its_key_is_booked_once(
    session: Session, portal: Any
) -> None:
    """Monitors have no serial numbers that would tell."""
    world = ready(session)
    address = f"/api/v1/call-offs/{confirmed(session, world, {MONITOR: 3}).number}/deliveries"
    desk = portal.api(world.desk)
    body = {"lines": [{"sku": MONITOR, "quantity": 1}]}

    first, again = (desk.post(address, body, key="k") for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    other = desk.post(address, {"lines": [{"sku": MONITOR, "quantity": 2}]}, key="k")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Delivery)) == 1


def test_bad_input_has_the_right_status_and_changes_nothing(session: Session, portal: Any) -> None:
    world = ready(session)
    number = confirmed(session, world, {NOTEBOOK: 2}).number
    desk = portal.api(world.desk)
    address = f"/api/v1/call-offs/{number}/deliveries"

    bodies: list[dict[str, Any]] = [
        {},
        {"lines": []},
        {"lines": [{"sku": NOTEBOOK, "quantity": 0}]},
        {"lines": [{"sku": NOTEBOOK, "quantity": -1}]},
        {"lines": [{"sku": NOTEBOOK, "quantity": 10**9}]},
        {"lines": [{"sku": NOTEBOOK, "quantity": "2"}]},
        {"lines": [{"sku": NOTEBOOK, "quantity": 1}]},
        {"lines": [{"sku": NOTEBOOK, "quantity": 1, "serial_numbers": ["\u0000"]}]},
        {"lines": [{"sku": "FREMD", "quantity": 1}]},
        {"lines": [{"sku": NOTEBOOK, "quantity": 1, "serial_numbers": ["A"], "price": 1}]},
        {"lines": [{"sku": NOTEBOOK, "quantity": 1, "serial_numbers": ["A"]}], "by": 1},
    ]
    for body in bodies:
        answer = desk.post(address, body)
        assert answer.status_code == 422, body
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
    stale = {"lines": [{"sku": NOTEBOOK, "quantity": 1, "serial_numbers": ["A"]}], "version": 1}
    assert desk.post(address, stale).json()["code"] == "stale_version"
    assert session.scalar(select(func.count()).select_from(Delivery)) == 0


def test_a_receipt_per_line_must_add_up(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 4})
    delivered(session, world, found, (MONITOR, 2, ()))
    delivered(session, world, found, (MONITOR, 2, ()))
    number, member = found.number, portal.api(world.it)
    address = f"/api/v1/call-offs/{number}/receipts"
    second = f"L-{number}-2"

    unclear = member.post(address, {"lines": [{"sku": MONITOR, "accepted": 2}]})
    wrong = member.post(
        address, {"delivery": second, "lines": [{"sku": MONITOR, "accepted": 1, "missing": 0}]}
    )
    short = {"sku": MONITOR, "accepted": 1, "missing": 1, "note": "Karton war offen"}
    done = member.post(address, {"delivery": second, "lines": [short]})
    unknown = member.post(address, {"delivery": "L-1"})

    assert [unclear.status_code, wrong.status_code, unknown.status_code] == [422, 422, 422]
    assert "mehreren Lieferungen" in unclear.json()["detail"]
    assert done.status_code == 201
    receipt = session.scalars(select(GoodsReceipt)).one()
    assert (receipt.accepted, receipt.missing, receipt.note) == (1, 1, "Karton war offen")


def test_roles_and_tenants_are_kept_apart(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 1})
    delivered(session, world, found, (MONITOR, 1, ()))
    number, note = found.number, f"L-{found.number}-1"
    stranger, approver = portal.api(world.it_magdeburg), portal.api(world.approver)
    desk = portal.api(world.desk)

    assert stranger.get(f"/api/v1/deliveries/{note}.pdf").status_code == 404
    assert stranger.get(f"/api/v1/call-offs/{number}/deliveries").status_code == 404
    assert stranger.post(f"/api/v1/call-offs/{number}/receipts", {}).status_code == 404
    lines = {"lines": [{"sku": MONITOR, "quantity": 1}]}
    assert stranger.post(f"/api/v1/call-offs/{number}/deliveries", lines).status_code == 403
    assert approver.post(f"/api/v1/call-offs/{number}/receipts", {}).status_code == 403
    assert desk.post(f"/api/v1/call-offs/{number}/receipts", {}).status_code == 403
    assert portal.api(None).get(f"/api/v1/deliveries/{note}.pdf").status_code == 401
    narrow = portal.api(world.desk, ("call-offs:read",))
    assert narrow.post(f"/api/v1/call-offs/{number}/deliveries", lines).status_code == 403
