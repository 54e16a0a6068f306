"""A file note and a delivery note with all that they can say."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.documents.delivery_note import DeliveredLine, DeliveryNoteFacts
from app.documents.memo.facts import (
    MemoApproval,
    MemoBudget,
    MemoComparison,
    MemoDocument,
    MemoEvent,
    MemoFacts,
    MemoLine,
    MemoLot,
    MemoMarketCheck,
    MemoMarketPrice,
    MemoRule,
    MemoTime,
)
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from tests.support.invoices import operating_company

PLACED = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
NOTEBOOK = 'Notebook 14" Standard (Ryzen 5, 16 GB, 512 GB)'


def bare_memo() -> MemoFacts:
    """Only what an order cannot be without."""
    return MemoFacts(
        number="ABR-2026-000417",
        placed_at=PLACED,
        member_name="Stadt Dessau-Roßlau",
        member_address=("Zerbster Straße 4", "06844 Dessau-Roßlau"),
        ordering_unit="Amt für IT",
        ags="15001000",
        lines=(
            MemoLine(
                "NB14-STD",
                NOTEBOOK,
                12,
                UnitPrice.euros("689.50"),
                Money.euros("8274.00"),
                "2026-1",
            ),
        ),
        net=Money.euros("8274.00"),
        vat=Money.euros("1572.06"),
        gross=Money.euros("9846.06"),
        purpose="Ersatz für zwölf Notebooks der Grundschule Am Akazienwäldchen.",
        contracting_entity="Stadt Dessau-Roßlau",
        fulfilled_by="KID Magdeburg GmbH",
        legal_basis="§ 108 Abs. 4 und 5 GWB",
        outcome="zulässig",
    )


def full_memo() -> MemoFacts:
    return replace(
        bare_memo(),
        outcome="zulässig mit Auflage",
        rules=(
            MemoRule("M-01", "erfüllt", "§ 108 Abs. 4 GWB", "Mitglied seit 01.04.2024."),
            MemoRule(
                "K-06",
                "erfüllt",
                "§ 108 Abs. 4 Nr. 2, Abs. 7 GWB",
                "Im Mittel der letzten drei Jahre entfallen 93,2 % der Tätigkeit auf Mitglieder.",
            ),
        ),
        documents=(
            MemoDocument(
                "Rechtliche Stellungnahme",
                "Rechtliche Stellungnahme zur Ausschreibungspflicht",
                date(2021, 3, 11),
                None,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                confidential=True,
            ),
            MemoDocument("Satzung", "Satzung der Genossenschaft", date(2018, 6, 1)),
        ),
        conditions=("Die Kette zum Netzwerkpartner ist jährlich zu bestätigen.",),
        lots=(
            MemoLot(
                "RV-2025-07",
                "Arbeitsplatztechnik",
                "Los 2 Notebooks",
                date(2025, 7, 1),
                date(2028, 6, 30),
                "Offenes Verfahren",
                "2025/S 101-338210",
                date(2025, 6, 12),
                Money.euros("4500000.00"),
                Money.euros("1200000.00"),
                Money.euros("1208274.00"),
                Money.euros("3291726.00"),
            ),
        ),
        supplier="Muster Systemhaus GmbH",
        selection_rule="Ein Vertragspartner je Los, kein erneuter Wettbewerb.",
        market_checks=(
            MemoMarketCheck(
                date(2026, 11, 18),
                (
                    MemoMarketPrice(
                        NOTEBOOK,
                        "Versandhaus Beispiel, Angebot 4711",
                        date(2026, 11, 17),
                        UnitPrice.euros("671.00"),
                        UnitPrice.euros("689.50"),
                        same_specification=True,
                        sha256="3" * 64,
                    ),
                ),
                f"{NOTEBOOK}: 1 Quelle, der Vertragspreis ist 2,8 % teurer.",
                "Liefert erst in acht Wochen.",
            ),
        ),
        comparisons=(
            MemoComparison(
                date(2026, 11, 18),
                (("NB14-STD", NOTEBOOK), ("NB14-PRO", "Notebook 14 Pro")),
                (
                    ("Preis netto", "689,50 €", "1.099,00 €"),
                    ("Arbeitsspeicher", "16 GB", "32 GB"),
                ),
            ),
        ),
        splitting="Los 2 Notebooks: in den 90 Tagen davor kein weiterer Abruf.",
        ordered_by="Fachbereich IT",
        counterfactual="Ohne Rahmenvertrag wäre ein Direktauftrag bis 15.000 Euro möglich gewesen.",
        budget=MemoBudget(2026, "11160.1114070", "", "4711", True, Money.euros("9846.06")),
        approvals=(
            MemoApproval(
                "Genehmigung", PLACED, "genehmigt", "Auflage bestätigt", "Fachbereich Finanzen"
            ),
        ),
        conflicts=(("Bestellung", True), ("Genehmigung", True)),
        deliveries=(("LS-2026-004711", date(2026, 11, 25)),),
        invoices=("KID-2026-000001",),
        changes=(MemoEvent(PLACED, "Lieferanschrift geändert", "Umzug der Schule"),),
        time=MemoTime(11, 20, 180, "gemessen, außerhalb erklärt"),
        sha256="5" * 64,
        previous_sha256="6" * 64,
        decision_sha256="7" * 64,
        verify_url="https://portal.example/pruefung/abrufe/ABR-2026-000417",
        written_at=PLACED,
        demonstration=True,
    )


def delivery_note() -> DeliveryNoteFacts:
    return DeliveryNoteFacts(
        number="LS-2026-004711",
        day=date(2026, 11, 17),
        call_off_number="ABR-2026-000417",
        framework="RV-2025-07 · Los 2",
        member_name="Stadt Dessau-Roßlau",
        letterhead=operating_company().letterhead,
        ship_to=("Grundschule Am Akazienwäldchen", "Akazienwäldchen 1", "06844 Dessau-Roßlau"),
        recipient="Sekretariat",
        room="Raum 1.04",
        cost_centre="4711",
        requested_day=date(2026, 11, 20),
        lines=(
            DeliveredLine(
                1,
                "NB14-STD",
                NOTEBOOK,
                8,
                12,
                4,
                serial_numbers=tuple(f"5CG4{number:06}" for number in range(1, 9)),
            ),
            DeliveredLine(2, "DOCK-100", "Dockingstation USB-C 100 W", 12, 12, 0),
        ),
        remark="Vier Notebooks folgen in der 48. Kalenderwoche.",
    )
