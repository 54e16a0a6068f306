"""Market price checks, orders of the same need, and what the memo of an order then says."""

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.store import content
from app.demand.records import Need
from app.eligibility.judging.verify_decision import verify_decision
from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.ordering.market.records import MarketCheck, MarketPrice
from app.ordering.market.rules import MarketOutcome, Source, fault_of, verdict
from app.ordering.records import CallOff
from app.ordering.rules_splitting import SameNeed, splitting
from tests.support.archival_pdf import attached, faults
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready
from tests.support.relations import LETTER
from tests.support.world import MONITOR, NOTEBOOK

CONTRACT = UnitPrice.euros("700.00")
DAY = date(2026, 11, 20)
LOWEST = "günstigster Marktpreis"
THE = "netto je Stück: der Vertragspreis ist"
SAME = "netto je Stück: gleich dem Vertragspreis."


def seen(price: str, **more: bool) -> Source:
    return Source("Versandhaus", DAY, UnitPrice.euros(price), **more)


@pytest.mark.parametrize(
    ("sources", "text", "cheaper"),
    [
        ((seen("680"), seen("650")), f"2 Quellen, {LOWEST} 650,00 € {THE} 7,7 % teurer.", True),
        ((seen("750"),), f"1 Quelle, {LOWEST} 750,00 € {THE} 6,7 % günstiger.", False),
        ((seen("700"),), f"1 Quelle, {LOWEST} 700,00 € {SAME}", False),
        (
            (seen("100", is_list_price=True), seen("90", same_specification=False)),
            "Keine Quelle zählt: Listenpreise und andere Ausführungen sind kein Vergleich.",
            False,
        ),
    ],
    ids=["cheaper", "dearer", "same", "none counts"],
)
def test_only_comparable_sources_are_held_against_the_contract(
    sources: tuple[Source, ...], text: str, cheaper: bool
) -> None:
    found = verdict(CONTRACT, sources)

    assert found.text.replace("\u00a0", " ") == text
    assert found.cheaper_elsewhere is cheaper


def test_a_cheaper_offer_asks_for_a_reason_and_going_elsewhere_for_a_purpose() -> None:
    cheaper, dearer = verdict(CONTRACT, [seen("650")]), verdict(CONTRACT, [seen("750")])

    assert "Anderswo ist es günstiger" in (fault_of(cheaper, MarketOutcome.CALLED_OFF, " ") or "")
    assert fault_of(cheaper, MarketOutcome.CALLED_OFF, "Lieferung in acht Wochen") is None
    assert fault_of(dearer, MarketOutcome.CALLED_OFF, "") is None
    assert "wofür" in (fault_of(dearer, MarketOutcome.ELSEWHERE, "") or "")


@pytest.mark.parametrize(
    ("earlier", "orders", "now", "exceeded"),
    [
        (0, 0, 14_000, None),
        (9_000, 1, 6_000, None),
        (9_000, 2, 6_001, 15_000),
        (9_000, 1, 16_000, None),
        (90_000, 4, 12_000, 100_000),
        (210_000, 7, 9_000, 216_000),
    ],
    ids=["first", "up to the bound", "a cent more", "alone above", "negotiated", "european"],
)
def test_only_a_sum_that_crosses_a_threshold_is_named(
    earlier: int, orders: int, now: int, exceeded: int | None
) -> None:
    found = splitting(
        SameNeed("Los 2", Money.euros(earlier), orders, Money.euros(now)), date(2026, 11, 21)
    )

    assert found.exceeded == (None if exceeded is None else Money.euros(exceeded))
    assert ("gilt diese Grenze nicht" in found.text) is (exceeded is not None)


def test_the_bound_is_that_of_the_day() -> None:
    need = SameNeed("Los 2", Money.euros(8_000), 1, Money.euros(3_000))

    before = splitting(need, date(2024, 12, 31))
    after = splitting(need, date(2025, 1, 1))

    assert (before.exceeded, after.exceeded) == (Money.euros(10_000), None)
    assert "AwVO LSA vom 14.12.2023" in before.text


def test_a_market_price_is_checked_in_one_form_and_stands_in_the_memo(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    first = placed(session, world, {NOTEBOOK: 1})
    buyer = portal.signed_in(world.it)
    page = buyer.page("/marktpreis", sku=NOTEBOOK, menge="2", zurueck="/bestellen")
    assert "Vertragspreis" in page
    form = {
        "sku": NOTEBOOK,
        "menge": "2",
        "zurueck": "/bestellen",
        "quelle-0": "Versandhaus Beispiel",
        "preis-0": "1,50",
        "datum-0": TODAY.isoformat(),
        "quelle-1": "Liste",
        "preis-1": "1,00",
        "datum-1": TODAY.isoformat(),
        "liste-1": "1",
    }

    nothing = buyer.post("/marktpreis/pruefung", form)
    future = buyer.post(
        "/marktpreis/pruefung", form | {"datum-0": (TODAY + timedelta(days=1)).isoformat()}
    )
    empty = buyer.post("/marktpreis/pruefung", {"sku": NOTEBOOK, "menge": "2"})
    assert [nothing.status_code, future.status_code, empty.status_code] == [422, 422, 422]
    assert "Anderswo ist es günstiger" in nothing.text
    assert "liegt in der Zukunft" in future.text
    assert "mindestens eine Quelle" in empty.text
    assert session.scalar(select(func.count()).select_from(MarketPrice)) == 0

    kept = buyer.post("/marktpreis/pruefung", form | {"grund": "Garantie vor Ort"})

    assert (kept.status_code, kept.headers["location"]) == (303, "/bestellen")
    check = session.scalars(select(MarketCheck)).one()
    assert (check.cheaper_elsewhere, check.reason, check.need_id) == (
        True,
        "Garantie vor Ort",
        None,
    )
    number = placed(session, world, {NOTEBOOK: 2}, now=NOON)
    memo = _memo(session, number)
    (told,) = memo["market_checks"]
    assert told["reason"] == "Garantie vor Ort"
    assert [one["source"] for one in told["sources"]] == [
        "Liste (Listenpreis)",
        "Versandhaus Beispiel",
    ]
    assert "in den 90 Tagen davor 1 Abruf" in memo["splitting"]
    assert _memo(session, first)["market_checks"] == []
    assert "Garantie vor Ort" in buyer.page(f"/abrufe/{number}")
    assert (
        portal.signed_in(world.it_magdeburg).page("/marktpreis", sku=NOTEBOOK).count("Versandhaus")
        == 0
    )


def test_not_over_the_portal_is_a_need_like_any_other(session: Session, portal: Any) -> None:
    world = ready(session)
    buyer = portal.signed_in(world.it)
    form = {
        "sku": MONITOR,
        "menge": "3",
        "quelle-0": "Händler vor Ort",
        "preis-0": "99,00",
        "datum-0": TODAY.isoformat(),
        "ausgang": "elsewhere",
        "weg": "direct_purchase",
        "grund": "Ersatz für drei Bildschirme im Bürgerbüro",
    }

    answer = buyer.post("/marktpreis/pruefung", form, files={"datei-0": ("angebot.pdf", LETTER)})

    assert answer.status_code == 303, answer.text
    need = session.scalars(select(Need)).one()
    assert (need.quantity, need.estimated_net) == (3, Money.euros(297))
    assert need.reason == "Ersatz für drei Bildschirme im Bürgerbüro"
    price = session.scalars(select(MarketPrice)).one()
    proof = f"/marktpreis/belege/{price.id}"
    assert buyer.get(proof).content == LETTER
    assert portal.signed_in(world.it_magdeburg).get(proof).status_code == 404
    page = buyer.page("/marktpreis", sku=MONITOR)
    assert "Nicht über das Portal beschafft" in page


def test_the_memo_carries_its_facts_and_its_decision_and_proves_both(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 1})
    found = session.scalars(select(CallOff).where(CallOff.number == number)).one()
    assert found.memo_pdf_sha256 is not None

    pdf = content(session, found.memo_pdf_sha256).content

    assert faults(pdf) == []
    files = attached(pdf)
    assert sha256_hex(files[f"Abrufvermerk-{number}.json"]) == found.memo_json_sha256
    assert verify_decision(files[f"Inhouse-Entscheidung-{number}.json"]).sound
    facts = json.loads(files[f"Abrufvermerk-{number}.json"])
    assert facts["sha256"] == sha256_hex(canonical_json(facts | {"sha256": ""}))
    assert facts["previous_sha256"]
    assert facts["sha256"][:16] in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_the_checkout_shows_the_sum_of_the_same_need_before_sending(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    placed(session, world, {NOTEBOOK: 2})
    buyer = portal.signed_in(world.it)
    buyer.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "1"})

    page = buyer.page("/bestellen")

    assert "Gleicher Bedarf in 90 Tagen" in page
    assert "in den 90 Tagen davor 1 Abruf" in page
    assert f"/marktpreis?sku={NOTEBOOK}&amp;menge=1&amp;zurueck=/bestellen" in page


def _memo(session: Session, number: str) -> Any:
    found = session.scalars(select(CallOff).where(CallOff.number == number)).one()
    assert found.memo_json_sha256 is not None
    return json.loads(content(session, found.memo_json_sha256).content)
