"""Our XML files pass the official rules without a single finding."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.documents.invoice.cii_invoice import cii_xml
from app.documents.invoice.einvoice import Invoice
from app.documents.invoice.ubl_invoice import ubl_xml
from app.invoicing.check_invoice import check_invoice
from app.invoicing.official_rules import Severity, judge
from tests.support import invoices

FOREIGN = Path(__file__).parents[2].parent / "shared" / "data" / "einvoice"
POSITIVE = sorted((FOREIGN / "samples").glob("*_ubl.xml")) + sorted(
    (FOREIGN / "samples").glob("*_cii.xml")
)
HYBRID = sorted((FOREIGN / "samples").glob("*.pdf"))
NEGATIVE = sorted((FOREIGN / "samples_negative").glob("*.xml"))
EXPECTED = json.loads((Path(__file__).parents[1] / "data/einvoice/negatives.json").read_text())


@pytest.mark.parametrize("writer", [ubl_xml, cii_xml])
@pytest.mark.parametrize(
    "build",
    [
        invoices.invoice,
        invoices.cancellation,
        invoices.correction,
        invoices.two_deliveries,
        invoices.long_invoice,
    ],
)
def test_every_document_has_neither_errors_nor_warnings(
    build: Callable[[], Invoice], writer: Callable[[Invoice], bytes]
) -> None:
    verdict = judge(writer(build()))

    assert verdict.findings == ()
    assert len(verdict.layers) == 5


def test_a_wrong_leitweg_id_is_a_warning_and_no_refusal() -> None:
    xml = ubl_xml(invoices.invoice()).replace(b"15001000-TEST01-90", b"04011000-12345-34")

    verdict = judge(xml)

    assert verdict.valid
    assert verdict.rules(Severity.WARNING) == {"LEITWEG"}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"no xml", "XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        (b"<order/>", "ROOT"),
    ],
)
def test_what_is_no_invoice_is_refused_with_its_reason(content: bytes, rule: str) -> None:
    verdict = judge(content)

    assert not verdict.valid
    assert verdict.rules(Severity.FATAL) == {rule}


@pytest.mark.parametrize("path", POSITIVE, ids=lambda path: path.name)
def test_valid_files_of_others_are_found_valid(path: Path) -> None:
    assert judge(path.read_bytes()).findings == ()


@pytest.mark.parametrize("path", HYBRID, ids=lambda path: path.name)
def test_the_invoice_inside_a_hybrid_file_is_judged(path: Path) -> None:
    verdict = check_invoice(path.read_bytes())

    assert verdict.valid, verdict.findings


@pytest.mark.parametrize("path", NEGATIVE, ids=lambda path: path.name)
def test_faulty_files_are_refused_by_the_documented_rules(path: Path) -> None:
    verdict = judge(path.read_bytes())

    assert verdict.valid == (not EXPECTED[path.name])
    assert verdict.rules(Severity.FATAL) >= set(EXPECTED[path.name])


def test_the_files_of_others_were_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f" [{len(POSITIVE)} valid, {len(HYBRID)} hybrid, {len(NEGATIVE)} faulty]")  # noqa: T201 - says what ran

    assert not FOREIGN.exists() or (POSITIVE and NEGATIVE)
