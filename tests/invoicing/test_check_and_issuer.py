"""What cannot be judged is said so, and an issuer that is not whole stops the start."""

from pathlib import Path

import pytest

from app.documents.invoice.invoice_pdf import invoice_pdf
from app.documents.invoice.ubl_invoice import ubl_xml
from app.invoicing.check_invoice import check_invoice
from app.invoicing.official_rules import Severity, judge
from app.invoicing.read_issuer import IssuerUnreadable, read_issuer
from app.invoicing.rules import leitweg_warning
from app.kernel.errors import Malformed
from app.shipped import shipped
from tests.support import invoices

DEMONSTRATION = shipped("catalog") / "issuer.toml"


@pytest.mark.parametrize("content", [b"%PDF-1.4 broken", invoice_pdf(invoices.invoice())])
def test_a_pdf_without_an_invoice_inside_is_malformed(content: bytes) -> None:
    with pytest.raises(Malformed, match="PDF-Datei"):
        check_invoice(content)


def test_a_value_that_the_rules_cannot_read_is_a_fault_of_the_file() -> None:
    allowance = b"<cbc:ChargeIndicator>false<"
    xml = ubl_xml(invoices.invoice()).replace(allowance, b"<cbc:ChargeIndicator>no<")

    verdict = judge(xml)

    assert not verdict.valid
    assert {"XSD", "RUNTIME"} <= verdict.rules(Severity.FATAL)


def test_the_demonstration_issuer_can_write_invoices() -> None:
    issuer = read_issuer(DEMONSTRATION)

    assert issuer.demonstration
    assert issuer.number_prefix == "RE"
    assert issuer.address.city == "Magdeburg"


@pytest.mark.parametrize(
    "text",
    ["", "name = 1", "no toml", 'name = "Firma"\naddress = "Straße 1"', "payment_days = 'x'"],
)
def test_an_issuer_that_is_not_whole_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "issuer.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(IssuerUnreadable, match=r"KITU_INVOICE_ISSUER: issuer\.toml"):
        read_issuer(file)


def test_a_missing_issuer_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(IssuerUnreadable, match=r"nowhere\.toml"):
        read_issuer(tmp_path / "nowhere.toml")


def test_a_leitweg_id_with_wrong_check_digits_is_a_warning() -> None:
    assert "04011000-12345-34" in leitweg_warning("04011000-12345-34")
    assert leitweg_warning("15082256-0000-27") == ""
    assert leitweg_warning("ABR-2026-000417") == ""
