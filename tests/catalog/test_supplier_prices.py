"""Several suppliers of one lot with their own prices: who delivers an order, and what it costs."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.catalog.supplier_offers.records import SupplierPriceList
from app.catalog.supplier_offers.rules_offers import ListFacts, list_in_force
from app.catalog.supplier_prices.publish_price_list import publish_price_list
from app.catalog.supplier_prices.send_price_list import ListWish, send_price_list
from app.catalog.supplier_prices.withdraw_price_list import withdraw_price_list
from app.database.tenant import EVERY_MEMBER
from app.frameworks.agreement_records import FrameworkSupplier, SupplierAward
from app.frameworks.amending.add_supplier import SupplierWish, add_supplier
from app.frameworks.supplier_choice import AwardEvent, CallOffMode, Choice, NoSupplier
from app.kernel.errors import Conflict, Malformed
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.members.rules import Role
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import call_off
from app.ordering.rules import Side, State
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.turns.pass_to_next_supplier import pass_to_next_supplier
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.frameworks.agreements import NUMBER
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready, submitted
from tests.support.world import ACCOUNT, NOTEBOOK, WORKSTATION, World, lot_of, somebody

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    made = ready(session)
    session.commit()
    return made


def share_lot(session: Session, world: World, mode: CallOffMode) -> tuple[int, int]:
    """Elbe GmbH is first, Saale GmbH second; the catalog's prices are 789 and 1,149 euros."""
    world.framework.call_off_mode = mode
    for rank, name in enumerate(("Elbe GmbH", "Saale GmbH"), 1):
        add_supplier(
            session, world.contracts.id, NUMBER, SupplierWish(name, rank), "Zuschlag", NOON
        )
    session.commit()
    first, second = session.scalars(select(FrameworkSupplier.id).order_by(FrameworkSupplier.rank))
    return first, second


def sent(session: Session, world: World, supplier: int, *lines: str, on: object = TODAY) -> int:
    text = "Artikelnummer;Preis netto;Staffelpreise\n" + "\n".join(lines)
    wish = ListWish(supplier, on, "preise.csv", text.encode())  # type: ignore[arg-type]
    return send_price_list(session, wish, world.desk.id, NOON).id


def in_force(session: Session, world: World, supplier: int, *lines: str, on: object = TODAY) -> int:
    number = sent(session, world, supplier, *lines, on=on)
    publish_price_list(session, number, world.contracts.id, NOON, looked=True)
    session.commit()
    return number


def submits(session: Session, world: World, wanted: dict[str, int]) -> Submitted | Refused:
    to = DeliverTo("IT", "Zerbster Straße 4", "06844", "Dessau-Roßlau")
    actor = Actor(world.it.id, world.dessau.id)
    wish = Wanted(wanted, "Probe", ACCOUNT, to)
    return submit_call_off(session, actor, world.dessau.id, wish, NOON)


def price_in(session: Session, number: str) -> UnitPrice:
    return call_off(session, number, EVERY_MEMBER).lines[0].unit_price


def awards(session: Session) -> list[tuple[AwardEvent, Money]]:
    rows = session.execute(select(SupplierAward).order_by(SupplierAward.id)).scalars()
    return [(one.event, one.value) for one in rows]


def test_a_list_counts_until_the_next_one_begins() -> None:
    lists = [
        ListFacts(1, 7, 1, TODAY),
        ListFacts(2, 7, 2, TOMORROW),
        ListFacts(3, 7, 3, TODAY),
    ]

    counting = [list_in_force(lists, TODAY + timedelta(days=after)) for after in (-1, 0, 1)]

    assert [one and one.number for one in counting] == [None, 3, 2]


def test_the_order_costs_what_the_chosen_supplier_charges(session: Session, world: World) -> None:
    first, second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{NOTEBOOK};799,50;10 | 750")
    in_force(session, world, second, f"{NOTEBOOK};700")

    number = placed(session, world, {NOTEBOOK: 2}, now=NOON)
    many = placed(session, world, {NOTEBOOK: 10}, now=NOON)
    session.commit()

    assert price_in(session, number) == UnitPrice.euros("799.50")
    assert price_in(session, many) == UnitPrice.euros(750)
    assert awards(session) == [
        (AwardEvent.CHOSEN, Money.euros(1599)),
        (AwardEvent.CHOSEN, Money.euros(7500)),
    ]
    found = call_off(session, number, EVERY_MEMBER)
    memo = json.loads(session.get_one(StoredFile, found.memo_json_sha256).content)
    assert memo["selection_rule"] == (
        "Los 1: Elbe GmbH. Rang 1 der Kaskade (§ 21 Abs. 4 Nr. 1 VgV). "
        "Preise nach Preisliste 1 vom 21.11.2026."
    )


def test_the_decision_says_why_this_supplier(session: Session, world: World) -> None:
    first, second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{WORKSTATION};1100")
    in_force(session, world, second, f"{NOTEBOOK};700", f"{WORKSTATION};1000")

    result = submits(session, world, {NOTEBOOK: 1, WORKSTATION: 1})

    assert isinstance(result, Submitted)
    assert result.attempt.net == Money.euros(1700)
    (rule,) = [one for one in result.attempt.assessed.assessment.rules if one.id == "F-08"]
    assert rule.text.endswith(
        "Los 1: Saale GmbH. Rang 2 der Kaskade, da Rang 1 Elbe GmbH NB-14 nicht führt "
        "(§ 21 Abs. 4 Nr. 1 VgV). Preise nach Preisliste 1 vom 21.11.2026."
    )


def test_what_nobody_delivers_together_is_refused_on_record(session: Session, world: World) -> None:
    first, second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{WORKSTATION};1100")
    in_force(session, world, second, f"{NOTEBOOK};700")

    refused = submits(session, world, {NOTEBOOK: 1, WORKSTATION: 1})

    assert isinstance(refused, Refused)
    assert refused.code == "article_not_orderable"
    assert "Elbe GmbH führt NB-14 nicht; Saale GmbH führt NB-16 nicht." in refused.text
    assert lot_of(session, NOTEBOOK).reserved_value == Money(0)
    assert awards(session) == []


def test_a_rotation_takes_turns_while_orders_still_wait(session: Session, world: World) -> None:
    first, second = share_lot(session, world, CallOffMode.ROTATION)
    in_force(session, world, first, f"{NOTEBOOK};800")
    in_force(session, world, second, f"{NOTEBOOK};700")

    one = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    other = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    reject_call_off(
        session,
        Actor(world.approver.id, world.dessau.id),
        one,
        EVERY_MEMBER,
        NOON,
        reason="Bedarf entfallen",
    )
    third = submitted(session, world, {NOTEBOOK: 1}, now=NOON)

    prices = [price_in(session, number) for number in (one, other, third)]
    assert prices == [UnitPrice.euros(800), UnitPrice.euros(700), UnitPrice.euros(800)]


def passes(session: Session, world: World, number: str) -> Choice | NoSupplier:
    result = pass_to_next_supplier(
        session,
        Actor(world.desk.id, None),
        number,
        lot_of(session, NOTEBOOK).id,
        NOON,
        event=AwardEvent.DECLINED,
        reason="Lieferengpass",
    )
    session.commit()
    return result


def test_nobody_gets_a_declined_order_at_a_price_that_nobody_approved(
    session: Session, world: World
) -> None:
    _first, second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, second, f"{NOTEBOOK};820")
    number = placed(session, world, {NOTEBOOK: 2}, now=NOON)
    session.commit()

    result = passes(session, world, number)

    assert isinstance(result, NoSupplier)
    assert result.code == "price_not_valid"
    assert "netto 1.640,00\u00a0€ statt 1.578,00\u00a0€" in result.reason
    found = call_off(session, number, EVERY_MEMBER)
    assert (found.state, found.net) == (State.PLACED, Money.euros(1578))


def test_whoever_repeats_the_cancelled_order_gets_the_next_supplier_once(
    session: Session, world: World
) -> None:
    _first, second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, second, f"{NOTEBOOK};820")
    number = placed(session, world, {NOTEBOOK: 2}, now=NOON)
    passes(session, world, number)
    desk = Actor(world.desk.id, None)
    cancel_call_off(
        session, desk, number, EVERY_MEMBER, NOON, side=Side.DESK, reason="Anderer Preis"
    )
    session.commit()
    to = DeliverTo("IT", "Zerbster Straße 4", "06844", "Dessau-Roßlau")
    repeated = Wanted({NOTEBOOK: 2}, "Probe", ACCOUNT, to, instead_of=number)
    orderer = Actor(world.it.id, world.dessau.id)

    again = submit_call_off(session, orderer, world.dessau.id, repeated, NOON)
    session.commit()
    once_more = submit_call_off(session, orderer, world.dessau.id, repeated, NOON)

    assert isinstance(again, Submitted)
    assert isinstance(once_more, Submitted)
    assert price_in(session, again.number) == UnitPrice.euros(820)
    assert call_off(session, again.number, EVERY_MEMBER).instead_of == number
    assert price_in(session, once_more.number) == UnitPrice.euros(789)


def test_a_list_is_published_by_a_second_person_and_taken_back(
    session: Session, world: World
) -> None:
    first, _second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{NOTEBOOK};800")
    number = sent(session, world, first, f"{NOTEBOOK};790", "FREMD-1;5")
    with pytest.raises(Conflict) as own:
        publish_price_list(session, number, world.desk.id, NOON)

    publish_price_list(session, number, world.contracts.id, NOON)
    session.commit()
    cheaper = price_in(session, submitted(session, world, {NOTEBOOK: 1}, now=NOON))
    withdraw_price_list(session, number, world.contracts.id, NOON)
    session.commit()
    before = price_in(session, submitted(session, world, {NOTEBOOK: 1}, now=NOON))

    assert own.value.code == "four_eyes"
    assert (cheaper, before) == (UnitPrice.euros(790), UnitPrice.euros(800))
    kept = session.get_one(SupplierPriceList, number)
    assert [one["code"] for one in kept.result["rejected"]] == ["not_in_catalog"]


def test_a_rise_that_the_contract_forbids_is_not_published(session: Session, world: World) -> None:
    first, _second = share_lot(session, world, CallOffMode.CASCADE)
    in_force(session, world, first, f"{NOTEBOOK};800")
    dearer = sent(session, world, first, f"{NOTEBOOK};801")
    far_lower = sent(session, world, first, f"{NOTEBOOK};100")

    with pytest.raises(Conflict) as forbidden:
        publish_price_list(session, dearer, world.contracts.id, NOON, looked=True)
    with pytest.raises(Conflict) as unusual:
        publish_price_list(session, far_lower, world.contracts.id, NOON)

    assert (forbidden.value.code, unusual.value.code) == ("rise_forbidden", "outside_corridor")
    assert not session.get_one(SupplierPriceList, dearer).counts


def test_a_list_that_says_nothing_usable_is_refused(session: Session, world: World) -> None:
    first, _second = share_lot(session, world, CallOffMode.CASCADE)
    wrong = []
    for supplier, line, on in [
        (first, "FREMD-1;5", TODAY),
        (first, f"{NOTEBOOK};700", TODAY - timedelta(days=1)),
        (999, f"{NOTEBOOK};700", TODAY),
    ]:
        with pytest.raises(Malformed) as refused:
            sent(session, world, supplier, line, on=on)
        wrong.append([error.field for error in refused.value.errors])

    assert wrong == [["file"], ["valid_from"], ["supplier"]]
    assert session.scalars(select(SupplierPriceList)).all() == []


def test_pages_lead_from_the_file_to_the_order(
    portal: Portal, session: Session, world: World
) -> None:
    first, second = share_lot(session, world, CallOffMode.CASCADE)
    keeper = portal.signed_in(somebody(session, "katalog@kid.example", Role.CONTRACTS))
    session.commit()
    there = "/auftragnehmerpreise"
    file = ("elbe.csv", f"Artikelnummer;Preis netto\n{NOTEBOOK};777,00\n".encode(), "text/csv")

    draft = keeper.post(
        there, {"supplier": str(first), "valid_from": TODAY.isoformat()}, files={"file": file}
    )
    assert draft.status_code == 303, draft.text
    page = keeper.page(draft.headers["location"])
    assert "Eine zweite Person veröffentlicht." in page
    other = portal.signed_in(world.contracts)
    other.post(f"{draft.headers['location']}/veroeffentlichen", {})
    missing = keeper.post(there, {"supplier": str(second)})

    assert missing.status_code == 422
    assert "Bitte wählen Sie eine Preisliste aus." in missing.text
    article = portal.signed_in(world.it).page(f"/artikel/{NOTEBOOK}")
    assert "heute an der Reihe" in article
    assert "777,00" in article
    buyer = portal.signed_in(world.it)
    buyer.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "1"})
    checkout = buyer.page("/bestellen")
    assert "Los 1: Elbe GmbH. Rang 1 der Kaskade" in checkout
    assert "777,00" in checkout
    order = {
        "lines": [{"sku": NOTEBOOK, "quantity": 1}],
        "purpose": "Probe",
        "product_account": ACCOUNT,
    }
    program = portal.api(world.it)
    given = program.post("/api/v1/call-offs", order, key="1").json()
    chosen = [
        {
            "lot": 1,
            "name": "Elbe GmbH",
            "reason": "Rang 1 der Kaskade (§ 21 Abs. 4 Nr. 1 VgV). "
            "Preise nach Preisliste 1 vom 21.11.2026.",
        }
    ]
    assert given["suppliers"] == chosen
    assert given["lines"][0]["unit_price_net"] == "777.00"
    assert program.get(f"/api/v1/call-offs/{given['number']}").json()["suppliers"] == chosen
