"""The sums of an invoice, and what our own model refuses before a number is drawn."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.documents.invoice.einvoice import Allowance, Invoice, VatGroup
from app.documents.invoice.einvoice_rules import faults
from app.documents.plain import plain
from app.documents.restore import restored
from app.kernel.canonical import canonical_json
from app.kernel.money import Money
from tests.support import invoices

INVOICE = invoices.invoice()


def test_the_sums_are_rounded_once_per_line_and_taxed_on_the_sum() -> None:
    totals = INVOICE.totals

    assert [line.net.text for line in INVOICE.lines] == ["8274.00", "1582.80", "42.32"]
    assert totals.lines == Money.euros("9899.12")
    assert totals.allowances == Money.euros("150.00")
    assert totals.net == Money.euros("9749.12")
    assert totals.vat_groups == (
        VatGroup(19, Money.euros("9749.12"), Money.euros(Decimal("1852.33"))),
    )
    assert totals.gross == Money.euros("11601.45")


def test_a_good_invoice_has_no_faults() -> None:
    assert faults(INVOICE) == ()
    assert faults(invoices.cancellation()) == ()
    assert faults(invoices.correction()) == ()


def line(**change: object) -> Invoice:
    return replace(INVOICE, lines=(replace(INVOICE.lines[0], **change),))  # type: ignore[arg-type] # test data


def issuer(**change: object) -> Invoice:
    return replace(INVOICE, issuer=replace(INVOICE.issuer, **change))  # type: ignore[arg-type] # test data


def buyer(**change: object) -> Invoice:
    return replace(INVOICE, buyer=replace(INVOICE.buyer, **change))  # type: ignore[arg-type] # test data


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        (line(unit="Stk"), "unit"),
        (line(quantity=0), "quantity"),
        (line(name=" "), "name"),
        (line(vat_percent=7), "vat_rate"),
        (line(allowance=Allowance(Money(100), "")), "allowance"),
        (line(allowance=Allowance(Money.euros(90000), "Rabatt")), "negative"),
        (replace(INVOICE, lines=()), "lines"),
        (replace(INVOICE, lines=(INVOICE.lines[0], INVOICE.lines[0])), "positions"),
        (replace(INVOICE, number=""), "number"),
        (replace(INVOICE, due_on=None, payment_terms=""), "due_date"),
        (replace(INVOICE, due_on=date(2026, 11, 1)), "due_date"),
        (replace(INVOICE, supplied_to=date(2026, 12, 1)), "supply_date"),
        (replace(INVOICE, supplied_from=date(2026, 11, 18)), "supply_date"),
        (replace(invoices.cancellation(), preceding=None), "preceding"),
        (issuer(vat_id="", tax_number=""), "issuer_tax"),
        (issuer(vat_id="DE123456789"), "issuer_vat_id"),
        (issuer(mail="rechnung"), "issuer_mail"),
        (issuer(phone="-"), "issuer_contact"),
        (issuer(iban="DE75512108001245126198"), "issuer_iban"),
        (issuer(name=""), "issuer_address"),
        (buyer(reference=""), "buyer_reference"),
        (buyer(name=""), "buyer_address"),
    ],
)
def test_a_fault_is_refused_with_a_sentence(faulty: Invoice, code: str) -> None:
    found = faults(faulty)

    assert code in {fault.code for fault in found}
    assert all(fault.text.endswith((".", "“")) for fault in found)


@pytest.mark.parametrize(
    "build", [invoices.invoice, invoices.cancellation, invoices.two_deliveries]
)
def test_a_stored_document_comes_back_as_it_was(build: Callable[[], Invoice]) -> None:
    stored = canonical_json(plain(build()))

    assert restored(Invoice, json.loads(stored)) == build()


def test_something_else_is_not_taken_for_a_document() -> None:
    with pytest.raises(TypeError):
        restored(Invoice, {"number": 1})
