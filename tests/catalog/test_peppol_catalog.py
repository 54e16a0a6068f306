"""Peppol catalogues (UBL 2.1 Catalogue): the same stream of articles as from BMEcat."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from app.catalog.formats.findings import Fault, FileRefused
from app.catalog.formats.open_catalog import open_catalog
from app.catalog.formats.stream import CatalogStream
from app.catalog.formats.values import (
    Agreement,
    Article,
    Feature,
    Media,
    Mode,
    PriceKind,
    Reference,
)
from tests.catalog.bmecat_files import TODAY, read
from tests.catalog.places import FOREIGN

EXAMPLES: Final = FOREIGN.parent / "peppol" / "examples"
CASES: Final = EXAMPLES / "Cataloge wo response use cases"
IN_2018: Final = date(2018, 10, 2)
SPACES: Final = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def catalogue(lines: str, action: str = "Add") -> bytes:
    return (
        f"<Catalogue {SPACES}><cbc:ID>K-1</cbc:ID><cbc:ActionCode>{action}</cbc:ActionCode>"
        "<cbc:Name>Katalog</cbc:Name><cbc:VersionID>7</cbc:VersionID>"
        "<cac:ValidityPeriod><cbc:StartDate>2026-01-01</cbc:StartDate>"
        "<cbc:EndDate>2027-12-31</cbc:EndDate></cac:ValidityPeriod>"
        "<cac:ReferencedContract><cbc:ID>RV-1</cbc:ID></cac:ReferencedContract>"
        "<cac:SellerSupplierParty><cac:Party><cac:PartyName><cbc:Name>Lieferant</cbc:Name>"
        f"</cac:PartyName></cac:Party></cac:SellerSupplierParty>{lines}</Catalogue>"
    ).encode()


def line(sku: str = "A-1", *, more: str = "", item: str = "", action: str = "Add") -> str:
    return (
        f"<cac:CatalogueLine><cbc:ActionCode>{action}</cbc:ActionCode>{more}<cac:Item>"
        f"<cbc:Name>Ding</cbc:Name><cac:SellersItemIdentification><cbc:ID>{sku}</cbc:ID>"
        f"</cac:SellersItemIdentification>{item}<cac:ClassifiedTaxCategory>"
        "<cbc:Percent>19</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item></cac:CatalogueLine>"
    )


def located(amount: str, more: str = "", around: str = "", currency: str = "EUR") -> str:
    return (
        f"<cac:RequiredItemLocationQuantity>{around}<cac:Price>"
        f'<cbc:PriceAmount currencyID="{currency}">{amount}</cbc:PriceAmount>{more}'
        "</cac:Price></cac:RequiredItemLocationQuantity>"
    )


def from_file(path: Path) -> tuple[CatalogStream, list[Article]]:
    with path.open("rb") as stream:
        file = open_catalog(stream, IN_2018)
        return file, list(file.articles())


def test_the_head_of_a_peppol_catalogue_names_catalog_version_supplier_and_contract() -> None:
    file, articles = read(catalogue(line(more=located("10"))))

    assert (file.format, file.transaction) == ("Peppol Catalogue 3", "T_NEW_CATALOG")
    assert file.prev_version is None
    assert (file.header.catalog_id, file.header.catalog_version) == ("K-1", "7")
    assert (file.header.supplier, file.header.catalog_name) == ("Lieferant", "Katalog")
    assert file.header.agreements == (Agreement("RV-1", None, None),)
    assert [(one.sku, one.mode) for one in articles] == [("A-1", Mode.NEW)]
    assert file.findings.kept == []


def test_its_prices_are_the_agreed_net_prices_in_scales_and_periods() -> None:
    period = (
        "<cac:ValidityPeriod><cbc:StartDate>2026-06-01</cbc:StartDate>"
        "<cbc:EndDate>2026-12-31</cbc:EndDate></cac:ValidityPeriod>"
    )
    per_hundred = "<cbc:BaseQuantity>100</cbc:BaseQuantity>"
    from_ten = "<cbc:MinimumQuantity>10</cbc:MinimumQuantity>"
    prices = located("90", period + per_hundred, from_ten) + located("100", per_hundred + period)

    file, articles = read(catalogue(line(more=prices)))

    assert [
        (one.kind, one.lower_bound, one.unit_price.text, one.tax_percent, str(one.valid_from))
        for one in articles[0].prices
    ] == [
        (PriceKind.NET_CUSTOMER, 1, "1.00", 19, "2026-06-01"),
        (PriceKind.NET_CUSTOMER, 10, "0.90", 19, "2026-06-01"),
    ]
    assert file.findings.kept == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (located("10", currency="NOK"), Fault.FOREIGN_CURRENCY),
        (located("10", "<cbc:PriceType>GRP</cbc:PriceType>"), Fault.GROSS_PRICE_ONLY),
        (
            "<cbc:OrderableIndicator>false</cbc:OrderableIndicator>" + located("10"),
            Fault.PRICE_ON_REQUEST,
        ),
        (
            located(
                "10",
                around="<cac:ApplicableTerritoryAddress><cac:Country><cbc:IdentificationCode>NO"
                "</cbc:IdentificationCode></cac:Country></cac:ApplicableTerritoryAddress>",
            ),
            Fault.PRICE_ELSEWHERE,
        ),
        ("", Fault.NO_PRICE),
    ],
)
def test_a_price_that_must_not_be_ordered_at_is_reported_and_left_out(
    more: str, fault: Fault
) -> None:
    file, articles = read(catalogue(line(more=more)))

    assert articles[0].prices == ()
    assert fault in file.findings.counts


def test_a_line_brings_terms_references_classes_properties_labels_and_documents() -> None:
    more = (
        "<cbc:OrderableUnit>XBX</cbc:OrderableUnit>"
        '<cbc:ContentUnitQuantity unitCode="C62">10</cbc:ContentUnitQuantity>'
        "<cbc:OrderQuantityIncrementNumeric>2</cbc:OrderQuantityIncrementNumeric>"
        "<cbc:MinimumOrderQuantity>4</cbc:MinimumOrderQuantity>"
        "<cbc:MaximumOrderQuantity>40</cbc:MaximumOrderQuantity>"
        "<cac:AccessoryRelatedItem><cbc:ID>A-2</cbc:ID></cac:AccessoryRelatedItem>"
        '<cac:ComponentRelatedItem><cbc:ID>A-2</cbc:ID><cbc:Quantity unitCode="C62">3'
        "</cbc:Quantity></cac:ComponentRelatedItem>"
    ) + located("10", around='<cbc:LeadTimeMeasure unitCode="DAY">3</cbc:LeadTimeMeasure>')
    item = (
        "<cac:StandardItemIdentification><cbc:ID>4006381333931</cbc:ID>"
        "</cac:StandardItemIdentification><cac:CommodityClassification>"
        '<cbc:ItemClassificationCode listID="STI" name="Notebooks">30213100'
        "</cbc:ItemClassificationCode></cac:CommodityClassification>"
        "<cac:AdditionalItemProperty><cbc:Name>Speicher</cbc:Name><cbc:Value>16</cbc:Value>"
        '<cbc:ValueQuantity unitCode="E34">16</cbc:ValueQuantity></cac:AdditionalItemProperty>'
        "<cac:Certificate><cbc:CertificateType>Umweltzeichen</cbc:CertificateType>"
        "<cbc:Remarks>Blauer Engel</cbc:Remarks></cac:Certificate>"
        "<cac:ItemSpecificationDocumentReference><cac:Attachment><cac:ExternalReference>"
        "<cbc:URI>https://example.test/1.pdf</cbc:URI></cac:ExternalReference></cac:Attachment>"
        "</cac:ItemSpecificationDocumentReference>"
    )

    file, articles = read(catalogue(line(more=more, item=item) + line("A-2", more=located("1"))))

    one = articles[0]
    assert (one.order_unit, one.content_unit, one.content_quantity) == ("XBX", "C62", Decimal(10))
    assert (one.quantity_min, one.quantity_interval, one.quantity_max) == (4, 2, 40)
    assert (one.gtin, one.delivery_days) == ("4006381333931", 3)
    assert one.classified("CPV") == "30213100"
    assert one.references == (
        Reference("accessories", "A-2", 1),
        Reference("consists_of", "A-2", 3),
    )
    assert one.features == (
        Feature("Speicher", "16", "E34"),
        Feature("Umweltzeichen", "Blauer Engel", ""),
    )
    assert one.media == (Media("https://example.test/1.pdf", "", "others", "", ""),)
    assert file.holdings().groups_of(["A-1", "A-2"]) == {"A-1": "Notebooks"}
    assert file.findings.kept == []


def test_an_update_names_what_is_new_changed_and_gone() -> None:
    lines = line("A", action="Add", more=located("1")) + line("B", action="Delete")

    file, articles = read(catalogue(lines + line("C", action="Move"), action="Update"))

    assert file.transaction == "T_UPDATE_PRODUCTS"
    assert [(one.sku, one.mode) for one in articles] == [("A", Mode.NEW), ("B", Mode.DELETE)]
    assert [(one.sku, one.code) for one in file.findings.rejected] == [("C", Fault.MODE_UNKNOWN)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (catalogue("", action="Delete"), "transaction_not_supported"),
        (catalogue("")[:-4], "not_well_formed"),
        (b"<!DOCTYPE Catalogue [<!ENTITY x 'y'>]>" + catalogue(""), "entity_declared"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_catalogue_that_cannot_be_trusted_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        list(open_catalog(io.BytesIO(content), TODAY).articles())

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("name", "transaction", "articles"),
    [
        ("catalogue-wo-response-use-case-1.xml", "T_NEW_CATALOG", 7),
        ("catalogue-wo-response-use-case-2.xml", "T_UPDATE_PRODUCTS", 3),
        ("catalogue-wo-response-use-case-3.xml", "T_NEW_CATALOG", 12),
        ("catalogue-wo-response-use-case-5.xml", "T_NEW_CATALOG", 4),
    ],
)
def test_the_published_use_cases_are_read_completely(
    name: str, transaction: str, articles: int
) -> None:
    if not (CASES / name).is_file():
        pytest.skip("the published examples are not here")

    file, found = from_file(CASES / name)

    assert (file.transaction, len(found)) == (transaction, articles)
    assert file.findings.rejected == ()


def test_the_published_example_gives_its_articles_and_the_price_that_holds_here() -> None:
    path = EXAMPLES / "Catalogue_Example.xml"
    if not path.is_file():
        pytest.skip("the published examples are not here")

    file, (first, second) = from_file(path)

    assert (first.sku, first.name, first.order_unit) == ("MNTR011", "Copy paper", "LBR")
    assert first.prices == ()
    assert [(one.unit_price.text, one.tax_percent) for one in second.prices] == [("90.00", 18)]
    assert file.holdings().groups_of(["MNTR011"]) == {"MNTR011": "Office furniture"}
    assert {(one.sku, one.code) for one in file.findings.kept} == {
        ("MNTR011", Fault.GTIN_WRONG),
        ("MNTR011", Fault.PRICE_ELSEWHERE),
        ("MNTR012", Fault.GTIN_WRONG),
        ("MNTR011", Fault.DANGLING_REFERENCE),
    }
