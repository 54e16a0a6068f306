"""Invoices with real faces: a city's notebooks, their cancellation and their correction."""

from dataclasses import replace
from datetime import date

from app.documents.invoice.einvoice import (
    Address,
    Allowance,
    Buyer,
    DocumentType,
    Endpoint,
    Invoice,
    InvoiceLine,
    Issuer,
    Preceding,
    References,
    ShipTo,
)
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

LEITWEG_ID = "15001000-TEST01-90"
ISSUED = date(2026, 11, 20)


def operating_company() -> Issuer:
    return Issuer(
        name="KID Magdeburg GmbH",
        address=Address("Alter Markt 15", "39104", "Magdeburg"),
        vat_id="DE123456788",
        contact_name="Fakturierung",
        phone="+49 391 0000000",
        mail="rechnung@kid.example",
        iban="DE75512108001245126199",
        bic="SOGEDEFF",
        bank="Musterbank",
        number_prefix="KID",
        register="Amtsgericht Stendal, HRB 111111",
        web="www.kid.example",
    )


def city() -> Buyer:
    return Buyer(
        name="Stadt Dessau-Roßlau",
        address=Address("Zerbster Straße 4", "06844", "Dessau-Roßlau"),
        reference=LEITWEG_ID,
        endpoint=Endpoint("0204", LEITWEG_ID),
        unit="Amt für IT",
    )


def notebooks() -> InvoiceLine:
    return InvoiceLine(
        position=1,
        sku="NB14-STD",
        name='Notebook 14" Standard (Ryzen 5, 16 GB, 512 GB)',
        quantity=12,
        unit_price=UnitPrice.euros("689.50"),
        description="inkl. 36 Monate Vor-Ort-Service",
        note="Seriennummern: SN-0001, SN-0002",
        order_line="1",
        account="11160.0821050",
    )


def docks() -> InvoiceLine:
    return InvoiceLine(
        position=2,
        sku="DOCK-100",
        name="Dockingstation USB-C 100 W",
        quantity=12,
        unit_price=UnitPrice.euros("134.90"),
        order_line="2",
        allowance=Allowance(Money.euros("36.00"), "Rabatt"),
    )


def rent() -> InvoiceLine:
    return InvoiceLine(
        position=3,
        sku="MFP-A4-R",
        name="Multifunktionsdrucker A4, Miete November",
        quantity=1,
        unit="MON",
        unit_price=UnitPrice.euros("42.3175"),
        order_line="3",
    )


def invoice() -> Invoice:
    """Net 9,749.12, tax 1,852.33, gross 11,601.45 euros."""
    return Invoice(
        number="KID-2026-000001",
        kind=DocumentType.INVOICE,
        issued_on=ISSUED,
        issuer=operating_company(),
        buyer=city(),
        lines=(notebooks(), docks(), rent()),
        supplied_from=date(2026, 11, 17),
        supplied_to=date(2026, 11, 17),
        due_on=date(2026, 12, 20),
        payment_terms="Zahlbar innerhalb von 30 Tagen ohne Abzug.",
        references=References(
            order="ABR-2026-000417",
            sales_order="KID-AB-88123",
            contract="RV-KITU-2025-07",
            lot="Los 2",
            despatch=("LS-2026-004711",),
            receipt="WE-2026-000093",
            project="111601000000001",
            account="11160.1114070",
        ),
        ship_to=ShipTo(
            "Grundschule Am Akazienwäldchen, Sekretariat",
            Address("Akazienwäldchen 1", "06844", "Dessau-Roßlau"),
        ),
        notes=("Abruf aus Rahmenvereinbarung, In-House-Vergabe nach § 108 GWB.",),
        allowance=Allowance(Money.euros("150.00"), "Mengenrabatt Rahmenvertrag"),
    )


def cancellation() -> Invoice:
    return replace(
        invoice(),
        number="KID-2026-000002",
        kind=DocumentType.CANCELLATION,
        preceding=Preceding("KID-2026-000001", ISSUED),
        notes=("Storno der Rechnung KID-2026-000001 in voller Höhe.",),
    )


def correction() -> Invoice:
    return replace(
        invoice(),
        number="KID-2026-000003",
        kind=DocumentType.CORRECTION,
        lines=(notebooks(), rent()),
        preceding=Preceding("KID-2026-000001", ISSUED),
    )


def two_deliveries() -> Invoice:
    """Over a period, to the buyer's own address, without header reduction."""
    return replace(
        invoice(),
        supplied_from=date(2026, 11, 3),
        ship_to=None,
        allowance=None,
        references=References(order="ABR-2026-000417", despatch=("LS-1", "LS-2")),
    )


def long_invoice() -> Invoice:
    lines = tuple(
        replace(
            notebooks(),
            position=position,
            order_line=str(position),
            sku=f"ART-{position:05}",
            quantity=position,
        )
        for position in range(1, 61)
    )
    return replace(invoice(), lines=lines)
